/** How the platform shows a letter: in lists and in full. */
import type { ConsultationMessage, ListedMessage } from '../../../business/ehbox/contract.js'
import type { Attachment } from '../../../technical/soap/types.js'
import type { World } from '../../world.js'
import { letterOf, type Copy, type Letter, type MailState, type StoredContent } from './store.js'

/** `xs:date` with the zone of Brussels, as the platform writes it: `2026-03-02+01:00`. */
export function brusselsDate(at: Date): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: 'Europe/Brussels',
    dateStyle: 'short',
  }).format(at)
  const zone = new Intl.DateTimeFormat('en', { timeZone: 'Europe/Brussels', timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName')!
    .value.replace('GMT', '')
  return `${parts}${zone === '' ? 'Z' : zone}`
}

const messageInfo = (letter: Letter): ListedMessage['MessageInfo'] => ({
  PublicationDate: brusselsDate(letter.sentAt),
  ExpirationDate: brusselsDate(letter.expiresAt),
  Size: String(letter.size),
})

const specification = (letter: Letter): ListedMessage['ContentSpecification'] => ({
  ...(letter.applicationName === undefined ? {} : { ApplicationName: letter.applicationName }),
  ContentType: letter.kind,
  IsImportant: letter.important,
  IsEncrypted: letter.encrypted,
})

/** A message as `getMessagesList` shows it. */
export function listed(state: MailState, copy: Copy): ListedMessage {
  const letter = letterOf(state, copy)
  return {
    MessageId: copy.messageId,
    Destination: copy.destination,
    Sender: letter.sender,
    MessageInfo: messageInfo(letter),
    ContentInfo: {
      ...(letter.patient === undefined ? {} : { EncryptableINSSPatient: letter.patient }),
      Title: letter.title,
      MimeType: letter.document.mimeType,
      HasFreeInformations: letter.freeInformations !== undefined,
      HasAnnex: letter.annexes.length > 0,
    },
    ContentSpecification: specification(letter),
    CustomMeta: letter.customMetas,
  }
}

/** A message as `getFullMessage` shows it, with the attachments that go along. */
export function full(
  world: World,
  state: MailState,
  copy: Copy,
): {
  message: ConsultationMessage
  sender: Letter['sender']
  info: ListedMessage['MessageInfo']
  attachments: Attachment[]
} {
  const letter = letterOf(state, copy)
  const attachments: Attachment[] = []
  const echo = ({ as, bytes }: StoredContent, contentType: string) => {
    if (as === 'inline') return { EncryptableTextContent: bytes }
    const contentId = `${world.runtime.uuid()}@ehealth.fgov.be`
    attachments.push({ contentId, contentType, content: bytes })
    return { EncryptableBinaryContent: `cid:${contentId}` }
  }
  const { acknowledgment, error } = letter
  const content: ConsultationMessage['ContentContext']['Content'] = {
    Document: {
      Title: letter.title,
      ...echo(letter.document.content, letter.document.mimeType),
      DownloadFileName: letter.document.fileName,
      MimeType: letter.document.mimeType,
    },
    ...(letter.freeInformations === undefined ? {} : { FreeInformations: letter.freeInformations }),
    ...(letter.patient === undefined ? {} : { EncryptableINSSPatient: letter.patient }),
    Annex: letter.annexes.map((annex) => ({
      EncryptableTitle: annex.title,
      ...echo(annex.content, annex.mimeType),
      DownloadFileName: annex.fileName,
      MimeType: annex.mimeType,
    })),
    ...(acknowledgment === undefined
      ? {}
      : {
          Acknowledgment: {
            MessageId: acknowledgment.messageId,
            Recipient: acknowledgment.recipient,
            AckType: acknowledgment.kind,
            DateTime: acknowledgment.at,
          },
        }),
    ...(error === undefined
      ? {}
      : {
          Error: {
            PublicationId: error.publicationId,
            Code: error.code,
            Message: error.messages,
            Destination: error.destinations,
          },
        }),
  }
  return {
    message: {
      MessageId: copy.messageId,
      PublicationId: letter.publicationId,
      DestinationContext: letter.destinations,
      ContentContext: {
        Content: content,
        ContentSpecification: specification(letter),
        CustomMeta: letter.customMetas,
      },
      Meta: [],
      CopyMailTo: letter.copyMailTo,
    },
    sender: letter.sender,
    info: messageInfo(letter),
    attachments,
  }
}
