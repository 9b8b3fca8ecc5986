/** The words of a service by its WSDL. */
import type { Client } from 'soap'

import type { Environment } from '../environment/environment.js'
import type { Runtime } from '../environment/runtime.js'
import type { SessionCallOptions } from '../session/types.js'
import type { Addressing } from '../soap/addressing.js'
import type { CallResult, Operation, Packaging } from '../soap/types.js'
import type { Opaque } from '../xml/contract.js'
import type { DocumentOptions, FetchDocument } from './documents.js'
import type { ServiceSecurity } from './policy.js'
import type { Shape } from './schema/shape.js'

/** Options of a service by its WSDL; everything has a default. */
export interface ServiceOptions extends DocumentOptions {
  /** URL of the service; by default its path on the environment's host. */
  endpoint?: string
  /** Security header; by default what the specification says of the service, else what its WSDL says. */
  security?: ServiceSecurity
  /** Name of the port, where the WSDL has several; the first one for SOAP 1.1 by default. */
  port?: string
}

/** Options of one call. */
export interface ServiceCallOptions extends Omit<SessionCallOptions, 'endpoint' | 'addressing' | 'verify'> {
  /** Security header of this call. `saml-sender-vouches` needs an `assertion`. */
  security?: ServiceSecurity
  /**
   * How binary content and attachments travel: `xop` (MTOM) makes parts of octets larger than `xopThreshold`, and of those
   * for which the schema expects a media type whatever their size. By default what the specification says of the service,
   * else what its WSDL says, else `swa`, which leaves them where they are.
   */
  packaging?: Packaging
  /**
   * WS-Addressing headers; those that the specification or the WSDL wants by default, `false` for none. The action is that of
   * the WSDL and the message gets an identifier when they are not given.
   */
  addressing?: Partial<Addressing> | false
  /** Whether the request may be repeated when its outcome is unknown; only you know. Default false. */
  idempotent?: boolean
}

/** An operation of a service. */
export interface ServiceOperation {
  readonly name: string
  /** Without quotes; often empty. */
  readonly soapAction: string
  /** Security header that it will be called with; absent where nothing tells it and it must be given. */
  readonly security?: ServiceSecurity
  /** Name of the element that is sent. */
  readonly request?: string
  /** Name of the element that is answered. */
  readonly response?: string
}

/** What goes into an operation and what comes out of it. */
export interface OperationShape {
  readonly input: Shape
  readonly output: Shape
}

/** What a call gives: `value` is plain data in the form in which data is given. */
export type ServiceResult<Value = unknown> = CallResult<Value>

/** A service by its WSDL, with our security, transport, faults, events and recording. */
export interface SoapService {
  /** Name in the WSDL. */
  readonly name: string
  /** Name of the port in use. */
  readonly port: string
  readonly operations: readonly ServiceOperation[]
  /**
   * What an operation takes and gives, for a person: a name ends in `?` where it may be absent, in `[]` where it is an
   * array.
   *
   * @param depth Levels to show; 12.
   * @throws EHealthError `service.operation`, `service.wsdl`
   */
  describe(operation: string, depth?: number): OperationShape
  /**
   * Calls an operation.
   *
   * @param data Children by local name in any order, arrays for what is repeated, `attributes`, `$value` for the text of
   *   an element with attributes, `$xml` for ready-made elements where the schema takes any. A text is the whole element
   *   as XML.
   * @throws EHealthError `service.operation`, `configuration.invalid` (endpoint or security cannot be decided),
   *   `contract.invalid` with a path (nothing was sent), and as every call: `transport.*`, `xml.*`, `fault.*`,
   *   `contract.unreadable`
   *
   * @example
   * ```ts
   * const depot = await me.technical.service('EtkDepot-v1.wsdl')
   * const { value } = await depot.call('GetEtk', { SearchCriteria: { Identifier: [{ Type: 'CBE', Value: '0820563481' }] } })
   * ```
   */
  call<Value = unknown>(
    operation: string,
    data?: unknown,
    options?: ServiceCallOptions,
  ): Promise<ServiceResult<Value>>
  /**
   * The same service as a client of node-soap (`client.GetEtkAsync(data)`). Messages are written and read by the schema
   * as in {@link SoapService.call}, signed and sent the same way; errors are those of this library. node-soap is loaded
   * at the first call of this. `Methods` gives types to the methods that you use.
   *
   * @throws EHealthError `service.wsdl` when node-soap cannot use the WSDL
   */
  soap<Methods = unknown>(): Promise<Client & Methods>
}

/** The messages of a service are written and read by their schema, so for the pipeline they are opaque. */
export type ServiceMessage = Opaque & { Id?: string }

/** The way to the network of a service: a session, or a credential alone. @internal */
export interface ServiceCaller {
  readonly environment?: Environment
  readonly fetch: FetchDocument
  readonly runtime: Pick<Runtime, 'uuid'>
  call(
    operation: Operation<ServiceMessage, ServiceMessage>,
    request: ServiceMessage,
    options: SessionCallOptions<ServiceMessage>,
  ): Promise<CallResult<ServiceMessage>>
}
