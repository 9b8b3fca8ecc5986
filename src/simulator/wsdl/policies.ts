/** The security header that an operation wants, in the words of the published WSDLs (spec soap-security §2.8). */
import type { Operation } from '../../technical/soap/types.js'
import { wsuNamespace } from '../../technical/soap/namespaces.js'
import { element } from './element.js'

type SecurityKind = Operation<unknown, unknown>['security']

/** Declarations that the policies need around them. */
export const policyNamespaces = {
  'xmlns:wsp': 'http://schemas.xmlsoap.org/ws/2004/09/policy',
  'xmlns:sp': 'http://docs.oasis-open.org/ws-sx/ws-securitypolicy/200702',
  'xmlns:wsu': wsuNamespace,
}

const include = (when: string): Record<string, string> => ({
  'sp:IncludeToken': `${policyNamespaces['xmlns:sp']}/IncludeToken/${when}`,
})
const policy = (...children: string[]): string => element('wsp:Policy', {}, ...children)

/** Who signs, by the kind of header; other kinds are not described. */
const initiators: Partial<Record<SecurityKind, { id: string; token: string }>> = {
  'saml-hok': {
    id: 'SamlHok',
    token: element('sp:SamlToken', include('AlwaysToRecipient'), policy(element('sp:WssSamlV11Token10', {}))),
  },
  x509: {
    id: 'X509',
    token: element('sp:X509Token', include('AlwaysToRecipient'), policy(element('sp:WssX509V3Token10', {}))),
  },
}

/** The policies of these kinds of header. */
export function policiesOf(kinds: Iterable<SecurityKind>): string[] {
  return [...new Set(kinds)].flatMap((kind) => {
    const initiator = initiators[kind]
    return initiator === undefined ? [] : [policyOf(initiator)]
  })
}

/** The reference to one of them; nothing for an operation that is open to all. */
export function policyReference(kind: SecurityKind): string[] {
  const id = initiators[kind]?.id
  return id === undefined ? [] : [element('wsp:PolicyReference', { URI: `#${id}` })]
}

function policyOf({ id, token }: { id: string; token: string }): string {
  const receiver = element('sp:X509Token', include('Never'), policy(element('sp:WssX509V3Token10', {})))
  const binding = policy(
    element('sp:InitiatorToken', {}, policy(token)),
    element('sp:RecipientToken', {}, policy(receiver)),
    element('sp:AlgorithmSuite', {}, policy(element('sp:Basic256', {}))),
    element('sp:Layout', {}, policy(element('sp:Lax', {}))),
    element('sp:IncludeTimestamp', {}),
    element('sp:ProtectTokens', {}),
    element('sp:OnlySignEntireHeadersAndBody', {}),
  )
  return element(
    'wsp:Policy',
    { 'wsu:Id': id },
    element('sp:AsymmetricBinding', {}, binding),
    element(
      'sp:Wss10',
      {},
      policy(element('sp:MustSupportRefKeyIdentifier', {}), element('sp:MustSupportRefIssuerSerial', {})),
    ),
    element('sp:SignedParts', {}, element('sp:Body', {})),
  )
}
