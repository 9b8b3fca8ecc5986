/** Messages of the consultation (spec timestamp §7; `ehealth-profiles-timestamping-2_0.xsd`, for archives `-1_0.xsd`). */
import {
  inNamespace,
  integer,
  many,
  namespace,
  optional,
  string,
  type Infer,
  type Namespace,
  type SimpleType,
} from '../../xml/index.js'
import { dssNamespace, SignResponseType } from './dss.js'

export const timestampingV2 = namespace('urn:be:fgov:ehealth:timestamping:protocol:v2', {
  prefix: 'ts2',
  qualified: true,
})
/** The namespace of the first version; the structure is the same. */
export const timestampingV1 = namespace('http://www.behealth.be/webservices/tsa', {
  prefix: 'ts1',
  qualified: true,
})

const base64Text = string({ pattern: /^[A-Za-z0-9+/\s]*={0,2}\s*$/ })

/** base64 that is kept as text: the archive gives back what was sent, line breaks included (trap 6). */
const untouchedBase64: SimpleType<string> = {
  ...base64Text,
  expected: 'base64',
  schema: { base: 'base64Binary' },
}

/** Milliseconds since 1970; the comment in the schema is wrong (trap 3). */
const milliseconds = integer()

function messagesOf(version: Namespace) {
  const TimeStampIdentification = version.sequence({ sequenceNumber: string(), dateTime: milliseconds })
  const Error = version.sequence({ Type: string(), Number: integer() })
  const TSBag = version.sequence({
    TSBagValue: untouchedBase64,
    SignResponse: inNamespace(dssNamespace, SignResponseType),
  })
  return {
    TSConsultTSBagRequest: version.element(
      'TSConsultTSBagRequest',
      version.sequence({ IDHospital: string(), TSList: many(TimeStampIdentification, { max: 10 }) }),
    ),
    TSConsultTSBagResponse: version.element(
      'TSConsultTSBagResponse',
      version.sequence({ Error: optional(Error), TSBag: many(TSBag, { max: 10 }) }),
    ),
    TSConsultRequest: version.element(
      'TSConsultRequest',
      version.sequence({
        IDHospital: string(),
        Period: version.sequence({ Start: milliseconds, End: milliseconds }),
        TSList: many(TimeStampIdentification),
      }),
    ),
    TSConsultResponse: version.element(
      'TSConsultResponse',
      version.sequence({
        Status: string(),
        Error: optional(Error),
        TSList: many(TimeStampIdentification),
      }),
    ),
  }
}

export const { TSConsultTSBagRequest, TSConsultTSBagResponse, TSConsultRequest, TSConsultResponse } =
  messagesOf(timestampingV2)
export type TSConsultTSBagRequest = Infer<typeof TSConsultTSBagRequest>
export type TSConsultTSBagResponse = Infer<typeof TSConsultTSBagResponse>
export type TSConsultRequest = Infer<typeof TSConsultRequest>
export type TSConsultResponse = Infer<typeof TSConsultResponse>

/** Messages of the first version, for archives. */
export const consultV1 = messagesOf(timestampingV1)

/** Name of a stamp in the consultation (spec timestamp §6). */
export type TimeStampIdentification = TSConsultRequest['TSList'][number]

/** Most identifications in one request of getTimestamp. */
export const mostPerRequest = 10
