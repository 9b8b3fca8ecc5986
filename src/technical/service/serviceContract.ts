/**
 * The contract of a service that this library does not know, dropped in as data: for services whose contracts the platform
 * gives to partners only (spec rn-consult §10). What is described here is called through the same pipeline as everything
 * else, and served by the simulator.
 */
import { EHealthError } from '../../errors.js'
import { isServiceName, type ServiceName } from '../environment/services.js'
import { refuseUnknownOptions } from '../session/options.js'
import type { Operation, Packaging } from '../soap/types.js'
import type { SecurityDemands, SecurityKind } from '../soap/wsSecurity/forms.js'
import type { ElementDeclaration } from '../xml/contract.js'

/** One operation in a contract of one's own; its name is the key under which it stands. */
export interface ContractOperation<Request, Response> extends SecurityDemands {
  readonly request: ElementDeclaration<Request>
  readonly response: ElementDeclaration<Response>
  /** Without quotes, as the WSDL has it; empty where it says so. */
  readonly soapAction: string
  /** What the security policy of the service demands: only the contract tells. */
  readonly security: SecurityKind
  /** Whether the request may be repeated when its outcome is unknown; false. */
  readonly idempotent?: boolean
  /** How attachments travel; `swa`. */
  readonly packaging?: Packaging
}

/** Operations by name. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- operations of any messages; each keeps its own types
export type ContractOperations = Readonly<Record<string, ContractOperation<any, any>>>

/** What goes into an operation. */
export type RequestOf<One> = One extends { request: ElementDeclaration<infer Request> } ? Request : never
/** What comes out of it. */
export type ResponseOf<One> = One extends { response: ElementDeclaration<infer Response> } ? Response : never

/** A contract that {@link serviceContract} has looked at. */
export interface ServiceContract<Operations extends ContractOperations = ContractOperations> {
  /** Name in the service map: it knows path and hosts; see docs/endpoints.md. */
  readonly service: ServiceName
  /** As the pipeline takes them. */
  readonly operations: {
    readonly [Name in keyof Operations]: Operation<RequestOf<Operations[Name]>, ResponseOf<Operations[Name]>>
  }
}

const kinds: readonly SecurityKind[] = ['none', 'x509', 'saml-hok', 'saml-sender-vouches']
const fields: readonly (keyof ContractOperation<unknown, unknown>)[] = [
  'request',
  'response',
  'soapAction',
  'security',
  'idempotent',
  'packaging',
  'signedParts',
  'ttlSeconds',
]

/**
 * Makes the contract of a service out of its operations, described with `ehealth-connectors/xml`.
 *
 * @throws EHealthError `service.contract` with the path of what is wrong with it
 *
 * @example
 * ```ts
 * import { serviceContract } from 'ehealth-connectors/service'
 * import { namespace, string } from 'ehealth-connectors/xml'
 *
 * // invented: take namespace, names and action from the WSDL that you were given
 * const own = namespace('urn:example:inscription', { prefix: 'o', qualified: true })
 * export const inscription = serviceContract({
 *   service: 'inscriptionService',
 *   operations: {
 *     insert: {
 *       soapAction: 'urn:example:inscription:insert',
 *       security: 'saml-hok',
 *       request: own.element('InsertRequest', own.sequence({ Ssin: string({ pattern: /^[0-9]{11}$/ }) })),
 *       response: own.element('InsertResponse', own.sequence({ Ssin: string() })),
 *     },
 *   },
 * })
 * ```
 */
export function serviceContract<const Operations extends ContractOperations>(given: {
  service: ServiceName
  operations: Operations
}): ServiceContract<Operations> {
  refuseUnknownOptions(given, ['service', 'operations'])
  const { service, operations } = given
  if (!isServiceName(String(service))) throw wrong('service', 'the service map does not know it')
  if (typeof operations !== 'object' || operations === null || Object.keys(operations).length === 0)
    throw wrong('operations', 'expected at least one')
  const requests = new Set<string>()
  const made = Object.entries(operations).map(([name, operation]) => {
    assertOperation(operation, `operations.${name}`)
    const { namespace, local } = operation.request as ElementDeclaration<unknown>
    if (requests.has(`${namespace} ${local}`))
      throw wrong(`operations.${name}.request`, 'another operation has the same message')
    requests.add(`${namespace} ${local}`)
    return [name, { service, name, idempotent: false, ...operation }] as const
  })
  return { service, operations: Object.fromEntries(made) as ServiceContract<Operations>['operations'] }
}

function assertOperation(operation: ContractOperation<unknown, unknown>, path: string): void {
  refuseUnknownOptions(operation, fields, path)
  const { soapAction, security, idempotent = false } = operation
  for (const side of ['request', 'response'] as const)
    if (!isDeclaration(operation[side]))
      throw wrong(`${path}.${side}`, 'expected an element, made with namespace().element()')
  if (typeof soapAction !== 'string') throw wrong(`${path}.soapAction`, 'expected a text, which may be empty')
  if (!kinds.includes(security)) throw wrong(`${path}.security`, `expected ${kinds.join(', ')}`)
  if (typeof idempotent !== 'boolean') throw wrong(`${path}.idempotent`, 'expected true or false')
}

function isDeclaration(given: unknown): boolean {
  const { namespace, local, type } = (given ?? {}) as Partial<ElementDeclaration<unknown>>
  return typeof namespace === 'string' && typeof local === 'string' && typeof type?.kind === 'string'
}

const wrong = (path: string, problem: string): EHealthError =>
  new EHealthError('service.contract', `${path}: ${problem}`, { path })
