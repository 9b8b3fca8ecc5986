import { beforeAll, describe, expect, it } from 'vitest'

import { EHealthError } from '../../../src/errors.js'
import { buildEnvelope, parseEnvelope } from '../../../src/technical/soap/envelope.js'
import { samlNamespace, soapNamespace, wsuNamespace } from '../../../src/technical/soap/namespaces.js'
import type { Security } from '../../../src/technical/soap/types.js'
import { verifyEnvelope, type SecurityPolicy } from '../../../src/technical/soap/wsSecurity/verify.js'
import { rawElement } from '../../../src/technical/xml/parse.js'
import { attribute, childElements, childNamed, type XmlElement } from '../../../src/technical/xml/tree.js'
import { Ask, heldRuntime } from './messages.js'
import { wssCertificate, wssClock, wssCredential, wssFile } from './wssFixtures.js'

const policy = (kind: SecurityPolicy['kind']): SecurityPolicy => ({
  kind,
  trust: [wssCertificate('ca')],
  sts: [wssCertificate('sts')],
  at: new Date('2026-01-15T12:00:10Z'),
})

function assertion(): { id: string; xml: string } {
  const { document, security } = parseEnvelope(wssFile('envelopes/p04-saml-hok-rsa-sha256.xml'))
  const element = childNamed(security!, samlNamespace, 'Assertion')!
  return { id: attribute(element, 'AssertionID')!, xml: rawElement(document, element, 'mentioned') }
}

const rsa = wssCredential('holder-rsa')
const build = (security: Security, text = 'content'): Promise<string> =>
  buildEnvelope({
    security,
    body: { declaration: Ask, value: { Id: 'a', Text: text, Flags: [true] } },
    runtime: heldRuntime(wssClock),
  })

function refusal(input: string | Uint8Array, kind: SecurityPolicy['kind']): unknown {
  try {
    verifyEnvelope(parseEnvelope(input), policy(kind))
  } catch (error) {
    return error
  }
  return undefined
}

/** Offsets in which no bit is without meaning: what the signature covers, and the signature itself. */
function regions(text: string): Record<string, [number, number]> {
  const { body, security } = parseEnvelope(text)
  const [timestamp, token, signature] = childElements(security!) as [XmlElement, XmlElement, XmlElement]
  const [signedInfo, value, keyInfo] = childElements(signature) as [XmlElement, XmlElement, XmlElement]
  const of = ({ start, end }: XmlElement): [number, number] => [start, end]
  return {
    Body: of(body),
    Timestamp: of(timestamp),
    token: of(token),
    SignedInfo: of(signedInfo),
    SignatureValue: of(value),
    // around it stands what only describes: identifier and TokenType of the SecurityTokenReference
    'way to the token': of(childElements(childElements(keyInfo)[0]!)[0]!),
  }
}

describe.each(['x509', 'saml-hok'] as const)('a %s message with one byte changed', (kind) => {
  let text: string
  beforeAll(async () => {
    text = await build(
      kind === 'x509' ? { kind, credential: rsa } : { kind, credential: rsa, assertion: assertion() },
    )
    expect(refusal(text, kind)).toBeUndefined()
    // offsets of characters are offsets of octets
    expect(Buffer.byteLength(text)).toBe(text.length)
  })

  it.each(['Body', 'Timestamp', 'token', 'SignedInfo', 'SignatureValue', 'way to the token'])(
    'is refused with a typed error, wherever in %s it stands',
    (name) => {
      const [start, end] = regions(text)[name]!
      const step = Math.max(1, Math.floor((end - start) / 400))
      for (let at = start; at < end; at += step) {
        const changed = Buffer.from(text)
        changed[at]! ^= 1
        const error = refusal(changed, kind)
        expect(error, `byte ${at - start} of ${name}: ${text.slice(at - 10, at + 10)}`).toBeInstanceOf(
          EHealthError,
        )
      }
    },
  )
})

describe('signature wrapping', () => {
  let text: string
  let body: string
  beforeAll(async () => {
    text = await build({ kind: 'x509', credential: rsa })
    const parsed = parseEnvelope(text)
    body = text.slice(parsed.body.start, parsed.body.end)
  })

  const forged = `<S:Body xmlns:wsu="${wsuNamespace}" wsu:Id="forged"><f:Forged xmlns:f="urn:f"/></S:Body>`

  it.each([
    ['in the header', (whole: string) => whole.replace('</S:Header>', `<w xmlns="">${body}</w></S:Header>`)],
    ['inside Security', (whole: string) => whole.replace('</wsse:Security>', `${body}</wsse:Security>`)],
    [
      'inside an Object of the signature',
      (whole: string) => whole.replace('</ds:Signature>', `<ds:Object>${body}</ds:Object></ds:Signature>`),
    ],
    [
      'inside the reference to the token',
      (whole: string) =>
        whole.replace('</wsse:SecurityTokenReference>', `${body}</wsse:SecurityTokenReference>`),
    ],
  ])('is refused when the signed Body is parked %s', (_, wrap) => {
    const wrapped = wrap(text.replace(body, forged))
    expect(wrapped).toContain(body)
    const error = refusal(wrapped, 'x509') as EHealthError
    expect(['signature.coverage', 'signature.structure']).toContain(error.code)
  })

  it('is refused when the forged Body takes the identifier over', () => {
    const id = /wsu:Id="(id-[^"]*)"/.exec(body)![1]!
    const wrapped = text
      .replace(body, forged.replace('forged', id))
      .replace('</S:Header>', `<w xmlns="">${body}</w></S:Header>`)
    expect(refusal(wrapped, 'x509')).toMatchObject({ code: 'signature.structure' })
  })

  it('is refused when identifiers of other kinds collide', () => {
    const id = /wsu:Id="(id-[^"]*)"/.exec(body)![1]!
    const doubled = text.replace('</S:Header>', `<w xmlns="" AssertionID="${id}"/></S:Header>`)
    expect(refusal(doubled, 'x509')).toMatchObject({ code: 'signature.structure' })
  })

  it('is refused when a message is signed again with the token of somebody else in KeyInfo', async () => {
    const own = await build({ kind: 'x509', credential: wssCredential('holder-ec') })
    const stolen = parseEnvelope(text)
    const token = childElements(stolen.security!)[1]!
    const certificate = /<wsse:BinarySecurityToken.*?>(.*?)<\/wsse:BinarySecurityToken>/.exec(
      text.slice(token.start, token.end),
    )![1]!
    const swapped = own.replace(
      /(<wsse:BinarySecurityToken.*?>).*?(<\/wsse:BinarySecurityToken>)/,
      `$1${certificate}$2`,
    )
    expect(refusal(swapped, 'x509')).toMatchObject({ code: 'signature.algorithm' })
  })
})

describe('the shape of an envelope', () => {
  const envelope = (inner: string, attributes = ''): string =>
    `<S:Envelope xmlns:S="${soapNamespace}"${attributes}>${inner}</S:Envelope>`

  it.each([
    ['another root', '<a/>', 'xml.envelope'],
    ['no Body', envelope('<S:Header/>'), 'xml.envelope'],
    ['an empty Body', envelope('<S:Body/>'), 'xml.envelope'],
    ['two children', envelope('<S:Body><a/><b/></S:Body>'), 'xml.envelope'],
    ['two Bodies', envelope('<S:Body><a/></S:Body><S:Body><a/></S:Body>'), 'xml.envelope'],
    ['two Headers', envelope('<S:Header/><S:Header/><S:Body><a/></S:Body>'), 'xml.envelope'],
    ['the Header behind the Body', envelope('<S:Body><a/></S:Body><S:Header/>'), 'xml.envelope'],
    ['something behind the Body', envelope('<S:Body><a/></S:Body><x/>'), 'xml.envelope'],
    ['text beside the child', envelope('<S:Body>text<a/></S:Body>'), 'xml.envelope'],
    ['text in the Envelope', envelope('text<S:Body><a/></S:Body>'), 'xml.envelope'],
    ['a document type', `<!DOCTYPE a>${envelope('<S:Body><a/></S:Body>')}`, 'xml.doctype'],
    ['an entity', envelope('<S:Body><a>&x;</a></S:Body>'), 'xml.malformed'],
    [
      'SOAP 1.2',
      '<S:Envelope xmlns:S="http://www.w3.org/2003/05/soap-envelope"><S:Body><a/></S:Body></S:Envelope>',
      'xml.envelope',
    ],
  ])('is refused with %s', (_, text, code) => {
    expect(() => parseEnvelope(text)).toThrow(expect.objectContaining({ code }))
  })

  it('may have no Header, other prefixes and white space', () => {
    const parsed = parseEnvelope(
      `<?xml version="1.0"?>\n<Envelope xmlns="${soapNamespace}">\n <Body>\n  <a xmlns=""/>\n </Body>\n</Envelope>\n`,
    )
    expect(parsed.payload.local).toBe('a')
    expect(parsed.header).toBeUndefined()
  })
})

describe('freshness', () => {
  const security: Security = { kind: 'x509', credential: rsa }
  const at = (seconds: number): SecurityPolicy => ({
    ...policy('x509'),
    at: new Date(wssClock.getTime() + seconds * 1000),
  })

  it.each([
    [-300, true],
    [-301, false],
    [0, true],
    [359, true],
    [360, false],
  ])('%i seconds after Created: accepted %s', async (seconds, accepted) => {
    const parsed = parseEnvelope(await build(security))
    const verify = (): unknown => verifyEnvelope(parsed, at(seconds))
    if (accepted) expect(verify).not.toThrow()
    else expect(verify).toThrow(expect.objectContaining({ code: 'signature.timestamp' }))
  })

  it('is judged by the age of Created too, whatever Expires says', async () => {
    const parsed = parseEnvelope(
      await buildEnvelope({
        security,
        body: { declaration: Ask, value: { Id: 'a', Text: '', Flags: [] } },
        runtime: heldRuntime(wssClock),
        ttlSeconds: 86_400,
      }),
    )
    expect(() => verifyEnvelope(parsed, at(600))).not.toThrow()
    expect(() => verifyEnvelope(parsed, at(601))).toThrow(/too old/)
  })
})
