/** The consultation service as the platform answers it (spec ehealthbox §3). */
import {
  consultationOperations as operations,
  type DeleteMessageRequest,
  type DeleteMessageResponse,
  type DeleteOoORequest,
  type DeleteOoOResponse,
  type GetAllEhboxesMessagesListRequest,
  type GetAllEhboxesMessagesListResponse,
  type GetBoxInfoRequest,
  type GetBoxInfoResponse,
  type GetFullMessageRequest,
  type GetFullMessageResponse,
  type GetHistoryRequest,
  type GetHistoryResponse,
  type GetMessageAcknowledgmentsStatusRequest,
  type GetMessageAcknowledgmentsStatusResponse,
  type GetMessagesListRequest,
  type GetMessagesListResponse,
  type GetOoOListRequest,
  type GetOoOListResponse,
  type InsertOoORequest,
  type InsertOoOResponse,
  type MoveMessageRequest,
  type MoveMessageResponse,
} from '../../../business/ehbox/contract.js'
import { simulate, type SimulatedAnswer, type SimulatedCall, type SimulatedService } from '../../service.js'
import { boxesOf, boxKey, identifierOf, requestedBox } from './boxes.js'
import { currentMail, isDue, markRead, receiveStandby } from './deliver.js'
import { deleteAbsences, insertAbsence, listAbsences } from './outOfOffice.js'
import { capacityOf } from './settings.js'
import { full, listed } from './show.js'
import { answering, ehboxCodes, status, StatusRefusal } from './status.js'
import { folderOf, letterOf, saveMail, sizeOf, type Copy, type FolderName, type MailState } from './store.js'

const success = () => status(ehboxCodes.success)

/** At most this many items in one answer (spec ehealthbox §3.3). */
const pageSize = 100

export const ehboxConsultation: SimulatedService = {
  service: 'ehboxConsultation',
  operations: [
    simulate(operations.getBoxInfo, {
      answer: answering<SimulatedCall<GetBoxInfoRequest>, GetBoxInfoResponse>({}, boxInfo),
    }),
    simulate(operations.getMessagesList, {
      answer: answering<SimulatedCall<GetMessagesListRequest>, GetMessagesListResponse>({}, list),
    }),
    simulate(operations.getAllEhboxesMessagesList, {
      answer: answering<SimulatedCall<GetAllEhboxesMessagesListRequest>, GetAllEhboxesMessagesListResponse>(
        {},
        listAll,
      ),
    }),
    simulate(operations.getFullMessage, {
      answer: answering<SimulatedCall<GetFullMessageRequest>, GetFullMessageResponse>({}, fullMessage),
    }),
    simulate(operations.getMessageHistory, {
      answer: answering<SimulatedCall<GetHistoryRequest>, GetHistoryResponse>({ MessageId: [] }, history),
    }),
    simulate(operations.getMessageAcknowledgmentsStatus, {
      answer: answering<
        SimulatedCall<GetMessageAcknowledgmentsStatusRequest>,
        GetMessageAcknowledgmentsStatusResponse
      >({}, acknowledgmentsStatus),
    }),
    simulate(operations.moveMessage, {
      answer: answering<SimulatedCall<MoveMessageRequest>, MoveMessageResponse>({ MessageId: [] }, move),
    }),
    simulate(operations.deleteMessage, {
      answer: answering<SimulatedCall<DeleteMessageRequest>, DeleteMessageResponse>(
        { MessageId: [] },
        remove,
      ),
    }),
    simulate(operations.insertOoO, {
      answer: answering<SimulatedCall<InsertOoORequest>, InsertOoOResponse>(
        { Substitute: [] },
        insertAbsence,
      ),
    }),
    simulate(operations.deleteOoO, {
      answer: answering<SimulatedCall<DeleteOoORequest>, DeleteOoOResponse>({ OoOId: [] }, deleteAbsences),
    }),
    simulate(operations.getOoOList, {
      answer: answering<SimulatedCall<GetOoOListRequest>, GetOoOListResponse>({ OoO: [] }, listAbsences),
    }),
  ],
}

function boxInfo({
  request,
  caller,
  world,
}: SimulatedCall<GetBoxInfoRequest>): SimulatedAnswer<GetBoxInfoResponse> {
  const state = currentMail(world)
  const box = requestedBox(request.BoxId, caller, world)
  const key = boxKey(box)
  return {
    value: {
      Status: success(),
      BoxId: identifierOf(box),
      NbrMessagesInStandBy: state.copies.filter(
        (copy) => copy.box === key && copy.receivedAt === undefined && isDue(world, copy),
      ).length,
      CurrentSize: sizeOf(state, key),
      MaxSize: capacityOf(world, key),
    },
  }
}

/** The part of a list that the indexes mean: inclusive, from 1, at most one page. */
function page<T>(
  items: readonly T[],
  { StartIndex = 1, EndIndex }: { StartIndex?: number; EndIndex?: number },
): T[] {
  const end = Math.min(EndIndex ?? StartIndex + pageSize - 1, StartIndex + pageSize - 1)
  return items.slice(StartIndex - 1, end)
}

function list({
  request,
  caller,
  world,
}: SimulatedCall<GetMessagesListRequest>): SimulatedAnswer<GetMessagesListResponse> {
  const state = currentMail(world)
  const box = boxKey(requestedBox(request.BoxId, caller, world))
  const copies = page(folderOf(state, box, request.Source as FolderName), request)
  return {
    value: { Status: success(), Source: request.Source, Message: copies.map((copy) => listed(state, copy)) },
  }
}

function listAll({
  request,
  caller,
  world,
}: SimulatedCall<GetAllEhboxesMessagesListRequest>): SimulatedAnswer<GetAllEhboxesMessagesListResponse> {
  const state = currentMail(world)
  const boxes = new Set(boxesOf(caller).map(boxKey))
  const all = state.copies
    .filter((copy) => boxes.has(copy.box) && copy.folder === request.Source && copy.receivedAt !== undefined)
    .reverse()
  const copies = page(all, request)
  return {
    value: { Status: success(), Source: request.Source, Message: copies.map((copy) => listed(state, copy)) },
  }
}

/** The copy of that id in the folder; one that does not exist and one of somebody else's look the same. */
function findCopy(state: MailState, box: string, folder: string, messageId: string): Copy {
  const copy = state.copies.find(
    (candidate) =>
      candidate.box === box &&
      candidate.folder === folder &&
      candidate.messageId === messageId &&
      candidate.receivedAt !== undefined,
  )
  if (copy === undefined) throw new StatusRefusal(ehboxCodes.messageUnknown)
  return copy
}

async function fullMessage({
  request,
  caller,
  world,
}: SimulatedCall<GetFullMessageRequest>): Promise<SimulatedAnswer<GetFullMessageResponse>> {
  const state = currentMail(world)
  const box = boxKey(requestedBox(request.BoxId, caller, world))
  const copy = findCopy(state, box, request.Source, request.MessageId)
  if (copy.folder === 'INBOX') {
    markRead(world, state, copy)
    await saveMail(world)
  }
  const { message, sender, info, attachments } = full(world, state, copy)
  return {
    value: { Status: success(), Sender: sender, Message: message, MessageInfo: info },
    attachments,
  }
}

/** Earlier versions of a NEWS, newest first. */
function history({
  request,
  caller,
  world,
}: SimulatedCall<GetHistoryRequest>): SimulatedAnswer<GetHistoryResponse> {
  const state = currentMail(world)
  const box = boxKey(requestedBox(request.BoxId, caller, world))
  const letter = letterOf(state, findCopy(state, box, request.Source, request.MessageId))
  const earlier = folderOf(state, box, 'HISTORY').filter((copy) => {
    const other = letterOf(state, copy)
    return other.publicationId === letter.publicationId && other.senderBox === letter.senderBox
  })
  return { value: { Status: success(), MessageId: earlier.map((copy) => copy.messageId) } }
}

function acknowledgmentsStatus({
  request,
  caller,
  world,
}: SimulatedCall<GetMessageAcknowledgmentsStatusRequest>): SimulatedAnswer<GetMessageAcknowledgmentsStatusResponse> {
  const state = currentMail(world)
  const box = boxKey(requestedBox(request.BoxId, caller, world))
  const own = state.copies.find(
    (copy, index) =>
      copy.box === box &&
      copy.messageId === request.MessageId &&
      copy.folder !== 'DELETED' &&
      // the sender's own copy is the first of its letter: what he sent to himself is no sent message
      state.copies.findIndex(({ letter }) => letter === copy.letter) === index,
  )
  if (own === undefined) throw new StatusRefusal(ehboxCodes.messageUnknown)
  const delivered = state.copies.filter((copy) => copy.letter === own.letter && copy !== own)
  const rows = page(delivered, request).map((copy) => ({
    Recipient: copy.destination,
    Published: copy.publishedAt,
    ...(copy.receivedAt === undefined ? {} : { Received: copy.receivedAt }),
    ...(copy.readAt === undefined ? {} : { Read: copy.readAt }),
  }))
  return {
    value: { Status: success(), ...(rows.length === 0 ? {} : { AcknowledgmentsStatus: { Row: rows } }) },
  }
}

const bins: Readonly<Record<string, FolderName>> = {
  INBOX: 'BININBOX',
  SENTBOX: 'BINSENTBOX',
  BININBOX: 'INBOX',
  BINSENTBOX: 'SENTBOX',
}

async function move({
  request,
  caller,
  world,
}: SimulatedCall<MoveMessageRequest>): Promise<SimulatedAnswer<MoveMessageResponse>> {
  const state = currentMail(world)
  const box = boxKey(requestedBox(request.BoxId, caller, world))
  const target = bins[request.Source]
  if (target === undefined || target !== request.Destination)
    throw new StatusRefusal(ehboxCodes.moveForbidden)
  return forEach(request.MessageId, state, box, request.Source, world, (copy) => {
    copy.folder = target
  })
}

async function remove({
  request,
  caller,
  world,
}: SimulatedCall<DeleteMessageRequest>): Promise<SimulatedAnswer<DeleteMessageResponse>> {
  const state = currentMail(world)
  const box = boxKey(requestedBox(request.BoxId, caller, world))
  const answer = await forEach(request.MessageId, state, box, request.Source, world, (copy) => {
    copy.folder = 'DELETED'
  })
  receiveStandby(world, state, box)
  await saveMail(world)
  return answer
}

/** Does what can be done; the ids that could not be found come back (spec ehealthbox §3.7, inferred). */
async function forEach(
  ids: readonly string[],
  state: MailState,
  box: string,
  folder: string,
  world: SimulatedCall<unknown>['world'],
  work: (copy: Copy) => void,
): Promise<SimulatedAnswer<MoveMessageResponse>> {
  const failed: string[] = []
  for (const id of ids) {
    try {
      work(findCopy(state, box, folder, id))
    } catch (error) {
      if (!(error instanceof StatusRefusal)) throw error
      failed.push(id)
    }
  }
  await saveMail(world)
  if (failed.length > 0) throw new StatusRefusal(ehboxCodes.messageUnknown, { MessageId: failed })
  return { value: { Status: success(), MessageId: [] } }
}
