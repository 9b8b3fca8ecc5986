/** Numbers of identity and insurance cards, as IdSupport takes them (spec identifiers §6, §9). */
import { accepts, asText, refusal } from './digits.js'
import { parseEidCard } from './eidCard.js'

/** A card number. */
export interface CardNumber {
  /** Digits of a Belgian card; anything else is passed through without blanks. */
  normalized: string
  /** As printed; the same as `normalized` where no form is known. */
  formatted: string
  /** `belgian`: eID or Kids-ID; `other`: card of a foreigner, of which no public rule was found. */
  card: 'belgian' | 'other'
  /** Whether check digits were looked at. */
  checked: boolean
}

/** What IdSupport calls the two kinds of numbers. */
export const cardSupportTypes = {
  /** Number printed on an identity card. */
  cardNumber: 'urn:be:fgov:person:cardsupport:cardnumber',
  /** What the barcode or data matrix of an ISI+ card says. */
  barcoded: 'urn:be:fgov:person:cardsupport:barcoded',
} as const

const kind = 'card number'

/**
 * Reads the number of an identity card. Twelve digits are a Belgian card and are checked; a number with letters is that of
 * a foreigner's card and passes through: no public rule was found.
 *
 * @throws EHealthError `identifier.check-digit`, `.length` (digits, but not twelve; more than 20 characters), `.format`
 *
 * @example
 * ```ts
 * import { parseCardNumber } from 'ehealth-connectors/identifiers'
 *
 * const { normalized, checked } = parseCardNumber('599-0000001-32') // '599000000132', true
 * ```
 */
export function parseCardNumber(input: string): CardNumber {
  const text = asText(kind, input).replace(/[\s.-]/g, '')
  if (/^[0-9]*$/.test(text)) return { ...parseEidCard(text), card: 'belgian', checked: true }
  if (!/^[A-Za-z0-9]+$/.test(text))
    throw refusal(kind, 'identifier.format', 'expected digits, or letters and digits')
  if (text.length > 20) throw refusal(kind, 'identifier.length', 'expected 20 characters at most')
  return { normalized: text, formatted: text, card: 'other', checked: false }
}

/** True when {@link parseCardNumber} accepts the input. */
export const isCardNumber = (input: string): boolean => accepts(() => parseCardNumber(input))

/**
 * Takes what was read from the barcode of an ISI+ card: its format is not public, so it passes through unchanged.
 *
 * @throws EHealthError `identifier.length` (nothing, or more than 1000 characters), `.format` (control characters)
 */
export function parseIsiBarcode(input: string): string {
  const text = asText('ISI+ barcode', input)
  if (text.length === 0 || text.length > 1000)
    throw refusal('ISI+ barcode', 'identifier.length', 'expected 1 to 1000 characters')
  if (/[\u0000-\u001f\u007f]/.test(text))
    throw refusal('ISI+ barcode', 'identifier.format', 'holds control characters')
  return text
}
