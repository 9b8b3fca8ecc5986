/** Fetching a key (spec etee §5.1, §5.2). */
import { EHealthError, isEHealthError } from '../../errors.js'
import { refuseUnknownOptions } from '../session/options.js'
import { GetKeyRequestContent, GetKeyResponseContent } from './contract.js'
import { kgssToken, openFromKgss, sealForKgss, type KgssContext } from './exchange.js'
import { keyLength, KgssKey } from './key.js'
import { ownToken, type OwnToken } from './ownToken.js'
import { assertSuccess, unreadable } from './status.js'

/** How a key is fetched. */
export interface GetKeyOptions {
  /**
   * What the answer is sealed with: the caller's published `token`, or a `one-time-key` that is made for this one call and
   * goes along in the sealed request. The latter needs no encryption key of the caller (a reader with an eID alone has
   * none) and binds the answer to its request. Default: the token where the keystore holds its key, else the one-time key.
   */
  readonly answerFor?: 'token' | 'one-time-key'
}

/**
 * Fetches a key.
 *
 * @throws EHealthError see {@link Kgss.getKey}
 */
export async function getKey(
  context: KgssContext,
  id: Uint8Array,
  options: GetKeyOptions = {},
): Promise<KgssKey> {
  const { answerFor } = options
  checkOptions(options)
  const own = answerFor === 'one-time-key' ? undefined : await tokenOrNone(context, answerFor === 'token')
  if (own !== undefined) return fetch(context, id, { ETK: own.etk }, { keys: own.keys })
  const oneTime = context.session.runtime.randomBytes(keyLength)
  try {
    // Without identifier, as the official connector does: whatever the answer names, this key opens it.
    return await fetch(context, id, { KeyEncryptionKey: oneTime }, { secretKey: oneTime })
  } finally {
    oneTime.fill(0)
  }
}

/** @throws EHealthError `configuration.invalid` */
export function checkOptions(options: GetKeyOptions): void {
  refuseUnknownOptions(options, ['answerFor'])
  const { answerFor } = options
  if (answerFor !== undefined && answerFor !== 'token' && answerFor !== 'one-time-key')
    throw new EHealthError('configuration.invalid', 'answerFor: expected token or one-time-key', {
      path: 'answerFor',
    })
}

/** Reasons why the caller's own token cannot be used, which do not keep him from reading. */
const withoutToken = [
  'kgss.own-token',
  'etk.not-found',
  'etk.ambiguous',
  'etk.unsupported-key',
  'etk.expired',
] as const

async function tokenOrNone({ session }: KgssContext, demanded: boolean): Promise<OwnToken | undefined> {
  try {
    return await ownToken(session)
  } catch (error) {
    if (demanded || !withoutToken.some((code) => isEHealthError(error, code))) throw error
    return undefined
  }
}

async function fetch(
  context: KgssContext,
  id: Uint8Array,
  answerFor: { ETK: Uint8Array } | { KeyEncryptionKey: Uint8Array },
  opening: Parameters<typeof openFromKgss>[3],
): Promise<KgssKey> {
  const { session, operations } = context
  const kgss = await kgssToken(context)
  const SealedContent = await sealForKgss(context, kgss, GetKeyRequestContent, {
    KeyIdentifier: id,
    ...answerFor,
  })
  const { value } = await session.call(operations.getKey, { SealedKeyRequest: { SealedContent } })
  assertSuccess(value)
  if (value.SealedKeyResponse === undefined) throw unreadable('GetKeyResponse.SealedKeyResponse')
  const sealed = value.SealedKeyResponse.SealedContent
  const { Key } = await openFromKgss(context, kgss, sealed, opening, GetKeyResponseContent)
  if (Key === undefined) throw unreadable('GetKeyResponseContent.Key')
  try {
    return new KgssKey(id, Key)
  } finally {
    Key.fill(0)
  }
}
