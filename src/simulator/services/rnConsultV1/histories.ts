/** The history of one fact of a person (spec rn-consult §9). */
import type {
  AddressHistory,
  BirthHistory,
  CivilstateHistory,
  DeceaseHistory,
  FamilyCompositionHistory,
  GenderHistory,
  HistoryFact,
  HistoryRequest,
  NameHistory,
  NationalityHistory,
} from '../../../business/rnConsultV1/contract.js'
import { peopleOf, type RegisterPerson, type Since } from '../../register/index.js'
import type { SimulatedCall } from '../../service.js'
import { personWith } from './answer.js'
import {
  addressOf,
  civilStateOf,
  countryOf,
  genderOf,
  membersOf,
  nameOf,
  originOf,
  personDataOf,
} from './show.js'

/** Lists by the names of their elements. */
export interface Histories {
  name: { NameHistory: NameHistory[] }
  gender: { GenderHistory: GenderHistory[] }
  birth: { BirthHistory: BirthHistory[] }
  civilState: { CivilstateHistory: CivilstateHistory[] }
  decease: { DeceaseHistory: DeceaseHistory[] }
  address: { AddressHistory: AddressHistory[] }
  nationality: { NationalityHistory: NationalityHistory[] }
  familyComposition: { FamilyCompositionHistory: FamilyCompositionHistory[] }
}

/** When it became so: the register learns of it the same day. */
const since = (person: RegisterPerson, from: string) => ({
  Source: originOf(person),
  ModificationDate: from,
  EffectuationDate: from,
})

type Call = SimulatedCall<HistoryRequest>
const read: { readonly [Fact in HistoryFact]: (person: RegisterPerson, call: Call) => Histories[Fact] } = {
  name: (person) => ({
    NameHistory: list(person.life().names, (value) => ({ Name: nameOf(value) }), person),
  }),
  gender: (person) => ({
    GenderHistory: list(person.life().genders, (value) => ({ Gender: { value: genderOf(value) } }), person),
  }),
  birth: (person) => ({
    BirthHistory: [{ ...since(person, person.birthDate), Birth: personDataOf(person).Birth! }],
  }),
  civilState: (person) => ({
    CivilstateHistory: list(
      person.life().civilStates,
      (value) => ({ CivilState: civilStateOf(value) }),
      person,
    ),
  }),
  decease: (person) => {
    const { Decease } = personDataOf(person)
    return { DeceaseHistory: Decease === undefined ? [] : [{ ...since(person, Decease.Date), Decease }] }
  },
  address: (person) => ({
    AddressHistory: list(person.life().addresses, (value) => ({ Address: addressOf(value) }), person),
  }),
  nationality: (person) => ({
    NationalityHistory: list(
      person.life().nationalities,
      (value) => ({ Nationality: countryOf(value) }),
      person,
    ),
  }),
  familyComposition: (person, { world }) => {
    const FamilyMember = membersOf(peopleOf(world).household(person.ssin))
    return {
      FamilyCompositionHistory: [{ Source: originOf(person), FamilyComposition: { FamilyMember } }],
    }
  },
}

/** Newest first (inferred). */
const list = <T, Entry>(
  facts: readonly Since<T>[],
  entry: (value: T) => Entry,
  person: RegisterPerson,
): (ReturnType<typeof since> & Entry)[] =>
  facts.map(({ from, value }) => ({ ...since(person, from), ...entry(value) })).toReversed()

/** What a reply says even where there is nobody. */
export const noHistory: { readonly [Fact in HistoryFact]: Histories[Fact] } = {
  name: { NameHistory: [] },
  gender: { GenderHistory: [] },
  birth: { BirthHistory: [] },
  civilState: { CivilstateHistory: [] },
  decease: { DeceaseHistory: [] },
  address: { AddressHistory: [] },
  nationality: { NationalityHistory: [] },
  familyComposition: { FamilyCompositionHistory: [] },
}

/** The history of a fact; without number where nobody has it. */
export function historyOf<Fact extends HistoryFact>(
  fact: Fact,
  call: Call,
): Histories[Fact] & { SSIN?: string } {
  const person = personWith(call, call.request.SSIN)
  return person === undefined ? noHistory[fact] : { SSIN: person.ssin, ...read[fact](person, call) }
}
