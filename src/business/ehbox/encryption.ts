/** Sealing an outgoing message: whose tokens, which fields (spec ehealthbox §2.3). */
import { EHealthError, isEHealthError } from '../../errors.js'
import { etkDepot } from '../../technical/etk/index.js'
import type { Recipient as SealRecipient } from '../../technical/seal/index.js'
import { sealAs, type Session } from '../../technical/session/index.js'
import { etkIdentifierOf, type Destination } from './recipients.js'

/**
 * Refuses to encrypt for everybody: there is no token of everybody, the message would be sealed for its sender alone.
 *
 * @throws EHealthError `ehbox.all-encrypted`, `identifier.type`
 */
export function checkSealable(destinations: readonly Destination[]): void {
  for (const destination of destinations) {
    if (destination.everybody)
      throw new EHealthError('ehbox.all-encrypted', 'an encrypted message is addressed to ALL', {
        path: destination.path,
      })
    etkIdentifierOf(destination)
  }
}

/**
 * The tokens of all recipients and the sender's own, so that he can read the copy in his SENTBOX. Looked up some at a time. An actor
 * with several applications gets the message sealed for all of them, unless one is named.
 *
 * @throws EHealthError `etk.not-found` naming every recipient without token (`details.missing`), or the first other
 * failure of a look-up, with the path of its recipient
 */
export async function sealRecipients(
  session: Session,
  destinations: readonly Destination[],
): Promise<SealRecipient[]> {
  const [own, found] = await Promise.allSettled([
    ownRecipients(session),
    etkDepot(session).getMany(destinations.map(etkIdentifierOf), { applications: 'all' }),
  ])
  if (found.status === 'rejected') throw found.reason
  const { tokens, missing } = found.value
  const pathOf = ({ index }: { index: number }): string => destinations[index]!.path
  const unpublished = missing.filter(({ error }) => error.code === 'etk.not-found').map(pathOf)
  if (unpublished.length > 0)
    throw new EHealthError(
      'etk.not-found',
      `no encryption token is published for ${unpublished.join(', ')}`,
      { path: unpublished[0]!, details: { missing: unpublished } },
    )
  if (own.status === 'rejected') throw own.reason
  const [failed] = missing
  if (failed !== undefined) throw withPath(failed.error, pathOf(failed))
  return [...own.value, ...tokens]
}

/**
 * The sender's token and, where its key is not in his keystore (a new one, or one of another application), the newest
 * encryption certificate of that: his copy in SENTBOX must open with the keys he has.
 *
 * @throws EHealthError `ehbox.sender-key` when he has neither
 */
async function ownRecipients(session: Session): Promise<SealRecipient[]> {
  const { decryptionKeys } = await session.keystore()
  const now = session.runtime.now()
  const newest = decryptionKeys.map(({ certificate }) => certificate).find((own) => own.isValidAt(now))
  const token = await etkDepot(session)
    .own()
    .catch((error: unknown) => {
      if (isEHealthError(error, 'etk.not-found')) return undefined
      throw error
    })
  if (token === undefined && newest === undefined)
    throw new EHealthError('ehbox.sender-key', 'the sender could not read his own copy')
  if (token === undefined) return [newest!]
  const { fingerprint } = token.encryptionCertificate
  const opens = decryptionKeys.some(({ certificate }) => certificate.fingerprint === fingerprint)
  return opens || newest === undefined ? [token] : [token, newest]
}

function withPath(error: EHealthError, path: string): EHealthError {
  const { message, hint, platform, details, retryable } = error
  return new EHealthError(error.code, message, {
    path,
    hint,
    retryable,
    cause: error,
    ...(platform === undefined ? {} : { platform }),
    ...(details === undefined ? {} : { details }),
  })
}

/** Seals one field after the other, each on its own, with the session's credential. */
export async function fieldSealer(
  session: Session,
  recipients: readonly SealRecipient[],
): Promise<(plain: Uint8Array) => Promise<Uint8Array>> {
  await session.keystore()
  return (plain) => sealAs(session, plain, { recipients })
}
