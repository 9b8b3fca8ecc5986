/** A runner for a mailbox of the insurers: the exchanges that it is made of. */
import { refuseUnknownOptions } from '../../technical/session/options.js'
import type { CallOptions } from '../../technical/soap/index.js'
import { checkOwnToken } from '../../technical/etk/index.js'
import { isTest, newReference, type MyCareNetCaller } from '../mycarenet/index.js'
import { confirm } from './confirm.js'
import { getMail } from './get.js'
import { openMailbox, type MailboxName } from './mailbox.js'
import { post, type PostOptions } from './post.js'
import { referenceWord } from './reference.js'
import { openFileStore } from './runner/fileStore.js'
import { runnerOptionNames, startRunner, type AsyncRunner, type RunnerOptions } from './runner/runner.js'
import type { AsyncStore } from './runner/store.js'
import type { MailboxAccess } from './runner/types.js'

/** Options of {@link GenericAsync.runner}. */
export interface OpenRunnerOptions
  extends RunnerOptions, Pick<PostOptions, 'encrypt' | 'sign' | 'encoding' | 'to'> {
  mailbox: MailboxName
  /** A directory, or a store of one's own; the runner closes either. */
  store: string | AsyncStore
  /** Names of the messages that are received; the usual ones of the mailbox when omitted. */
  messageNames?: readonly string[]
  /** URL instead of the endpoint of the mailbox. */
  endpoint?: string
  /** Milliseconds for one exchange. */
  timeout?: number
}

export async function openRunner(caller: MyCareNetCaller, options: OpenRunnerOptions): Promise<AsyncRunner> {
  const own = ['mailbox', 'store', 'messageNames', 'encrypt', 'sign', 'encoding', 'to', 'endpoint', 'timeout']
  refuseUnknownOptions(options, [...own, ...runnerOptionNames])
  const { mailbox: name, store: given, messageNames, endpoint, timeout, ...rest } = options
  const { encrypt = false, sign, encoding, to, ...settings } = rest
  const { session } = caller
  const mailbox = openMailbox(caller, name)
  const { data } = mailbox
  const call: CallOptions = {
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(timeout === undefined ? {} : { timeout }),
  }
  const how: Omit<PostOptions, 'content'> = {
    encrypt,
    ...(sign === undefined ? {} : { sign }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(to === undefined ? {} : { to }),
  }
  const access: MailboxAccess = {
    post: async (what) => (await post(mailbox, { ...how, ...what }, call)).tack,
    get: async (max) => {
      const replyTo = encrypt ? (await checkOwnToken(session)).der : undefined
      return getMail(
        mailbox,
        {
          messageNames: messageNames ?? data.receive,
          messages: max,
          tacks: max,
          ...(replyTo === undefined ? {} : { replyTo }),
        },
        call,
      )
    },
    confirm: (what) => confirm(mailbox, { ...what, by: data.confirm }, call),
  }
  const store = typeof given === 'string' ? await openFileStore(given, session.runtime) : given
  try {
    return await startRunner(
      {
        store,
        mailbox: access,
        runtime: session.runtime,
        ended: session.ended,
        ...(data.post === undefined ? {} : { messageName: data.post }),
        newReference: (messageName) =>
          newReference(referenceWord(messageName), isTest(caller), session.runtime),
      },
      // one at a time where answers may be sealed (§2.6, 4)
      { ...(encrypt ? { max: 1 } : {}), ...settings },
    )
  } catch (error) {
    await store.close()
    throw error
  }
}
