/** The core of every signature check: algorithms from a table, keys from the caller, elements by identity. */
import type { KeyObject } from 'node:crypto'

import { EHealthError } from '../../../errors.js'
import type { XmlElement } from '../tree.js'
import { digestNamed, verifierNamed } from './algorithms.js'
import type { ParsedReference, ParsedSignature } from './read.js'
import { applyTransforms, canonicalSignedInfo, messageTransforms, type TransformStep } from './transforms.js'

/** Options of {@link verifySignature}. */
export interface VerifySignatureOptions {
  /** The public key, from a place that the caller trusts. KeyInfo is never looked at here. */
  key: KeyObject
  /** The element of the same document with that identifier; see `indexIds`. */
  resolve: (id: string) => XmlElement | undefined
  /** Accept rsa-sha1, ecdsa-sha1 and SHA-1 digests; false. */
  allowSha1?: boolean
  /** Transforms that are accepted; {@link messageTransforms}. */
  transforms?: ReadonlyMap<string, TransformStep>
}

/** A reference whose digest fits. */
export interface VerifiedReference {
  reference: ParsedReference
  /** What was digested. Compare it by identity with the element that is going to be read. */
  element: XmlElement
}

/**
 * Verifies the signature value and every reference. References lead to elements of the same document only; nothing is
 * ever fetched.
 *
 * That a signature verifies says nothing about what it covers: the caller compares the elements returned with those
 * that he is about to use (spec soap-security §2.10).
 *
 * @throws EHealthError `signature.algorithm`, `signature.structure`, `signature.invalid`, `signature.digest`
 */
export function verifySignature(
  signature: ParsedSignature,
  options: VerifySignatureOptions,
): VerifiedReference[] {
  const { key, resolve, allowSha1 = false, transforms = messageTransforms } = options
  const isSigned = verifierNamed(signature.signatureMethod, key, allowSha1)
  const prepared = signature.references.map((reference) => ({
    reference,
    digest: digestNamed(reference.digestMethod, allowSha1),
    target: targetOf(reference, resolve),
  }))
  if (!isSigned(canonicalSignedInfo(signature, transforms), signature.value))
    throw new EHealthError('signature.invalid', 'the signature value does not verify')
  return prepared.map(({ reference, digest, target }) => {
    const { element, octets } = applyTransforms(target, reference, signature, transforms)
    if (Buffer.compare(digest(octets), reference.digestValue) !== 0)
      throw new EHealthError('signature.digest', 'a digest does not fit the signed content')
    return { reference, element }
  })
}

function targetOf(reference: ParsedReference, resolve: (id: string) => XmlElement | undefined): XmlElement {
  if (!/^#[^#()]+$/.test(reference.uri))
    throw new EHealthError(
      'signature.structure',
      'a reference leads elsewhere than to an identifier of the document',
    )
  const element = resolve(reference.uri.slice(1))
  if (element === undefined)
    throw new EHealthError('signature.structure', 'a reference leads to an identifier that does not exist')
  return element
}
