/** Which token: a card in a reader, a partition of an HSM. */
import { EHealthError } from '../../../errors.js'
import { ckf, numberOf, type Cryptoki, type Handle } from './cryptoki.js'
import { takeLibrary } from './library.js'
import { refusalOf } from './refusals.js'

/** A token in a slot. */
export interface Pkcs11Token {
  /** Id of the slot. Some libraries number slots anew whenever they start. */
  slot: number
  label: string
  serialNumber: string
  manufacturer: string
  model: string
  /** True where the reader asks for the PIN itself, on its own keys. */
  pinPad: boolean
  /** What is left of the attempts at the PIN, as far as the token tells. */
  pinAttempts: PinAttempts
}

/** `low`: there was a wrong PIN. `final`: one attempt is left. `locked`: none is. */
export type PinAttempts = 'normal' | 'low' | 'final' | 'locked'

/** Which token to take; nothing takes the only one. */
export interface TokenChoice {
  slot?: number
  tokenLabel?: string
  serialNumber?: string
}

/** A token with its slot's handle. */
export interface FoundToken extends Pkcs11Token {
  handle: Handle
  loginRequired: boolean
}

export function pinAttemptsOf(flags: number): PinAttempts {
  if ((flags & ckf.pinLocked) !== 0) return 'locked'
  if ((flags & ckf.pinFinalTry) !== 0) return 'final'
  return (flags & ckf.pinCountLow) !== 0 ? 'low' : 'normal'
}

/** Every initialised token that is there now. A reader that fails has none. */
export function presentTokens(cryptoki: Cryptoki): FoundToken[] {
  return cryptoki.C_GetSlotList(true).flatMap((handle) => {
    try {
      const info = cryptoki.C_GetTokenInfo(handle)
      if ((info.flags & ckf.tokenInitialized) === 0) return []
      return [
        {
          handle,
          slot: numberOf(handle),
          label: text(info.label),
          serialNumber: text(info.serialNumber),
          manufacturer: text(info.manufacturerID),
          model: text(info.model),
          pinPad: (info.flags & ckf.protectedAuthenticationPath) !== 0,
          pinAttempts: pinAttemptsOf(info.flags),
          loginRequired: (info.flags & ckf.loginRequired) !== 0,
        },
      ]
    } catch {
      return []
    }
  })
}

/** Fields are padded with spaces; some libraries end them with a null octet. */
const text = (padded: string): string => padded.replace(/\0.*$/s, '').trimEnd()

/**
 * The one token that was chosen.
 *
 * @throws EHealthError `keystore.no-token`, `keystore.ambiguous-token`
 */
export function chooseToken(cryptoki: Cryptoki, choice: TokenChoice): FoundToken {
  const { slot, tokenLabel, serialNumber } = choice
  const present = presentTokens(cryptoki)
  const found = present.filter(
    (token) =>
      (slot === undefined || token.slot === slot) &&
      (tokenLabel === undefined || token.label === tokenLabel) &&
      (serialNumber === undefined || token.serialNumber === serialNumber),
  )
  if (found[0] === undefined)
    throw new EHealthError(
      'keystore.no-token',
      present.length === 0 ? 'there is no token in any slot' : 'no token in the slots is the one asked for',
      { details: { tokens: present.length } },
    )
  if (found.length > 1)
    throw new EHealthError('keystore.ambiguous-token', 'several tokens fit', {
      details: { tokens: found.length },
    })
  return found[0]
}

/** Options of {@link listTokens}. */
export interface ListTokensOptions {
  /** File of the PKCS#11 library. */
  library: string
}

/**
 * The tokens that are there now: cards in readers, partitions of an HSM. Needs no PIN.
 *
 * @throws EHealthError `keystore.addon`, `keystore.library`, `keystore.device`
 *
 * @example
 * ```ts
 * import { listTokens } from 'ehealth-connectors/pkcs11'
 *
 * for (const { slot, label, pinPad } of await listTokens({ library: '/usr/lib/softhsm/libsofthsm2.so' }))
 *   console.log(slot, label, pinPad)
 * ```
 */
export async function listTokens({ library: file }: ListTokensOptions): Promise<Pkcs11Token[]> {
  const library = await takeLibrary(file)
  try {
    return presentTokens(library.cryptoki).map(({ handle: _, loginRequired: __, ...token }) => token)
  } catch (error) {
    throw refusalOf(error)
  } finally {
    library.release()
  }
}
