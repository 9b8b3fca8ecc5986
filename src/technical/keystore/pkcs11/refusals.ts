/** What a token's return values mean (OASIS PKCS#11 2.40 §5.1), as errors of this library. */
import { EHealthError, type ErrorCode } from '../../../errors.js'

/** A return value of a token. */
export interface ReturnValue {
  name: string
  value: number
}

const codes: Readonly<Record<number, ErrorCode>> = {
  0x1: 'keystore.cancelled', // CANCEL
  0x3: 'keystore.removed', // SLOT_ID_INVALID
  0x32: 'keystore.removed', // DEVICE_REMOVED
  0x50: 'keystore.cancelled', // FUNCTION_CANCELED
  0x54: 'keystore.mechanism', // FUNCTION_NOT_SUPPORTED
  0x60: 'keystore.removed', // KEY_HANDLE_INVALID
  0x62: 'keystore.mechanism', // KEY_SIZE_RANGE
  0x63: 'keystore.mechanism', // KEY_TYPE_INCONSISTENT
  0x68: 'keystore.mechanism', // KEY_FUNCTION_NOT_PERMITTED
  0x70: 'keystore.mechanism', // MECHANISM_INVALID
  0x71: 'keystore.mechanism', // MECHANISM_PARAM_INVALID
  0x82: 'keystore.removed', // OBJECT_HANDLE_INVALID
  0xa0: 'keystore.pin', // PIN_INCORRECT
  0xa1: 'keystore.pin', // PIN_INVALID
  0xa2: 'keystore.pin', // PIN_LEN_RANGE
  0xa3: 'keystore.pin-expired', // PIN_EXPIRED
  0xa4: 'keystore.pin-locked', // PIN_LOCKED
  0xb0: 'keystore.removed', // SESSION_CLOSED
  0xb3: 'keystore.removed', // SESSION_HANDLE_INVALID
  0xe0: 'keystore.removed', // TOKEN_NOT_PRESENT
  0xe1: 'keystore.removed', // TOKEN_NOT_RECOGNIZED
  0x101: 'keystore.pin-required', // USER_NOT_LOGGED_IN
  0x190: 'keystore.removed', // CRYPTOKI_NOT_INITIALIZED
  0x200: 'keystore.cancelled', // FUNCTION_REJECTED
}

const messages: Partial<Record<ErrorCode, string>> = {
  'keystore.cancelled': 'the holder of the token did not consent',
  'keystore.removed': 'the token is no longer there',
  'keystore.mechanism': 'the token does not do this with this key',
  'keystore.pin': 'the token refuses the PIN',
  'keystore.pin-expired': 'the PIN of the token has expired',
  'keystore.pin-locked': 'the PIN of the token is locked',
  'keystore.pin-required': 'the token wants a PIN and none was given',
  'keystore.device': 'the token or its reader failed',
}

/** Values that have a part of their own in the conversation with a token. */
export const ckr = {
  userNotLoggedIn: 0x101,
  userAlreadyLoggedIn: 0x100,
  operationActive: 0x90,
  operationNotInitialized: 0x91,
  cryptokiAlreadyInitialized: 0x191,
  pinLocked: 0xa4,
} as const

/**
 * The return value in an error of the addon, whose text is `CKR_PIN_INCORRECT:160` before it is taken apart.
 * `undefined` for what did not come from a token.
 */
export function returnValueOf(error: unknown): ReturnValue | undefined {
  if (!(error instanceof Error) || error instanceof EHealthError) return undefined
  const { code } = error as { code?: unknown }
  if (typeof code === 'number' && code > 0) return { name: error.message.split(':')[0]!, value: code }
  const found = /^([\w ]+):(\d+)/.exec(error.message)
  return found === null ? undefined : { name: found[1]!, value: Number(found[2]) }
}

/** True for values after which a session is of no use: the token went away, was put back, or the library was closed. */
export const isLost = (found: ReturnValue): boolean => codes[found.value] === 'keystore.removed'

/**
 * True for values that speak of the token's state. All others of a decryption may depend on what was inside of the
 * ciphertext, whatever they are called: libraries differ (implicit rejection, see unwrapRsa.ts).
 */
export function isStateOf(found: ReturnValue): boolean {
  const code = codes[found.value]
  return (code !== undefined && code !== 'keystore.mechanism') || found.value === ckr.operationNotInitialized
}

/** An error of the addon as one of ours; one of ours stays as it is. */
export function refusalOf(error: unknown): EHealthError {
  if (error instanceof EHealthError) return error
  const found = returnValueOf(error)
  const code = (found === undefined ? undefined : codes[found.value]) ?? 'keystore.device'
  return new EHealthError(code, messages[code] ?? 'the token refuses', {
    cause: error,
    ...(found === undefined ? {} : { details: { returnValue: found.name } }),
  })
}
