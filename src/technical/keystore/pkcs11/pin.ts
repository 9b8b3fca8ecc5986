/** Asking for a PIN, with care: every wrong one brings a card nearer to its end. */
import { EHealthError } from '../../../errors.js'
import type { FoundToken, PinAttempts } from './slots.js'

/** What the holder is asked for a PIN for. */
export interface PinRequest {
  /** `login`: once for all keys. `signature`: for this one signature, as keys for non-repudiation demand. */
  reason: 'login' | 'signature'
  tokenLabel: string
  /** What is left of the attempts: show it before a `final` one. */
  pinAttempts: PinAttempts
  /** Label of the key, for a `signature`. */
  keyLabel?: string
  /** Aborts when the keystore is closed: nobody waits for the answer any more. */
  signal: AbortSignal
}

/**
 * A PIN, or who asks for it. What a function gives is used and forgotten; a fixed PIN is kept as long as the keystore is
 * open, since a card that was put back wants it again.
 */
export type Pin = string | ((request: PinRequest) => string | Promise<string>)

/** Keeps count of a fixed PIN: it is tried once, and never on the last attempt. */
export interface PinSource {
  /**
   * @throws EHealthError `keystore.pin-required`, `keystore.pin-locked`, `keystore.cancelled`, and `keystore.pin` for a
   * fixed PIN that must not be tried
   */
  ask(request: PinRequest): Promise<string>
  /** The token refused what `ask` gave. */
  refused(): void
  forget(): void
}

export function pinSource(given: Pin | undefined): PinSource {
  let pin = given
  let wrong = false
  return {
    ask: async (request) => {
      if (pin === undefined)
        throw new EHealthError('keystore.pin-required', 'the token wants a PIN and none was given')
      if (typeof pin === 'function') return askHolder(pin, request)
      if (wrong)
        throw new EHealthError('keystore.pin', 'the token refused this PIN before; it is not tried again')
      // a program that starts over and over would lock the card; a person reads that it is the last attempt
      if (request.pinAttempts === 'final')
        throw new EHealthError('keystore.pin', 'one attempt is left: a fixed PIN is not tried', {
          hint: 'Enter the right PIN by hand once (a function as `pin`, or the card’s own software).',
          details: { pinAttempts: 'final' },
        })
      return pin
    },
    refused: () => {
      if (typeof pin === 'string') wrong = true
    },
    forget: () => {
      pin = undefined
    },
  }
}

async function askHolder(ask: Exclude<Pin, string>, request: PinRequest): Promise<string> {
  let answer: unknown
  try {
    answer = await ask(request)
  } catch (error) {
    if (error instanceof EHealthError) throw error
    throw new EHealthError('keystore.cancelled', 'no PIN was given', { cause: error })
  }
  if (typeof answer !== 'string' || answer === '')
    throw new EHealthError('keystore.cancelled', 'no PIN was given')
  return answer
}

/** @throws EHealthError `keystore.pin-locked` before an attempt that cannot succeed */
export function refuseLocked({ pinAttempts }: Pick<FoundToken, 'pinAttempts'>): void {
  if (pinAttempts === 'locked')
    throw new EHealthError('keystore.pin-locked', 'the PIN of the token is locked')
}
