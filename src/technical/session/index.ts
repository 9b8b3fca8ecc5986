/**
 * Sessions: one user's credentials, token and caches, with a lifetime. See docs/sessions.md.
 *
 * @module
 */
export { sealAs, unsealAs } from './sealing.js'
export { createSession } from './session.js'
export type { LockedKeystore, SessionOptions } from './sessionOptions.js'
export { parseTrust } from './trust.js'
export type {
  Actor,
  Session,
  SessionCallOptions,
  SessionEvent,
  SessionListener,
  TokenEvent,
  Trust,
} from './types.js'
