/** Messages of the consultation service (spec ehealthbox §3). */
import {
  allowed,
  base64Binary,
  date,
  dateTime,
  integer,
  many,
  namespace,
  optional,
  optionalGroup,
  type Infer,
} from '../../../technical/xml/index.js'
import {
  Acknowledgment,
  BoxId,
  content,
  ContentInfo,
  ContentSpecification,
  CustomMeta,
  EhboxIdentifier,
  FileName,
  Folder,
  FreeInformations,
  MailAddress,
  Mandate,
  MessageId,
  MessageInfo,
  Meta,
  MimeType,
  OoOId,
  PublicationError,
  PublicationId,
  ReadableFolder,
  Response,
  Sender,
  Title,
} from './core.js'

const con = namespace('urn:be:fgov:ehealth:ehbox:consultation:protocol:v3', {
  prefix: 'con',
  qualified: false,
})

const index = integer({ min: 1, max: 2_147_483_647 })
const box = { BoxId: optional(BoxId) }
/** Inclusive, from 1 (the newest); at most 100 in one call. */
const range = { StartIndex: optional(index), EndIndex: optional(index) }

const BoxRequest = con.sequence(box)
const FolderRequest = con.sequence({ ...box, Source: Folder, ...range })
const MessageRequest = con.sequence({ ...box, Source: ReadableFolder, MessageId })
const messageIds = many(MessageId, { min: 1, max: 100 })
const MessageIdsResponse = con.extend(Response, { MessageId: many(MessageId) })

export const GetBoxInfoRequest = con.element('GetBoxInfoRequest', BoxRequest)
export type GetBoxInfoRequest = Infer<typeof GetBoxInfoRequest>
export const GetBoxInfoResponse = con.element(
  'GetBoxInfoResponse',
  con.extend(Response, {
    $info: optionalGroup({
      BoxId,
      NbrMessagesInStandBy: integer({ min: -2_147_483_648, max: 2_147_483_647 }),
      CurrentSize: integer(),
      MaxSize: integer(),
    }),
  }),
)
export type GetBoxInfoResponse = Infer<typeof GetBoxInfoResponse>

/** A message as lists show it: nothing of its content but the title, and the patient's number sealed. */
export const ListedMessage = con.sequence({
  MessageId,
  Destination: EhboxIdentifier,
  Sender,
  MessageInfo,
  ContentInfo: optional(ContentInfo),
  ContentSpecification,
  CustomMeta: many(CustomMeta),
})
export type ListedMessage = Infer<typeof ListedMessage>

const MessagesList = con.extend(Response, {
  $list: optionalGroup({ Source: Folder, Message: many(ListedMessage) }),
})
export const GetMessagesListRequest = con.element('GetMessagesListRequest', FolderRequest)
export type GetMessagesListRequest = Infer<typeof GetMessagesListRequest>
export const GetMessagesListResponse = con.element('GetMessagesListResponse', MessagesList)
export type GetMessagesListResponse = Infer<typeof GetMessagesListResponse>
export const GetAllEhboxesMessagesListRequest = con.element(
  'GetAllEhboxesMessagesListRequest',
  con.sequence({ Source: Folder, ...range }),
)
export type GetAllEhboxesMessagesListRequest = Infer<typeof GetAllEhboxesMessagesListRequest>
export const GetAllEhboxesMessagesListResponse = con.element(
  'GetAllEhboxesMessagesListResponse',
  MessagesList,
)
export type GetAllEhboxesMessagesListResponse = Infer<typeof GetAllEhboxesMessagesListResponse>

/** On the way back there is no digest. */
const transported = { ...content, DownloadFileName: FileName, MimeType }

export const ConsultationDocument = con.sequence({ Title, ...transported })
export type ConsultationDocument = Infer<typeof ConsultationDocument>
export const ConsultationAnnex = con.sequence({ EncryptableTitle: base64Binary, ...transported })
export type ConsultationAnnex = Infer<typeof ConsultationAnnex>

/** Receipts and errors carry the mandatory document too. */
export const ConsultationContent = con.sequence({
  Document: ConsultationDocument,
  FreeInformations: optional(FreeInformations),
  EncryptableINSSPatient: optional(base64Binary),
  Annex: many(ConsultationAnnex),
  Acknowledgment: optional(Acknowledgment),
  Error: optional(PublicationError),
})
export type ConsultationContent = Infer<typeof ConsultationContent>

export const ConsultationMessage = con.sequence(
  {
    PublicationId: optional(PublicationId),
    DestinationContext: many(con.extend(EhboxIdentifier, { Mandate: optional(Mandate) }), { min: 1 }),
    ContentContext: con.sequence({
      Content: ConsultationContent,
      ContentSpecification,
      CustomMeta: many(CustomMeta, { max: 100 }),
    }),
    Meta: many(Meta),
    CopyMailTo: many(MailAddress),
  },
  { MessageId: allowed(MessageId) },
)
export type ConsultationMessage = Infer<typeof ConsultationMessage>

export const GetFullMessageRequest = con.element('GetFullMessageRequest', MessageRequest)
export type GetFullMessageRequest = Infer<typeof GetFullMessageRequest>
export const GetFullMessageResponse = con.element(
  'GetFullMessageResponse',
  con.extend(Response, { $message: optionalGroup({ Sender, Message: ConsultationMessage, MessageInfo }) }),
)
export type GetFullMessageResponse = Infer<typeof GetFullMessageResponse>

export const GetHistoryRequest = con.element('GetHistoryRequest', MessageRequest)
export type GetHistoryRequest = Infer<typeof GetHistoryRequest>
export const GetHistoryResponse = con.element('GetHistoryResponse', MessageIdsResponse)
export type GetHistoryResponse = Infer<typeof GetHistoryResponse>

export const GetMessageAcknowledgmentsStatusRequest = con.element(
  'GetMessageAcknowledgmentsStatusRequest',
  con.sequence({ ...box, MessageId, ...range }),
)
export type GetMessageAcknowledgmentsStatusRequest = Infer<typeof GetMessageAcknowledgmentsStatusRequest>

/** What one recipient has done with a message. */
export const AcknowledgmentRow = con.sequence({
  Recipient: EhboxIdentifier,
  Published: optional(dateTime),
  Received: optional(dateTime),
  Read: optional(dateTime),
})
export type AcknowledgmentRow = Infer<typeof AcknowledgmentRow>
export const GetMessageAcknowledgmentsStatusResponse = con.element(
  'GetMessageAcknowledgmentsStatusResponse',
  con.extend(Response, {
    AcknowledgmentsStatus: optional(con.sequence({ Row: many(AcknowledgmentRow, { min: 1 }) })),
  }),
)
export type GetMessageAcknowledgmentsStatusResponse = Infer<typeof GetMessageAcknowledgmentsStatusResponse>

export const MoveMessageRequest = con.element(
  'MoveMessageRequest',
  con.sequence({ ...box, Source: Folder, Destination: Folder, MessageId: messageIds }),
)
export type MoveMessageRequest = Infer<typeof MoveMessageRequest>
export const MoveMessageResponse = con.element('MoveMessageResponse', MessageIdsResponse)
export type MoveMessageResponse = Infer<typeof MoveMessageResponse>

export const DeleteMessageRequest = con.element(
  'DeleteMessageRequest',
  con.sequence({ ...box, Source: Folder, MessageId: messageIds }),
)
export type DeleteMessageRequest = Infer<typeof DeleteMessageRequest>
export const DeleteMessageResponse = con.element('DeleteMessageResponse', MessageIdsResponse)
export type DeleteMessageResponse = Infer<typeof DeleteMessageResponse>

export const InsertOoORequest = con.element(
  'InsertOoORequest',
  con.sequence({ ...box, StartDate: date, EndDate: date, Substitute: many(BoxId) }),
)
export type InsertOoORequest = Infer<typeof InsertOoORequest>
/** `Id` is the new period's; the substitutes are those that were refused. */
export const InsertOoOResponse = con.element(
  'InsertOoOResponse',
  con.extend(Response, {
    Substitute: many(con.extend(BoxId, { AbsentFrom: optional(date), AbsentTo: optional(date) })),
  }),
)
export type InsertOoOResponse = Infer<typeof InsertOoOResponse>

export const DeleteOoORequest = con.element(
  'DeleteOoORequest',
  con.sequence({ ...box, OoOId: many(OoOId, { min: 1 }) }),
)
export type DeleteOoORequest = Infer<typeof DeleteOoORequest>
/** The ids are those that were not found. */
export const DeleteOoOResponse = con.element(
  'DeleteOoOResponse',
  con.extend(Response, { OoOId: many(OoOId) }),
)
export type DeleteOoOResponse = Infer<typeof DeleteOoOResponse>

export const GetOoOListRequest = con.element('GetOoOListRequest', BoxRequest)
export type GetOoOListRequest = Infer<typeof GetOoOListRequest>
export const GetOoOListResponse = con.element(
  'GetOoOListResponse',
  con.extend(Response, {
    OoO: many(con.sequence({ OoOId, StartDate: date, EndDate: date, Substitute: many(BoxId) })),
  }),
)
export type GetOoOListResponse = Infer<typeof GetOoOListResponse>
