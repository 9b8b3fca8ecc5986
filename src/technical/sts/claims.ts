/** SAML attributes as a token request asserts them and asks for them (spec sts-iam §1.3, §1.4). */
import { EHealthError } from '../../errors.js'
import type { RequestSecurityToken } from './contract.js'

/** A SAML attribute by name and namespace; with values it is asserted, without it is asked for (spec sts-iam §1.4). */
export interface SamlAttribute {
  /** For instance `urn:be:fgov:person:ssin`. */
  name: string
  /** `urn:be:fgov:identification-namespace` or `urn:be:fgov:certified-namespace:ehealth`. */
  namespace: string
  values?: readonly string[]
  /** `false`: asserted, but not asked back for the token. What is asserted is otherwise asked for too. */
  designated?: false
}

export const attributeNamespaces = {
  /** What the caller says of himself and the STS checks against the certificate. */
  identification: 'urn:be:fgov:identification-namespace',
  /** What the platform certifies from its registers; a caller never gives a value. */
  certified: 'urn:be:fgov:certified-namespace:ehealth',
} as const

type Claim = NonNullable<RequestSecurityToken['Claims']>['ClaimType'][number]

/** True for an attribute that goes out with a value. */
export const isAsserted = (attribute: SamlAttribute): boolean => (attribute.values?.length ?? 0) > 0

/**
 * What is asserted, in the order given.
 *
 * @throws EHealthError `configuration.invalid` for a name that is asserted twice, or an empty value
 */
export function assertedOf(attributes: readonly SamlAttribute[]): SamlAttribute[] {
  const asserted = attributes.filter(isAsserted)
  const names = new Set<string>()
  for (const { name, values = [] } of asserted) {
    if (names.has(name)) throw invalid(name, 'is asserted twice')
    if (values.some((value) => value === '')) throw invalid(name, 'has an empty value')
    names.add(name)
  }
  return asserted
}

/** What the token is asked to carry: what is asserted first, then the rest, in the order given, each once. */
export function designatedOf(attributes: readonly SamlAttribute[]): SamlAttribute[] {
  const designated = new Map<string, SamlAttribute>()
  const asked = attributes.filter((attribute) => !isAsserted(attribute))
  for (const attribute of [...attributes.filter(isAsserted), ...asked])
    if (attribute.designated !== false && !designated.has(attribute.name))
      designated.set(attribute.name, attribute)
  return [...designated.values()]
}

/**
 * The claims in the order that the STS answers in: asserted attributes first, then those asked for. Several values are
 * joined with `;`. What is asserted is not asked for again.
 *
 * @throws EHealthError `configuration.invalid` for a name that is asserted twice, an empty value, or a value with a
 * semicolon, which the STS would take for two.
 */
export function claimsOf(attributes: readonly SamlAttribute[]): Claim[] {
  const claims = new Map<string, Claim>()
  for (const { name, values = [] } of assertedOf(attributes)) {
    if (values.some((value) => value.includes(';'))) throw invalid(name, 'has a value with a semicolon')
    claims.set(name, { Uri: name, Value: values.join(';') })
  }
  for (const { name } of attributes) if (!claims.has(name)) claims.set(name, { Uri: name })
  return [...claims.values()]
}

function invalid(name: string, problem: string): EHealthError {
  return new EHealthError('configuration.invalid', `the attribute ${name} ${problem}`, { path: 'attributes' })
}
