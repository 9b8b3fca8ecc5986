import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { MailboxOptions } from '../../../src/simulator/index.js'
import { startSimulator } from '../../../src/simulator/index.js'
import { settingsOf } from '../../../src/simulator/services/ehbox/settings.js'
import { mailOf } from '../../../src/simulator/services/ehbox/store.js'
import { deliver, letter, listed, openTown, operations, post, start, titles, type Town } from './support.js'

const day = 24 * 60 * 60 * 1000

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())

/** The same platform with nothing in its boxes, and other settings. */
const open = async (mailboxes: MailboxOptions = {}): Promise<Town> => {
  const { world, clock, faults } = town.simulator
  Object.assign(settingsOf(world), usual, mailboxes)
  Object.assign(mailOf(world), { letters: new Map(), copies: [], absences: [] })
  clock.set(start)
  faults.clear()
  return town
}
const usual = { size: 1e8, sizes: {}, deliveryDelay: 0, expiryDays: 182, forbidden: [], codes: {} }

const move = async (who: Town['nurse'], Source: 'INBOX' | 'SENTBOX', id: string) =>
  (
    await who.session.call(operations.moveMessage, {
      Source,
      Destination: Source === 'INBOX' ? 'BININBOX' : 'BINSENTBOX',
      MessageId: [id],
    })
  ).value.Status.Code
const read = async (who: Town['nurse'], MessageId: string, Source: 'INBOX' | 'SENTBOX' = 'INBOX') =>
  (await who.session.call(operations.getFullMessage, { Source, MessageId })).value
const row = async (who: Town['nurse'], MessageId: string) =>
  (await who.session.call(operations.getMessageAcknowledgmentsStatus, { MessageId })).value
    .AcknowledgmentsStatus!.Row[0]!

describe('a mailbox of its own size', () => {
  it('lets mail stand by and takes it in, oldest first, as far as there is room', async () => {
    const { physician, nurse, at } = await open({ size: 1000, sizes: { 'nurse/NURSE': 40 } })
    const bytes = (count: number): Uint8Array => Buffer.alloc(count, 'a')
    for (const [title, count] of [
      ['first', 30],
      ['second', 20],
      ['third', 10],
    ] as const)
      await deliver(physician, letter(at.nurse, { title, content: bytes(count) }))
    expect(await titles(nurse, 'INBOX')).toEqual(['third', 'first'])
    const info = async () => (await nurse.session.call(operations.getBoxInfo, {})).value
    expect(await info()).toMatchObject({ NbrMessagesInStandBy: 1, CurrentSize: 40, MaxSize: 40 })
    const { MessageId } = (await listed(nurse, 'INBOX')).at(-1)!
    await nurse.session.call(operations.deleteMessage, { Source: 'INBOX', MessageId: [MessageId] })
    // in the order in which they were published, whenever they came in
    expect(await titles(nurse, 'INBOX')).toEqual(['third', 'second'])
    expect(await info()).toMatchObject({ NbrMessagesInStandBy: 0, CurrentSize: 30 })
    expect((await physician.session.call(operations.getBoxInfo, {})).value).toMatchObject({ MaxSize: 1000 })
  })
})

describe('delivery that takes its time', () => {
  it('is published at once and received when it is due', async () => {
    const { physician, nurse, at, simulator } = await open({ deliveryDelay: 60_000 })
    const id = await deliver(physician, letter(at.nurse, { title: 'slow' }))
    expect(await titles(nurse, 'INBOX')).toEqual([])
    expect(await row(physician, id)).toMatchObject({ Published: start })
    expect((await row(physician, id)).Received).toBeUndefined()
    // under way is not standing by
    expect((await nurse.session.call(operations.getBoxInfo, {})).value).toMatchObject({
      NbrMessagesInStandBy: 0,
    })
    simulator.clock.advance(60_000)
    expect(await titles(nurse, 'INBOX')).toEqual(['slow'])
    expect(await row(physician, id)).toMatchObject({ Received: new Date(start.getTime() + 60_000) })
  })
})

describe('expiry', () => {
  it('takes away what was read and lies in the bin; what is unread or not in the bin stays for a year', async () => {
    const { physician, nurse, at, simulator } = await open({ expiryDays: 10 })
    for (const title of ['unread in bin', 'read in inbox', 'read in bin'])
      await deliver(physician, letter(at.nurse, { title }))
    const [inBin, inInbox, unread] = (await listed(nurse, 'INBOX')).map(({ MessageId }) => MessageId)
    const [info] = (await listed(nurse, 'INBOX')).map(({ MessageInfo }) => MessageInfo.ExpirationDate)
    expect(info).toBe('2026-03-12+01:00')
    await read(nurse, inBin!)
    await read(nurse, inInbox!)
    for (const id of [inBin!, unread!]) expect(await move(nurse, 'INBOX', id)).toBe('100')
    simulator.clock.set(new Date(start.getTime() + 10 * day - 1))
    expect(await titles(nurse, 'BININBOX')).toEqual(['read in bin', 'unread in bin'])
    simulator.clock.set(new Date(start.getTime() + 10 * day))
    expect(await titles(nurse, 'BININBOX')).toEqual(['unread in bin'])
    expect(await titles(nurse, 'INBOX')).toEqual(['read in inbox'])
    simulator.clock.set(new Date(start.getTime() + 365 * day))
    expect(await titles(nurse, 'BININBOX')).toEqual([])
    expect(await titles(nurse, 'INBOX')).toEqual([])
  })

  it('before delivery is a failure that the sender is told', async () => {
    const { physician, at, simulator } = await open({ sizes: { 'nurse/NURSE': 1 } })
    await deliver(physician, letter(at.nurse, { title: 'never', publicationId: 'NEVER1' }))
    simulator.clock.set(new Date(start.getTime() + 365 * day))
    const [error] = await listed(physician, 'INBOX')
    expect(error).toMatchObject({ ContentSpecification: { ContentType: 'ERROR' } })
    const { Message } = await read(physician, error!.MessageId)
    expect(Message!.ContentContext.Content.Error).toMatchObject({
      PublicationId: 'NEVER1',
      Code: 'EXPIRED',
      Destination: [at.nurse],
    })
  })
})

describe('a publication that fails after it was accepted', () => {
  it('comes back as an ERROR message; nobody got it', async () => {
    const { physician, nurse, at, simulator } = await open()
    // the clock has gone back: a new token first, so that the plan meets the publication
    await titles(physician, 'INBOX')
    simulator.faults.add({
      kind: 'undelivered',
      operation: 'sendMessage',
      code: '999',
      message: 'No such box any more',
    })
    const sent = await post(physician, letter(at.nurse, { title: 'lost', publicationId: 'LOST1' }))
    expect(sent.Status.Code).toBe('100')
    expect(await titles(nurse, 'INBOX')).toEqual([])
    expect(await titles(physician, 'SENTBOX')).toEqual(['lost'])
    const [error] = await listed(physician, 'INBOX')
    const { Message } = await read(physician, error!.MessageId)
    expect(Message!.ContentContext.Content.Error).toEqual({
      PublicationId: 'LOST1',
      Code: '999',
      Message: ['No such box any more'],
      Destination: [at.nurse],
    })
  })
})

describe('rights and codes', () => {
  it('may be decided: who publishes to whom, and the codes that nobody has published', async () => {
    const { physician, nurse, at } = await open({
      forbidden: [{ from: 'NURSE', to: 'HOSPITAL' }],
      codes: { publicationIdUsed: '829' },
    })
    expect((await post(nurse, letter(at.hospital))).Status.Code).toBe('814')
    expect((await post(physician, letter(at.hospital))).Status.Code).toBe('100')
    const twice = letter(at.nurse, { publicationId: 'TWICE' })
    expect((await post(physician, twice)).Status.Code).toBe('100')
    expect((await post(physician, twice)).Status.Code).toBe('829')
  })

  it('are options like any other: what nobody knows is refused', async () => {
    await expect(startSimulator({ mailboxes: { boxSize: 1 } as never })).rejects.toMatchObject({
      code: 'configuration.invalid',
      path: 'mailboxes.boxSize',
    })
    const { simulator } = await open()
    expect(() => simulator.faults.add({ kind: 'dialect', form: 'cobol' as never })).toThrow(/form/)
  })
})

describe('summer time', () => {
  it.each([
    ['2026-03-29T00:59:59.000Z', '2026-03-29+01:00'],
    ['2026-03-29T01:00:00.000Z', '2026-03-29+02:00'],
    ['2026-07-01T22:30:00.000Z', '2026-07-02+02:00'],
    ['2026-10-25T00:59:59.000Z', '2026-10-25+02:00'],
    ['2026-10-25T01:00:00.000Z', '2026-10-25+01:00'],
    ['2026-12-31T23:30:00.000Z', '2027-01-01+01:00'],
  ])('a message of %s is of the day %s, and its receipts of the very instant', async (instant, day) => {
    const { physician, nurse, at, simulator } = await open()
    simulator.clock.set(new Date(instant))
    const sent = await deliver(physician, letter(at.nurse, { title: day, receipts: true }))
    for await (const message of nurse.ehbox.messages()) {
      expect(message.publicationDate).toBe(day)
      await nurse.ehbox.read(message)
    }
    const [row] = await physician.ehbox.acknowledgements(sent)
    expect([row!.published, row!.received, row!.read]).toEqual(Array(3).fill(new Date(instant)))
    for await (const { message } of physician.ehbox.readAll({ where: { type: 'ACKNOWLEDGMENT' } }))
      expect(message).toMatchObject({ at: new Date(instant) })
    const days: string[] = []
    const filter = { since: day.slice(0, 10), until: day.slice(0, 10) }
    for await (const { publicationDate } of nurse.ehbox.messages({ where: filter }))
      days.push(publicationDate)
    expect(days).toEqual([day])
  })
})
