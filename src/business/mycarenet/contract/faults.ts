/** Faults of MyCareNet: in SAML answers, in SOAP faults of the mailboxes, in answers of Registration (spec §1.7, §2.4). */
import {
  allowed,
  namespace,
  optional,
  many,
  qname,
  string,
  type Infer,
} from '../../../technical/xml/index.js'

/** Namespace of the types of MyCareNet. */
export const mycarenetTypes = namespace('urn:be:cin:types:v1', { prefix: 'mct', qualified: true })

export const schemaInstance = namespace('http://www.w3.org/2001/XMLSchema-instance', {
  prefix: 'xsi',
  qualified: false,
})

const xmlNamespace = 'http://www.w3.org/XML/1998/namespace'

const Text = mycarenetTypes.simpleContent(string(), { lang: allowed(string(), xmlNamespace) })

export const FaultDetailType = mycarenetTypes.sequence({
  DetailCode: string(),
  DetailSource: optional(string()),
  Location: optional(string()),
  Message: optional(Text),
})

/** The schema demands all four; insurers leave out what they do not know. */
export const FaultType = mycarenetTypes.sequence(
  {
    FaultCode: string(),
    FaultSource: optional(string()),
    Message: optional(Text),
    Details: optional(mycarenetTypes.sequence({ Detail: many(FaultDetailType) })),
  },
  { type: allowed(qname, schemaInstance.uri) },
)

/** What stands in `xsi:type` of a fault. */
export const faultTypeName = `{${mycarenetTypes.uri}}FaultType`

export type FaultElement = Infer<typeof FaultType>
export type FaultDetailElement = Infer<typeof FaultDetailType>
