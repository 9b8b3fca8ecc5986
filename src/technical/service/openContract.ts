/** Calling a service by a contract of one's own. */
import type { Session, SessionCallOptions } from '../session/types.js'
import type { CallResult, Operation } from '../soap/types.js'
import type { ContractOperations, RequestOf, ResponseOf, ServiceContract } from './serviceContract.js'

/** A service by its contract: a function for each operation. */
export type ContractedService<Operations extends ContractOperations> = {
  readonly [Name in keyof Operations]: (
    request: RequestOf<Operations[Name]>,
    options?: SessionCallOptions<ResponseOf<Operations[Name]>>,
  ) => Promise<CallResult<ResponseOf<Operations[Name]>>>
}

/**
 * Opens a service for a session by a contract: request validated and written, signed as the contract demands, sent, faults
 * mapped, answer read. A status inside of the answer is the caller's to judge, with `assertCommonsV2Status` and its
 * siblings of `ehealth-connectors/soap`.
 *
 * @throws EHealthError at the call: `contract.invalid` with a path (nothing was sent), `transport.*`, `fault.*`,
 *   `token.*`, `contract.unreadable`
 *
 * @example
 * ```ts
 * import { openContract, serviceContract } from 'ehealth-connectors/service'
 * import { assertCommonsV2Status } from 'ehealth-connectors/soap'
 *
 * const contract = serviceContract({ service: 'inscriptionService', operations: { ask: operation } })
 * const { ask } = openContract(session, contract)
 * const { value, element } = await ask({ Question: 'How many?' })
 * assertCommonsV2Status(element)
 * console.log(value.Answer)
 * ```
 */
export function openContract<Operations extends ContractOperations>(
  session: Session,
  { operations }: ServiceContract<Operations>,
): ContractedService<Operations> {
  const entries = Object.entries(operations as Record<string, Operation<unknown, unknown>>)
  return Object.fromEntries(
    entries.map(([name, operation]) => [
      name,
      (request: unknown, options: SessionCallOptions<unknown> = {}) =>
        session.call(operation, request, options),
    ]),
  ) as unknown as ContractedService<Operations>
}
