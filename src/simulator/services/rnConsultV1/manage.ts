/** Making and changing people of the Crossroads Bank, inscriptions, and changes that wait (spec rn-consult §9). */
import type {
  CreatePersonReply,
  CreatePersonRequest,
  DeleteInscriptionRequest,
  InsertInscriptionRequest,
  ModifyPersonRequest,
  MutationReply,
  MutationRequest,
  Person,
} from '../../../business/rnConsultV1/contract.js'
import { belgianDay } from '../../../technical/environment/belgianCalendar.js'
import { isIncompleteDate } from '../../../technical/identifiers/index.js'
import { peopleOf, savePeople } from '../../register/index.js'
import type { SimulatedCall } from '../../service.js'
import { personWith, V1Refusal } from './answer.js'
import { inscribe, inscribed, questionOf, shown } from './search.js'
import { personDataOf } from './show.js'
import { callerKey, inscriptionKey, save, stateOf, tellInscribed } from './state.js'

type Created = Pick<CreatePersonReply, 'PersonCreated' | 'PhoneticResult'>

/** Nobody is made who looks like somebody: both answers are a success here, unlike in the later generations. */
export async function create(call: SimulatedCall<CreatePersonRequest>): Promise<Created> {
  const { Name, Birth, Gender } = call.request.PersonData
  if (Name === undefined || Birth === undefined || !isIncompleteDate(Birth.Date))
    throw new V1Refusal('data', 'Name and birth are needed')
  const people = peopleOf(call.world)
  const question = questionOf({
    LastName: Name.Last,
    ...(Name.First === undefined ? {} : { FirstName: Name.First }),
    BirthDate: Birth.Date,
    ...(Gender === undefined ? {} : { Gender }),
  })
  const similar = people.search({ ...question, variation: 0 })
  if (similar.length > 0) return { PhoneticResult: { Person: similar.map((person) => shown(call, person)) } }
  const person = people.add({
    lastName: Name.Last,
    givenNames: [Name.First, Name.Middle].filter((name) => name !== undefined),
    birthDate: Birth.Date,
    ...(question.gender === undefined ? {} : { gender: question.gender as 'F' | 'M' }),
    life: {},
  })
  await savePeople(call.world)
  return { PersonCreated: { SSIN: person.ssin, PersonData: personDataOf(person) } }
}

/** (inferred) Who is in the national register is changed by his municipality, not here. */
export async function modify(call: SimulatedCall<ModifyPersonRequest>): Promise<{ Person?: Person }> {
  const { world, request } = call
  const person = personWith(call, request.Person.SSIN.value)
  if (person === undefined) throw new V1Refusal('ssin', 'Unknown SSIN')
  if (person.register === 'NR') throw new V1Refusal('notBis', 'Not a person of the Crossroads Bank')
  const { changed } = stateOf(world)
  changed[person.ssin] = { ...changed[person.ssin], ...request.Person.PersonData }
  const now = shown(call, person)
  tellInscribed(world, person.ssin, {
    MutationInformation: { Author: 'CBSS', Type: 'PERSON', Description: [] },
    Person: now,
  })
  await save(world)
  return { Person: now }
}

export async function insertInscription(call: SimulatedCall<InsertInscriptionRequest>): Promise<object> {
  const person = inscribed(call)
  if (person === undefined) throw new V1Refusal('ssin', 'Unknown SSIN')
  await inscribe(call, person)
  return {}
}

export async function deleteInscription(call: SimulatedCall<DeleteInscriptionRequest>): Promise<object> {
  const { world, caller } = call
  const person = inscribed(call)
  const key = inscriptionKey(caller, person?.ssin ?? call.request.Inscription.SSIN.value)
  const { inscriptions } = stateOf(world)
  if (!Object.hasOwn(inscriptions, key)) throw new V1Refusal('inscription', 'There is no such inscription')
  delete inscriptions[key]
  await save(world)
  return {}
}

/** (inferred) What is handed out waits no longer; lists of a caller are counted. */
export async function mutations({
  world,
  caller,
  now,
}: SimulatedCall<MutationRequest>): Promise<{ value: MutationReply }> {
  const state = stateOf(world)
  const key = callerKey(caller)
  const Mutation = state.waiting[key] ?? []
  const SequenceNumber = (state.lists[key] ?? 0) + 1
  state.lists[key] = SequenceNumber
  delete state.waiting[key]
  await save(world)
  return {
    value: {
      Header: { ApplicationId: '0', Date: belgianDay(now), SequenceNumber, Environment: 'T' },
      ...(Mutation.length === 0 ? {} : { MutationList: { Mutation } }),
    },
  }
}
