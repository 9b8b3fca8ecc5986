/** What is signed is what is sent: our digests against those of a library that shares no code with ours. */
import { createHash, createPrivateKey, sign, verify } from 'node:crypto'
import { createRequire } from 'node:module'

import type * as XmlDom from '@xmldom/xmldom'
import type { Element as DomElement } from '@xmldom/xmldom'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ExclusiveCanonicalization } from 'xml-crypto'

import { joined, octetsOf } from '../../../src/technical/soap/attachments/content.js'
import { buildEnvelope, envelopePieces, parseEnvelope } from '../../../src/technical/soap/envelope.js'
import { soapNamespace, wsuNamespace } from '../../../src/technical/soap/namespaces.js'
import type { Security } from '../../../src/technical/soap/types.js'
import { verifyEnvelope } from '../../../src/technical/soap/wsSecurity/verify.js'
import { base64Binary, namespace, read, string } from '../../../src/technical/xml/index.js'
import { canonicalize } from '../../../src/technical/xml/canonicalize.js'
import { heldRuntime } from './messages.js'
import { foreignElements, plainMessages, randomMessages } from './randomMessage.js'
import { wssAssertion, wssCertificate, wssClock, wssCredential, wssFile } from './wssFixtures.js'

// the tree that xml-crypto itself works on
const { DOMParser } = createRequire(createRequire(import.meta.url).resolve('xml-crypto'))(
  '@xmldom/xmldom',
) as typeof XmlDom

const large = namespace('urn:random:large', { prefix: 'l', qualified: true })
const dsNamespace = 'http://www.w3.org/2000/09/xmldsig#'
const policy = { trust: [wssCertificate('ca')], sts: [wssCertificate('sts')], at: wssClock }

const securities: Record<string, Exclude<Security, { kind: 'none' }>> = {
  ec: { kind: 'x509', credential: wssCredential('holder-ec') },
  rsa: { kind: 'x509', credential: wssCredential('holder-rsa') },
  saml: {
    kind: 'saml-hok',
    credential: wssCredential('holder-rsa'),
    assertion: wssAssertion('holder-rsa'),
  },
}

/** Every digest of the signature computed again by xml-crypto over the text that goes out, and the signature value. */
function expectXmlCryptoToAgree(text: string, security: Exclude<Security, { kind: 'none' }>): void {
  // XML 1.0 knows two line ends (§2.11); the parser would take those of XML 1.1 as well
  const normalizeLineEndings = (source: string): string => source.replace(/\r\n?/g, '\n')
  const root = new DOMParser({ normalizeLineEndings }).parseFromString(text, 'text/xml').documentElement!
  const all = Array.from(root.getElementsByTagName('*'))
  const named = (parent: DomElement, local: string): DomElement[] =>
    Array.from(parent.getElementsByTagNameNS(dsNamespace, local))
  const header = all.find(({ localName }) => localName === 'Security')!
  const signature = Array.from(header.childNodes).find(
    (node): node is DomElement => (node as DomElement).localName === 'Signature',
  )!
  const canonical = (element: DomElement): string =>
    new ExclusiveCanonicalization().process(element, {}).toString()
  const references = named(signature, 'Reference')
  expect(references.length).toBeGreaterThan(1)
  for (const reference of references) {
    const id = reference.getAttribute('URI')!.slice(1)
    const [target, ...others] = all.filter((e) => e.getAttributeNS(wsuNamespace, 'Id') === id)
    expect(others).toEqual([])
    const digest = createHash('sha256').update(canonical(target!)).digest('base64')
    expect(digest).toBe(named(reference, 'DigestValue')[0]!.textContent)
  }
  const value = Buffer.from(named(signature, 'SignatureValue')[0]!.textContent!, 'base64')
  const key = { key: security.credential.certificate.publicKey, dsaEncoding: 'ieee-p1363' } as const
  const signedInfo = Buffer.from(canonical(named(signature, 'SignedInfo')[0]!))
  expect(verify('sha256', signedInfo, key, value)).toBe(true)
  // RSA knows one signature of a text: what xml-crypto would have written is what stands there
  if (security.credential.keyType === 'rsa') {
    const privateKey = createPrivateKey(wssFile('keys/holder-rsa.key.pem'))
    expect(sign('sha256', signedInfo, privateKey).equals(value)).toBe(true)
  }
}

describe('a signed message of any contract', () => {
  it('has the digests and the SignedInfo that xml-crypto computes from the text sent (property)', async () => {
    await fc.assert(
      fc.asyncProperty(
        plainMessages,
        fc.constantFrom(...Object.keys(securities)),
        async ({ declaration, value }, name) => {
          const security = securities[name]!
          const text = await buildEnvelope({
            security,
            body: { declaration, value },
            runtime: heldRuntime(wssClock),
          })
          expectXmlCryptoToAgree(text, security)
          const { payload } = verifyEnvelope(parseEnvelope(text), { ...policy, kind: security.kind })
          expect([payload.namespace, payload.local]).toEqual([declaration.namespace, declaration.local])
        },
      ),
      { numRuns: 200 },
    )
  })

  it('is canonical as it stands in the message, with any prefixes and namespaces (property)', async () => {
    await fc.assert(
      fc.asyncProperty(randomMessages, async ({ declaration, value }) => {
        const security = securities['rsa']!
        const text = await buildEnvelope({
          security,
          body: { declaration, value },
          runtime: heldRuntime(wssClock),
        })
        const parsed = parseEnvelope(text)
        verifyEnvelope(parsed, { ...policy, kind: 'x509' })
        const alone = text
          .slice(parsed.body.start, parsed.body.end)
          .replace('<S:Body', `<S:Body xmlns:S="${soapNamespace}"`)
        expect(alone).toBe(canonicalize(parsed.body))
      }),
      { numRuns: 200 },
    )
  })

  it('has them for elements that somebody else wrote, too (property)', async () => {
    await fc.assert(
      fc.asyncProperty(foreignElements, fc.constantFrom(...Object.keys(securities)), async (xml, name) => {
        const security = securities[name]!
        const body = { xml, canonical: false }
        const text = await buildEnvelope({ security, body, runtime: heldRuntime(wssClock) })
        expectXmlCryptoToAgree(text, security)
        verifyEnvelope(parseEnvelope(text), { ...policy, kind: security.kind })
      }),
      { numRuns: 60 },
    )
  })

  it('is the same in pieces as in one', async () => {
    const body = { xml: '<a xmlns="urn:a">\u00e9\ud83d\ude00</a>', canonical: true }
    for (const security of [securities['rsa']!, securities['saml']!, { kind: 'none' } as const]) {
      const options = () => ({ security, body, runtime: heldRuntime(wssClock) })
      const pieces = await envelopePieces(options())
      expect(Buffer.from(await octetsOf(joined(pieces))).toString()).toBe(await buildEnvelope(options()))
    }
  })

  it('is the same when it is so large that it is encoded while it is sent', async () => {
    const text = '<\u{1f600}\u00e9 & \r\n'.repeat(60_000)
    const content = new Uint8Array(500_003).map((_, index) => index * 7)
    const declaration = large.element(
      'Large',
      large.sequence({ Text: string(), Content: base64Binary, More: base64Binary }),
    )
    const value = { Text: text, Content: content, More: Uint8Array.of(1) }
    const options = () => ({
      security: securities['ec']!,
      body: { declaration, value },
      runtime: heldRuntime(wssClock),
    })
    const body = joined(await envelopePieces(options()))
    expect(body).not.toBeInstanceOf(Uint8Array)
    // a message may be sent again: the octets are made anew each time, and are the same
    for (const octets of [await octetsOf(body), await octetsOf(body)]) {
      expect(octets).toHaveLength(body.length)
      const { payload } = verifyEnvelope(parseEnvelope(octets), { ...policy, kind: 'x509' })
      const received = read(declaration, payload)
      expect(received.Text).toBe(text)
      expect(Buffer.from(received.Content).equals(content)).toBe(true)
    }
    expectXmlCryptoToAgree(Buffer.from(await octetsOf(body)).toString(), securities['ec']!)
  })

  it('declares nothing in its Body that is not used there', async () => {
    const body = { xml: '<a xmlns="urn:a"></a>', canonical: true }
    const text = await buildEnvelope({ security: securities['rsa']!, body, runtime: heldRuntime(wssClock) })
    expect(text).toContain(`<S:Body xmlns:wsu="${wsuNamespace}" wsu:Id="id-`)
    expect(text.split(`xmlns:S="${soapNamespace}"`)).toHaveLength(2)
  })
})
