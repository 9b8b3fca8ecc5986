/**
 * The way a service joins the simulator: its operations as data, a handler for each.
 *
 * The server has done everything else when a handler runs: SOAP, WS-Security, certificate or token, authorisation,
 * schema. What is left is the business of the service.
 *
 * @module
 */
import type { ServiceName } from '../technical/environment/environment.js'
import type { Certificate } from '../technical/pki/certificate.js'
import type { Attachment, Operation } from '../technical/soap/types.js'
import type { SecurityKind } from '../technical/soap/wsSecurity/forms.js'
import type { XmlElement } from '../technical/xml/tree.js'
import type { Trouble } from './faults.js'
import type { RegisteredActor, World } from './world.js'

/** A SAML attribute of the caller's token. */
export interface CallerAttribute {
  readonly name: string
  readonly namespace: string
  readonly values: readonly string[]
}

/** Who called, as proven by the security header. */
export interface Caller {
  readonly kind: SecurityKind
  /** Certificate whose key signed the message; absent for `none`. */
  readonly certificate?: Certificate
  /** Attributes of the verified token; empty unless `saml-hok`. */
  readonly attributes: readonly CallerAttribute[]
  /** Values of one attribute by name, whatever its namespace; empty when the token does not have it. */
  values(name: string): readonly string[]
  /** The caller in the register, by the identification attributes of the token or by the certificate. */
  readonly actor?: RegisteredActor
}

/** One call, checked. */
export interface SimulatedCall<Request> {
  readonly request: Request
  /** The element that `request` was read from. */
  readonly element: XmlElement
  /** Attachments of the request by Content-ID (without angle brackets). */
  readonly attachments: ReadonlyMap<string, Attachment>
  readonly caller: Caller
  readonly world: World
  /** Octets of the whole HTTP body of the request. */
  readonly octets?: number
  /** Instant of the call by the clock of the simulator (or by the stale clock of scripted trouble). */
  readonly now: Date
  /** Scripted trouble of this call that only the service can make. */
  readonly trouble?: Trouble
}

/** What a handler answers. */
export interface SimulatedAnswer<Response> {
  readonly value: Response
  /** Sent as SOAP with Attachments when there is one. */
  readonly attachments?: readonly Attachment[]
}

/** What a service says about one of its operations. */
export interface OperationHandler<Request, Response> {
  /** Rights are per operation: throw `soaRefusal('SOA-01002')`. Runs before the schema is looked at. */
  authorise?(caller: Caller, world: World): void
  /** Checks of content beyond the schema: throw `soaRefusal('SOA-03007')`. */
  checkContent?(request: Request, call: SimulatedCall<Request>): void
  /** The business. A `Refusal` thrown here becomes a fault, anything else SOA-00001. */
  answer(call: SimulatedCall<Request>): SimulatedAnswer<Response> | Promise<SimulatedAnswer<Response>>
}

/** An operation with its handler, types put away. Made by `serveContract`, or `simulate` of the house. */
export interface SimulatedOperation {
  readonly operation: Operation<unknown, unknown>
  readonly handler: OperationHandler<unknown, unknown>
}

/** A service of the simulator: one path, some operations. */
export interface SimulatedService {
  readonly service: ServiceName
  readonly operations: readonly SimulatedOperation[]
  /** The SOAPAction is never judged: the platform answers other ones here too (spec sts-iam §1.3). */
  readonly anyAction?: boolean
}

/**
 * Joins an operation with its handler.
 *
 * @example
 * ```ts
 * export const publication: SimulatedService = {
 *   service: 'ehboxPublication',
 *   operations: [
 *     simulate(publicationOperations.sendMessage, {
 *       answer: ({ request, caller, world, now }) => ({ value: publish(world, caller, request, now) }),
 *     }),
 *   ],
 * }
 * ```
 */
export function simulate<Request, Response>(
  operation: Operation<Request, Response>,
  handler: OperationHandler<Request, Response>,
): SimulatedOperation {
  // The server reads the request with the operation's own contract before it calls the handler, so the types fit.
  return { operation, handler }
}
