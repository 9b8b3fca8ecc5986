/**
 * The eHealthBox v3: the secure mailbox of the platform (spec ehealthbox).
 *
 * Titles, file names, media types, custom metas and table titles travel unencrypted, always: never put patient data there.
 *
 * @module
 */
import type { Session } from '../../technical/session/types.js'
import { absencesOf, type Absences } from './absences.js'
import { acknowledgements, type Acknowledgement } from './acknowledgements.js'
import { history } from './history.js'
import { info, type BoxInfo, type BoxOptions, type InfoOptions } from './info.js'
import { messages, type ListOptions } from './list.js'
import type { ListedMessage } from './listed.js'
import { deleteMessages, move, type DeleteOptions, type Handled, type MoveOptions } from './move.js'
import type { OutgoingMessage } from './outgoing.js'
import { patientOf, type Patient } from './patient.js'
import { read, type MessageReference, type ReadOptions } from './read.js'
import { readAll, type ReadOutcome } from './readAll.js'
import type { FullMessage, SavedMessage } from './received.js'
import { save, type SaveOptions } from './save.js'
import { send, type SendOutcome } from './send.js'
import type { WatchOptions, WatchSummary } from './watch/options.js'
import { watch } from './watch/watch.js'

export type {
  Absence,
  AbsenceOutcome,
  Absences,
  DeletedAbsences,
  NewAbsence,
  RefusedSubstitute,
} from './absences.js'
export type { Acknowledgement } from './acknowledgements.js'
export type { BoxInfo, BoxOptions, InfoOptions } from './info.js'
export type { ListFilter, Where } from './filter.js'
export type { ListOptions } from './list.js'
export type { Folder, ListedMessage, MessageType, PatientField } from './listed.js'
export { maximumMessageBytes } from './limits.js'
export type { DeleteOptions, Handled, MoveOptions } from './move.js'
export type { Annex, Body, Content, OutgoingMessage, Table } from './outgoing.js'
export type { Party, Sender } from './parties.js'
export type { Patient } from './patient.js'
export {
  ehboxTypes,
  qualities,
  type Addressing,
  type KnownQuality,
  type NumberKind,
  type Quality,
} from './qualities.js'
export type { MessageReference, ReadableFolder, ReadOptions } from './read.js'
export type { ReadOutcome } from './readAll.js'
export type {
  AcknowledgmentMessage,
  AnnexParticulars,
  DocumentMessage,
  ErrorMessage,
  FullMessage,
  ReceivedAnnex,
  ReceivedContent,
  ReceivedMessage,
  ReceivedPart,
  ReceivedTable,
  SavedAnnex,
  SavedContent,
  SavedDocumentMessage,
  SavedMessage,
} from './received.js'
export type { Box, Everybody, Mandate, RawBox, Recipient } from './recipients.js'
export type { ResendChoice } from './resend.js'
export type { SaveOptions, SaveProgress } from './save.js'
export type { AnsweredRecipient, OutOfOffice, SendOutcome, SendWarning, Sent } from './send.js'
export { send as sendThrough, type Channel } from './send.js'
export { refusals, type Status } from './status.js'
export type { Verification } from './verification.js'
export type { Cursor, CursorStore, Mark, MarkState } from './watch/cursor.js'
export { openFileCursor, type FileCursor } from './watch/fileCursor.js'
export type { Handler, HandOver, WatchOptions, WatchSummary } from './watch/options.js'

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
  /**
   * State of the box: messages in stand-by mean that it is full. The listeners of the session are warned when it is, or
   * nearly so.
   */
  info(options?: InfoOptions): Promise<BoxInfo>
  /** One's own out-of-office periods. */
  readonly absences: Absences
  /**
   * Lists a folder, newest first; pages are fetched as they are needed. A message is given once, whatever arrives or is
   * moved away meanwhile. `where` chooses; `allBoxes` lists the folder of all the caller's boxes, each message with its
   * `box`.
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
  /**
   * Lists a folder and reads every message. What is wrong with one is told with it and does not end the list: in the
   * `problems` of a message that can be read in part, or as `problem` instead of a message.
   *
   * @throws EHealthError as `messages`, and what concerns more than one message: `transport.*`, `fault.*`, `token.*`
   *
   * @example
   * ```ts
   * for await (const { listed, message, problem } of me.ehbox.readAll({ where: { type: 'DOCUMENT' } })) {
   *   if (problem !== undefined) console.warn(listed.id, problem.code)
   *   else console.log(message.title, message.problems)
   * }
   * ```
   */
  readAll(options?: ListOptions): AsyncIterable<ReadOutcome>
  /**
   * Reads a message into files of a directory, opened and verified as by `read`; however large annexes are, they pass
   * through memory in pieces only. Files are named after the message (`<id>-body.txt`, `<id>-annex-1.pdf`), never as the
   * sender names them, and appear when all of the message has been verified. Those of an earlier reading are replaced.
   *
   * @throws EHealthError as `read`; `ehbox.save`
   *
   * @example
   * ```ts
   * const message = await me.ehbox.save('9Y000AAA00001', { directory: 'inbox' })
   * if (message.type === 'DOCUMENT') for (const annex of message.annexes) console.log(annex.title, annex.file)
   * ```
   */
  save(message: MessageReference, options: SaveOptions): Promise<SavedMessage>
  /**
   * A mail loop for servers: looks into a folder again and again, hands every message over once, oldest first, and moves
   * it to its bin when the handler has succeeded. What it remembers is on disk before it goes on, so that nothing is lost
   * whenever the process dies; a message in whose handling that happened is handed over again, and says so
   * (`interrupted`). What fails `tries` times is set aside. When the platform cannot be reached the loop waits, longer
   * each time; what waiting does not cure ends it.
   *
   * Reading marks a message as read at the platform; that cannot wait for the handler.
   *
   * @returns when the signal aborts or the session closes; with `once` after one look
   * @throws EHealthError `configuration.invalid`, `ehbox.cursor`, `ehbox.cursor-locked`; what would be the same for ever
   *
   * @example
   * ```ts
   * const stop = new AbortController()
   * process.once('SIGTERM', () => stop.abort())
   * await me.ehbox.watch({
   *   folder: 'INBOX',
   *   every: 60_000,
   *   cursor: 'inbox.cursor',
   *   handle: async (message, { key, attempt }) => {
   *     console.log(key, attempt, message.title)
   *   },
   *   signal: stop.signal,
   * })
   * ```
   */
  watch(options: WatchOptions): Promise<WatchSummary>
  /** The patient of a listed message, opened now; `undefined` when it names none. @throws EHealthError `unseal.*` */
  patientOf(message: Pick<ListedMessage, 'patient'>): Promise<Patient | undefined>
  /** What each recipient has done with a message that was sent: give the `id` of the outcome. */
  acknowledgements(messageId: string, options?: BoxOptions): Promise<Acknowledgement[]>
  /** MessageIds of the earlier versions of a NEWS: read them with `{ folder: 'HISTORY' }`. */
  history(message: MessageReference, options?: Pick<ReadOptions, 'box' | 'folder'>): Promise<string[]>
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
    absences: absencesOf(session),
    messages: (options) => messages(session, options),
    read: (message, options) => read(session, message, options),
    readAll: (options) => readAll(session, options),
    save: (message, options) => save(session, message, options),
    watch: (options) => watch(session, options),
    patientOf: (message) => patientOf(session, message),
    acknowledgements: (messageId, options) => acknowledgements(session, messageId, options),
    history: (message, options) => history(session, message, options),
    move: (references, options) => move(session, references, options),
    delete: (references, options) => deleteMessages(session, references, options),
  }
}
