/**
 * What the connectors of the registers of persons share (spec rn-consult §3, §4): who asks, how a question is put, and what a
 * refusal says.
 *
 * @module
 */
export { ask, registerCallOptions, type RegisterCallOptions } from './ask.js'
export { atPath, ssinOf } from './number.js'
export {
  applicationIdOf,
  checkNationalRegisterOptions,
  valueFor,
  type NationalRegisterOptions,
  type PerEnvironment,
  type RegisterEnvironment,
} from './options.js'
export {
  isUnknown,
  refusalIn,
  type RefusalDetail,
  type RefusalReason,
  type Refused,
  type RegisterRefusal,
} from './refusal.js'
