import { DOMParser } from '@xmldom/xmldom'
import fc from 'fast-check'
import { createPrivateKey, createPublicKey, createSecretKey, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { SignedXml } from 'xml-crypto'
import { beforeAll, describe, expect, it } from 'vitest'

import { EHealthError } from '../../../src/errors.js'
import type { Credential, SigningAlgorithm } from '../../../src/technical/keystore/credential.js'
import { Certificate } from '../../../src/technical/pki/certificate.js'
import { canonicalize, exclusiveCanonicalization } from '../../../src/technical/xml/canonicalize.js'
import {
  canonicalizeInclusive,
  inclusiveCanonicalization,
} from '../../../src/technical/xml/canonicalizeInclusive.js'
import { parseXml, rawElement } from '../../../src/technical/xml/parse.js'
import {
  allTransforms,
  digestAlgorithms,
  envelopedTransform,
  indexIds,
  readSignature,
  signatureAlgorithms,
  signatureInside,
  signEnveloped,
  verifyEnveloped,
  verifySignature,
  writeSignature,
  x509Data,
  type VerifyEnvelopedOptions,
  type VerifySignatureOptions,
} from '../../../src/technical/xml/signature/index.js'
import { childElements, descendants, type XmlElement } from '../../../src/technical/xml/tree.js'

const fixture = (path: string) => readFileSync(new URL(`../../../fixtures/${path}`, import.meta.url))
const signatureFixture = (name: string) => fixture(`xml/signature/${name}`)
const certificate = (name: string) => Certificate.from(signatureFixture(`${name}.pem`))

function credentialOf(name: string): Credential {
  const key = createPrivateKey(signatureFixture(`${name}.key.pem`))
  const hashes: Partial<Record<SigningAlgorithm, string>> = {
    'rsa-sha256': 'sha256',
    'rsa-sha1': 'sha1',
    'ecdsa-sha256': 'sha256',
  }
  return {
    certificate: certificate(name),
    chain: [],
    keyType: key.asymmetricKeyType === 'ec' ? 'ec' : 'rsa',
    sign: async (algorithm, data) => sign(hashes[algorithm], data, { key, dsaEncoding: 'ieee-p1363' }),
  }
}

function codeOf(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    if (error instanceof EHealthError) return error.code
    throw error
  }
  return 'accepted'
}

function find(root: XmlElement, local: string): XmlElement {
  const found = [...descendants(root)].find((element) => element.local === local)
  if (found === undefined) throw new Error(`no ${local}`)
  return found
}

const sts = credentialOf('sts')
const holder = credentialOf('holder-rsa')
const options: VerifyEnvelopedOptions = { idAttribute: 'AssertionID', trusted: [sts.certificate] }
const saml = 'urn:oasis:names:tc:SAML:1.0:assertion'
const assertion =
  `<Assertion xmlns="${saml}" xmlns:xs="urn:xs" AssertionID="_1"><Advice></Advice>` +
  '<AttributeValue>90010199075</AttributeValue></Assertion>'

describe('enveloped signatures: recorded assertions of the STS', () => {
  const stsOfResponses = certificate('response.sts')
  const judge = (name: string, more: Partial<VerifyEnvelopedOptions> = {}) =>
    codeOf(() =>
      verifyEnveloped(find(parseXml(signatureFixture(name)).root, 'Assertion'), {
        ...options,
        trusted: [stsOfResponses],
        ...more,
      }),
    )

  it('accepts a genuine one and says who signed', () => {
    const element = find(parseXml(signatureFixture('response.rsa-sha256.xml')).root, 'Assertion')
    const { signer } = verifyEnveloped(element, { ...options, trusted: [sts.certificate, stsOfResponses] })
    expect(signer).toBe(stsOfResponses)
  })

  it('accepts SHA-1 only when told so', () => {
    expect(judge('response.rsa-sha1.xml')).toBe('signature.algorithm')
    expect(judge('response.rsa-sha1.xml', { allowSha1: true })).toBe('accepted')
    expect(judge('response.rsa-sha256.xml', { allowSha1: true })).toBe('accepted')
  })

  it('refuses changed content and wrapping', () => {
    expect(judge('response.tampered.xml')).toBe('signature.digest')
    // the only signature belongs to the assertion hidden in Advice
    expect(judge('response.wrapped.xml')).toBe('signature.missing')
  })

  it('refuses a signer that is not pinned', () => {
    expect(judge('response.rsa-sha256.xml', { trusted: [sts.certificate] })).toBe('signature.key')
    expect(judge('response.rsa-sha256.xml', { trusted: [] })).toBe('signature.key')
  })

  it.each([
    ['fixtures/wss/canonical/p04-saml-hok-rsa-sha256.xml', 'accepted'],
    ['p12-saml-hok-prefixed-assertion-xsi-type.xml', 'accepted'],
    ['n15-saml-attribute-changed.xml', 'signature.digest'],
    ['n16-saml-untrusted-sts.xml', 'signature.key'],
    ['n17-saml-signed-by-non-sts.xml', 'signature.key'],
    ['n20-saml-unsigned.xml', 'signature.missing'],
    ['n21-saml-wrapped-assertion.xml', 'signature.structure'],
  ])('%s: %s', (name, expected) => {
    const bytes = name.startsWith('fixtures/')
      ? fixture(name.slice('fixtures/'.length))
      : signatureFixture(name)
    const element = find(parseXml(bytes).root, 'Assertion')
    expect(codeOf(() => verifyEnveloped(element, options))).toBe(expected)
  })

  it('still verifies when the raw assertion is put elsewhere', () => {
    const document = parseXml(signatureFixture('p12-saml-hok-prefixed-assertion-xsi-type.xml'))
    const raw = rawElement(document, find(document.root, 'Assertion'))
    const moved = parseXml(
      `<x xmlns="urn:other" xmlns:saml="urn:another" xmlns:xs="urn:third"><y>${raw}</y></x>`,
    )
    expect(codeOf(() => verifyEnveloped(find(moved.root, 'Assertion'), options))).toBe('accepted')
  })
})

describe('enveloped signatures: made and verified', () => {
  let signed = ''
  beforeAll(async () => {
    signed = await signEnveloped(assertion, { idAttribute: 'AssertionID', credential: sts })
  })
  const judge = (xml: string, more: Partial<VerifyEnvelopedOptions> = {}) =>
    codeOf(() => verifyEnveloped(parseXml(xml).root, { ...options, ...more }))
  const change = (from: string | RegExp, to: string) => {
    const changed = signed.replace(from, to)
    expect(changed).not.toBe(signed)
    return judge(changed)
  }

  it('puts the signature last and leaves the rest as written', () => {
    expect(signed.startsWith(assertion.slice(0, -'</Assertion>'.length))).toBe(true)
    const { root } = parseXml(signed)
    expect(childElements(root).at(-1)!.local).toBe('Signature')
    expect(verifyEnveloped(root, options).signer).toBe(sts.certificate)
  })

  it('convinces an independent verifier', () => {
    const document = new DOMParser().parseFromString(signed, 'text/xml')
    const judgeOf = new SignedXml({ publicCert: sts.certificate.toPem(), idAttribute: 'AssertionID' })
    judgeOf.getCertFromKeyInfo = () => null
    const node = document.getElementsByTagNameNS('http://www.w3.org/2000/09/xmldsig#', 'Signature')[0]!
    judgeOf.loadSignature(node)
    expect(judgeOf.checkSignature(signed)).toBe(true)
  })

  it('does it with EC keys, prefix lists and, for legacy contracts, SHA-1', async () => {
    const holderEc = credentialOf('holder-ec')
    const withEc = await signEnveloped(assertion, { idAttribute: 'AssertionID', credential: holderEc })
    expect(judge(withEc, { trusted: [holderEc.certificate] })).toBe('accepted')
    const withPrefix = await signEnveloped(assertion, {
      idAttribute: 'AssertionID',
      credential: sts,
      inclusivePrefixes: ['xs'],
    })
    expect(judge(withPrefix)).toBe('accepted')
    expect(judge(withPrefix.replace('xmlns:xs="urn:xs"', 'xmlns:xs="urn:xt"'))).toBe('signature.digest')
    const alone = await signatureInside(parseXml(assertion).root, {
      idAttribute: 'AssertionID',
      credential: sts,
    })
    // wherever it is put: the rest is what is signed
    const first = assertion.replace(/^<[^>]*>/, (start) => start + alone)
    expect(judge(first)).toBe('accepted')
    const legacy = await signEnveloped(assertion, { idAttribute: 'AssertionID', credential: sts, sha1: true })
    expect(judge(legacy)).toBe('signature.algorithm')
    expect(judge(legacy, { allowSha1: true })).toBe('accepted')
    await expect(
      signEnveloped(assertion, { idAttribute: 'AssertionID', credential: holderEc, sha1: true }),
    ).rejects.toMatchObject({ code: 'configuration.unsupported' })
  })

  it('does not sign what has no identifier or no content', async () => {
    for (const xml of ['<a>x</a>', '<a AssertionID="">x</a>', '<a AssertionID="_1"/>'])
      await expect(signEnveloped(xml, { idAttribute: 'AssertionID', credential: sts })).rejects.toMatchObject(
        {
          code: 'configuration.invalid',
        },
      )
  })

  it('ignores comments, which are outside of the digest, and reads the text whole', () => {
    expect(change('9001019', '900<!-- x -->1019')).toBe('accepted')
  })

  it('notices every other change of the signed content', () => {
    expect(change('90010199075', '90010199174')).toBe('signature.digest')
    expect(change('<Advice>', '<Advice a="">')).toBe('signature.digest')
    expect(change('</Advice>', ' </Advice>')).toBe('signature.digest')
    expect(change('</Advice>', '<?x?></Advice>')).toBe('signature.digest')
    expect(change('AssertionID="_1"', 'AssertionID="_2"')).toBe('signature.coverage')
    expect(change('URI="#_1"', 'URI="#_2"')).toBe('signature.coverage')
    expect(change('<ds:SignatureValue>', ' <ds:SignatureValue>')).toBe('accepted')
    expect(change('<ds:DigestMethod', ' <ds:DigestMethod')).toBe('signature.invalid')
  })

  it('refuses two signatures, also when both are genuine', () => {
    const signature = signed.slice(signed.indexOf('<ds:Signature '), signed.lastIndexOf('</Assertion>'))
    expect(change(/<\/Assertion>$/, `${signature}</Assertion>`)).toBe('signature.structure')
  })

  it('refuses an identifier that stands twice, wherever the second one is', () => {
    expect(change('<Advice>', '<Advice AssertionID="_1">')).toBe('signature.structure')
    expect(judge(`<r Id="_1">${signed}</r>`)).toBe('signature.missing')
    const inner = (xml: string) =>
      codeOf(() => verifyEnveloped(find(parseXml(xml).root, 'Assertion'), options))
    expect(inner(`<r>${signed}</r>`)).toBe('accepted')
    expect(inner(`<r Id="_1">${signed}</r>`)).toBe('signature.structure')
    expect(inner(`<r>${signed}<x xml:id="_1"/></r>`)).toBe('signature.structure')
  })

  it('refuses a genuine signature moved to a forged assertion that hides the genuine one', () => {
    const signature = signed.slice(signed.indexOf('<ds:Signature '), signed.lastIndexOf('</Assertion>'))
    const forged = (id: string) =>
      `<Assertion xmlns="${saml}" AssertionID="${id}"><Advice>${assertion}</Advice>${signature}</Assertion>`
    expect(judge(forged('_evil'))).toBe('signature.coverage')
    expect(judge(forged('_1'))).toBe('signature.structure')
    const inObject = signature.replace(
      '</ds:Signature>',
      `<ds:Object>${assertion}</ds:Object></ds:Signature>`,
    )
    expect(judge(forged('_evil').replace(signature, inObject).replace(assertion, ''))).toBe(
      'signature.structure',
    )
  })

  it('compares elements of the same tree, not of another one with the same identifiers', () => {
    expect(judge(signed, { ids: indexIds(parseXml(signed).root) })).toBe('signature.coverage')
  })

  it('says that content was changed, also when other signers remain to be tried', () => {
    const changed = signed.replace('90010199075', '90010199174').replace(/<ds:KeyInfo>.*<\/ds:KeyInfo>/, '')
    expect(judge(changed, { trusted: [sts.certificate, holder.certificate] })).toBe('signature.digest')
  })

  it('refuses content smuggled into the signature', () => {
    expect(change('</ds:Signature>', '<ds:Object><a/></ds:Object></ds:Signature>')).toBe(
      'signature.structure',
    )
    expect(change('</ds:Signature>', '<a/></ds:Signature>')).toBe('signature.structure')
    expect(change('<ds:SignatureValue>', 'x<ds:SignatureValue>')).toBe('signature.structure')
  })

  it('takes the key from the pinned signers, whatever KeyInfo holds', async () => {
    const own = await signEnveloped(assertion, { idAttribute: 'AssertionID', credential: holder })
    expect(judge(own)).toBe('signature.key')
    const der = (of: Credential) => Buffer.from(of.certificate.der).toString('base64')
    expect(judge(own.replace(der(holder), der(sts)))).toBe('signature.invalid')
    expect(change(/<ds:KeyInfo>.*<\/ds:KeyInfo>/, '')).toBe('accepted')
    expect(change(/<ds:X509Data>.*<\/ds:X509Data>/, '<ds:KeyName>sts</ds:KeyName>')).toBe('accepted')
    expect(judge(signed, { trusted: [holder.certificate, sts.certificate] })).toBe('accepted')
  })

  it('refuses other transforms, more references and references elsewhere, although soundly signed', async () => {
    const root = parseXml(assertion).root
    const octets = canonicalize(root)
    const exclusive = { algorithm: exclusiveCanonicalization }
    const enveloped = { algorithm: envelopedTransform }
    const forge = async (...references: Parameters<typeof writeSignature>[0]['references']) =>
      judge(
        assertion.replace(
          /<\/Assertion>$/,
          `${await writeSignature({ references, credential: sts, keyInfo: x509Data([sts.certificate]) })}</Assertion>`,
        ),
      )
    const good = { id: '_1', octets, transforms: [enveloped, exclusive] }
    expect(await forge(good)).toBe('accepted')
    expect(await forge(good, good)).toBe('signature.structure')
    expect(await forge({ ...good, transforms: [exclusive] })).toBe('signature.algorithm')
    expect(await forge({ ...good, transforms: [exclusive, enveloped] })).toBe('signature.algorithm')
    expect(await forge({ ...good, transforms: [enveloped] })).toBe('signature.algorithm')
    expect(await forge({ ...good, transforms: [enveloped, exclusive, exclusive] })).toBe(
      'signature.algorithm',
    )
    const xpath = { algorithm: 'http://www.w3.org/TR/1999/REC-xpath-19991116' }
    expect(await forge({ ...good, transforms: [xpath, exclusive] })).toBe('signature.algorithm')
    expect(await forge({ ...good, id: 'elsewhere' })).toBe('signature.coverage')
  })
})

describe('signature core: recorded messages', () => {
  const keys: Record<string, Certificate> = {
    rsa: holder.certificate,
    ec: credentialOf('holder-ec').certificate,
  }
  function verifyMessage(bytes: Uint8Array, more: Partial<VerifySignatureOptions> = {}) {
    const { root } = parseXml(bytes)
    const ids = indexIds(root)
    const element = childElements(find(root, 'Security')).find((child) => child.local === 'Signature')!
    return verifySignature(readSignature(element), {
      key: keys['rsa']!.publicKey,
      resolve: (id) => ids.get(id),
      ...more,
    })
  }

  it.each([
    'p01-x509-rsa-sha256',
    'p04-saml-hok-rsa-sha256',
    'p09-x509-other-prefixes-indented',
    'p14-x509-crlf-in-base64',
  ])('accepts %s and returns the covered elements themselves', (name) => {
    const bytes = fixture(`wss/canonical/${name}.xml`)
    const { root } = parseXml(bytes)
    const ids = indexIds(root)
    const signature = childElements(find(root, 'Security')).find((child) => child.local === 'Signature')!
    const covered = verifySignature(readSignature(signature), {
      key: keys['rsa']!.publicKey,
      resolve: (id) => ids.get(id),
    })
    expect(covered.map(({ element }) => element)).toContain(find(root, 'Body'))
    expect(covered.map(({ element }) => element)).toContain(find(root, 'Timestamp'))
  })

  it('accepts EC, with r and s side by side', () => {
    const bytes = signatureFixture('p02-x509-ec-sha256.xml')
    expect(verifyMessage(bytes, { key: keys['ec']!.publicKey })).toHaveLength(3)
    expect(codeOf(() => verifyMessage(bytes))).toBe('signature.algorithm')
  })

  it('accepts prefix lists on transforms and canonicalisation', () => {
    expect(verifyMessage(signatureFixture('p07-x509-inclusive-prefixes.xml'))).toHaveLength(3)
  })

  it('accepts SHA-1 only when told so', () => {
    const bytes = signatureFixture('p03-x509-rsa-sha1-legacy.xml')
    expect(codeOf(() => verifyMessage(bytes))).toBe('signature.algorithm')
    expect(verifyMessage(bytes, { allowSha1: true })).toHaveLength(3)
    expect(codeOf(() => verifyMessage(signatureFixture('n28-sha1-digests.xml')))).toBe('signature.algorithm')
  })

  it.each([
    ['n24-hmac-with-public-key.xml', 'signature.algorithm'],
    ['n25-xpath-transform.xml', 'signature.algorithm'],
    ['n29-external-reference.xml', 'signature.structure'],
    ['n35-truncated-base64-signature.xml', 'signature.invalid'],
    ['n37-crlf-character-reference-lost.xml', 'signature.digest'],
  ])('refuses %s: %s', (name, code) => {
    expect(codeOf(() => verifyMessage(signatureFixture(name)))).toBe(code)
  })

  it('refuses a secret key in the place of a public one', () => {
    const bytes = fixture('wss/canonical/p01-x509-rsa-sha256.xml')
    expect(codeOf(() => verifyMessage(bytes, { key: createSecretKey(Buffer.alloc(32)) }))).toBe(
      'signature.algorithm',
    )
    expect(codeOf(() => verifyMessage(bytes, { key: createPublicKey(sts.certificate.toPem()) }))).toBe(
      'signature.invalid',
    )
  })
})

describe('signature core: shapes', () => {
  const prefixList = `<ec:InclusiveNamespaces xmlns:ec="${exclusiveCanonicalization}" PrefixList="x"/>`
  let message = ''
  beforeAll(async () => {
    const body = '<b Id="b"><c>1</c></b>'
    const signature = await writeSignature({
      references: [{ id: 'b', octets: body }],
      credential: holder,
      keyInfo: '<ds:KeyName>x</ds:KeyName>',
      id: 'SIG-1',
    })
    message = `<e>${signature}${body}</e>`
  })
  function judge(xml: string, more: Partial<VerifySignatureOptions> = {}) {
    return codeOf(() => {
      const { root } = parseXml(xml)
      const ids = indexIds(root)
      verifySignature(readSignature(find(root, 'Signature')), {
        key: holder.certificate.publicKey,
        resolve: (id) => ids.get(id),
        ...more,
      })
    })
  }
  const change = (from: string | RegExp, to: string) => {
    expect(message).toMatch(from)
    return judge(message.replace(from, to))
  }

  it('accepts what it was made from', () => expect(judge(message)).toBe('accepted'))

  it.each([
    ['no SignedInfo', /<ds:SignedInfo>.*<\/ds:SignedInfo>/, '', 'signature.structure'],
    ['two SignedInfo', /(<ds:SignedInfo>.*<\/ds:SignedInfo>)/, '$1$1', 'signature.structure'],
    ['no value', /<ds:SignatureValue>.*<\/ds:SignatureValue>/, '', 'signature.structure'],
    [
      'an empty value',
      /<ds:SignatureValue>.*<\/ds:SignatureValue>/,
      '<ds:SignatureValue/>',
      'signature.structure',
    ],
    ['two KeyInfo', /(<ds:KeyInfo>.*<\/ds:KeyInfo>)/, '$1$1', 'signature.structure'],
    ['no reference', /<ds:Reference .*<\/ds:Reference>/, '', 'signature.structure'],
    ['no URI', / URI="#b"/, '', 'signature.structure'],
    ['a URI to the whole document', / URI="#b"/, ' URI=""', 'signature.structure'],
    ['a URI to nothing', / URI="#b"/, ' URI="#"', 'signature.structure'],
    ['an XPointer', / URI="#b"/, ' URI="#xpointer(id(\'b\'))"', 'signature.structure'],
    ['an outside URI', / URI="#b"/, ' URI="http://127.0.0.1:1/x#b"', 'signature.structure'],
    ['an unknown identifier', / URI="#b"/, ' URI="#toString"', 'signature.structure'],
    ['a damaged digest', /<ds:DigestValue>./, '<ds:DigestValue>*', 'signature.structure'],
    ['base64 with stray bits', /=<\/ds:DigestValue>/, '</ds:DigestValue>', 'signature.structure'],
    ['base64url', /<ds:DigestValue>./, '<ds:DigestValue>_', 'signature.structure'],
    ['an element in base64', /<ds:DigestValue>/, '<ds:DigestValue><x/>', 'signature.structure'],
    ['empty Transforms', /<ds:Transforms>.*<\/ds:Transforms>/, '<ds:Transforms/>', 'signature.structure'],
    ['no c14n at all', /<ds:Transforms>.*<\/ds:Transforms>/, '', 'signature.invalid'],
    [
      'a transform without algorithm',
      /<ds:Transform Algorithm="[^"]*"/,
      '<ds:Transform',
      'signature.structure',
    ],
    [
      'an unknown digest',
      digestAlgorithms.sha256,
      'http://www.w3.org/2001/04/xmldsig-more#md5',
      'signature.algorithm',
    ],
    [
      'HMAC',
      signatureAlgorithms['rsa-sha256'],
      'http://www.w3.org/2001/04/xmldsig-more#hmac-sha256',
      'signature.algorithm',
    ],
    [
      'a signature of another key kind',
      signatureAlgorithms['rsa-sha256'],
      signatureAlgorithms['ecdsa-sha256'],
      'signature.algorithm',
    ],
    [
      'a parameter',
      /<\/ds:SignatureMethod>/,
      '<ds:HMACOutputLength>1</ds:HMACOutputLength></ds:SignatureMethod>',
      'signature.algorithm',
    ],
    [
      'c14n with comments',
      exclusiveCanonicalization,
      `${exclusiveCanonicalization}WithComments`,
      'signature.algorithm',
    ],
    [
      'c14n that is not allowed here',
      exclusiveCanonicalization,
      inclusiveCanonicalization,
      'signature.algorithm',
    ],
    [
      'SHA-1 under SHA-256 digests',
      signatureAlgorithms['rsa-sha256'],
      signatureAlgorithms['rsa-sha1'],
      'signature.algorithm',
    ],
    [
      'an unknown parameter of c14n',
      '</ds:CanonicalizationMethod>',
      '<x/></ds:CanonicalizationMethod>',
      'signature.structure',
    ],
    [
      'two prefix lists',
      '</ds:Transform>',
      `${prefixList}${prefixList}</ds:Transform>`,
      'signature.structure',
    ],
    ['a changed SignedInfo', /<ds:SignedInfo>/, '<ds:SignedInfo Id="x">', 'signature.invalid'],
    ['changed content', '<c>1', '<c>2', 'signature.digest'],
  ])('%s', (_, from, to, code) => {
    expect(change(from, to)).toBe(code)
  })

  it('too many references or transforms', () => {
    const reference = /(<ds:Reference .*<\/ds:Reference>)/
    expect(change(reference, '$1'.repeat(31))).toBe('signature.structure')
    expect(change(/(<ds:Transform .*<\/ds:Transform>)/, '$1'.repeat(6))).toBe('signature.structure')
  })

  it('an enveloped transform where only message transforms are allowed, or outside of what is signed', async () => {
    const body = '<b Id="b"><c>1</c></b>'
    const signature = await writeSignature({
      references: [
        {
          id: 'b',
          octets: body,
          transforms: [{ algorithm: envelopedTransform }, { algorithm: exclusiveCanonicalization }],
        },
      ],
      credential: holder,
      keyInfo: '',
    })
    expect(judge(`<e>${signature}${body}</e>`)).toBe('signature.algorithm')
    expect(judge(`<e>${signature}${body}</e>`, { transforms: allTransforms })).toBe('signature.structure')
  })

  it('inclusive canonicalisation where it is allowed', async () => {
    const document = '<e xmlns:u="urn:u" xml:lang="nl"><b Id="b"><c/></b></e>'
    const octets = canonicalizeInclusive(childElements(parseXml(document).root)[0]!)
    const signature = await writeSignature({
      references: [{ id: 'b', octets, transforms: [{ algorithm: inclusiveCanonicalization }] }],
      credential: holder,
      keyInfo: '',
    })
    const whole = document.replace('</e>', `${signature}</e>`)
    expect(judge(whole)).toBe('signature.algorithm')
    expect(judge(whole, { transforms: allTransforms })).toBe('accepted')
    expect(judge(whole.replace('urn:u', 'urn:v'), { transforms: allTransforms })).toBe('signature.digest')
  })

  it('never follows a reference out of the document', async () => {
    let asked = 0
    const server = createServer((_, response) => {
      asked++
      response.end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : 0
    expect(change(' URI="#b"', ` URI="http://127.0.0.1:${port}/"`)).toBe('signature.structure')
    await new Promise((resolve) => setTimeout(resolve, 50))
    await new Promise((resolve) => server.close(resolve))
    expect(asked).toBe(0)
  })

  it('throws nothing but typed errors on changed characters', () => {
    const at = fc.tuple(fc.nat(message.length - 1), fc.string({ unit: 'binary-ascii', maxLength: 2 }))
    fc.assert(
      fc.property(at, ([position, insert]) => {
        const changed = message.slice(0, position) + insert + message.slice(position + 1)
        const code = codeOf(() => {
          const { root } = parseXml(changed)
          const ids = indexIds(root)
          const element = [...descendants(root)].find((candidate) => candidate.local === 'Signature')
          if (element === undefined) throw new EHealthError('signature.missing', 'gone')
          verifySignature(readSignature(element), {
            key: holder.certificate.publicKey,
            resolve: (id) => ids.get(id),
          })
          // accepted only when neither SignedInfo nor the body changed
          expect(canonicalize(find(root, 'b'))).toBe('<b Id="b"><c>1</c></b>')
        })
        expect(code).toMatch(/^(accepted|xml\.|signature\.)/)
      }),
      { numRuns: 400 },
    )
  })
})

describe('identifiers', () => {
  const wsu = 'xmlns:wsu="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"'

  it('finds every kind, and attributes that only look alike not', () => {
    const { root } = parseXml(
      `<a ${wsu} xmlns:o="urn:o" wsu:Id="1"><b Id="2"/><c ID="3"/><d xml:id="4"/><e AssertionID="5"/><f RequestID="6"/>` +
        '<g ResponseID="7"/><h id="8" o:Id="9" InResponseTo="6" wsu:ID="10" Id=""/></a>',
    )
    const ids = indexIds(root)
    expect([...ids.keys()].sort()).toEqual(['1', '2', '3', '4', '5', '6', '7'])
    expect(ids.get('1')).toBe(root)
  })

  it('refuses one identifier on two elements, across kinds', () => {
    expect(codeOf(() => indexIds(parseXml(`<a ${wsu} wsu:Id="1"><b AssertionID="1"/></a>`).root))).toBe(
      'signature.structure',
    )
    expect(codeOf(() => indexIds(parseXml(`<a ${wsu} wsu:Id="1" Id="1"/>`).root))).toBe('accepted')
  })
})
