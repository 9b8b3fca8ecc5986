/** A document on its way out of a message: found, checked, and held in memory or in a file. */
import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'

import { EHealthError } from '../../errors.js'
import type { ReceivedAttachment } from '../../technical/soap/attachments/receive.js'
import { resolveAttachment } from '../../technical/soap/attachments/swa.js'
import type { Attachment } from '../../technical/soap/types.js'
import { textOf, unknownElements, type XmlElement } from '../../technical/xml/index.js'
import type { ConsultationContent } from './contract.js'
import { decodeText } from './decodeText.js'
import { openField, type FieldContext } from './readText.js'
import type { ReceivedContent, ReceivedPart, SavedContent } from './received.js'
import type { LargeField } from './unsealing.js'

/** An attachment in memory, or in a temporary file. */
export type AnyAttachment = Attachment | ReceivedAttachment

/** Where documents go. */
export interface Holder<Held extends ReceivedPart> {
  hold(source: LargeField, named: Pick<ReceivedPart, 'mimeType' | 'fileName'>, path: string): Promise<Held>
  /** What stands for a document that could not be read. */
  without(named: Pick<ReceivedPart, 'mimeType' | 'fileName'>, problem: EHealthError): Held
}

/** Holds documents in memory. */
export const inMemory = (context: FieldContext): Holder<ReceivedContent> => ({
  hold: async (source, named, at) => {
    const content = await openField(await source.bytes(), at, context)
    const text = /^text\//i.test(named.mimeType) ? decodeText(content) : undefined
    return { content, ...(text === undefined ? {} : { text }), ...named }
  },
  without: (named, problem) => ({ content: new Uint8Array(), ...named, problem }),
})

/** Holds documents in files of a directory, which get names of our own: the sender's are not to be trusted as paths. */
export const inFiles = (
  directory: string,
  context: FieldContext,
  onProgress?: (name: string, octets: number) => void,
): Holder<SavedContent> => ({
  hold: async (source, named, at) => {
    const file = path.join(directory, ownName(at, named.fileName))
    const told = onProgress === undefined ? undefined : (octets: number) => onProgress(at, octets)
    // an empty field is told as it is in memory
    if (source.length === 0) {
      await openField(await source.bytes(), at, context)
      await writeFile(file, '', { flag: 'wx', mode: 0o600 })
      return { file, bytes: 0, ...named }
    }
    return { file, bytes: await context.opener.openTo(file, source, at, told), ...named }
  },
  without: (named, problem) => ({ bytes: 0, ...named, problem }),
})

/** `body.txt`, `annex-2.pdf`. */
export function ownName(at: string, fileName: string): string {
  const index = /^annexes\[(\d+)\]/.exec(at)?.[1]
  const extension = /\.[A-Za-z0-9]{1,8}$/.exec(fileName)?.[0] ?? ''
  return `${index === undefined ? 'body' : `annex-${Number(index) + 1}`}${extension}`
}

type Transported = ConsultationContent['Document'] | ConsultationContent['Annex'][number]

/**
 * The octets of a document as they came.
 *
 * @throws EHealthError `contract.unreadable`, `ehbox.attachment-missing`; `ehbox.digest` when they are read
 */
export function partOf(
  transported: Transported,
  at: string,
  attachments: ReadonlyMap<string, AnyAttachment>,
): LargeField {
  const { EncryptableBinaryContent: reference, EncryptableTextContent: inline } = transported
  if (reference !== undefined && inline !== undefined)
    throw new EHealthError('contract.unreadable', `${at}: both inline and attached`, { path: at })
  const source =
    reference === undefined ? bytesOf(inline ?? new Uint8Array()) : attached(reference, at, attachments)
  const digest = digestIn(transported)
  return digest === undefined ? source : heldTo(digest, source, at)
}

function bytesOf(bytes: Uint8Array): LargeField {
  return {
    length: bytes.length,
    bytes: () => Promise.resolve(bytes),
    stream: async function* () {
      yield bytes
    },
  }
}

function attached(
  reference: string,
  at: string,
  attachments: ReadonlyMap<string, AnyAttachment>,
): LargeField {
  try {
    const found = resolveAttachment(reference, attachments)
    return 'content' in found ? bytesOf(found.content) : found
  } catch (error) {
    throw new EHealthError('ehbox.attachment-missing', `${at}: the answer does not carry the attachment`, {
      path: at,
      cause: error,
    })
  }
}

/** The schema knows no digest on the way back; should the platform send one, it is held to it. */
function digestIn(transported: Transported): string | undefined {
  const unknown = (transported as { [unknownElements]?: XmlElement[] })[unknownElements] ?? []
  const element = unknown.find(({ local, namespace }) => local === 'Digest' && namespace === '')
  return element === undefined ? undefined : textOf(element).trim()
}

function heldTo(digest: string, source: LargeField, at: string): LargeField {
  async function* checked(): AsyncGenerator<Uint8Array> {
    const hash = createHash('sha256')
    for await (const piece of source.stream()) {
      hash.update(piece)
      yield piece
    }
    if (hash.digest('base64') !== digest)
      throw new EHealthError('ehbox.digest', `${at}: the content differs from the digest`, { path: at })
  }
  return {
    length: source.length,
    stream: checked,
    bytes: async () => {
      const pieces: Uint8Array[] = []
      for await (const piece of checked()) pieces.push(piece)
      return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces)
    },
  }
}
