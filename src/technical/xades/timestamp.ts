/** Time stamps over the signature value (XAdES §7.3, spec xml-signature §3.4). */
import { createHash } from 'node:crypto'

import type { TimestampAuthority } from '../timestampToken/index.js'
import { canonicalize } from '../xml/canonicalize.js'
import { canonicalizeInclusive } from '../xml/canonicalizeInclusive.js'
import { encodeUtf8 } from '../xml/encode.js'
import type { XmlElement } from '../xml/tree.js'
import type { XmlDigest } from './algorithms.js'
import type { XmlCanonicalization } from './names.js'

/** How a signature is stamped. */
export interface SignatureTimestampOptions {
  authority: TimestampAuthority
  /** Digest that is stamped; SHA-256. */
  digest?: XmlDigest
  /** Canonicalisation of the SignatureValue; `exc-c14n`. */
  canonicalization?: XmlCanonicalization
}

/** The octets that a time stamp is about: the canonical element SignatureValue, with its carriage returns. */
export const timestampInput = (value: XmlElement, canonicalization: XmlCanonicalization): Uint8Array =>
  encodeUtf8(canonicalization === 'c14n' ? canonicalizeInclusive(value) : canonicalize(value))

/** A token over the value of a signature. */
export function stampOver(
  value: XmlElement,
  { authority, digest = 'sha256', canonicalization = 'exc-c14n' }: SignatureTimestampOptions,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const input = timestampInput(value, canonicalization)
  const imprint = { algorithm: digest, digest: new Uint8Array(createHash(digest).update(input).digest()) }
  return authority.stamp(imprint, signal === undefined ? {} : { signal })
}
