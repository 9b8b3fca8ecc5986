/** One question to the depot, and what its answers mean (spec etee §2.4). */
import { EHealthError, type ErrorCode, type PlatformDetail } from '../../errors.js'
import type { Session } from '../session/index.js'
import { answerOf } from '../soap/status.js'
import { etkDepotOperations, type EtkIdentifier, type GetEtkResponse } from './contract.js'
import type { TokenMatch, TokenOwner, VerifiedToken } from './types.js'

/** A token with its octets, or the identifiers of several that fit. */
export type DepotAnswer =
  | { readonly token: VerifiedToken; readonly octets: Uint8Array; readonly matches?: undefined }
  | { readonly token?: undefined; readonly matches: readonly TokenMatch[] }

/** Meaning of the status of an answer (comments of the WSDL). */
const statusCodes: Readonly<Record<string, ErrorCode>> = {
  400: 'etk.unknown-type',
  404: 'etk.not-found',
  500: 'etk.unavailable',
}

/** Meaning of an error inside an answer that is otherwise a success. */
const errorCodes: Readonly<Record<string, ErrorCode>> = {
  NO_MATCHING_ETK: 'etk.not-found',
  INVALID_SSIN_NUMBER: 'etk.invalid-number',
  INVALID_NIHII_NUMBER: 'etk.invalid-number',
  INVALID_CBE_NUMBER: 'etk.invalid-number',
}

/**
 * Asks the depot. A token is verified as a part of the call.
 *
 * @throws EHealthError `etk.not-found`, `etk.invalid-number`, `etk.unknown-type`, `etk.unavailable`, `etk.refused` (a code that
 * the platform does not document), `contract.unreadable`, and what `verify` throws
 */
export async function askDepot(
  session: Session,
  owner: TokenOwner,
  verify: (octets: Uint8Array) => Promise<VerifiedToken>,
): Promise<DepotAnswer> {
  let token: VerifiedToken | undefined
  const { value: answer, meta } = await session.call(
    etkDepotOperations.getEtk,
    { SearchCriteria: { Identifier: [identifierOf(owner)] } },
    {
      verify: ({ value: { Status, Error: errors = [], ETK } }) =>
        Status.Code !== '200' || errors.length > 0 || ETK === undefined
          ? undefined
          : async () => {
              token = await verify(ETK)
            },
    },
  )
  const { Status, Error: [error] = [] } = answer
  if (Status.Code !== '200')
    throw refusal(codeIn(statusCodes, Status.Code), { ...detailOf(Status), ...answerOf(meta) })
  if (error !== undefined)
    throw refusal(codeIn(errorCodes, error.Code), {
      code: error.Code,
      messages: [{ text: error.Message }],
      ...answerOf(meta),
    })
  if (answer.ETK !== undefined && token !== undefined) return { token, octets: answer.ETK }
  const { MatchingEtk: matching = [] } = answer
  if (matching.length === 0)
    throw new EHealthError('contract.unreadable', 'GetEtkResponse: neither token nor matches nor error', {
      path: 'GetEtkResponse',
    })
  return { matches: matching.map(({ Identifier }) => ({ identifiers: Identifier.map(ownerOf) })) }
}

const identifierOf = ({ type, value, application }: TokenOwner): EtkIdentifier => ({
  Type: type,
  Value: value,
  ...(application === undefined ? {} : { ApplicationID: application }),
})

/** In an answer an absent application and an empty one both tell of the token without. */
const ownerOf = ({ Type, Value, ApplicationID = '' }: EtkIdentifier): TokenOwner => ({
  type: Type,
  value: Value,
  application: ApplicationID,
})

const codeIn = (codes: Readonly<Record<string, ErrorCode>>, code: string): ErrorCode =>
  Object.hasOwn(codes, code) ? codes[code]! : 'etk.refused'

function refusal(code: ErrorCode, platform: PlatformDetail): EHealthError {
  const message =
    code === 'etk.not-found'
      ? 'no encryption token is published for this actor'
      : `the ETK depot answered ${platformCode(platform.code ?? '')}`
  return new EHealthError(code, message, { platform })
}

/** A code of the platform is quoted only when it looks like one. */
const platformCode = (code: string): string => (/^[A-Z0-9_-]{1,40}$/.test(code) ? code : 'unknown')

function detailOf({ Code, Message }: GetEtkResponse['Status']): PlatformDetail {
  return {
    code: Code,
    messages: Message.map(({ value, Lang }) => ({
      text: value,
      ...(Lang === undefined ? {} : { language: Lang }),
    })),
  }
}
