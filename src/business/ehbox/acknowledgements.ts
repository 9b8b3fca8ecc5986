/** What recipients have done with a message that was sent (spec ehealthbox §3.6). */
import { refuseUnknownOptions } from '../../technical/session/options.js'
import type { Session } from '../../technical/session/types.js'
import { checkMessageId } from './callerPath.js'
import { consultationOperations } from './contract.js'
import { boxField, type BoxOptions } from './info.js'
import { partyOf, type Party } from './parties.js'
import { assertSuccess } from './status.js'

/** One recipient of a message. Published and not received after minutes: his box is probably full. */
export interface Acknowledgement {
  recipient: Party
  /** When the platform accepted it for this recipient. */
  published?: Date
  /** When it lay in his box. */
  received?: Date
  /** When he first read it. */
  read?: Date
}

const rowsPerCall = 100

/** Reads the state of every recipient. See {@link Ehbox.acknowledgements}. */
export async function acknowledgements(
  session: Session,
  messageId: string,
  options: BoxOptions = {},
): Promise<Acknowledgement[]> {
  refuseUnknownOptions(options, ['box'])
  checkMessageId(messageId, 'messageId')
  const all: Acknowledgement[] = []
  for (let start = 1; ; start += rowsPerCall) {
    const { value, meta } = await session.call(consultationOperations.getMessageAcknowledgmentsStatus, {
      ...boxField(session, options),
      MessageId: messageId,
      StartIndex: start,
      EndIndex: start + rowsPerCall - 1,
    })
    const rows = assertSuccess(value, meta).AcknowledgmentsStatus?.Row ?? []
    for (const { Recipient, Published, Received, Read } of rows)
      all.push({
        recipient: partyOf(Recipient),
        ...(Published === undefined ? {} : { published: Published }),
        ...(Received === undefined ? {} : { received: Received }),
        ...(Read === undefined ? {} : { read: Read }),
      })
    if (rows.length < rowsPerCall) return all
  }
}
