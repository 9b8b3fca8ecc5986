/**
 * Keys on smart cards, identity cards and HSMs, through PKCS#11. Needs the optional package `pkcs11js`.
 *
 * @module
 */
export type { EntryChoice } from './choose.js'
export { openPkcs11, type Pkcs11Entry, type Pkcs11Keystore, type Pkcs11Options } from './open.js'
export type { Pin, PinRequest } from './pin.js'
export {
  listTokens,
  type ListTokensOptions,
  type PinAttempts,
  type Pkcs11Token,
  type TokenChoice,
} from './slots.js'
