/**
 * XML signatures: read, verify, write. Not XAdES; not the policy of WS-Security, which stands above.
 *
 * @module
 */
export {
  digestAlgorithms,
  dsNamespace,
  envelopedTransform,
  signatureAlgorithms,
  type HashName,
  type Octets,
} from './algorithms.js'
export {
  signatureInside,
  signEnveloped,
  verifyEnveloped,
  type IdAttribute,
  type SignEnvelopedOptions,
  type VerifyEnvelopedOptions,
} from './enveloped.js'
export { indexIds } from './ids.js'
export {
  base64Of,
  prefixList,
  readReference,
  readSignature,
  type ParsedReference,
  type ParsedSignature,
  type ParsedTransform,
} from './read.js'
export {
  writeSignature,
  x509Data,
  type ReferenceToWrite,
  type TransformToWrite,
  type WriteSignatureOptions,
} from './sign.js'
export {
  allTransforms,
  envelopedTransforms,
  exclusiveStep,
  messageTransforms,
  type TransformState,
  type TransformStep,
} from './transforms.js'
export { verifySignature, type VerifiedReference, type VerifySignatureOptions } from './verify.js'
