/**
 * Certificates, distinguished names and certification paths (RFC 5280).
 *
 * @module
 */
export { Certificate, keyUsages, type CertificateExtension, type KeyUsage } from './certificate.js'
export { attributeTypes, DistinguishedName, type NameAttribute } from './name.js'
export { assertKeyUsage, assertValidAt, issuersOf, verifyPath, type PathOptions } from './path.js'
export * from './revocation/index.js'
export { readTrustDirectory } from './trustDirectory.js'
