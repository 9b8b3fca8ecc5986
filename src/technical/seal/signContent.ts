/**
 * Signed content that is not encrypted: one SignedData around it, for proofs that somebody else opens
 * (spec consent-therlink-hub §3.5).
 */
import { createHash } from 'node:crypto'

import { Asn1Error } from '../asn1/index.js'
import { EHealthError } from '../../errors.js'
import type { Runtime } from '../environment/runtime.js'
import type { Credential } from '../keystore/credential.js'
import type { Certificate } from '../pki/certificate.js'
import { publicKeyOf, verifySigner } from './cms/signature.js'
import { contentOf } from './cms/signedContent.js'
import { findCertificate, readSignedData } from './cms/signedData.js'
import { CmsError } from './cms/structure.js'
import { signedDataFrame } from './cms/write.js'
import { signerOf } from './signer.js'

/**
 * Signs content with the content inside, in DER: RSASSA-PKCS1-v1_5 for RSA keys, ECDSA for EC keys, SHA-256 both. The
 * chain of the credential goes along.
 *
 * @throws EHealthError `seal.unsupported-key`, `certificate.expired`, `certificate.not-yet-valid`,
 * `certificate.key-usage`
 */
export async function signContent(
  content: Uint8Array,
  credential: Credential,
  { now }: Pick<Runtime, 'now'>,
  path = 'credential',
): Promise<Uint8Array> {
  const signer = signerOf(credential, credential.keyType === 'rsa' ? 'EID' : 'ECDSA', now(), path)
  const info = await signer.sign(createHash('sha256').update(content).digest(), [])
  const { before, after } = signedDataFrame(
    { named: signer.named, info, certificates: signer.chain },
    content.length,
  )
  return Buffer.concat([before, content, after])
}

/** What a signed content says once its signature was found sound; whether the signer is trusted is not judged. */
export interface OpenedContent {
  readonly content: Uint8Array
  readonly signer: Certificate
  readonly certificates: readonly Certificate[]
}

/**
 * Opens signed content of one signer who sent his certificate.
 *
 * @throws EHealthError `signature.structure` (not such a structure), `signature.invalid`
 */
export function openSignedContent(bytes: Uint8Array): OpenedContent {
  const { contentType, content, signers, certificates } = readable(() => readSignedData(bytes))
  const [signer, ...more] = signers
  const sent = readable(() => certificates())
  if (content === undefined || signer === undefined || more.length > 0) throw malformed()
  const certificate = findCertificate(signer.sid, sent)
  if (certificate === undefined) throw malformed()
  const verdict = verifySigner(signer, contentOf(contentType, content), publicKeyOf(certificate))
  if (verdict !== 'valid')
    throw new EHealthError('signature.invalid', 'the signed content is not what its signer signed')
  return { content, signer: certificate, certificates: sent }
}

function readable<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof CmsError || error instanceof Asn1Error) throw malformed(error)
    throw error
  }
}

const malformed = (cause?: unknown): EHealthError =>
  new EHealthError('signature.structure', 'not signed content of one signer', { cause })
