/** Confirming what was received, by either style (spec memberdata-mycarenet §2.6, 7). */
import { EHealthError } from '../../errors.js'
import type { CallOptions } from '../../technical/soap/index.js'
import type { ConfirmRequest } from './contract.js'
import { exchange } from './exchange.js'
import type { OpenedMailbox } from './mailbox.js'
import type { AsyncMessage, TAck } from './message.js'

/**
 * How received messages are named: MemberData and eAgreement use references, eFact and the global medical file hashes.
 */
export type ConfirmStyle = 'reference' | 'hash'

/** What is confirmed. */
export interface Confirmation {
  messages?: readonly Pick<AsyncMessage, 'reference' | 'hash'>[]
  tacks?: readonly Pick<TAck, 'reference' | 'content'>[]
  /** `reference`; what has no reference is confirmed by its hash all the same. */
  by?: ConfirmStyle
}

/** Lists of a confirmation; an empty one is never written (§2.6, 7). */
export function confirmationOf({
  messages = [],
  tacks = [],
  by = 'reference',
}: Confirmation): Omit<ConfirmRequest, 'Origin'> {
  const lists: Record<'MsgHashValues' | 'MsgRefValues' | 'TAckContents' | 'TAckReferences', string[]> = {
    MsgHashValues: [],
    MsgRefValues: [],
    TAckContents: [],
    TAckReferences: [],
  }
  messages.forEach(({ reference, hash }, index) => {
    const byReference = by === 'reference' ? reference !== undefined : hash === undefined
    const name = byReference ? reference : hash
    if (name === undefined)
      throw new EHealthError('async.nothing-to-confirm', 'a message has neither reference nor hash', {
        path: `messages[${index}]`,
      })
    lists[byReference ? 'MsgRefValues' : 'MsgHashValues'].push(name)
  })
  for (const { reference, content } of tacks)
    if (by === 'reference' && reference !== undefined) lists.TAckReferences.push(reference)
    else lists.TAckContents.push(content)
  const given = Object.entries(lists).filter(([, list]) => list.length > 0)
  if (given.length === 0)
    throw new EHealthError('async.nothing-to-confirm', 'neither a message nor an acknowledgement is named')
  return Object.fromEntries(given)
}

export async function confirm(
  { caller: { session }, operations, origin }: OpenedMailbox,
  confirmation: Confirmation,
  options: CallOptions = {},
): Promise<void> {
  const lists = confirmationOf(confirmation)
  await exchange(session, operations.confirm, { Origin: await origin(), ...lists }, options)
}
