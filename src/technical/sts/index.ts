/**
 * The security token service: SAML 1.1 tokens, issued and renewed over WS-Trust 1.3 or the SAML 1.1 protocol, for the
 * holder of a key or for a sender that vouches.
 *
 * @module
 */
export { acceptToken, stsIssuer, type AcceptTokenOptions } from './accept.js'
export { attributeNamespaces, claimsOf, isAsserted, type SamlAttribute } from './claims.js'
export {
  ungrantedAttributes,
  ungrantedIn,
  type DemandedAttributes,
  type UngrantedAdvice,
  type UngrantedAttribute,
  type UngrantedState,
} from './grants.js'
export { issueToken, type IssueTokenOptions } from './issue.js'
export {
  innerSignatureAlgorithms,
  stsServiceOf,
  tokenProfiles,
  type Applicant,
  type InnerSignature,
  type StsCallOptions,
  type StsSettings,
  type TokenProfile,
  type WantedToken,
} from './options.js'
export { renewToken, type RenewTokenOptions } from './renew.js'
export { samlStatusOf, type SamlStatus } from './refusals.js'
export type { SamlOperationName } from './samlContract.js'
export type { VouchedSubject } from './statement.js'
export { Token, type TokenAttribute, type TokenConfirmation, type TokenContent } from './token.js'
