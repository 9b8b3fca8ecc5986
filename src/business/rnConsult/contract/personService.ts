/** PersonService, version 1: looking somebody up, by number or by sound (spec rn-consult §5.1, §5.2). */
import { requestAttributes, StatusResponse } from '../../../technical/soap/commonsV2.js'
import type { Operation } from '../../../technical/soap/types.js'
import {
  many,
  namespace,
  optional,
  string,
  type ElementDeclaration,
  type Infer,
} from '../../../technical/xml/index.js'
import { GivenName } from './base.js'
import { IncompleteDate, SsinWithStatus, unsignedShort } from './common.js'
import { PersonElement, PersonIdentifications } from './person.js'

const uri = 'urn:be:fgov:ehealth:rn:personservice:protocol:v1'
const p = namespace(uri, { prefix: 'p', qualified: true })
const c = namespace('urn:be:fgov:ehealth:rn:personservice:core:v1', { prefix: 'c', qualified: true })

export const SearchPersonBySsinRequest = p.element(
  'SearchPersonBySsinRequest',
  p.sequence({ ApplicationId: string(), Criteria: c.sequence({ Ssin: string() }) }, requestAttributes),
)
export type SearchPersonBySsinRequest = Infer<typeof SearchPersonBySsinRequest>

export const SearchPersonBySsinResponse = p.element(
  'SearchPersonBySsinResponse',
  p.extend(StatusResponse, {
    Ssin: optional(SsinWithStatus),
    Result: optional(c.sequence({ Person: PersonElement })),
  }),
)
export type SearchPersonBySsinResponse = Infer<typeof SearchPersonBySsinResponse>

const PhoneticCriteria = c.sequence({
  Name: c.sequence({
    LastName: string(),
    GivenName: many(GivenName, { max: 3 }),
    GivenNameMatching: string(),
  }),
  Birth: c.sequence({ BirthDate: IncompleteDate, Variation: optional(unsignedShort) }),
  Gender: optional(c.sequence({ GenderCode: string() })),
  Address: optional(c.sequence({ CountryCode: unsignedShort, CityCode: optional(string()) })),
  // with a small first letter, unlike everything else
  maximumResultCount: optional(unsignedShort),
})
export type PhoneticCriteria = Infer<typeof PhoneticCriteria>

export const SearchPersonPhoneticallyRequest = p.element(
  'SearchPersonPhoneticallyRequest',
  p.sequence({ ApplicationId: string(), Criteria: PhoneticCriteria }, requestAttributes),
)
export type SearchPersonPhoneticallyRequest = Infer<typeof SearchPersonPhoneticallyRequest>

export const SearchPersonPhoneticallyResponse = p.element(
  'SearchPersonPhoneticallyResponse',
  p.extend(StatusResponse, {
    Result: optional(c.sequence({ PersonIdentifications: PersonIdentifications })),
  }),
)
export type SearchPersonPhoneticallyResponse = Infer<typeof SearchPersonPhoneticallyResponse>

const search = <Request, Response>(
  name: string,
  request: ElementDeclaration<Request>,
  response: ElementDeclaration<Response>,
): Operation<Request, Response> => ({
  service: 'personService',
  name,
  soapAction: `${uri}:${name}`,
  request,
  response,
  security: 'saml-hok',
  idempotent: true,
  kept: false,
})

export const personOperations = {
  searchPersonBySsin: search('searchPersonBySsin', SearchPersonBySsinRequest, SearchPersonBySsinResponse),
  searchPersonPhonetically: search(
    'searchPersonPhonetically',
    SearchPersonPhoneticallyRequest,
    SearchPersonPhoneticallyResponse,
  ),
}
