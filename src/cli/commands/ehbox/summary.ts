/** Messages as JSON shows them. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'

import type {
  FullMessage,
  ReceivedContent,
  SavedContent,
  SavedMessage,
} from '../../../business/ehbox/index.js'
import type { EhboxRead, SavedPart, ShownPart, Without } from '../../json/index.js'

export const isDocument = <M extends FullMessage | SavedMessage>(
  message: M,
): message is Extract<M, { body: object }> => 'body' in message

/** What is known of a message, its texts included; octets are told by number and digest. */
export function summary(message: FullMessage): EhboxRead {
  if (!isDocument(message)) return withoutMeta(message)
  const { body, annexes, ...rest } = message
  const part = ({ content, fileName, mimeType, problem }: ReceivedContent): ShownPart => ({
    fileName,
    mimeType,
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
    ...(problem === undefined ? {} : { problem: problem.code }),
  })
  return {
    ...withoutMeta(rest),
    body: { ...part(body), text: body.text },
    annexes: annexes.map((annex) => ({ title: annex.title, protection: annex.protection, ...part(annex) })),
  }
}

/** What is known of a message whose content is in files: none of it. */
export async function savedSummary(message: SavedMessage): Promise<EhboxRead> {
  if (!isDocument(message)) return withoutMeta(message)
  const { body, annexes, patient: _, freeText: __, table: ___, oldFreeInformation: ____, ...rest } = message
  return {
    ...withoutMeta(rest),
    body: await savedPart(body),
    annexes: await Promise.all(
      annexes.map(async (annex) => ({ protection: annex.protection, ...(await savedPart(annex)) })),
    ),
  }
}

async function savedPart({ fileName, mimeType, bytes, file, problem }: SavedContent): Promise<SavedPart> {
  return {
    fileName,
    mimeType,
    bytes,
    ...(file === undefined ? {} : { sha256: await digestOf(file), file }),
    ...(problem === undefined ? {} : { problem: problem.code }),
  }
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

const withoutMeta = <M extends { meta: unknown }>({ meta: _meta, ...rest }: M): Without<M, 'meta'> =>
  rest as Without<M, 'meta'>
