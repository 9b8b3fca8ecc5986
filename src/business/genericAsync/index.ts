/**
 * The mailboxes of the insurers (GenericAsync): batches are posted, answers fetched when they are there, and confirmed
 * when they are kept (spec memberdata-mycarenet §2).
 *
 * @module
 */
import type { CallOptions } from '../../technical/soap/index.js'
import type { Session } from '../../technical/session/types.js'
import type { MyCareNetOptions } from '../mycarenet/index.js'
import { confirm, type Confirmation } from './confirm.js'
import { getMail, type Mail, type MailQuery } from './get.js'
import { openMailbox, type MailboxName } from './mailbox.js'
import type { AsyncMessage } from './message.js'
import { openMessage, type OpenedMessage, type OpenMessageOptions } from './open.js'
import { post, type PostOptions, type PostOutcome } from './post.js'
import { openRunner, type OpenRunnerOptions } from './openRunner.js'
import type { AsyncRunner } from './runner/runner.js'

export type { Confirmation, ConfirmStyle } from './confirm.js'
export type { TAckBasis } from './contract.js'
export type { Mail, MailQuery } from './get.js'
export { mailboxes, type MailboxName } from './mailbox.js'
export type { AsyncMessage, TAck } from './message.js'
export type { OpenedMessage, OpenMessageOptions } from './open.js'
export type { OpenRunnerOptions } from './openRunner.js'
export type { PostOptions, PostOutcome } from './post.js'
export type { Delivery } from './runner/deliver.js'
export { openFileStore } from './runner/fileStore.js'
export type { PostToKeep } from './runner/outbox.js'
export type { OutboxEntry, PostState } from './runner/records.js'
export type { AsyncRunner, MessagesOptions, RunnerOptions } from './runner/runner.js'
export type { AsyncRecordKind, AsyncStore } from './runner/store.js'
export type { AsyncProgress } from './runner/types.js'

/** Options that every exchange with a mailbox takes. */
export interface MailboxCallOptions extends Pick<
  CallOptions,
  'signal' | 'timeout' | 'traceContext' | 'endpoint'
> {
  /** Which mailbox, by the service that has it. */
  mailbox: MailboxName
}

/**
 * The mailboxes for a session's user.
 *
 * Every operation may throw what a call throws (`transport.*`, `fault.*`, `token.*`, `contract.unreadable`) and
 * `async.too-soon`; before anything is sent, `configuration.invalid`, `mycarenet.*` and `identifier.*` with the path.
 */
export interface GenericAsync {
  /**
   * Posts a batch. Once: an exchange that fails is not repeated, for the batch may have arrived. {@link GenericAsync.runner}
   * finds out.
   *
   * @throws EHealthError `async.acknowledgement`, `mycarenet.reference`, `etk.*` where it is to be sealed
   *
   * @example
   * ```ts
   * const { outcome, tack } = await me.genericAsync.post({ mailbox: 'invoicingAsync', content: flatFile, contentType: 'text/plain' })
   * if (outcome === 'refused') console.error(tack.resultMinor, tack.resultMessage)
   * ```
   */
  post(options: PostOptions & MailboxCallOptions): Promise<PostOutcome>
  /**
   * Fetches what lies in the mailbox; it stays there until it is confirmed. Half a minute must lie between two equal
   * questions, and what was received is to be confirmed before the next one.
   *
   * @throws EHealthError `async.too-soon`
   *
   * @example
   * ```ts
   * const mailbox = 'memberDataAsync'
   * const { messages } = await me.genericAsync.get({ mailbox, messageNames: ['MDA'] })
   * for (const message of messages) await keep(message.id, (await me.genericAsync.open(message)).content)
   * if (messages.length > 0) await me.genericAsync.confirm({ mailbox, messages })
   * ```
   */
  get(options: MailQuery & MailboxCallOptions): Promise<Mail>
  /**
   * The content of a message: unsealed where it is sealed, unpacked, and compared with its hash; with a verdict about its
   * signature, which is told and never thrown.
   *
   * @throws EHealthError `mycarenet.blob`, `mycarenet.hash`, `mycarenet.too-large`, `mycarenet.sealed`, `unseal.*`
   */
  open(message: AsyncMessage, options?: OpenMessageOptions): Promise<OpenedMessage>
  /**
   * Confirms what was received: it can never be fetched again. Keep it first.
   *
   * @throws EHealthError `async.nothing-to-confirm`
   */
  confirm(options: Confirmation & MailboxCallOptions): Promise<void>
  /**
   * Opens a runner over a durable store: it posts once, asks with the etiquette of the insurers, keeps before it confirms,
   * and goes on where it was after whatever ended the process. One process per store and mailbox.
   *
   * @throws EHealthError `async.store-locked`, `async.store`
   *
   * @example
   * ```ts
   * await using runner = await me.genericAsync.runner({ mailbox: 'memberDataAsync', store: '/var/lib/billing/mailbox' })
   * await runner.post({ name: 'november-1', content: batch })
   * for await (const { message, key } of runner.messages({ once: true }))
   *   await keep(key, (await me.genericAsync.open(message)).content)
   * ```
   */
  runner(options: OpenRunnerOptions): Promise<AsyncRunner>
}

/** The mailboxes for a session; `mycarenet` are licence and particulars, as `connect()` takes them. */
export function createGenericAsync(session: Session, mycarenet?: MyCareNetOptions): GenericAsync {
  const caller = { session, ...(mycarenet === undefined ? {} : { options: mycarenet }) }
  const split = <O extends MailboxCallOptions>({
    mailbox,
    signal,
    timeout,
    traceContext,
    endpoint,
    ...own
  }: O) => ({
    opened: openMailbox(caller, mailbox),
    call: {
      ...(signal === undefined ? {} : { signal }),
      ...(timeout === undefined ? {} : { timeout }),
      ...(traceContext === undefined ? {} : { traceContext }),
      ...(endpoint === undefined ? {} : { endpoint }),
    },
    own,
  })
  return {
    post: async (options) => {
      const { opened, own, call } = split(options)
      return post(opened, own, call)
    },
    get: async (options) => {
      const { opened, own, call } = split(options)
      return getMail(opened, own, call)
    },
    open: (message, options) => openMessage(session, message, options),
    confirm: async (options) => {
      const { opened, own, call } = split(options)
      await confirm(opened, { by: opened.data.confirm, ...own }, call)
    },
    runner: (options) => openRunner(caller, options),
  }
}
