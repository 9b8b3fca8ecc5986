/** What the messages of RN Consult share: texts, dates, numbers, and what a status tells in detail (spec rn-consult §4, §12). */
import {
  allowed,
  boolean,
  inNamespace,
  integer,
  many,
  namespace,
  optional,
  string,
  type Infer,
} from '../../../technical/xml/index.js'

/** Types of the Crossroads Bank for all of its services. */
export const business = namespace('urn:be:fgov:ehealth:rn:commons:business:v1', {
  prefix: 'bus',
  qualified: true,
})

/** Types of its registries. */
export const registries = namespace('urn:be:fgov:ehealth:rn:registries:commons:v1', {
  prefix: 'reg',
  qualified: true,
})

/** Codes are numbers: `001` and `1` are the same (spec rn-consult, traps 19). */
export const unsignedShort = integer({ min: 0, max: 65_535 })

const commons = namespace('urn:be:fgov:ehealth:commons:core:v2', { prefix: 'c2', qualified: true })

const xml = 'http://www.w3.org/XML/1998/namespace'

/** `yyyy-mm-dd` with `00` for what is unknown, never a date type (spec rn-consult §5.4). */
export const IncompleteDate = string()

/** A text and its language. */
export const LocalizedText = business.simpleContent(string(), { lang: allowed(string(), xml) })
export type LocalizedText = Infer<typeof LocalizedText>

/** A number with what became of it: the current one, and the one that it replaces (spec rn-consult §5.1). */
export const SsinWithStatus = business.simpleContent(string(), {
  Canceled: allowed(boolean),
  Replaces: allowed(string()),
})
export type SsinWithStatus = Infer<typeof SsinWithStatus>

const CodeAndDescription = registries.sequence({ Code: string(), Description: string() })

/** Warnings about the data of a person; they change no status. */
export const Anomalies = registries.sequence({ Anomaly: many(CodeAndDescription, { min: 1 }) })
export type Anomalies = Infer<typeof Anomalies>

/** A global element: what is wrong with a request. */
export const ValidationErrors = registries.element(
  'ValidationErrors',
  registries.sequence({ ValidationError: many(CodeAndDescription, { min: 1 }) }),
)
export type ValidationErrors = Infer<typeof ValidationErrors>

/** A global element: why the Crossroads Bank refused. */
export const Message = business.element(
  'Message',
  business.sequence({
    Severity: string(),
    ReasonCode: string(),
    Diagnostic: string(),
    AuthorCode: string(),
    Information: many(business.sequence({ FieldName: string(), FieldValue: optional(string()) }), {
      max: 15,
    }),
  }),
)
export type Message = Infer<typeof Message>

/** The detail of a status, with the global elements that may stand in it. */
export const StatusDetail = commons.element(
  'StatusDetail',
  commons.sequence({
    Message: inNamespace(business.uri, optional(Message.type)),
    ValidationErrors: inNamespace(registries.uri, optional(ValidationErrors.type)),
  }),
)
export type StatusDetail = Infer<typeof StatusDetail>
