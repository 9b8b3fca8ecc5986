/** NSSO (RSZ, ONSS): registration of an employer (spec identifiers §4). */
import { accepts, onlyDigits, refusal } from './digits.js'

/** A registration number. */
export interface Nsso {
  /** 10 digits. */
  normalized: string
  /** Given until the definite number is there. */
  temporary: boolean
}

/**
 * Reads a registration number: 10 digits that start with 0, or with 51 for a temporary one. No check digits are known.
 *
 * @throws EHealthError `identifier.length`, `.not-digits`, `.first-digit`; `.format` when the input is not a string.
 */
export function parseNsso(input: string): Nsso {
  const digits = onlyDigits('NSSO', input, [10])
  const temporary = digits.startsWith('51')
  if (!temporary && !digits.startsWith('0'))
    throw refusal('NSSO', 'identifier.first-digit', 'expected a number that starts with 0 or 51')
  return { normalized: digits, temporary }
}

/** True when {@link parseNsso} accepts the input. */
export const isNsso = (input: string): boolean => accepts(() => parseNsso(input))
