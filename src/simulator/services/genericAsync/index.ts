/**
 * The mailboxes of the insurers (spec memberdata-mycarenet §2, §7): a queue for each care provider, acknowledgements at
 * once, answers when the clock has moved on, both until they are confirmed.
 */
import {
  mailboxOperations,
  type ConfirmRequest,
  type GetRequest,
  type GetResponse,
  type PostRequest,
} from '../../../business/genericAsync/contract.js'
import type { ServiceName } from '../../../technical/environment/environment.js'
import { simulate, type SimulatedCall, type SimulatedService } from '../../service.js'
import { asyncBoxOf, saveAsyncBoxes, type Box } from './box.js'
import { confirm } from './confirm.js'
import { asyncFaults, asyncRefusal } from './faults.js'
import { asyncSettingsOf } from './settings.js'
import { post } from './post.js'
import { show, showTAck } from './show.js'
import type { InsurersKeys, MailboxContent } from './types.js'

/** A mailbox service: what is posted there is answered by `content`. */
export function createInsurersMailbox(
  service: ServiceName,
  { content, keys }: { content: MailboxContent; keys: InsurersKeys },
): SimulatedService {
  const operations = mailboxOperations(service)
  return {
    service,
    // the official client sends no SOAPAction (§2.3)
    anyAction: true,
    operations: [
      simulate(operations.post, {
        answer: async (call) => {
          const box = boxOf(call, service, call.request.CommonInput.Origin)
          const tack = await post(call, box, { content, keys })
          await saveAsyncBoxes(call.world)
          return { value: { return: tack } }
        },
      }),
      simulate(operations.get, {
        answer: async (call) => {
          const box = boxOf(call, service, call.request.Origin)
          assertNotTooSoon(call, box)
          return { value: await given(call, box, keys) }
        },
      }),
      simulate(operations.confirm, {
        answer: async (call) => {
          confirm(boxOf(call, service, call.request.Origin), call.request)
          await saveAsyncBoxes(call.world)
          return { value: {} }
        },
      }),
    ],
  }
}

type MailboxOrigin = GetRequest['Origin']
type AnyCall = SimulatedCall<PostRequest | GetRequest | ConfirmRequest>

/** The mailbox of the care provider who proved who he is: a token of somebody else does not open it (inferred). */
function boxOf({ caller, world }: AnyCall, service: ServiceName, { CareProvider }: MailboxOrigin): Box {
  const nihii = CareProvider?.Nihii?.Value ?? ''
  const known = caller.actor?.nihii
  if (known === undefined || known.slice(0, 8) !== nihii.slice(0, 8)) throw asyncRefusal(asyncFaults.origin)
  return asyncBoxOf(world, service, nihii)
}

/** Repeating a question without having confirmed anything in between (§2.6, 2 and 3). */
function assertNotTooSoon({ request, now, world }: SimulatedCall<GetRequest>, box: Box): void {
  const { MsgQuery, TAckQuery, QueryParameters } = request
  const question = JSON.stringify({ MsgQuery, TAckQuery, QueryParameters })
  const { lastGet } = box
  if (
    lastGet?.question === question &&
    now.getTime() - lastGet.at.getTime() < asyncSettingsOf(world).repeatDelay
  )
    throw asyncRefusal(asyncFaults.tooSoon)
  box.lastGet = { at: now, question }
}

async function given(
  { request, now, world }: SimulatedCall<GetRequest>,
  box: Box,
  keys: InsurersKeys,
): Promise<GetResponse> {
  const { MsgQuery, TAckQuery, QueryParameters } = request
  const names = MsgQuery.MessageNames
  const included = ioFilter(QueryParameters)
  const messages =
    MsgQuery.Include === false
      ? []
      : box.messages
          .filter(
            ({ from, messageName, issuer }) =>
              from <= now && (names.length === 0 || names.includes(messageName)) && included(issuer),
          )
          .slice(0, MsgQuery.Max ?? 100)
  const tackNames = QueryParameters?.tackMessageNames ?? []
  const tacks =
    TAckQuery.Include === false
      ? []
      : box.tacks
          .filter(({ messageName }) => tackNames.length === 0 || tackNames.includes(messageName))
          .slice(0, TAckQuery.Max ?? 100)
  const context = { keys, world, replyTo: request['Reply-to-etk'] }
  const MsgResponse = []
  for (const message of messages) MsgResponse.push(await show(message, context))
  const TAckResponse = []
  for (const { tack } of tacks) TAckResponse.push(await showTAck(tack, context))
  // the numbers in this answer; what else they might count is not documented (§10, 5)
  return { return: { MsgResponse, TAckResponse, MsgCount: messages.length, TAckCount: tacks.length } }
}

/** Lists of insurers, by their numbers; an empty list leaves nobody out. */
function ioFilter(parameters: GetRequest['QueryParameters']): (issuer: string) => boolean {
  const { includeIOs = [], excludeIOs = [] } = parameters ?? {}
  return (issuer) => {
    const io = issuer.replace(/^.*:/, '')
    return (includeIOs.length === 0 || includeIOs.includes(io)) && !excludeIOs.includes(io)
  }
}
