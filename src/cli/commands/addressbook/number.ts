/** `TYPE:NUMBER` of the command line. */
import { UsageError } from '../../output.js'

/** Types of numbers; a professional has the first two, an organisation the last three. */
const numberTypes = ['ssin', 'nihii', 'cbe', 'ehp'] as const

export type NumberType = (typeof numberTypes)[number]

/** Kinds of those who stand in the address book. */
export const kinds = ['professionals', 'organisations'] as const

export type Kind = (typeof kinds)[number]

/** `SSIN:…`; check digits are judged by the library. */
export function parseNumber(text: string): { type: NumberType; number: string } {
  const [name = '', number = '', ...more] = text.split(':')
  const type = numberTypes.find((candidate) => candidate === name.toLowerCase())
  if (type !== undefined && number !== '' && more.length === 0) return { type, number }
  throw new UsageError('a number is TYPE:NUMBER with TYPE one of SSIN, NIHII, CBE, EHP')
}

/** Only professionals have an SSIN, only organisations the last two; both may have a NIHII number. */
export function kindOf(type: NumberType | undefined): Kind | undefined {
  if (type === 'ssin') return 'professionals'
  return type === 'cbe' || type === 'ehp' ? 'organisations' : undefined
}
