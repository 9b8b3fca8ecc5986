/** Which security header an operation wants, as its WSDL says it (WS-SecurityPolicy 1.2; spec soap-security §2.8). */
import type { Operation } from '../soap/types.js'
import { attribute, descendants, isElement, type XmlElement } from '../xml/tree.js'
import { wsuNamespace } from '../soap/namespaces.js'
import type { Documents } from './documents.js'

/** The forms of a security header. */
export type SecurityKind = Operation<unknown, unknown>['security']

const securityPolicies = new Set([
  'http://docs.oasis-open.org/ws-sx/ws-securitypolicy/200702',
  'http://schemas.xmlsoap.org/ws/2005/07/securitypolicy',
])

/**
 * The form that the policies ask for; nothing when they do not say. A SAML token goes before a certificate: the policies
 * name the certificate of the receiver beside it.
 */
export function securityByPolicy(
  policies: readonly XmlElement[],
  documents: Documents,
): SecurityKind | undefined {
  const tokens = policies
    .flatMap((policy) => resolved(policy, documents))
    .flatMap((policy) => [...descendants(policy)])
    .filter(({ namespace }) => securityPolicies.has(namespace))
    .filter((token) => !/\/Never$/.test(attribute(token, 'IncludeToken', token.namespace) ?? ''))
    .map(({ local }) => local)
  if (tokens.includes('SamlToken') || tokens.includes('IssuedToken')) return 'saml-hok'
  return tokens.includes('X509Token') ? 'x509' : undefined
}

/** The policy itself, or the one in these documents that a reference names. */
function resolved(policy: XmlElement, documents: Documents): XmlElement[] {
  if (policy.local === 'Policy') return [policy]
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
