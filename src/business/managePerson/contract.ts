/**
 * Message and operation of ManagePerson v2 (spec rn-consult §8; `ehealth-consultrn-manageperson-protocol-2_0.xsd`), which
 * CBSSPersonService replaces. Legacy: see docs/rn-consult.md.
 */
import { requestAttributes, StatusResponse } from '../../technical/soap/commonsV2.js'
import type { Operation } from '../../technical/soap/types.js'
import {
  choice,
  inNamespace,
  many,
  namespace,
  optional,
  string,
  type Infer,
} from '../../technical/xml/index.js'
import { PersonRequest, PersonResponse } from './contract/person.js'

export * from './contract/person.js'

const m = namespace('urn:be:fgov:ehealth:consultrn:protocol:v2', { prefix: 'm', qualified: true })
const mc = namespace('urn:be:fgov:ehealth:consultrn:core:v2', { prefix: 'mc', qualified: true })
const cp = namespace('urn:be:fgov:ehealth:consultrn:commons:protocol:v3', { prefix: 'cp', qualified: true })

/** `ApplicationID` with two capitals, unlike that of its successor. */
export const RegisterPersonRequest = m.element(
  'RegisterPersonRequest',
  m.sequence({ ApplicationID: inNamespace(cp.uri, string()), Person: PersonRequest }, requestAttributes),
)
export type RegisterPersonRequest = Infer<typeof RegisterPersonRequest>

export const RegisterPersonResponse = m.element(
  'RegisterPersonResponse',
  m.extend(StatusResponse, {
    Result: optional(
      mc.sequence({
        $outcome: choice({
          NewlyRegisteredPerson: PersonResponse,
          ExistingPersons: mc.sequence({ ExistingPerson: many(PersonResponse, { min: 1 }) }),
        }),
      }),
    ),
  }),
)
export type RegisterPersonResponse = Infer<typeof RegisterPersonResponse>

/** Never repeated by itself: whoever does not know the outcome searches. The action has a capital R. */
export const managePersonOperations = {
  registerPerson: {
    service: 'managePerson',
    name: 'RegisterPerson',
    soapAction: 'urn:be:fgov:ehealth:consultrn:manageperson:protocol:v2:RegisterPerson',
    request: RegisterPersonRequest,
    response: RegisterPersonResponse,
    security: 'saml-hok',
    idempotent: false,
  } satisfies Operation<RegisterPersonRequest, RegisterPersonResponse>,
} as const
