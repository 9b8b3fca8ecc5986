/** Finding people by number, which inscribes them as well, and by the sound of their names (spec rn-consult §9). */
import type {
  Inscription,
  Person,
  PhoneticCriteria,
  SearchBySSINRequest,
  SearchPhoneticRequest,
} from '../../../business/rnConsultV1/contract.js'
import { peopleOf, type PhoneticQuestion, type RegisterPerson } from '../../register/index.js'
import type { SimulatedCall } from '../../service.js'
import { personWith, V1Refusal } from './answer.js'
import { personOf } from './show.js'
import { inscriptionKey, save, stateOf } from './state.js'

/** What others of this generation are told of somebody: the register, and what was changed since. */
export function shown({ world }: SimulatedCall<unknown>, person: RegisterPerson): Person {
  const known = personOf(person)
  const changed = stateOf(world).changed[person.ssin]
  return changed === undefined ? known : { ...known, PersonData: { ...known.PersonData, ...changed } }
}

/** The person of an inscription; his name must fit when it is given. */
export function inscribed(call: SimulatedCall<{ Inscription: Inscription }>): RegisterPerson | undefined {
  const { SSIN, Name } = call.request.Inscription
  const person = personWith(call, SSIN.value)
  if (person !== undefined && Name !== undefined && Name.Last.toUpperCase() !== person.lastName)
    throw new V1Refusal('name', 'The name is not that of the person')
  return person
}

export async function bySsin(call: SimulatedCall<SearchBySSINRequest>): Promise<{ Person?: Person }> {
  const person = inscribed(call)
  if (person === undefined) return {}
  await inscribe(call, person)
  return { Person: shown(call, person) }
}

export async function inscribe(
  { request, caller, world }: SimulatedCall<{ Inscription: Inscription }>,
  { ssin }: RegisterPerson,
): Promise<void> {
  stateOf(world).inscriptions[inscriptionKey(caller, ssin)] = request.Inscription
  await save(world)
}

/** (inferred) Results where no maximum is given. */
const usualMaximum = 20

export function phonetically(call: SimulatedCall<SearchPhoneticRequest>): { Person: Person[] } {
  const { PhoneticCriteria: criteria } = call.request
  if (criteria.Tolerance === undefined && criteria.BirthDate.slice(4).includes('-00'))
    throw new V1Refusal('tolerance', 'A tolerance is needed beside a date that is not complete')
  const found = peopleOf(call.world).search(questionOf(criteria))
  const maximum = criteria.Maximum ?? usualMaximum
  if (found.length > maximum)
    throw new V1Refusal('tooMany', 'Too many results', { name: 'Maximum', value: String(maximum) })
  return { Person: found.map((person) => shown(call, person)) }
}

export function questionOf(criteria: PhoneticCriteria): PhoneticQuestion {
  const { LastName, FirstName, MiddleName, BirthDate, Gender, Tolerance } = criteria
  const gender = Gender?.value === 'FEMALE' ? 'F' : Gender?.value === 'MALE' ? 'M' : undefined
  return {
    lastName: LastName,
    givenNames: [FirstName, MiddleName].filter((name) => name !== undefined),
    matching: FirstName === undefined && MiddleName === undefined ? 'IGNORE_GIVENNAME' : 'ALL_GIVENNAME',
    birthDate: BirthDate,
    ...(Tolerance === undefined ? {} : { variation: Tolerance }),
    ...(gender === undefined ? {} : { gender }),
  }
}
