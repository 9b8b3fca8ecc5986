/**
 * Which security header the platform's services want, by path: the service map, asked the other way round. What a WSDL
 * says counts only for services that are not there: the published policies are not always those in force.
 */
import { serviceNames, services, type SecurityForm } from '../environment/services.js'
import type { SecurityKind } from './policy.js'

/** Services whose operations differ: a new key is asked for in a sealed message, an old one as oneself (spec etee §5.1). */
const byOperation: Readonly<Record<string, Readonly<Record<string, SecurityKind>>>> = {
  '/kgss/v1': { GetNewKey: 'none', GetKey: 'saml-hok' },
}

const kinds: Readonly<Partial<Record<SecurityForm, SecurityKind>>> = {
  none: 'none',
  x509: 'x509',
  'saml-hok': 'saml-hok',
}

const byPath = new Map(
  serviceNames.map((name) => [services[name].path.toLowerCase(), services[name].security] as const),
)

/** What the specification says of an operation of the service at this path; nothing where it does not say. */
export function knownSecurity(path: string, operation: string): SecurityKind | undefined {
  const place = path.toLowerCase()
  const form = byPath.get(place)
  return byOperation[place]?.[operation] ?? (form && kinds[form])
}

/** Whether the specification knows a service at this path. */
export const isKnownPath = (path: string): boolean => byPath.has(path.toLowerCase())
