/**
 * Verification of cards (spec rn-consult §11, §13). Names of cards, remarks and refusals are (inferred): the platform
 * publishes no list of them; they stand here and nowhere else.
 */
import {
  idCombinations,
  idSupportOperations,
  idTypes,
  ProviderInfo,
  type Id,
  type VerifyIdRequest,
  type VerifyIdResponse,
} from '../../business/idSupport/contract.js'
import { reasonCodes, statusCodes } from '../../business/rnConsult/contract.js'
import { belgianDay } from '../../technical/environment/belgianCalendar.js'
import { isSsin } from '../../technical/identifiers/index.js'
import { successCodes } from '../../technical/soap/status.js'
import { write } from '../../technical/xml/index.js'
import { peopleOf, type RegisterCard } from '../register/index.js'
import { simulate, type SimulatedCall, type SimulatedService } from '../service.js'

export const idSupport: SimulatedService = {
  service: 'idSupport',
  operations: [simulate(idSupportOperations.verifyId, { answer: (call) => ({ value: answer(call) }) })],
}

function answer(call: SimulatedCall<VerifyIdRequest>): VerifyIdResponse {
  const ids = call.request.IdentificationData.Id
  const problem = problemOf(ids, call.now)
  if (problem !== undefined) return { ...envelope(call), Status: refused(problem) }
  const people = peopleOf(call.world)
  const [ssin, number, barcode] = [idTypes.ssin, idTypes.cardNumber, idTypes.barcoded].map((type) =>
    valueOf(ids, type),
  )
  const card = people.card(barcode ?? number ?? '')
  // a card stays that of its holder when his number is replaced
  const isHis =
    card !== undefined &&
    (ssin === undefined || people.find(ssin)?.ssin === (people.find(card.holder)?.ssin ?? card.holder))
  const valid = isHis && card.ended === undefined && card.expires >= belgianDay(call.now)
  return {
    ...envelope(call),
    Status: { StatusCode: { Value: successCodes['commons-v2'][0]! } },
    ValidationResult: {
      Id: barcode !== undefined && isHis ? idsOf(card) : ids,
      ...(isHis ? { Card: card.kind } : {}),
      IsValidCombination: String(valid),
      Info: isHis ? [remarkOf(card)] : [],
    },
  }
}

function envelope({ request, world, now }: SimulatedCall<VerifyIdRequest>) {
  return {
    Id: `_${world.runtime.uuid()}`,
    ...(request.Id === undefined ? {} : { InResponseTo: request.Id }),
    IssueInstant: now,
  }
}

const valueOf = (ids: readonly Id[], type: string): string | undefined =>
  ids.find(({ Type }) => Type === type)?.value

/** The barcode alone says whose card it is: the answer tells. */
const idsOf = ({ holder, number }: RegisterCard): Id[] => [
  { Type: idTypes.ssin, value: holder },
  { Type: idTypes.cardNumber, value: number },
]

function remarkOf({ ended, expires }: RegisterCard) {
  return ended === undefined
    ? { value: 'End of validity', Date: expires, Detail: 'expiry' }
    : { value: 'Card out of use', Date: ended.on, Detail: ended.why.toLowerCase() }
}

interface Problem {
  readonly text: string
  readonly field?: string
  readonly value?: string
}

function problemOf(ids: readonly Id[], now: Date): Problem | undefined {
  const types = ids.map(({ Type }) => Type)
  const together = idCombinations.some(
    (combination) => combination.length === types.length && combination.every((type) => types.includes(type)),
  )
  if (!together) return { text: 'These identifiers are not verified together' }
  const empty = ids.find(({ value }) => value.trim() === '')
  if (empty !== undefined) return { text: 'An identifier is empty', field: empty.Type }
  const ssin = valueOf(ids, idTypes.ssin)
  return ssin === undefined || isSsin(ssin, { asOf: now })
    ? undefined
    : { text: 'Validation error', field: 'ssin', value: ssin }
}

function refused({ text, field, value }: Problem): VerifyIdResponse['Status'] {
  const info = write(ProviderInfo, {
    Value: 'NO_RESULT',
    Code: reasonCodes.validation,
    Description: text,
    Information:
      field === undefined
        ? []
        : [{ FieldName: field, ...(value === undefined ? {} : { FieldValue: value }) }],
  })
  return {
    StatusCode: {
      Value: statusCodes.requester,
      StatusCode: { Value: statusCodes.invalidInput },
    },
    StatusMessage: text,
    StatusDetail: { xml: detailOf(info.xml) },
  }
}

/** The element around what the status tells in detail. */
const detailOf = (inside: string): string =>
  `<c2:StatusDetail xmlns:c2="urn:be:fgov:ehealth:commons:core:v2">${inside}</c2:StatusDetail>`
