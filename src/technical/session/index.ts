/**
 * Sessions: one user's credentials, token and caches, with a lifetime. See docs/sessions.md.
 *
 * @module
 */
export { sealAs, unsealAs, unsealFileAs } from './sealing.js'
export { createSession } from './session.js'
export type { CredentialOptions, EncryptionKeys, LockedKeystore } from './credentialOptions.js'
export { createSessionPool, type PooledSession, type PoolState, type SessionPool } from './pool.js'
export type { PoolUser, SessionPoolOptions } from './poolOptions.js'
export type { RenewalMode } from './renewal.js'
export type { GivenToken, SessionOptions } from './sessionOptions.js'
export { tokenStore, type TokenStore, type TokenStoreOptions } from './tokenStore.js'
export { parseTrust } from './trust.js'
export type {
  Actor,
  Session,
  SessionCallOptions,
  SessionEvent,
  SessionKeys,
  SessionListener,
  TokenEvent,
  Trust,
} from './types.js'
