/** What all numbers have in common: lenient input, digits out, the first failing rule as the reason. */
import { EHealthError, type ErrorCode } from '../../errors.js'

/**
 * Takes away blanks, dots and dashes and checks length and digits, in this order.
 *
 * The message names the kind and the rule, never the value: an SSIN in a log is a patient in a log.
 */
export function onlyDigits(kind: string, input: unknown, lengths: readonly number[]): string {
  const digits = withoutSeparators(kind, input)
  if (digits === '')
    throw new EHealthError(
      'identifier.length',
      `${kind}: expected ${lengths.join(' or ')} digits, found none`,
      {
        hint: 'Give the number. Is the setting or the variable set that holds it?',
      },
    )
  if (!lengths.includes(digits.length))
    throw refusal(
      kind,
      'identifier.length',
      `expected ${lengths.join(' or ')} digits, found ${digits.length}`,
    )
  if (!/^[0-9]+$/.test(digits))
    throw refusal(kind, 'identifier.not-digits', 'holds something else than digits')
  return digits
}

/** The text without blanks, dots and dashes. */
export function withoutSeparators(kind: string, input: unknown): string {
  return asText(kind, input).replace(/[\s.-]/g, '')
}

/** The input, which must be a string: a number has lost its leading zeros. */
export function asText(kind: string, input: unknown): string {
  if (typeof input === 'string') return input
  throw new EHealthError('identifier.format', `${kind}: not a string`, {
    hint: 'Keep identifiers as strings from end to end: numbers lose leading zeros.',
  })
}

/** `modulus − (number mod modulus)` in two digits; remainder 0 gives the modulus itself. */
export function complement(digits: string, modulus: 97 | 89): string {
  return String(modulus - (Number(digits) % modulus)).padStart(2, '0')
}

/** The error of a rule that failed. */
export function refusal(kind: string, code: ErrorCode, reason: string): EHealthError {
  return new EHealthError(code, `${kind}: ${reason}`)
}

/** True when `parse` accepts the input. Errors other than a refusal pass. */
export function accepts(parse: () => unknown): boolean {
  try {
    parse()
    return true
  } catch (error) {
    if (error instanceof EHealthError) return false
    throw error
  }
}
