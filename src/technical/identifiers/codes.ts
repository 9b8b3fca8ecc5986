/** Codes of places and countries (spec identifiers §7). */
import { accepts, asText, refusal } from './digits.js'

/**
 * Reads the NIS (INS, REFNIS) code of a municipality, 5 digits. Codes of merged municipalities stay valid: they tell
 * the place on the day of the fact.
 *
 * @throws EHealthError `identifier.length`, `.not-digits`, `.not-a-municipality` (province, arrondissement, region)
 */
export function parseMunicipalityNis(input: string): string {
  const text = asText('municipality code', input)
  if (text.length !== 5) throw refusal('municipality code', 'identifier.length', 'expected 5 digits')
  if (!/^[0-9]+$/.test(text)) throw refusal('municipality code', 'identifier.not-digits', 'expected 5 digits')
  if (text.endsWith('000') || text === '20001' || text === '20002')
    throw refusal('municipality code', 'identifier.not-a-municipality', 'the code names a larger area')
  return text
}

/** True when {@link parseMunicipalityNis} accepts the input. */
export const isMunicipalityNis = (input: string): boolean => accepts(() => parseMunicipalityNis(input))

/**
 * Reads a country code of the NIS list; leading zeros do not matter. The result is the number that messages carry.
 *
 * @throws EHealthError `identifier.not-digits`, `.range` (0 to 999)
 */
export function parseCountryNis(input: string): number {
  const text = asText('country code', input)
  if (!/^[0-9]+$/.test(text)) throw refusal('country code', 'identifier.not-digits', 'expected digits')
  const code = Number(text)
  if (code > 999) throw refusal('country code', 'identifier.range', 'expected 0 to 999')
  return code
}

/** True when {@link parseCountryNis} accepts the input. */
export const isCountryNis = (input: string): boolean => accepts(() => parseCountryNis(input))

/**
 * Reads a country code of ISO 3166-1 alpha-2: two capitals. Whether the country exists is not checked.
 *
 * @throws EHealthError `identifier.length`, `.format`, `.case`
 */
export function parseCountryIso(input: string): string {
  const text = asText('country code', input)
  if (text.length !== 2) throw refusal('country code', 'identifier.length', 'expected 2 letters')
  if (!/^[A-Za-z]+$/.test(text)) throw refusal('country code', 'identifier.format', 'expected 2 letters')
  if (text !== text.toUpperCase()) throw refusal('country code', 'identifier.case', 'expected capitals')
  return text
}

/** True when {@link parseCountryIso} accepts the input. */
export const isCountryIso = (input: string): boolean => accepts(() => parseCountryIso(input))

/**
 * Reads a Belgian postal code, 4 digits.
 *
 * @throws EHealthError `identifier.format`, `.length`, `.first-digit` (0 is not used)
 */
export function parsePostalCode(input: string): string {
  const text = asText('postal code', input)
  if (!/^[0-9]+$/.test(text)) throw refusal('postal code', 'identifier.format', 'expected digits only')
  if (text.length !== 4) throw refusal('postal code', 'identifier.length', 'expected 4 digits')
  if (text.startsWith('0')) throw refusal('postal code', 'identifier.first-digit', 'no code starts with 0')
  return text
}

/** True when {@link parsePostalCode} accepts the input. */
export const isPostalCode = (input: string): boolean => accepts(() => parsePostalCode(input))
