/**
 * The eHealthBox v3: the secure mailbox of the platform (spec ehealthbox).
 *
 * Titles, file names, media types, custom metas and table titles travel unencrypted, always: never put patient data there.
 *
 * @module
 */
import type { Session } from '../../technical/session/types.js'
import { acknowledgements, type Acknowledgement } from './acknowledgements.js'
import { history } from './history.js'
import { info, type BoxInfo, type BoxOptions } from './info.js'
import { messages, type ListedMessage, type ListOptions } from './list.js'
import { deleteMessages, move, type DeleteOptions, type Handled, type MoveOptions } from './move.js'
import type { OutgoingMessage } from './outgoing.js'
import { patientOf, type Patient } from './patient.js'
import { read, type MessageReference, type ReadOptions } from './read.js'
import type { FullMessage } from './received.js'
import { send, type SendOutcome } from './send.js'

export type { Acknowledgement } from './acknowledgements.js'
export type { BoxInfo, BoxOptions } from './info.js'
export type { Folder, ListedMessage, ListOptions, MessageType, PatientField } from './list.js'
export { maximumMessageBytes } from './limits.js'
export type { DeleteOptions, Handled, MoveOptions } from './move.js'
export type { Annex, Body, Content, OutgoingMessage, Table } from './outgoing.js'
export type { Party, Sender } from './parties.js'
export type { Patient } from './patient.js'
export { qualities, type KnownQuality, type Quality } from './qualities.js'
export type { MessageReference, ReadableFolder, ReadOptions } from './read.js'
export type {
  AcknowledgmentMessage,
  DocumentMessage,
  ErrorMessage,
  FullMessage,
  ReceivedAnnex,
  ReceivedContent,
  ReceivedMessage,
  ReceivedTable,
} from './received.js'
export type { Box, Everybody, Mandate, RawBox, Recipient } from './recipients.js'
export type { ResendChoice } from './resend.js'
export type { AnsweredRecipient, OutOfOffice, SendOutcome, SendWarning, Sent } from './send.js'
export { send as sendThrough, type Channel } from './send.js'
export { refusals, type Status } from './status.js'
export type { Verification } from './verification.js'

/**
 * The eHealthBox of a session's user.
 *
 * Every operation may throw what a call throws (`transport.*`, `fault.*`, `token.*`, `contract.unreadable`) and
 * `ehbox.refused` when the platform refuses with a status of its own, found in `platform.code`.
 */
export interface Ehbox {
  /**
   * Sends a message. Everything that can be known to be wrong is refused before it is sent: recipients (at least one,
   * check digits, a token for each when encrypted), lengths, size, contradictions.
   *
   * @throws EHealthError `ehbox.no-recipient`, `ehbox.recipient`, `identifier.*`, `ehbox.all-encrypted`,
   * `ehbox.clear-patient`, `ehbox.free-information`, `ehbox.content`, `ehbox.sender-key`, `ehbox.too-large`, `contract.invalid`, `etk.not-found` and other
   * `etk.*`, each with the path of the fault
   *
   * @example
   * ```ts
   * const outcome = await me.ehbox.send({
   *   to: [{ nihii: '71009938', quality: 'HOSPITAL' }],
   *   title: 'Discharge letter',
   *   body: 'Dear colleague, …',
   *   annexes: [{ title: 'Report', fileName: 'report.pdf', mimeType: 'application/pdf', content: pdf }],
   *   encrypt: true,
   * })
   * if (outcome.outcome === 'out-of-office') {
   *   // ask the user, then
   *   await outcome.resend({ toSubstitutes: true })
   * }
   * ```
   */
  send(message: OutgoingMessage): Promise<SendOutcome>
  /** State of the box: messages in stand-by mean that it is full. */
  info(options?: BoxOptions): Promise<BoxInfo>
  /**
   * Lists a folder, newest first; pages are fetched as they are needed. A message is given once, whatever arrives or is
   * moved away meanwhile.
   *
   * @throws EHealthError `ehbox.folder`, `configuration.invalid`
   *
   * @example
   * ```ts
   * for await (const message of me.ehbox.messages({ folder: 'INBOX' })) {
   *   console.log(message.publicationDate, message.sender.name, message.title)
   * }
   * ```
   */
  messages(options?: ListOptions): AsyncIterable<ListedMessage>
  /**
   * Reads a message: every sealed field is opened with all keys of the keystore and verified. Reading from INBOX marks the
   * message read; that is the acknowledgement, there is no call of its own for it.
   *
   * Look at `verification.authorMatchesSender` before trusting the sender's name.
   *
   * @throws EHealthError `ehbox.folder` (a bin), `unseal.*`, `ehbox.unsealed-field`, `ehbox.mixed-authors`,
   * `ehbox.attachment-missing`, `ehbox.digest`
   *
   * @example
   * ```ts
   * const message = await me.ehbox.read('9Y000AAA00001')
   * if (message.type === 'DOCUMENT') console.log(message.body.text, message.verification?.author)
   * ```
   */
  read(message: MessageReference, options?: ReadOptions): Promise<FullMessage>
  /** The patient of a listed message, opened now; `undefined` when it names none. @throws EHealthError `unseal.*` */
  patientOf(message: Pick<ListedMessage, 'patient'>): Promise<Patient | undefined>
  /** What each recipient has done with a message that was sent: give the `id` of the outcome. */
  acknowledgements(messageId: string, options?: BoxOptions): Promise<Acknowledgement[]>
  /** MessageIds of the earlier versions of a NEWS: read them with `{ folder: 'HISTORY' }`. */
  history(message: MessageReference, options?: ReadOptions): Promise<string[]>
  /**
   * Moves messages between a folder and its bin, 100 per call.
   *
   * @throws EHealthError `ehbox.move`, `ehbox.folder`; `ehbox.refused` with what was done before in `details`
   */
  move(messages: readonly MessageReference[], options: MoveOptions): Promise<Handled>
  /** Deletes messages for good, 100 per call. @throws EHealthError `ehbox.folder`; `ehbox.refused` as `move` */
  delete(messages: readonly MessageReference[], options: DeleteOptions): Promise<Handled>
}

/**
 * Opens the eHealthBox of a session. Nothing is called until an operation is.
 *
 * @example
 * ```ts
 * import { createEhbox } from 'ehealth-connectors/ehbox'
 *
 * const ehbox = createEhbox(session)
 * const { messagesInStandBy } = await ehbox.info()
 * ```
 */
export function createEhbox(session: Session): Ehbox {
  return {
    send: (message) => send(session, message),
    info: (options) => info(session, options),
    messages: (options) => messages(session, options),
    read: (message, options) => read(session, message, options),
    patientOf: (message) => patientOf(session, message),
    acknowledgements: (messageId, options) => acknowledgements(session, messageId, options),
    history: (message, options) => history(session, message, options),
    move: (references, options) => move(session, references, options),
    delete: (references, options) => deleteMessages(session, references, options),
  }
}
