/** What an operation wants beside its message, as its WSDL says it (WS-SecurityPolicy 1.2; spec soap-security §1.5, §2.8, §4). */
import type { Operation, Packaging } from '../soap/types.js'
import { attribute, descendants, isElement, type XmlElement } from '../xml/tree.js'
import { wsuNamespace } from '../soap/namespaces.js'
import type { Documents } from './documents.js'

/** The forms of a security header. */
export type SecurityKind = Operation<unknown, unknown>['security']

/**
 * The forms by which a service is called: those, and holder-of-key with nothing but the Timestamp signed, which ends after
 * 30 seconds, as MyCareNet's GenericAsync wants it (spec soap-security §2.4).
 */
export type ServiceSecurity = SecurityKind | 'saml-timestamp'

/** What is demanded; what is absent is not said. */
export interface Demands {
  readonly security?: ServiceSecurity
  readonly packaging?: Packaging
  /** Whether WS-Addressing headers are wanted. */
  readonly addressing?: boolean
}

const mtomPolicy = 'http://schemas.xmlsoap.org/ws/2004/09/policy/optimizedmimeserialization'
const addressingPolicies = new Set([
  'http://www.w3.org/2006/05/addressing/wsdl',
  'http://www.w3.org/2007/05/addressing/metadata',
])

const securityPolicies = new Set([
  'http://docs.oasis-open.org/ws-sx/ws-securitypolicy/200702',
  'http://schemas.xmlsoap.org/ws/2005/07/securitypolicy',
])

/** What the policies and extensions of a binding ask for. */
export function demandsByPolicy(policies: readonly XmlElement[], documents: Documents): Demands {
  const assertions = policies
    .flatMap((policy) => resolved(policy, documents))
    .flatMap((policy) => [policy, ...descendants(policy)])
  const security = securityAmong(assertions)
  const has = (fits: (assertion: XmlElement) => boolean): boolean =>
    assertions.some((assertion) => fits(assertion) && !isOptional(assertion))
  return {
    ...(security === undefined ? {} : { security }),
    ...(has((one) => isElement(one, mtomPolicy, 'OptimizedMimeSerialization')) ? { packaging: 'xop' } : {}),
    ...(has(({ namespace, local }) => addressingPolicies.has(namespace) && /Addressing$/.test(local))
      ? { addressing: true }
      : {}),
  }
}

/** `wsp:Optional="true"`, or `wsdl:required="false"` on an extension: either will do. */
const isOptional = (assertion: XmlElement): boolean =>
  assertion.attributes.some(
    ({ local, value }) =>
      (local === 'Optional' && value === 'true') || (local === 'required' && value === 'false'),
  )

/**
 * The form that is asked for; nothing when nothing says. A SAML token goes before a certificate: the policies name the
 * certificate of the receiver beside it.
 */
function securityAmong(assertions: readonly XmlElement[]): SecurityKind | undefined {
  const tokens = assertions
    .filter(({ namespace }) => securityPolicies.has(namespace))
    .filter((token) => !/\/Never$/.test(attribute(token, 'IncludeToken', token.namespace) ?? ''))
    .map(({ local }) => local)
  if (tokens.includes('SamlToken') || tokens.includes('IssuedToken')) return 'saml-hok'
  return tokens.includes('X509Token') ? 'x509' : undefined
}

/** The policy itself, or the one in these documents that a reference names. */
function resolved(policy: XmlElement, documents: Documents): XmlElement[] {
  if (policy.local !== 'PolicyReference') return [policy]
  const uri = attribute(policy, 'URI') ?? ''
  if (!uri.startsWith('#')) return []
  for (const { document } of documents)
    for (const candidate of descendants(document.root))
      if (
        isElement(candidate, policy.namespace, 'Policy') &&
        attribute(candidate, 'Id', wsuNamespace) === uri.slice(1)
      )
        return [candidate]
  return []
}
