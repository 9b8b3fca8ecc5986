/**
 * MemberData for institutions with thousands of patients: questions go into a mailbox of the insurers in large posts, answers
 * come back when they are there, and neither is lost when the process ends (spec memberdata-mycarenet §2).
 *
 * @module
 */
import { invalidOption, refuseUnknownOptions } from '../../../technical/session/options.js'
import type { Session } from '../../../technical/session/types.js'
import {
  createGenericAsync,
  openFileStore,
  type AsyncStore,
  type MailboxName,
  type OutboxEntry,
  type RunnerOptions,
} from '../../genericAsync/index.js'
import { mycarenetRegions, type MyCareNetOptions, type MyCareNetRegion } from '../../mycarenet/index.js'
import { mostQueries } from '../contract.js'
import { answersIn, type AnswersOptions } from './answers.js'
import { ask, type AskOptions, type BatchParts } from './ask.js'
import { readLedger } from './ledger.js'
import type { BatchProgress, BatchResult, BatchState, KeyedQuestion } from './types.js'

export type { AnswersOptions } from './answers.js'
export type { AskOptions } from './ask.js'
export type {
  BatchAnswer,
  BatchProblem,
  BatchProgress,
  BatchResult,
  BatchState,
  KeyedQuestion,
} from './types.js'

/** Options of {@link MemberDataAsync.open}. */
export interface OpenBatchOptions extends Pick<RunnerOptions, 'every' | 'settle'> {
  /** A directory, or a store of one's own. It holds data of patients; one process has it at a time. */
  store: string | AsyncStore
  /** Front door; `mycarenet`. Of the other two no address is published: give `endpoint`. */
  region?: MyCareNetRegion
  /** Seals the questions for the region, and the answers for the caller. False. */
  encrypt?: boolean
  /** URL instead of the endpoint of the mailbox. */
  endpoint?: string
  /** Milliseconds for one exchange. */
  timeout?: number
  onProgress?: (progress: BatchProgress) => void
}

/** Questions in one store, with their answers. */
export interface MemberDataBatch extends AsyncDisposable {
  /**
   * Keeps questions, a chunk at a time; they go out with the next round of {@link MemberDataBatch.answers}. Called again with
   * the same questions under the same name, it goes on where it was.
   *
   * @returns how many there were
   * @throws EHealthError `async.conflict` for other questions under the same name; `member-data.*`, `mycarenet.*` and
   * `identifier.*` with the path, for instance `questions[41].patient.ssin`: the chunks before it are kept
   */
  ask(
    questions: Iterable<KeyedQuestion> | AsyncIterable<KeyedQuestion>,
    options?: AskOptions,
  ): Promise<number>
  /**
   * Posts what waits and hands over the answers, one by one, until every question has one. Asking for the next answer says
   * that this one is handled. Insurers may take until the next working day, and some never answer: stop with `signal` or use
   * `once`, and go on another day.
   *
   * @throws EHealthError what waiting cannot mend; `transport.aborted` after `signal`
   */
  answers(options?: AnswersOptions): AsyncGenerator<BatchResult, void>
  /** How far it has come: what waits, what is posted, what is answered; read from the store, without a call. */
  state(): BatchState
  /** Gives the store free. */
  close(): Promise<void>
}

/** MemberData through the mailboxes, for a session's user. */
export interface MemberDataAsync {
  /**
   * Opens a store of questions and answers.
   *
   * @throws EHealthError `async.store-locked`, `async.store`, `configuration.invalid`
   *
   * @example
   * ```ts
   * await using batch = await me.memberDataAsync.open({ store: '/var/lib/billing/november' })
   * await batch.ask([{ key: 'file-1', patient: { ssin: patientSsin } }])
   * for await (const result of batch.answers({ once: true }))
   *   if ('answer' in result) console.log(result.key, result.answer.outcome)
   *   else console.error(result.problem.code)
   * ```
   */
  open(options: OpenBatchOptions): Promise<MemberDataBatch>
}

const mailboxOf: Readonly<Record<MyCareNetRegion, MailboxName>> = {
  mycarenet: 'memberDataAsync',
  walcarenet: 'walCareNetMemberDataAsync',
  iriscarenet: 'irisCareNetMemberDataAsync',
}

/**
 * MemberData through the mailboxes, for a session.
 *
 * @param mycarenet Licence and particulars; without them nothing can be asked.
 */
export function createMemberDataAsync(session: Session, mycarenet?: MyCareNetOptions): MemberDataAsync {
  return { open: (options) => openBatch(session, mycarenet, options) }
}

async function openBatch(
  session: Session,
  mycarenet: MyCareNetOptions | undefined,
  options: OpenBatchOptions,
): Promise<MemberDataBatch> {
  const names = ['store', 'region', 'encrypt', 'endpoint', 'timeout', 'every', 'settle', 'onProgress']
  refuseUnknownOptions(options, names)
  const { region = 'mycarenet', store: given, onProgress, ...rest } = options
  if (!mycarenetRegions.includes(region))
    throw invalidOption('region', `expected ${mycarenetRegions.join(', ')}`)
  const tell = (progress: BatchProgress): void => {
    try {
      onProgress?.(progress)
    } catch {
      // a listener must not stop the mail
    }
  }
  const caller = { session, ...(mycarenet === undefined ? {} : { options: mycarenet }) }
  const mailboxes = createGenericAsync(session, mycarenet)
  const store = typeof given === 'string' ? await openFileStore(given, session.runtime) : given
  try {
    const ledger = await readLedger(store)
    const runner = await mailboxes.runner({
      mailbox: mailboxOf[region],
      store,
      ...rest,
      onProgress: tell,
      // others may share the mailbox: what is surely theirs stays in it
      takes: ({ inputReference }) =>
        inputReference === undefined || ledger.byReference(inputReference) !== undefined,
    })
    return batchOf({ caller, runner, ledger, tell }, (message, how) => mailboxes.open(message, how))
  } catch (error) {
    await store.close()
    throw error
  }
}

function batchOf(parts: BatchParts, open: Parameters<typeof answersIn>[2]['open']): MemberDataBatch {
  const { runner, ledger } = parts
  const close = (): Promise<void> => runner.close()
  const refused = (): OutboxEntry[] => runner.outbox().filter(({ state }) => state === 'refused')
  const complete = (): boolean => {
    const hopeless = new Set(refused().map(({ name }) => name))
    return [...ledger.all()].every(({ name, answered, count }) => answered === count || hopeless.has(name))
  }
  return {
    ask: (questions, options) => ask(parts, questions, options),
    answers: async function* ({ checkpoint = 100, once = false, signal, ...unknown } = {}) {
      refuseUnknownOptions(unknown, [])
      if (!Number.isInteger(checkpoint) || checkpoint < 1 || checkpoint > mostQueries)
        throw invalidOption('checkpoint', `expected 1 to ${mostQueries}`)
      const how = { once, until: complete, ...(signal === undefined ? {} : { signal }) }
      for await (const delivery of runner.messages(how))
        yield* answersIn(parts, delivery, { open, checkpoint })
    },
    state: () => {
      const chunks = [...ledger.all()]
      const posts = { waiting: 0, posting: 0, posted: 0, refused: 0 }
      for (const { state } of runner.outbox()) posts[state] += 1
      return {
        asked: chunks.reduce((sum, { count }) => sum + count, 0),
        answered: chunks.reduce((sum, { answered }) => sum + answered, 0),
        posts,
        refused: refused().map(({ name, tack }) => ({
          name,
          questions: ledger.chunk(name)?.count ?? 0,
          ...(tack?.resultMinor === undefined ? {} : { resultMinor: tack.resultMinor }),
          ...(tack?.resultMessage === undefined ? {} : { resultMessage: tack.resultMessage }),
        })),
      }
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}
