/** Messages of the registration of care providers (spec memberdata-mycarenet §4). */
import type { Operation } from '../../technical/soap/index.js'
import {
  allowed,
  many,
  namespace,
  oneOf,
  optional,
  required,
  string,
  type Infer,
} from '../../technical/xml/index.js'
import {
  commonsV2,
  FaultDetailType,
  mailboxCommons,
  zonelessDate,
  type SendRequestV2,
  type SendResponseV2,
} from '../mycarenet/contract.js'

const protocol = namespace('urn:be:fgov:ehealth:mycarenet:registration:protocol:v1', {
  prefix: 'reg',
  qualified: true,
})

export const RegisterRequest = protocol.element('RegisterToMycarenetServiceRequest', commonsV2.SendRequest)
export const RegisterResponse = protocol.element('RegisterToMycarenetServiceResponse', commonsV2.SendResponse)

const payload = namespace('urn:be:cin:nip:sync:reg:v1', { prefix: 'nip', qualified: true })

const registrant = payload.sequence({ CareProvider: mailboxCommons.CareProvider })

/** What is asked for; the content of the blob of a request. */
export const Registrations = payload.element(
  'registrations',
  payload.sequence(
    {
      registrant,
      registration: payload.sequence(
        {
          bankAccount: optional(
            payload.sequence({}, { bic: allowed(string({ max: 11 })), iban: required(string({ max: 34 })) }),
          ),
        },
        { serviceName: required(string()) },
      ),
    },
    // a day, despite its name
    { StartDateTime: required(zonelessDate) },
  ),
)
export type Registrations = Infer<typeof Registrations>

/** What became of it; the content of the blob of an answer. */
export const RegistrationsAnswer = payload.element(
  'registrationsAnswer',
  payload.sequence({
    registrant,
    registrationAnswer: payload.sequence(
      { answerDetails: many(FaultDetailType) },
      {
        serviceName: required(string()),
        status: required(oneOf('SUCCESS', 'ERROR')),
        startDate: allowed(zonelessDate),
        endDate: allowed(zonelessDate),
      },
    ),
  }),
)
export type RegistrationsAnswer = Infer<typeof RegistrationsAnswer>

const register: Operation<SendRequestV2, SendResponseV2> = {
  service: 'registration',
  name: 'registerToMycarenetService',
  soapAction: 'urn:be:fgov:ehealth:mycarenet:registration:protocol:v1:RegisterToMycarenetService',
  request: RegisterRequest,
  response: RegisterResponse,
  security: 'saml-hok',
  // it changes a register: asked again, an insurer says that it is registered already
  idempotent: false,
}

export const registrationOperations = { register }
