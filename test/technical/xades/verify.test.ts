import { deflateRawSync } from 'node:zlib'

import { describe, expect, it } from 'vitest'

import { EHealthError } from '../../../src/errors.js'
import { createRevocationChecker } from '../../../src/technical/pki/index.js'
import { signXml, verifyXml, type VerifyXmlOptions } from '../../../src/technical/xades/index.js'
import { childElements, parseXml } from '../../../src/technical/xml/index.js'
import {
  base64Uri,
  craft,
  ds,
  excC14n,
  properties,
  sha256,
  signedPropertiesType,
  signingCertificate,
  transform,
  type Crafted,
} from './craft.js'
import { bytes, credential, index, text, timestampAuthorities, trust } from './vectors.js'

const at = new Date('2026-06-15T10:00:00.000Z')
const document = '<d><a Id="_a1" kind="x"><b>1</b></a><c Id="_c1">2</c></d>'
const blob = `<Blob Id="_b1" kind="x">${Buffer.from('content').toString('base64')}</Blob>`
const overA = { uri: '#_a1' }
const overProperties = { uri: '#props', type: signedPropertiesType }
const overBlob = { uri: '#_b1', transforms: transform(base64Uri), digest: sha256('content') }

const verify = (xml: string | Uint8Array, options: Partial<VerifyXmlOptions> = {}) =>
  verifyXml(xml, { trust, timestampAuthorities, at, ...options })
const reasons = async (xml: string | Uint8Array, options: Partial<VerifyXmlOptions> = {}) =>
  (await verify(xml, options)).errors.map(({ reason }) => reason)
/** Reasons of a signature made to measure. */
const crafted = async (
  options: Partial<Crafted>,
  how: Partial<VerifyXmlOptions> = {},
  over = document,
): Promise<string[]> => {
  const signature = await craft({
    references: [overA, overProperties],
    objects: properties(),
    document: over,
    ...options,
  })
  return reasons(over, { signature, ...how })
}

describe('a crafted signature', () => {
  it('is sound unless told otherwise', async () => {
    expect(await crafted({}, { mustCover: '_a1' })).toEqual([])
  })
})

describe('coverage', () => {
  it('reaches down from an element, and not beside it', async () => {
    const signature = await craft({ references: [overA, overProperties], objects: properties(), document })
    const parsed = parseXml(document)
    const [a, c] = childElements(parsed.root)
    const covered = async (mustCover: VerifyXmlOptions['mustCover']) =>
      (await verifyXml(parsed, { trust, at, signature, mustCover: mustCover! })).valid
    expect(await covered(a)).toBe(true)
    expect(await covered(childElements(a!)[0])).toBe(true)
    expect(await covered([a!, '_a1'])).toBe(true)
    expect(await covered(c)).toBe(false)
    expect(await covered('_c1')).toBe(false)
    expect(await covered(parsed.root)).toBe(false)
    expect(await covered('nowhere')).toBe(false)
  })

  it('of a text says nothing of the attributes around it', async () => {
    const options = { references: [overBlob, overProperties], document: blob }
    const signature = await craft({ ...options, objects: properties() })
    const changed = blob.replace('kind="x"', 'kind="y"')
    const report = await verify(changed, { signature, mustCover: '_b1' })
    expect(report).toMatchObject({ valid: true, covers: [{ content: 'text' }] })
  })

  it('is of the whole document where the reference has no identifier', async () => {
    const enveloped = transform(`${ds}enveloped-signature`) + transform(excC14n)
    const reference = { uri: '', transforms: enveloped, digest: sha256(document) }
    const signature = await craft({ references: [reference, overProperties], objects: properties() })
    const whole = document.replace('</d>', `${signature}</d>`)
    expect(await reasons(whole, { mustCover: ['_a1', '_c1'] })).toEqual([])
    expect(await reasons(whole.replace('>2<', '>3<'))).toEqual(['xml-signature.digest'])
    // the signature stands in what it covers, and covers itself not
    expect(await reasons(whole, { mustCover: 'sig' })).toEqual(['xml-signature.coverage'])
  })

  it('by inclusive canonicalisation when a reference has no transforms', async () => {
    const references = [{ ...overA, transforms: '' }, overProperties]
    expect(await crafted({ references }, { mustCover: '_a1' })).toEqual([])
  })

  it('is not that of a copy inside of the signature', async () => {
    const copy = '<ds:Object><a Id="_a1" kind="x"><b>1</b></a></ds:Object>'
    const signature = await craft({ references: [overA, overProperties], objects: properties(), document })
    const hidden = signature.replace('</ds:KeyInfo>', `</ds:KeyInfo>${copy}`)
    const forged = document.replace('<b>1</b>', '<b>2</b>')
    expect(await reasons(forged, { signature: hidden, mustCover: '_a1' })).toContain(
      'xml-signature.reference',
    )
    expect(await reasons(document, { signature: hidden, mustCover: '_a1' })).toContain(
      'xml-signature.reference',
    )
  })

  it('is told even where nobody demands any', async () => {
    expect(await crafted({ references: [overProperties] })).toEqual(['xml-signature.coverage'])
  })
})

describe('references', () => {
  it.each([
    '#xpointer(/)',
    "#xpointer(id('_a1'))",
    'http://127.0.0.1/a',
    'file:///etc/hosts',
    'cid:1',
    '#',
    '_a1',
  ])('to %s are never followed', async (uri) => {
    const references = [{ uri, digest: sha256('x') }, overProperties]
    expect(await crafted({ references })).toEqual(['xml-signature.reference'])
  })

  it.each([
    ['XSLT', 'http://www.w3.org/TR/1999/REC-xslt-19991116'],
    ['XPath', 'http://www.w3.org/TR/1999/REC-xpath-19991116'],
    ['XPath filter', 'http://www.w3.org/2002/06/xmldsig-filter2'],
    ['comments', 'http://www.w3.org/2001/10/xml-exc-c14n#WithComments'],
    ['decryption', 'http://www.w3.org/2002/07/decrypt#XML'],
  ])('with %s are refused', async (_, uri) => {
    const references = [{ ...overA, transforms: transform(uri) }, overProperties]
    expect(await crafted({ references })).toEqual(['xml-signature.algorithm'])
  })

  it.each([
    ['base64 with parameters', `<ds:Transform Algorithm="${base64Uri}"><x></x></ds:Transform>`],
    [
      'base64 with prefixes',
      `<ds:Transform Algorithm="${base64Uri}"><i:InclusiveNamespaces xmlns:i="${excC14n}" PrefixList="a"></i:InclusiveNamespaces></ds:Transform>`,
    ],
  ])('with %s are refused', async (_, transforms) => {
    const references = [{ ...overBlob, transforms }, overProperties]
    expect(await crafted({ references }, {}, blob)).toEqual(['xml-signature.algorithm'])
  })

  it('with prefixes to keep are canonicalised so', async () => {
    const over = '<d xmlns:p="urn:p"><a Id="_a1">p:x</a></d>'
    const transforms = `<ds:Transform Algorithm="${excC14n}"><i:InclusiveNamespaces xmlns:i="${excC14n}" PrefixList="p"></i:InclusiveNamespaces></ds:Transform>`
    const digest = sha256('<a xmlns:p="urn:p" Id="_a1">p:x</a>')
    expect(
      await crafted({ references: [{ ...overA, transforms, digest }, overProperties] }, {}, over),
    ).toEqual([])
  })

  it.each([
    ['more than 30', { references: [...Array<typeof overA>(30).fill(overA), overProperties] }],
    ['more than five transforms', { references: [{ ...overA, transforms: transform(excC14n).repeat(6) }] }],
    ['none', { references: [] }],
  ])('are refused: %s', async (_, options) => {
    expect(await crafted(options)).toEqual(['xml-signature.structure'])
  })

  it('to manifests in manifests end', async () => {
    const manifest = `<ds:Object><ds:Manifest Id="m"><ds:Reference URI="#m">${transform(excC14n).replace('<ds:Transform ', '<ds:Transforms><ds:Transform ')}</ds:Transforms><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></ds:DigestMethod><ds:DigestValue>AAAA</ds:DigestValue></ds:Reference></ds:Manifest></ds:Object>`
    const references = [{ uri: '#m' }, overProperties]
    expect(await crafted({ references, objects: properties() + manifest })).toEqual(['xml-signature.digest'])
  })

  it('to something that only says it is a manifest are refused', async () => {
    const references = [{ ...overA, type: `${ds}Manifest` }, overProperties]
    const signature = await craft({ references, objects: properties(), document })
    expect((await verify(document, { signature })).errors).toMatchObject([
      { code: 'SIGNATURE_MANIFEST_COULD_NOT_BE_VERIFIED' },
    ])
  })
})

describe('compressed content', () => {
  const signedBomb = async (content: Uint8Array, compressed: Uint8Array) => {
    const over = `<Blob Id="_b1">${Buffer.from(compressed).toString('base64')}</Blob>`
    const transforms = transform(base64Uri) + transform('urn:nippin:xml:sig:transform:optional-deflate')
    const references = [{ uri: '#_b1', transforms, digest: sha256(content) }, overProperties]
    return { over, signature: await craft({ references, objects: properties(), document: over }) }
  }

  it('is bounded in size and in ratio', async () => {
    const content = Buffer.alloc(3 * 1024 * 1024, 'a')
    const { over, signature } = await signedBomb(content, deflateRawSync(content))
    expect(await reasons(over, { signature })).toEqual(['xml-signature.transform'])
    expect(await reasons(over, { signature, inflate: { maxRatio: 2000 } })).toEqual([])
    expect(await reasons(over, { signature, inflate: { maxRatio: 2000, maxBytes: 1024 } })).toEqual([
      'xml-signature.transform',
    ])
  })

  it('never brings a document type in', async () => {
    const over = `<Blob Id="_b1">${Buffer.from('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>').toString('base64')}</Blob>`
    const transforms = transform(base64Uri) + transform(excC14n)
    const references = [{ uri: '#_b1', transforms, digest: sha256('<a>c</a>') }, overProperties]
    expect(await crafted({ references }, {}, over)).toEqual(['xml-signature.structure'])
  })
})

describe('signed properties', () => {
  it.each<[string, Partial<Crafted>, string]>([
    ['of another signature', { objects: properties({ target: '#other' }) }, 'properties'],
    ['that stand twice', { objects: properties() + properties({ id: 'more' }) }, 'structure'],
    ['without their type', { references: [overA, { uri: '#props' }] }, 'properties'],
    ['that nothing covers', { references: [overA] }, 'properties'],
    [
      'with two signing times',
      { objects: properties({ times: ['2026-06-15T10:00:00Z', '2026-06-15T10:00:00Z'] }) },
      'signing-time',
    ],
    ['with a time of words', { objects: properties({ times: ['today'] }) }, 'signing-time'],
    ['with an impossible time', { objects: properties({ times: ['2026-02-30T25:00:00Z'] }) }, 'signing-time'],
    ['with a time to come', { objects: properties({ times: ['2026-06-15T10:05:01Z'] }) }, 'signing-time'],
    ['without certificate', { objects: properties({ certificates: '' }) }, 'properties'],
    [
      'about another certificate',
      { objects: properties({ certificates: signingCertificate({ digest: sha256('x') }) }) },
      'properties',
    ],
    [
      'with another serial number',
      { objects: properties({ certificates: signingCertificate({ serial: '1' }) }) },
      'properties',
    ],
    [
      'with no serial number',
      { objects: properties({ certificates: signingCertificate({ serial: 'x' }) }) },
      'properties',
    ],
    [
      'with another issuer',
      { objects: properties({ certificates: signingCertificate({ issuer: 'CN=Other' }) }) },
      'properties',
    ],
    [
      'with one right and one wrong certificate',
      {
        objects: properties({
          certificates:
            signingCertificate() + signingCertificate({ local: 'SigningCertificateV2', digest: sha256('x') }),
        }),
      },
      'properties',
    ],
  ])('%s are refused', async (_, options, reason) => {
    expect(await crafted(options)).toEqual([`xml-signature.${reason}`])
  })

  it.each([
    ['a time with an offset', { times: ['2026-06-15T12:00:00.5+02:00'] }],
    ['a time within the clock skew', { times: ['2026-06-15T10:04:59Z'] }],
    ['SigningCertificateV2', { certificates: signingCertificate({ local: 'SigningCertificateV2' }) }],
    [
      'both generations',
      { certificates: signingCertificate() + signingCertificate({ local: 'SigningCertificateV2' }) },
    ],
    [
      'an issuer with blanks',
      { certificates: signingCertificate({ issuer: 'C=BE, O=SDK test  vectors A, CN=issuing CA' }) },
    ],
    [
      'an issuer in encoded order',
      { certificates: signingCertificate({ issuer: 'CN=Issuing CA,O=SDK test vectors A,C=BE' }) },
    ],
    [
      'an issuer in quotes',
      { certificates: signingCertificate({ issuer: 'C=BE; O="SDK test vectors A"; CN="Issuing CA"' }) },
    ],
    [
      'an issuer with numbers',
      {
        certificates: signingCertificate({
          issuer: '2.5.4.6=BE,OID.2.5.4.10=SDK test vectors A,CN=Issuing\\20CA',
        }),
      },
    ],
    [
      'an issuer in hexadecimal',
      { certificates: signingCertificate({ issuer: 'C=#13024245,O=SDK test vectors A,CN=Issuing CA' }) },
    ],
  ])('with %s are read', async (_, how) => {
    expect(await crafted({ objects: properties(how) })).toEqual([])
  })

  it('without zone are taken for UTC, which is told', async () => {
    const objects = properties({ times: ['2026-06-15T10:00:00'] })
    const signature = await craft({ references: [overA, overProperties], objects, document })
    const { errors, warnings, signatures } = await verify(document, { signature })
    expect(errors).toEqual([])
    expect(warnings.map(({ reason }) => reason)).toContain('xml-signature.signing-time')
    expect(signatures[0]!.signingTime).toEqual(at)
  })

  it('of several signatures may share an identifier', async () => {
    const make = (id: string) =>
      craft({ references: [overA, overProperties], objects: properties({ target: `#${id}` }), document, id })
    const both = document.replace('</d>', `${await make('one')}${await make('two')}</d>`)
    const report = await verify(both, { mustCover: '_a1' })
    expect(report).toMatchObject({ valid: true, signatures: [{ id: 'one' }, { id: 'two' }] })
  })
})

describe('signers', () => {
  it.each([
    ['HMAC', `${ds}hmac-sha1`],
    ['DSA', `${ds}dsa-sha1`],
    ['MD5', 'http://www.w3.org/2001/04/xmldsig-more#rsa-md5'],
    ['SHA-1', `${ds}rsa-sha1`],
  ])('with %s are refused', async (_, signatureMethod) => {
    expect(await crafted({ signatureMethod })).toEqual(['xml-signature.algorithm'])
  })

  it('with an algorithm of another kind of key are refused', async () => {
    const signatureMethod = 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256'
    expect(await crafted({ signatureMethod })).toEqual(['xml-signature.invalid'])
  })

  it('who send no certificate are found among those given, and then must be trusted', async () => {
    const signer = credential('signer-rsa')
    const certificates = [signer.certificate, ...signer.chain]
    const keyInfo = '<ds:KeyName>me</ds:KeyName>'
    expect(await crafted({ keyInfo }, { certificates })).toEqual([])
    expect(await crafted({ keyInfo }, { trust: [signer.certificate] })).toEqual([])
    expect(await crafted({ keyInfo }, { certificates, trust: [] })).toEqual(['xml-signature.untrusted'])
  })

  it('are not looked for among hundreds of certificates', async () => {
    const der = Buffer.from(trust[0]!.der).toString('base64')
    const keyInfo = `<ds:X509Data>${`<ds:X509Certificate>${der}</ds:X509Certificate>`.repeat(21)}</ds:X509Data>`
    expect(await crafted({ keyInfo })).toEqual(['xml-signature.structure'])
  })

  it.each([
    ['require', ['xml-signature.revocation-unknown'], []],
    ['prefer', [], ['xml-signature.revocation-unknown']],
    ['off', [], []],
  ] as const)('whose status nobody knows, under the policy %s', async (policy, errors, warnings) => {
    const asked: string[] = []
    const revocation = createRevocationChecker({
      policy,
      fetch: ({ url }) => {
        asked.push(String(url))
        return Promise.reject(new EHealthError('revocation.unavailable', 'nobody there'))
      },
    })
    const signature = await craft({ references: [overA, overProperties], objects: properties(), document })
    const report = await verify(document, { signature, revocation })
    expect(report.errors.map(({ reason }) => reason)).toEqual(errors)
    expect(report.warnings.map(({ reason }) => reason)).toEqual(warnings)
    expect(asked.length > 0).toBe(policy !== 'off')
  })

  it('are not asked about without a checker, which is told', async () => {
    const signature = await craft({ references: [overA, overProperties], objects: properties(), document })
    expect((await verify(document, { signature })).warnings).toMatchObject([
      { code: 'CERTIFICATE_STATUS_UNKNOWN' },
    ])
  })
})

describe('documents', () => {
  it('without signature, with rubbish as one, and with too many', async () => {
    expect(await reasons(document)).toEqual(['xml-signature.missing'])
    expect(await reasons(document, { signature: document })).toEqual(['xml-signature.missing'])
    expect(await reasons(document, { signature: 'rubbish' })).toEqual(['xml-signature.structure'])
    const empty = `<ds:Signature xmlns:ds="${ds}"/>`
    expect(await reasons(document, { signature: empty })).toEqual(['xml-signature.structure'])
    expect(await reasons(`<d>${empty.repeat(31)}</d>`)).toEqual(['xml-signature.structure'])
    expect(await reasons(document, { signature: parseXml(document).root })).toEqual([
      'xml-signature.structure',
    ])
  })

  it('cut short anywhere, or changed anywhere, are never valid with other content', async () => {
    const file = index.verify.find(({ id }) => id === 'enveloped-xades-t')!
    const whole = text(file.document)
    const options = { mustCover: '_ra-a-1', level: 'xades-t' as const }
    const sound = await verify(whole, options)
    const signed = Buffer.from(sound.covers[0]!.octets())
    expect(sound.valid).toBe(true)
    const judged = { valid: 0, invalid: 0 }
    for (let position = 7; position < whole.length; position += 31) {
      expect((await verify(whole.slice(0, position), options)).valid).toBe(false)
      const other = whole[position] === 'A' ? 'B' : 'A'
      const report = await verify(whole.slice(0, position) + other + whole.slice(position + 1), options)
      if (report.valid) {
        expect(Buffer.from(report.covers[0]!.octets())).toEqual(signed)
        expect(report.signatures[0]!.signer!.equals(sound.signatures[0]!.signer!)).toBe(true)
      }
      judged[report.valid ? 'valid' : 'invalid']++
    }
    // further certificates in KeyInfo, and what is unsigned beside the token, prove nothing and may change
    expect(judged.invalid).toBeGreaterThan(judged.valid)
  })

  it('are judged by the clock of the runtime', async () => {
    const signed = await signXml(document, {
      ...{ credential: credential('signer-rsa'), id: '_a1' },
      runtime: { now: () => at, uuid: () => '00000000-0000-4000-8000-000000000001' },
    })
    const judge = (now: Date) =>
      verifyXml(document, { trust, signature: signed.xml, runtime: { now: () => now } })
    expect((await judge(at)).valid).toBe(true)
    expect((await judge(new Date('2045-01-01'))).errors).toMatchObject([{ code: 'CERTIFICATE_EXPIRED' }])
  })

  it.each<[Partial<VerifyXmlOptions>, string]>([
    [{ trust: undefined }, 'trust'],
    [{ level: 'xades-a' as 'xades' }, 'level'],
    [{ at: new Date('noon') }, 'at'],
    [{ clockSkew: -1 }, 'clockSkew'],
    [{ manifests: 'maybe' as 'follow' }, 'manifests'],
    [{ covers: '_a1' } as object, 'covers'],
  ])('with options %j that say nothing are not judged', async (options, path) => {
    await expect(verify(bytes('must-verify/ra-enveloped.document.xml'), options)).rejects.toMatchObject({
      code: 'xml-signature.options',
      path,
    })
  })
})
