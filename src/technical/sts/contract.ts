/**
 * Messages of the security token service, WS-Trust 1.3 profile (spec sts-iam §1.4).
 *
 * The schema of WS-Trust leaves the inside of both messages open, so the order here is the one that every client
 * sends. `Context` is an unqualified attribute, and the key type is spelt `wstrust` without the hyphen of its siblings.
 */
import type { Operation } from '../soap/types.js'
import {
  allowed,
  anyUri,
  base64Binary,
  boolean,
  choice,
  dateTime,
  inNamespace,
  many,
  namespace,
  opaque,
  optional,
  optionalChoice,
  required,
  string,
  type Infer,
} from '../xml/index.js'

export const namespaces = {
  trust: 'http://docs.oasis-open.org/ws-sx/ws-trust/200512',
  authorization: 'http://docs.oasis-open.org/wsfed/authorization/200706',
  security: 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd',
  utility: 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd',
  signature: 'http://www.w3.org/2000/09/xmldsig#',
  addressing: 'http://www.w3.org/2005/08/addressing',
  assertion: 'urn:oasis:names:tc:SAML:1.0:assertion',
} as const

/** Values that the platform expects to the letter. */
export const trustValues = {
  samlToken: 'http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.1#SAMLV1.1',
  issue: 'http://docs.oasis-open.org/ws-sx/ws-trust/200512/Issue',
  renew: 'http://docs.oasis-open.org/ws-sx/ws-trust/200512/Renew',
  claimsDialect: 'http://docs.oasis-open.org/wsfed/authorization/200706/authclaims',
  publicKey: 'http://docs.oasis-open.org/ws-sx/wstrust/200512/PublicKey',
} as const

const wst = namespace(namespaces.trust, { prefix: 'wst', qualified: true })
const auth = namespace(namespaces.authorization, { prefix: 'auth', qualified: true })
const wsse = namespace(namespaces.security, { prefix: 'wsse', qualified: true })
const wsu = namespace(namespaces.utility, { prefix: 'wsu', qualified: true })
const ds = namespace(namespaces.signature, { prefix: 'ds', qualified: true })
const wsa = namespace(namespaces.addressing, { prefix: 'wsa', qualified: true })

const Assertion = inNamespace(namespaces.assertion, opaque)

const ClaimType = auth.sequence(
  {
    DisplayName: optional(string()),
    Description: optional(string()),
    DisplayValue: optional(string()),
    Value: optional(string()),
  },
  { Uri: required(anyUri), Optional: allowed(boolean) },
)

const Claims = wst.sequence(
  { ClaimType: inNamespace(auth.uri, many(ClaimType)) },
  { Dialect: allowed(anyUri) },
)

const Lifetime = wst.sequence({
  Created: inNamespace(wsu.uri, optional(dateTime)),
  Expires: inNamespace(wsu.uri, optional(dateTime)),
})

const SecurityTokenReference = wsse.sequence({
  $token: choice({
    Embedded: wsse.sequence({ Assertion }, { Id: allowed(string(), wsu.uri) }),
    X509Data: inNamespace(ds.uri, ds.sequence({ X509Certificate: base64Binary })),
  }),
})

const TokenReference = wst.sequence({
  SecurityTokenReference: inNamespace(wsse.uri, SecurityTokenReference),
})

/** Asks for a token, or for a new one in place of an old one. */
export const RequestSecurityToken = wst.element(
  'RequestSecurityToken',
  wst.sequence(
    {
      TokenType: optional(anyUri),
      RequestType: anyUri,
      RenewTarget: optional(TokenReference),
      Claims: optional(Claims),
      Lifetime: optional(Lifetime),
      OnBehalfOf: optional(TokenReference),
      Issuer: optional(wst.sequence({ Address: inNamespace(wsa.uri, anyUri) })),
      KeyType: optional(anyUri),
      UseKey: optional(TokenReference),
    },
    { Context: allowed(anyUri) },
  ),
)
export type RequestSecurityToken = Infer<typeof RequestSecurityToken>

const Challenge = wst.sequence({ Challenge: string() })

/** The token, the challenge for the holder of the key, or the holder's answer to it. */
export const RequestSecurityTokenResponse = wst.element(
  'RequestSecurityTokenResponse',
  wst.sequence(
    {
      TokenType: optional(anyUri),
      Lifetime: optional(Lifetime),
      $content: optionalChoice({
        SignChallenge: Challenge,
        SignChallengeResponse: Challenge,
        RequestedSecurityToken: wst.sequence({ Assertion }),
      }),
    },
    { Context: allowed(anyUri) },
  ),
)
export type RequestSecurityTokenResponse = Infer<typeof RequestSecurityTokenResponse>

/** Namespace of the platform's contracts, and stem of their actions. */
export const stsProtocol = 'urn:be:fgov:ehealth:sts:protocol:v1'

/**
 * Operations of the service. The request is signed by the identification key, the answer to a challenge by the key
 * that the token will be bound to.
 */
export const stsOperations = {
  requestSecurityToken: {
    service: 'sts',
    name: 'RequestSecurityToken',
    soapAction: `${stsProtocol}:RequestSecurityToken`,
    request: RequestSecurityToken,
    response: RequestSecurityTokenResponse,
    security: 'x509',
    idempotent: true,
  } satisfies Operation<RequestSecurityToken, RequestSecurityTokenResponse>,
  challenge: {
    service: 'sts',
    name: 'Challenge',
    soapAction: `${stsProtocol}:Challenge`,
    request: RequestSecurityTokenResponse,
    response: RequestSecurityTokenResponse,
    security: 'x509',
    // The challenge is used up by its first answer.
    idempotent: false,
  } satisfies Operation<RequestSecurityTokenResponse, RequestSecurityTokenResponse>,
} as const
