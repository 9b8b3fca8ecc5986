/** SSINHistory, version 1 (spec rn-consult §7): asked with a certificate, without a token. */
import {
  ssinHistoryOperations,
  type ConsultCurrentSsinRequest,
  type ConsultCurrentSsinResponse,
  type ConsultRelatedSsinsRequest,
  type ConsultRelatedSsinsResponse,
} from '../../business/ssinHistory/contract.js'
import { isSsin } from '../../technical/identifiers/index.js'
import { peopleOf } from '../register/index.js'
import { simulate, type SimulatedCall, type SimulatedService } from '../service.js'
import { answered, refused } from './registers/answer.js'
import { authoriseRegisters } from './registers/authorisation.js'

export const ssinHistory: SimulatedService = {
  service: 'ssinHistory',
  operations: [
    simulate(ssinHistoryOperations.consultCurrentSsin, {
      authorise: authoriseRegisters,
      answer: (call) => ({ value: current(call) }),
    }),
    simulate(ssinHistoryOperations.consultRelatedSsins, {
      authorise: authoriseRegisters,
      answer: (call) => ({ value: related(call) }),
    }),
  ],
}

function current(call: SimulatedCall<ConsultCurrentSsinRequest>): ConsultCurrentSsinResponse {
  const { request, world, now } = call
  const ssin = request.Ssin
  if (!/^[0-9]{11}$/.test(ssin) || !isSsin(ssin, { asOf: now }))
    return refused(call, { kind: 'validation', field: 'ssin', value: ssin })
  const found = peopleOf(world).find(ssin)
  if (found === undefined) return refused(call, { kind: 'unknown' })
  return {
    ...answered(call),
    Ssin: {
      value: found.ssin,
      Canceled: found.cancelled,
      ...(found.replaces === undefined ? {} : { Replaces: found.replaces }),
    },
  }
}

function related(call: SimulatedCall<ConsultRelatedSsinsRequest>): ConsultRelatedSsinsResponse {
  const answer = current(call)
  const numbers = peopleOf(call.world).related(call.request.Ssin)
  return answer.Ssin === undefined || numbers.length === 0
    ? answer
    : { ...answer, RelatedSsins: { RelatedSsin: [...numbers] } }
}
