/** The depot of encryption tokens, version 1 (spec etee §2.4, §2.5). */
import {
  etkDepotOperations,
  type EtkIdentifier,
  type GetEtkRequest,
  type GetEtkResponse,
} from '../../technical/etk/contract.js'
import { formatForEtk, identifierTypes, isCbe, isNihii, isSsin } from '../../technical/identifiers/index.js'
import { simulate, type SimulatedCall, type SimulatedService } from '../service.js'
import type { DepotToken, World } from '../world.js'

/**
 * Open to everybody, nothing signed.
 *
 * @param prepare makes tokens of those who get keys only when somebody asks for them
 */
export const createEtkDepot = (
  prepare: (identifier: EtkIdentifier) => Promise<unknown>,
): SimulatedService => ({
  service: 'etkDepot',
  operations: [
    simulate(etkDepotOperations.getEtk, {
      answer: async (call) => {
        await Promise.all(call.request.SearchCriteria.Identifier.map(prepare))
        return { value: answer(call) }
      },
    }),
  ],
})

function answer({ request, world, now }: SimulatedCall<GetEtkRequest>): GetEtkResponse {
  const identifiers = request.SearchCriteria.Identifier
  if (!identifiers.every(({ Type }) => identifierTypes.some(({ etk }) => etk === Type)))
    return { Status: status('400', 'Unknown identifier type') }
  const given = { Status: status('200', 'Success'), GivenSearchCriteria: request.SearchCriteria }
  const matches = [...new Set(identifiers.flatMap((identifier) => search(world, identifier)))]
  if (matches.length === 0) return { ...given, Error: identifiers.map((i) => reasonFor(i, now)) }
  if (matches.length === 1) return { ...given, ETK: matches[0]!.etk }
  return { ...given, MatchingEtk: matches.map((token) => ({ Identifier: [identifierOf(token)] })) }
}

const status = (Code: string, value: string): GetEtkResponse['Status'] => ({
  Code,
  Message: [{ Lang: 'EN', value }],
})

function search(world: World, { Type, Value, ApplicationID }: EtkIdentifier): DepotToken[] {
  const value = padded(Type, Value)
  const served = world.tokens.filter(
    (token) =>
      token.replaced !== true &&
      // An absent element means any application, an empty one the token without.
      (ApplicationID === undefined || (token.application ?? '') === ApplicationID),
  )
  const named = served.filter((token) => token.type === Type && token.value === value)
  if (named.length > 0 || value === undefined || !Type.startsWith('NIHII')) return named
  // A professional who is asked for by NIHII has a token by SSIN.
  const actor = world.findActor(Type, value)
  if (actor === undefined) return []
  return served.filter(
    (token) => token.type === actor.certificateType && token.value === actor.certificateValue,
  )
}

function padded(type: string, value: string): string | undefined {
  try {
    return formatForEtk(type, value)
  } catch {
    return undefined
  }
}

/** An empty application, so that asking again with the identifier gives this very token. */
const identifierOf = ({ type, value, application }: DepotToken): EtkIdentifier => ({
  Type: type,
  Value: value,
  ApplicationID: application ?? '',
})

function reasonFor({ Type, Value }: EtkIdentifier, now: Date): { Code: string; Message: string } {
  const value = padded(Type, Value)
  const none = { Code: 'NO_MATCHING_ETK', Message: 'No matching ETK' }
  // The platform takes zeros only for a number that nobody has, not for a wrong one.
  if (value !== undefined && /^0+$/.test(value)) return none
  const invalid = (family: string) => ({
    Code: `INVALID_${family}_NUMBER`,
    Message: `The ${family} number is invalid`,
  })
  if (Type === 'SSIN' && !isSsin(value ?? '', { asOf: now })) return invalid('SSIN')
  if (Type.startsWith('NIHII') && !isNihii(value ?? '')) return invalid('NIHII')
  if (/^CBE(-|$)/.test(Type) && !isCbe(value ?? '')) return invalid('CBE')
  return none
}
