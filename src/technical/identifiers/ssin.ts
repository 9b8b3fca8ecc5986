/** SSIN (INSZ, NISS): number of a person in the National Register or the BIS register (spec identifiers §2). */
import { systemRuntime } from '../environment/runtime.js'
import { belgianDay, daysInMonth } from '../environment/belgianCalendar.js'
import { accepts, complement, onlyDigits, refusal } from './digits.js'

/** A valid SSIN with what can be read from it. Birth date and sex are hints: ask the register for the facts. */
export interface Ssin {
  /** 11 digits, as messages carry it. */
  normalized: string
  /** As printed on the identity card, `YY.MM.DD-SSS.CC`. */
  formatted: string
  register: 'NR' | 'BIS'
  /** `yyyy-mm-dd`, unknown parts `00`. */
  birthDate: string
  /** By the parity of the sequence number; null for BIS numbers issued with unknown sex. */
  sex: 'M' | 'F' | null
  /** BIS only: whether the sex was known when the number was issued. */
  bisSexKnown?: boolean
  /** Where birth date and sex come from. */
  source: 'ssin'
}

/** Options of {@link parseSsin}. */
export interface SsinOptions {
  /** A birth date after this day (in Belgium) is refused. Default: today. */
  asOf?: Date
}

const kind = 'SSIN'

/**
 * Reads an SSIN; blanks, dots and dashes are accepted.
 *
 * The check digits decide the century: at most one of the two formulas can match.
 *
 * @throws EHealthError with the first failing rule: `identifier.length`, `.not-digits`, `.check-digit`, `.month`,
 * `.day`, `.sequence`, `.future`; `.format` when the input is not a string. The message never holds the number.
 *
 * @example
 * ```ts
 * import { parseSsin } from 'ehealth-connectors/identifiers'
 *
 * const ssin = parseSsin('90.01.01-997.94')
 * console.log(ssin.normalized, ssin.birthDate, ssin.sex) // 90010199794 1990-01-01 M
 * ```
 */
export function parseSsin(input: string, options: SsinOptions = {}): Ssin {
  const digits = onlyDigits(kind, input, [11])
  const century = centuryOf(digits)
  const monthField = Number(digits.slice(2, 4))
  const offset = monthField >= 40 ? 40 : monthField >= 20 ? 20 : 0
  const month = monthField - offset
  if (month > 12) throw refusal(kind, 'identifier.month', 'the month does not exist')
  const year = century + Number(digits.slice(0, 2))
  const day = Number(digits.slice(4, 6))
  // A day beside an unknown month is a counter, used when the sequence of the unknown date is exhausted (§2.4).
  if (day > (month === 0 ? 31 : daysInMonth(year, month)))
    throw refusal(kind, 'identifier.day', 'the day does not exist')
  const sequence = digits.slice(6, 9)
  if (sequence === '000' || sequence === '999')
    throw refusal(kind, 'identifier.sequence', 'the sequence number is never issued')
  const birthDate = [year, pad(month), pad(month === 0 ? 0 : day)].join('-')
  if (birthDate > belgianDay(options.asOf ?? systemRuntime.now()))
    throw refusal(kind, 'identifier.future', 'the birth date lies in the future')
  return {
    normalized: digits,
    formatted: formatSsin(digits),
    register: offset === 0 ? 'NR' : 'BIS',
    birthDate,
    sex: offset === 20 ? null : Number(sequence) % 2 === 1 ? 'M' : 'F',
    ...(offset === 0 ? {} : { bisSexKnown: offset === 40 }),
    source: 'ssin',
  }
}

/** True when {@link parseSsin} accepts the input. */
export function isSsin(input: string, options: SsinOptions = {}): boolean {
  return accepts(() => parseSsin(input, options))
}

/** The check digits of nine digits, for a birth from 2000 or before. */
export function ssinCheckDigits(nineDigits: string, bornFrom2000: boolean): string {
  return complement(bornFrom2000 ? `2${nineDigits}` : nineDigits, 97)
}

/** `*********94`: for logs and error reports. Anything else than 11 characters is masked whole. */
export function redact(ssin: string): string {
  const text = ssin.replace(/[\s.-]/g, '')
  return text.length === 11 ? `*********${text.slice(-2)}` : '***********'
}

function centuryOf(digits: string): 1900 | 2000 {
  const nine = digits.slice(0, 9)
  const check = digits.slice(9)
  if (check === ssinCheckDigits(nine, false)) return 1900
  if (check === ssinCheckDigits(nine, true)) return 2000
  throw refusal(kind, 'identifier.check-digit', 'the check digits do not fit')
}

function formatSsin(digits: string): string {
  const [yy, mm, dd] = [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4, 6)]
  return `${yy}.${mm}.${dd}-${digits.slice(6, 9)}.${digits.slice(9)}`
}

const pad = (part: number): string => String(part).padStart(2, '0')
