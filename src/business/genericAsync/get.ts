/** Fetching what lies in a mailbox (spec memberdata-mycarenet §2.4, §2.6). */
import type { CallMeta, CallOptions } from '../../technical/soap/index.js'
import { invalidOption } from '../../technical/session/options.js'
import { exchange } from './exchange.js'
import type { OpenedMailbox } from './mailbox.js'
import { messageOf, tackResponseOf, type AsyncMessage, type TAck } from './message.js'

/** What is asked for. */
export interface MailQuery {
  /** Names of messages, for instance `MDA`; all when empty or omitted. */
  messageNames?: readonly string[]
  /** Most messages, 100; 0 asks for none. With answers that may be sealed, 1 (§2.6, 4). */
  messages?: number
  /** Most acknowledgements; 0, the default, asks for none: the answer of a post has its own. */
  tacks?: number
  /** Names of messages of whose posts acknowledgements are wanted; all when omitted. */
  tackMessageNames?: readonly string[]
  /** Insurers whose messages are wanted, by their numbers; all when omitted. */
  insurers?: readonly string[]
  /** Insurers whose messages are not wanted. */
  notInsurers?: readonly string[]
  /** The encryption token that answers may be sealed for. */
  replyTo?: Uint8Array
}

/** What lay in a mailbox. */
export interface Mail {
  messages: AsyncMessage[]
  tacks: TAck[]
  /** `MsgCount` and `TAckCount` as the server says them; what exactly they count is not documented. */
  counts: { messages: number; tacks: number }
  meta: CallMeta
}

/** One exchange; it is not repeated by itself, for the server refuses a question that comes again too soon. */
export async function getMail(
  { caller: { session }, operations, origin }: OpenedMailbox,
  query: MailQuery,
  options: CallOptions = {},
): Promise<Mail> {
  const { messageNames = [], messages = 100, tacks = 0 } = query
  for (const [path, count] of Object.entries({ messages, tacks }))
    if (!Number.isInteger(count) || count < 0 || count > 10_000)
      throw invalidOption(path, 'expected 0 to 10000')
  const { tackMessageNames, insurers = [], notInsurers = [], replyTo } = query
  const narrowed = tackMessageNames !== undefined || insurers.length > 0 || notInsurers.length > 0
  const { value, meta } = await exchange(
    session,
    operations.get,
    {
      Origin: await origin(),
      ...(replyTo === undefined ? {} : { 'Reply-to-etk': replyTo }),
      ...(narrowed
        ? {
            QueryParameters: {
              includeIOs: insurers,
              excludeIOs: notInsurers,
              ...(tackMessageNames === undefined ? {} : { tackMessageNames }),
            },
          }
        : {}),
      MsgQuery: {
        Include: messages > 0,
        ...(messages > 0 ? { Max: messages } : {}),
        MessageNames: messageNames,
      },
      TAckQuery: { Include: tacks > 0, ...(tacks > 0 ? { Max: tacks } : {}) },
    },
    { retry: { attempts: 1 }, ...options },
  )
  const { MsgResponse, TAckResponse, MsgCount, TAckCount } = value.return
  return {
    messages: MsgResponse.map(messageOf),
    tacks: TAckResponse.map(tackResponseOf),
    counts: { messages: MsgCount, tacks: TAckCount },
    meta,
  }
}
