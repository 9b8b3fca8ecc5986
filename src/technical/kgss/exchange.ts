/** What both operations have in common: a request sealed for the KGSS, an answer sealed by it (spec etee §5.2). */
import { EHealthError } from '../../errors.js'
import { etkDepot, type TokenOwner, type VerifiedToken } from '../etk/index.js'
import { identityOf } from '../keystore/identity.js'
import { attributeTypes } from '../pki/name.js'
import type { Unsealed, UnsealOptions } from '../seal/index.js'
import { actorOf } from '../seal/unseal.js'
import { sealAs, unsealAs, type Session } from '../session/index.js'
import { parseXml, read, write, type ElementDeclaration } from '../xml/index.js'
import type { KgssOperations } from './contract.js'

/** What one client of the KGSS works with. */
export interface KgssContext {
  readonly session: Session
  /** Whose token requests are sealed for. */
  readonly identifier: TokenOwner
  readonly operations: KgssOperations
  /** Identifiers of keys that were made for this client: a new key is none of them. */
  readonly made: Set<string>
}

/** The platform's KGSS (spec etee §2.5): a public number of the eHealth platform. */
export const platformKgss: TokenOwner = { type: 'CBE', value: '0809394427', application: 'KGSS' }

/** The token of the KGSS, verified. */
export const kgssToken = ({ session, identifier }: KgssContext): Promise<VerifiedToken> =>
  etkDepot(session).get(identifier)

/** As the official connector begins the XML that it seals. */
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

/**
 * Seals a request for the KGSS, signed by the session's own key.
 *
 * @throws EHealthError `contract.invalid`, and what `seal` throws
 */
export async function sealForKgss<T>(
  { session }: KgssContext,
  kgss: VerifiedToken,
  element: ElementDeclaration<T>,
  value: T,
): Promise<Uint8Array> {
  const { authentication } = await session.keystore()
  const content = Buffer.from(declaration + write(element, value).xml)
  // An identity card cannot do RSASSA-PSS, and names its holder by serialNumber (spec etee §6.2).
  const isEid = authentication.certificate.subject.values(attributeTypes.serialNumber).length > 0
  try {
    return await sealAs(session, content, { recipients: [kgss], policy: isEid ? 'EID' : 'EHEALTH_CERT' })
  } finally {
    content.fill(0)
  }
}

/** A key with its identifier takes a few hundred octets. */
const answerLimits = { maxBytes: 64 * 1024, maxDepth: 16, maxNodes: 1000 }

/** Opens the answer: the private keys of a token, or the key that went along with the request. */
export type Opening = Pick<UnsealOptions, 'keys'> | Pick<UnsealOptions, 'secretKey'>

/**
 * Opens an answer, which must be by the KGSS and fresh: an old one, sent again, would make the caller seal with a key that
 * others were meant to read.
 *
 * @throws EHealthError `kgss.answer`, `kgss.signer`, `xml.*`, `contract.unreadable`
 */
export async function openFromKgss<T>(
  { session }: KgssContext,
  kgss: VerifiedToken,
  sealed: Uint8Array,
  opening: Opening,
  element: ElementDeclaration<T>,
): Promise<T> {
  const opened = await unsealAs(session, sealed, { keys: [], ...opening }).catch(refused)
  try {
    assertBy(kgss, opened)
    if (opened.warnings.includes('SIGNING_TIME_EXPIRED'))
      throw new EHealthError('kgss.answer', 'the sealed answer of the KGSS was not signed just now', {
        details: { signingTime: opened.signingTime, warnings: opened.warnings },
      })
    return read(element, parseXml(opened.content, answerLimits).root)
  } finally {
    opened.content.fill(0)
  }
}

function refused(error: unknown): never {
  if (!(error instanceof EHealthError) || error.family !== 'unseal') throw error
  const details = { code: error.code, ...error.details }
  throw new EHealthError('kgss.answer', `the answer of the KGSS: ${error.message}`, { details, cause: error })
}

/** The trust anchors vouch for every actor of the platform: only its own name makes the signer the KGSS. */
function assertBy(kgss: VerifiedToken, { senderCertificate, author }: Unsealed): void {
  const expected = identityOf(kgss.authenticationCertificate)
  const sender = senderCertificate === undefined ? undefined : actorOf(senderCertificate)
  for (const actor of [sender, author])
    if (
      actor?.type !== expected.type ||
      actor.value !== expected.value ||
      (actor.application ?? '') !== (expected.application ?? '')
    )
      throw new EHealthError('kgss.signer', 'the sealed answer was not signed by the KGSS')
}
