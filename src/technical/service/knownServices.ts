/**
 * What the platform's services want, by path: the service map, asked the other way round. What a WSDL says counts only
 * for services that are not there: the published policies are not always those in force.
 */
import { serviceNames, services, type SecurityForm } from '../environment/services.js'
import type { Demands, ServiceSecurity } from './policy.js'

/** Services whose operations differ: a new key is asked for in a sealed message, an old one as oneself (spec etee §5.1). */
const byOperation: Readonly<Record<string, Readonly<Record<string, ServiceSecurity>>>> = {
  '/kgss/v1': { GetNewKey: 'none', GetKey: 'saml-hok' },
}

const demands: Readonly<Partial<Record<SecurityForm, Demands>>> = {
  none: { security: 'none' },
  x509: { security: 'x509' },
  'saml-hok': { security: 'saml-hok' },
  // GenericAsync and no other: MTOM and WS-Addressing as well (spec soap-security §1.5, §4)
  'saml-timestamp': { security: 'saml-timestamp', packaging: 'xop', addressing: true },
}

const byPath = new Map(
  serviceNames.map((name) => [services[name].path.toLowerCase(), services[name].security] as const),
)

/** What the specification says of an operation of the service at this path; nothing where it does not say. */
export function knownDemands(path: string, operation: string): Demands {
  const place = path.toLowerCase()
  const security = byOperation[place]?.[operation]
  if (security !== undefined) return { security }
  const form = byPath.get(place)
  return (form && demands[form]) ?? {}
}

/** Whether the specification knows a service at this path. */
export const isKnownPath = (path: string): boolean => byPath.has(path.toLowerCase())
