/** Messages of the publication service (spec ehealthbox §2). */
import {
  allowed,
  base64Binary,
  boolean,
  date,
  many,
  namespace,
  optional,
  optionalGroup,
  string,
  type Infer,
} from '../../../technical/xml/index.js'
import {
  BoxId,
  content,
  ContentSpecification,
  CustomMeta,
  EhboxIdentifier,
  FileName,
  FreeInformations,
  MailAddress,
  Mandate,
  Meta,
  MimeType,
  PublicationId,
  Response,
  Title,
} from './core.js'

const pub = namespace('urn:be:fgov:ehealth:ehbox:publication:protocol:v3', {
  prefix: 'pub',
  qualified: false,
})

/** A recipient. `OoOProcessed`: deliver although the recipient is out of office. */
export const DestinationContext = pub.extend(EhboxIdentifier, {
  Mandate: optional(Mandate),
  OoOProcessed: optional(boolean),
})
export type DestinationContext = Infer<typeof DestinationContext>

const transported = { ...content, DownloadFileName: FileName, MimeType, Digest: string() }

export const PublicationAnnex = pub.sequence({ EncryptableTitle: base64Binary, ...transported })
export type PublicationAnnex = Infer<typeof PublicationAnnex>

export const PublicationContent = pub.sequence({
  Document: pub.sequence({ Title, ...transported }),
  FreeInformations: optional(FreeInformations),
  EncryptableINSSPatient: optional(base64Binary),
  Annex: many(PublicationAnnex),
})
export type PublicationContent = Infer<typeof PublicationContent>

export const PublicationContentSpecification = pub.extend(ContentSpecification, {
  PublicationReceipt: boolean,
  ReceivedReceipt: boolean,
  ReadReceipt: boolean,
})

export const SendMessageRequest = pub.element(
  'SendMessageRequest',
  pub.sequence(
    {
      BoxId: optional(BoxId),
      DestinationContext: many(DestinationContext, { min: 1 }),
      ContentContext: pub.sequence({
        Content: PublicationContent,
        ContentSpecification: PublicationContentSpecification,
        CustomMeta: many(CustomMeta, { max: 100 }),
      }),
      Meta: many(Meta),
      CopyMailTo: many(MailAddress),
    },
    { PublicationId: allowed(PublicationId) },
  ),
)
export type SendMessageRequest = Infer<typeof SendMessageRequest>

/** A recipient in the answer; the dates and substitutes are there when he is out of office. */
export const AnsweredRecipient = pub.extend(EhboxIdentifier, {
  $absence: optionalGroup({ AbsentFrom: date, AbsentTo: date, Substitute: many(EhboxIdentifier) }),
})

/** `Id` is the MessageId of the copy in the sender's SENTBOX. */
export const SendMessageResponse = pub.element(
  'SendMessageResponse',
  pub.extend(Response, { Recipient: many(AnsweredRecipient) }, { SentPublicationId: allowed(PublicationId) }),
)
export type SendMessageResponse = Infer<typeof SendMessageResponse>
