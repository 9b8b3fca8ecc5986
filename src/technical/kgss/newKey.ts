/** Making a key (spec etee §5.1, §5.2). */
import { EHealthError } from '../../errors.js'
import { refuseUnknownOptions } from '../session/options.js'
import { credentialsOf, type Reader } from './access.js'
import { GetNewKeyRequestContent, GetNewKeyResponseContent } from './contract.js'
import { kgssToken, openFromKgss, sealForKgss, type KgssContext } from './exchange.js'
import { KgssKey } from './key.js'
import { ownToken } from './ownToken.js'
import { assertSuccess, unreadable } from './status.js'

/** Who may read a new key. */
export interface NewKeyOptions {
  /** At least one; whoever matches any of them may read the key. The author is no reader unless he is named. */
  readonly allowed: readonly Reader[]
  /** Whoever matches one of these may not, although he matches one of the allowed. */
  readonly excluded?: readonly Reader[]
  /**
   * Sends the element `DeletionStrategy`. The schema leaves it empty, and what the platform makes of it is not published.
   * Default false.
   */
  readonly deletionStrategy?: boolean
}

/**
 * Makes a key.
 *
 * @throws EHealthError see {@link Kgss.newKey}
 */
export async function newKey(context: KgssContext, options: NewKeyOptions): Promise<KgssKey> {
  refuseUnknownOptions(options, ['allowed', 'excluded', 'deletionStrategy'])
  const AllowedReader = credentialsOf(options.allowed, 'allowed')
  const ExludedReader = credentialsOf(options.excluded ?? [], 'excluded')
  const { session, operations } = context
  const [kgss, own] = await Promise.all([kgssToken(context), ownToken(session)])
  const SealedContent = await sealForKgss(context, kgss, GetNewKeyRequestContent, {
    AllowedReader,
    ExludedReader,
    ETK: own.etk,
    ...(options.deletionStrategy === true ? { DeletionStrategy: {} } : {}),
  })
  const { value } = await session.call(operations.getNewKey, { SealedNewKeyRequest: { SealedContent } })
  assertSuccess(value)
  if (value.SealedNewKeyResponse === undefined) throw unreadable('GetNewKeyResponse.SealedNewKeyResponse')
  const sealed = value.SealedNewKeyResponse.SealedContent
  const content = await openFromKgss(context, kgss, sealed, { keys: own.keys }, GetNewKeyResponseContent)
  const { NewKeyIdentifier, NewKey } = content
  if (NewKeyIdentifier === undefined || NewKey === undefined)
    throw unreadable('GetNewKeyResponseContent.NewKeyIdentifier')
  try {
    const key = new KgssKey(NewKeyIdentifier, NewKey)
    rememberNew(context.made, key.id)
    return key
  } finally {
    NewKey.fill(0)
  }
}

/** Enough to notice an answer that is sent again while it is still fresh. */
const mostRemembered = 1000

/**
 * A key that was made before may be read by whoever it was made for then.
 *
 * @throws EHealthError `kgss.answer`
 */
function rememberNew(made: Set<string>, id: string): void {
  if (made.has(id)) throw new EHealthError('kgss.answer', 'the answer holds a key that was made before')
  made.add(id)
  for (const oldest of made) if (made.size > mostRemembered) made.delete(oldest)
}
