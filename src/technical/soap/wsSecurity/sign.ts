/** Writes the security header of a message (spec soap-security §2.2 to §2.5). */
import { EHealthError } from '../../../errors.js'
import type { Runtime } from '../../environment/runtime.js'
import { dateTime, namespace, required, string, write } from '../../xml/index.js'
import { writeSignature, type Octets, type ReferenceToWrite } from '../../xml/signature/index.js'
import { wsuNamespace } from '../namespaces.js'
import type { Security } from '../types.js'
import { securityForms, type SecurityDemands, type SignedPart } from './forms.js'
import { assertionToken, certificateToken, type WrittenToken } from './tokens.js'

const wsu = namespace(wsuNamespace, { prefix: 'wsu', qualified: true })

const Timestamp = wsu.element(
  'Timestamp',
  wsu.sequence({ Created: dateTime, Expires: dateTime }, { Id: required(string(), wsuNamespace) }),
)

/** The Body as a security header signs it. */
export interface SignableBody {
  /** `wsu:Id` that stands on the Body. */
  id: string
  /** Exclusive canonical form of the Body. */
  canonical: Octets
}

/** Options of `writeSecurity`. */
export interface WriteSecurityOptions extends SecurityDemands {
  runtime: Runtime
  /**
   * rsa-sha1 with SHA-1 digests, which the legacy SAML 1.1 contract of the STS is sent since release 4.3.0 of the
   * official connector; an EC key signs with SHA-256 all the same (spec soap-security §2.5). False.
   */
  legacySha1?: boolean
}

/**
 * The children of `wsse:Security`: Timestamp, tokens, Signature. They are written twice by the same writer, once as they
 * stand in the message and once alone, as they are digested; the two differ only in the declarations that a part
 * inherits. No declaration stands in the message that is not needed there: it would be a place to change the message
 * unnoticed.
 *
 * @throws EHealthError `configuration.invalid` when a part is to be signed that the header does not have
 */
export async function writeSecurity(
  security: Exclude<Security, { kind: 'none' }>,
  body: SignableBody,
  options: WriteSecurityOptions,
): Promise<string> {
  const form = securityForms[security.kind]
  const {
    runtime,
    signedParts = form.signedParts,
    ttlSeconds = form.ttlSeconds,
    legacySha1 = false,
  } = options
  const { credential } = security
  const created = runtime.now()
  const timestampId = `TS-${runtime.uuid()}`
  const timestamp = write(Timestamp, {
    Id: timestampId,
    Created: created,
    Expires: new Date(created.getTime() + ttlSeconds * 1000),
  }).xml
  const tokens: Partial<Record<'assertion' | 'bst', WrittenToken>> = {}
  if (security.kind !== 'x509') tokens.assertion = assertionToken(security.assertion, runtime)
  if (security.kind !== 'saml-hok') tokens.bst = certificateToken(credential.certificate, runtime)

  const referenceTo = (part: SignedPart): ReferenceToWrite | undefined =>
    part === 'body'
      ? { id: body.id, octets: body.canonical }
      : part === 'timestamp'
        ? { id: timestampId, octets: timestamp }
        : tokens[part]?.reference()
  const signature = await writeSignature({
    credential,
    id: `SIG-${runtime.uuid()}`,
    keyInfo: tokens[form.signedBy]!.keyInfo,
    references: signedParts.map((part) => {
      const reference = referenceTo(part)
      if (reference === undefined)
        throw new EHealthError('configuration.invalid', `a ${security.kind} message has no ${part} to sign`, {
          path: 'signedParts',
        })
      return reference
    }),
    sha1: legacySha1 && credential.keyType === 'rsa',
  })
  return timestamp + form.tokens.map((token) => tokens[token]!.xml).join('') + signature
}
