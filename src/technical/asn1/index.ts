/** BER reader and DER writer: `der` writes, everything else reads. */
export * as der from './write.js'
export { Asn1Error, Asn1Node, readAsn1, tags, type Asn1Limits } from './read.js'
export {
  bits,
  boolean,
  integer,
  objectIdentifier,
  octetChunks,
  octets,
  signedBigInt,
  text,
  time,
} from './values.js'
