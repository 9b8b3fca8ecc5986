/** From the element that a reference names to the octets that are digested (XML Signature 1.1 §6.6). */
import { EHealthError } from '../../../errors.js'
import { canonicalizeInPieces, exclusiveCanonicalization } from '../canonicalize.js'
import { canonicalizeInclusive, inclusiveCanonicalization } from '../canonicalizeInclusive.js'
import { childElements, type XmlElement } from '../tree.js'
import { envelopedTransform, type Octets } from './algorithms.js'
import type { ParsedReference, ParsedSignature, ParsedTransform } from './read.js'

/** What one transform hands to the next. */
export interface TransformState {
  /** The element that is covered. A step may move on to another one (STR-Transform). */
  readonly element: XmlElement
  /** Left out of it, with content. */
  readonly excluded: readonly XmlElement[]
  /** Set once the element has become octets; text stands for its UTF-8 octets. */
  readonly octets?: Octets
}

/** One transform. */
export type TransformStep = (
  state: TransformState,
  transform: ParsedTransform,
  signature: ParsedSignature,
) => TransformState

/** Exclusive canonicalisation with or without a prefix list. */
export const exclusiveStep: TransformStep = (state, transform) => ({
  ...state,
  octets: exclusivePieces(element(state), transform, state.excluded),
})

/** Inclusive canonicalisation 1.0. */
export const inclusiveStep: TransformStep = (state, transform) => {
  noParameters(transform)
  const target = element(state)
  return { ...state, octets: canonicalizeInclusive(target, { exclude: (at) => state.excluded.includes(at) }) }
}

/** Takes the very signature that holds the reference out of the element around it. */
export const envelopedStep: TransformStep = (state, transform, signature) => {
  noParameters(transform)
  const target = element(state)
  let around = signature.element.parent
  while (around !== undefined && around !== target) around = around.parent
  if (around === undefined)
    throw new EHealthError('signature.structure', 'an enveloped signature stands outside of what it signs')
  return { ...state, excluded: [...state.excluded, signature.element] }
}

/** Transforms of a message signature: exclusive canonicalisation, nothing else. */
export const messageTransforms: ReadonlyMap<string, TransformStep> = new Map([
  [exclusiveCanonicalization, exclusiveStep],
])

/** Transforms of a signature inside of what it signs. */
export const envelopedTransforms: ReadonlyMap<string, TransformStep> = new Map([
  [exclusiveCanonicalization, exclusiveStep],
  [envelopedTransform, envelopedStep],
])

/** Every transform known here; for signatures that may use inclusive canonicalisation too. */
export const allTransforms: ReadonlyMap<string, TransformStep> = new Map([
  ...envelopedTransforms,
  [inclusiveCanonicalization, inclusiveStep],
])

/**
 * Runs the transforms of a reference over the element it names.
 *
 * @throws EHealthError `signature.algorithm` for a transform outside of `steps`, `signature.structure`
 */
export function applyTransforms(
  start: XmlElement,
  reference: ParsedReference,
  signature: ParsedSignature,
  steps: ReadonlyMap<string, TransformStep>,
): { element: XmlElement; octets: Octets } {
  let state: TransformState = { element: start, excluded: [] }
  for (const transform of reference.transforms) {
    const step = steps.get(transform.algorithm)
    if (step === undefined) throw new EHealthError('signature.algorithm', 'a transform is not accepted')
    state = step(state, transform, signature)
  }
  // the standard would canonicalise inclusively here; nobody on this platform relies on it
  if (state.octets === undefined)
    throw new EHealthError('signature.structure', 'a reference without canonicalisation')
  return { element: state.element, octets: state.octets }
}

/** The canonical SignedInfo: the octets under the signature value. */
export function canonicalSignedInfo(
  { signedInfo, canonicalization }: ParsedSignature,
  steps: ReadonlyMap<string, TransformStep>,
): string {
  if (canonicalization.algorithm === exclusiveCanonicalization)
    return exclusivePieces(signedInfo, canonicalization, []).join('')
  if (canonicalization.algorithm !== inclusiveCanonicalization || !steps.has(inclusiveCanonicalization))
    throw new EHealthError('signature.algorithm', 'the canonicalisation is not accepted')
  noParameters(canonicalization)
  return canonicalizeInclusive(signedInfo)
}

function exclusivePieces(
  at: XmlElement,
  transform: ParsedTransform,
  excluded: readonly XmlElement[],
): string[] {
  const { inclusivePrefixes, parameters } = transform
  if (parameters.length > 0) noParameters(transform)
  return canonicalizeInPieces(at, { inclusivePrefixes, exclude: (candidate) => excluded.includes(candidate) })
}

function element(state: TransformState): XmlElement {
  if (state.octets !== undefined)
    throw new EHealthError('signature.structure', 'a transform of elements after one that makes octets')
  return state.element
}

function noParameters(transform: ParsedTransform): void {
  if (childElements(transform.element).length > 0)
    throw new EHealthError('signature.structure', 'a transform with parameters it does not have')
}
