/** SSINHistory, version 1: which number somebody has now, and which others he had (spec rn-consult §7). */
import { requestAttributes, StatusResponse } from '../../technical/soap/commonsV2.js'
import type { Operation } from '../../technical/soap/types.js'
import {
  allowed,
  boolean,
  many,
  namespace,
  optional,
  string,
  type ElementDeclaration,
  type Infer,
} from '../../technical/xml/index.js'

const uri = 'urn:be:fgov:ehealth:consultrn:ssinhistory:protocol:v1'
const h = namespace(uri, { prefix: 'h', qualified: true })
const hc = namespace('urn:be:fgov:ehealth:consultrn:ssinhistory:core:v1', { prefix: 'hc', qualified: true })

const Question = h.sequence({ Ssin: string() }, requestAttributes)

/** The current number; `Replaces` is the one that was asked for. */
const SsinStatus = hc.simpleContent(string(), { Canceled: allowed(boolean), Replaces: allowed(string()) })
export type SsinStatus = Infer<typeof SsinStatus>

const CurrentSsin = h.extend(StatusResponse, { Ssin: optional(SsinStatus) })

export const ConsultCurrentSsinRequest = h.element('ConsultCurrentSsinRequest', Question)
export type ConsultCurrentSsinRequest = Infer<typeof ConsultCurrentSsinRequest>
export const ConsultCurrentSsinResponse = h.element('ConsultCurrentSsinResponse', CurrentSsin)
export type ConsultCurrentSsinResponse = Infer<typeof ConsultCurrentSsinResponse>

export const ConsultRelatedSsinsRequest = h.element('ConsultRelatedSsinsRequest', Question)
export type ConsultRelatedSsinsRequest = Infer<typeof ConsultRelatedSsinsRequest>
export const ConsultRelatedSsinsResponse = h.element(
  'ConsultRelatedSsinsResponse',
  h.extend(CurrentSsin, {
    RelatedSsins: optional(hc.sequence({ RelatedSsin: many(string(), { min: 1 }) })),
  }),
)
export type ConsultRelatedSsinsResponse = Infer<typeof ConsultRelatedSsinsResponse>

const consult = <Request, Response>(
  name: string,
  request: ElementDeclaration<Request>,
  response: ElementDeclaration<Response>,
): Operation<Request, Response> => ({
  service: 'ssinHistory',
  name,
  soapAction: `${uri}:${name}`,
  request,
  response,
  // The certificate signs, although whoever calls has a session (spec rn-consult §2).
  security: 'x509',
  idempotent: true,
  kept: false,
})

export const ssinHistoryOperations = {
  consultCurrentSsin: consult('consultCurrentSsin', ConsultCurrentSsinRequest, ConsultCurrentSsinResponse),
  consultRelatedSsins: consult(
    'consultRelatedSsins',
    ConsultRelatedSsinsRequest,
    ConsultRelatedSsinsResponse,
  ),
}
