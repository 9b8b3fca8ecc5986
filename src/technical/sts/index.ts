/**
 * The security token service: SAML 1.1 holder-of-key tokens over WS-Trust 1.3.
 *
 * @module
 */
export { acceptToken, stsIssuer, type AcceptTokenOptions } from './accept.js'
export { attributeNamespaces, claimsOf, isAsserted, type SamlAttribute } from './claims.js'
export { issueToken, type IssueTokenOptions } from './issue.js'
export { Token, type TokenAttribute, type TokenContent } from './token.js'
