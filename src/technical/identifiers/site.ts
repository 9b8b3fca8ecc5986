/** Site numbers of hospitals: campus, mobile emergency group (SMUR, MUG), paramedical intervention team (spec identifiers §8). */
import { accepts, onlyDigits } from './digits.js'

/** Kinds of sites by their type at the ETK depot. */
export type SiteType = 'SITE' | 'SITESMUR' | 'SITEPIT'

const lengths: Readonly<Record<SiteType, number>> = { SITE: 4, SITESMUR: 10, SITEPIT: 10 }

/**
 * Reads a site number: 4 digits of a campus, 10 of an emergency team; blanks, dots and dashes are accepted. No check
 * digits are known.
 *
 * @throws EHealthError `identifier.length`, `.not-digits`; `.format` when the input is not a string.
 *
 * @example
 * ```ts
 * import { parseSite } from 'ehealth-connectors/identifiers'
 *
 * console.log(parseSite('0042')) // 0042
 * ```
 */
export function parseSite(input: string, type: SiteType = 'SITE'): string {
  return onlyDigits('site number', input, [lengths[type]])
}

/** True when {@link parseSite} accepts the input. */
export function isSite(input: string, type: SiteType = 'SITE'): boolean {
  return accepts(() => parseSite(input, type))
}
