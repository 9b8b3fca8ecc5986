/** The content of a received message: attachments resolved, fields opened, texts decoded (spec ehealthbox §3.4, §3.10). */
import { EHealthError } from '../../errors.js'
import { patientFrom } from './patient.js'
import { textReader, type FieldContext } from './readText.js'
import type { ConsultationContent } from './contract.js'
import type { AnnexParticulars, DocumentMessage, ReceivedPart } from './received.js'
import { partOf, type AnyAttachment, type Holder } from './readPart.js'

/** What reading needs. */
export interface ReadContext<Held extends ReceivedPart> extends FieldContext {
  attachments: ReadonlyMap<string, AnyAttachment>
  now: Date
  /** Where body and annexes go. */
  holder: Holder<Held>
}

type Texts = Pick<DocumentMessage, 'freeText' | 'table' | 'oldFreeInformation' | 'patient'>
type Content<Held> = Texts & { body: Held; annexes: (Held & AnnexParticulars)[] }

/** Reads body, free information, patient and annexes, in this order. */
export async function readContent<Held extends ReceivedPart>(
  content: ConsultationContent,
  context: ReadContext<Held>,
): Promise<Content<Held>> {
  const { opener, problems, partial } = context
  const openText = textReader(context)
  const result: Content<Held> = {
    body: await held(content.Document, 'body', context),
    ...(await freeInformation(content.FreeInformations, openText)),
    annexes: [],
  }
  const patient = content.EncryptableINSSPatient
  if (patient !== undefined) {
    try {
      result.patient = patientFrom(await opener.open(patient, 'patient'), context.now)
      if (!result.patient.valid) problems.push('the number of the patient is not a valid SSIN')
    } catch (error) {
      if (!partial || !(error instanceof EHealthError)) throw error
      problems.push(`patient cannot be read: ${error.code}`)
    }
  }
  for (const [index, annex] of content.Annex.entries()) {
    const path = `annexes[${index}]`
    result.annexes.push({
      title: await openText(annex.EncryptableTitle, `${path}.title`),
      ...(await held(annex, `${path}.content`, context)),
      protection: context.encrypted ? 'sealed' : 'transport',
    })
  }
  return result
}

type Transported = ConsultationContent['Document'] | ConsultationContent['Annex'][number]

async function held<Held extends ReceivedPart>(
  transported: Transported,
  path: string,
  context: ReadContext<Held>,
): Promise<Held> {
  const named = { mimeType: transported.MimeType, fileName: transported.DownloadFileName }
  try {
    return await context.holder.hold(partOf(transported, path, context.attachments), named, path)
  } catch (error) {
    if (!context.partial || !(error instanceof EHealthError)) throw error
    context.problems.push(`${path} cannot be read: ${error.code}`)
    return context.holder.without(named, error)
  }
}

async function freeInformation(
  free: ConsultationContent['FreeInformations'],
  openText: ReturnType<typeof textReader>,
): Promise<Pick<Texts, 'freeText' | 'table' | 'oldFreeInformation'>> {
  if (free === undefined) return {}
  if (free.EncryptableFreeText !== undefined)
    return { freeText: await openText(free.EncryptableFreeText, 'freeText') }
  if (free.Table !== undefined) {
    const rows: [string, string][] = []
    for (const [index, row] of free.Table.Row.entries())
      rows.push([
        await openText(row.EncryptableLeftCell, `table.rows[${index}][0]`),
        await openText(row.EncryptableRightCell, `table.rows[${index}][1]`),
      ])
    return { table: { ...(free.Table.Title === undefined ? {} : { title: free.Table.Title }), rows } }
  }
  const { Render, value } = free.EncryptableOldFreeInformation
  return {
    oldFreeInformation: { render: Render, text: await openText(value, 'oldFreeInformation') },
  }
}
