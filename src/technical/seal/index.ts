/**
 * Sealed messages: end-to-end encryption of the platform, triple-wrapped CMS (spec etee §3 and §4).
 *
 * {@link seal} writes them, {@link unseal} opens and verifies them, {@link readRecipients} tells for whom one is;
 * {@link sealStream}, {@link unsealStream} and {@link unsealFile} do the same for content larger than memory should
 * hold. The tokens to seal for come from `ehealth-connectors/etk`.
 *
 * @module
 */
export { readRecipients, type SealedRecipients } from './inspect.js'
export type { NamedDecryptionKey, SecretKeyLookup } from './decrypt.js'
export type { LayerEvidence } from './judgeMessage.js'
export type { ErrorNotification, FatalNotification, Layer, WarningNotification } from './notifications.js'
export type { LayerRevocation, OcspPolicy } from './ocsp.js'
export { askOcspResponder, type OcspResponder } from './ocspResponder.js'
export {
  encryptionPolicies,
  platformSigningPolicies,
  signingPolicies,
  type EncryptionPolicy,
  type EncryptionPolicyName,
  type SigningPolicy,
  type SigningPolicyName,
} from './policies.js'
export type { EncryptionToken, NamedRecipient, Recipient, VerifiedToken } from './recipient.js'
export { seal, type SealOptions, type SecretKey } from './seal.js'
export { sealStream, type SealStreamOptions } from './sealStream.js'
export type { NamedCredential } from './signer.js'
export type { TimestampEvidence } from './signingTime.js'
export type { ByteStream } from './source.js'
export {
  unseal,
  unsealReport,
  type Accepted,
  type RefusedMessage,
  type Unsealed,
  type UnsealedMessage,
  type UnsealOptions,
  type UnsealReport,
} from './unseal.js'
export {
  unsealFile,
  unsealFileReport,
  unsealStream,
  type UnsealedFile,
  type UnsealedStream,
  type UnsealFileReport,
  type UnsealStreamOptions,
} from './unsealStream.js'
export { verifySender, type SenderReport, type VerifySenderOptions } from './verifySender.js'
