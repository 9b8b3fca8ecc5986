/** The statements of an answer as they came, with names and values (spec memberdata-mycarenet §1.7). */
import { belgianDay, belgianTime, dayOf } from '../../technical/environment/belgianCalendar.js'
import { insurerIssuer, nippin, type AssertionElement } from './contract.js'

/** One statement about a patient, as it came. */
export interface MemberAssertion {
  id: string
  /** What it is about, without `urn:be:cin:nippin:`: `insurability:period`, `globalMedicalFile`. */
  type: string
  /** Code of the insurer who says it. */
  insurer?: string
  /** First day of the period that it is about. */
  from?: string
  /** First day that it is no longer about. */
  until?: string
  /** Values by the full name of the attribute. */
  attributes: Readonly<Record<string, readonly string[]>>
  /** The facets that it answers, by their names on the wire. */
  facets: readonly string[]
}

/** The statement of an element. */
export function assertionOf(element: AssertionElement): MemberAssertion {
  const { ID, Issuer, Subject, Conditions, Advice, AttributeStatement } = element
  const asked = Subject?.SubjectConfirmation?.SubjectConfirmationData
  const from = dayAt(Conditions?.NotBefore ?? asked?.NotBefore)
  const until = dayAt(Conditions?.NotOnOrAfter ?? asked?.NotOnOrAfter)
  const insurer = insurerOf(Issuer?.value)
  const attributes = new Map<string, string[]>()
  for (const { Attribute } of AttributeStatement)
    for (const { Name, AttributeValue } of Attribute)
      attributes.set(Name, [...(attributes.get(Name) ?? []), ...AttributeValue.map(({ value }) => value)])
  return {
    id: ID,
    type: withoutHead(Advice?.AssertionType?.trim() ?? ''),
    ...(insurer === undefined ? {} : { insurer }),
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
    attributes: Object.fromEntries(attributes),
    facets: Advice?.Facet.map(({ id }) => id) ?? [],
  }
}

const withoutHead = (name: string): string => (name.startsWith(nippin) ? name.slice(nippin.length) : name)

/** Code of the insurer behind an issuer; undefined for MyCareNet itself. */
export const insurerOf = (issuer: string | undefined): string | undefined =>
  issuer?.trim().startsWith(insurerIssuer) === true ? issuer.trim().slice(insurerIssuer.length) : undefined

/**
 * The day that an instant of an insurer means. Most have no zone, and it is never added: the day is the one written. Only
 * midnight of Belgium written in another zone (`2024-12-31T23:00:00Z`) is the day that begins there.
 */
export function dayAt(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const written = dayOf(text.trim().slice(0, 10))
  if (written === undefined || !/T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text.trim())) return written
  const instant = new Date(text.trim())
  return !/T00:00:00/.test(text) && belgianTime(instant) === '00:00:00' ? belgianDay(instant) : written
}
