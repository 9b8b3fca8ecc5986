/** Judging the outside of a sealed message: who sent it, without a key to open it (spec etee §4.1 steps 1 to 3). */
import type { Identity } from '../keystore/identity.js'
import type { Certificate } from '../pki/certificate.js'
import { judgeSender } from './judgeMessage.js'
import { readLayers } from './layers.js'
import {
  FatalFinding,
  type ErrorNotification,
  type FatalNotification,
  type Findings,
  type WarningNotification,
} from './notifications.js'
import { piecesOf, type ByteStream } from './source.js'
import { evidenceOf, type LayerRevocation } from './ocsp.js'
import { actorOf, judgementOptions, type UnsealOptions } from './unseal.js'

/** How to judge a sender; as for `unseal`, without keys. */
export type VerifySenderOptions = Omit<UnsealOptions, 'keys' | 'secretKey' | 'nonRepudiation'>

/** What the outer layer of a sealed message proves. */
export interface SenderReport {
  /** The outer signature verifies and is by a trusted certificate. The content may still be refused by `unseal`. */
  accepted: boolean
  fatal: FatalNotification | undefined
  errors: readonly ErrorNotification[]
  warnings: readonly WarningNotification[]
  /** With a `revocation` checker: what it found about the sender. */
  revocation?: readonly LayerRevocation[]
  /** Only of an accepted message. */
  sender: Identity | undefined
  /** Only of an accepted message. */
  senderCertificate: Certificate | undefined
  /** When the sender says to have signed; only of an accepted message. */
  signingTime: Date | undefined
}

/**
 * Judges the outer layer of a sealed message: signature, certificate, algorithms and dates of the sender, and that an
 * encrypted message is inside. What was written, and by whom, only its reader can tell with `unseal`.
 *
 * @throws EHealthError `configuration.invalid` for a revocation policy that needs a responder
 *
 * @example
 * ```ts
 * import { verifySender } from 'ehealth-connectors/seal'
 *
 * const { accepted, sender, errors } = await verifySender(sealed, { trust })
 * ```
 */
export async function verifySender(
  sealed: Uint8Array | ByteStream,
  options: VerifySenderOptions,
): Promise<SenderReport> {
  const judgement = judgementOptions(options)
  const findings: Findings = { errors: new Set(), warnings: new Set() }
  const refused = (fatal: FatalNotification | undefined): SenderReport => ({
    accepted: false,
    fatal,
    errors: [...findings.errors],
    warnings: [...findings.warnings],
    ...evidenceOf(judgement.ocsp),
    sender: undefined,
    senderCertificate: undefined,
    signingTime: undefined,
  })
  const source = piecesOf(sealed)
  try {
    const { outer, signingTime } = await judgeSender(await readLayers(source), judgement, findings)
    if (findings.errors.size > 0) return refused(undefined)
    return {
      ...refused(undefined),
      accepted: true,
      sender: outer.certificate && actorOf(outer.certificate),
      senderCertificate: outer.certificate,
      signingTime,
    }
  } catch (error) {
    if (error instanceof FatalFinding) return refused(error.notification)
    throw error
  } finally {
    await source.return()
  }
}
