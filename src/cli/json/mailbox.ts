/** What `ehealth ehbox` prints. */
import type {
  Absence,
  AbsenceOutcome,
  Acknowledgement,
  AcknowledgmentMessage,
  AnnexParticulars,
  BoxInfo,
  DeletedAbsences,
  DocumentMessage,
  ErrorMessage,
  Handled,
  ListedMessage,
  OutOfOffice,
  ReceivedMessage,
  Sent,
} from '../../business/ehbox/index.js'
import type { Without } from './common.js'

/** How full the box is. */
export type EhboxInfo = Without<BoxInfo, 'meta'>

/** The messages of a folder, newest first. */
export type EhboxList = EhboxListItem[]

/** A message as a list shows it. */
export interface EhboxListItem extends Omit<ListedMessage, 'patient'> {
  /** Whether the message names a patient; `ehbox read` opens it. */
  hasPatient: boolean
}

/** A message that was read; with `--save` its content is in files and none of it is shown. */
export type EhboxRead =
  ShownDocument | SavedDocument | Without<AcknowledgmentMessage, 'meta'> | Without<ErrorMessage, 'meta'>

/** One line for each message that was handed over; the same is the stdin of `--exec`. */
export type EhboxWatch = EhboxRead & {
  /** Which attempt it was, from 1. */
  attempt: number
}

/** What a document has beside its content. */
type DocumentHead = Omit<ReceivedMessage, 'meta'> & Pick<DocumentMessage, 'type' | 'verification'>

/** A document or a news item with its texts. */
export interface ShownDocument
  extends DocumentHead, Pick<DocumentMessage, 'freeText' | 'table' | 'oldFreeInformation' | 'patient'> {
  body: ShownPart & {
    /** The text, where the body is text. */
    text?: string
  }
  annexes: (ShownPart & AnnexParticulars)[]
}

/** A document or a news item whose content is in files. */
export interface SavedDocument extends DocumentHead {
  body: SavedPart
  annexes: (SavedPart & Pick<AnnexParticulars, 'protection'>)[]
}

/** A body or an annex. */
export interface ShownPart {
  /** As the sender wrote it: never use it as a path. */
  fileName: string
  mimeType: string
  /** Octets. */
  bytes: number
  /** SHA-256 of the content, hexadecimal digits. */
  sha256: string
  /** Code of the reason why it could not be opened; with `--partial` only. */
  problem?: string
}

/** A body or an annex in a file. */
export interface SavedPart extends Omit<ShownPart, 'sha256'> {
  /** SHA-256 of the content, hexadecimal digits; absent where there is no file. */
  sha256?: string
  /** Where it is; absent where there is a `problem`. */
  file?: string
}

/** What became of a message: sent, or somebody is out of office and nothing was sent. */
export type EhboxSend = Without<Sent, 'meta'> | Without<OutOfOffice, 'meta' | 'resend'>

/** What was moved. */
export type EhboxMove = Handled

/** What was deleted. */
export type EhboxDelete = Handled

/** What each recipient has done with the message. */
export type EhboxAck = Acknowledgement[]

/** The out-of-office periods, past ones included. */
export type EhboxAbsenceList = Absence[]

/** What became of a declared period. */
export type EhboxAbsenceInsert = Without<AbsenceOutcome, 'meta'>

/** What became of deleted periods. */
export type EhboxAbsenceDelete = DeletedAbsences
