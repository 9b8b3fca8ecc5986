/** Types that publication and consultation share (spec ehealthbox §3.1). Local elements stand in no namespace. */
import {
  allowed,
  base64Binary,
  boolean,
  choice,
  date,
  dateTime,
  group,
  many,
  namespace,
  oneOf,
  optional,
  optionalChoice,
  required,
  string,
  type Infer,
} from '../../../technical/xml/index.js'

const core = namespace('urn:be:fgov:ehealth:ehbox:core:v3', { prefix: 'ehboxc', qualified: false })

const text250 = string({ min: 1, max: 250 })
const text255 = string({ min: 1, max: 255 })

export const Title = string({ min: 1, max: 400 })
export const FileName = text255
export const MimeType = text255
export const MailAddress = string({ min: 1, max: 80 })
export const MessageId = string({ pattern: /^[a-zA-Z0-9]{13}$/ })
export const PublicationId = string({ min: 1, max: 13 })
export const OoOId = string({ min: 1, max: 13 })

/** Folders of a box. */
export const Folder = oneOf('INBOX', 'SENTBOX', 'BININBOX', 'BINSENTBOX')
/** Where a full message can be read from: never from a bin (spec ehealthbox §3.4). */
export const ReadableFolder = oneOf('INBOX', 'SENTBOX', 'HISTORY')
export const ContentKind = oneOf('DOCUMENT', 'NEWS', 'ACKNOWLEDGMENT', 'ERROR')

const identity = { Id: string(), Type: string(), SubType: optional(string()) }

/** A box: one of the caller's in requests. */
export const BoxId = core.sequence({ ...identity, Quality: string() })
export type BoxId = Infer<typeof BoxId>

/** A person within the box of a recipient; the text is an SSIN, never another number (spec ehealthbox §9.3). */
export const User = core.simpleContent(string({ min: 11, max: 11 }), {
  FirstName: required(string({ min: 1, max: 100 })),
  LastName: required(string({ min: 1, max: 100 })),
})

export const EhboxIdentifier = core.sequence({ ...identity, Quality: string(), User: optional(User) })
export type EhboxIdentifier = Infer<typeof EhboxIdentifier>

/** Legacy mandate of the first version. */
export const Mandate = core.sequence({ ...identity, Name: optional(string()) })

export const Sender = core.sequence({
  ...identity,
  Quality: string(),
  Name: string(),
  FirstName: optional(string()),
  PersonInOrganisation: optional(string()),
})
export type Sender = Infer<typeof Sender>

/** Status of every answer; the texts are the platform's own. */
export const Status = core.sequence({
  Code: string(),
  Message: many(core.simpleContent(string(), { Lang: allowed(oneOf('FR', 'NL', 'EN', 'DE', 'NA')) }), {
    min: 1,
  }),
})
export type Status = Infer<typeof Status>

/** What every answer starts with. On a refusal nothing else may follow. */
export const Response = core.sequence({ Status }, { Id: allowed(string()) })

export const CustomMeta = core.sequence({ Key: text250, Value: text250 })
/** Meta of the platform itself. */
export const Meta = core.sequence({ Type: text250, Value: many(text250, { min: 1 }) })

const TableRow = core.sequence({ EncryptableLeftCell: base64Binary, EncryptableRightCell: base64Binary })

/** Free text, table, or the free information of old applications. Sealed field by field when encrypted. */
export const FreeInformations = core.sequence({
  $kind: choice({
    EncryptableFreeText: base64Binary,
    Table: core.sequence({ Row: many(TableRow, { min: 1 }) }, { Title: allowed(string()) }),
    EncryptableOldFreeInformation: core.simpleContent(base64Binary, { Render: required(string({ min: 1 })) }),
  }),
})
export type FreeInformations = Infer<typeof FreeInformations>

/** Content as an attachment (`cid:` reference) or inline. */
export const content = {
  $content: choice({ EncryptableBinaryContent: string(), EncryptableTextContent: base64Binary }),
}

export const ContentSpecification = core.sequence({
  ApplicationName: optional(string({ min: 1, max: 25 })),
  ContentType: ContentKind,
  IsImportant: boolean,
  IsEncrypted: boolean,
})

export const MessageInfo = core.sequence({ PublicationDate: date, ExpirationDate: date, Size: string() })

export const ContentInfo = core.sequence({
  EncryptableINSSPatient: optional(base64Binary),
  Title,
  MimeType,
  HasFreeInformations: boolean,
  HasAnnex: boolean,
})

export const Acknowledgment = core.sequence({
  MessageId,
  Recipient: optional(EhboxIdentifier),
  AckType: oneOf('PUBLISHED', 'RECEIVED', 'READ'),
  DateTime: dateTime,
})

/** Failure of an earlier publication, told afterwards. */
export const PublicationError = core.sequence(
  {
    Code: string(),
    Message: many(string(), { min: 1 }),
    $about: optionalChoice({
      $destinations: group({ Destination: many(EhboxIdentifier, { min: 1 }) }),
      $failures: group({ Failure: many(string(), { min: 1 }) }),
    }),
  },
  { PublicationId: allowed(string()) },
)
