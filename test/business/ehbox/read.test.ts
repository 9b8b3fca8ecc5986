import { readFileSync } from 'node:fs'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { GetFullMessageResponse } from '../../../src/business/ehbox/contract.js'
import type { DocumentMessage, OutgoingMessage } from '../../../src/business/ehbox/index.js'
import { fullMessage } from '../../../src/business/ehbox/read.js'
import { EHealthError } from '../../../src/errors.js'
import { letterOf, mailOf, type Letter } from '../../../src/simulator/services/ehbox/store.js'
import type { CallMeta } from '../../../src/technical/soap/types.js'
import { read as readMessage } from '../../../src/technical/xml/index.js'
import { parseXml } from '../../../src/technical/xml/parse.js'
import { openCast, type Cast } from './world.js'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())

let count = 0

/** Sends a message to the nurse; gives what lies in her box, to be spoilt, and its id. */
async function deliver(
  changes: Partial<OutgoingMessage> = {},
  from: 'physician' | 'hospital' = 'physician',
): Promise<{ id: string; letter: Letter; sentId: string }> {
  const title = `Letter ${(count += 1)}`
  const outcome = await cast[from].ehbox.send({
    to: [cast.toNurse],
    title,
    body: 'Dear colleague',
    encrypt: true,
    annexes: [
      { title: 'Annex', fileName: 'a.pdf', mimeType: 'application/pdf', content: Uint8Array.of(1, 2, 3) },
    ],
    ...changes,
  })
  if (outcome.outcome !== 'sent') throw new Error('not sent')
  const state = mailOf(cast.simulator.world)
  const copy = state.copies.find(
    (candidate) => candidate.box === 'nurse/NURSE' && letterOf(state, candidate).title === title,
  )!
  return { id: copy.messageId, letter: letterOf(state, copy), sentId: outcome.id! }
}

async function document(id: string): Promise<DocumentMessage> {
  const message = await cast.nurse.ehbox.read(id)
  if (message.type === 'ACKNOWLEDGMENT' || message.type === 'ERROR') throw new Error('no document')
  return message
}

const refusalOf = (id: string): Promise<unknown> =>
  cast.nurse.ehbox.read(id).then(
    () => new Error('was read'),
    (reason: unknown) => reason,
  )

describe('reading an encrypted message', () => {
  it('opens every field and says who sealed them', async () => {
    const { id } = await deliver({ freeText: 'free', patient: { ssin: '90010199794' } }, 'hospital')
    expect(await document(id)).toMatchObject({
      id,
      type: 'DOCUMENT',
      encrypted: true,
      body: { text: 'Dear colleague', mimeType: 'text/plain', fileName: 'body.txt' },
      freeText: 'free',
      patient: { ssin: '90010199794', valid: true },
      annexes: [{ title: 'Annex', content: Buffer.of(1, 2, 3), protection: 'sealed' }],
      verification: {
        author: { kind: 'organisation', type: 'NIHII-HOSPITAL', value: cast.toHospital.nihii },
        authorMatchesSender: true,
        fields: ['body', 'freeText', 'patient', 'annexes[0].title', 'annexes[0].content'],
      },
      problems: [],
    })
  })

  it('says when the sender named is not the one who sealed', async () => {
    const { id, letter } = await deliver()
    letter.sender = { ...letter.sender, Id: '90010199794' }
    expect((await document(id)).verification).toMatchObject({ authorMatchesSender: false })
  })

  it('keeps a sender of unknown type', async () => {
    const { id, letter } = await deliver()
    letter.sender = { ...letter.sender, Type: 'NEW_TYPE', SubType: 'NEW_SUBTYPE' }
    const message = await document(id)
    expect(message.sender).toMatchObject({ type: 'NEW_TYPE', subType: 'NEW_SUBTYPE' })
    expect(message.verification?.authorMatchesSender).toBeUndefined()
  })

  it('refuses a field taken from a message of somebody else', async () => {
    const { id, letter } = await deliver()
    const foreign = await deliver({}, 'hospital')
    letter.annexes[0]!.content = foreign.letter.annexes[0]!.content
    expect(await refusalOf(id)).toMatchObject({ code: 'ehbox.mixed-authors', path: 'annexes[0].content' })
  })

  it('refuses a field that is not sealed', async () => {
    const { id, letter } = await deliver()
    letter.annexes[0]!.content = { as: 'attachment', bytes: Buffer.from('plain') }
    expect(await refusalOf(id)).toMatchObject({ code: 'ehbox.unsealed-field', path: 'annexes[0].content' })
  })

  it('reads the same or nothing, whatever byte of a sealed field is flipped', async () => {
    const { id, letter } = await deliver()
    const sound = letter.document.content.bytes
    const { body, verification } = await document(id)
    let refused = 0
    let flips = 0
    for (let at = 0; at < sound.length; at += Math.floor(sound.length / 60)) {
      const bytes = Buffer.from(sound)
      bytes[at]! ^= 0x41
      letter.document.content = { as: 'inline', bytes }
      flips += 1
      const outcome: unknown = await document(id).catch((error: unknown) => error)
      if (outcome instanceof EHealthError) {
        refused += 1
        expect(outcome, `octet ${at}`).toMatchObject({ path: 'body' })
        expect(outcome.code, `octet ${at}`).toMatch(/^(unseal|ehbox)\./)
        expect(String(outcome)).not.toContain('Dear colleague')
      }
      // Certificates that travel along unsigned and are not needed may be damaged: that changes nothing.
      else
        expect(outcome, `octet ${at}`).toMatchObject({ body, verification: { author: verification!.author } })
    }
    expect(refused).toBeGreaterThan(flips / 2)
  })

  it('refuses a sealed field that is cut short', async () => {
    const { id, letter } = await deliver()
    const bytes = letter.document.content.bytes
    letter.document.content = { as: 'inline', bytes: bytes.subarray(0, bytes.length / 2) }
    expect(await refusalOf(id)).toMatchObject({
      code: expect.stringMatching(/^unseal\./) as string,
      path: 'body',
    })
  })

  it('tells an empty field that nobody sealed, as the official connector sends it', async () => {
    const { id, letter } = await deliver()
    letter.annexes[0]!.content = { as: 'inline', bytes: new Uint8Array() }
    const message = await document(id)
    expect(message.annexes[0]!.content).toHaveLength(0)
    expect(message.problems).toEqual([expect.stringContaining('annexes[0].content')])
  })

  it('opens a field that was encoded in base64 once too often', async () => {
    const { id, letter } = await deliver()
    const { bytes } = letter.document.content
    letter.document.content = { as: 'inline', bytes: Buffer.from(Buffer.from(bytes).toString('base64')) }
    expect((await document(id)).body.text).toBe('Dear colleague')
  })

  it('is not possible for somebody it was not sealed for', async () => {
    const { id, letter } = await deliver()
    const other = await cast.physician.ehbox.send({
      to: [cast.toHospital],
      title: 'x',
      body: 'For the hospital',
      encrypt: true,
    })
    const state = mailOf(cast.simulator.world)
    const foreign = [...state.letters.values()].find(
      ({ publicationId }) => publicationId === other.publicationId,
    )!
    letter.document.content = foreign.document.content
    expect(await refusalOf(id)).toMatchObject({ code: 'unseal.not-addressed', path: 'body' })
  })
})

describe('reading a clear message', () => {
  it.each(['test', '12345678', 'VGhpcyBpcyBiYXNlNjQ='])('leaves %j as it is', async (body) => {
    const { id } = await deliver({ body, encrypt: false })
    const message = await document(id)
    expect(message).toMatchObject({ encrypted: false, body: { text: body } })
    expect(message.annexes[0]).toMatchObject({ protection: 'transport', title: 'Annex' })
    expect(message.verification).toBeUndefined()
  })

  it('gives octets only where the content is no text', async () => {
    const { id } = await deliver({
      encrypt: false,
      body: { content: Uint8Array.of(0xff, 0xfe, 0), mimeType: 'text/plain' },
    })
    const { body } = await document(id)
    expect(body.text).toBeUndefined()
    expect(body.content).toEqual(Buffer.of(0xff, 0xfe, 0))
  })

  it('says that a patient number is none', async () => {
    const { id, letter } = await deliver({ encrypt: false })
    letter.patient = Buffer.from('12345678901')
    expect(await document(id)).toMatchObject({
      patient: { ssin: '12345678901', valid: false },
      problems: ['the number of the patient is not a valid SSIN'],
    })
  })

  it('keeps a message whose type nobody knows', async () => {
    const { id, letter } = await deliver({ encrypt: false })
    letter.kind = 'SOMETHING' as never
    // The simulator cannot write what its contract forbids; the reader is shown the same by hand below.
    await expect(cast.nurse.ehbox.read(id)).rejects.toBeInstanceOf(EHealthError)
    letter.kind = 'DOCUMENT'
    const answer = fixture('get-full-message-response.document.xml')
    answer.Message.ContentContext.ContentSpecification.ContentType = 'SOMETHING' as never
    answer.Message.ContentContext.ContentSpecification.IsEncrypted = false
    answer.Message.ContentContext.Content.Annex = []
    expect(await fullMessage(cast.nurse.session, answer, received)).toMatchObject({
      type: 'OTHER',
      contentType: 'SOMETHING',
      problems: [expect.stringContaining('type'), expect.stringContaining('SSIN')],
    })
  })
})

const received = { id: '9Y000AAA00001', attachments: new Map(), meta: {} as CallMeta }

type Answer = Extract<GetFullMessageResponse, { Message: object }>

function fixture(name: string): Answer {
  const xml = readFileSync(new URL(`../../../fixtures/ehbox/${name}`, import.meta.url), 'utf8')
  const answer = readMessage(GetFullMessageResponse, parseXml(xml).root)
  if (answer.Message === undefined) throw new Error('no message')
  return answer
}

describe('messages of the platform', () => {
  it('are read with what they tell: an error', async () => {
    const message = await fullMessage(
      cast.nurse.session,
      fixture('get-full-message-response.error.xml'),
      received,
    )
    expect(message).toMatchObject({
      type: 'ERROR',
      error: {
        publicationId: expect.any(String) as string,
        code: expect.any(String) as string,
        messages: [expect.any(String)],
        destinations: [{ type: 'NIHII' }],
        failures: [],
      },
    })
  })

  it('are read with what they tell: a receipt of what was really done', async () => {
    const { id, sentId } = await deliver({ receipts: { read: true } })
    await document(id)
    const receipts = []
    for await (const listed of cast.physician.ehbox.messages())
      if (listed.type === 'ACKNOWLEDGMENT') receipts.push(await cast.physician.ehbox.read(listed))
    expect(receipts).toMatchObject([
      {
        type: 'ACKNOWLEDGMENT',
        acknowledges: sentId,
        acknowledgment: 'READ',
        recipient: { id: cast.toNurse.ssin },
        at: expect.any(Date) as Date,
      },
    ])
  })

  it('refuse an attachment that the answer does not carry', async () => {
    const answer = fixture('get-full-message-response.document.xml')
    answer.Message.ContentContext.ContentSpecification.IsEncrypted = false
    await expect(fullMessage(cast.nurse.session, answer, received)).rejects.toMatchObject({
      code: 'ehbox.attachment-missing',
      path: 'annexes[0].content',
    })
  })

  it('are held to a digest, should one come along', async () => {
    const xml = (digest: string): string =>
      readFileSync(
        new URL('../../../fixtures/ehbox/get-full-message-response.document.xml', import.meta.url),
        'utf8',
      )
        .replace('<IsEncrypted>true', '<IsEncrypted>false')
        .replace(/<Annex>[\s\S]*<\/Annex>/, '')
        .replace(/(<MimeType>text\/plain<\/MimeType>)/, `$1<Digest>${digest}</Digest>`)
    const answerOf = (digest: string): Answer =>
      readMessage(GetFullMessageResponse, parseXml(xml(digest)).root) as Answer
    const right = 'SBVs5f8Nk6pwRSzoFjejmV5OsrPyhqnCYI5PqpjHnL4='
    expect(await fullMessage(cast.nurse.session, answerOf(right), received)).toMatchObject({
      type: 'DOCUMENT',
    })
    await expect(
      fullMessage(cast.nurse.session, answerOf(right.replace('S', 'T')), received),
    ).rejects.toMatchObject({ code: 'ehbox.digest', path: 'body' })
  })
})

describe('what has happened to a message', () => {
  it('is told for each recipient; reading is the acknowledgement', async () => {
    const { id, sentId } = await deliver({ to: [cast.toNurse, cast.toHospital] })
    const before = await cast.physician.ehbox.acknowledgements(sentId)
    expect(before.map(({ recipient, read }) => [recipient.quality, read])).toEqual([
      ['NURSE', undefined],
      ['HOSPITAL', undefined],
    ])
    expect(before[0]).toMatchObject({
      published: expect.any(Date) as Date,
      received: expect.any(Date) as Date,
    })
    await cast.nurse.ehbox.read(id)
    const after = await cast.physician.ehbox.acknowledgements(sentId)
    expect(after.map(({ read }) => read instanceof Date)).toEqual([true, false])
  })

  it('is not told to others', async () => {
    const { sentId } = await deliver()
    await expect(cast.hospital.ehbox.acknowledgements(sentId)).rejects.toMatchObject({
      code: 'ehbox.refused',
    })
  })
})

describe('a misspelt option', () => {
  const misspelt = { foldr: 'INBOX' } as never
  it.each([
    ['info', () => cast.nurse.ehbox.info(misspelt)],
    ['messages', () => cast.nurse.ehbox.messages(misspelt)[Symbol.asyncIterator]().next()],
    ['read', () => cast.nurse.ehbox.read('0000000000000', misspelt)],
    ['history', () => cast.nurse.ehbox.history('0000000000000', misspelt)],
    ['acknowledgements', () => cast.nurse.ehbox.acknowledgements('0000000000000', misspelt)],
    ['move', () => cast.nurse.ehbox.move([], misspelt)],
    ['delete', () => cast.nurse.ehbox.delete([], misspelt)],
  ])('of %s is refused before anything is called', async (_, call) => {
    const before = cast.simulator.calls('ehboxConsultation')
    await expect(call()).rejects.toMatchObject({ code: 'configuration.invalid', path: 'foldr' })
    expect(cast.simulator.calls('ehboxConsultation')).toBe(before)
  })
})

describe('a reference to a message', () => {
  it('in a bin is refused before it is asked for', async () => {
    const { id } = await deliver()
    const before = cast.simulator.calls('ehboxConsultation')
    for (const reading of [
      cast.nurse.ehbox.read({ id, folder: 'BININBOX' }),
      cast.nurse.ehbox.read(id, { folder: 'BINSENTBOX' as never }),
      cast.nurse.ehbox.history({ id, folder: 'BINSENTBOX' }),
    ])
      await expect(reading).rejects.toMatchObject({ code: 'ehbox.folder', path: 'folder' })
    await expect(cast.nurse.ehbox.read('not an id')).rejects.toMatchObject({
      code: 'contract.invalid',
      path: 'message',
    })
    await expect(cast.nurse.ehbox.read(undefined as never)).rejects.toMatchObject({ path: 'message.id' })
    await expect(cast.nurse.ehbox.acknowledgements('not an id')).rejects.toMatchObject({ path: 'messageId' })
    await expect(
      cast.nurse.ehbox.move([id, 'not an id'], { from: 'INBOX', to: 'BININBOX' }),
    ).rejects.toMatchObject({ code: 'contract.invalid', path: 'messages[1]' })
    expect(cast.simulator.calls('ehboxConsultation')).toBe(before)
  })

  it('that nobody knows is refused by the platform', async () => {
    await expect(cast.nurse.ehbox.read('0000000000000')).rejects.toMatchObject({ code: 'ehbox.refused' })
  })

  it('leads to the earlier versions of a NEWS', async () => {
    const news = (body: string) =>
      cast.hospital.ehbox.send({
        to: [cast.toNurse],
        title: 'Bulletin',
        body,
        type: 'NEWS',
        publicationId: 'BULLETIN1',
      })
    await news('first')
    await news('second')
    const current = []
    for await (const listed of cast.nurse.ehbox.messages()) if (listed.type === 'NEWS') current.push(listed)
    expect(current).toHaveLength(1)
    expect(await cast.nurse.ehbox.read(current[0]!)).toMatchObject({ type: 'NEWS', body: { text: 'second' } })
    const earlier = await cast.nurse.ehbox.history(current[0]!)
    expect(earlier).toHaveLength(1)
    expect(await cast.nurse.ehbox.read(earlier[0]!, { folder: 'HISTORY' })).toMatchObject({
      type: 'NEWS',
      body: { text: 'first' },
    })
  })
})
