/** BER readers (in memory, and as a stream) and DER writer: `der` writes, everything else reads. */
export * as der from './write.js'
export { Asn1Error, type Asn1Header } from './header.js'
export { Asn1Node, readAsn1, tags, type Asn1Limits } from './read.js'
export { Asn1Stream, type Asn1StreamLimits } from './stream.js'
export {
  bits,
  boolean,
  enumerated,
  expect,
  integer,
  objectIdentifier,
  octetChunks,
  octets,
  signedBigInt,
  text,
  time,
} from './values.js'
