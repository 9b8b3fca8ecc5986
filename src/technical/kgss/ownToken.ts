/** The caller's own token, which an answer can be sealed for. */
import { EHealthError } from '../../errors.js'
import { etkDepot } from '../etk/index.js'
import type { DecryptionKey } from '../keystore/index.js'
import type { Session } from '../session/index.js'

/** A token whose answer the session can open. */
export interface OwnToken {
  /** The complete token, as messages carry it (spec etee §5.4). */
  readonly etk: Uint8Array
  readonly keys: readonly DecryptionKey[]
}

/**
 * The session's published token, with the keys that open what is sealed for it. The published one may be of another
 * keystore, renewed meanwhile: better told before a key is made that nobody can read.
 *
 * @throws EHealthError `kgss.own-token`, and what the ETK depot throws
 */
export async function ownToken(session: Session): Promise<OwnToken> {
  const { decryptionKeys } = await session.keystore()
  if (decryptionKeys.length === 0)
    throw new EHealthError(
      'kgss.own-token',
      'the keystore has no encryption key that an answer could be sealed for',
    )
  const { der, encryptionCertificate } = await etkDepot(session).own()
  const keys = decryptionKeys.filter(({ certificate }) => certificate.equals(encryptionCertificate))
  if (keys.length === 0)
    throw new EHealthError('kgss.own-token', 'the published encryption token is not of this keystore')
  return { etk: der, keys }
}
