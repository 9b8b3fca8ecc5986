/** Whether an assertion of the STS may be used as the token of this session (spec sts-iam §1.5). */
import { EHealthError } from '../../errors.js'
import { isNihii, sameNihii } from '../identifiers/index.js'
import type { Certificate } from '../pki/certificate.js'
import { holderOfKey as holderOfKeyMethod, verifyAssertion } from '../soap/wsSecurity/assertion.js'
import { parseXml } from '../xml/parse.js'
import type { SamlAttribute } from './claims.js'
import { Token } from './token.js'

/** What the STS of every environment calls itself. */
export const stsIssuer = 'urn:be:fgov:ehealth:sts:1_0'

/** Options of {@link acceptToken}. */
export interface AcceptTokenOptions {
  /** The certificates of the STS, pinned. */
  sts: readonly Certificate[]
  at: Date
  /** The certificate whose key signs the calls; the token must be bound to it. */
  holderOfKey: Certificate
  /** What was asserted must come back with the same values. */
  asserted?: readonly SamlAttribute[]
  /** Names of attributes that must be granted: neither absent nor empty nor `false`. */
  demanded?: readonly string[]
  /** NIHII number of the caller: what is demanded under a name that ends in `nihii11` must be it (its first 8 digits). */
  nihii?: string
  /** Seconds by which NotBefore may lie ahead of `at`; 300. NotOnOrAfter is taken to the letter. */
  skewSeconds?: number
  /** Accept rsa-sha1, as the STS signed before 2026; false. */
  allowSha1?: boolean
}

/**
 * Verifies an assertion and makes it a token. The text is parsed once more as it stands, so that what was verified is
 * what goes into the header of the calls.
 *
 * @param xml The assertion standing alone, otherwise as the STS wrote it.
 * @throws EHealthError `token.untrusted`, `token.expired`, `token.confirmation`, `token.attribute` (with
 * `details.attribute`), `token.malformed`, `signature.*`, `xml.*`
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
    known: [options.holderOfKey],
    ...(options.skewSeconds === undefined ? {} : { skewSeconds: options.skewSeconds }),
    ...(options.allowSha1 === undefined ? {} : { allowSha1: options.allowSha1 }),
  })
  const { id, issuer, notBefore, notOnOrAfter, attributes, signer } = assertion
  if (issuer !== stsIssuer)
    throw new EHealthError('token.untrusted', 'the assertion names another issuer than the STS')
  if (assertion.confirmationMethod !== holderOfKeyMethod)
    throw new EHealthError('token.confirmation', 'the assertion is not a holder-of-key one')
  if (assertion.confirmationCertificate?.equals(options.holderOfKey) !== true)
    throw new EHealthError(
      'token.confirmation',
      'the assertion is bound to another key than the one that was sent',
    )
  const token = new Token({ id, xml, issuer, notBefore, notOnOrAfter, attributes, signer })
  for (const attribute of options.asserted ?? []) assertReturned(token, attribute)
  for (const name of options.demanded ?? []) {
    assertGranted(token, name)
    if (options.nihii !== undefined && name.endsWith('nihii11')) assertSameNihii(token, name, options.nihii)
  }
  return token
}

/** The STS may give several values back joined as they were sent, or one by one. */
function assertReturned(token: Token, { name, values = [] }: SamlAttribute): void {
  if (token.values(name).join(';') !== values.join(';'))
    throw notGranted(name, token.values(name).length === 0 ? 'absent' : 'changed')
}

function assertGranted(token: Token, name: string): void {
  if (token.grants(name)) return
  const values = token.values(name)
  throw notGranted(name, values.length === 0 ? 'absent' : values.includes('false') ? 'false' : 'empty')
}

/** The qualification changes during a career, so 8 digits count (spec identifiers §3). */
function assertSameNihii(token: Token, name: string, nihii: string): void {
  const same = (value: string): boolean => isNihii(value) && sameNihii(value, nihii)
  if (!token.values(name).every(same)) throw notGranted(name, 'other-number')
}

const unregistered =
  'The holder is not registered as such with the platform: check profession, quality and numbers.'

const hints = {
  absent: unregistered,
  empty: unregistered,
  false: unregistered,
  changed: 'The value sent does not fit the certificate.',
  'other-number': 'The platform knows the holder by another NIHII number: check the one that you gave.',
} as const

function notGranted(name: string, state: keyof typeof hints): EHealthError {
  return new EHealthError('token.attribute', `the STS did not grant ${name} (${state})`, {
    details: { attribute: name, state },
    hint: hints[state],
  })
}
