/** Unsealing: verify, decrypt, verify again (spec etee §4). */
import type { KeyObject } from 'node:crypto'

import { EHealthError, type ErrorCode } from '../../errors.js'
import { systemRuntime, type Runtime } from '../environment/runtime.js'
import type { DecryptionKey } from '../keystore/credential.js'
import { identityOf, type Identity } from '../keystore/identity.js'
import type { Certificate } from '../pki/certificate.js'
import type { RevocationChecker } from '../pki/revocation/index.js'
import type { NamedDecryptionKey, SecretKeyLookup } from './decrypt.js'
import { judgeMessage, type JudgementOptions, type LayerEvidence } from './judgeMessage.js'
import { readLayers, type ContentSink } from './layers.js'
import {
  FatalFinding,
  type ErrorNotification,
  type FatalNotification,
  type WarningNotification,
} from './notifications.js'
import { evidenceOf, ocspOptions, type LayerRevocation, type OcspPolicy } from './ocsp.js'
import type { OcspResponder } from './ocspResponder.js'
import { platformSigningPolicies, signingTimeLimits, type SigningPolicyName } from './policies.js'
import { piecesOf, type ByteStream } from './source.js'

/** How to unseal. */
export interface UnsealOptions {
  /** Private keys, old ones included: messages and archives sealed for an old token need them. */
  keys?: readonly (DecryptionKey | NamedDecryptionKey)[]
  /**
   * Opens an unaddressed message: 16 octets, or a look-up that is given the identifiers in the message (usually a
   * question to KGSS). With `keys` too, it is used where the message names a secret key.
   */
  secretKey?: Uint8Array | { key: Uint8Array } | SecretKeyLookup
  /** Anchors that signers must lead to. */
  trust: readonly Certificate[]
  /** Instant of reading; the machine's own clock by default. */
  now?: Date | Runtime
  /** The inner signature must be by a certificate for non-repudiation. Default false. */
  nonRepudiation?: boolean
  /** Default `none`. The receiver policies need `ocspResponder`. */
  ocsp?: OcspPolicy
  ocspResponder?: OcspResponder
  /** Judges revocation by OCSP and lists, by its own policy; goes without `ocsp`. */
  revocation?: RevocationChecker
  /** Anchors of time stamp authorities; `trust` by default. */
  timestampAuthorities?: readonly Certificate[]
  /** Public keys of signers without certificate, by base64 of their key identifier. */
  knownSigners?: ReadonlyMap<string, KeyObject>
  /** Only these may have sent the message. */
  expectedSigners?: readonly Certificate[]
  /** Takes the signing time as claimed: no warning about its age. Default false. */
  signingTimeTrustImplicit?: boolean
  /**
   * How far the sender's clock may be from this one, in milliseconds, before his signing time gives a warning, and an OCSP
   * answer may seem to be older than the signature; 300 000.
   */
  clockSkew?: number
  /** Signing policies accepted; `EHEALTH_CERT` and `EID` by default. */
  policies?: readonly SigningPolicyName[]
}

/** What a message that opened and verified proves, beside its content. */
export interface UnsealedMessage {
  /** Who wrote it; `undefined` for a signer without certificate or with one that names no actor of the platform. */
  author: Identity | undefined
  /** Certificate of the inner signature; the sender's own where the inner layer carries none. */
  authorCertificate: Certificate | undefined
  /** Certificate of the outer signature. */
  senderCertificate: Certificate | undefined
  /** Base64 of the key identifier of a signer without certificate. */
  keyIdentifier: string | undefined
  /** When the sender says to have signed (or a trusted time stamp, where he does not); the time of reading when unknown. */
  signingTime: Date
  /** Both signatures, each with what it rests on: `outer` says who sent it, `inner` who wrote it. */
  layers: { readonly outer: LayerEvidence; readonly inner: LayerEvidence }
  /** Always empty here; the report of a refused message has them. */
  errors: readonly ErrorNotification[]
  warnings: readonly WarningNotification[]
  /** With a `revocation` checker: what it found, one entry for each layer with a certificate of its own. */
  revocation?: readonly LayerRevocation[]
}

/** A message that opened and verified. */
export interface Unsealed extends UnsealedMessage {
  content: Uint8Array
}

/** Judgement of a message that did not verify: nothing of it is handed out, since nothing of it is proved. */
export interface RefusedMessage {
  accepted: false
  fatal: FatalNotification | undefined
  errors: readonly ErrorNotification[]
  warnings: readonly WarningNotification[]
  /** With a `revocation` checker: what it found. */
  revocation?: readonly LayerRevocation[]
  /** The code that {@link unseal} would throw. */
  code: ErrorCode
}

/** Marks a report about a message that opened and verified. */
export interface Accepted {
  accepted: true
  fatal: undefined
}

/** Outcome of {@link unsealReport}. */
export type UnsealReport = (Accepted & Unsealed) | RefusedMessage

/**
 * Opens a sealed message and verifies everything about it: both signatures, that they belong together, certificates at
 * the signing time, algorithms, time stamps and, where asked for, revocation.
 *
 * Nothing of a message that does not verify is given out. Warnings (an old signing time above all) do not stop a
 * message, as in the platform's own connector.
 *
 * @throws EHealthError `unseal.malformed`, `unseal.not-addressed`, `unseal.decryption`, `unseal.refused`; `details` has
 * the official notification names `fatal`, `errors` and `warnings`. `configuration.invalid` for impossible options.
 *
 * @example
 * ```ts
 * import { openKeystore } from 'ehealth-connectors/keystore'
 * import { unseal } from 'ehealth-connectors/seal'
 *
 * const { decryptionKeys } = await openKeystore({ file: 'physician.p12' }, { password })
 * const { content, author, signingTime } = await unseal(sealed, { keys: decryptionKeys, trust })
 * ```
 */
export async function unseal(sealed: Uint8Array, options: UnsealOptions): Promise<Unsealed> {
  return acceptedOnly(await unsealReport(sealed, options))
}

/**
 * Like {@link unseal}, but reports a refusal instead of throwing. Content is there only when the message is accepted.
 *
 * @throws EHealthError `configuration.invalid` for impossible options
 */
export async function unsealReport(sealed: Uint8Array, options: UnsealOptions): Promise<UnsealReport> {
  // The content is shorter than the message; what is not used of this is never touched.
  const content = Buffer.allocUnsafeSlow(sealed.length)
  let length = 0
  const report = await judgeStream(sealed, options, (piece) => {
    content.set(piece, length)
    length += piece.length
  })
  if (report.accepted) return { ...report, content: content.subarray(0, length) }
  content.fill(0, 0, length)
  return report
}

/**
 * Takes a message apart, hands its unverified content to `sink` and judges the whole; only where the report accepts it
 * may the content go further.
 *
 * @throws EHealthError `configuration.invalid`; errors of the source and of the sink pass through
 */
export async function judgeStream(
  sealed: Uint8Array | ByteStream,
  options: UnsealOptions,
  sink: ContentSink,
): Promise<(Accepted & UnsealedMessage) | RefusedMessage> {
  const { secretKey } = options
  if ((options.keys ?? []).length === 0 && secretKey === undefined)
    throw new EHealthError('configuration.invalid', 'neither private keys nor a secret key were given', {
      path: 'keys',
    })
  const judgement = judgementOptions(options)
  const findings = { errors: new Set<ErrorNotification>(), warnings: new Set<WarningNotification>() }
  const refused = (fatal: FatalNotification | undefined, code: ErrorCode): RefusedMessage => ({
    accepted: false,
    fatal,
    errors: [...findings.errors],
    warnings: [...findings.warnings],
    ...evidenceOf(judgement.ocsp),
    code,
  })
  const source = piecesOf(sealed)
  try {
    const keys = {
      keys: options.keys ?? [],
      secretKey:
        secretKey instanceof Uint8Array || typeof secretKey === 'function' ? secretKey : secretKey?.key,
    }
    const judged = await judgeMessage(
      await readLayers(source, { keys, sink, known: options.trust }),
      judgement,
      findings,
    )
    if (judged === undefined || findings.errors.size > 0) return refused(undefined, 'unseal.refused')
    const { outer, inner } = judged
    return {
      accepted: true,
      fatal: undefined,
      author: inner.certificate && actorOf(inner.certificate),
      authorCertificate: inner.certificate,
      senderCertificate: outer.certificate,
      keyIdentifier: outer.keyIdentifier,
      signingTime: judged.signingTime ?? judgement.now,
      layers: { outer, inner },
      errors: [],
      warnings: [...findings.warnings],
      ...evidenceOf(judgement.ocsp),
    }
  } catch (error) {
    if (error instanceof FatalFinding) return refused(error.notification, codeOf(error))
    throw error
  } finally {
    await source.return()
  }
}

/** @throws EHealthError `configuration.invalid` for impossible options of revocation and clock */
export function judgementOptions(options: Omit<UnsealOptions, 'keys' | 'secretKey'>): JudgementOptions {
  const { trust, now = systemRuntime, clockSkew = signingTimeLimits.clockSkew } = options
  if (!Number.isFinite(clockSkew) || clockSkew < 0)
    throw new EHealthError('configuration.invalid', 'clockSkew: expected milliseconds from 0', {
      path: 'clockSkew',
    })
  const instant = now instanceof Date ? now : now.now()
  return {
    trust,
    now: instant,
    nonRepudiation: options.nonRepudiation ?? false,
    ocsp: ocspOptions(options, { now: instant, clockSkew }),
    clockSkew,
    timestampAuthorities: options.timestampAuthorities ?? trust,
    knownSigners: options.knownSigners ?? new Map(),
    expectedSigners: options.expectedSigners,
    signingTimeTrustImplicit: options.signingTimeTrustImplicit ?? false,
    policies: options.policies ?? platformSigningPolicies,
  }
}

/** @throws EHealthError with the notifications of a refused message */
export function acceptedOnly<T extends Accepted>(report: T | RefusedMessage): Omit<T, keyof Accepted> {
  if (report.accepted) {
    const { accepted: _accepted, fatal: _fatal, ...unsealed } = report
    return unsealed
  }
  const { code, fatal, errors, warnings } = report
  const names = [...(fatal === undefined ? [] : [fatal]), ...errors]
  throw new EHealthError(code, `the sealed message was refused: ${names.join(', ')}`, {
    details: { ...(fatal === undefined ? {} : { fatal }), errors, warnings },
  })
}

function codeOf({ notification, decryption }: FatalFinding): ErrorCode {
  if (decryption) return 'unseal.decryption'
  switch (notification) {
    case 'DECRYPTION_PRIVATE_KEY_NOT_FOUND':
    case 'ENVELOPED_DATA_CONTAINS_NO_KEYTRANSRECIPIENTINFOS':
    case 'ENVELOPED_DATA_CONTAINS_NO_KEKRECIPIENTINFOS':
    case 'SECRET_KEY_CAN_NOT_DECRYPT_KEKRECIPIENTINFOS':
      return 'unseal.not-addressed'
    default:
      return 'unseal.malformed'
  }
}

/** Whom a certificate is about; `undefined` where it names no actor of the platform. */
export function actorOf(certificate: Certificate): Identity | undefined {
  try {
    return identityOf(certificate)
  } catch (error) {
    if (error instanceof EHealthError) return undefined
    throw error
  }
}
