/** One fact of a person and when it was so (spec rn-consult §9). */
import { integer, many, namespace, optional, type Infer } from '../../../technical/xml/index.js'
import {
  Address,
  BirthDecease,
  CivilState,
  FamilyMember,
  Gender,
  incompleteDate,
  LocalisedString,
  Name,
  Nationality,
  origin,
  Where,
} from './person.js'

const core = namespace('urn:be:fgov:ehealth:consultRN:1_0:core', { prefix: 'crnc', qualified: false })

const when = {
  Source: optional(origin),
  ModificationDate: optional(incompleteDate),
  EffectuationDate: optional(incompleteDate),
}
const act = { ActNumber: optional(integer()) }

export const NameHistory = core.sequence({ ...when, Name })
export type NameHistory = Infer<typeof NameHistory>
export const GenderHistory = core.sequence({ ...when, Gender })
export type GenderHistory = Infer<typeof GenderHistory>
export const BirthHistory = core.sequence({ ...when, Birth: BirthDecease, ...act })
export type BirthHistory = Infer<typeof BirthHistory>
export const CivilstateHistory = core.sequence({ ...when, CivilState, ...act })
export type CivilstateHistory = Infer<typeof CivilstateHistory>
export const DeceaseHistory = core.sequence({ ...when, Decease: BirthDecease, ...act })
export type DeceaseHistory = Infer<typeof DeceaseHistory>
/** Without address: there was none. */
export const AddressHistory = core.sequence({ ...when, Address: optional(Address) })
export type AddressHistory = Infer<typeof AddressHistory>
export const NationalityHistory = core.sequence({
  ...when,
  Nationality,
  ObtainementReason: optional(
    core.sequence({ Code: integer(), Description: many(LocalisedString, { max: 5 }) }),
  ),
  RegistrationLocation: optional(Where),
})
export type NationalityHistory = Infer<typeof NationalityHistory>
export const FamilyCompositionHistory = core.sequence({
  ...when,
  FamilyComposition: core.sequence({ FamilyMember: many(FamilyMember, { max: 100 }) }),
})
export type FamilyCompositionHistory = Infer<typeof FamilyCompositionHistory>
