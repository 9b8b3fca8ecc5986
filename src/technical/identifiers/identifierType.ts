/** Types of actors: their names at the ETK depot and in the eHealthBox, and the length of their number (spec identifiers §8). */
import { asText, refusal, withoutSeparators } from './digits.js'

/** A type of actor. */
export interface IdentifierType {
  /** Name at the ETK depot and in certificates, for instance `NIHII-HOSPITAL`. */
  etk: string
  /** Type in the eHealthBox and the address book, for instance `INSS` for an SSIN. */
  ehboxType: string
  /** Subtype in the eHealthBox and the address book, for instance `HOSPITAL`. */
  ehboxSubtype?: string
  /** Number of digits. */
  length: 4 | 8 | 10 | 11
}

const nihiiSubtypes = [
  'PHARMACY',
  'HOSPITAL',
  'LABO',
  'RETIREMENT',
  'OTD_PHARMACY',
  'GROUP',
  'PALLIATIVE_CARE',
  'OFFICE_DENTISTS',
  'MEDICAL_HOUSE',
  'OFFICE_DOCTORS',
  'GROUP_DOCTORS',
  'OF_BAND',
  'PSYCH_HOUSE',
  'PROT_ACC',
  'HOME_SERVICES',
  'OF_PHYSIOS',
  'GUARD_POST',
  'BELRAI',
  'BELRAI_SCREEN',
  'GROUP_MIDWIVES',
  'AMBU_SERVICE',
  'LEGAL_PSY',
  'REEDUCATION',
  'SORTING_CENTER',
]

/** All types that the platform names. */
export const identifierTypes: readonly IdentifierType[] = [
  { etk: 'SSIN', ehboxType: 'INSS', length: 11 },
  { etk: 'NIHII', ehboxType: 'NIHII', length: 8 },
  { etk: 'NIHII11', ehboxType: 'NIHII11', length: 11 },
  { etk: 'CBE', ehboxType: 'CBE', length: 10 },
  { etk: 'CBE-TREAT_CENTER', ehboxType: 'CBE', ehboxSubtype: 'TREATMENT_CENTER', length: 10 },
  { etk: 'CBE-CONSORTIUM', ehboxType: 'CBE', ehboxSubtype: 'CONSORTIUM', length: 10 },
  { etk: 'EHP', ehboxType: 'EHP', length: 10 },
  { etk: 'EHP-CTRL_ORGANISM', ehboxType: 'EHP', ehboxSubtype: 'CTRL_ORGANISM', length: 10 },
  { etk: 'SITE', ehboxType: 'SITE', length: 4 },
  { etk: 'SITESMUR', ehboxType: 'SITESMUR', length: 10 },
  { etk: 'SITEPIT', ehboxType: 'SITEPIT', length: 10 },
  ...nihiiSubtypes.map((name): IdentifierType => ({
    etk: `NIHII-${name}`,
    ehboxType: 'NIHII',
    ehboxSubtype: name,
    length: 8,
  })),
]

/**
 * The type with this name at the ETK depot.
 *
 * @throws EHealthError `identifier.type`
 */
export function identifierType(etk: string): IdentifierType {
  const name = asText('type', etk)
  const type = identifierTypes.find((candidate) => candidate.etk === name)
  if (type === undefined) throw refusal('type', 'identifier.type', 'the ETK depot knows no such type')
  return type
}

/**
 * The type with this name (and subtype) in the eHealthBox.
 *
 * @throws EHealthError `identifier.type`
 */
export function identifierTypeOfEhbox(ehboxType: string, ehboxSubtype?: string): IdentifierType {
  const type = identifierTypes.find(
    (candidate) => candidate.ehboxType === ehboxType && candidate.ehboxSubtype === ehboxSubtype,
  )
  if (type === undefined) throw refusal('type', 'identifier.type', 'the eHealthBox knows no such type')
  return type
}

/**
 * A number in the form that the ETK depot, certificates and tokens want for this type: digits only, lost leading zeros
 * restored, an 11-digit NIHII cut to its 8 digits for the types of 8.
 *
 * Stricter than the official connector, which cuts any number that is too long and pads a NIHII of 8 digits to 11 on
 * the left, where no number is ever meant. Check digits are not looked at.
 *
 * @throws EHealthError `identifier.type`, `identifier.not-digits`, `identifier.length`
 *
 * @example
 * ```ts
 * import { formatForEtk } from 'ehealth-connectors/identifiers'
 *
 * formatForEtk('CBE', '999999922') // '0999999922'
 * formatForEtk('NIHII-HOSPITAL', '71009938000') // '71009938'
 * ```
 */
export function formatForEtk(type: string, value: string): string {
  const { etk, length } = identifierType(type)
  const digits = withoutSeparators(etk, value)
  if (digits === '') throw refusal(etk, 'identifier.length', 'the number is empty')
  if (!/^[0-9]+$/.test(digits))
    throw refusal(etk, 'identifier.not-digits', 'holds something else than digits')
  if (etk.startsWith('NIHII') && length === 8 && digits.length === 11) return digits.slice(0, 8)
  if (digits.length > length)
    throw refusal(etk, 'identifier.length', `expected ${length} digits, found ${digits.length}`)
  if (etk === 'NIHII11' && digits.length === 8)
    throw refusal(etk, 'identifier.length', 'expected 11 digits: the qualification is missing')
  return digits.padStart(length, '0')
}
