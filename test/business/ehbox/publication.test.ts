import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { consultationOperations } from '../../../src/business/ehbox/contract.js'
import {
  maximumMessageBytes,
  type DocumentMessage,
  type OutgoingMessage,
  type Recipient,
  type Sent,
} from '../../../src/business/ehbox/index.js'
import { addNeighbours } from './neighbours.js'
import { openCast, type Cast } from './world.js'

const dir = mkdtempSync(join(tmpdir(), 'ehbox-publication-'))
let cast: Cast
let neighbours: Recipient[]
beforeAll(async () => {
  cast = await openCast({ dir })
  neighbours = await addNeighbours(cast.simulator, dir, 50)
})
afterAll(async () => {
  await cast.close()
  rmSync(dir, { recursive: true })
})

const message = (changes: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  to: [cast.toNurse],
  title: 'Synthetic report',
  body: 'Dear colleague',
  ...changes,
})

async function sent(changes: Partial<OutgoingMessage>, by = cast.physician): Promise<Sent> {
  const outcome = await by.ehbox.send(message(changes))
  if (outcome.outcome !== 'sent') throw new Error('not sent')
  return outcome
}

/** What the sender finds in his SENTBOX. */
async function roundTrip(changes: Partial<OutgoingMessage>): Promise<DocumentMessage> {
  const { id } = await sent(changes)
  const read = await cast.physician.ehbox.read(id!, { folder: 'SENTBOX' })
  return read as DocumentMessage
}

const annex = (content: OutgoingMessage['annexes'] extends readonly (infer A)[] | undefined ? A : never) =>
  content
const file = (content: Uint8Array): string => {
  const name = join(dir, `annex-${randomBytes(4).toString('hex')}`)
  writeFileSync(name, content)
  return name
}

describe('annexes from anywhere', () => {
  const octets = randomBytes(70_000)
  it.each([
    ['octets', () => octets],
    ['a file', () => ({ file: file(octets) })],
    ['a Node.js stream', () => Readable.from([octets.subarray(0, 100), octets.subarray(100)])],
    ['a web stream', () => new Blob([octets]).stream()],
    [
      'a generator',
      async function* () {
        for (let at = 0; at < octets.length; at += 999) yield octets.subarray(at, at + 999)
      },
    ],
  ] as const)('arrive as they were, attached and inline, sealed and clear: %s', async (_, source) => {
    for (const encrypt of [true, false])
      for (const as of ['attachment', 'inline'] as const) {
        const read = await roundTrip({
          encrypt,
          annexes: [
            annex({
              title: 'Scan',
              fileName: 'scan.bin',
              mimeType: 'application/octet-stream',
              as,
              content: source() as Uint8Array,
            }),
          ],
        })
        expect(Buffer.from(read.annexes[0]!.content).equals(octets)).toBe(true)
      }
  })

  it('may be the body too', async () => {
    const read = await roundTrip({
      body: { content: { file: file(Buffer.from('from a file')) }, mimeType: 'text/plain' },
    })
    expect(read.body.text).toBe('from a file')
  })

  const failing = (content: unknown): Partial<OutgoingMessage> => ({
    annexes: [annex({ title: 'T', fileName: 'f', mimeType: 'a/b', content: content as Uint8Array })],
  })
  it.each([
    ['a file that is not there', { file: '/nowhere/patient-name.pdf' }, 'ehbox.content'],
    ['a directory', { file: tmpdir() }, 'ehbox.content'],
    ['a stream that breaks', Readable.from(breaking()), 'ehbox.content'],
    ['a stream of texts', Readable.from(['text']), 'ehbox.content'],
    ['a stream without end', endless(), 'ehbox.too-large'],
    ['a number', 5, 'contract.invalid'],
    ['an object of another kind', { path: 'x' }, 'contract.invalid'],
    ['a file with more to say', { file: 'x', encoding: 'y' }, 'configuration.invalid'],
  ])('are refused when they cannot be read, and nothing is sent: %s', async (_, content, code) => {
    const before = cast.simulator.calls('ehboxPublication')
    const error: unknown = await cast.physician.ehbox.send(message(failing(content))).catch((e: unknown) => e)
    expect(error).toMatchObject({ code })
    expect(String((error as { path: string }).path)).toMatch(/^annexes\[0\]/)
    expect((error as Error).message).not.toContain('patient-name')
    expect(cast.simulator.calls('ehboxPublication')).toBe(before)
  })

  it('are not opened when something else is wrong', async () => {
    let begun = false
    async function* watched(): AsyncGenerator<Uint8Array> {
      begun = true
      yield octets
    }
    await expect(
      cast.physician.ehbox.send(message({ ...failing(watched()), title: '' })),
    ).rejects.toMatchObject({ code: 'contract.invalid', path: 'title' })
    expect(begun).toBe(false)
  })
})

async function* breaking(): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(5)
  throw new Error('broken')
}

async function* endless(): AsyncGenerator<Uint8Array> {
  for (;;) yield new Uint8Array(1024 * 1024)
}

describe('the size of a message', () => {
  const annexes = (bytes: number): OutgoingMessage['annexes'] => [
    { title: 'T', fileName: 'f', mimeType: 'application/pdf', content: Buffer.alloc(bytes, 7) },
  ]

  it('is judged by the octets that will be on the wire, to the last one', async () => {
    const common = { publicationId: 'EXACT', title: 'Exact size' }
    await sent({ ...common, publicationId: 'EXACT1', annexes: annexes(1000) })
    const request = cast.events.findLast(
      (event) => event.type === 'request' && event.operation === 'sendMessage',
    ) as { bytes: number }
    // the assertion and the numbers in the envelope keep their length within a session
    const room = maximumMessageBytes - request.bytes
    expect(
      (await sent({ ...common, publicationId: 'EXACT2', annexes: annexes(1000 + room) })).status.code,
    ).toBe('100')
    const last = cast.events.findLast(
      (event) => event.type === 'request' && event.operation === 'sendMessage',
    ) as { bytes: number }
    expect(last.bytes).toBe(maximumMessageBytes)
    const before = cast.simulator.calls('ehboxPublication')
    await expect(
      cast.physician.ehbox.send(
        message({ ...common, publicationId: 'EXACT3', annexes: annexes(1001 + room) }),
      ),
    ).rejects.toMatchObject({
      code: 'ehbox.too-large',
      details: { bytes: maximumMessageBytes + 1, limit: maximumMessageBytes },
    })
    expect(cast.simulator.calls('ehboxPublication')).toBe(before)
  })

  it('may be 9.9 MB of annexes, sealed', async () => {
    const contents = [randomBytes(5_000_000), randomBytes(4_900_000)]
    const told: [number, number][] = []
    const read = await roundTrip({
      encrypt: true,
      onProgress: (...progress) => void told.push(progress),
      annexes: contents.map((content, index) => ({
        title: `Annex ${index}`,
        fileName: `${index}.bin`,
        mimeType: 'application/octet-stream',
        content,
      })),
    })
    expect(read.annexes.map(({ content }, index) => contents[index]!.equals(content))).toEqual([true, true])
    // told piece by piece, up to what was announced
    const [, total] = told.at(-1)!
    expect(total).toBeGreaterThan(9_900_000)
    expect(told.length).toBeGreaterThan(100)
    expect(told.every(([bytes, of], index) => of === total && bytes > (told[index - 1]?.[0] ?? 0))).toBe(true)
    expect(told.at(-1)).toEqual([total, total])
  })
})

describe('recipients', () => {
  it('may be fifty of six kinds: tokens are looked up some at a time, once, and everybody gets his copy', async () => {
    const lookUps = () => cast.simulator.calls('etkDepot')
    const before = lookUps()
    const first = await sent({ to: neighbours, encrypt: true })
    expect(first.recipients).toHaveLength(50)
    const asked = lookUps() - before
    expect(asked).toBeGreaterThanOrEqual(50)
    await sent({ to: neighbours, encrypt: true })
    expect(lookUps() - before).toBe(asked)
    const rows = await cast.physician.ehbox.acknowledgements(first.id!)
    expect(rows).toHaveLength(50)
    expect(new Set(rows.map(({ recipient }) => `${recipient.type} ${recipient.subType}`))).toEqual(
      new Set([
        'INSS undefined',
        'NIHII HOSPITAL',
        'NIHII GROUP_DOCTORS',
        'CBE TREATMENT_CENTER',
        'CBE undefined',
        'EHP undefined',
      ]),
    )
    const requests = cast.events.filter((event) => event.type === 'etk')
    expect(requests.some((event) => event.type === 'etk' && event.source === 'cache')).toBe(true)
    // under way together: a look-up begins before the one before it has ended
    const begun = requests.filter((event) => event.source === 'depot').map(({ at }) => at)
    const ended = requests
      .filter((event) => event.source === 'depot')
      .map(({ at, milliseconds }) => at + milliseconds)
    expect(begun.some((at, index) => index > 0 && at < ended[index - 1]!)).toBe(true)
  })

  it('may be everybody of a quality', async () => {
    const outcome = await sent({ to: [{ everybody: true, quality: 'NURSE' }], title: 'To every nurse' })
    expect(outcome.recipients).toMatchObject([{ id: 'ALL', type: 'INSS', quality: 'NURSE' }])
    for await (const { title } of cast.nurse.ehbox.messages()) {
      expect(title).toBe('To every nurse')
      break
    }
    await expect(
      cast.physician.ehbox.send(message({ to: [{ everybody: true, quality: 'HOSPITAL' }], encrypt: true })),
    ).rejects.toMatchObject({ code: 'ehbox.all-encrypted', path: 'to[0]' })
  })

  it('may be an address as other services give it, with what else they say of it', async () => {
    const contact = {
      eHealthBox: [
        { id: cast.toHospital.nihii, type: 'NIHII', subType: 'HOSPITAL', quality: 'HOSPITAL' },
      ] as const,
    }
    const outcome = await sent({ to: [contact.eHealthBox[0]], encrypt: true })
    expect(outcome.recipients).toMatchObject([{ id: cast.toHospital.nihii, subType: 'HOSPITAL' }])
  })

  it('may be addressed to a person inside, and under a mandate', async () => {
    const user = { ssin: '84112399460', firstName: 'Zoë 🩺', lastName: "O'Connor" }
    const { id } = await sent({
      to: [
        {
          ...cast.toHospital,
          user,
          mandate: { id: '84112399460', type: 'INSS', name: 'N' },
        },
      ],
    })
    const read = await cast.physician.ehbox.read(id!, { folder: 'SENTBOX' })
    expect(read.destinations).toMatchObject([{ user }])
    await expect(
      cast.physician.ehbox.send(message({ to: [{ ...cast.toHospital, mandate: { id: '', type: 'X' } }] })),
    ).rejects.toMatchObject({ code: 'ehbox.recipient', path: 'to[0].mandate' })
    await expect(
      cast.physician.ehbox.send(
        message({ to: [{ ...cast.toHospital, user: { ...user, firstName: 'A\u0001' } }] }),
      ),
    ).rejects.toMatchObject({ code: 'contract.invalid', path: 'to[0]' })
  })

  it('is another box of the sender as sender', async () => {
    const persona = cast.simulator.world.actors.find(({ name }) => name === 'physician')!
    cast.simulator.world.register({ ...persona, qualities: ['DOCTOR', 'PHYSIOTHERAPIST'] })
    const from = { ssin: persona.ssin!, quality: 'PHYSIOTHERAPIST' as const }
    const outcome = await sent({ from, encrypt: true, title: 'From my other box' })
    const listed = []
    for await (const each of cast.physician.ehbox.messages({ folder: 'SENTBOX', box: from }))
      listed.push(each)
    expect(listed).toMatchObject([{ id: outcome.id, sender: { quality: 'PHYSIOTHERAPIST' } }])
    const read = await cast.physician.ehbox.read(listed[0]!)
    expect(read).toMatchObject({ body: { text: 'Dear colleague' } })
    await expect(
      cast.physician.ehbox.send(message({ from: { ssin: persona.ssin!, quality: 'DENTIST' } })),
    ).rejects.toMatchObject({ code: 'ehbox.refused', platform: { code: '810' } })
  })
})

describe('what is written arrives as it was', () => {
  it.each([
    ['an empty body', ''],
    ['a body that looks like base64', 'test'],
    ['a longer one', Buffer.from('see what a decoder makes of it').toString('base64')],
    ['control characters and emoji in a body', '\u0000\u0007 tab\t 🩺 \r\n end'],
  ])('%s', async (_, body) => {
    expect((await roundTrip({ body })).body.text).toBe(body)
    // nothing is made up about an empty body: it is sealed like any other
    const sealed = await roundTrip({ body, encrypt: true })
    expect(sealed.body.text).toBe(body)
    expect(sealed.problems).toEqual([])
  })

  it('a hundred custom metas, in order; more than fifty is a warning, more than a hundred refused', async () => {
    const metas = Array.from({ length: 100 }, (_, i) => [`KEY ${i}`, `É'"<${i}>&🩺`] as const)
    expect((await roundTrip({ customMetas: metas })).customMetas).toEqual(metas)
    expect((await sent({ customMetas: metas })).warnings).toEqual(['custom-metas-over-50'])
    expect((await sent({ customMetas: metas.slice(50) })).warnings).toEqual([])
    await expect(
      cast.physician.ehbox.send(message({ customMetas: [...metas, ['one', 'more']] })),
    ).rejects.toMatchObject({ code: 'contract.invalid', path: 'customMetas' })
  })

  it('names with emoji and apostrophes; lengths count characters, not halves of them', async () => {
    const title = `L'état de santé 🩺 ${'😀'.repeat(300)}`
    const read = await roundTrip({
      title,
      annexes: [
        annex({ title: "d'un 📎", fileName: "l'annexe 📎.pdf", mimeType: 'application/pdf', content: 'x' }),
      ],
    })
    expect(read).toMatchObject({ title, annexes: [{ title: "d'un 📎", fileName: "l'annexe 📎.pdf" }] })
  })

  it.each([
    ['title', { title: 'a\u0000b' }],
    [
      'annexes[0].fileName',
      { annexes: [annex({ title: 'T', fileName: 'a\u0008', mimeType: 'a/b', content: '' })] },
    ],
    ['table.title', { table: { title: '\u001b[2J', rows: [['a', 'b']] } }],
    ['customMetas[0]', { customMetas: { key: 'a\u000bb' } }],
    ['application', { application: '\uffff' }],
    ['title', { title: 'half \ud83d' }],
  ] as [string, Partial<OutgoingMessage>][])(
    'control characters in clear text are refused: %s',
    async (path, changes) => {
      await expect(cast.physician.ehbox.send(message(changes))).rejects.toMatchObject({
        code: 'contract.invalid',
        path,
      })
    },
  )

  it('a body that the web application does not show is a warning', async () => {
    const { warnings } = await sent({ body: { content: '<xml/>', mimeType: 'application/xml' } })
    expect(warnings).toEqual(['body-not-shown-by-web-application'])
    expect((await sent({ body: { content: '', mimeType: 'text/html; charset=utf-8' } })).warnings).toEqual([])
  })

  it('three receipts, in the INBOX of who asked', async () => {
    const outcome = await sent(
      {
        to: [{ ssin: cast.simulator.personas.physician.ssin, quality: 'DOCTOR' }],
        receipts: { publication: true, received: true, read: true },
      },
      cast.nurse,
    )
    for await (const listed of cast.physician.ehbox.messages()) {
      await cast.physician.ehbox.read(listed)
      break
    }
    const acknowledgments = []
    for await (const listed of cast.nurse.ehbox.messages({ where: { type: 'ACKNOWLEDGMENT' } })) {
      const read = await cast.nurse.ehbox.read(listed)
      if (read.type === 'ACKNOWLEDGMENT' && read.acknowledges === outcome.id)
        acknowledgments.push(read.acknowledgment)
    }
    expect(acknowledgments).toEqual(['READ', 'RECEIVED', 'PUBLISHED'])
  })
})

describe('news', () => {
  it('is updated by its PublicationId as often as one likes, and keeps its history', async () => {
    const versions = ['one', 'two', 'three', 'four']
    for (const body of versions)
      await sent({ type: 'NEWS', publicationId: 'NEWS1', title: 'Closed on Friday', body, encrypt: true })
    const listed = []
    for await (const each of cast.nurse.ehbox.messages()) if (each.type === 'NEWS') listed.push(each)
    expect(listed).toHaveLength(1)
    expect(await cast.nurse.ehbox.read(listed[0]!)).toMatchObject({ type: 'NEWS', body: { text: 'four' } })
    const earlier = await cast.nurse.ehbox.history(listed[0]!)
    const texts = []
    for (const id of earlier) {
      const read = (await cast.nurse.ehbox.read(id, { folder: 'HISTORY' })) as DocumentMessage
      texts.push(read.body.text)
    }
    expect(texts).toEqual(['three', 'two', 'one'])
  })
})

describe('a recipient who is out of office', () => {
  const day = (offset: number): string =>
    new Date(cast.simulator.clock.now().getTime() + offset * 86_400_000).toISOString().slice(0, 10)
  const toPhysician = () => ({ ssin: cast.simulator.personas.physician.ssin, quality: 'DOCTOR' as const })
  let absence: string | undefined
  const away = async (substitutes: boolean) => {
    const { value } = await cast.nurse.session.call(consultationOperations.insertOoO, {
      StartDate: day(-1),
      EndDate: day(1),
      Substitute: substitutes ? [{ Id: toPhysician().ssin, Type: 'INSS', Quality: 'DOCTOR' }] : [],
    })
    absence = value.Id
  }
  const back = () => cast.nurse.session.call(consultationOperations.deleteOoO, { OoOId: [absence!] })
  const held = async (to: Recipient[]) => {
    const outcome = await cast.hospital.ehbox.send(message({ to, encrypt: true, title: 'While away' }))
    if (outcome.outcome !== 'out-of-office') throw new Error('nobody was absent')
    return outcome
  }
  const newest = async (who: Cast['nurse']) => {
    for await (const listed of who.ehbox.messages()) return who.ehbox.read(listed)
    return undefined
  }

  it('is replaced by his substitutes, for whom the message is sealed anew', async () => {
    await away(true)
    const outcome = await held([cast.toNurse])
    const again = await outcome.resend({ toSubstitutes: true })
    expect(again).toMatchObject({
      outcome: 'sent',
      publicationId: outcome.publicationId,
      recipients: [{ id: toPhysician().ssin, quality: 'DOCTOR' }],
    })
    expect(await newest(cast.physician)).toMatchObject({
      title: 'While away',
      body: { text: 'Dear colleague' },
      verification: { authorMatchesSender: true },
    })
    expect((await newest(cast.nurse))?.title).not.toBe('While away')
    await back()
  })

  it('gets it all the same, with or without his substitutes; nobody gets it twice', async () => {
    await away(true)
    const anyway = await (await held([cast.toNurse])).resend({ anyway: true })
    expect(anyway).toMatchObject({ outcome: 'sent', recipients: [{ id: cast.toNurse.ssin }] })
    expect(await newest(cast.nurse)).toMatchObject({ body: { text: 'Dear colleague' } })
    const both = await (
      await held([cast.toNurse, toPhysician()])
    ).resend({ anyway: true, toSubstitutes: true })
    expect(both.recipients.map(({ id }) => id)).toEqual([cast.toNurse.ssin, toPhysician().ssin])
    await back()
  })

  it('is not forgotten when nobody replaces him', async () => {
    await away(false)
    const outcome = await held([cast.toHospital, cast.toNurse])
    await expect(outcome.resend({ toSubstitutes: true })).rejects.toMatchObject({
      code: 'ehbox.no-substitute',
      path: 'to[1]',
    })
    await expect(outcome.resend({})).rejects.toMatchObject({ code: 'configuration.invalid' })
    await back()
    expect((await outcome.resend({ anyway: true })).outcome).toBe('sent')
  })

  it('may be one of a group', async () => {
    await away(true)
    const outcome = await cast.hospital.ehbox.send(message({ to: [{ everybody: true, quality: 'NURSE' }] }))
    if (outcome.outcome !== 'out-of-office') throw new Error('nobody was absent')
    const again = await outcome.resend({ toSubstitutes: true })
    expect(again.recipients.map(({ id }) => id)).toEqual(['ALL', toPhysician().ssin])
    await back()
  })
})
