/** A service of the simulator made from a contract that somebody dropped in. */
import { EHealthError } from '../errors.js'
import type {
  ContractOperations,
  RequestOf,
  ResponseOf,
  ServiceContract,
} from '../technical/service/serviceContract.js'
import type { Operation } from '../technical/soap/types.js'
import { simulate, type OperationHandler, type SimulatedService } from './service.js'

/** What each operation answers. */
export type ContractHandlers<Operations extends ContractOperations> = {
  readonly [Name in keyof Operations]: OperationHandler<
    RequestOf<Operations[Name]>,
    ResponseOf<Operations[Name]>
  >
}

/**
 * Joins a contract of your own with what its operations answer, for the option `services` of `startSimulator`. SOAP,
 * certificate or token, signature and schema have been checked when a handler runs.
 *
 * @throws EHealthError `service.contract` for an operation without handler
 *
 * @example
 * ```ts
 * import { serviceContract } from 'ehealth-connectors/service'
 * import { serveContract, startSimulator } from 'ehealth-connectors/simulator'
 *
 * const contract = serviceContract({ service: 'personInfoService', operations: { ask: operation } })
 * const service = serveContract(contract, {
 *   ask: { answer: ({ request, now }) => ({ value: { Answer: `${request.Question} 42`, At: now } }) },
 * })
 * await using simulator = await startSimulator({ services: [service] })
 * ```
 */
export function serveContract<Operations extends ContractOperations>(
  contract: ServiceContract<Operations>,
  handlers: ContractHandlers<Operations>,
): SimulatedService {
  const given = handlers as Readonly<Record<string, OperationHandler<unknown, unknown> | undefined>>
  const operations = Object.entries(contract.operations as Record<string, Operation<unknown, unknown>>)
  return {
    service: contract.service,
    operations: operations.map(([name, operation]) => {
      const handler = given[name]
      if (typeof handler?.answer !== 'function')
        throw new EHealthError('service.contract', `handlers.${name}: expected an answer`, {
          path: `handlers.${name}`,
        })
      return simulate(operation, handler)
    }),
  }
}
