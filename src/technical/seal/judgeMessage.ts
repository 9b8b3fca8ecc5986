/** The order in which a sealed message is judged (spec etee §4.1). */
import type { KeyObject } from 'node:crypto'

import type { Certificate } from '../pki/certificate.js'
import { readEnvelopedData, type EnvelopedData } from './cms/envelopedData.js'
import { findCertificate } from './cms/signedData.js'
import { CmsError } from './cms/structure.js'
import { decrypt, type OpeningKeys } from './decrypt.js'
import {
  judgeCertificate,
  judgeKeyUsage,
  judgePolicy,
  judgeSignature,
  readLayer,
  type SignedLayer,
} from './judgeSigner.js'
import { sameActor } from './names.js'
import { FatalFinding, type Findings, type Layer } from './notifications.js'
import { judgeRevocation, type OcspOptions } from './ocsp.js'
import { signingPolicies, type SigningPolicy, type SigningPolicyName } from './policies.js'
import { judgeSigningTime } from './signingTime.js'

/** Everything that the judgement depends on; no defaults here. */
export interface JudgementOptions {
  opening: OpeningKeys
  trust: readonly Certificate[]
  now: Date
  nonRepudiation: boolean
  ocsp: OcspOptions
  timestampAuthorities: readonly Certificate[]
  knownSigners: ReadonlyMap<string, KeyObject>
  expectedSigners: readonly Certificate[] | undefined
  signingTimeTrustImplicit: boolean
  policies: readonly SigningPolicyName[]
}

/** What a message says, to be believed only when no error was found. */
export interface JudgedMessage {
  content: Uint8Array
  senderCertificate: Certificate | undefined
  /** Only where the inner layer carries one. */
  authorCertificate: Certificate | undefined
  keyIdentifier: string | undefined
  signingTime: Date | undefined
}

/** The outer layer is judged without a key. */
export type SenderJudgementOptions = Omit<JudgementOptions, 'opening'>

/** How the outer layer was judged, as far as the inner one depends on it. */
export interface Sender {
  certificate: Certificate | undefined
  keyIdentifier: Uint8Array | undefined
  policy: SigningPolicy | undefined
  claimed: Date | undefined
  judgedAt: Date
}

/**
 * Judges a message and notes what is found.
 *
 * The message is decrypted even when its outer layer does not verify, so that one reading names all faults, as the
 * official library does; what was decrypted then goes nowhere.
 *
 * @returns `undefined` when errors were noted that forbid decryption
 * @throws FatalFinding
 */
export async function judgeMessage(
  sealed: Uint8Array,
  options: JudgementOptions,
  findings: Findings,
): Promise<JudgedMessage | undefined> {
  const outer = readLayer('OUTER', sealed, { allowTrailing: true })
  const sender = await judgeOuter(outer, options, findings)
  const decrypted = await decrypt(readEnveloped(outer.signed.content), options.opening, findings)
  if (decrypted === undefined) return undefined
  const inner = readInner(decrypted.content, decrypted.failure)
  const authorCertificate = await judgeInner(inner, sender, options, findings)
  return {
    content: inner.signed.content,
    senderCertificate: sender.certificate,
    authorCertificate,
    keyIdentifier: sender.keyIdentifier && Buffer.from(sender.keyIdentifier).toString('base64'),
    signingTime: sender.claimed,
  }
}

function readEnveloped(bytes: Uint8Array): EnvelopedData {
  try {
    return readEnvelopedData(bytes)
  } catch (error) {
    if (error instanceof CmsError) throw new FatalFinding('ENVELOPED_DATA_STRUCTURE_INCORRECT')
    throw error
  }
}

/** Octets that are no SignedData, or go on behind it, look like a decryption that failed. */
function readInner(bytes: Uint8Array, failure: FatalFinding): SignedLayer {
  try {
    return readLayer('INNER', bytes)
  } catch (error) {
    if (error instanceof FatalFinding && error.notification === 'INNER_SIGNED_DATA_STRUCTURE_INCORRECT')
      throw failure
    throw error
  }
}

/** Judges who sends, and that what he sends is an encrypted message; what it says takes a key. */
export async function judgeSender(
  sealed: Uint8Array,
  options: SenderJudgementOptions,
  findings: Findings,
): Promise<Sender> {
  const outer = readLayer('OUTER', sealed, { allowTrailing: true })
  const sender = await judgeOuter(outer, options, findings)
  readEnveloped(outer.signed.content)
  return sender
}

async function judgeOuter(
  outer: SignedLayer,
  options: SenderJudgementOptions,
  findings: Findings,
): Promise<Sender> {
  const { signer, certificates } = outer
  const policy = judgePolicy('OUTER', signer, options.policies, findings)
  const { claimed, judgedAt } = judgeSigningTime(
    signer,
    {
      now: options.now,
      trustImplicit: options.signingTimeTrustImplicit,
      authorities: options.timestampAuthorities,
    },
    findings,
  )
  const { keyIdentifier } = signer.sid
  const sender = { keyIdentifier, policy, claimed, judgedAt }
  if (keyIdentifier !== undefined) {
    judgeByKnownKey('OUTER', outer, keyIdentifier, options, findings)
    return { ...sender, certificate: undefined }
  }
  const certificate = findCertificate(signer.sid, certificates)
  if (certificate === undefined) {
    findings.errors.add('OUTER_CERTIFICATE_EXPECTED_BUT_NOT_PRESENT')
    return { ...sender, certificate }
  }
  if (options.expectedSigners?.some((expected) => expected.equals(certificate)) === false)
    findings.errors.add('AUTHENTICATION_CERTIFICATE_NOT_IN_LIST_EXPECTED_SIGNERS')
  await judgeByCertificate('OUTER', outer, certificate, sender, options, findings)
  return { ...sender, certificate }
}

/** @returns the author's certificate where the inner layer carries one */
async function judgeInner(
  inner: SignedLayer,
  sender: Sender,
  options: JudgementOptions,
  findings: Findings,
): Promise<Certificate | undefined> {
  const { signer, certificates } = inner
  const policy = judgePolicy('INNER', signer, options.policies, findings)
  if (policy !== sender.policy) findings.errors.add('MESSAGE_INTEGRITY_INVALID')
  const { keyIdentifier } = signer.sid
  if (keyIdentifier !== undefined) {
    if (sender.keyIdentifier === undefined || Buffer.compare(sender.keyIdentifier, keyIdentifier) !== 0)
      findings.errors.add('MESSAGE_INTEGRITY_INVALID')
    judgeByKnownKey('INNER', inner, keyIdentifier, options, findings)
    return undefined
  }
  const certificate = findCertificate(signer.sid, certificates)
  if (certificate !== undefined) {
    if (sender.certificate !== undefined && !sameActor(certificate.subject, sender.certificate.subject))
      findings.errors.add('MESSAGE_INTEGRITY_INVALID')
    if (options.expectedSigners?.some((expected) => expected.equals(certificate)) === false)
      findings.errors.add('SIGNATURE_CERTIFICATE_NOT_IN_LIST_EXPECTED_SIGNERS')
    await judgeByCertificate('INNER', inner, certificate, { ...sender, policy }, options, findings)
    return certificate
  }
  // Without a certificate of its own the inner layer must be by the sender: that is what binds the two together.
  if (sender.certificate !== undefined) {
    judgeSignature('INNER', inner, sender.certificate, findings)
    judgeKeyUsage('INNER', sender.certificate, options.nonRepudiation, findings)
  } else if (sender.keyIdentifier !== undefined) findings.errors.add('MESSAGE_INTEGRITY_INVALID')
  return undefined
}

async function judgeByCertificate(
  layer: Layer,
  signedLayer: SignedLayer,
  certificate: Certificate,
  { policy, judgedAt }: Pick<Sender, 'policy' | 'judgedAt'>,
  options: SenderJudgementOptions,
  findings: Findings,
): Promise<void> {
  judgeSignature(layer, signedLayer, certificate, findings)
  judgeKeyUsage(layer, certificate, layer === 'INNER' && options.nonRepudiation, findings)
  const context = { at: judgedAt, intermediates: signedLayer.certificates, trust: options.trust }
  const path = judgeCertificate(layer, certificate, policy, context, findings)
  await judgeRevocation(layer, signedLayer.signer, path, judgedAt, options.ocsp, findings)
}

function judgeByKnownKey(
  layer: Layer,
  signedLayer: SignedLayer,
  keyIdentifier: Uint8Array,
  options: SenderJudgementOptions,
  findings: Findings,
): void {
  const key = options.knownSigners.get(Buffer.from(keyIdentifier).toString('base64'))
  if (key === undefined) {
    findings.errors.add(`${layer}_SIGNATURE_COULD_NOT_BE_VERIFIED`)
    return
  }
  if ((key.asymmetricKeyDetails?.modulusLength ?? 0) < signingPolicies.WEB_AUTHN.minimumKeyBits)
    findings.errors.add(`${layer}_SIGNATURE_KEY_LENGTH_UNAUTHORIZED`)
  judgeSignature(layer, signedLayer, key, findings)
}
