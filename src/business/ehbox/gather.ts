/** Content from wherever it comes, brought into memory: a whole message has ten million octets at most (spec ehealthbox §1.3). */
import { open } from 'node:fs/promises'

import { EHealthError } from '../../errors.js'
import { maximumMessageBytes, tooLarge } from './limits.js'
import type { Annex, Body, Content, OutgoingMessage } from './outgoing.js'

/** A message whose contents are in memory, ready to be sealed as often as it has to be. */
export type GatheredMessage = Omit<OutgoingMessage, 'body' | 'annexes'> & {
  body: GatheredBody
  annexes?: readonly GatheredAnnex[]
}
export type GatheredBody = string | (Omit<Exclude<Body, string>, 'content'> & InMemory)
export type GatheredAnnex = Omit<Annex, 'content'> & InMemory

interface InMemory {
  content: string | Uint8Array
}

/** The message without its contents: what can be checked before a file is opened or a stream begun. */
export function withoutContents({ body, annexes, ...rest }: OutgoingMessage): GatheredMessage {
  return {
    ...rest,
    body: typeof body === 'string' ? '' : { ...body, content: '' },
    ...(annexes === undefined ? {} : { annexes: annexes.map((annex) => ({ ...annex, content: '' })) }),
  }
}

/**
 * Reads files and streams, one after the other and no further than a message may be large.
 *
 * @throws EHealthError `ehbox.content` for a file or stream that cannot be read, `ehbox.too-large`
 */
export async function gather({ body, annexes, ...rest }: OutgoingMessage): Promise<GatheredMessage> {
  const gatheredBody =
    typeof body === 'string' ? body : { ...body, content: await inMemory(body.content, 'body.content') }
  if (annexes === undefined) return { ...rest, body: gatheredBody }
  const gathered: GatheredAnnex[] = []
  for (const [index, annex] of annexes.entries())
    gathered.push({ ...annex, content: await inMemory(annex.content, `annexes[${index}].content`) })
  return { ...rest, body: gatheredBody, annexes: gathered }
}

async function inMemory(content: Content, path: string): Promise<string | Uint8Array> {
  if (typeof content === 'string' || content instanceof Uint8Array) return content
  return 'file' in content ? fromFile(content.file, path) : collected(content, path)
}

async function fromFile(name: string, path: string): Promise<Uint8Array> {
  try {
    await using file = await open(name)
    const { size } = await file.stat()
    if (size > maximumMessageBytes) throw tooLarge(size, path)
    return await collected(file.createReadStream({ autoClose: false }), path)
  } catch (error) {
    throw unreadable(error, path)
  }
}

async function collected(
  stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  path: string,
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let bytes = 0
  try {
    for await (const piece of stream) {
      if (!(piece instanceof Uint8Array))
        throw new EHealthError('ehbox.content', `${path}: the stream gives something else than octets`, {
          path,
        })
      bytes += piece.length
      if (bytes > maximumMessageBytes) throw tooLarge(bytes, path)
      pieces.push(piece)
    }
  } catch (error) {
    throw unreadable(error, path)
  }
  return Buffer.concat(pieces)
}

/** The name of the file may name a patient: it stays in the cause. */
function unreadable(error: unknown, path: string): EHealthError {
  if (error instanceof EHealthError) return error
  const { code = 'unknown' } = error as NodeJS.ErrnoException
  const reason = /^[A-Z]{2,20}$/.test(code) ? ` (${code})` : ''
  return new EHealthError('ehbox.content', `${path}: cannot be read${reason}`, { path, cause: error })
}
