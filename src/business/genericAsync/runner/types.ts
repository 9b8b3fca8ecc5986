/** What a runner works with, and what it tells. */
import type { Runtime } from '../../../technical/environment/runtime.js'
import type { AsyncMessage, TAck } from '../message.js'
import type { Outbox, OutboxEntry } from './records.js'
import type { AsyncStore } from './store.js'

/** A post as the runner hands it over. */
export interface PostToSend extends Pick<OutboxEntry, 'inputReference' | 'messageName' | 'contentType'> {
  content: Uint8Array
}

/** The mailbox that a runner serves: one exchange each, nothing repeated. */
export interface MailboxAccess {
  post(post: PostToSend): Promise<TAck>
  /** Messages and acknowledgements that lie there, no more than `max` of each. */
  get(max: number): Promise<{ messages: readonly AsyncMessage[]; tacks: readonly TAck[] }>
  confirm(what: { messages: readonly AsyncMessage[]; tacks: readonly TAck[] }): Promise<void>
}

/** What happened to the post or the messages of a runner; counts and names only, never content. */
export type AsyncProgress =
  | { type: 'posted'; name: string; inputReference: string }
  | { type: 'refused'; name: string; inputReference: string; resultMinor?: string }
  /** Whether it arrived is not known; the mailbox will tell. */
  | { type: 'uncertain'; name: string; inputReference: string; code: string }
  /** The exchange failed and it is known that nothing arrived. */
  | { type: 'failed'; name: string; inputReference: string; code: string }
  /** One look into the mailbox. `stored` are those that were new. */
  | { type: 'looked'; messages: number; stored: number; tacks: number }
  /** The mailbox could not be asked; it is asked again after the pause, in milliseconds. */
  | { type: 'waiting'; pause: number; code: string }
  /** A message was handled. */
  | { type: 'handled'; id: string; tries: number }

/** What the parts of a runner share. */
export interface RunnerParts {
  readonly store: AsyncStore
  readonly outbox: Outbox
  readonly mailbox: MailboxAccess
  readonly runtime: Runtime
  readonly tell: (progress: AsyncProgress) => void
  /** Messages and acknowledgements asked for at once. */
  readonly max: number
  /** Milliseconds after which a post that left no acknowledgement did not arrive. */
  readonly settle: number
  /** Which messages of the mailbox are this runner's. */
  readonly takes: (message: AsyncMessage) => boolean | Promise<boolean>
}
