/** CBSSPersonService, version 1 (spec rn-consult §6, §13): who looks like nobody gets a BIS number. */
import {
  registrationOperations,
  similarPersonsCode,
  statusCodes,
  type RegisteredPersonElement,
  type RegisterPersonRequest,
  type RegisterPersonResponse,
} from '../../../business/rnConsult/contract.js'
import { belgianDay } from '../../../technical/environment/belgianCalendar.js'
import { peopleOf, savePeople, type RegisterPerson } from '../../register/index.js'
import { identificationOf, personElement } from '../../register/show.js'
import type { DataGroup } from '../../register/settings.js'
import { simulate, type SimulatedCall, type SimulatedService } from '../../service.js'
import { answered, refused } from '../registers/answer.js'
import { authoriseRegisters, groupsFor } from '../registers/authorisation.js'
import { newPersonOf, problemOf } from './declared.js'
import { similarTo } from './similar.js'

export const cbssPersonService: SimulatedService = {
  service: 'cbssPersonService',
  operations: [
    simulate(registrationOperations.registerPerson, {
      authorise: authoriseRegisters,
      answer: async (call) => ({ value: await register(call) }),
    }),
  ],
}

async function register(call: SimulatedCall<RegisterPersonRequest>): Promise<RegisterPersonResponse> {
  const { request, caller, world, now } = call
  const { Declaration } = request
  const groups = groupsFor(request.ApplicationId, caller, world)
  if (groups === undefined)
    return refused(call, { kind: 'not-authorised', description: 'The Application ID is not known' })
  const problem = problemOf(Declaration.Person, now)
  if (problem !== undefined) return refused(call, problem)
  const today = belgianDay(now)
  const person = newPersonOf(Declaration.Person, today)
  const similar = similarTo(world, person)
  if (similar.length > 0) return { ...existing(call, similar, groups), Declaration }
  const made = peopleOf(world).add(person)
  await savePeople(world)
  return { ...answered(call), Declaration, Result: { NewlyRegisteredPerson: registeredOf(made, groups) } }
}

/** (inferred) Not a success, as in the service before: nobody was registered. */
function existing(
  call: SimulatedCall<RegisterPersonRequest>,
  similar: readonly RegisterPerson[],
  groups: readonly DataGroup[],
): RegisterPersonResponse {
  const { Status, ...rest } = refused(call, {
    kind: 'rule',
    code: similarPersonsCode,
    description: 'Similar persons exist',
  })
  return {
    ...rest,
    Status: {
      ...Status,
      StatusCode: { Value: statusCodes.requester, StatusCode: { Value: statusCodes.notAuthorised } },
      StatusMessage: 'Person not created: similar persons exist',
    },
    Result: {
      ExistingPersons: { ExistingPerson: similar.map((person) => identificationOf(person, groups)) },
    },
  }
}

/** The groups that this answer has; the name always. */
function registeredOf(person: RegisterPerson, groups: readonly DataGroup[]): RegisteredPersonElement {
  const { Name, Nationalities, Birth, Decease, Gender, CivilStates, Address, ContactAddress, Anomalies } =
    personElement(person, [...new Set<DataGroup>([...groups, 'Name'])])
  return {
    Register: person.register,
    ...(person.registered === undefined ? {} : { RegisterInceptionDate: person.registered }),
    Ssin: person.ssin,
    Name: Name!,
    ...(Nationalities === undefined ? {} : { Nationalities }),
    ...(Birth === undefined ? {} : { Birth }),
    ...(Decease === undefined ? {} : { Decease }),
    ...(Gender === undefined ? {} : { Gender }),
    ...(CivilStates === undefined ? {} : { CivilStates }),
    ...(Address?.ResidentialAddress === undefined
      ? {}
      : { Address: { ResidentialAddress: Address.ResidentialAddress } }),
    ...(ContactAddress === undefined ? {} : { ContactAddress }),
    ...(Anomalies === undefined ? {} : { Anomalies }),
  }
}
