/** Operations of both services: everything the pipeline needs to call one (spec ehealthbox §2, §3). */
import type { Operation } from '../../../technical/soap/types.js'
import type { ElementDeclaration } from '../../../technical/xml/index.js'
import * as consultation from './consultation.js'
import * as publication from './publication.js'

const consult = <Request, Response>(
  name: string,
  request: ElementDeclaration<Request>,
  response: ElementDeclaration<Response>,
  idempotent = true,
): Operation<Request, Response> => ({
  service: 'ehboxConsultation',
  name,
  soapAction: `urn:be:fgov:ehealth:ehbox:consultation:protocol:v3:${name}`,
  request,
  response,
  security: 'saml-hok',
  idempotent,
})

const sendMessage: Operation<publication.SendMessageRequest, publication.SendMessageResponse> = {
  service: 'ehboxPublication',
  name: 'sendMessage',
  soapAction: 'urn:be:fgov:ehealth:ehbox:publication:protocol:v3:sendMessage',
  request: publication.SendMessageRequest,
  response: publication.SendMessageResponse,
  security: 'saml-hok',
  idempotent: false,
}

/** Publication. Not repeated by itself: who repeats it keeps the PublicationId, so that no second mail is made (§7.1). */
export const publicationOperations = { sendMessage }

/**
 * Consultation: names are those of the WSDL, elements those of the schema; they differ for the history
 * (spec ehealthbox §9.16). Repeating a read is harmless: the first one has set `Read` already.
 */
export const consultationOperations = {
  getBoxInfo: consult('getBoxInfo', consultation.GetBoxInfoRequest, consultation.GetBoxInfoResponse),
  getMessagesList: consult(
    'getMessagesList',
    consultation.GetMessagesListRequest,
    consultation.GetMessagesListResponse,
  ),
  getAllEhboxesMessagesList: consult(
    'getAllEhboxesMessagesList',
    consultation.GetAllEhboxesMessagesListRequest,
    consultation.GetAllEhboxesMessagesListResponse,
  ),
  getFullMessage: consult(
    'getFullMessage',
    consultation.GetFullMessageRequest,
    consultation.GetFullMessageResponse,
  ),
  getMessageHistory: consult(
    'getMessageHistory',
    consultation.GetHistoryRequest,
    consultation.GetHistoryResponse,
  ),
  getMessageAcknowledgmentsStatus: consult(
    'getMessageAcknowledgmentsStatus',
    consultation.GetMessageAcknowledgmentsStatusRequest,
    consultation.GetMessageAcknowledgmentsStatusResponse,
  ),
  moveMessage: consult(
    'moveMessage',
    consultation.MoveMessageRequest,
    consultation.MoveMessageResponse,
    false,
  ),
  deleteMessage: consult(
    'deleteMessage',
    consultation.DeleteMessageRequest,
    consultation.DeleteMessageResponse,
    false,
  ),
  insertOoO: consult('insertOoO', consultation.InsertOoORequest, consultation.InsertOoOResponse, false),
  deleteOoO: consult('deleteOoO', consultation.DeleteOoORequest, consultation.DeleteOoOResponse, false),
  getOoOList: consult('getOoOList', consultation.GetOoOListRequest, consultation.GetOoOListResponse),
}
