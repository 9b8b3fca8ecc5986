/** Asking the STS for a token, in either profile (spec sts-iam §1.3, §1.4). */
import { acceptToken } from './accept.js'
import { isAsserted } from './claims.js'
import {
  assertApplicant,
  assertSettings,
  assertWanted,
  day,
  type Applicant,
  type StsCallOptions,
  type StsSettings,
  type WantedToken,
} from './options.js'
import { issueBySaml11 } from './saml11.js'
import type { Token } from './token.js'
import { issueByWsTrust } from './wsTrust.js'

/** Options of {@link issueToken}. */
export interface IssueTokenOptions extends Applicant, WantedToken, StsSettings, StsCallOptions {}

/**
 * Asks for a token and verifies it.
 *
 * The request is signed by `identification`. When `holderOfKey` is another key, that key proves itself too: over WS-Trust
 * by signing the challenge of the STS, over SAML 1.1 by a signature inside of the request.
 *
 * @throws EHealthError `token.refused` (the STS says no), `token.failed`, `token.count`, `token.correlation`, what
 * {@link acceptToken} throws; `configuration.*` before anything is sent; `fault.*` and `transport.*` as for every call.
 *
 * @example
 * ```ts
 * import { physician } from 'ehealth-connectors/professions'
 * import { issueToken } from 'ehealth-connectors/sts'
 *
 * const token = await issueToken({
 *   identification: keystore.authentication,
 *   holderOfKey: keystore.authentication,
 *   attributes: physician({ ssin, nihii }).attributes,
 *   endpoint: 'https://services-acpt.ehealth.fgov.be/IAM/SecurityTokenService/v1',
 *   trust: { sts },
 *   context,
 *   runtime,
 * })
 * ```
 */
export async function issueToken(options: IssueTokenOptions): Promise<Token> {
  const { validity = day, attributes, profile } = options
  assertSettings(options)
  assertApplicant(options, options)
  assertWanted(validity, options.trust)
  const order = { ...options, validity }
  const issue = profile === 'saml-1.1' ? issueBySaml11 : issueByWsTrust
  return issue(order, options, (xml) =>
    acceptIssued(xml, { ...options, asserted: attributes.filter(isAsserted) }),
  )
}

/** Judges what came back by what was wanted. @internal */
export function acceptIssued(
  xml: string,
  options: Pick<Applicant, 'holderOfKey'> &
    Pick<StsSettings, 'allowSha1'> &
    Pick<StsCallOptions, 'trust' | 'runtime'> &
    Pick<WantedToken, 'demanded' | 'nihii' | 'skewSeconds'> & { asserted: WantedToken['attributes'] },
): Token {
  const { holderOfKey, allowSha1, demanded, nihii, skewSeconds } = options
  return acceptToken(xml, {
    sts: options.trust.sts,
    at: options.runtime.now(),
    asserted: options.asserted,
    ...(holderOfKey === undefined ? {} : { holderOfKey: holderOfKey.certificate }),
    ...(allowSha1 === undefined ? {} : { allowSha1 }),
    ...(demanded === undefined ? {} : { demanded }),
    ...(nihii === undefined ? {} : { nihii }),
    ...(skewSeconds === undefined ? {} : { skewSeconds }),
  })
}
