/** The first part of every request of the hubservices (spec consent-therlink-hub §1.6, §1.9). */
import { belgianDay, belgianTime } from '../../technical/environment/belgianCalendar.js'
import type { Session } from '../../technical/session/types.js'
import type { CallOptions } from '../../technical/soap/types.js'
import { authorOfSession, hubAuthorOf, senderNumber, type Author } from './author.js'
import { common } from './codes.js'
import type { HubRequest } from './contract.js'
import { messageId } from './messageId.js'

/** Options of a call of the hubservices. */
export interface HubCallOptions extends Pick<CallOptions, 'signal' | 'timeout' | 'traceContext'> {
  /** Who asks, when the session does not tell it all: a pharmacy with its holder, a representative, the software. */
  author?: Author
}

/** Names of the options. @internal */
export const hubCallOptions: readonly (keyof HubCallOptions)[] = [
  'author',
  'signal',
  'timeout',
  'traceContext',
]

/** The options that the pipeline takes. @internal */
export const callOptionsOf = ({ signal, timeout, traceContext }: HubCallOptions): CallOptions => ({
  ...(signal === undefined ? {} : { signal }),
  ...(timeout === undefined ? {} : { timeout }),
  ...(traceContext === undefined ? {} : { traceContext }),
})

/**
 * Dated now, always: the predecessor takes date and time from the query, so that a search for old links looks like an
 * old question (spec consent-therlink-hub, traps 14).
 *
 * @throws EHealthError `kmehr.author`, `kmehr.party`, `kmehr.patient`, `identifier.*` with the path
 */
export async function hubRequest(
  session: Session,
  { author }: HubCallOptions,
  maxRows?: number,
): Promise<HubRequest> {
  const { runtime } = session
  const now = runtime.now()
  const written = hubAuthorOf(author ?? (await authorOfSession(session)), 'author', now)
  return {
    id: common.code('ID-KMEHR', messageId(senderNumber(written), runtime)),
    author: written,
    date: belgianDay(now),
    time: belgianTime(now),
    ...(maxRows === undefined ? {} : { maxrows: maxRows }),
  }
}
