import { generateKeyPairSync } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'

import { describe, expect, it } from 'vitest'

import {
  callbackCredential,
  softwareCredential,
  type Credential,
} from '../../../src/technical/keystore/index.js'
import type { Certificate } from '../../../src/technical/pki/index.js'
import {
  blobTransforms,
  connectorOptions,
  signXml,
  verifyXml,
  wrapInXades,
  type ConnectorSignatureOptions,
  type SignXmlOptions,
  type VerifyXmlOptions,
} from '../../../src/technical/xades/index.js'
import { actor, issue } from '../pki/issue.js'
import { authorityAt } from './authority.js'
import { credential, timestampAuthorities, trust } from './vectors.js'

const at = new Date('2026-06-15T10:00:00.000Z')
let count = 0
const runtime = {
  now: () => at,
  uuid: () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`,
}
const rsa = credential('signer-rsa')
const record = '<?xml version="1.0"?><record xmlns="urn:r"><!-- note --><of>é</of></record>'
const base64 = (data: string | Uint8Array): string => Buffer.from(data).toString('base64')
const blob = `<Blob xmlns="urn:b" Id="_b1">${base64(record)}</Blob>`
const deflated = `<Blob xmlns="urn:b" Id="_b1">${base64(deflateRawSync(record))}</Blob>`
const request = '<r:request xmlns:r="urn:r" xmlns:unused="urn:u" Id="_r1"><r:of>1</r:of><b/></r:request>'

const sign = (document: string, options: Partial<SignXmlOptions>) =>
  signXml(document, { credential: rsa, runtime, ...options })
const verify = (document: string, options: Partial<VerifyXmlOptions> = {}) =>
  verifyXml(document, { trust, timestampAuthorities, at, ...options })
const codes = async (document: string, options: Partial<VerifyXmlOptions> = {}): Promise<string[]> =>
  (await verify(document, options)).errors.map(({ reason }) => reason)

/** A credential of an authority of its own. */
function made(key: Parameters<typeof actor>[1]): { signer: Credential; anchor: Certificate } {
  const root = actor('Root')
  const subject = actor('Signer', key)
  const anchor = issue({ subject: root, issuer: root, ca: true })
  const certificate = issue({ subject, issuer: root })
  return { signer: softwareCredential({ certificate, privateKey: subject.privateKey }), anchor }
}

describe('a detached signature over a blob', () => {
  it.each([
    ['base64', blob, blobTransforms({}), record],
    ['deflated', deflated, blobTransforms({ contentEncoding: 'deflate' }), record],
    [
      'deflated XML',
      deflated,
      blobTransforms({ contentType: 'text/xml', contentEncoding: 'deflate' }),
      '<record xmlns="urn:r"><of>é</of></record>',
    ],
  ] as const)('covers what is in it: %s', async (_, document, transforms, content) => {
    const { xml, signatureId, signingTime } = await sign(document, { id: '_b1', transforms })
    expect(signingTime).toEqual(at)
    const report = await verify(document, { signature: xml, mustCover: '_b1' })
    expect(report.errors).toEqual([])
    expect(report.signatures).toMatchObject([
      { id: signatureId, level: 'xades', valid: true, signingTime: at, signer: rsa.certificate },
    ])
    expect(report.covers).toMatchObject([{ id: '_b1', content: 'text', through: 'signature' }])
    expect(Buffer.from(report.covers[0]!.octets()).toString()).toBe(content)
  })

  it('does not depend on how the blob is compressed, and on nothing else', async () => {
    const transforms = blobTransforms({ contentEncoding: 'deflate' })
    const { xml: signature } = await sign(deflated, { id: '_b1', transforms })
    expect(await codes(blob, { signature })).toEqual([])
    const stored = base64(deflateRawSync(record, { level: 0 }))
    expect(await codes(`<x Id="_b1">${stored}</x>`, { signature })).toEqual([])
    expect(await codes(blob.replace(base64(record), base64(`${record} `)), { signature })).toEqual([
      'xml-signature.digest',
    ])
  })
})

describe('keys, digests and canonicalisations', () => {
  const keys = {
    RSA: generateKeyPairSync('rsa', { modulusLength: 3072 }),
    'P-256': generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    'P-384': generateKeyPairSync('ec', { namedCurve: 'P-384' }),
    'P-521': generateKeyPairSync('ec', { namedCurve: 'P-521' }),
  }
  const digests = ['sha256', 'sha384', 'sha512'] as const
  it.each(Object.keys(keys))('verify with %s', async (name) => {
    const { signer, anchor } = made(keys[name as keyof typeof keys])
    for (const digest of digests)
      for (const canonicalization of ['exc-c14n', 'c14n'] as const)
        for (const place of ['detached', 'enveloped'] as const)
          for (const layout of ['compact', 'connector'] as const) {
            const options = { digest, signatureDigest: digest, canonicalization, place, layout }
            const signed = await sign(request, { ...options, credential: signer, id: '_r1' })
            const report = await verify(place === 'detached' ? request : signed.xml, {
              trust: [anchor],
              mustCover: '_r1',
              ...(place === 'detached' ? { signature: signed.xml } : {}),
            })
            expect(report.errors).toEqual([])
            const uri = new RegExp(`SignatureMethod Algorithm="[^"]*#(rsa|ecdsa)-${digest}"`)
            expect(signed.xml).toMatch(uri)
          }
  })

  it('need no more of a credential than its signature', async () => {
    const asked: string[] = []
    const remote = callbackCredential({
      certificate: rsa.certificate,
      chain: rsa.chain,
      sign: (question) => (asked.push(question.algorithm), rsa.sign(question.algorithm, question.data)),
    })
    const { xml } = await sign(blob, { id: '_b1', credential: remote, signatureDigest: 'sha384' })
    expect(asked).toEqual(['rsa-sha384'])
    expect(await codes(blob, { signature: xml })).toEqual([])
  })
})

describe('a signature inside of its document', () => {
  it('becomes the last child, and changes nothing else', async () => {
    const { xml, signature } = await sign(request, { id: '_r1', place: 'enveloped' })
    expect(xml).toBe(request.replace('</r:request>', `${signature}</r:request>`))
    expect(await codes(xml, { mustCover: '_r1' })).toEqual([])
    expect(await codes(xml.replace('<r:of>1', '<r:of>2'))).toEqual(['xml-signature.digest'])
  })

  it('gives an empty root an end tag', async () => {
    const { xml, signature } = await sign('<r Id="_r1" />', { id: '_r1', place: 'enveloped' })
    expect(xml).toBe(`<r Id="_r1" >${signature}</r>`)
    expect(await codes(xml, { mustCover: '_r1' })).toEqual([])
  })

  it('says UTF-8 where the document came in another encoding', async () => {
    const latin = Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><r Id="_r1">é</r>', 'latin1')
    const { xml } = await signXml(latin, { credential: rsa, runtime, id: '_r1', place: 'enveloped' })
    expect(xml).toContain('<?xml version="1.0" encoding="UTF-8"?><r Id="_r1">é<')
    expect((await verifyXml(Buffer.from(xml), { trust, at, mustCover: '_r1' })).errors).toEqual([])
  })

  it.each([
    ["/*/*[local-name()='b']", '<b/>'],
    ['//b', '<b/>'],
    ['/*/*[1]', '<r:of>'],
    ['/*/*[last()]', '<b/>'],
  ])('stands before the element that %s chooses', async (before, next) => {
    const { xml, signature } = await sign(request, { id: '_r1', place: { before } })
    expect(xml).toContain(`${signature}${next}`)
    expect(await codes(xml, { mustCover: '_r1' })).toEqual([])
  })

  it('stands before the element that a function chooses', async () => {
    const place = { before: ({ local }: { local: string }) => local === 'of' }
    const { xml, signature } = await sign(request, { id: '_r1', place })
    expect(xml).toContain(`${signature}<r:of>`)
  })

  it.each(['/r:request/b', '//nothing', '//*', '/*', 'b', '', '/*/*[position()=1]', '/*/*[0]'])(
    'refuses %s, which chooses no one child of the root',
    async (before) => {
      await expect(sign(request, { id: '_r1', place: { before } })).rejects.toMatchObject({
        code: 'xml-signature.options',
        path: 'place.before',
      })
    },
  )

  it('is wrapped into the Xades of an EncryptedKnownContent', async () => {
    const content = base64('<kmehr/>')
    const known = `<EncryptedKnownContent xmlns="urn:be:cin:encrypted"><BusinessContent id="_c1">${content}</BusinessContent></EncryptedKnownContent>`
    const transforms = ['base64', 'exc-c14n'] as const
    const { xml, signature } = await sign(known, {
      id: '_c1',
      transforms,
      place: 'enveloped',
      wrap: wrapInXades,
    })
    expect(xml).not.toContain('ds:Signature')
    expect(Buffer.from(/<Xades[^>]*>([^<]*)</.exec(xml)![1]!, 'base64').toString()).toContain(signature)
    const report = await verify(xml, { mustCover: '_c1' })
    expect(report).toMatchObject({ valid: true, signatures: [{ level: 'xades' }] })
    expect(await codes(xml.replace(content, base64('<other/>')))).toEqual(['xml-signature.digest'])
  })
})

describe('a time-stamped signature', () => {
  const later = new Date('2026-06-15T10:00:02.000Z')
  it.each(['sha256', 'sha384', 'sha512'] as const)('is stamped with %s, and verifies', async (digest) => {
    const authority = authorityAt(later)
    for (const canonicalization of ['exc-c14n', 'c14n'] as const)
      for (const layout of ['compact', 'connector'] as const) {
        const { xml, timestamp } = await sign(request, {
          ...{ id: '_r1', level: 'xades-t', place: 'enveloped', layout },
          timestamp: { authority, digest, canonicalization },
        })
        expect(timestamp!.length).toBeGreaterThan(1000)
        const report = await verify(xml, { level: 'xades-t', mustCover: '_r1' })
        expect(report).toMatchObject({
          errors: [],
          signatures: [{ level: 'xades-t', timestamps: [later], judgedAt: later }],
        })
      }
    expect(authority.asked.map(({ algorithm }) => algorithm)).toEqual(Array(4).fill(digest))
  })

  it('outlives the certificate of its signer', async () => {
    const { xml } = await sign(request, {
      ...{ id: '_r1', level: 'xades-t', place: 'enveloped' },
      timestamp: { authority: authorityAt(later) },
    })
    const then = new Date('2046-01-01T00:00:00Z')
    expect(await codes(xml, { at: then })).toEqual([])
    const unstamped = await sign(request, { id: '_r1', place: 'enveloped' })
    expect(await codes(unstamped.xml, { at: then })).toEqual(['xml-signature.expired'])
    const read = await verify(unstamped.xml, { at: then, expiredSigner: 'warn' })
    expect(read.valid).toBe(true)
    expect(read.warnings.map(({ code }) => code)).toContain('CERTIFICATE_EXPIRED')
  })

  it('is none without its authority being trusted', async () => {
    const { xml } = await sign(request, {
      ...{ id: '_r1', level: 'xades-t', place: 'enveloped' },
      timestamp: { authority: authorityAt(later) },
    })
    expect(await codes(xml, { timestampAuthorities: [] })).toEqual(['xml-signature.timestamp-invalid'])
  })
})

describe('a manifest', () => {
  const answer = '<answer Id="_a1"><detail>2</detail></answer>'
  const items = [{ id: '_a1' }, { id: '_b1', transforms: ['base64'] as const, document: blob }]

  it('covers elements of several documents, which the verifier has', async () => {
    const { xml: signature } = await sign(answer, { manifest: items })
    const report = await verify(answer, { signature, also: [blob], mustCover: ['_a1', '_b1'] })
    expect(report.errors).toEqual([])
    expect(report.covers.map(({ id, through }) => [id.slice(0, 3), through])).toEqual([
      ['xml', 'signature'],
      ['_a1', 'manifest'],
      ['_b1', 'manifest'],
    ])
  })

  it('names elements around the signature, too', async () => {
    const { xml } = await sign(request, { place: 'enveloped', manifest: [{ id: '_r1' }] })
    expect(await codes(xml, { mustCover: '_r1' })).toEqual([])
    expect(await codes(xml.replace('<r:of>1', '<r:of>2'))).toEqual(['xml-signature.digest'])
  })

  it('tells what was changed, and what is not there', async () => {
    const { xml: signature } = await sign(answer, { manifest: items })
    const other = blob.replace(base64(record), base64('other'))
    expect(await codes(answer, { signature, also: [other] })).toEqual(['xml-signature.digest'])
    const report = await verify(answer, { signature })
    expect(report.errors).toMatchObject([
      { code: 'SIGNATURE_MANIFEST_REFERENCE_NOT_FOUND', reason: 'xml-signature.reference' },
    ])
    const lenient = await verify(answer, { signature, manifests: 'available' })
    expect(lenient.errors).toEqual([])
    expect(lenient.warnings[0]).toMatchObject({ code: 'SIGNATURE_MANIFEST_REFERENCE_NOT_FOUND' })
    expect(await codes(answer, { signature, manifests: 'available', mustCover: '_b1' })).toEqual([
      'xml-signature.coverage',
    ])
    expect(await codes(answer, { signature, manifests: 'ignore', mustCover: '_a1' })).toEqual([
      'xml-signature.coverage',
    ])
  })
})

describe('what cannot be signed', () => {
  it.each<[string, Partial<SignXmlOptions>, string]>([
    ['nothing', {}, 'id'],
    ['a reference', { id: '#_b1' }, 'id'],
    [
      'an unknown transform',
      { id: '_b1', transforms: ['http://www.w3.org/TR/1999/REC-xslt-19991116'] },
      'transforms[0]',
    ],
    ['too many transforms', { id: '_b1', transforms: Array<string>(6).fill('base64') }, 'transforms'],
    ['a detached enveloped signature', { id: '_b1', transforms: ['enveloped'] }, 'transforms'],
    ['a level that does not exist', { id: '_b1', level: 'xades-a' as 'xades' }, 'level'],
    ['XAdES-T without an authority', { id: '_b1', level: 'xades-t' }, 'timestamp'],
    ['a stamped XAdES', { id: '_b1', timestamp: { authority: authorityAt(at) } }, 'timestamp'],
    ['a wrapped detached signature', { id: '_b1', wrap: wrapInXades }, 'wrap'],
    ['an unknown option', { id: '_b1', baseURI: '_b1' } as object, 'baseURI'],
    ['a digest of old', { id: '_b1', digest: 'sha1' as 'sha256' }, 'digest'],
    ['a manifest of nothing', { manifest: [] }, 'id'],
    ['a manifest with a reference', { manifest: [{ id: '#a' }] }, 'manifest[0].id'],
  ])('%s', async (_, options, path) => {
    await expect(sign(blob, options)).rejects.toMatchObject({ code: 'xml-signature.options', path })
  })

  it.each<[string, string, Partial<SignXmlOptions>, string]>([
    ['an element that is not there', blob, { id: '_b2' }, 'xml-signature.reference'],
    [
      'an identifier of two elements',
      '<a Id="_b1"><b ID="_b1"/></a>',
      { id: '_b1' },
      'xml-signature.reference',
    ],
    ['text as base64', '<a Id="_b1">%</a>', { id: '_b1', transforms: ['base64'] }, 'xml-signature.transform'],
    [
      'text as XML',
      '<a Id="_b1">AAAA</a>',
      { id: '_b1', transforms: ['base64', 'exc-c14n'] },
      'xml.malformed',
    ],
    ['an inflated element', blob, { id: '_b1', transforms: ['optional-deflate'] }, 'xml-signature.transform'],
    ['a document type', '<!DOCTYPE a><a Id="_b1"/>', { id: '_b1' }, 'xml.doctype'],
  ])('%s', async (_, document, options, code) => {
    await expect(sign(document, options)).rejects.toMatchObject({ code })
  })

  it('with a certificate that is not valid', async () => {
    const now = new Date('2045-01-01')
    await expect(sign(blob, { id: '_b1', runtime: { ...runtime, now: () => now } })).rejects.toMatchObject({
      code: 'certificate.expired',
    })
  })
})

describe('options of the official connector', () => {
  const base64Uri = 'http://www.w3.org/2000/09/xmldsig#base64'
  it('are not changed, and mean the same', () => {
    const transformerList = Object.freeze([base64Uri])
    expect(connectorOptions({ baseURI: '_b1', transformerList, encapsulate: true })).toEqual({
      id: '_b1',
      transforms: ['base64'],
      digest: 'sha256',
      signatureDigest: 'sha256',
      canonicalization: 'exc-c14n',
      place: 'enveloped',
      stamp: { digest: 'sha256', canonicalization: 'exc-c14n' },
    })
  })

  it.each<[ConnectorSignatureOptions, string]>([
    [{}, 'baseURI'],
    [{ baseURI: 'a', transformerList: [base64Uri, 'x'] }, 'transformerList[1]'],
    [{ baseURI: 'a', digestURI: 'http://www.w3.org/2000/09/xmldsig#sha1' }, 'digestURI'],
    [
      { baseURI: 'a', signatureMethodURI: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' },
      'signatureMethodURI',
    ],
    [{ baseURI: 'a', canonicalizationMethodURI: base64Uri }, 'canonicalizationMethodURI'],
  ])('%j is refused where it says %s', (options, path) => {
    expect(() => connectorOptions(options)).toThrow(
      expect.objectContaining({ code: 'xml-signature.options', path }),
    )
  })
})
