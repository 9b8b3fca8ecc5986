/**
 * Keystores of the platform: PKCS#12 files in, credentials out. Private keys stay inside.
 *
 * @module
 */
export type { SigningDigest } from './algorithms.js'
export {
  callbackCredential,
  callbackDecryptionKey,
  type CallbackCredentialOptions,
  type CallbackDecryptionKeyOptions,
  type CallbackOptions,
  type SignatureRequest,
  type UnwrapRequest,
} from './callback.js'
export type { SignatureChecks } from './checkSignature.js'
export type { Credential, DecryptionKey, SigningAlgorithm } from './credential.js'
export type { KeystoreSource } from './entries.js'
export { identityOf, type Identity } from './identity.js'
export { openDecryptionKeys, openKeystore, type Keystore, type OpenKeystoreOptions } from './open.js'
export { writePkcs12, type Pkcs12Entry, type WritePkcs12Options } from './pkcs12/index.js'
export {
  inspectKeystore,
  type CertificateReport,
  type EntryReport,
  type InspectKeystoreOptions,
  type KeystoreReport,
} from './report.js'
export {
  softwareCredential,
  softwareDecryptionKey,
  type SoftwareCredentialOptions,
  type SoftwareDecryptionKeyOptions,
} from './software.js'
export type { KeystoreState } from './validity.js'
