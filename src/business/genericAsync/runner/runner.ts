/** A runner: posts once, asks with the etiquette, keeps before it confirms, hands over (docs/decisions/0032). */
import { EHealthError } from '../../../errors.js'
import { pause, type Runtime } from '../../../technical/environment/runtime.js'
import { invalidOption, refuseUnknownOptions } from '../../../technical/session/options.js'
import type { AsyncMessage } from '../message.js'
import { checkedReference } from '../reference.js'
import { deliveries, forgetOldMarks, type Delivery } from './deliver.js'
import { look } from './look.js'
import { keepPost, postWaiting, type PostToKeep } from './outbox.js'
import { readOutbox, type OutboxEntry } from './records.js'
import type { AsyncStore } from './store.js'
import type { AsyncProgress, MailboxAccess, RunnerParts } from './types.js'

/** Options of a runner that concern how it asks. */
export interface RunnerOptions {
  /** Messages and acknowledgements asked for at once; 100. With answers that may be sealed, 1 (§2.6). */
  max?: number
  /** Milliseconds between two looks into an empty mailbox; a minute. The insurers refuse less than half a minute. */
  every?: number
  /** Milliseconds after which a post that left no acknowledgement is posted again; ten minutes. */
  settle?: number
  /**
   * Which messages of the mailbox are this runner's: the others stay in it. All, unless said otherwise: whoever shares a
   * mailbox with another program must say.
   */
  takes?: (message: AsyncMessage) => boolean | Promise<boolean>
  /** Told what happens; never content. Errors that it throws are ignored. */
  onProgress?: (progress: AsyncProgress) => void
}

export const runnerOptionNames = ['max', 'every', 'settle', 'takes', 'onProgress'] as const

/** How long to go on. */
export interface MessagesOptions {
  /** One round: posts, asks until the mailbox is empty, hands over, and ends. Default false: it goes on. */
  once?: boolean
  /** Ends when this says so, as soon as nothing waits to be handed over or to be posted. */
  until?: () => boolean | Promise<boolean>
  signal?: AbortSignal
}

/** See {@link GenericAsync.runner}. */
export interface AsyncRunner extends AsyncDisposable {
  /**
   * Keeps a post. It goes out with the next round of {@link AsyncRunner.messages}, in this process or another one.
   *
   * @returns the same entry for the same post, however often it is given
   * @throws EHealthError `async.conflict` for another content under the same name; `mycarenet.reference`, `async.store`
   */
  post(post: Pick<PostToKeep, 'name' | 'content'> & Partial<PostToKeep>): Promise<OutboxEntry>
  /** Every post of the store, by name. */
  outbox(): readonly OutboxEntry[]
  /** Forgets a post and its content; its answers are still taken. */
  forget(name: string): Promise<void>
  /**
   * Posts what waits, looks into the mailbox, and hands over what it finds: each message until the next one is asked for,
   * which says that it is handled.
   *
   * @throws EHealthError what waiting cannot mend: `async.store`, `token.*`, `contract.*`; `transport.aborted` after `signal`
   */
  messages(options?: MessagesOptions): AsyncGenerator<Delivery, void>
  /** Gives the store free. */
  close(): Promise<void>
}

const usual = { max: 100, every: 60_000, settle: 10 * 60_000 }
const leastEvery = 30_000
const mostPause = 15 * 60_000

export async function startRunner(
  given: {
    store: AsyncStore
    mailbox: MailboxAccess
    runtime: Runtime
    ended: AbortSignal
    messageName?: string
    newReference: (messageName: string) => string
  },
  options: RunnerOptions,
): Promise<AsyncRunner> {
  const { store, mailbox, runtime, ended } = given
  const { every, ...settings } = checkRunnerOptions(options)
  const parts: RunnerParts = {
    store,
    mailbox,
    runtime,
    outbox: await readOutbox(store),
    tell: toldTo(options.onProgress),
    takes: options.takes ?? (() => true),
    ...settings,
  }
  await forgetOldMarks(parts)
  const close = (): Promise<void> => store.close()
  return {
    post: async ({ contentType = 'text/xml', inputReference, messageName = given.messageName, ...post }) => {
      if (messageName === undefined || messageName === '') throw invalidOption('messageName', 'missing')
      const known = parts.outbox.get(post.name)?.inputReference
      const reference = checkedReference(inputReference ?? known ?? given.newReference(messageName))
      return (await keepPost(parts, { ...post, messageName, contentType, inputReference: reference })).entry
    },
    outbox: () => parts.outbox.all(),
    forget: (name) => parts.outbox.remove(name),
    messages: (how = {}) => rounds(parts, every, how, ended),
    close,
    [Symbol.asyncDispose]: close,
  }
}

async function* rounds(
  parts: RunnerParts,
  every: number,
  { once = false, until, signal: given }: MessagesOptions,
  ended: AbortSignal,
): AsyncGenerator<Delivery, void> {
  const signal = given === undefined ? ended : AbortSignal.any([ended, given])
  let failures = 0
  for (;;) {
    yield* deliveries(parts)
    if (await isDone(parts, until)) return
    stopIf(signal)
    let wait = every
    try {
      await postWaiting(parts)
      const { more, stored } = await look(parts)
      failures = 0
      if (stored > 0 || more) continue
    } catch (error) {
      failures += 1
      if (once || !(error instanceof EHealthError) || !isPassing(error)) throw error
      wait = Math.min(mostPause, every * 2 ** Math.min(failures - 1, 6))
      parts.tell({ type: 'waiting', pause: wait, code: error.code })
    }
    if (once || (failures === 0 && (await isDone(parts, until)))) return
    stopIf(signal)
    await pause(parts.runtime, wait, { signal }).catch(() => stopIf(signal))
  }
}

const isDone = async ({ outbox }: RunnerParts, until: MessagesOptions['until']): Promise<boolean> =>
  !outbox.all().some(({ state }) => state === 'waiting') && (await until?.()) === true

/** What the next look may find mended: network, insurers too busy, asked too soon. */
const isPassing = ({ retryable, family, code }: EHealthError): boolean =>
  retryable || code === 'async.too-soon' || (family === 'transport' && code !== 'transport.aborted')

function stopIf(signal: AbortSignal): void {
  if (signal.aborted) throw new EHealthError('transport.aborted', 'the runner was told to stop')
}

function toldTo(listener: RunnerOptions['onProgress']): RunnerParts['tell'] {
  return (progress) => {
    try {
      listener?.(progress)
    } catch {
      // a listener must not stop the mail
    }
  }
}

function checkRunnerOptions(options: RunnerOptions): { max: number; every: number; settle: number } {
  refuseUnknownOptions(options, runnerOptionNames)
  const { max, every, settle } = { ...usual, ...options }
  if (!Number.isInteger(max) || max < 1 || max > 1000) throw invalidOption('max', 'expected 1 to 1000')
  if (!(every >= leastEvery && every <= 86_400_000))
    throw invalidOption('every', 'expected 30000 milliseconds to a day')
  if (!(settle >= 0 && settle <= 7 * 86_400_000)) throw invalidOption('settle', 'expected 0 to a week')
  return { max, every, settle }
}
