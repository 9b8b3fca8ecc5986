/** Whether an assertion of the STS may be used as the token of this session (spec sts-iam §1.5). */
import { EHealthError } from '../../errors.js'
import type { Certificate } from '../pki/certificate.js'
import { verifyAssertion } from '../soap/wsSecurity/assertion.js'
import { parseXml } from '../xml/parse.js'
import type { SamlAttribute } from './claims.js'
import { assertGranted, type DemandedAttributes } from './grants.js'
import { samlValues } from './samlAssertion.js'
import { Token } from './token.js'

/** What the STS of every environment calls itself. */
export const stsIssuer = 'urn:be:fgov:ehealth:sts:1_0'

/** Options of {@link acceptToken}. */
export interface AcceptTokenOptions extends DemandedAttributes {
  /** The certificates of the STS, pinned. */
  sts: readonly Certificate[]
  at: Date
  /**
   * The certificate whose key signs the calls; the token must be bound to it. Without one the token must be for
   * sender-vouches.
   */
  holderOfKey?: Certificate
  /** What was asserted must come back with the same values. */
  asserted?: readonly SamlAttribute[]
  /** Seconds by which NotBefore may lie ahead of `at`; 300. NotOnOrAfter is taken to the letter. */
  skewSeconds?: number
  /** Accept rsa-sha1, as the STS signed before 2026; false. */
  allowSha1?: boolean
}

/**
 * Verifies an assertion and makes it a token. The text is parsed once more as it stands, so that what was verified is
 * what goes into the header of the calls.
 *
 * The checks in their order: XML without document type; a signature directly below the assertion, over the assertion
 * itself, with exactly the two transforms of the platform, by a pinned key; issuer; times; confirmation; the asserted
 * attributes; the demanded ones.
 *
 * @param xml The assertion standing alone, otherwise as the STS wrote it.
 * @throws EHealthError `xml.*`, `token.malformed`, `token.unsigned`, `signature.coverage`, `signature.algorithm`,
 * `signature.structure`, `token.untrusted`, `signature.invalid`, `signature.digest`, `token.issuer`,
 * `token.not-yet-valid`, `token.expired`, `token.method`, `token.confirmation`, `token.identification` (with
 * `details.attribute`), `token.attribute` (read it with `ungrantedAttributes`)
 *
 * @example
 * ```ts
 * import { acceptToken } from 'ehealth-connectors/sts'
 *
 * const token = acceptToken(stored, { sts, at: new Date(), holderOfKey: keystore.authentication.certificate })
 * ```
 */
export function acceptToken(xml: string, options: AcceptTokenOptions): Token {
  const { root } = parseXml(xml)
  const assertion = verifyAssertion(root, {
    sts: options.sts,
    at: options.at,
    assertIssuer,
    known: options.holderOfKey === undefined ? [] : [options.holderOfKey],
    ...(options.skewSeconds === undefined ? {} : { skewSeconds: options.skewSeconds }),
    ...(options.allowSha1 === undefined ? {} : { allowSha1: options.allowSha1 }),
  })
  const { id, issuer, notBefore, notOnOrAfter, attributes, signer } = assertion
  const confirmation = options.holderOfKey === undefined ? 'sender-vouches' : 'holder-of-key'
  const method = confirmation === 'holder-of-key' ? samlValues.holderOfKey : samlValues.senderVouches
  if (assertion.confirmationMethod !== method)
    throw new EHealthError('token.method', `the assertion is not a ${confirmation} one`)
  const { holderOfKey } = options
  if (holderOfKey !== undefined && assertion.confirmationCertificate?.equals(holderOfKey) !== true)
    throw new EHealthError(
      'token.confirmation',
      'the assertion is bound to another key than the one that was sent',
    )
  const token = new Token({ id, xml, issuer, notBefore, notOnOrAfter, attributes, signer, confirmation })
  for (const attribute of options.asserted ?? []) assertReturned(token, attribute)
  assertGranted(token, options)
  return token
}

function assertIssuer(issuer: string): void {
  if (issuer !== stsIssuer)
    throw new EHealthError('token.issuer', 'the assertion names another issuer than the STS')
}

/** The STS may give several values back joined as they were sent, or one by one. */
function assertReturned(token: Token, { name, values = [], designated }: SamlAttribute): void {
  const returned = token.values(name)
  if (returned.join(';') === values.join(';') || (designated === false && returned.length === 0)) return
  const state = returned.length === 0 ? 'absent' : 'changed'
  throw new EHealthError('token.identification', `${name} did not come back as it was asserted (${state})`, {
    details: { attribute: name, state },
  })
}
