/** Messages as they are read (spec ehealthbox §3.4). */
import type { EHealthError } from '../../errors.js'
import type { CallMeta } from '../../technical/soap/types.js'
import type { Party, Sender } from './parties.js'
import type { Patient } from './patient.js'
import type { Verification } from './verification.js'

/** What is said of a document, the body or an annex. */
export interface ReceivedPart {
  mimeType: string
  /** As the sender wrote it: never use it as a path. */
  fileName: string
  /** Why it could not be opened; only where a partial message was asked for. There is no content then. */
  problem?: EHealthError
}

/** A document in memory. */
export interface ReceivedContent extends ReceivedPart {
  content: Uint8Array
  /** The content as text, when its media type is `text/*` and it is UTF-8. */
  text?: string
}

/** A document in a file. */
export interface SavedContent extends ReceivedPart {
  /** Where it is; absent where there is a `problem`. */
  file?: string
  /** Octets of the file. */
  bytes: number
}

/** What an annex has beside its content. */
export interface AnnexParticulars {
  title: string
  /**
   * Where a clear annex travelled as attachment, nothing but TLS protected it: attachments are outside the signature of the
   * platform and come back without digest (§9.24).
   */
  protection: 'sealed' | 'transport'
}

export interface ReceivedAnnex extends ReceivedContent, AnnexParticulars {}
export interface SavedAnnex extends SavedContent, AnnexParticulars {}

/** A table of a message, row by row. */
export interface ReceivedTable {
  title?: string
  rows: [left: string, right: string][]
}

/** What every message has. */
export interface ReceivedMessage {
  /** MessageId. */
  id: string
  /** PublicationId that the sender gave. */
  publicationId?: string
  /** The platform's own word for the type. */
  contentType: string
  title: string
  /** Who sent it, as the platform states it. */
  sender: Sender
  destinations: Party[]
  /** Day as written, `YYYY-MM-DD` with or without zone; `slice(0, 10)` is the day. */
  publicationDate: string
  expirationDate: string
  size?: number
  important: boolean
  encrypted: boolean
  application?: string
  customMetas: [key: string, value: string][]
  /** Metas of the platform itself. */
  metas: { type: string; values: string[] }[]
  copyMailTo: string[]
  /** What is strange about the message. */
  problems: string[]
  meta: CallMeta
}

/** A document or a news item; `OTHER` is a type that is not known here, read in the same way. */
export interface DocumentMessage extends ReceivedMessage {
  type: 'DOCUMENT' | 'NEWS' | 'OTHER'
  body: ReceivedContent
  freeText?: string
  table?: ReceivedTable
  /** Free information of old applications. */
  oldFreeInformation?: { render: string; text: string }
  patient?: Patient
  annexes: ReceivedAnnex[]
  /** What the seals prove; absent when the message is not encrypted. */
  verification?: Verification
}

/** A document or a news item whose body and annexes are in files. */
export interface SavedDocumentMessage extends Omit<DocumentMessage, 'body' | 'annexes'> {
  body: SavedContent
  annexes: SavedAnnex[]
}

/** A receipt that the sender of a message asked for. */
export interface AcknowledgmentMessage extends ReceivedMessage {
  type: 'ACKNOWLEDGMENT'
  /** The message acknowledged. */
  acknowledges: string
  acknowledgment: 'PUBLISHED' | 'RECEIVED' | 'READ'
  at: Date
  recipient?: Party
}

/** A publication that failed after it had been accepted. */
export interface ErrorMessage extends ReceivedMessage {
  type: 'ERROR'
  error: {
    /** The publication that failed. */
    publicationId?: string
    code: string
    messages: string[]
    /** Who did not get it. */
    destinations: Party[]
    failures: string[]
  }
}

/** A message as it is read. */
export type FullMessage = DocumentMessage | AcknowledgmentMessage | ErrorMessage

/** A message as it is saved. */
export type SavedMessage = SavedDocumentMessage | AcknowledgmentMessage | ErrorMessage
