/** A new token in place of an old one (spec sts-iam §1.3, §1.4). */
import { EHealthError } from '../../errors.js'
import type { Credential } from '../keystore/credential.js'
import { isAsserted } from './claims.js'
import { acceptIssued } from './issue.js'
import {
  assertApplicant,
  assertSettings,
  assertWanted,
  day,
  type StsCallOptions,
  type StsSettings,
  type WantedToken,
} from './options.js'
import { issueBySaml11 } from './saml11.js'
import { attributesAgain } from './statement.js'
import type { Token } from './token.js'
import { renewByWsTrust } from './wsTrust.js'

/** Options of {@link renewToken}. */
export interface RenewTokenOptions
  extends Omit<WantedToken, 'attributes'>, Omit<StsSettings, 'useKey'>, StsCallOptions {
  /** The old token; not ended yet. It goes along unchanged. */
  token: Token
  /** Signs the request: the key that identified whoever got the old token. */
  identification: Credential
  /** The key that the old token is bound to. */
  holderOfKey: Credential
}

/**
 * Asks for a new token that says the same as an old one, and verifies it: the same key, the same identification
 * attributes, and what is `demanded`.
 *
 * Over WS-Trust the old token is sent along and the STS decides how long the new one lives: `validity` is for the
 * SAML 1.1 profile only, where renewal is a new request made from the old token.
 *
 * @throws EHealthError as {@link issueToken}; `configuration.unsupported` for a token for sender-vouches
 *
 * @example
 * ```ts
 * import { renewToken } from 'ehealth-connectors/sts'
 *
 * const renewed = await renewToken({
 *   token: issued,
 *   identification: keystore.authentication,
 *   holderOfKey: keystore.authentication,
 *   endpoint: 'https://services-acpt.ehealth.fgov.be/IAM/SecurityTokenService/v1',
 *   trust: { sts },
 *   context,
 *   runtime,
 * })
 * ```
 */
export async function renewToken(options: RenewTokenOptions): Promise<Token> {
  const { token, validity = day, profile } = options
  assertSettings(options)
  assertApplicant(options, {})
  assertWanted(validity, options.trust)
  if (token.confirmation !== 'holder-of-key')
    throw new EHealthError('configuration.unsupported', 'a token for sender-vouches is asked for anew', {
      path: 'token',
    })
  const attributes = attributesAgain(token.attributes)
  const accept = (xml: string): Token =>
    acceptIssued(xml, { ...options, asserted: attributes.filter(isAsserted) })
  return profile === 'saml-1.1'
    ? issueBySaml11({ ...options, attributes, validity }, options, accept)
    : renewByWsTrust(options, options, accept)
}
