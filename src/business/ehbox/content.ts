/** The content of a message to send: its fields, its digests, its attachments (spec ehealthbox §2.1, §1.3). */
import { createHash } from 'node:crypto'

import { EHealthError } from '../../errors.js'
import { parseSsin } from '../../technical/identifiers/index.js'
import { invalidOption, refuseUnknownOptions } from '../../technical/session/options.js'
import type { Attachment } from '../../technical/soap/types.js'
import type { FreeInformations, PublicationContent } from './contract.js'
import type { GatheredAnnex, GatheredBody, GatheredMessage } from './gather.js'
import type { Annex, OutgoingMessage } from './outgoing.js'

/** A field that is sealed in an encrypted message, with its place in the input. */
type FieldTransform = (plain: Uint8Array, path: string) => Promise<Uint8Array>

/** What happens to the fields on their way into the message. */
export interface ContentSteps {
  /** Seals a field, or gives it back as it is. */
  transform: FieldTransform
  /** Content-ID of the next attachment. */
  contentId: () => string
}

/** Content with the parts that travel beside the envelope. */
export interface BuiltContent {
  content: PublicationContent
  attachments: Attachment[]
}

const defaultFileName = 'body.txt'

const utf8 = (content: string | Uint8Array): Uint8Array =>
  typeof content === 'string' ? Buffer.from(content, 'utf8') : content

/** The digest covers the octets as transported: sealed ones of a sealed field, and never their base64 (§2.2). */
export const digestOf = (transported: Uint8Array): string =>
  createHash('sha256').update(transported).digest('base64')

/**
 * Refuses what the contract cannot see, before anything is sealed or sent.
 *
 * @throws EHealthError `configuration.invalid` for a name that nobody knows, `ehbox.free-information`, `ehbox.clear-patient`, `identifier.*`, `contract.invalid`
 */
export function checkContent(message: OutgoingMessage, now: Date): void {
  if ((message.body as unknown) === undefined) throw invalidOption('body', 'missing')
  checkNames(message)
  if (message.freeText !== undefined && message.table !== undefined)
    throw new EHealthError('ehbox.free-information', 'free text and table were both given', { path: 'table' })
  if (message.patient !== undefined) {
    if (message.encrypt !== true)
      throw new EHealthError(
        'ehbox.clear-patient',
        'a patient was named in a message that is not encrypted',
        {
          path: 'patient',
        },
      )
    patientNumber(message.patient.ssin, now)
  }
  const { body } = message
  if (typeof body === 'string') return checkAnnexes(message.annexes)
  checkBytes(body.content, 'body')
  checkMimeType(body.mimeType, 'body')
  checkAnnexes(message.annexes)
}

// `encrypted: true` instead of `encrypt: true` must not send a clear message.
function checkNames({ table, patient, receipts, annexes, body }: OutgoingMessage): void {
  if (table !== undefined) refuseUnknownOptions(table, ['title', 'rows'], 'table')
  if (patient !== undefined) refuseUnknownOptions(patient, ['ssin'], 'patient')
  if (receipts !== undefined) refuseUnknownOptions(receipts, ['publication', 'received', 'read'], 'receipts')
  if (typeof body !== 'string') refuseUnknownOptions(body, ['content', 'mimeType', 'fileName'], 'body')
  annexes?.forEach((annex, index) =>
    refuseUnknownOptions(annex, ['title', 'fileName', 'mimeType', 'content', 'as'], `annexes[${index}]`),
  )
}

function checkAnnexes(annexes: readonly Annex[] = []): void {
  for (const [index, annex] of annexes.entries()) {
    const path = `annexes[${index}]`
    checkBytes(annex.content, path)
    checkMimeType(annex.mimeType, path)
    if (typeof annex.title !== 'string') invalid(`${path}.title`, 'missing')
  }
}

function checkBytes(content: unknown, path: string): void {
  if (typeof content === 'string' || content instanceof Uint8Array) return
  const source = (content ?? {}) as Partial<AsyncIterable<unknown> & Iterable<unknown>> & { file?: unknown }
  if (typeof source[Symbol.asyncIterator] === 'function' || typeof source[Symbol.iterator] === 'function')
    return
  if (typeof source.file !== 'string' || source.file === '')
    invalid(`${path}.content`, 'expected a text, octets, a file or a stream')
  refuseUnknownOptions(source, ['file'], `${path}.content`)
}

// The media type becomes a header of its part: a line break in it would write headers of its own.
const mediaType = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+([ \t]*;[\t\x20-\x7e]*)?$/

function checkMimeType(mimeType: unknown, path: string): void {
  if (typeof mimeType !== 'string' || !mediaType.test(mimeType))
    invalid(`${path}.mimeType`, 'not a media type such as application/pdf')
}

function invalid(path: string, problem: string): never {
  throw new EHealthError('contract.invalid', `${path}: ${problem}`, { path })
}

function patientNumber(ssin: string, now: Date): string {
  try {
    return parseSsin(ssin, { asOf: now }).normalized
  } catch (error) {
    if (!(error instanceof EHealthError)) throw error
    throw new EHealthError(error.code, error.message, { path: 'patient.ssin', cause: error })
  }
}

/**
 * Builds the content field by field; the fields are transformed side by side, since a seal mostly waits for signatures that
 * are made in other threads. Call {@link checkContent} first.
 */
export async function buildContent(
  message: GatheredMessage,
  steps: ContentSteps,
  now: Date,
): Promise<BuiltContent> {
  const { transform } = steps
  const body = bodyOf(message.body)
  const { patient, annexes = [] } = message
  const [text, free, sealedPatient, built] = await Promise.all([
    transform(body.content, 'body'),
    freeInformations(message, transform),
    patient === undefined ? undefined : transform(utf8(patientNumber(patient.ssin, now)), 'patient.ssin'),
    Promise.all(annexes.map((annex, index) => annexOf(annex, `annexes[${index}]`, steps))),
  ])
  return {
    content: {
      Document: {
        Title: message.title,
        EncryptableTextContent: text,
        DownloadFileName: body.fileName,
        MimeType: body.mimeType,
        Digest: digestOf(text),
      },
      ...(free === undefined ? {} : { FreeInformations: free }),
      ...(sealedPatient === undefined ? {} : { EncryptableINSSPatient: sealedPatient }),
      Annex: built.map(({ element }) => element),
    },
    attachments: built.flatMap(({ attachment }) => attachment ?? []),
  }
}

async function annexOf(
  annex: GatheredAnnex,
  path: string,
  { transform, contentId }: ContentSteps,
): Promise<{ element: PublicationContent['Annex'][number]; attachment?: Attachment }> {
  const [transported, title] = await Promise.all([
    transform(utf8(annex.content), `${path}.content`),
    transform(utf8(annex.title), `${path}.title`),
  ])
  const common = {
    EncryptableTitle: title,
    DownloadFileName: annex.fileName,
    MimeType: annex.mimeType,
    Digest: digestOf(transported),
  }
  if (annex.as === 'inline') return { element: { ...common, EncryptableTextContent: transported } }
  const id = contentId()
  return {
    element: { ...common, EncryptableBinaryContent: `cid:${id}` },
    attachment: { contentId: id, contentType: annex.mimeType, content: transported },
  }
}

function bodyOf(body: GatheredBody): { content: Uint8Array; fileName: string; mimeType: string } {
  return typeof body === 'string'
    ? { content: utf8(body), fileName: defaultFileName, mimeType: 'text/plain' }
    : {
        content: utf8(body.content),
        fileName: body.fileName ?? defaultFileName,
        mimeType: body.mimeType,
      }
}

async function freeInformations(
  { freeText, table }: Pick<OutgoingMessage, 'freeText' | 'table'>,
  transform: FieldTransform,
): Promise<FreeInformations | undefined> {
  if (freeText !== undefined) return { EncryptableFreeText: await transform(utf8(freeText), 'freeText') }
  if (table === undefined) return undefined
  const Row = await Promise.all(
    table.rows.map(async ([left, right], index) => {
      const [EncryptableLeftCell, EncryptableRightCell] = await Promise.all([
        transform(utf8(left), `table.rows[${index}][0]`),
        transform(utf8(right), `table.rows[${index}][1]`),
      ])
      return { EncryptableLeftCell, EncryptableRightCell }
    }),
  )
  return { Table: { ...(table.title === undefined ? {} : { Title: table.title }), Row } }
}
