/** Opening a message whose reader its author did not know (spec etee §3.2, §5). */
import { EHealthError, isEHealthError } from '../../errors.js'
import type { DecryptionKey } from '../keystore/index.js'
import {
  readRecipients,
  type NamedDecryptionKey,
  type SealedRecipients,
  type Unsealed,
  type UnsealOptions,
} from '../seal/index.js'
import { unsealAs, type Session } from '../session/index.js'
import { base64, type KgssKey } from './key.js'

/** How to open; everything has the session's default. */
export type UnsealWithKgssOptions = Partial<Omit<UnsealOptions, 'secretKey'>>

/** Where keys come from: those kept first, unless `fresh`. */
export interface KeySource {
  key(id: string, fresh: boolean): Promise<{ key: KgssKey; kept: boolean }>
}

/** A message names one key, rarely two: more is not worth that many calls. */
const mostKeys = 4

/**
 * Opens a message with the session's private keys where one of them is addressed, else with a key of the KGSS that it names.
 *
 * @throws EHealthError see {@link Kgss.unseal}
 */
export async function unsealWithKgss(
  session: Session,
  source: KeySource,
  sealed: Uint8Array,
  options: UnsealWithKgssOptions = {},
): Promise<Unsealed> {
  const { decryptionKeys } = await session.keystore()
  const keys = options.keys ?? decryptionKeys
  const named = readRecipients(sealed)
  if (named.secretKeyIds.length === 0) {
    if (keys.length === 0)
      throw new EHealthError(
        'unseal.not-addressed',
        'the message names no secret key, and there is no private key',
      )
    return unsealAs(session, sealed, options)
  }
  if (keys.some((key) => isAddressed(named, key)))
    try {
      return await unsealAs(session, sealed, options)
    } catch (error) {
      // Named alike, and not the one that was meant.
      if (!isEHealthError(error, 'unseal.not-addressed')) throw error
    }
  return firstFound(named.secretKeyIds, (id) => openWith(session, source, id, sealed, options))
}

function isAddressed(
  { serialNumbers, keyIdentifiers }: SealedRecipients,
  key: DecryptionKey | NamedDecryptionKey,
): boolean {
  return 'certificate' in key
    ? serialNumbers.includes(key.certificate.serialNumber)
    : keyIdentifiers.includes(base64(key.keyIdentifier))
}

/**
 * Tries one key after the other: another one of the same message may be for this reader.
 *
 * @throws EHealthError the first failure, when none is found
 */
export async function firstFound<T>(ids: readonly string[], attempt: (id: string) => Promise<T>): Promise<T> {
  let failure: EHealthError | undefined
  for (const id of ids.slice(0, mostKeys)) {
    try {
      return await attempt(id)
    } catch (error) {
      if (!isEHealthError(error, 'kgss.key-not-found') && !isEHealthError(error, 'kgss.key-id')) throw error
      failure ??= error
    }
  }
  throw failure ?? new EHealthError('kgss.key-id', 'no key is named', { path: 'ids' })
}

async function openWith(
  session: Session,
  source: KeySource,
  id: string,
  sealed: Uint8Array,
  options: UnsealWithKgssOptions,
): Promise<Unsealed> {
  const attempt = async (fresh: boolean): Promise<Unsealed> => {
    const { key, kept } = await source.key(id, fresh)
    try {
      return await unsealAs(session, sealed, { ...options, keys: [], secretKey: key.key })
    } catch (error) {
      // A kept key that does not fit must not stand in the way of the right one.
      if (!kept || !isEHealthError(error, 'unseal.not-addressed')) throw error
      return await attempt(true)
    } finally {
      key.destroy()
    }
  }
  return attempt(false)
}
