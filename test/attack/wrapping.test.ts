import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import type { Connection } from '../../src/index.js'
import { startSimulator, type Simulator } from '../../src/simulator/index.js'
import { servicePaths } from '../../src/technical/environment/environment.js'
import { createTransport } from '../../src/technical/soap/transport.js'
import type { Transport } from '../../src/technical/soap/types.js'
import { connectAs, interceptor, outcomeOf, type HeldRequest, type Interceptor } from './support.js'

let simulator: Simulator
let network: Interceptor
let wire: Transport
let physician: Connection<'ehbox'>
let nurse: Connection<'ehbox'>
let request: HeldRequest
let text: string
let other: string

beforeAll(async () => {
  simulator = await startSimulator()
  network = interceptor(simulator)
  wire = createTransport({ trust: simulator.environment.trust.tls ?? [], timeout: 10_000 })
  physician = await connectAs('physician', simulator, network)
  nurse = await connectAs('nurse', simulator, network)
  const hold = (user: Connection<'ehbox'>) =>
    network.hold(servicePaths.ehboxConsultation, () => user.ehbox.info())
  await Promise.all([physician.technical.token(), nurse.technical.token()])
  request = await hold(physician)
  text = Buffer.from(request.body).toString('utf8')
  other = Buffer.from((await hold(nurse)).body).toString('utf8')
})
afterAll(async () => {
  await Promise.all([physician.close(), nurse.close()])
  network.close()
  wire.close()
  await simulator.close()
})

const post = (body: string | Uint8Array): Promise<string> =>
  outcomeOf(wire.post({ ...request, body: Buffer.from(body) }))

const part = (message: string, pattern: RegExp): string => {
  const found = pattern.exec(message)?.[0]
  if (found === undefined) throw new Error(`no ${pattern}`)
  return found
}
const body = () => part(text, /<S:Body.*<\/S:Body>/s)
const timestamp = () => part(text, /<wsu:Timestamp.*<\/wsu:Timestamp>/s)
const assertionOf = (message: string) => part(message, /<Assertion .*<\/Assertion>/s)
const signature = () => part(text, /<ds:Signature [^>]*Id="SIG-.*<\/ds:Signature>(?=<\/wsse:Security>)/s)
const bodyId = () => part(body(), /wsu:Id="[^"]*"/)

/** A Body that nobody signed: it asks for the list of the SENTBOX. */
const forged = (attributes = '') =>
  `<S:Body${attributes}><con:GetMessagesListRequest xmlns:con="urn:be:fgov:ehealth:ehbox:consultation:protocol:v3"><Source>SENTBOX</Source></con:GetMessagesListRequest></S:Body>`
const wsu = ' xmlns:wsu="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd" '

/** The message with one part replaced; a replacement that changes nothing is a mistake of the test. */
function changed(from: string, to: string, message = text): string {
  if (!message.includes(from)) throw new Error('the part is not there')
  const result = message.replace(from, () => to)
  if (result === message) throw new Error('nothing was changed')
  return result
}

describe('signature wrapping', () => {
  const refused = 'SOA-01001'
  const refusedAsSoap = /^SOA-(01001|0300[1-5])$/

  it.each<[string, () => string]>([
    [
      'the signed Body moved into a header, another one in its place',
      () =>
        changed(
          '</S:Header>',
          `<w:Wrapper xmlns:w="urn:wrapper">${body()}</w:Wrapper></S:Header>`,
          changed(body(), forged()),
        ),
    ],
    [
      'the signed Body moved into the security header',
      () => changed('</wsse:Security>', `${body()}</wsse:Security>`, changed(body(), forged())),
    ],
    [
      'the signed Body moved into the Object of the signature',
      () =>
        changed(
          signature(),
          signature().replace(/<\/ds:Signature>$/, () => `<ds:Object>${body()}</ds:Object></ds:Signature>`),
          changed(body(), forged()),
        ),
    ],
    [
      'the identifier of the Body given to another Body, the signed one kept in a header',
      () =>
        changed(
          '</S:Header>',
          `<w:Wrapper xmlns:w="urn:wrapper">${body()}</w:Wrapper></S:Header>`,
          changed(body(), forged(wsu + bodyId())),
        ),
    ],
    ['two Bodies, the signed one first', () => changed(body(), body() + forged())],
    ['two Bodies, the signed one last', () => changed(body(), forged() + body())],
    ['the signed Body inside of the Body', () => changed(body(), `<S:Body>${body()}</S:Body>`)],
    [
      'the identifier of the Body a second time, on the header',
      () => changed('<S:Header', `<S:Header${wsu}${bodyId()}`),
    ],
    ['the Timestamp twice', () => changed(timestamp(), timestamp() + timestamp())],
    [
      'a second Timestamp with later times',
      () => changed(timestamp(), timestamp() + timestamp().replace(/wsu:Id="[^"]*"/, 'wsu:Id="TS-2"')),
    ],
    [
      'a second assertion, somebody else’s, in front',
      () => changed(assertionOf(text), assertionOf(other) + assertionOf(text)),
    ],
    [
      'a second assertion, somebody else’s, behind',
      () => changed(assertionOf(text), assertionOf(text) + assertionOf(other)),
    ],
    ['somebody else’s assertion instead', () => changed(assertionOf(text), assertionOf(other))],
    [
      'somebody else’s assertion, with the reference led to it',
      () => {
        const id = (message: string) => /AssertionID="([^"]*)"/.exec(message)![1]!
        return changed(assertionOf(text), assertionOf(other)).replaceAll(id(text), id(other))
      },
    ],
    [
      'the assertion wrapped into another one',
      () =>
        changed(
          assertionOf(text),
          assertionOf(text)
            .replace(/AssertionID="[^"]*"/, 'AssertionID="_forged"')
            .replace('</Assertion>', () => `<Advice>${assertionOf(text)}</Advice></Assertion>`),
        ),
    ],
    ['the signature twice', () => changed(signature(), signature() + signature())],
    ['no signature', () => changed(signature(), '')],
    ['no timestamp', () => changed(timestamp(), '')],
    ['no security header', () => changed(part(text, /<wsse:Security.*<\/wsse:Security>/s), '')],
    [
      'a second security header, empty, in front',
      () =>
        changed(
          '<wsse:Security',
          `<wsse:Security xmlns:wsse="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"/><wsse:Security`,
        ),
    ],
    [
      'only the Timestamp signed',
      () =>
        changed(
          part(
            text,
            new RegExp(`<ds:Reference URI="#${/"(.*)"/.exec(bodyId())![1]!}".*?</ds:Reference>`, 's'),
          ),
          '',
        ),
    ],
    ['another hash', () => text.replaceAll('xmlenc#sha256', 'xmldsig#sha1')],
    [
      'HMAC with the public key',
      () =>
        changed(
          'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
          'http://www.w3.org/2000/09/xmldsig#hmac-sha1',
          changed(assertionOf(text), ''),
        ).replace(timestamp(), timestamp() + assertionOf(text)),
    ],
  ])('is refused: %s', async (_, attack) => {
    expect(await post(attack())).toMatch(refusedAsSoap)
  })

  it('is all that was wrong with these messages: the recorded one is accepted', async () => {
    expect(await post(text)).toBe('200')
    expect(await post(text)).toBe(refused)
  })
})

describe('a hostile document', () => {
  let heap: number
  beforeEach(() => {
    heap = process.memoryUsage().rss
  })
  const envelope = (inside: string, prolog = '') =>
    `${prolog}<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>${inside}</S:Body></S:Envelope>`
  const bomb = `<!DOCTYPE S [<!ENTITY a0 "ha">${Array.from({ length: 30 }, (_, n) => `<!ENTITY a${n + 1} "&a${n};&a${n};">`).join('')}]>`

  it.each<[string, () => string | Uint8Array]>([
    ['entities that grow a billion times', () => envelope('&a30;', bomb)],
    ['a DOCTYPE', () => envelope('<a/>', '<!DOCTYPE S>')],
    ['an external entity', () => envelope('&x;', '<!DOCTYPE S [<!ENTITY x SYSTEM "file:///etc/hostname">]>')],
    ['elements nested a million deep', () => envelope('<a>'.repeat(1_000_000))],
    ['elements nested deep and closed', () => envelope('<a>'.repeat(200_000) + '</a>'.repeat(200_000))],
    [
      'a million attributes',
      () => envelope(`<a ${Array.from({ length: 1_000_000 }, (_, n) => `b${n}=""`).join(' ')}/>`),
    ],
    [
      'a hundred thousand declarations',
      () => envelope(`<a ${Array.from({ length: 100_000 }, (_, n) => `xmlns:b${n}="urn:${n}"`).join(' ')}/>`),
    ],
    ['a deep header', () => changed('</S:Header>', `${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}</S:Header>`)],
    ['a processing instruction before anything', () => `<?a ${'b'.repeat(1_000_000)}?>`],
    [
      'octets that are no UTF-8',
      () => Buffer.concat([Buffer.from(envelope('')), Buffer.from([0xff, 0xfe, 0xc0, 0x80])]),
    ],
    ['nothing', () => ''],
  ])('is refused quickly and without much memory: %s', async (_, make) => {
    const attack = make()
    const started = performance.now()
    expect(await post(attack)).toMatch(/^SOA-(01001|0300\d)$/)
    expect(performance.now() - started).toBeLessThan(15_000)
    expect(process.memoryUsage().rss - heap).toBeLessThan(1_000_000_000)
  })

  it('of 40 megabytes is cut off', async () => {
    const answer = await wire
      .post({ ...request, body: new Uint8Array(40 * 1024 * 1024) })
      .catch((e: unknown) => e)
    expect(answer).toMatchObject({ status: 413 })
  })

  it('leaves the simulator serving', async () => {
    expect((await physician.ehbox.info()).box.quality).toBe('DOCTOR')
  })
})
