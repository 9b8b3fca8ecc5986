/** Names of XML Signature, XAdES and the platform's own transform. */
import { exclusiveCanonicalization } from '../xml/canonicalize.js'
import { inclusiveCanonicalization } from '../xml/canonicalizeInclusive.js'
import { dsNamespace, envelopedTransform } from '../xml/signature/index.js'

export { dsNamespace, envelopedTransform, exclusiveCanonicalization, inclusiveCanonicalization }

/** Namespace of XAdES 1.3.2, which signers write. */
export const xadesNamespace = 'http://uri.etsi.org/01903/v1.3.2#'

/** Namespace of `EncryptedKnownContent` and its `Xades`. */
export const encryptedNamespace = 'urn:be:cin:encrypted'

/** `Type` of the reference to the signed properties. */
export const signedPropertiesType = 'http://uri.etsi.org/01903#SignedProperties'

/** `Type` of a reference to a manifest. */
export const manifestType = 'http://www.w3.org/2000/09/xmldsig#Manifest'

/** Transforms by the names that options use. */
export const transformUris = {
  /** The octets that the text of the element stands for in base64. */
  base64: 'http://www.w3.org/2000/09/xmldsig#base64',
  /** The platform's own: octets are inflated where they are compressed. */
  'optional-deflate': 'urn:nippin:xml:sig:transform:optional-deflate',
  /** Exclusive canonicalisation without comments. */
  'exc-c14n': exclusiveCanonicalization,
  /** Inclusive canonicalisation 1.0 without comments. */
  c14n: inclusiveCanonicalization,
  /** Takes the signature itself out of what it signs. */
  enveloped: envelopedTransform,
} as const

/** Name of a transform. */
export type XmlTransform = keyof typeof transformUris

/** Canonicalisations that a SignedInfo or a time stamp may use. */
export type XmlCanonicalization = 'exc-c14n' | 'c14n'
