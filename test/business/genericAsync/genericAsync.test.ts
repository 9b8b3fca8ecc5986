import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import type { AsyncMessage, GenericAsync } from '../../../src/business/genericAsync/index.js'
import { confirmationOf } from '../../../src/business/genericAsync/confirm.js'
import { asyncBoxOf } from '../../../src/simulator/services/genericAsync/box.js'
import { createTransport, type HttpRequest, type Transport } from '../../../src/technical/soap/index.js'
import { octetsOf } from '../../../src/technical/soap/attachments/content.js'
import { queryList } from './content.js'
import { issuerOf, later, openMailboxWorld, type MailboxWorld } from './world.js'

const mailbox = 'memberDataAsync'
const patients = ['68052199235', '15060799455']
let world: MailboxWorld
let mail: GenericAsync
let content: Buffer
beforeAll(async () => {
  world = await openMailboxWorld({ insurersMailboxes: { answerDelay: 60_000 } })
  mail = world.me.genericAsync
  content = queryList(patients, issuerOf(world))
})
afterAll(() => world.close())
const boxOf = () => asyncBoxOf(world.simulator.world, mailbox, world.simulator.personas.physician.nihii)
beforeEach(() => {
  world.simulator.clock.advance(10 * 60_000)
  const box = boxOf()
  box.messages = []
  box.tacks = []
})
const calls = (operation: string): number => world.simulator.calls(mailbox, operation)

/** What the caller puts on the wire, and answers that somebody spoils on the way back. */
async function listening(spoil: (text: string) => string = (text) => text) {
  const sent: { headers: Record<string, string>; text: string }[] = []
  const wire = createTransport({ trust: world.simulator.environment.trust.tls! })
  const transport: Transport = {
    close: () => wire.close(),
    post: async (request: HttpRequest) => {
      const body = request.body instanceof Uint8Array ? request.body : await octetsOf(request.body)
      const text = Buffer.from(body).toString('latin1')
      if (text.includes('urn:be:cin:nip:async:generic')) sent.push({ headers: request.headers, text })
      const answer = await wire.post(request)
      return { ...answer, body: Buffer.from(spoil(Buffer.from(answer.body).toString('latin1')), 'latin1') }
    },
  }
  const me = await world.open({ transport })
  return { sent, mail: me.genericAsync }
}

/** Posts, and fetches the answers once they are there. */
async function answered(options: { encrypt?: boolean; sign?: boolean } = {}): Promise<AsyncMessage[]> {
  await mail.post({ mailbox, content, ...options })
  world.simulator.clock.advance(61_000)
  return (await mail.get({ mailbox })).messages
}

describe('posting', () => {
  it('is acknowledged at once, under the reference that was given', async () => {
    const inputReference = `TMDA${'0'.repeat(16)}`
    const posted = await mail.post({ mailbox, content, inputReference })
    expect(posted).toMatchObject({
      outcome: 'accepted',
      inputReference,
      tackBasis: 'content',
      tack: {
        outcome: 'accepted',
        inputReference,
        appliesTo: `urn:nip:reference:input:${inputReference}`,
        resultMajor: 'urn:nip:tack:result:major:success',
      },
    })
  })

  it('goes as a package of parts, addressed, with nothing but the timestamp signed', async () => {
    const { sent, mail: heard } = await listening()
    await heard.post({ mailbox, content, to: '300' })
    const [{ headers, text }] = sent as [(typeof sent)[number]]
    expect(headers['Content-Type'] ?? headers['content-type']).toMatch(
      /^Multipart\/Related;.*application\/xop\+xml/i,
    )
    // the blob is a part however small it is; the answer says where it stood
    expect(text).toMatch(/<ga:Detail [^>]*MessageName="MDA"[^>]*><xop:Include /)
    expect(text).toMatch(/<wsa:Action [^>]*mustUnderstand="1"[^>]*>urn:be:cin:nip:async:generic:post:msg</)
    expect(text).toContain('>urn:nip:destination:io:300</wsa:To>')
    expect(text).toContain('http://www.w3.org/2005/08/addressing/anonymous')
    const signedInfo = text.slice(text.lastIndexOf('<ds:SignedInfo'), text.lastIndexOf('</ds:SignedInfo>'))
    expect(signedInfo.match(/<ds:Reference /g)).toHaveLength(1)
    const [created, expires] = [/<wsu:Created>([^<]+)/, /<wsu:Expires>([^<]+)/].map((pattern) =>
      Date.parse(pattern.exec(text)![1]!),
    )
    expect(expires! - created!).toBe(30_000)
    expect(text).toContain('<mcn:IsTest>true</mcn:IsTest>')
  })

  it('says what was not taken, and why', async () => {
    const posted = await mail.post({ mailbox, content: 'no xml at all' })
    expect(posted).toMatchObject({
      outcome: 'refused',
      tack: {
        outcome: 'refused',
        resultMajor: 'urn:nip:tack:result:major:failure',
        resultMessage: expect.any(String) as string,
      },
    })
    world.simulator.clock.advance(61_000)
    expect((await mail.get({ mailbox })).messages).toEqual([])
  })

  it('sealed is opened by the region and answered sealed for the caller; the answer of another region it is not', async () => {
    const [message] = await answered({ encrypt: true })
    expect(message).toMatchObject({
      contentEncryption: 'encryptedForKnownRecipient',
      contentEncoding: 'none',
    })
    expect(Buffer.from(message!.packed).toString('latin1')).not.toContain('Response')
    const opened = await mail.open(message!)
    expect(Buffer.from(opened.content).toString()).toContain('ResponseList')
    expect(opened.seal).toMatchObject({ errors: [], author: { type: 'CBE' } })
  })

  it('does not take the acknowledgement of another post for its own', async () => {
    const { mail: deceived } = await listening((text) =>
      text.replace(/urn:nip:reference:input:\w+/, 'urn:nip:reference:input:TMDA00000000000000'),
    )
    await expect(deceived.post({ mailbox, content })).rejects.toMatchObject({ code: 'async.acknowledgement' })
  })

  it('tells that the code of an acknowledgement fits nothing, and leaves the verdict to the caller', async () => {
    const { mail: deceived } = await listening((text) => text.replace(/(<ga:return[^>]*>)[^<]{4}/, '$1AAAA'))
    const posted = await deceived.post({ mailbox, content })
    expect(posted.outcome).toBe('accepted')
    expect(posted).not.toHaveProperty('tackBasis')
  })

  it.each([
    [{ content: '' }, 'configuration.invalid', 'content'],
    [{ to: '3000' }, 'configuration.invalid', 'to'],
    [{ inputReference: 'with-hyphens-00' }, 'mycarenet.reference', 'inputReference'],
    [{ mailbox: 'memberData' }, 'configuration.invalid', 'mailbox'],
    [{ mailbox: 'eAgreementAsync' }, 'configuration.invalid', 'messageName'],
  ])('reaches nobody with %j', async (wrong, code, path) => {
    const before = calls('post')
    await expect(mail.post({ mailbox, content, ...(wrong as object) })).rejects.toMatchObject({ code, path })
    expect(calls('post')).toBe(before)
  })

  it('needs a licence, and says so before anything is sent', async () => {
    const { ssin, nihii, keystore, password } = world.simulator.personas.physician
    const { connect } = await import('../../../src/connect.js')
    const { physician } = await import('../../../src/professions/index.js')
    await using bare = await connect({
      environment: world.simulator.environment,
      runtime: world.simulator.runtime,
      keystore: { bytes: keystore, password },
      as: physician({ ssin, nihii }),
    })
    await expect(bare.genericAsync.post({ mailbox, content })).rejects.toMatchObject({
      code: 'mycarenet.licence',
    })
  })
})

describe('fetching', () => {
  it('gives what is there, again and again, until it is confirmed', async () => {
    const first = await answered()
    expect(first.length).toBeGreaterThan(0)
    world.simulator.clock.advance(later)
    const second = await mail.get({ mailbox, tacks: 10 })
    expect(second.messages.map(({ id }) => id)).toEqual(first.map(({ id }) => id))
    expect(second.tacks).toHaveLength(1)
    expect(second.counts).toEqual({ messages: first.length, tacks: 1 })
    await mail.confirm({ mailbox, messages: first, tacks: second.tacks })
    // something was confirmed: asking at once is in order
    expect(await mail.get({ mailbox, tacks: 10 })).toMatchObject({ messages: [], tacks: [] })
  })

  it('is refused when it comes again too soon, and is not repeated by itself', async () => {
    await mail.get({ mailbox })
    const before = calls('get')
    const refused: unknown = await mail.get({ mailbox }).catch((error: unknown) => error)
    expect(refused).toMatchObject({
      code: 'async.too-soon',
      retryable: true,
      platform: { code: 'TOO_SOON', messages: [{ language: 'en' }] },
    })
    expect(calls('get')).toBe(before + 1)
    world.simulator.clock.advance(later)
    expect((await mail.get({ mailbox })).messages).toEqual([])
  })

  it('asks for no more than it is told, and for some insurers only', async () => {
    const all = await answered()
    world.simulator.clock.advance(later)
    expect((await mail.get({ mailbox, messages: 1 })).messages).toHaveLength(1)
    const issuers = all.map(({ issuer }) => issuer!)
    const one = issuers[0]!.replace(/^.*:/, '')
    const narrowed = await mail.get({ mailbox, insurers: [one] })
    expect(new Set(narrowed.messages.map(({ issuer }) => issuer))).toEqual(new Set([issuers[0]]))
    const others = await mail.get({ mailbox, notInsurers: [one] })
    expect(others.messages.map(({ issuer }) => issuer)).not.toContain(issuers[0])
    expect((await mail.get({ mailbox, messageNames: ['OTHER'] })).messages).toEqual([])
    expect((await mail.get({ mailbox, messages: 0, tacks: 5 })).messages).toEqual([])
  })

  it('refuses content that is not what its hash says', async () => {
    const [message] = await answered()
    const wrong = { ...message!, hash: Buffer.alloc(32).toString('base64') }
    await expect(mail.open(wrong)).rejects.toMatchObject({ code: 'mycarenet.hash' })
    const damaged = { ...message!, packed: Buffer.from('damaged') }
    await expect(mail.open(damaged)).rejects.toMatchObject({ code: 'mycarenet.blob' })
    await expect(mail.open(message!, { maxBytes: 10 })).rejects.toMatchObject({ code: 'mycarenet.too-large' })
  })

  it('judges the signature beside the content, and says so of one that covers something else', async () => {
    const [message, other] = await answered()
    const { signature } = await mail.open(message!)
    expect(signature).toMatchObject({ valid: true, errors: [] })
    const { signature: verdict } = await mail.open({ ...message!, signature: other!.signature! })
    expect(verdict?.valid).toBe(false)
    const unreadable = await mail.open({ ...message!, signature: Buffer.from('<no/>') })
    expect(unreadable.signature?.valid).toBe(false)
  })

  it('opens the mailbox of nobody else', async () => {
    const stranger = await world.open({
      mycarenet: { licence: { username: 'a', password: 'b' }, careProvider: { nihii: '19999024004' } },
    })
    const refused: unknown = await stranger.genericAsync.get({ mailbox }).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'fault.business' })
  })
})

describe('confirming', () => {
  it('works by hash as well', async () => {
    const messages = await answered()
    const { tacks } = await mail.get({ mailbox, messages: 0, tacks: 5 })
    await mail.confirm({ mailbox, messages, tacks, by: 'hash' })
    expect(boxOf()).toMatchObject({ messages: [], tacks: [] })
  })

  it('never sends an empty list, and nothing at all where there is nothing', async () => {
    const message = { reference: 'MSG', hash: 'aGFzaA==' }
    const tack = { reference: 'TACK', content: 'Y29kZQ==' }
    expect(confirmationOf({ messages: [message] })).toEqual({ MsgRefValues: ['MSG'] })
    expect(confirmationOf({ messages: [message], tacks: [tack], by: 'hash' })).toEqual({
      MsgHashValues: ['aGFzaA=='],
      TAckContents: ['Y29kZQ=='],
    })
    // what has no reference has a hash, and the other way round
    expect(confirmationOf({ messages: [{ hash: 'aGFzaA==' }, message] })).toEqual({
      MsgHashValues: ['aGFzaA=='],
      MsgRefValues: ['MSG'],
    })
    expect(confirmationOf({ messages: [{ reference: 'MSG' }], by: 'hash' })).toEqual({
      MsgRefValues: ['MSG'],
    })
    expect(confirmationOf({ tacks: [{ content: 'Y29kZQ==' }] })).toEqual({ TAckContents: ['Y29kZQ=='] })
    const before = calls('confirm')
    for (const nothing of [{}, { messages: [], tacks: [] }, { messages: [{}] }])
      await expect(mail.confirm({ mailbox, ...nothing })).rejects.toMatchObject({
        code: 'async.nothing-to-confirm',
      })
    expect(calls('confirm')).toBe(before)
  })
})
