import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { capacityOf } from '../../../src/simulator/services/ehbox/settings.js'
import { mailOf } from '../../../src/simulator/services/ehbox/store.js'
import {
  deliver,
  letter,
  listed,
  openTown,
  operations,
  start,
  titles,
  type Town,
  type User,
} from './support.js'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())
beforeEach(() => {
  const mail = mailOf(town.simulator.world)
  mail.copies = []
  mail.letters.clear()
})
afterEach(() => town.simulator.clock.set(start))

const day = 24 * 60 * 60 * 1000

const code = (promise: Promise<{ value: { Status: { Code: string } } }>): Promise<string> =>
  promise.then(({ value }) => value.Status.Code)
const move = (user: User, Source: string, Destination: string, MessageId: string[]) =>
  user.session.call(operations.moveMessage, { Source, Destination, MessageId } as never)
const remove = (user: User, Source: 'INBOX' | 'SENTBOX' | 'BININBOX', MessageId: string[]) =>
  user.session.call(operations.deleteMessage, { Source, MessageId })
const read = (user: User, MessageId: string, Source: 'INBOX' | 'SENTBOX' | 'HISTORY' = 'INBOX') =>
  user.session.call(operations.getFullMessage, { Source, MessageId })
const idsIn = async (...given: Parameters<typeof listed>) =>
  (await listed(...given)).map(({ MessageId }) => MessageId)

describe('a list', () => {
  it('is empty with status and source', async () => {
    const { value } = await town.nurse.session.call(operations.getMessagesList, { Source: 'BININBOX' })
    expect(value).toMatchObject({ Status: { Code: '100' }, Source: 'BININBOX', Message: [] })
  })

  it('shows the newest first, by inclusive indexes from 1, and never more than 100', async () => {
    for (let number = 1; number <= 103; number += 1)
      await deliver(town.physician, letter(town.at.nurse, { title: String(number) }))
    const asked = (range: object) => titles(town.nurse, 'INBOX', range)
    expect((await asked({})).length).toBe(100)
    expect((await asked({})).slice(0, 2)).toEqual(['103', '102'])
    expect(await asked({ StartIndex: 1, EndIndex: 1 })).toEqual(['103'])
    expect(await asked({ StartIndex: 2, EndIndex: 4 })).toEqual(['102', '101', '100'])
    expect(await asked({ StartIndex: 101 })).toEqual(['3', '2', '1'])
    expect(await asked({ StartIndex: 103, EndIndex: 200 })).toEqual(['1'])
    expect(await asked({ StartIndex: 104 })).toEqual([])
    expect(await asked({ StartIndex: 5, EndIndex: 4 })).toEqual([])
    expect((await asked({ StartIndex: 1, EndIndex: 1000 })).length).toBe(100)
    expect((await asked({ StartIndex: 2, EndIndex: 1000 })).at(-1)).toBe('3')
  })

  it('of all boxes shows what came to each of them, and in which', async () => {
    const nurse = town.simulator.world.findActor('SSIN', town.at.nurse.Id)!
    town.simulator.world.register({ ...nurse, qualities: ['NURSE', 'MIDWIFE'] })
    const asMidwife = { ...town.at.nurse, Quality: 'MIDWIFE' }
    await deliver(town.physician, letter(town.at.nurse, { title: 'to the nurse' }))
    await deliver(town.physician, letter(asMidwife, { title: 'to the midwife' }))
    const { value } = await town.nurse.session.call(operations.getAllEhboxesMessagesList, { Source: 'INBOX' })
    const all = 'Message' in value ? value.Message! : []
    expect(all.map(({ ContentInfo, Destination }) => [ContentInfo?.Title, Destination.Quality])).toEqual([
      ['to the midwife', 'MIDWIFE'],
      ['to the nurse', 'NURSE'],
    ])
    expect(await titles(town.nurse, 'INBOX')).toEqual(['to the nurse'])
    const second = { BoxId: asMidwife, Source: 'INBOX' as const, MessageId: all[0]!.MessageId }
    expect(await code(town.nurse.session.call(operations.getFullMessage, second))).toBe('100')
    expect(await code(read(town.nurse, all[0]!.MessageId))).toBe('820')
    town.simulator.world.register(nurse)
  })

  it('shows dates of Brussels with their zone, in winter and in summer', async () => {
    town.simulator.clock.set(new Date('2026-03-02T23:30:00Z'))
    await deliver(town.physician, letter(town.at.nurse))
    town.simulator.clock.set(new Date('2026-04-01T10:00:00Z'))
    await deliver(town.physician, letter(town.at.nurse))
    expect((await listed(town.nurse, 'INBOX')).map(({ MessageInfo }) => MessageInfo.PublicationDate)).toEqual(
      ['2026-04-01+02:00', '2026-03-03+01:00'],
    )
  })
})

describe('other people’s mail', () => {
  it('does not exist: not by its id, not by their box', async () => {
    const sent = await deliver(town.physician, letter(town.at.nurse))
    const [id] = await idsIn(town.nurse, 'INBOX')
    for (const messageId of [id!, sent, '0000000000000']) {
      expect(await code(read(town.hospital, messageId))).toBe('820')
      expect(await code(read(town.hospital, messageId, 'SENTBOX'))).toBe('820')
      expect(await code(remove(town.hospital, 'INBOX', [messageId]))).toBe('820')
      expect(await code(move(town.hospital, 'INBOX', 'BININBOX', [messageId]))).toBe('820')
      const asked = { MessageId: messageId }
      const acknowledged = town.hospital.session.call(operations.getMessageAcknowledgmentsStatus, asked)
      expect(await code(acknowledged)).toBe('820')
    }
    // the recipient is not told about the other recipients either
    const asRecipient = { MessageId: id! }
    expect(await code(town.nurse.session.call(operations.getMessageAcknowledgmentsStatus, asRecipient))).toBe(
      '820',
    )
    const BoxId = town.at.nurse
    const { session } = town.hospital
    const Source = 'INBOX' as const
    const MessageId = [id!]
    for (const call of [
      session.call(operations.getBoxInfo, { BoxId }),
      session.call(operations.getMessagesList, { BoxId, Source }),
      session.call(operations.getFullMessage, { BoxId, Source, MessageId: id! }),
      session.call(operations.getMessageHistory, { BoxId, Source, MessageId: id! }),
      session.call(operations.getMessageAcknowledgmentsStatus, { BoxId, MessageId: id! }),
      session.call(operations.moveMessage, { BoxId, Source, Destination: 'BININBOX', MessageId }),
      session.call(operations.deleteMessage, { BoxId, Source, MessageId }),
      session.call(operations.insertOoO, {
        BoxId,
        StartDate: '2026-03-02',
        EndDate: '2026-03-02',
        Substitute: [],
      }),
      session.call(operations.deleteOoO, { BoxId, OoOId: ['1'] }),
      session.call(operations.getOoOList, { BoxId }),
    ] as Promise<{ value: { Status: { Code: string } } }>[])
      expect(await code(call)).toBe('810')
    expect(await idsIn(town.nurse, 'INBOX')).toEqual([id])
  })
})

describe('moving and deleting', () => {
  it('goes between a folder and its own bin only', async () => {
    await deliver(town.physician, letter(town.at.nurse))
    const [id] = await idsIn(town.nurse, 'INBOX')
    const folders = ['INBOX', 'SENTBOX', 'BININBOX', 'BINSENTBOX']
    const allowed = ['INBOX>BININBOX', 'BININBOX>INBOX', 'SENTBOX>BINSENTBOX', 'BINSENTBOX>SENTBOX']
    for (const from of folders)
      for (const to of folders.filter((to) => !allowed.includes(`${from}>${to}`)))
        expect([from, to, await code(move(town.nurse, from, to, [id!]))]).toEqual([from, to, '821'])
    expect(await code(move(town.nurse, 'INBOX', 'BININBOX', [id!]))).toBe('100')
    expect(await idsIn(town.nurse, 'INBOX')).toEqual([])
    expect(await idsIn(town.nurse, 'BININBOX')).toEqual([id])
    expect(await code(read(town.nurse, id!))).toBe('820')
    expect(await code(move(town.nurse, 'BININBOX', 'INBOX', [id!]))).toBe('100')
    expect(await code(read(town.nurse, id!))).toBe('100')
  })

  it('does what can be done and names the rest', async () => {
    for (const title of ['a', 'b']) await deliver(town.physician, letter(town.at.nurse, { title }))
    const [b, a] = await idsIn(town.nurse, 'INBOX')
    const moved = (await move(town.nurse, 'INBOX', 'BININBOX', [a!, '0000000000000', b!])).value
    expect([moved.Status.Code, moved.MessageId]).toEqual(['820', ['0000000000000']])
    expect(await titles(town.nurse, 'BININBOX')).toEqual(['b', 'a'])
    const deleted = (await remove(town.nurse, 'BININBOX', [a!, a!])).value
    expect([deleted.Status.Code, deleted.MessageId]).toEqual(['820', [a]])
    expect(await titles(town.nurse, 'BININBOX')).toEqual(['b'])
  })

  it('takes more than a hundred at once for malformed', async () => {
    const many = Array.from({ length: 101 }, () => '0000000000000')
    await expect(remove(town.nurse, 'INBOX', many)).rejects.toMatchObject({ code: 'contract.invalid' })
  })

  it('leaves the copies of others alone', async () => {
    const sent = await deliver(town.physician, letter([town.at.nurse, town.at.hospital]))
    await remove(town.nurse, 'INBOX', await idsIn(town.nurse, 'INBOX'))
    expect(await idsIn(town.nurse, 'INBOX')).toEqual([])
    expect((await idsIn(town.hospital, 'INBOX')).length).toBe(1)
    expect(await idsIn(town.physician, 'SENTBOX')).toEqual([sent])
  })
})

describe('acknowledgements', () => {
  const rowsOf = async (MessageId: string, range = {}) => {
    const { value } = await town.physician.session.call(operations.getMessageAcknowledgmentsStatus, {
      MessageId,
      ...range,
    })
    return value.AcknowledgmentsStatus?.Row ?? []
  }

  it('have a row per recipient, with instants of the platform, reading once', async () => {
    const sent = await deliver(town.physician, letter([town.at.nurse, town.at.hospital]))
    const [id] = await idsIn(town.nurse, 'INBOX')
    town.simulator.clock.advance(60_000)
    await read(town.nurse, id!)
    town.simulator.clock.advance(60_000)
    await read(town.nurse, id!)
    await remove(town.nurse, 'INBOX', [id!])
    const rows = await rowsOf(sent)
    expect(
      rows.map(({ Recipient, Published, Received, Read }) => [Recipient.Quality, Published, Received, Read]),
    ).toEqual([
      ['NURSE', start, start, new Date(start.getTime() + 60_000)],
      ['HOSPITAL', start, start, undefined],
    ])
    expect(
      (await rowsOf(sent, { StartIndex: 2, EndIndex: 2 })).map(({ Recipient }) => Recipient.Quality),
    ).toEqual(['HOSPITAL'])
  })

  it('come as messages when they were asked for, once per event and recipient', async () => {
    const sent = await deliver(town.physician, letter(town.at.nurse, { receipts: true, title: 'Asked' }))
    await move(town.physician, 'SENTBOX', 'BINSENTBOX', [sent])
    const [id] = await idsIn(town.nurse, 'INBOX')
    await read(town.nurse, id!)
    await read(town.nurse, id!)
    const kinds = []
    for (const message of await listed(town.physician, 'INBOX')) {
      expect(message.ContentSpecification.ContentType).toBe('ACKNOWLEDGMENT')
      const { value } = await read(town.physician, message.MessageId)
      const { Document, Acknowledgment } = value.Message!.ContentContext.Content
      expect(Document.Title).toContain('Asked')
      expect(Acknowledgment).toMatchObject({ MessageId: sent, Recipient: { Id: town.at.nurse.Id } })
      kinds.push(Acknowledgment!.AckType)
    }
    expect(kinds).toEqual(['READ', 'RECEIVED', 'PUBLISHED'])
  })

  it('do not come as messages when they were not', async () => {
    await deliver(town.physician, letter(town.at.nurse))
    await read(town.nurse, (await idsIn(town.nurse, 'INBOX'))[0]!)
    expect(await idsIn(town.physician, 'INBOX')).toEqual([])
  })
})

describe('a full box', () => {
  const infoOf = async () => (await town.nurse.session.call(operations.getBoxInfo, {})).value

  it('lets mail stand by until there is room', async () => {
    const maxBoxSize = capacityOf(town.simulator.world, 'nurse/NURSE')
    await deliver(town.physician, letter(town.at.nurse, { title: 'huge' }))
    // As if it were that large: the size is a number of the letter.
    for (const stored of mailOf(town.simulator.world).letters.values()) stored.size = maxBoxSize
    const sent = await deliver(town.physician, letter(town.at.nurse, { title: 'waits', receipts: true }))
    await deliver(town.physician, letter(town.at.nurse, { title: 'waits too' }))
    expect(await titles(town.nurse, 'INBOX')).toEqual(['huge'])
    expect(await infoOf()).toMatchObject({
      NbrMessagesInStandBy: 2,
      CurrentSize: maxBoxSize,
      MaxSize: maxBoxSize,
    })
    expect(await titles(town.physician, 'INBOX')).toEqual(['PUBLISHED: waits'])
    const row = async () =>
      (await town.physician.session.call(operations.getMessageAcknowledgmentsStatus, { MessageId: sent }))
        .value.AcknowledgmentsStatus!.Row[0]!
    expect((await row()).Received).toBeUndefined()

    const [huge] = await idsIn(town.nurse, 'INBOX')
    await move(town.nurse, 'INBOX', 'BININBOX', [huge!])
    expect(await titles(town.nurse, 'INBOX')).toEqual([])
    town.simulator.clock.advance(1000)
    await remove(town.nurse, 'BININBOX', [huge!])
    expect(await titles(town.nurse, 'INBOX')).toEqual(['waits too', 'waits'])
    expect(await infoOf()).toMatchObject({ NbrMessagesInStandBy: 0, CurrentSize: 28 })
    expect((await row()).Received).toEqual(new Date(start.getTime() + 1000))
    expect(await titles(town.physician, 'INBOX')).toEqual(['RECEIVED: waits', 'PUBLISHED: waits'])
  })
})

describe('time', () => {
  it('removes a message one year after its publication, read or not', async () => {
    const sent = await deliver(town.physician, letter(town.at.nurse, { title: 'old' }))
    town.simulator.clock.advance(200 * day)
    await deliver(town.physician, letter(town.at.nurse, { title: 'newer' }))
    town.simulator.clock.set(new Date(start.getTime() + 365 * day - 1000))
    expect(await titles(town.nurse, 'INBOX')).toEqual(['newer', 'old'])
    const [, id] = await idsIn(town.nurse, 'INBOX')
    town.simulator.clock.set(new Date(start.getTime() + 365 * day))
    expect(await code(read(town.nurse, id!))).toBe('820')
    expect(await code(move(town.nurse, 'INBOX', 'BININBOX', [id!]))).toBe('820')
    expect(await titles(town.nurse, 'INBOX')).toEqual(['newer'])
    expect(await code(read(town.physician, sent, 'SENTBOX'))).toBe('820')
  })
})

describe('a directory', () => {
  it('keeps the mail over a restart', async () => {
    const dir = await mkdtemp(path.join(tmpdir(), 'mail-'))
    try {
      const before = await openTown({ dir })
      const sent = await deliver(
        before.physician,
        letter(before.at.nurse, { title: 'kept', content: Buffer.from([0, 255, 10]) }),
      )
      await before.nurse.session.call(operations.insertOoO, {
        StartDate: '2026-03-10',
        EndDate: '2026-03-11',
        Substitute: [before.at.physician],
      })
      await before.close()
      const after = await openTown({ dir })
      try {
        const [message] = await listed(after.nurse, 'INBOX')
        const { value } = await read(after.nurse, message!.MessageId)
        const { Document } = value.Message!.ContentContext.Content
        expect(Document.Title).toBe('kept')
        expect(Buffer.from(Document.EncryptableTextContent!)).toEqual(Buffer.from([0, 255, 10]))
        const rows = await after.physician.session.call(operations.getMessageAcknowledgmentsStatus, {
          MessageId: sent,
        })
        expect(rows.value.AcknowledgmentsStatus!.Row[0]).toMatchObject({ Published: start, Read: start })
        const absences = await after.nurse.session.call(operations.getOoOList, {})
        expect(absences.value.OoO).toMatchObject([{ StartDate: '2026-03-10', EndDate: '2026-03-11' }])
      } finally {
        await after.close()
      }
    } finally {
      await rm(dir, { recursive: true })
    }
  })
})
