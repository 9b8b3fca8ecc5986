/** CBE (KBO, BCE): enterprise and establishment unit numbers (spec identifiers §4). */
import { accepts, asText, complement, onlyDigits, refusal } from './digits.js'

/** A valid CBE number. */
export interface Cbe {
  /** 10 digits. */
  normalized: string
  /** As printed: `0999.999.922` (enterprise) or `2.999.999.964` (establishment unit). */
  formatted: string
  cbeKind: 'enterprise' | 'establishment'
}

const kind = 'CBE'

/**
 * Reads a CBE number; blanks, dots, dashes and the VAT prefix `BE` are accepted, the old 9-digit form gets its zero.
 *
 * @throws EHealthError with the first failing rule: `identifier.length`, `.not-digits`, `.check-digit`,
 * `.first-digit` (9 is not issued); `.format` when the input is not a string.
 *
 * @example
 * ```ts
 * import { parseCbe } from 'ehealth-connectors/identifiers'
 *
 * console.log(parseCbe('BE 0999.999.922').normalized) // 0999999922
 * ```
 */
export function parseCbe(input: string): Cbe {
  const withoutPrefix = asText(kind, input).replace(/^\s*BE/i, '')
  const digits = onlyDigits(kind, withoutPrefix, [9, 10]).padStart(10, '0')
  if (digits.slice(8) !== complement(digits.slice(0, 8), 97))
    throw refusal(kind, 'identifier.check-digit', 'the check digits do not fit')
  if (digits.startsWith('9')) throw refusal(kind, 'identifier.first-digit', 'no number starts with 9')
  const cbeKind = digits < '2' ? 'enterprise' : 'establishment'
  const tail = `${digits.slice(4, 7)}.${digits.slice(7)}`
  return {
    normalized: digits,
    formatted:
      cbeKind === 'enterprise'
        ? `${digits.slice(0, 4)}.${tail}`
        : `${digits[0]!}.${digits.slice(1, 4)}.${tail}`,
    cbeKind,
  }
}

/** True when {@link parseCbe} accepts the input. */
export function isCbe(input: string): boolean {
  return accepts(() => parseCbe(input))
}
