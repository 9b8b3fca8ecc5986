/**
 * Encryption tokens: the public keys that messages are sealed for, and the depot that publishes them.
 *
 * @module
 */
export { etkDepot, type EtkDepot } from './lookup.js'
export { checkToken, type CheckTokenOptions } from './checkToken.js'
export { checkOwnToken, type OwnTokenPolicy } from './ownToken.js'
export { readToken } from './token.js'
export type {
  EncryptionToken,
  TokenBatch,
  TokenBatchOptions,
  TokenMatch,
  TokenNotification,
  TokenOwner,
  TokenResult,
  TokenSearch,
  TokenWarning,
  VerifiedToken,
} from './types.js'
export { verifyToken, type VerifyTokenOptions } from './verifyToken.js'
