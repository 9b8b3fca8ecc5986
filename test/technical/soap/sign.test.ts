import { verify } from 'node:crypto'

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SignedXml } from 'xml-crypto'

import { buildEnvelope, parseEnvelope } from '../../../src/technical/soap/envelope.js'
import {
  samlNamespace,
  soapNamespace,
  wsseNamespace,
  wsuNamespace,
} from '../../../src/technical/soap/namespaces.js'
import type { Security } from '../../../src/technical/soap/types.js'
import { verifyEnvelope, type SecurityPolicy } from '../../../src/technical/soap/wsSecurity/verify.js'
import { canonicalize } from '../../../src/technical/xml/canonicalize.js'
import { read, write } from '../../../src/technical/xml/index.js'
import { parseXml, rawElement } from '../../../src/technical/xml/parse.js'
import { attribute, childElements, childNamed, descendants, textOf } from '../../../src/technical/xml/tree.js'
import { Ask, heldRuntime } from './messages.js'
import { wssCertificate, wssClock, wssCredential, wssFile } from './wssFixtures.js'

const policy = (kind: SecurityPolicy['kind']): SecurityPolicy => ({
  kind,
  trust: [wssCertificate('ca')],
  sts: [wssCertificate('sts')],
  at: new Date('2026-01-15T12:00:10Z'),
})

/** The assertion of a vector, as it would come out of a session. */
function assertionOf(file: string): { id: string; xml: string } {
  const { document, security } = parseEnvelope(wssFile(`envelopes/${file}`))
  const element = childNamed(security!, samlNamespace, 'Assertion')!
  return { id: attribute(element, 'AssertionID')!, xml: rawElement(document, element) }
}

const securities: Record<string, Exclude<Security, { kind: 'none' }>> = {
  'X.509 with RSA': { kind: 'x509', credential: wssCredential('holder-rsa') },
  'X.509 with EC': { kind: 'x509', credential: wssCredential('holder-ec') },
  'SAML holder-of-key with RSA': {
    kind: 'saml-hok',
    credential: wssCredential('holder-rsa'),
    assertion: assertionOf('p04-saml-hok-rsa-sha256.xml'),
  },
  'SAML holder-of-key with EC': {
    kind: 'saml-hok',
    credential: wssCredential('holder-ec'),
    assertion: assertionOf('p05-saml-hok-ec-sha256.xml'),
  },
  'a prefixed assertion with xsi:type': {
    kind: 'saml-hok',
    credential: wssCredential('holder-rsa'),
    assertion: assertionOf('p12-saml-hok-prefixed-assertion-xsi-type.xml'),
  },
}

/** A Body cut out of the text, with the one declaration that it inherits. */
const alone = (text: string, body: { start: number; end: number }): string =>
  text.slice(body.start, body.end).replace('<S:Body', `<S:Body xmlns:S="${soapNamespace}"`)

const request: Ask = { Id: 'ask-1', Text: 'Josée & Zoë <1>\r\n\t', Flags: [true, false] }
const build = (security: Security, value: Ask = request): Promise<string> =>
  buildEnvelope({ security, body: { declaration: Ask, value }, runtime: heldRuntime(wssClock) })

describe('the envelope of an open service', () => {
  it('has an empty header and no identifiers of its own', async () => {
    expect(await build({ kind: 'none' }, { Id: 'a', Text: 'x', Flags: [] })).toBe(
      `<S:Envelope xmlns:S="${soapNamespace}"><S:Header></S:Header><S:Body>` +
        '<demo:Ask xmlns:demo="urn:test:soap" Id="a"><Text>x</Text></demo:Ask></S:Body></S:Envelope>',
    )
  })
})

describe.each(Object.entries(securities))('a message signed with %s', (_, security) => {
  it('is accepted under the policy of its kind and read into the same value', async () => {
    const verified = verifyEnvelope(parseEnvelope(await build(security)), policy(security.kind))
    expect(read(Ask, verified.payload, { strict: true })).toEqual(request)
    expect(verified.certificate?.equals(security.credential.certificate)).toBe(true)
    expect(verified.covered).toEqual(
      security.kind === 'x509' ? ['body', 'timestamp', 'bst'] : ['body', 'timestamp'],
    )
  })

  it('lays the header out as the official connector does', async () => {
    const { header, security: element, body } = parseEnvelope(await build(security))
    expect(childElements(header!)).toEqual([element])
    expect(attribute(element!, 'mustUnderstand', soapNamespace)).toBe('1')
    const token = security.kind === 'x509' ? 'BinarySecurityToken' : 'Assertion'
    expect(childElements(element!).map(({ local }) => local)).toEqual(['Timestamp', token, 'Signature'])
    const [timestamp] = childElements(element!)
    expect(childElements(timestamp!).map(textOf)).toEqual([
      '2026-01-15T12:00:00.000Z',
      '2026-01-15T12:01:00.000Z',
    ])
    expect(attribute(body, 'Id', wsuNamespace)).toMatch(/^id-[0-9a-f-]{36}$/)
    expect(attribute(timestamp!, 'Id', wsuNamespace)).toMatch(/^TS-/)
    const references = [...descendants(element!)].filter(
      (e) => e.local === 'Reference' && e.namespace !== wsseNamespace && e.parent?.parent?.parent === element,
    )
    expect(references.map((e) => attribute(e, 'URI')?.replace(/-.*/, ''))).toEqual(
      security.kind === 'x509' ? ['#id', '#TS', '#X509'] : ['#id', '#TS'],
    )
  })

  it('sends the very text that was digested, but for declarations that a part inherits', async () => {
    const text = await build(security)
    const { body, security: element } = parseEnvelope(text)
    expect(alone(text, body)).toBe(canonicalize(body))
    const [timestamp, token] = childElements(element!)
    expect(text.slice(timestamp!.start, timestamp!.end)).toBe(canonicalize(timestamp!))
    if (security.kind === 'x509')
      expect(text.slice(token!.start, token!.end).replace(' ', ` xmlns:wsse="${wsseNamespace}" `)).toBe(
        canonicalize(token!).replace(/( xmlns:wsu="[^"]*")(.*?>)/, '$1$2'),
      )
  })

  it('can be verified with xml-crypto, which notices a change', async () => {
    const text = await build(security)
    expect(verifiesWithXmlCrypto(text, security)).toBe(true)
    expect(verifiesWithXmlCrypto(text.replace('Josée', 'Josee'), security)).toBe(false)
  })
})

function verifiesWithXmlCrypto(text: string, security: Exclude<Security, { kind: 'none' }>): boolean {
  const { security: element, document } = parseEnvelope(text)
  const signature = childElements(element!).at(-1)!
  const verifier = new SignedXml({ publicCert: security.credential.certificate.toPem() })
  // the second opinion knows no ECDSA; its digests are still its own
  verifier.SignatureAlgorithms['http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256'] = EcdsaSha256
  verifier.loadSignature(rawElement(document, signature))
  return verifier.checkSignature(text)
}

class EcdsaSha256 {
  getAlgorithmName = (): string => 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256'
  getSignature = (): never => {
    throw new Error('never signs')
  }
  verifySignature = (material: string, key: string, value: string): boolean =>
    verify('sha256', Buffer.from(material), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(value, 'base64'))
}

const label = fc.string({ unit: 'grapheme', maxLength: 12 }).filter(isWritable)

function isWritable(text: string): boolean {
  return /^[\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u.test(text)
}

const leaf = fc.record({ Label: label, Branch: fc.constant([]) })
const branch = fc.record({ Label: label, Branch: fc.array(leaf, { maxLength: 2 }) })

const asks: fc.Arbitrary<Ask> = fc
  .record(
    {
      Id: fc.constantFrom('a', 'b-1'),
      Text: label,
      Flags: fc.array(fc.boolean(), { maxLength: 3 }),
      lang: label,
      Count: fc.integer(),
      Content: fc.uint8Array({ maxLength: 20 }),
      Tree: branch,
      Clash: fc.record({ Inner: label, note: label }),
      Foreign: fc.constantFrom(
        { xml: '<Foreign xmlns="urn:f" b="2" a="1"><!-- gone --><x/></Foreign>' },
        { xml: "<f:Foreign xmlns:f='urn:f' xmlns:unused='urn:u'>\r\n<![CDATA[<&]]></f:Foreign>" },
      ),
    },
    { requiredKeys: ['Id', 'Text', 'Flags'] },
  )
  .map((value) => value as Ask)

describe('what is signed', () => {
  it('is the canonical form of what is sent, for any message (property)', async () => {
    const security = securities['X.509 with EC']!
    await fc.assert(
      fc.asyncProperty(asks, async (value) => {
        const text = await build(security, value)
        const parsed = parseEnvelope(text)
        verifyEnvelope(parsed, policy('x509'))
        if (value.Foreign === undefined) expect(alone(text, parsed.body)).toBe(canonicalize(parsed.body))
        expect(verifiesWithXmlCrypto(text, security)).toBe(true)
      }),
      { numRuns: 60, endOnFailure: true },
    )
  })

  it('is canonicalised first when an element was written without knowing the envelope', async () => {
    const repeated = `<S:Fault xmlns:S="${soapNamespace}"><faultcode>S:Client</faultcode></S:Fault>`
    for (const body of [write(Ask, request), { xml: repeated, canonical: true }]) {
      const text = await buildEnvelope({
        security: securities['X.509 with EC']!,
        body,
        runtime: heldRuntime(wssClock),
      })
      expect(() => verifyEnvelope(parseEnvelope(text), policy('x509'))).not.toThrow()
    }
  })

  it('can be the Timestamp alone, with addressing headers behind Security', async () => {
    const text = await buildEnvelope({
      security: securities['SAML holder-of-key with RSA']!,
      body: { declaration: Ask, value: request },
      runtime: heldRuntime(wssClock),
      signedParts: ['timestamp'],
      ttlSeconds: 30,
      addressing: '<wsa:Action xmlns:wsa="http://www.w3.org/2005/08/addressing">urn:a</wsa:Action>',
    })
    const parsed = parseEnvelope(text)
    const verified = verifyEnvelope(parsed, { ...policy('saml-hok'), require: ['timestamp'] })
    expect(verified.covered).toEqual(['timestamp'])
    expect(verified.timestamp?.expires).toEqual(new Date('2026-01-15T12:00:30Z'))
    expect(childElements(parsed.header!).map(({ local }) => local)).toEqual(['Security', 'Action'])
    expect(() => verifyEnvelope(parsed, policy('saml-hok'))).toThrow(/does not cover the body/)
  })

  it('leaves the assertion as the STS wrote it, to the letter', async () => {
    const { assertion } = securities['SAML holder-of-key with RSA'] as { assertion: { xml: string } }
    expect(assertion.xml).toContain('&#13;\n')
    expect(await build(securities['SAML holder-of-key with RSA']!)).toContain(assertion.xml)
    expect(parseXml(assertion.xml).root.local).toBe('Assertion')
  })
})
