/** Time stamps of RFC 3161: reading and verifying them, and whoever makes them. */
export type { TimestampAuthority, TimestampDigest, TimestampImprint } from './authority.js'
export { readTimestampToken, type TimestampToken } from './read.js'
export {
  assertTimestamp,
  timestampChecks,
  type TimestampCheck,
  type TimestampCheckName,
  type TimestampCode,
  type TimestampFinding,
  type TimestampVerdict,
  type ValidTimestamp,
} from './verdict.js'
export { platformTimestampPolicy, verifyTimestampToken, type VerifyTimestampOptions } from './verify.js'
export type { TimestampWrapping } from './wrapping.js'
