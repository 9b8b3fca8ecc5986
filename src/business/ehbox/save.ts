/** Reading a message into files: large annexes never stand in memory (spec ehealthbox §3.4, §7.3). */
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import path from 'node:path'

import { EHealthError, isEHealthError } from '../../errors.js'
import { invalidOption, refuseUnknownOptions } from '../../technical/session/options.js'
import type { Session } from '../../technical/session/types.js'
import type { CallResult } from '../../technical/soap/types.js'
import {
  consultationOperations,
  type GetFullMessageRequest,
  type GetFullMessageResponse,
} from './contract.js'
import { answeredMessage, messageFrom, readRequest, type MessageReference, type ReadOptions } from './read.js'
import { inFiles, type AnyAttachment } from './readPart.js'
import type { SavedContent, SavedMessage } from './received.js'

/** How far saving is. */
export interface SaveProgress {
  /** `receiving` the answer, then `opening` its parts. */
  stage: 'receiving' | 'opening'
  /** Which part is opened: `body`, `annexes[0].content`, … */
  part?: string
  /** Octets of the answer, or of the part, so far. */
  bytes: number
}

/** Options of `save`. */
export interface SaveOptions extends ReadOptions {
  /** Where the files go; made when it is not there. */
  directory: string
  onProgress?: (progress: SaveProgress) => void
}

/** What is larger waits in a temporary file, as it came: sealed where the message is. */
const spoolAbove = 64 * 1024

/** Reads a message into files. See {@link Ehbox.save}. */
export async function save(
  session: Session,
  message: MessageReference,
  options: SaveOptions,
): Promise<SavedMessage> {
  refuseUnknownOptions(options, ['box', 'folder', 'partial', 'directory', 'onProgress'])
  const { directory, onProgress } = options
  if (typeof directory !== 'string' || directory === '') throw invalidOption('directory', 'missing')
  const request = readRequest(session, message, options)
  await using answer = await ask(session, request, onProgress)
  const { value, attachments, meta } = answer
  const full = answeredMessage(value, request, meta)
  const received = { id: request.MessageId, attachments, meta, partial: options.partial === true }
  const making = await workplace(directory)
  try {
    const opening = (part: string, bytes: number): void => onProgress?.({ stage: 'opening', part, bytes })
    const saved = await messageFrom(session, full, received, (context) => inFiles(making, context, opening))
    if ('body' in saved)
      for (const part of [saved.body, ...saved.annexes]) await settle(part, directory, request.MessageId)
    return saved
  } finally {
    await rm(making, { recursive: true, force: true })
  }
}

type Asked = Pick<CallResult<GetFullMessageResponse>, 'value' | 'meta'> & {
  attachments: ReadonlyMap<string, AnyAttachment>
} & AsyncDisposable

async function ask(
  session: Session,
  request: GetFullMessageRequest,
  onProgress: SaveOptions['onProgress'],
): Promise<Asked> {
  const { getFullMessage } = consultationOperations
  const progress =
    onProgress === undefined
      ? {}
      : { onProgress: (bytes: number) => onProgress({ stage: 'receiving', bytes }) }
  try {
    return await session.callStreaming(getFullMessage, request, { spoolAbove, ...progress })
  } catch (error) {
    // XOP content stays where it is in a streamed answer, and the contract does not know it there (§1.3): read whole
    if (!isEHealthError(error, 'contract.unreadable')) throw error
    const whole = await session.call(getFullMessage, request)
    return { ...whole, [Symbol.asyncDispose]: async () => undefined }
  }
}

/** Files get their names when all of the message has been opened and verified: nobody finds half of one. */
async function workplace(directory: string): Promise<string> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    return await mkdtemp(path.join(directory, '.ehbox-'))
  } catch (error) {
    throw unwritable(error)
  }
}

async function settle(part: SavedContent, directory: string, messageId: string): Promise<void> {
  if (part.file === undefined) return
  const file = path.join(directory, `${messageId}-${path.basename(part.file)}`)
  try {
    await rename(part.file, file)
  } catch (error) {
    throw unwritable(error)
  }
  part.file = file
}

function unwritable(error: unknown): EHealthError {
  const { code = 'unknown' } = error as NodeJS.ErrnoException
  return new EHealthError('ehbox.save', `the files cannot be written (${code})`, {
    path: 'directory',
    cause: error,
  })
}
