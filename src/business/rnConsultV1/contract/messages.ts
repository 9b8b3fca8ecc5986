/**
 * The messages of ConsultRN v1 (spec rn-consult §9; `ehealth-consultrn-webservices-protocol-1_0.xsd`). Roots are
 * qualified, their children are not; the lists of mutations are, being roots of their own.
 */
import {
  allowed,
  date,
  inNamespace,
  integer,
  many,
  namespace,
  oneOf,
  optional,
  string,
  type ElementDeclaration,
  type FieldsValue,
  type Infer,
} from '../../../technical/xml/index.js'
import * as histories from './histories.js'
import {
  commons,
  ErrorInformation,
  FamilyComposition,
  Gender,
  incompleteDate,
  Inscription,
  LocalisedString,
  Person,
  PersonData,
} from './person.js'

const crn = namespace('urn:be:fgov:ehealth:consultRN:1_0:protocol', { prefix: 'crn', qualified: false })

/** Who asks, where the certificate does not say it. */
const Organisation = commons.sequence({ Id: string(), Type: string(), SubType: optional(string()) })
export type Organisation = Infer<typeof Organisation>

const asking = { Organisation: optional(Organisation), ApplicationID: string() }
/** What every request begins with. */
export type Asking = FieldsValue<typeof asking>

const Status = commons.sequence({ Code: string(), Message: many(LocalisedString, { min: 1 }) })
const replying = { Status: inNamespace(commons.uri, Status), ErrorInformation: many(ErrorInformation) }
const identified = { Id: allowed(string()) }
/** What every reply begins with. */
export type Replying = FieldsValue<typeof replying> & { Id?: string | undefined }

export const InsertInscriptionRequest = crn.element(
  'InsertInscriptionRequest',
  crn.sequence({ ...asking, Inscription }),
)
export type InsertInscriptionRequest = Infer<typeof InsertInscriptionRequest>
export const InsertInscriptionReply = crn.element(
  'InsertInscriptionReply',
  crn.sequence(replying, identified),
)
export type InsertInscriptionReply = Infer<typeof InsertInscriptionReply>

export const DeleteInscriptionRequest = crn.element(
  'DeleteInscriptionRequest',
  crn.sequence({ ...asking, Inscription }),
)
export type DeleteInscriptionRequest = Infer<typeof DeleteInscriptionRequest>
export const DeleteInscriptionReply = crn.element(
  'DeleteInscriptionReply',
  crn.sequence(replying, identified),
)
export type DeleteInscriptionReply = Infer<typeof DeleteInscriptionReply>

export const SearchBySSINRequest = crn.element(
  'SearchBySSINRequest',
  crn.sequence({ ...asking, Inscription }),
)
export type SearchBySSINRequest = Infer<typeof SearchBySSINRequest>
export const SearchBySSINReply = crn.element(
  'SearchBySSINReply',
  crn.sequence({ ...replying, Person: optional(Person) }, identified),
)
export type SearchBySSINReply = Infer<typeof SearchBySSINReply>

/** `Tolerance` counts years, months or days, as the date is known; it may be absent where the date is complete. */
const PhoneticCriteria = crn.sequence({
  LastName: string(),
  FirstName: optional(string()),
  MiddleName: optional(string()),
  BirthDate: incompleteDate,
  Gender: optional(Gender),
  Tolerance: optional(integer()),
  Maximum: optional(integer()),
})
export type PhoneticCriteria = Infer<typeof PhoneticCriteria>

export const SearchPhoneticRequest = crn.element(
  'SearchPhoneticRequest',
  crn.sequence({ ...asking, PhoneticCriteria }),
)
export type SearchPhoneticRequest = Infer<typeof SearchPhoneticRequest>
export const SearchPhoneticReply = crn.element(
  'SearchPhoneticReply',
  crn.sequence({ ...replying, Person: many(Person) }, identified),
)
export type SearchPhoneticReply = Infer<typeof SearchPhoneticReply>

export const FamilyCompositionRequest = crn.element(
  'FamilyCompositionRequest',
  crn.sequence({ ...asking, SSIN: string() }),
)
export type FamilyCompositionRequest = Infer<typeof FamilyCompositionRequest>
export const FamilyCompositionReply = crn.element(
  'FamilyCompositionReply',
  crn.sequence({ ...replying, FamilyComposition: optional(FamilyComposition) }, identified),
)
export type FamilyCompositionReply = Infer<typeof FamilyCompositionReply>

export const CreatePersonRequest = crn.element('CreatePersonRequest', crn.sequence({ ...asking, PersonData }))
export type CreatePersonRequest = Infer<typeof CreatePersonRequest>
export const CreatePersonReply = crn.element(
  'CreatePersonReply',
  crn.sequence(
    {
      ...replying,
      PersonCreated: optional(crn.sequence({ SSIN: string(), PersonData: optional(PersonData) })),
      PhoneticResult: optional(crn.sequence({ Person: many(Person, { min: 1 }) })),
    },
    identified,
  ),
)
export type CreatePersonReply = Infer<typeof CreatePersonReply>

export const ModifyPersonRequest = crn.element('ModifyPersonRequest', crn.sequence({ ...asking, Person }))
export type ModifyPersonRequest = Infer<typeof ModifyPersonRequest>
export const ModifyPersonReply = crn.element(
  'ModifyPersonReply',
  crn.sequence({ ...replying, Person: optional(Person) }, identified),
)
export type ModifyPersonReply = Infer<typeof ModifyPersonReply>

export const MonitoringRequest = crn.element('MonitoringRequest', crn.sequence(asking))
export type MonitoringRequest = Infer<typeof MonitoringRequest>
export const MonitoringReply = crn.element('MonitoringReply', crn.sequence(replying, identified))
export type MonitoringReply = Infer<typeof MonitoringReply>

const history = crn.sequence({ ...asking, SSIN: string() })
/** The question is the same for every fact. */
export type HistoryRequest = Infer<typeof history>
const told = { ...replying, SSIN: optional(string()) }

/** One fact of a person: the question about its history, and the answer. */
export interface HistoryMessages<Reply> {
  readonly request: ElementDeclaration<HistoryRequest>
  readonly reply: ElementDeclaration<Reply>
}

const asked = (fact: string): ElementDeclaration<HistoryRequest> =>
  crn.element(`PersonHistory${fact}Request`, history)

/** The history of each fact; `CivilState` in the root and `Civilstate` in the list are spelled as in the schema. */
export const historyMessages = {
  name: {
    request: asked('Name'),
    reply: crn.element(
      'PersonHistoryNameReply',
      crn.sequence({ ...told, NameHistory: many(histories.NameHistory) }, identified),
    ),
  },
  gender: {
    request: asked('Gender'),
    reply: crn.element(
      'PersonHistoryGenderReply',
      crn.sequence({ ...told, GenderHistory: many(histories.GenderHistory) }, identified),
    ),
  },
  birth: {
    request: asked('Birth'),
    reply: crn.element(
      'PersonHistoryBirthReply',
      crn.sequence({ ...told, BirthHistory: many(histories.BirthHistory) }, identified),
    ),
  },
  civilState: {
    request: asked('CivilState'),
    reply: crn.element(
      'PersonHistoryCivilStateReply',
      crn.sequence({ ...told, CivilstateHistory: many(histories.CivilstateHistory) }, identified),
    ),
  },
  decease: {
    request: asked('Decease'),
    reply: crn.element(
      'PersonHistoryDeceaseReply',
      crn.sequence({ ...told, DeceaseHistory: many(histories.DeceaseHistory) }, identified),
    ),
  },
  address: {
    request: asked('Address'),
    reply: crn.element(
      'PersonHistoryAddressReply',
      crn.sequence({ ...told, AddressHistory: many(histories.AddressHistory) }, identified),
    ),
  },
  nationality: {
    request: asked('Nationality'),
    reply: crn.element(
      'PersonHistoryNationalityReply',
      crn.sequence({ ...told, NationalityHistory: many(histories.NationalityHistory) }, identified),
    ),
  },
  familyComposition: {
    request: asked('FamilyComposition'),
    reply: crn.element(
      'PersonHistoryFamilyCompositionReply',
      crn.sequence(
        { ...told, FamilyCompositionHistory: many(histories.FamilyCompositionHistory) },
        identified,
      ),
    ),
  },
} as const

/** A fact whose history can be asked for. */
export type HistoryFact = keyof typeof historyMessages

export const MutationRequest = crn.element(
  'MutationRequest',
  crn.sequence({ Organisation: optional(Organisation) }),
)
export type MutationRequest = Infer<typeof MutationRequest>

const Mutation = crn.sequence({
  MutationInformation: crn.sequence({
    Author: string(),
    Type: string(),
    Description: many(LocalisedString, { max: 5 }),
  }),
  Person,
})
export type Mutation = Infer<typeof Mutation>

/** The only reply without status. */
export const MutationReply = crn.element(
  'MutationReply',
  crn.sequence({
    Header: crn.sequence({
      ApplicationId: string(),
      Date: date,
      SequenceNumber: integer(),
      Environment: oneOf('A', 'P', 'T'),
    }),
    MutationList: inNamespace(
      crn.uri,
      optional(crn.sequence({ Mutation: inNamespace(crn.uri, many(Mutation, { min: 1 })) })),
    ),
  }),
)
export type MutationReply = Infer<typeof MutationReply>
