/** The order in which a sealed message is judged (spec etee §4.1). */
import type { KeyObject } from 'node:crypto'

import type { Certificate } from '../pki/certificate.js'
import { findCertificate } from './cms/signedData.js'
import { judgeCertificate, judgeKeyUsage, judgePolicy, judgeSignature } from './judgeSigner.js'
import type { Inside, Layers, SignedLayer } from './layers.js'
import { sameActor } from './names.js'
import type { Findings, Layer } from './notifications.js'
import { claimedSigningTime } from './cms/signature.js'
import { asksForRevocation, judgeRevocation, type OcspOptions } from './ocsp.js'
import { signingPolicies, type SigningPolicy, type SigningPolicyName } from './policies.js'
import { judgeSigningTime, type TimestampEvidence } from './signingTime.js'

/** Everything that the judgement depends on; no defaults here. */
export interface JudgementOptions {
  trust: readonly Certificate[]
  now: Date
  nonRepudiation: boolean
  ocsp: OcspOptions
  timestampAuthorities: readonly Certificate[]
  knownSigners: ReadonlyMap<string, KeyObject>
  expectedSigners: readonly Certificate[] | undefined
  signingTimeTrustImplicit: boolean
  /** In milliseconds. */
  clockSkew: number
  policies: readonly SigningPolicyName[]
}

/** What one signature proves, to be believed only when no error was found. */
export interface LayerEvidence {
  /** Of the signer; in the inner layer the sender's own where it carries none. */
  readonly certificate: Certificate | undefined
  /** From the certificate upwards to an anchor, or as far as it leads. */
  readonly path: readonly Certificate[]
  /** Base64 of the key identifier of a signer without certificate. */
  readonly keyIdentifier: string | undefined
  /** `undefined` where no accepted policy fits; an error says so. */
  readonly policy: SigningPolicyName | undefined
  /** As this layer claims. */
  readonly signingTime: Date | undefined
  /** Time stamps over the signature; the platform puts them on the outer one only. */
  readonly timestamps: readonly TimestampEvidence[]
}

/** What a message says, to be believed only when no error was found. */
export interface JudgedMessage {
  readonly outer: LayerEvidence
  readonly inner: LayerEvidence
  /** As the sender claims, or a trusted time stamp says where he does not. */
  readonly signingTime: Date | undefined
}

/** How the outer layer was judged, as far as the inner one depends on it. */
interface Sender {
  evidence: LayerEvidence
  keyIdentifier: Uint8Array | undefined
  policy: SigningPolicy | undefined
  claimed: Date | undefined
  judgedAt: Date
}

/**
 * Judges a message that has been taken apart and notes what is found.
 *
 * The message was decrypted even when its outer layer does not verify, so that one reading names all faults, as the
 * official library does; what was decrypted then goes nowhere.
 *
 * @returns `undefined` when errors were noted that forbade to decrypt
 * @throws FatalFinding
 */
export async function judgeMessage(
  { outer, inside }: Layers,
  options: JudgementOptions,
  findings: Findings,
): Promise<JudgedMessage | undefined> {
  const sender = await judgeOuter(outer, options, findings)
  const inner = innerOf(inside, findings)
  if (inner === undefined) return undefined
  return {
    outer: sender.evidence,
    inner: await judgeInner(inner, sender, options, findings),
    signingTime: sender.claimed,
  }
}

/** The inner layer; notes what was found on the way to it. */
function innerOf(inside: Inside, findings: Findings): SignedLayer | undefined {
  if (inside.kind === 'opened') return inside.inner
  if (inside.kind === 'closed') return undefined
  for (const error of inside.findings.errors) findings.errors.add(error)
  if (inside.kind === 'fatal') throw inside.fatal
  return undefined
}

/** Judges who sends, and that what he sends is an encrypted message; what it says takes a key. */
export async function judgeSender(
  { outer, inside }: Layers,
  options: JudgementOptions,
  findings: Findings,
): Promise<Pick<JudgedMessage, 'outer' | 'signingTime'>> {
  const { evidence, claimed } = await judgeOuter(outer, options, findings)
  innerOf(inside, findings)
  return { outer: evidence, signingTime: claimed }
}

async function judgeOuter(
  outer: SignedLayer,
  options: JudgementOptions,
  findings: Findings,
): Promise<Sender> {
  const { signer, certificates } = outer
  const policy = judgePolicy('OUTER', signer, options.policies, findings)
  const { claimed, judgedAt, stamps } = judgeSigningTime(
    signer,
    {
      now: options.now,
      trustImplicit: options.signingTimeTrustImplicit,
      clockSkew: options.clockSkew,
      authorities: options.timestampAuthorities,
    },
    findings,
  )
  const { keyIdentifier } = signer.sid
  const sender = { keyIdentifier, policy, claimed, judgedAt }
  const evidence = evidenceOf(outer, policy, { timestamps: stamps })
  if (keyIdentifier !== undefined) {
    judgeByKnownKey('OUTER', outer, keyIdentifier, options, findings)
    return { ...sender, evidence }
  }
  const certificate = findCertificate(signer.sid, certificates)
  if (certificate === undefined) {
    findings.errors.add('OUTER_CERTIFICATE_EXPECTED_BUT_NOT_PRESENT')
    return { ...sender, evidence }
  }
  if (options.expectedSigners?.some((expected) => expected.equals(certificate)) === false)
    findings.errors.add('AUTHENTICATION_CERTIFICATE_NOT_IN_LIST_EXPECTED_SIGNERS')
  const path = await judgeByCertificate('OUTER', outer, certificate, sender, options, findings)
  return { ...sender, evidence: { ...evidence, certificate, path } }
}

async function judgeInner(
  inner: SignedLayer,
  sender: Sender,
  options: JudgementOptions,
  findings: Findings,
): Promise<LayerEvidence> {
  const { signer, certificates } = inner
  const policy = judgePolicy('INNER', signer, options.policies, findings)
  if (policy !== sender.policy) findings.errors.add('MESSAGE_INTEGRITY_INVALID')
  const { certificate: sent, path: sentPath } = sender.evidence
  const { keyIdentifier } = signer.sid
  const evidence = evidenceOf(inner, policy, {})
  if (keyIdentifier !== undefined) {
    if (sender.keyIdentifier === undefined || Buffer.compare(sender.keyIdentifier, keyIdentifier) !== 0)
      findings.errors.add('MESSAGE_INTEGRITY_INVALID')
    judgeByKnownKey('INNER', inner, keyIdentifier, options, findings)
    return evidence
  }
  const certificate = findCertificate(signer.sid, certificates)
  if (certificate !== undefined) {
    if (sent !== undefined && !sameActor(certificate.subject, sent.subject))
      findings.errors.add('MESSAGE_INTEGRITY_INVALID')
    if (options.expectedSigners?.some((expected) => expected.equals(certificate)) === false)
      findings.errors.add('SIGNATURE_CERTIFICATE_NOT_IN_LIST_EXPECTED_SIGNERS')
    const path = await judgeByCertificate(
      'INNER',
      inner,
      certificate,
      { ...sender, policy },
      options,
      findings,
    )
    return { ...evidence, certificate, path }
  }
  // Without a certificate of its own the inner layer must be by the sender: that is what binds the two together.
  if (sent !== undefined) {
    judgeSignature('INNER', inner, sent, findings)
    judgeKeyUsage('INNER', sent, options.nonRepudiation, findings)
  } else if (sender.keyIdentifier !== undefined) findings.errors.add('MESSAGE_INTEGRITY_INVALID')
  return { ...evidence, certificate: sent, path: sentPath }
}

const evidenceOf = (
  { signer }: SignedLayer,
  policy: SigningPolicy | undefined,
  more: Partial<LayerEvidence>,
): LayerEvidence => ({
  certificate: undefined,
  path: [],
  keyIdentifier: signer.sid.keyIdentifier && Buffer.from(signer.sid.keyIdentifier).toString('base64'),
  policy: policy?.name,
  signingTime: claimedSigningTime(signer),
  timestamps: [],
  ...more,
})

/** @returns the path from the certificate upwards */
async function judgeByCertificate(
  layer: Layer,
  signedLayer: SignedLayer,
  certificate: Certificate,
  { policy, judgedAt }: Pick<Sender, 'policy' | 'judgedAt'>,
  options: JudgementOptions,
  findings: Findings,
): Promise<readonly Certificate[]> {
  judgeSignature(layer, signedLayer, certificate, findings)
  judgeKeyUsage(layer, certificate, layer === 'INNER' && options.nonRepudiation, findings)
  const context = {
    at: judgedAt,
    intermediates: signedLayer.certificates,
    trust: options.trust,
    withIssuers: asksForRevocation(options.ocsp),
  }
  const path = judgeCertificate(layer, certificate, policy, context, findings)
  await judgeRevocation(layer, signedLayer.signer, path, judgedAt, options.ocsp, findings)
  return path
}

function judgeByKnownKey(
  layer: Layer,
  signedLayer: SignedLayer,
  keyIdentifier: Uint8Array,
  options: JudgementOptions,
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
