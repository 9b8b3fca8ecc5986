/** The form in which each family of services wants its numbers (spec identifiers §3.4, §8), as data. */
import { EHealthError } from '../../errors.js'
import { parseCbe } from './cbe.js'
import { parseNihii } from './nihii.js'
import { parseSsin } from './ssin.js'

/** Length of a NIHII number: that of its type, cut to 8, or 11 padded with `000` on the right. */
export type NihiiForm = 'as-given' | 8 | 11

/** What a family of services wants. Every SSIN has 11 digits and every CBE number 10, everywhere. */
export interface ServiceForm {
  readonly title: string
  readonly person: NihiiForm
  readonly organisation: NihiiForm
  /** What the service calls an SSIN. */
  readonly ssinName: string
}

/** Families of services. */
export const serviceForms = {
  etk: { title: 'ETK depot, STS, certificates', person: 8, organisation: 8, ssinName: 'SSIN' },
  samlNumber: { title: 'SAML attributes …:nihii11', person: 11, organisation: 11, ssinName: 'ssin' },
  ehbox: {
    title: 'eHealthBox, address book',
    person: 'as-given',
    organisation: 'as-given',
    ssinName: 'INSS',
  },
  myCareNet: { title: 'MyCareNet', person: 11, organisation: 11, ssinName: 'INSS' },
  kmehr: { title: 'KMEHR', person: 11, organisation: 11, ssinName: 'INSS' },
  hub: { title: 'Hubs, therapeutic links', person: 11, organisation: 8, ssinName: 'INSS' },
  rnConsult: { title: 'RN Consult', person: 8, organisation: 8, ssinName: 'SSIN' },
} as const satisfies Readonly<Record<string, ServiceForm>>

/** A family of services by its name in {@link serviceForms}. */
export type ServiceFamily = keyof typeof serviceForms

/** A number and whose it is. */
export type NumberOf =
  | { readonly ssin: string }
  | { readonly cbe: string }
  | { readonly nihii: string; readonly of: 'person' | 'organisation' }

/**
 * A number in the form of a family of services. A NIHII number of 8 digits gets its `000` only for an organisation: the
 * qualification of a person must be looked up, a guessed one names another competence.
 *
 * @throws EHealthError `identifier.*`; `identifier.length` for a person without qualification where 11 digits are wanted
 *
 * @example
 * ```ts
 * import { formatForService } from 'ehealth-connectors/identifiers'
 *
 * formatForService('myCareNet', { nihii: '71009938', of: 'organisation' }) // '71009938000'
 * formatForService('hub', { nihii: '71009938000', of: 'organisation' }) // '71009938'
 * ```
 */
export function formatForService(family: ServiceFamily, number: NumberOf): string {
  if ('ssin' in number) return parseSsin(number.ssin).normalized
  if ('cbe' in number) return parseCbe(number.cbe).normalized
  const { normalized, base8 } = parseNihii(number.nihii)
  const form: NihiiForm = serviceForms[family][number.of]
  if (form === 'as-given') return normalized
  if (form === 8) return base8
  if (normalized.length === 11) return normalized
  if (number.of === 'organisation') return `${base8}000`
  throw new EHealthError('identifier.length', 'NIHII: expected 11 digits, found 8', {
    hint: 'The last three digits are the qualification of the person: look it up, zeros name another one.',
  })
}
