/** Card number of the Belgian eID and Kids-ID (spec identifiers §6). Foreigner cards and ISI+ have no public rule. */
import { accepts, onlyDigits, refusal } from './digits.js'

/** A valid card number. */
export interface EidCard {
  /** 12 digits. */
  normalized: string
  /** As printed, `xxx-xxxxxxx-yy`. */
  formatted: string
}

const kind = 'card number'

/**
 * Reads a card number; blanks, dots and dashes are accepted. The check digits are the remainder itself (0 is written
 * 97), not 97 minus the remainder as for an SSIN.
 *
 * @throws EHealthError `identifier.length`, `.not-digits`, `.check-digit`; `.format` when the input is not a string.
 */
export function parseEidCard(input: string): EidCard {
  const digits = onlyDigits(kind, input, [12])
  const remainder = Number(digits.slice(0, 10)) % 97
  if (Number(digits.slice(10)) !== (remainder === 0 ? 97 : remainder))
    throw refusal(kind, 'identifier.check-digit', 'the check digits do not fit')
  return {
    normalized: digits,
    formatted: `${digits.slice(0, 3)}-${digits.slice(3, 10)}-${digits.slice(10)}`,
  }
}

/** True when {@link parseEidCard} accepts the input. */
export function isEidCard(input: string): boolean {
  return accepts(() => parseEidCard(input))
}
