/** Whole persons, and the few data by which one is told from another (spec rn-consult §5.2, §5.3). */
import {
  allowed,
  boolean,
  date,
  group,
  many,
  namespace,
  optional,
  optionalChoice,
  string,
  type Infer,
} from '../../../technical/xml/index.js'
import {
  Administrator,
  base,
  Birth,
  CivilStates,
  ContactAddress,
  Decease,
  DiplomaticPost,
  Gender,
  LegalCohabitation,
  Name,
  Nationalities,
  NobilityTitle,
  PlainAddress,
  ResidentialAddress,
  Subregister,
} from './base.js'
import { Anomalies, IncompleteDate } from './common.js'

/** One kind of address, and perhaps a temporary one beside it. */
export const Address = base.sequence({
  $kind: optionalChoice({
    ResidentialAddress,
    ReferenceAddress: ResidentialAddress,
    $diplomatic: group({
      DiplomaticPost: optional(DiplomaticPost),
      DiplomaticAddress: optional(PlainAddress),
      PostAddress: optional(PlainAddress),
    }),
  }),
  TemporaryAddress: optional(PlainAddress),
})
export type Address = Infer<typeof Address>

/** Which register is the source, `NR`, `BIS`, `RAD` or `RAN`. */
const Register = allowed(string())

/** The data that tell one person from another. */
export const PersonIdentification = base.sequence(
  {
    Ssin: optional(string()),
    Name: optional(Name),
    Birth: optional(base.sequence({ BirthDate: optional(IncompleteDate) })),
    Gender: optional(Gender),
    Address: optional(Address),
    ContactAddress: optional(ContactAddress),
    Administrator: optional(Administrator),
    Anomalies: optional(Anomalies),
  },
  { Register, Deceased: allowed(boolean) },
)
export type PersonIdentification = Infer<typeof PersonIdentification>

const pl = namespace('urn:be:fgov:ehealth:rn:personlegaldata:v1', { prefix: 'pl', qualified: true })

/** `pl:PersonResponseType`: all that the register says of a person to whom may know it. */
export const PersonElement = pl.sequence(
  {
    Ssin: optional(string()),
    NobilityTitle: optional(NobilityTitle),
    Name: optional(Name),
    Nationalities: optional(Nationalities),
    Birth: optional(Birth),
    Decease: optional(Decease),
    Gender: optional(Gender),
    CivilStates: optional(CivilStates),
    Address: optional(Address),
    ContactAddress: optional(ContactAddress),
    Administrator: optional(Administrator),
    Subregister: optional(Subregister),
    LegalCohabitation: optional(LegalCohabitation),
    Anomalies: optional(Anomalies),
  },
  { Register, RegisterInceptionDate: allowed(date) },
)
export type PersonElement = Infer<typeof PersonElement>

/** Several of them; in the namespace of the legal data. */
export const PersonIdentifications = base.sequence({
  PersonIdentification: many(PersonIdentification, { min: 1 }),
})
export type PersonIdentifications = Infer<typeof PersonIdentifications>
