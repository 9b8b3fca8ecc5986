/** NIHII (RIZIV, INAMI): number of a professional or an institution in health care (spec identifiers §3). */
import { accepts, complement, onlyDigits, refusal } from './digits.js'

/** Kind of holder by the first digits. Informational: the public pages disagree on 2 and 6 to 9. */
export type NihiiProfession =
  | 'physician'
  | 'pharmacist'
  | 'dentist'
  | 'nurse-or-midwife'
  | 'physiotherapist'
  | 'paramedical'
  | 'hospital'
  | 'institution'
  | 'laboratory'
  | 'service'
  | 'group'
  | 'other'

/** A valid NIHII number. */
export interface Nihii {
  /** 8 or 11 digits, as given. */
  normalized: string
  /** As printed, `X-XXXXX-XX` or `X-XXXXX-XX-XXX`. */
  formatted: string
  /** The 8 digits that stay the same for a whole career: compare by these, never by 6. */
  base8: string
  /** Qualification code of the 11-digit form: changes during a career, no part of the identity. */
  qualification: string | null
  /** Series of the check digits: 97, or 89 for the series opened from 2013. */
  modulus: 97 | 89
  profession: NihiiProfession
}

const kind = 'NIHII'

/**
 * Reads a NIHII number of 8 or 11 digits; blanks, dots and dashes are accepted.
 *
 * @throws EHealthError with the first failing rule: `identifier.length`, `.not-digits`, `.profession` (first digit 0:
 * a left-padded number), `.check-digit`; `.format` when the input is not a string.
 *
 * @example
 * ```ts
 * import { parseNihii } from 'ehealth-connectors/identifiers'
 *
 * const { base8, qualification } = parseNihii('1-00001-06-004') // '10000106', '004'
 * ```
 */
export function parseNihii(input: string): Nihii {
  const digits = onlyDigits(kind, input, [8, 11])
  if (digits.startsWith('0')) throw refusal(kind, 'identifier.profession', 'no profession has the digit 0')
  const base8 = digits.slice(0, 8)
  const qualification = digits.length === 11 ? digits.slice(8) : null
  return {
    normalized: digits,
    formatted:
      [digits.slice(0, 1), digits.slice(1, 6), digits.slice(6, 8)].join('-') +
      (qualification === null ? '' : `-${qualification}`),
    base8,
    qualification,
    modulus: modulusOf(base8),
    profession: professionOf(base8),
  }
}

/** True when {@link parseNihii} accepts the input. */
export function isNihii(input: string): boolean {
  return accepts(() => parseNihii(input))
}

/** True when both numbers name the same holder, whatever their qualifications. */
export function sameNihii(one: string, other: string): boolean {
  return parseNihii(one).base8 === parseNihii(other).base8
}

function modulusOf(base8: string): 97 | 89 {
  const six = base8.slice(0, 6)
  const check = base8.slice(6)
  if (check === complement(six, 97)) return 97
  if (check === complement(six, 89)) return 89
  throw refusal(kind, 'identifier.check-digit', 'the check digits do not fit')
}

const professions: Readonly<Record<string, NihiiProfession>> = {
  1: 'physician',
  2: 'pharmacist',
  3: 'dentist',
  4: 'nurse-or-midwife',
  5: 'physiotherapist',
  6: 'paramedical',
  71: 'hospital',
  7: 'institution',
  82: 'laboratory',
  8: 'service',
  94: 'group',
  9: 'other',
}

function professionOf(base8: string): NihiiProfession {
  return professions[base8.slice(0, 2)] ?? professions[base8.slice(0, 1)] ?? 'other'
}
