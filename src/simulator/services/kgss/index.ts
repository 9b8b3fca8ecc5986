/**
 * The key generation and storage service, version 1 (spec etee §5).
 *
 * What is wrong with a sealed request is refused as content (SOA-03007): the codes of the platform for it are not published.
 */
import {
  GetKeyRequestContent,
  GetKeyResponseContent,
  GetNewKeyRequestContent,
  GetNewKeyResponseContent,
  kgssOperations,
  type GetKeyRequest,
  type GetKeyResponse,
  type GetNewKeyRequest,
  type GetNewKeyResponse,
} from '../../../technical/kgss/contract.js'
import type { Identity } from '../../../technical/keystore/index.js'
import { soaRefusal } from '../../refusal.js'
import { simulate, type SimulatedCall, type SimulatedService } from '../../service.js'
import { mayRead } from './access.js'
import { createSealing, type AnswerFor, type SealingSetup, type Sealing } from '../sealing.js'
import { keysOf, saveKeys } from './store.js'

/** Octets of an identifier, as in recorded answers. */
const idLength = 24

/** The service; the first call opens its keystore. */
export function createKgss(setup: SealingSetup): SimulatedService {
  const sealing = createSealing(setup)
  return {
    service: 'kgss',
    operations: [
      simulate(kgssOperations.getNewKey, {
        answer: async (call) => ({ value: await makeKey(call, sealing) }),
      }),
      simulate(kgssOperations.getKey, { answer: async (call) => ({ value: await giveKey(call, sealing) }) }),
    ],
  }
}

const success = { Status: { Code: '200', Message: 'Success' }, Error: [] }

/** Seen beside status 200 in the answers of the depot; of the KGSS the code alone is known (spec etee §5.2). */
const noKeyFound = {
  Status: success.Status,
  Error: [{ Code: 'NO_KEY_FOUND', Message: [{ Lang: 'EN' as const, value: 'No key found' }] }],
}

async function makeKey(call: SimulatedCall<GetNewKeyRequest>, sealing: Sealing): Promise<GetNewKeyResponse> {
  const { world, now, request } = call
  const { content, author } = await sealing.open(
    call,
    request.SealedNewKeyRequest.SealedContent,
    GetNewKeyRequestContent,
  )
  const token = sealing.tokenOf(call, content.ETK, author)
  const id = world.runtime.randomBytes(idLength)
  const key = world.runtime.randomBytes(16)
  keysOf(world).set(Buffer.from(id).toString('base64'), {
    key,
    allowed: content.AllowedReader,
    excluded: content.ExludedReader,
    author: nameOf(author),
    madeAt: now,
    deletionStrategy: content.DeletionStrategy !== undefined,
  })
  await saveKeys(world)
  const answer = { NewKeyIdentifier: id, NewKey: key }
  const SealedContent = await sealing.seal(call, GetNewKeyResponseContent, answer, { token })
  return { ...success, SealedNewKeyResponse: { SealedContent } }
}

async function giveKey(call: SimulatedCall<GetKeyRequest>, sealing: Sealing): Promise<GetKeyResponse> {
  const { world, request, caller } = call
  const { content, author } = await sealing.open(
    call,
    request.SealedKeyRequest.SealedContent,
    GetKeyRequestContent,
  )
  const answerFor = answerForOf(call, content, author, sealing)
  const stored = keysOf(world).get(Buffer.from(content.KeyIdentifier).toString('base64'))
  // Whoever may not read a key does not learn that there is one.
  if (stored === undefined || !mayRead(stored, caller.attributes)) return noKeyFound
  const SealedContent = await sealing.seal(call, GetKeyResponseContent, { Key: stored.key }, answerFor)
  return { ...success, SealedKeyResponse: { SealedContent } }
}

function answerForOf(
  call: SimulatedCall<unknown>,
  { ETK, KeyEncryptionKey, KeyEncryptionKeyIdentifier }: GetKeyRequestContent,
  author: Identity,
  sealing: Sealing,
): AnswerFor {
  if (ETK !== undefined) return { token: sealing.tokenOf(call, ETK, author) }
  if (KeyEncryptionKey === undefined)
    throw soaRefusal('SOA-03007', 'neither ETK nor KeyEncryptionKey is given')
  return sealing.secretKeyOf(call, KeyEncryptionKey, KeyEncryptionKeyIdentifier)
}

const nameOf = ({ type, value, application }: Identity): string =>
  application === undefined ? `${type}=${value}` : `${type}=${value}, ${application}`
