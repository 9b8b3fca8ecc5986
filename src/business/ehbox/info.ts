/** State of a box (spec ehealthbox §3.2). */
import { refuseUnknownOptions } from '../../technical/session/options.js'
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

/** State of a box. */
export interface BoxInfo {
  box: Party
  /** Messages that wait because the box is full: clean up, and they flow. */
  messagesInStandBy: number
  /** Octets. */
  currentSize: number
  /** Octets. */
  maxSize: number
  meta: CallMeta
}

/** The `BoxId` of a request, or nothing. @internal */
export function boxField(session: Session, { box }: BoxOptions): { BoxId?: ReturnType<typeof boxOf> } {
  return box === undefined ? {} : { BoxId: boxOf(box, 'box', session.runtime.now()) }
}

/** Reads the state of a box. See {@link Ehbox.info}. */
export async function info(session: Session, options: BoxOptions = {}): Promise<BoxInfo> {
  refuseUnknownOptions(options, ['box'])
  const { value, meta } = await session.call(consultationOperations.getBoxInfo, boxField(session, options))
  const answer = assertSuccess(value, meta)
  if (answer.BoxId === undefined) throw unreadable('GetBoxInfoResponse.BoxId')
  return {
    box: partyOf(answer.BoxId),
    messagesInStandBy: answer.NbrMessagesInStandBy,
    currentSize: answer.CurrentSize,
    maxSize: answer.MaxSize,
    meta,
  }
}
