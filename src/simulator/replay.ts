/** A message counts once (spec soap-security §2.10, 10). */
import { createHash } from 'node:crypto'

import { EHealthError } from '../errors.js'
import type { Certificate } from '../technical/pki/certificate.js'
import type { ParsedEnvelope } from '../technical/soap/envelope.js'
import { canonicalize } from '../technical/xml/canonicalize.js'
import { dsNamespace } from '../technical/xml/signature/index.js'
import { childNamed } from '../technical/xml/tree.js'

/** Remembers signed messages for as long as their timestamp would let them pass. */
export interface ReplayGuard {
  /** @throws EHealthError `signature.timestamp` for a message that was seen before */
  admit(
    parsed: ParsedEnvelope,
    verified: { certificate?: Certificate | undefined; timestamp?: { expires?: Date } | undefined },
    now: Date,
  ): void
}

/**
 * Longest that a verified message can still be fresh: made five minutes in the future of our clock, which is forgiven, it
 * passes until it is five minutes old, and then for another five that are forgiven once more.
 */
const longest = 15 * 60_000

export function createReplayGuard(): ReplayGuard {
  const seen = new Map<string, number>()
  return {
    admit: (parsed, verified, now) => {
      for (const [key, until] of seen) if (until < now.getTime()) seen.delete(key)
      const key = keyOf(parsed, verified.certificate)
      if (key === undefined) return
      if (seen.has(key)) throw new EHealthError('signature.timestamp', 'the message was received before')
      seen.set(key, now.getTime() + longest)
    },
  }
}

/**
 * Signer and signed references, canonical: they hold the digest of the timestamp. The value of the signature would not
 * do, since anybody can make a second valid one out of an ECDSA signature.
 */
function keyOf(parsed: ParsedEnvelope, certificate: Certificate | undefined): string | undefined {
  const signature = parsed.security && childNamed(parsed.security, dsNamespace, 'Signature')
  const signedInfo = signature && childNamed(signature, dsNamespace, 'SignedInfo')
  if (signedInfo === undefined) return undefined
  return createHash('sha256')
    .update(certificate?.fingerprint ?? '')
    .update(canonicalize(signedInfo))
    .digest('base64')
}
