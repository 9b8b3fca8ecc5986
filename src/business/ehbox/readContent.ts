/** The content of a received message: attachments resolved, fields opened, texts decoded (spec ehealthbox §3.4, §3.10). */
import { EHealthError } from '../../errors.js'
import { resolveAttachment } from '../../technical/soap/attachments/swa.js'
import type { Attachment } from '../../technical/soap/types.js'
import { textOf, unknownElements, type XmlElement } from '../../technical/xml/index.js'
import { digestOf } from './content.js'
import type { ConsultationContent } from './contract.js'
import { decodeText } from './decodeText.js'
import { patientFrom } from './patient.js'
import type { DocumentMessage, ReceivedContent } from './received.js'
import type { FieldOpener } from './unsealing.js'

interface Context {
  opener: FieldOpener
  attachments: ReadonlyMap<string, Attachment>
  encrypted: boolean
  /** Findings are added here. */
  problems: string[]
  now: Date
}

type Content = Pick<
  DocumentMessage,
  'body' | 'freeText' | 'table' | 'oldFreeInformation' | 'patient' | 'annexes'
>

/** Reads body, free information, patient and annexes, in this order. */
export async function readContent(content: ConsultationContent, context: Context): Promise<Content> {
  const { opener, problems } = context
  const body = await contentOf(content.Document, 'body', context)
  const free = await freeInformation(content.FreeInformations, context)
  const patient = content.EncryptableINSSPatient
  const result: Content = { body, ...free, annexes: [] }
  if (patient !== undefined) {
    result.patient = patientFrom(await opener.open(patient, 'patient'), context.now)
    if (!result.patient.valid) problems.push('the number of the patient is not a valid SSIN')
  }
  for (const [index, annex] of content.Annex.entries()) {
    const path = `annexes[${index}]`
    result.annexes.push({
      title: await openText(annex.EncryptableTitle, `${path}.title`, context),
      ...(await contentOf(annex, `${path}.content`, context)),
      protection: context.encrypted ? 'sealed' : 'transport',
    })
  }
  return result
}

type Transported = ConsultationContent['Document'] | ConsultationContent['Annex'][number]

async function contentOf(transported: Transported, path: string, context: Context): Promise<ReceivedContent> {
  const bytes = transportedBytes(transported, path, context.attachments)
  assertDigest(transported, bytes, path)
  const content = await openField(bytes, path, context)
  const text = /^text\//i.test(transported.MimeType) ? decodeText(content) : undefined
  return {
    content,
    ...(text === undefined ? {} : { text }),
    mimeType: transported.MimeType,
    fileName: transported.DownloadFileName,
  }
}

function transportedBytes(
  transported: Transported,
  path: string,
  attachments: ReadonlyMap<string, Attachment>,
): Uint8Array {
  const { EncryptableBinaryContent: reference, EncryptableTextContent: inline } = transported
  if (reference !== undefined && inline !== undefined)
    throw new EHealthError('contract.unreadable', `${path}: both inline and attached`, { path })
  if (reference === undefined) return inline ?? new Uint8Array()
  try {
    return resolveAttachment(reference, attachments).content
  } catch (error) {
    throw new EHealthError('ehbox.attachment-missing', `${path}: the answer does not carry the attachment`, {
      path,
      cause: error,
    })
  }
}

/** The schema knows no digest on the way back; should the platform send one, it is held to it. */
function assertDigest(transported: Transported, bytes: Uint8Array, path: string): void {
  const unknown = (transported as { [unknownElements]?: XmlElement[] })[unknownElements] ?? []
  const digest = unknown.find(({ local, namespace }) => local === 'Digest' && namespace === '')
  if (digest !== undefined && textOf(digest).trim() !== digestOf(bytes))
    throw new EHealthError('ehbox.digest', `${path}: the content differs from the digest`, { path })
}

/** The official connector does not seal empty content (§2.3 step 4), so an empty field of a sealed message is told, not refused. */
async function openField(bytes: Uint8Array, path: string, context: Context): Promise<Uint8Array> {
  if (context.encrypted && bytes.length === 0) {
    context.problems.push(`${path} is empty and not sealed: nobody vouches for its emptiness`)
    return bytes
  }
  return context.opener.open(bytes, path)
}

async function openText(bytes: Uint8Array, path: string, context: Context): Promise<string> {
  const content = await openField(bytes, path, context)
  const text = decodeText(content)
  if (text !== undefined) return text
  context.problems.push(`${path} is not UTF-8`)
  return new TextDecoder().decode(content)
}

async function freeInformation(
  free: ConsultationContent['FreeInformations'],
  context: Context,
): Promise<Pick<Content, 'freeText' | 'table' | 'oldFreeInformation'>> {
  if (free === undefined) return {}
  if (free.EncryptableFreeText !== undefined)
    return { freeText: await openText(free.EncryptableFreeText, 'freeText', context) }
  if (free.Table !== undefined) {
    const rows: [string, string][] = []
    for (const [index, row] of free.Table.Row.entries())
      rows.push([
        await openText(row.EncryptableLeftCell, `table.rows[${index}][0]`, context),
        await openText(row.EncryptableRightCell, `table.rows[${index}][1]`, context),
      ])
    return { table: { ...(free.Table.Title === undefined ? {} : { title: free.Table.Title }), rows } }
  }
  const { Render, value } = free.EncryptableOldFreeInformation
  return {
    oldFreeInformation: {
      render: Render,
      text: await openText(value, 'oldFreeInformation', context),
    },
  }
}
