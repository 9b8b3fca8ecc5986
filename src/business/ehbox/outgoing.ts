/** A message to be sent, in the words of the caller (spec ehealthbox §2.1). */
import type { ByteStream } from '../../technical/seal/index.js'
import type { Box, Recipient } from './recipients.js'

/**
 * Content to send: a text (sent in UTF-8), octets, a file by its name, or a stream of octets. Files and streams are read
 * when the message is sent, and only when everything else about it is right.
 */
export type Content = string | Uint8Array | { file: string } | ByteStream

/** The main document. A text is sent as `text/plain` in UTF-8. */
export type Body =
  | string
  | {
      content: Content
      /** `text/plain` and `text/html` are what the web application of the platform shows. */
      mimeType: string
      /** Default `body.txt`. Travels unencrypted. */
      fileName?: string
    }

/** An annex. Its title is sealed with an encrypted message; its file name and media type never are. */
export interface Annex {
  title: string
  fileName: string
  /** For instance `application/pdf`. */
  mimeType: string
  content: Content
  /** `attachment` (default): octets beside the message; `inline`: base64 inside it, a third larger. */
  as?: 'attachment' | 'inline'
}

/** A table of two columns. */
export interface Table {
  /** Travels unencrypted. */
  title?: string
  rows: readonly (readonly [left: string, right: string])[]
}

/** Options of `send`. */
export interface OutgoingMessage {
  /** At least one recipient; a mailbox of the address book is one as it stands. */
  to: Recipient | readonly Recipient[]
  /** 1 to 400 characters. Travels unencrypted, always: never name a patient in it. */
  title: string
  body: Body
  /** Excludes `table`. */
  freeText?: string
  /** Excludes `freeText`. */
  table?: Table
  /** The patient concerned; demands `encrypt: true`. */
  patient?: { ssin: string }
  annexes?: readonly Annex[]
  /**
   * Seal body, free information, patient and annexes for the recipients and the sender. Default false, as the platform
   * has it: a message about a patient must say `true`.
   */
  encrypt?: boolean
  important?: boolean
  /** Acknowledgment messages wanted in the sender's own INBOX. Default none. */
  receipts?: { publication?: boolean; received?: boolean; read?: boolean }
  /** Name of the sending application, 1 to 25 characters. */
  application?: string
  /** At most 100; old editions of the platform took 50 (more is a warning). Keys and values have 1 to 250 characters and travel unencrypted. */
  customMetas?: Readonly<Record<string, string>> | readonly (readonly [key: string, value: string])[]
  /** E-mail addresses that get a notification, 1 to 80 characters each. */
  copyMailTo?: readonly string[]
  /**
   * 1 to 13 characters; a random one by default. Give the same one when an outcome stayed unknown and the message is sent
   * again, and to publish a new version of a NEWS.
   */
  publicationId?: string
  /** Deliver to recipients who are out of office without asking. */
  outOfOffice?: 'deliver-anyway'
  /** Default `DOCUMENT`. */
  type?: 'DOCUMENT' | 'NEWS'
  /** Send from another of the caller's boxes. */
  from?: Box
  /** Told how many octets of the request have gone, of how many: a large message on a slow line takes its time. */
  onProgress?: (bytes: number, total: number) => void
}
