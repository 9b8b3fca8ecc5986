import { createCipheriv, publicEncrypt, constants } from 'node:crypto'

import { describe, expect, it } from 'vitest'

import { EHealthError } from '../../../src/errors.js'
import { der } from '../../../src/technical/asn1/index.js'
import type { Credential } from '../../../src/technical/keystore/index.js'
import type { Certificate } from '../../../src/technical/pki/certificate.js'
import { readSignedData } from '../../../src/technical/seal/cms/signedData.js'
import {
  envelopedDataFrame,
  keyTransRecipient,
  signatureAlgorithms,
  signedAttributes,
  signedDataFrame,
  signerInfo,
  type Frame,
  type SignerInfoFields,
} from '../../../src/technical/seal/cms/write.js'
import { seal, unseal, unsealReport, type UnsealReport } from '../../../src/technical/seal/index.js'
import { createHash } from 'node:crypto'
import { hospital, opening, person, runtime, sender, tokenOf, vectors } from './messages.js'

const root = vectors.certificate('root-ca')
/** Only the root is trusted here, so that the issuing authority in the message matters. */
const strict = { ...opening, trust: [root] }
const credential = sender.authentication
const own = await seal(Buffer.from('Dear colleague'), {
  credential,
  recipients: [tokenOf('recipient-a')],
  runtime,
})
const official = vectors.read('sealed/one-recipient/kib.cms')
const firstGeneration = vectors.read('edge/v1-no-signed-attrs.cms')

/** The octets of the root inside a message prove nothing and are not used: the reader has his own. */
function isInsideRoot(message: Uint8Array, offset: number): boolean {
  const start = Buffer.from(message).indexOf(root.der)
  return start !== -1 && offset >= start && offset < start + root.der.length
}

async function refusalOf(message: Uint8Array): Promise<EHealthError | undefined> {
  try {
    await unseal(message, strict)
    return undefined
  } catch (error) {
    // Anything else than a typed error fails the test.
    if (error instanceof EHealthError && error.family === 'unseal') return error
    throw error
  }
}

describe('a changed message is refused with a typed error', () => {
  for (const { name, message, stride } of [
    { name: 'of this library', message: own, stride: 3 },
    { name: 'of the official library', message: official, stride: 5 },
    { name: 'of the first generation, without signed attributes', message: firstGeneration, stride: 7 },
  ])
    for (const mask of [0x01, 0x20, 0x80])
      it(`one bit (${mask.toString(16)}) at many places of a message ${name}`, async () => {
        expect(await refusalOf(message)).toBeUndefined()
        const accepted: number[] = []
        for (let offset = mask % stride; offset < message.length; offset += stride) {
          if (isInsideRoot(message, offset)) continue
          const changed = Buffer.from(message)
          changed[offset]! ^= mask
          if ((await refusalOf(changed)) === undefined) accepted.push(offset)
        }
        expect(accepted).toEqual([])
      })

  it('cut at many places', async () => {
    for (const message of [own, official])
      for (let length = 0; length < message.length; length += 23)
        expect((await refusalOf(message.subarray(0, length)))?.code).toBe('unseal.malformed')
    expect((await refusalOf(own.subarray(0, -1)))?.code).toBe('unseal.malformed')
  })

  it('with an octet removed or doubled at many places', async () => {
    for (let offset = 0; offset < own.length; offset += 37) {
      if (isInsideRoot(own, offset)) continue
      const removed = Buffer.concat([own.subarray(0, offset), own.subarray(offset + 1)])
      const doubled = Buffer.concat([own.subarray(0, offset + 1), own.subarray(offset)])
      expect(await refusalOf(removed), `removed ${offset}`).toBeDefined()
      expect(await refusalOf(doubled), `doubled ${offset}`).toBeDefined()
    }
  })

  it('with lengths that promise more than any memory has', async () => {
    for (const head of [
      '3084ffffffff',
      '3086ffffffffffff',
      '308affffffffffffffffffff',
      '24800488ffffffffffffffff',
    ])
      expect((await refusalOf(Buffer.concat([Buffer.from(head, 'hex'), own])))?.code).toBe('unseal.malformed')
  })

  it('nested deeper than any message', async () => {
    const deep = Buffer.concat([
      Buffer.alloc(2 * 100_000, Buffer.from('3080', 'hex')),
      Buffer.alloc(2 * 100_000),
    ])
    expect((await refusalOf(deep))?.code).toBe('unseal.malformed')
  })
})

describe('a message put together from parts of others is refused', () => {
  const envelope = readSignedData(own).content!

  it('re-signed by another actor, with and without the certificates of the author', async () => {
    const other = person.authentication
    const resigned = await sign(envelope, other)
    expect((await unsealReport(resigned, opening)).errors).toEqual([
      'INNER_SIGNATURE_DOES_NOT_MATCH_SIGNATURE_CERTIFICATE',
    ])
    const withAuthor = await sign(envelope, other, [
      other.certificate,
      ...other.chain,
      credential.certificate,
    ])
    expect((await unsealReport(withAuthor, opening)).accepted).toBe(false)
  })

  it('carrying the outer signature of another message of the same sender', async () => {
    const second = await seal(Buffer.from('Another'), {
      credential,
      recipients: [tokenOf('recipient-a')],
      runtime,
    })
    const spliced = signedDataFrom(second, envelope)
    expect((await unsealReport(spliced, opening)).errors).toEqual(['OUTER_SIGNATURE_COULD_NOT_BE_VERIFIED'])
  })

  it('with signed attributes passed off as the content of a layer without attributes', async () => {
    // What the sender did sign: the attributes of some message, as a SET.
    const digest = createHash('sha256').update('Dear colleague').digest()
    const attributes = signedAttributes(digest, runtime.now(), signatureAlgorithms['rsa-pss-sha256'])
    const signature = await credential.sign('rsa-pss-sha256', attributes)
    const inner = layerWithoutAttributes(attributes, signature, credential.certificate)
    const report = await unsealReport(await sign(envelopeFor(inner), credential), opening)
    expect(report.errors).toEqual(['INNER_SIGNATURE_COULD_NOT_BE_VERIFIED'])
  })
})

describe('a reader is no oracle', () => {
  const certificate = hospital.decryptionKeys[0]!.certificate

  it('a broken padding, a wrong content key and octets behind the inner message look alike', async () => {
    const inner = await sign(Buffer.from('x'), credential, [])
    const key = Buffer.alloc(16, 7)
    const padded = Buffer.concat([inner, Buffer.alloc(16 - (inner.length % 16), 16 - (inner.length % 16))])
    const brokenPadding = Buffer.from(padded)
    brokenPadding[padded.length - 1] = 0
    const trailing = Buffer.concat([inner, Buffer.from('trailing')])
    const notPkcs1 = publicEncrypt(
      { key: certificate.publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING },
      key,
    )
    const messages = [
      envelopeFor(brokenPadding, { key, padded: true }),
      envelopeFor(trailing, { key }),
      envelopeFor(inner, { key, wrapped: Buffer.alloc(16, 8) }),
      envelopeFor(inner, { key, wrapped: Buffer.alloc(32, 8) }),
      envelopeFor(inner, { key, encryptedKey: notPkcs1 }),
      envelopeFor(inner, { key, encryptedKey: Buffer.alloc(3) }),
      envelopeFor(inner.subarray(0, 500), { key }),
      envelopeFor(Buffer.alloc(0), { key }),
    ]
    const outcomes = new Set<string>()
    for (const envelope of messages) {
      const report: UnsealReport = await unsealReport(await sign(envelope, credential), opening)
      outcomes.add(JSON.stringify(report))
    }
    expect([...outcomes]).toEqual([
      JSON.stringify({
        accepted: false,
        fatal: 'INNER_SIGNED_DATA_STRUCTURE_INCORRECT',
        errors: [],
        warnings: [],
        code: 'unseal.decryption',
      }),
    ])
    const good = await unseal(await sign(envelopeFor(inner, { key }), credential), opening)
    expect(Buffer.from(good.content).toString()).toBe('x')
  })

  it('a refused report holds nothing of the content', async () => {
    const report = await unsealReport(vectors.read('negative/inner-content-flipped.cms'), opening)
    expect(Object.keys(report).sort()).toEqual(['accepted', 'code', 'errors', 'fatal', 'warnings'])
  })

  it('an error tells names, never content', async () => {
    const changed = Buffer.from(own)
    changed[own.length - 20]! ^= 1
    const error = (await refusalOf(changed))!
    expect(error.toJSON()).toMatchObject({
      code: 'unseal.refused',
      details: { errors: ['OUTER_SIGNATURE_DOES_NOT_MATCH_AUTHENTICATION_CERTIFICATE'], warnings: [] },
    })
    expect(JSON.stringify(error)).not.toContain('colleague')
  })
})

/** A layer by this credential; without `certificates` it carries the whole chain. */
async function sign(
  content: Uint8Array,
  by: Credential,
  certificates?: readonly Certificate[],
): Promise<Buffer> {
  const signatureAlgorithm = signatureAlgorithms['rsa-pss-sha256']
  const attributes = signedAttributes(
    createHash('sha256').update(content).digest(),
    runtime.now(),
    signatureAlgorithm,
  )
  return layer(content, by.certificate, certificates ?? [by.certificate, ...by.chain], {
    signatureAlgorithm,
    signedAttributes: attributes,
    signature: await by.sign('rsa-pss-sha256', attributes),
  })
}

function layer(
  content: Uint8Array,
  signer: Certificate,
  certificates: readonly Certificate[],
  fields: Omit<SignerInfoFields, 'signer' | 'unsignedAttributes'>,
): Buffer {
  const info = signerInfo({ ...fields, signer, unsignedAttributes: [] })
  return framed(signedDataFrame({ named: signer, info, certificates }, content.length), content)
}

const framed = ({ before, after }: Frame, content: Uint8Array): Buffer =>
  Buffer.concat([before, content, after])

/** The envelope under the outer signature of another message. */
function signedDataFrom(other: Uint8Array, content: Uint8Array): Buffer {
  const parsed = readSignedData(other)
  const [signer] = parsed.signers
  return layer(content, credential.certificate, parsed.certificates(), {
    signatureAlgorithm: signatureAlgorithms['rsa-pss-sha256'],
    signedAttributes: signer!.signedAttributes!.signed,
    signature: signer!.signature,
  })
}

/** SignedData without signed attributes, as of the first generation. */
function layerWithoutAttributes(content: Uint8Array, signature: Uint8Array, by: Certificate): Buffer {
  const [signedDataOid, dataOid] = ['1.2.840.113549.1.7.2', '1.2.840.113549.1.7.1'].map((oid) =>
    der.objectIdentifier(oid),
  )
  const sha256 = der.sequence(der.objectIdentifier('2.16.840.1.101.3.4.2.1'), der.nullValue())
  const signer = der.sequence(
    der.integer(1),
    der.sequence(by.issuer.der, der.integer(by.serialNumber)),
    sha256,
    signatureAlgorithms['rsa-pss-sha256'],
    der.octetString(signature),
  )
  const content1 = der.sequence(dataOid!, der.explicit(0, der.octetString(content)))
  const body = der.sequence(der.integer(1), der.setOf(sha256), content1, der.setOf(signer))
  return Buffer.from(der.sequence(signedDataOid!, der.explicit(0, body)))
}

/** EnvelopedData for the hospital, damaged as asked. */
function envelopeFor(
  inner: Uint8Array,
  options: { key?: Buffer; padded?: boolean; wrapped?: Buffer; encryptedKey?: Buffer } = {},
): Buffer {
  const { key = Buffer.alloc(16, 7), padded = false, wrapped = key } = options
  const { certificate } = hospital.decryptionKeys[0]!
  const iv = Buffer.alloc(16, 9)
  const cipher = createCipheriv('aes-128-cbc', key, iv).setAutoPadding(!padded)
  const encrypted = [cipher.update(inner), cipher.final()]
  const encryptedKey =
    options.encryptedKey ??
    publicEncrypt({ key: certificate.publicKey, padding: constants.RSA_PKCS1_PADDING }, wrapped)
  const content = Buffer.concat(encrypted)
  const recipients = [keyTransRecipient(certificate, encryptedKey)]
  return framed(envelopedDataFrame({ version: 0, recipients, iv }, content.length), content)
}
