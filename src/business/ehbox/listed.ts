/** A message as a list shows it, and what lists are of (spec ehealthbox §3.3). */
import { EHealthError } from '../../errors.js'
import type { ListedMessage as ListedElement } from './contract.js'
import { partyOf, senderOf, type Party, type Sender } from './parties.js'
import { addressingOf } from './qualities.js'
import type { Box } from './recipients.js'

/** Folders of a box. */
export const folders = ['INBOX', 'SENTBOX', 'BININBOX', 'BINSENTBOX'] as const

/** Folder of a box. */
export type Folder = (typeof folders)[number]

/** Kinds of messages; `OTHER` when the platform wrote a word that is not known here (see `contentType`). */
export const messageTypes = ['DOCUMENT', 'NEWS', 'ACKNOWLEDGMENT', 'ERROR'] as const

/** Kind of a message. */
export type MessageType = (typeof messageTypes)[number] | 'OTHER'

/** The number of a patient as it stands in a list: sealed, when the message is. */
export interface PatientField {
  bytes: Uint8Array
  sealed: boolean
}

/** A message as a list shows it. */
export interface ListedMessage {
  /** MessageId: 13 letters and digits. */
  id: string
  folder: Folder
  /** The box asked for, when it was not the caller's own. */
  box?: Box
  type: MessageType
  /** The platform's own word for the type. */
  contentType: string
  /** Absent for a message of the platform without content information. */
  title?: string
  /** Media type of the body. */
  mimeType?: string
  sender: Sender
  /** Which of the caller's boxes received it; not the other recipients. */
  destination: Party
  /**
   * Day of publication as written, `YYYY-MM-DD` with or without zone: lists are in order, days are not (§9.28). `slice(0, 10)`
   * is the day; `new Date()` cannot read one with a zone.
   */
  publicationDate: string
  /** Day on which the platform may remove it. */
  expirationDate: string
  /** Octets, when the platform wrote a number. */
  size?: number
  important: boolean
  encrypted: boolean
  hasAnnex: boolean
  hasFreeInformation: boolean
  /** Name of the sending application. */
  application?: string
  customMetas: [key: string, value: string][]
  /** Opened by `patientOf`, never by listing: it costs an unsealing and may not be for the caller (§9.26). */
  patient?: PatientField
  /** What is strange about the message; it can be read all the same. */
  problems: string[]
}

/** @throws EHealthError `ehbox.folder` */
export function assertFolder(folder: string, path = 'folder'): void {
  if (!(folders as readonly string[]).includes(folder))
    throw new EHealthError('ehbox.folder', `one of ${folders.join(', ')} is expected`, {
      path,
      hint: 'Name one of them.',
    })
}

/** What a list says of a message, in the words of this library. @internal */
export function listedMessage(element: ListedElement, folder: Folder, box: Box | undefined): ListedMessage {
  const { ContentInfo: content, ContentSpecification: specification, MessageInfo } = element
  const problems: string[] = []
  const type = messageTypeOf(specification.ContentType, problems)
  if (content === undefined && (type === 'DOCUMENT' || type === 'NEWS'))
    problems.push('the platform says nothing about the content')
  const sender = senderOf(element.Sender)
  const destination = partyOf(element.Destination)
  if (addressingOf(sender.quality) === undefined) problems.push('the quality of the sender is not known')
  if (addressingOf(destination.quality) === undefined)
    problems.push('the quality of the receiving box is not known')
  const size = sizeOf(MessageInfo.Size)
  const patient = content?.EncryptableINSSPatient
  return {
    id: element.MessageId,
    folder,
    ...(box === undefined ? {} : { box }),
    type,
    contentType: specification.ContentType,
    ...(content === undefined ? {} : { title: content.Title, mimeType: content.MimeType }),
    sender,
    destination,
    publicationDate: MessageInfo.PublicationDate,
    expirationDate: MessageInfo.ExpirationDate,
    ...(size === undefined ? {} : { size }),
    important: specification.IsImportant,
    encrypted: specification.IsEncrypted,
    hasAnnex: content?.HasAnnex ?? false,
    hasFreeInformation: content?.HasFreeInformations ?? false,
    ...(specification.ApplicationName === undefined ? {} : { application: specification.ApplicationName }),
    customMetas: element.CustomMeta.map(({ Key, Value }) => [Key, Value]),
    ...(patient === undefined ? {} : { patient: { bytes: patient, sealed: specification.IsEncrypted } }),
    problems,
  }
}

/** The type of a message; an unknown word is reported, since one odd message must not spoil a list (§9.9). */
export function messageTypeOf(contentType: string, problems: string[]): MessageType {
  const known = messageTypes.find((type) => type === contentType)
  if (known === undefined) problems.push('the type of the message is not known')
  return known ?? 'OTHER'
}

/** `Size` is a text without a stated unit; octets as far as one knows (§3.1). */
export function sizeOf(text: string): number | undefined {
  const size = /^\d{1,15}$/.test(text.trim()) ? Number(text) : undefined
  return size
}
