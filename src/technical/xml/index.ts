/** XML of the platform: message contracts with their writer and reader, parser, canonical form, signature. */
export * from './contract.js'
export {
  anyUri,
  attachedBinary,
  base64Binary,
  boolean,
  date,
  dateTime,
  decimal,
  id,
  integer,
  oneOf,
  qname,
  string,
  time,
  type SimpleType,
  type StringFacets,
} from './simpleTypes.js'
export { problemsOf, type ContractProblem } from './check.js'
export { write, type WriteOptions, type Written } from './write.js'
export { read, unknownElements, type ReadOptions } from './read.js'
export * from './tree.js'
export { parseXml, rawElement, type ParseOptions, type XmlDocument, type XmlLimits } from './parse.js'
export { canonicalize, exclusiveCanonicalization } from './canonicalize.js'
export { canonicalizeInclusive, inclusiveCanonicalization } from './canonicalizeInclusive.js'
export {
  signEnveloped,
  verifyEnveloped,
  type SignEnvelopedOptions,
  type VerifyEnvelopedOptions,
} from './signature/index.js'
