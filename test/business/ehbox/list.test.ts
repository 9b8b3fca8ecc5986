import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { ListedMessage } from '../../../src/business/ehbox/index.js'
import { mailOf } from '../../../src/simulator/services/ehbox/store.js'
import { openCast, type Cast } from './world.js'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())

const sendOne = (title: string) =>
  cast.hospital.ehbox.send({ to: [cast.toNurse], title, body: 'Dear colleague' })

async function fill(count: number, prefix = 'M'): Promise<void> {
  for (let index = 0; index < count; index += 1) await sendOne(`${prefix}${index}`)
}

function empty(): void {
  mailOf(cast.simulator.world).copies.length = 0
}

async function all(list: AsyncIterable<ListedMessage>): Promise<ListedMessage[]> {
  const messages = []
  for await (const message of list) messages.push(message)
  return messages
}

const calls = () => cast.simulator.calls('ehboxConsultation', 'getMessagesList')

describe('the state of a box', () => {
  it('names the box, its sizes and what waits', async () => {
    empty()
    expect(await cast.nurse.ehbox.info()).toMatchObject({
      box: { id: cast.toNurse.ssin, type: 'INSS', quality: 'NURSE' },
      messagesInStandBy: 0,
      currentSize: 0,
      maxSize: expect.any(Number) as number,
      meta: { operation: 'getBoxInfo' },
    })
    await fill(1)
    expect((await cast.nurse.ehbox.info({ box: cast.toNurse })).currentSize).toBeGreaterThan(0)
  })

  it('of somebody else is refused', async () => {
    await expect(cast.nurse.ehbox.info({ box: cast.toHospital })).rejects.toMatchObject({
      code: 'ehbox.refused',
      platform: { code: '810' },
    })
    const wrong = { nihii: '71999042', quality: 'HOSPITAL' }
    await expect(cast.nurse.ehbox.info({ box: wrong })).rejects.toMatchObject({
      code: 'identifier.check-digit',
      path: 'box.nihii',
    })
  })
})

describe('a list', () => {
  it('is empty for an empty folder, with one call', async () => {
    empty()
    const before = calls()
    expect(await all(cast.nurse.ehbox.messages())).toEqual([])
    expect(calls()).toBe(before + 1)
  })

  it('shows what there is to know without opening anything', async () => {
    empty()
    await cast.hospital.ehbox.send({
      to: [cast.toNurse],
      title: 'With patient',
      body: 'Dear colleague',
      encrypt: true,
      important: true,
      application: 'synthetic',
      customMetas: [['KEY', 'VALUE']],
      freeText: 'free',
      patient: { ssin: '90010199794' },
    })
    const [message, ...more] = await all(cast.nurse.ehbox.messages({ folder: 'INBOX' }))
    expect(more).toEqual([])
    expect(message).toMatchObject({
      id: expect.stringMatching(/^[A-Z0-9]{13}$/) as string,
      folder: 'INBOX',
      type: 'DOCUMENT',
      title: 'With patient',
      mimeType: 'text/plain',
      sender: { id: cast.toHospital.nihii, quality: 'HOSPITAL', name: expect.any(String) as string },
      destination: { id: cast.toNurse.ssin, type: 'INSS', quality: 'NURSE' },
      publicationDate: expect.stringMatching(/^\d{4}-\d\d-\d\d/) as string,
      important: true,
      encrypted: true,
      hasAnnex: false,
      hasFreeInformation: true,
      application: 'synthetic',
      customMetas: [['KEY', 'VALUE']],
      patient: { sealed: true },
      problems: [],
    })
    expect(Buffer.from(message!.patient!.bytes).toString('latin1')).not.toContain('90010199794')
    expect(await cast.nurse.ehbox.patientOf(message!)).toEqual({ ssin: '90010199794', valid: true })
    await expect(cast.physician.ehbox.patientOf(message!)).rejects.toMatchObject({
      code: 'unseal.not-addressed',
      path: 'patient',
    })
    expect(await cast.nurse.ehbox.patientOf({})).toBeUndefined()
  })

  it('is fetched as it is needed, newest first', async () => {
    empty()
    await fill(25)
    const before = calls()
    const iterator = cast.nurse.ehbox.messages({ pageSize: 10 })[Symbol.asyncIterator]()
    expect(((await iterator.next()).value as ListedMessage).title).toBe('M24')
    expect(calls()).toBe(before + 1)
    await iterator.return?.()
    const titles = (await all(cast.nurse.ehbox.messages({ pageSize: 10 }))).map(({ title }) => title)
    expect(titles).toEqual(Array.from({ length: 25 }, (_, index) => `M${24 - index}`))
    for (const pageSize of [2, 24, 25, 26, 100])
      expect(await all(cast.nurse.ehbox.messages({ pageSize })), String(pageSize)).toHaveLength(25)
  })

  it('gives each message once, although mail arrives while it is read', async () => {
    empty()
    await fill(25)
    const ids: string[] = []
    for await (const { id } of cast.nurse.ehbox.messages({ pageSize: 5 })) {
      ids.push(id)
      if (ids.length % 7 === 0 && ids.length < 22) await sendOne(`new ${ids.length}`)
    }
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toHaveLength(25)
  })

  it('misses none, although the reader moves each message away', async () => {
    empty()
    await fill(25)
    const titles: (string | undefined)[] = []
    for await (const message of cast.nurse.ehbox.messages({ pageSize: 5 })) {
      titles.push(message.title)
      await cast.nurse.ehbox.move([message], { from: 'INBOX', to: 'BININBOX' })
    }
    expect(titles).toEqual(Array.from({ length: 25 }, (_, index) => `M${24 - index}`))
    expect(await all(cast.nurse.ehbox.messages({ folder: 'BININBOX' }))).toHaveLength(25)
  })

  it.each([
    [{ folder: 'TRASH' as never }, 'ehbox.folder', 'folder'],
    [{ pageSize: 101 }, 'configuration.invalid', 'pageSize'],
    [{ pageSize: 1 }, 'configuration.invalid', 'pageSize'],
    [{ pageSize: 2.5 }, 'configuration.invalid', 'pageSize'],
  ])('cannot be had with %j', async (options, code, path) => {
    const before = calls()
    await expect(all(cast.nurse.ehbox.messages(options))).rejects.toMatchObject({ code, path })
    expect(calls()).toBe(before)
  })

  it('allows an answer: the sender can be given back as recipient', async () => {
    empty()
    await fill(1, 'Question ')
    const [question] = await all(cast.nurse.ehbox.messages())
    const outcome = await cast.nurse.ehbox.send({
      to: [question!.sender],
      title: 'Answer',
      body: 'Dear colleague',
      encrypt: true,
    })
    expect(outcome.outcome).toBe('sent')
    const [answer] = await all(cast.hospital.ehbox.messages())
    expect(await cast.hospital.ehbox.read(answer!)).toMatchObject({
      body: { text: 'Dear colleague' },
      verification: { authorMatchesSender: true },
    })
  })
})
