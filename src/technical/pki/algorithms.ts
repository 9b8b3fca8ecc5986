/** Signature and digest algorithms of certificates, revocation data and CMS (RFC 5280 §4.1.1.2, RFC 4055, RFC 5754, RFC 5758). */
import { Asn1Error, objectIdentifier, tags, type Asn1Node } from '../asn1/index.js'

/** Object identifiers. */
export const signatureOids = {
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
  rsaEncryption: '1.2.840.113549.1.1.1',
  sha1WithRsa: '1.2.840.113549.1.1.5',
  mgf1: '1.2.840.113549.1.1.8',
  rsassaPss: '1.2.840.113549.1.1.10',
  sha256WithRsa: '1.2.840.113549.1.1.11',
  sha384WithRsa: '1.2.840.113549.1.1.12',
  sha512WithRsa: '1.2.840.113549.1.1.13',
  ecdsaWithSha1: '1.2.840.10045.4.1',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  ecdsaWithSha384: '1.2.840.10045.4.3.3',
  ecdsaWithSha512: '1.2.840.10045.4.3.4',
} as const

/** AlgorithmIdentifier (RFC 5280 §4.1.1.2). */
export interface AlgorithmIdentifier {
  oid: string
  parameters: Asn1Node | undefined
}

/** @param implicit number of the context tag that stands instead of SEQUENCE */
export function readAlgorithm(node: Asn1Node, implicit?: number): AlgorithmIdentifier {
  if (implicit === undefined ? !node.is(tags.sequence) : !node.isContext(implicit))
    throw new Asn1Error('expected an AlgorithmIdentifier')
  if (node.children.length > 2) throw new Asn1Error('AlgorithmIdentifier of more than two values')
  return { oid: objectIdentifier(node.at(0)), parameters: node.children[1] }
}

/** A digest algorithm: its parameters are NULL or absent (RFC 5754 §2). */
export function readDigestAlgorithm(node: Asn1Node): AlgorithmIdentifier {
  const algorithm = readAlgorithm(node)
  if (
    algorithm.parameters !== undefined &&
    (!algorithm.parameters.is(tags.null) || algorithm.parameters.raw.length !== 2)
  )
    throw new Asn1Error('digest algorithm with parameters')
  return algorithm
}
