/** PersonService, version 1 (spec rn-consult §5, §13), over the people of this simulator. */
import {
  personOperations,
  type SearchPersonBySsinRequest,
  type SearchPersonBySsinResponse,
  type SearchPersonPhoneticallyRequest,
  type SearchPersonPhoneticallyResponse,
} from '../../../business/rnConsult/contract.js'
import { isSsin } from '../../../technical/identifiers/index.js'
import { peopleOf } from '../../register/index.js'
import { identificationOf, personElement } from '../../register/show.js'
import { simulate, type SimulatedCall, type SimulatedService } from '../../service.js'
import { answered, refused } from '../registers/answer.js'
import { authoriseRegisters, groupsFor } from '../registers/authorisation.js'
import { questionOf } from './criteria.js'

export const personService: SimulatedService = {
  service: 'personService',
  operations: [
    simulate(personOperations.searchPersonBySsin, {
      authorise: authoriseRegisters,
      answer: (call) => ({ value: bySsin(call) }),
    }),
    simulate(personOperations.searchPersonPhonetically, {
      authorise: authoriseRegisters,
      answer: (call) => ({ value: phonetically(call) }),
    }),
  ],
}

const notAuthorised = { kind: 'not-authorised', description: 'The Application ID is not known' } as const

function bySsin(call: SimulatedCall<SearchPersonBySsinRequest>): SearchPersonBySsinResponse {
  const { request, caller, world, now } = call
  const groups = groupsFor(request.ApplicationId, caller, world)
  if (groups === undefined) return refused(call, notAuthorised)
  const ssin = request.Criteria.Ssin
  if (!/^[0-9]{11}$/.test(ssin) || !isSsin(ssin, { asOf: now }))
    return refused(call, { kind: 'validation', field: 'ssin', value: ssin })
  const found = peopleOf(world).find(ssin)
  // (inferred) an unknown number is a refusal with a code inside, as in the history of numbers
  if (found === undefined) return refused(call, { kind: 'unknown' })
  if (found.person === undefined) return { ...answered(call), Ssin: { value: ssin, Canceled: true } }
  return {
    ...answered(call),
    Ssin: {
      value: found.ssin,
      Canceled: false,
      ...(found.replaces === undefined ? {} : { Replaces: found.replaces }),
    },
    Result: { Person: personElement(found.person, groups) },
  }
}

function phonetically(
  call: SimulatedCall<SearchPersonPhoneticallyRequest>,
): SearchPersonPhoneticallyResponse {
  const { request, caller, world } = call
  const groups = groupsFor(request.ApplicationId, caller, world)
  if (groups === undefined) return refused(call, notAuthorised)
  const question = questionOf(request.Criteria)
  if ('refusal' in question) return refused(call, question.refusal)
  const persons = peopleOf(world).search(question.asked)
  if (persons.length > question.most) return refused(call, { kind: 'too-many' })
  if (persons.length === 0) return answered(call)
  return {
    ...answered(call),
    Result: {
      PersonIdentifications: {
        PersonIdentification: persons.map((person) => identificationOf(person, groups)),
      },
    },
  }
}
