/** Messages whose attachments may be large: small parts stay in memory, large ones go to temporary files. */
import { tmpdir } from 'node:os'

import { EHealthError } from '../../../errors.js'
import { parseContentType } from './contentType.js'
import { withoutBrackets, type MultipartLimits } from './multipart.js'
import { scanMultipart, type PartListener } from './scan.js'
import {
  keeper,
  tooLarge,
  temporaryFolder,
  type Keeper,
  type KeptContent,
  type TemporaryFolder,
} from './spool.js'
import { transferDecoder, type TransferDecoder } from './transferEncoding.js'

/** How much may be received, and where it goes. */
export interface ReceiveOptions extends MultipartLimits {
  /** Octets of a part above which it goes to a file; 1 MiB. */
  spoolAbove?: number
  /** Where a private folder for the files is made; that of the system for temporary files. */
  directory?: string
  /** Largest envelope in octets; 64 MiB. */
  maxRootBytes?: number
  /** Largest part in octets, transfer encoding undone; 1 GiB. */
  maxPartBytes?: number
  /** Told how many octets of the body have come so far. */
  onProgress?: (octets: number) => void
}

/** A part that was received. */
export interface ReceivedAttachment extends KeptContent {
  /** Without angle brackets. */
  readonly contentId: string
  readonly contentType: string
}

/** A message with its parts. Its files live until it is closed. */
export interface ReceivedMessage extends AsyncDisposable {
  /** The envelope. */
  readonly root: Uint8Array
  readonly charset: string | undefined
  /** By Content-ID; parts without one cannot be referred to and are left out. */
  readonly attachments: ReadonlyMap<string, ReceivedAttachment>
  /** Removes the files; may be called again. */
  readonly close: () => Promise<void>
}

/**
 * Receives a message, multipart or not.
 *
 * @throws EHealthError `transport.multipart`, `transport.too-large`; nothing is left behind then
 *
 * @example
 * ```ts
 * import { createReadStream } from 'node:fs'
 * import { receiveMessage } from 'ehealth-connectors/soap'
 *
 * const type = 'multipart/related; boundary="b"; type="text/xml"'
 * await using message = await receiveMessage(type, createReadStream('answer.mime'))
 * for (const { contentId, length, file } of message.attachments.values()) console.log(contentId, length, file)
 * ```
 */
export async function receiveMessage(
  contentType: string | undefined,
  body: AsyncIterable<Uint8Array>,
  options: ReceiveOptions = {},
): Promise<ReceivedMessage> {
  const folder = temporaryFolder(options.directory ?? tmpdir())
  try {
    const type = parseContentType(contentType)
    const { root, attachments } = type.mediaType.startsWith('multipart/')
      ? await receiveParts(type.parameters, body, folder, options)
      : { root: await receiveRoot(type.parameters.get('charset'), body, options), attachments: [] }
    return {
      root: root.content,
      charset: root.charset,
      attachments: new Map(attachments.map((attachment) => [attachment.contentId, attachment])),
      close: folder.remove,
      [Symbol.asyncDispose]: folder.remove,
    }
  } catch (error) {
    await folder.remove()
    throw error
  }
}

interface Root {
  content: Uint8Array
  charset: string | undefined
}

const mebibyte = 1024 * 1024

async function receiveRoot(
  charset: string | undefined,
  body: AsyncIterable<Uint8Array>,
  { maxRootBytes = 64 * mebibyte }: ReceiveOptions,
): Promise<Root> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body) {
    length += chunk.length
    if (length > maxRootBytes) throw tooLarge()
    chunks.push(chunk)
  }
  return { content: Buffer.concat(chunks), charset }
}

async function receiveParts(
  parameters: ReadonlyMap<string, string>,
  body: AsyncIterable<Uint8Array>,
  folder: TemporaryFolder,
  options: ReceiveOptions,
): Promise<{ root: Root; attachments: ReceivedAttachment[] }> {
  const boundary = parameters.get('boundary')
  if (boundary === undefined || boundary === '' || boundary.length > 200)
    throw misshapen('no boundary in the Content-Type')
  const start = parameters.get('start')
  const rootId = start === undefined ? undefined : withoutBrackets(start)
  const ids = new Set<string>()
  const attachments: ReceivedAttachment[] = []
  let root: Root | undefined
  let part: {
    isRoot: boolean
    contentId: string | undefined
    type: string
    decoder: TransferDecoder
    keep: Keeper
  }
  let first = true
  const listener: PartListener = {
    open: async (headers) => {
      const id = headers['content-id']
      const contentId = id === undefined ? undefined : withoutBrackets(id)
      if (contentId !== undefined && ids.has(contentId)) throw misshapen('two parts have the same Content-ID')
      const isRoot = rootId === undefined ? first : contentId === rootId
      first = false
      if (contentId !== undefined) ids.add(contentId)
      part = {
        isRoot,
        contentId,
        type: headers['content-type'] ?? 'application/octet-stream',
        decoder: transferDecoder(headers['content-transfer-encoding']),
        keep: isRoot
          ? keeper(folder, Infinity, options.maxRootBytes ?? 64 * mebibyte)
          : keeper(folder, options.spoolAbove ?? mebibyte, options.maxPartBytes ?? 1024 * mebibyte),
      }
    },
    content: (octets) => part.keep.write(part.decoder.push(octets)),
    close: async () => {
      const { isRoot, contentId, type, decoder, keep } = part
      await keep.write(decoder.end())
      const kept = await keep.end()
      if (isRoot)
        root = { content: await kept.bytes(), charset: parseContentType(type).parameters.get('charset') }
      else if (contentId !== undefined) attachments.push({ contentId, contentType: type, ...kept })
    },
  }
  await scanMultipart(body, boundary, listener, options)
  if (root === undefined) throw misshapen('the part named by start is not there')
  return { root, attachments }
}

function misshapen(problem: string): EHealthError {
  return new EHealthError('transport.multipart', `multipart body: ${problem}`)
}
