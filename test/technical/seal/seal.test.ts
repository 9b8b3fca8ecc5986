import { randomBytes } from 'node:crypto'

import { describe, expect, it } from 'vitest'

import { readSignedData } from '../../../src/technical/seal/cms/signedData.js'
import { readEnvelopedData } from '../../../src/technical/seal/cms/envelopedData.js'
import { readToken } from '../../../src/technical/etk/token.js'
import { der, readAsn1 } from '../../../src/technical/asn1/index.js'
import {
  readRecipients,
  seal,
  unseal,
  unsealReport,
  type Recipient,
  type VerifiedToken,
} from '../../../src/technical/seal/index.js'
import { Certificate } from '../../../src/technical/pki/certificate.js'
import { hospital, opening, organisation, person, runtime, sender, tokenOf, vectors } from './messages.js'

const credential = sender.authentication
const recipients = [tokenOf('recipient-a')]
const secretKey = vectors.secretKey('key-128')
const code = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'no error',
    (error: unknown) => String((error as { code: unknown }).code),
  )

describe('what is sealed can be unsealed', () => {
  for (const size of [0, 1, 15, 16, 17, 1000, 1 << 20])
    it(`${size} octets`, async () => {
      const content = randomBytes(size)
      const { content: opened, ...rest } = await unseal(
        await seal(content, { credential, recipients, runtime }),
        opening,
      )
      expect(Buffer.compare(opened, content)).toBe(0)
      expect(rest).toMatchObject({ errors: [], warnings: [], signingTime: runtime.now() })
      expect(rest.author).toMatchObject({ type: 'SSIN', value: '90010199794' })
      expect(rest.senderCertificate?.equals(credential.certificate)).toBe(true)
    })

  it('by each of three recipients and by nobody else', async () => {
    const tokens = ['recipient-a', 'recipient-b', 'recipient-c'].map(tokenOf)
    const sealed = await seal(Buffer.from('x'), { credential, recipients: tokens, runtime })
    for (const { decryptionKeys: keys } of [hospital, organisation, person])
      expect(Buffer.from((await unseal(sealed, { ...opening, keys })).content).toString()).toBe('x')
    expect(await code(unseal(sealed, { ...opening, keys: sender.decryptionKeys }))).toBe(
      'unseal.not-addressed',
    )
  })

  it('by the last one of a hundred recipients', async () => {
    const others = Array.from({ length: 99 }, (_, i) => withSerial(tokenOf('recipient-c'), BigInt(i + 1)))
    const sealed = await seal(Buffer.from('x'), {
      credential,
      recipients: [...others, ...recipients],
      runtime,
    })
    expect(readRecipients(sealed).serialNumbers).toHaveLength(100)
    expect(Buffer.from((await unseal(sealed, opening)).content).toString()).toBe('x')
  })

  it('with a secret key, whose identifier everybody can read', async () => {
    const sealed = await seal(Buffer.from('x'), { credential, secretKey, runtime })
    expect(readRecipients(sealed)).toEqual({
      serialNumbers: [],
      keyIdentifiers: [],
      secretKeyIds: [secretKey.id],
    })
    const opened = await unseal(sealed, { secretKey: secretKey.key, trust: vectors.trust, now: runtime })
    expect(Buffer.from(opened.content).toString()).toBe('x')
    const wrong = vectors.secretKey('key-wrong')
    expect(await code(unseal(sealed, { secretKey: wrong, trust: vectors.trust, now: runtime }))).toBe(
      'unseal.not-addressed',
    )
  })

  it('by private key or by secret key when it is sealed for both', async () => {
    const sealed = await seal(Buffer.from('x'), { credential, recipients, secretKey, runtime })
    expect(Buffer.from((await unseal(sealed, opening)).content).toString()).toBe('x')
    const both = { ...opening, secretKey }
    expect(Buffer.from((await unseal(sealed, both)).content).toString()).toBe('x')
    const addressed = await seal(Buffer.from('y'), { credential, recipients, runtime })
    expect(Buffer.from((await unseal(addressed, both)).content).toString()).toBe('y')
  })

  it('with non-repudiation by the two certificates of an eID', async () => {
    const eid = await Promise.all(
      ['Authentication', 'Signature'].map(
        async (alias) => (await vectors.keystore('eid-like', alias)).authentication,
      ),
    )
    const [authentication, signature] = [eid[0]!, eid[1]!]
    const policy = 'EID'
    const sealed = await seal(Buffer.from('x'), {
      credential: authentication,
      author: signature,
      recipients,
      policy,
      runtime,
    })
    const opened = await unseal(sealed, { ...opening, nonRepudiation: true })
    expect(opened.authorCertificate?.equals(signature.certificate)).toBe(true)
    expect(opened.senderCertificate?.equals(authentication.certificate)).toBe(true)
    const plain = await seal(Buffer.from('x'), { credential: authentication, recipients, policy, runtime })
    const report = await unsealReport(plain, { ...opening, nonRepudiation: true })
    expect(report).toMatchObject({ accepted: false, errors: ['INNER_CERTIFICATE_HAS_INVALID_KEYUSAGE'] })
  })

  it('with an OCSP response sent along for readers that demand one', async () => {
    const official = readSignedData(vectors.read('sealed/ocsp-good/kib.cms'))
    const values = official.signers[0]!.unsignedAttributes.get('1.2.840.113549.1.9.16.2.24')![0]![0]!
    const response = values.at(0).at(0).at(0).raw
    const demanding = { ...opening, ocsp: 'sender-mandatory' } as const
    const sealed = await seal(Buffer.from('x'), {
      credential,
      recipients,
      runtime,
      ocspResponses: [response],
    })
    expect((await unseal(sealed, demanding)).warnings).toEqual([])
    const without = await seal(Buffer.from('x'), { credential, recipients, runtime })
    expect((await unsealReport(without, demanding)).errors).toEqual([
      'OCSP_NOT_EMBEDDED',
      'OUTER_CERTIFICATE_STATUS_UNKNOWN',
    ])
  })
})

describe('what is written', () => {
  it('has the structure of the official library, field by field', async () => {
    for (const [file, options] of [
      ['sealed/one-recipient/kib.cms', { recipients }],
      ['sealed/secret-key/kib.cms', { secretKey }],
      ['sealed/mixed/kib.cms', { recipients, secretKey }],
    ] as const) {
      const ours = await seal(vectors.read('plain/kib.bin'), { credential, runtime, ...options })
      expect(shapeOf(ours)).toEqual(shapeOf(vectors.read(file)))
    }
  })

  it('is DER throughout, with the empty unsigned attributes of the official library at the end', async () => {
    const sealed = Buffer.from(await seal(Buffer.from('x'), { credential, recipients, runtime }))
    expect(sealed.subarray(-2).toString('hex')).toBe('a100')
    expect(isDefinite(readAsn1(sealed))).toBe(true)
  })

  it('has the same recipients in the same order, however they were given', async () => {
    const tokens = ['recipient-a', 'recipient-b', 'recipient-c'].map(tokenOf)
    const one = await seal(Buffer.from('x'), { credential, recipients: tokens, runtime })
    const other = await seal(Buffer.from('x'), { credential, recipients: [...tokens].reverse(), runtime })
    expect(readRecipients(other)).toEqual(readRecipients(one))
  })

  it('names a recipient once, however often he was given', async () => {
    const own = hospital.decryptionKeys[0]!.certificate
    const sealed = await seal(Buffer.from('x'), {
      credential,
      recipients: [...recipients, own, own],
      runtime,
    })
    expect(readRecipients(sealed).serialNumbers).toEqual([own.serialNumber])
  })

  it('never uses a content key or vector twice', async () => {
    const first = await seal(Buffer.from('x'), { credential, secretKey, runtime })
    const second = await seal(Buffer.from('x'), { credential, secretKey, runtime })
    const [a, b] = [first, second].map((sealed) => readEnvelopedData(readSignedData(sealed).content!))
    expect(Buffer.compare(a!.encryptedContent, b!.encryptedContent)).not.toBe(0)
    expect(
      Buffer.compare(a!.contentAlgorithm.parameters!.content, b!.contentAlgorithm.parameters!.content),
    ).not.toBe(0)
  })
})

describe('what cannot be sealed', () => {
  const content = Buffer.from('x')
  const base = { credential, recipients, runtime }

  it('a message for nobody', async () => {
    expect(await code(seal(content, { credential, runtime }))).toBe('seal.no-recipient')
    expect(await code(seal(content, { ...base, recipients: [] }))).toBe('seal.no-recipient')
  })

  it('a message with a secret key of another length, or without identifier', async () => {
    const { id, key } = vectors.secretKey('key-256')
    expect(await code(seal(content, { ...base, secretKey: { id, key } }))).toBe('seal.secret-key')
    expect(await code(seal(content, { ...base, secretKey: { id: '', key: secretKey.key } }))).toBe(
      'seal.secret-key',
    )
  })

  it('a message for an EC key, since no format for it exists', async () => {
    const token = readToken(vectors.read('etk/ec-p384.etk'))
    expect(
      await code(
        seal(content, { ...base, recipients: [{ ...token, verified: { at: runtime.now(), warnings: [] } }] }),
      ),
    ).toBe('etk.unsupported-key')
  })

  it('a message for a token that was not verified', async () => {
    const token = readToken(vectors.read('etk/recipient-a.etk')) as Recipient
    expect(await code(seal(content, { ...base, recipients: [token] }))).toBe('etk.untrusted')
  })

  it('a message for an encryption key that has ended', async () => {
    const token = {
      ...readToken(vectors.read('etk/expired-enc.etk')),
      verified: { at: runtime.now(), warnings: [] },
    }
    expect(await code(seal(content, { ...base, recipients: [token] }))).toBe('etk.expired')
  })

  it('a message for a certificate that is not one for encryption', async () => {
    const issuing = vectors.certificate('issuing-ca')
    expect(await code(seal(content, { ...base, recipients: [issuing] }))).toBe('certificate.key-usage')
  })

  it('a message signed by an EC key, which no reader accepts', async () => {
    const { authentication } = await vectors.keystore('ec-p384')
    expect(await code(seal(content, { ...base, credential: authentication }))).toBe('seal.unsupported-key')
  })

  it('a message by a certificate that is not valid now', async () => {
    const at = (year: string): typeof runtime => ({
      ...runtime,
      now: () => new Date(`${year}-06-01T00:00:00Z`),
    })
    expect(await code(seal(content, { credential, secretKey, runtime: at('2060') }))).toBe(
      'certificate.expired',
    )
    expect(await code(seal(content, { credential, secretKey, runtime: at('2010') }))).toBe(
      'certificate.not-yet-valid',
    )
  })
})

/** The token with another serial number in its encryption certificate (its signature is then nobody's). */
function withSerial(token: VerifiedToken, serialNumber: bigint): VerifiedToken {
  const original = token.encryptionCertificate
  const root = readAsn1(original.der)
  const [version, , ...rest] = root.at(0).children
  const tbs = der.sequence(version!.raw, der.integer(serialNumber), ...rest.map(({ raw }) => raw))
  const encryptionCertificate = Certificate.fromDer(der.sequence(tbs, root.at(1).raw, root.at(2).raw))
  return { ...token, encryptionCertificate }
}

function isDefinite(node: ReturnType<typeof readAsn1>): boolean {
  if (node.raw[1] === 0x80) return false
  return !node.constructed || node.children.every(isDefinite)
}

/** Everything of a message but its random and signed octets. */
function shapeOf(sealed: Uint8Array): unknown {
  const signed = readSignedData(sealed)
  const root = readAsn1(sealed, { allowTrailing: true }).at(1).at(0)
  const enveloped = readEnvelopedData(signed.content!)
  const middle = readAsn1(signed.content!).at(1).at(0)
  return {
    version: hex(root.at(0).raw),
    digestAlgorithms: hex(root.at(1).raw),
    contentType: signed.contentType,
    certificates: signed.certificates().map(({ fingerprint }) => fingerprint),
    fields: root.children.length,
    signers: signed.signers.map((signer) => ({
      sid: signer.sid,
      digest: signer.digestAlgorithm.oid,
      algorithm: [signer.signatureAlgorithm.oid, hex(signer.signatureAlgorithm.parameters!.raw)],
      attributes: [...signer.signedAttributes!.values.keys()],
      attributesLength: signer.signedAttributes!.signed.length,
      protection: hex(signer.signedAttributes!.values.get('1.2.840.113549.1.9.52')![0]![0]!.raw),
      signatureLength: signer.signature.length,
    })),
    signerInfo: root.children
      .at(-1)!
      .at(0)
      .children.map(({ tagClass, tag, constructed }) => [tagClass, tag, constructed]),
    unsigned: hex(root.children.at(-1)!.at(0).children.at(-1)!.raw),
    envelopeVersion: hex(middle.at(0).raw),
    envelopeFields: middle.children.length,
    encryptedType: hex(middle.at(2).at(0).raw),
    contentAlgorithm: [enveloped.contentAlgorithm.oid, enveloped.contentAlgorithm.parameters!.content.length],
    contentLength: enveloped.encryptedContent.length > 0,
    recipients: enveloped.recipients.map((recipient) => ({
      ...recipient,
      algorithm: [recipient.algorithm.oid, recipient.algorithm.parameters?.raw],
      encryptedKey: recipient.encryptedKey.length,
    })),
  }
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
