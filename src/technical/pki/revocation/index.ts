/** Revocation of certificates: lists, OCSP, and a checker that asks both (RFC 5280 §5 and §6.3, RFC 6960). */
export {
  createRevocationChecker,
  type RevocationChecker,
  type RevocationCheckOptions,
  type RevocationOptions,
} from './checker.js'
export { readCrl, verifyCrl, type CertificateRevocationList, type VerifyCrlOptions } from './crl.js'
export type { CrlScope } from './crlScope.js'
export { fetchRevocation, type RevocationFetcher, type RevocationRequest } from './fetch.js'
export type {
  CertificateRevocation,
  PathRevocation,
  Revocation,
  RevocationAttempt,
  RevocationEvidence,
  RevocationPolicy,
  RevocationReason,
  RevocationSource,
  RevocationStatus,
} from './types.js'
