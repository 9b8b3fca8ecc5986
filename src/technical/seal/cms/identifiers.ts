/** Object identifiers of the Cryptographic Message Syntax as the platform uses it (RFC 5652 and its companions). */
import { signatureOids } from '../../pki/algorithms.js'

export const contentTypes = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  envelopedData: '1.2.840.113549.1.7.3',
  timestampInfo: '1.2.840.113549.1.9.16.1.4',
} as const

export const attributes = {
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  /** RFC 6211: repeats the algorithms under the signature. */
  algorithmProtection: '1.2.840.113549.1.9.52',
  /** RFC 5126 §6.3.4: OCSP responses beside the signature. */
  revocationValues: '1.2.840.113549.1.9.16.2.24',
  /** RFC 3161 appendix A. */
  signatureTimestamp: '1.2.840.113549.1.9.16.2.14',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
} as const

export const algorithms = {
  ...signatureOids,
  aes128Cbc: '2.16.840.1.101.3.4.1.2',
  aes128Wrap: '2.16.840.1.101.3.4.1.5',
} as const
