/** EHP: number of an organisation that has neither NIHII nor CBE (spec identifiers §5). */
import { accepts, complement, onlyDigits, refusal } from './digits.js'

/** An EHP number. */
export interface Ehp {
  /** 10 digits. */
  normalized: string
  /** False when the check digits do not fit (possible with `tolerant` only). */
  checked: boolean
}

/** Options of {@link parseEhp}. */
export interface EhpOptions {
  /**
   * Accepts wrong check digits and reports them in `checked`: the rule is observed, not published. Default false.
   */
  tolerant?: boolean
}

const kind = 'EHP'

/**
 * Reads an EHP number; blanks, dots and dashes are accepted.
 *
 * @throws EHealthError `identifier.length`, `.not-digits`, `.check-digit`; `.format` when the input is not a string.
 */
export function parseEhp(input: string, options: EhpOptions = {}): Ehp {
  const digits = onlyDigits(kind, input, [10])
  const checked = digits.slice(8) === complement(digits.slice(0, 8), 97)
  if (!checked && options.tolerant !== true)
    throw refusal(kind, 'identifier.check-digit', 'the check digits do not fit')
  return { normalized: digits, checked }
}

/** True when {@link parseEhp} accepts the input. */
export function isEhp(input: string, options: EhpOptions = {}): boolean {
  return accepts(() => parseEhp(input, options))
}
