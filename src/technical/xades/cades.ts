/** Signatures over octets: CMS SignedData, which the platform calls CAdES (spec xml-signature §8). */
import { createHash } from 'node:crypto'

import { EHealthError } from '../../errors.js'
import { Asn1Error } from '../asn1/index.js'
import { systemRuntime, type Runtime } from '../environment/runtime.js'
import type { Credential } from '../keystore/credential.js'
import { digestName, publicKeyOf } from '../pki/verifyBytes.js'
import type { Certificate } from '../pki/certificate.js'
import { attributes } from '../seal/cms/identifiers.js'
import { claimedSigningTime, verifySigner } from '../seal/cms/signature.js'
import { contentOf } from '../seal/cms/signedContent.js'
import { findCertificate, readSignedData, type SignedData, type SignerInfo } from '../seal/cms/signedData.js'
import { namesCertificate } from '../seal/cms/signingCertificate.js'
import { CmsError } from '../seal/cms/structure.js'
import { detachedSignedData } from '../seal/cms/write.js'
import { signContent } from '../seal/signContent.js'
import { signerOf } from '../seal/signer.js'
import { signatureTimestamps } from '../seal/timestampToken.js'
import { finding, findings, type XmlSignatureFinding } from './findings.js'
import { judgeSigner } from './judgeSigner.js'
import { judgeTokens } from './judgeTimestamps.js'
import { checkVerifyOptions, type VerifyXmlOptions } from './verifyOptions.js'

/** Options of {@link signCades}. */
export interface SignCadesOptions {
  credential: Credential
  /** Whether the content is left out of the signature; true. */
  detached?: boolean
  runtime?: Pick<Runtime, 'now'>
}

/**
 * Signs octets: CMS SignedData in DER, with the signing time, SHA-256 and the chain of the credential.
 *
 * @throws EHealthError `seal.unsupported-key`, `certificate.expired`, `certificate.not-yet-valid`,
 *   `certificate.key-usage`; what the credential throws
 *
 * @example
 * ```ts
 * import { signCades, verifyCades } from 'ehealth-connectors/xml-signature'
 *
 * const signature = await signCades(letter, { credential })
 * const { valid } = await verifyCades(signature, { trust, content: letter })
 * ```
 */
export async function signCades(content: Uint8Array, options: SignCadesOptions): Promise<Uint8Array> {
  const { credential, detached = true, runtime = systemRuntime } = options
  if (!detached) return signContent(content, credential, runtime)
  const signer = signerOf(
    credential,
    credential.keyType === 'rsa' ? 'EID' : 'ECDSA',
    runtime.now(),
    'credential',
  )
  const info = await signer.sign(createHash('sha256').update(content).digest(), [])
  return detachedSignedData({ named: signer.named, info, certificates: signer.chain })
}

/** Options of {@link verifyCades}: those of XML signatures that are about signers, and the content. */
export interface VerifyCadesOptions extends Pick<
  VerifyXmlOptions,
  | 'trust'
  | 'certificates'
  | 'timestampAuthorities'
  | 'at'
  | 'revocation'
  | 'expiredSigner'
  | 'clockSkew'
  | 'runtime'
> {
  /** What must have been signed; needed for a detached signature, compared with what is inside of another one. */
  content?: Uint8Array
  /** SHA-1 is accepted with a warning, since proofs by the official connector have it; `false` refuses it. */
  allowSha1?: boolean
}

/** What {@link verifyCades} found. */
export interface CadesVerification {
  /** No errors. */
  valid: boolean
  errors: XmlSignatureFinding[]
  warnings: XmlSignatureFinding[]
  /** One for each signer, trusted or not. */
  signers: readonly CadesSigner[]
  /** What was signed, as far as the signature is valid. */
  content?: Uint8Array
}

/** A signer. */
export interface CadesSigner {
  certificate: Certificate
  /** Leaf first, anchor last; absent when there is none. */
  path?: readonly Certificate[]
  /** Claimed. */
  signingTime?: Date
  /** Times of the trusted time stamps, earliest first. */
  timestamps: readonly Date[]
}

const fiveMinutes = 5 * 60 * 1000
const mostSigners = 10

/**
 * Judges a CMS SignedData, in DER or BER. What is wrong with it is in the report; nothing is thrown for it.
 *
 * @throws EHealthError `xml-signature.options`
 */
export async function verifyCades(
  signature: Uint8Array,
  options: VerifyCadesOptions,
): Promise<CadesVerification> {
  const { content: given, ...rest } = options
  checkVerifyOptions(rest)
  const errors = findings()
  const warnings = findings()
  const signers: CadesSigner[] = []
  const signed = readable(signature)
  const report = (content?: Uint8Array): CadesVerification => ({
    valid: errors.list.length === 0,
    errors: errors.list,
    warnings: warnings.list,
    signers,
    ...(content === undefined || errors.list.length > 0 ? {} : { content }),
  })
  if (signed === undefined) {
    errors.add(finding('xml-signature.structure', 'not a SignedData that can be read'))
    return report()
  }
  const content = signed.content ?? given
  if (content === undefined) {
    errors.add(finding('xml-signature.coverage', 'the signature is detached, and no content was given'))
    return report()
  }
  if (given !== undefined && Buffer.compare(given, content) !== 0)
    errors.add(finding('xml-signature.coverage', 'the signature is about other content than the one given'))
  if (signed.signers.length === 0) errors.add(finding('xml-signature.missing', 'nobody has signed'))
  if (signed.signers.length > mostSigners) errors.add(finding('xml-signature.structure', 'too many signers'))
  else
    for (const signer of signed.signers) {
      const judged = await judgeOne(signer, { ...signed, content }, options)
      errors.add(...judged.errors)
      warnings.add(...judged.warnings)
      if (judged.signer !== undefined) signers.push(judged.signer)
    }
  return report(content)
}

type Readable = Omit<SignedData, 'certificates'> & { sent: readonly Certificate[] }

function readable(bytes: Uint8Array): Readable | undefined {
  try {
    const { certificates, ...signed } = readSignedData(bytes)
    return { ...signed, sent: certificates() }
  } catch (error) {
    if (error instanceof CmsError || error instanceof Asn1Error || error instanceof EHealthError)
      return undefined
    throw error
  }
}

interface JudgedOne {
  errors: XmlSignatureFinding[]
  warnings: XmlSignatureFinding[]
  signer?: CadesSigner
}

async function judgeOne(
  signer: SignerInfo,
  signed: Readable & { content: Uint8Array },
  options: VerifyCadesOptions,
): Promise<JudgedOne> {
  const { trust, timestampAuthorities = trust, clockSkew = fiveMinutes, allowSha1 = true } = options
  const now = options.at ?? (options.runtime ?? systemRuntime).now()
  const judged: JudgedOne = { errors: [], warnings: [] }
  const known = [...signed.sent, ...(options.certificates ?? [])]
  const certificate = findCertificate(signer.sid, [...known, ...trust])
  if (certificate === undefined) {
    judged.errors.push(
      finding('xml-signature.signer', 'the signature comes without a certificate of its signer'),
    )
    return judged
  }
  if (digestName(signer.digestAlgorithm.oid) === 'sha1')
    (allowSha1 ? judged.warnings : judged.errors).push(
      finding('xml-signature.algorithm', 'the signature rests on SHA-1'),
    )
  const verdict = verifySigner(
    signer,
    contentOf(signed.contentType, signed.content),
    publicKeyOf(certificate),
  )
  if (verdict !== 'valid')
    judged.errors.push(
      verdict === 'broken'
        ? finding('xml-signature.digest', 'the content is not what was signed')
        : finding('xml-signature.invalid', 'the signature value does not verify with the certificate'),
    )
  if (claimsCertificate(signer) && !namesCertificate(signer, certificate))
    judged.errors.push(
      finding('xml-signature.properties', 'the properties do not name the certificate of the signer'),
    )
  const signingTime = claimedSigningTime(signer)
  const stamps = await judgeTokens(signatureTimestamps(signer), signer.signature, {
    anchors: timestampAuthorities,
    certificates: known,
    now,
    clockSkew,
    allowSha1: false,
  })
  judged.errors.push(...stamps.errors)
  const trusted = await judgeSigner(certificate, {
    now,
    claimed: signingTime,
    stamped: verdict === 'valid' ? stamps.times[0] : undefined,
    intermediates: known,
    anchors: trust,
    revocation: options.revocation,
    ocspValues: [],
    expiredSigner: options.expiredSigner ?? 'refuse',
  })
  judged.errors.push(...trusted.errors)
  judged.warnings.push(...trusted.warnings)
  judged.signer = {
    certificate,
    ...(trusted.path === undefined ? {} : { path: trusted.path }),
    ...(signingTime === undefined ? {} : { signingTime }),
    timestamps: stamps.times,
  }
  return judged
}

const claimsCertificate = ({ signedAttributes }: SignerInfo): boolean =>
  signedAttributes !== undefined &&
  (signedAttributes.values.has(attributes.signingCertificate) ||
    signedAttributes.values.has(attributes.signingCertificateV2))
