/** Messages of the single sign-on service: WS-Trust 1.3 for a bearer token (spec sts-iam §4.1), and the SAML 2.0 response. */
import type { Operation } from '../soap/types.js'
import { namespaces, stsProtocol, trustValues } from '../sts/contract.js'
import {
  allowed,
  anyUri,
  dateTime,
  id,
  inNamespace,
  namespace,
  opaque,
  optional,
  required,
  string,
  type Infer,
} from '../xml/index.js'

export const saml2Namespaces = {
  protocol: 'urn:oasis:names:tc:SAML:2.0:protocol',
  assertion: 'urn:oasis:names:tc:SAML:2.0:assertion',
} as const

/** Values that the platform expects to the letter; `Bearer` has no hyphen in `wstrust` either. */
export const signOnValues = {
  tokenType: 'http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.1#SAMLV2.0',
  requestType: trustValues.issue,
  keyType: 'http://docs.oasis-open.org/ws-sx/wstrust/200512/Bearer',
  success: 'urn:oasis:names:tc:SAML:2.0:status:Success',
} as const

const wst = namespace(namespaces.trust, { prefix: 'wst', qualified: true })
const wsp = namespace('http://schemas.xmlsoap.org/ws/2004/09/policy', { prefix: 'wsp', qualified: true })
const wsa = namespace(namespaces.addressing, { prefix: 'wsa', qualified: true })
const saml2p = namespace(saml2Namespaces.protocol, { prefix: 'saml2p', qualified: true })

/** Asks for a bearer token for the identity provider at an address. */
export const SignOnRequest = wst.element(
  'RequestSecurityToken',
  wst.sequence(
    {
      TokenType: anyUri,
      RequestType: anyUri,
      KeyType: anyUri,
      AppliesTo: inNamespace(
        wsp.uri,
        wsp.sequence({
          EndpointReference: inNamespace(wsa.uri, wsa.sequence({ Address: anyUri })),
        }),
      ),
    },
    { Context: allowed(anyUri) },
  ),
)
export type SignOnRequest = Infer<typeof SignOnRequest>

/** Where in the token the reference or the assertion stands was concluded, so nothing is said about it here. */
export const SignOnResponse = wst.element(
  'RequestSecurityTokenResponse',
  wst.sequence(
    { TokenType: optional(anyUri), RequestedSecurityToken: optional(opaque) },
    { Context: allowed(anyUri) },
  ),
)
export type SignOnResponse = Infer<typeof SignOnResponse>

export const signOnOperation: Operation<SignOnRequest, SignOnResponse> = {
  service: 'singleSignOn',
  name: 'RequestSecurityToken',
  soapAction: `${stsProtocol}:RequestSecurityToken`,
  request: SignOnRequest,
  response: SignOnResponse,
  security: 'saml-hok',
  // a token that nobody has seen harms nobody
  idempotent: true,
}

/** The response in which a browser carries the assertion to the identity provider. */
export const Saml2Response = saml2p.element(
  'Response',
  saml2p.sequence(
    {
      Status: saml2p.sequence({ StatusCode: saml2p.sequence({}, { Value: required(string()) }) }),
      Assertion: inNamespace(saml2Namespaces.assertion, opaque),
    },
    {
      ID: required(id),
      Version: required(string()),
      IssueInstant: required(dateTime),
      Destination: allowed(anyUri),
    },
  ),
)
