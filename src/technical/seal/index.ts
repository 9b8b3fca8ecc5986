/**
 * Sealed messages: end-to-end encryption of the platform, triple-wrapped CMS (spec etee §3 and §4).
 *
 * {@link seal} writes them, {@link unseal} opens and verifies them, {@link readRecipients} tells for whom one is. The
 * tokens to seal for come from `ehealth-connectors/etk`.
 *
 * @module
 */
export { readRecipients, type SealedRecipients } from './inspect.js'
export type { NamedDecryptionKey } from './decrypt.js'
export type { ErrorNotification, FatalNotification, Layer, WarningNotification } from './notifications.js'
export type { OcspPolicy } from './ocsp.js'
export type { OcspResponder } from './ocspRequest.js'
export { encryptionPolicy, signingPolicies, type SigningPolicy, type SigningPolicyName } from './policies.js'
export type { EncryptionToken, Recipient, VerifiedToken } from './recipient.js'
export { seal, type SealOptions, type SecretKey } from './seal.js'
export {
  unseal,
  unsealReport,
  type RefusedMessage,
  type Unsealed,
  type UnsealOptions,
  type UnsealReport,
} from './unseal.js'
export { verifySender, type SenderReport, type VerifySenderOptions } from './verifySender.js'
