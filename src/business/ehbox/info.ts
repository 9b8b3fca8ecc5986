/** State of a box (spec ehealthbox §3.2). */
import { monotonicOf } from '../../technical/environment/runtime.js'
import { invalidOption, refuseUnknownOptions } from '../../technical/session/options.js'
import type { Session } from '../../technical/session/types.js'
import type { CallMeta } from '../../technical/soap/types.js'
import { consultationOperations } from './contract.js'
import { partyOf, type Party } from './parties.js'
import { boxOf, type Box } from './recipients.js'
import { assertSuccess } from './status.js'
import { unreadable } from './unreadable.js'

/** Options of calls that concern one box. */
export interface BoxOptions {
  /** Another of the caller's boxes; the one that the token implies by default. */
  box?: Box
}

/** Options of `info`. */
export interface InfoOptions extends BoxOptions {
  /** Per cent of the box from which on the session's listeners are warned (`mailbox`, `nearly-full`); 90. */
  warnAbove?: number
}

/** State of a box. */
export interface BoxInfo {
  box: Party
  /** Messages that wait because the box is full: clean up, and they flow. */
  messagesInStandBy: number
  /** Octets. */
  currentSize: number
  /** Octets. */
  maxSize: number
  /** Per cent of `maxSize` that is used. */
  usage: number
  /** `stand-by`: mail waits outside, or the box is over its size; clean up. */
  state: 'room' | 'nearly-full' | 'stand-by'
  meta: CallMeta
}

/** The `BoxId` of a request, or nothing. @internal */
export function boxField(session: Session, { box }: BoxOptions): { BoxId?: ReturnType<typeof boxOf> } {
  return box === undefined ? {} : { BoxId: boxOf(box, 'box', session.runtime.now()) }
}

/** Reads the state of a box. See {@link Ehbox.info}. */
export async function info(session: Session, options: InfoOptions = {}): Promise<BoxInfo> {
  refuseUnknownOptions(options, ['box', 'warnAbove'])
  const { warnAbove = 90 } = options
  if (!(warnAbove > 0 && warnAbove <= 100)) throw invalidOption('warnAbove', 'expected a number up to 100')
  const { value, meta } = await session.call(consultationOperations.getBoxInfo, boxField(session, options))
  const answer = assertSuccess(value, meta)
  if (answer.BoxId === undefined) throw unreadable('GetBoxInfoResponse.BoxId')
  const { NbrMessagesInStandBy: standBy, CurrentSize: currentSize, MaxSize: maxSize } = answer
  const usage = maxSize > 0 ? Math.round((currentSize / maxSize) * 1000) / 10 : 0
  const state =
    standBy > 0 || currentSize > maxSize ? 'stand-by' : usage >= warnAbove ? 'nearly-full' : 'room'
  if (state !== 'room')
    session.emit({ type: 'mailbox', state, at: monotonicOf(session.runtime), usage, standBy })
  return { box: partyOf(answer.BoxId), messagesInStandBy: standBy, currentSize, maxSize, usage, state, meta }
}
