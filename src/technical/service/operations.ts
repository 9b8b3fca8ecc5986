/** One operation of a service by its WSDL: found, written, sent, read. */
import { EHealthError } from '../../errors.js'
import type { ServiceName } from '../environment/environment.js'
import type { Operation } from '../soap/types.js'
import { opaque } from '../xml/contract.js'
import { parseXml } from '../xml/parse.js'
import { attribute } from '../xml/tree.js'
import type { Documents } from './documents.js'
import { decideEndpoint, type Endpoint } from './endpoint.js'
import { knownSecurity } from './knownServices.js'
import { securityByPolicy, type SecurityKind } from './policy.js'
import type { Name } from './schema/components.js'
import type { SchemaElement, Schemas } from './schema/model.js'
import { readMessage } from './schema/readMessage.js'
import { writeMessage } from './schema/writeMessage.js'
import type {
  ServiceCaller,
  ServiceCallOptions,
  ServiceMessage,
  ServiceOptions,
  ServiceResult,
} from './types.js'
import type { WsdlOperation, WsdlPort } from './wsdl.js'

/** A service whose WSDL has been read. */
export interface OpenedService {
  readonly documents: Documents
  readonly port: WsdlPort
  readonly schemas: Schemas
  readonly caller: ServiceCaller
  readonly options: ServiceOptions
}

/** @throws EHealthError `service.operation` */
export function findOperation(port: WsdlPort, name: string): WsdlOperation {
  const operation = port.operations.find((candidate) => candidate.name === name)
  if (operation !== undefined) return operation
  const operations = port.operations.map((candidate) => candidate.name)
  throw new EHealthError('service.operation', `${port.service} has no such operation`, {
    hint: `It has ${operations.join(', ')}.`,
    details: { operations },
  })
}

/** Security header of an operation: the caller's word, the specification's, the WSDL's. */
export function securityOf(
  { name, policies }: WsdlOperation,
  { documents, port, options }: OpenedService,
): SecurityKind | undefined {
  const paths = [port.address, options.endpoint ?? ''].map((url) =>
    URL.canParse(url) ? new URL(url).pathname.replace(/\/$/, '') : '',
  )
  return (
    options.security ??
    knownSecurity(paths[0]!, name) ??
    knownSecurity(paths[1]!, name) ??
    securityByPolicy(policies, documents)
  )
}

/** Elements that go there and come back. */
export interface Messages {
  input: SchemaElement
  output: SchemaElement
}

/** @throws EHealthError `configuration.unsupported`, `service.wsdl` */
export function messagesOf({ name, input, output }: WsdlOperation, schemas: Schemas): Messages {
  if (input === undefined || output === undefined)
    throw new EHealthError(
      'configuration.unsupported',
      `${name} is not document/literal with one element there and one back`,
    )
  return { input: declared(input, schemas), output: declared(output, schemas) }
}

function declared({ namespace, local }: Name, schemas: Schemas): SchemaElement {
  const element = schemas.element(namespace, local)
  if (element !== undefined) return element
  throw new EHealthError('service.wsdl', `no schema declares the element ${local}`, {
    details: { namespace },
  })
}

/** Writes, sends, reads. */
export async function callOperation(
  opened: OpenedService,
  operation: WsdlOperation,
  data: unknown,
  options: ServiceCallOptions,
): Promise<ServiceResult> {
  const { schemas, caller, port, documents } = opened
  const { input, output } = messagesOf(operation, schemas)
  const { security = securityOf(operation, opened), soapAction, idempotent = false, ...rest } = options
  if (security === undefined)
    throw new EHealthError(
      'configuration.invalid',
      'neither the specification nor the WSDL tells the security',
      {
        path: 'security',
        hint: 'Give it: none, x509 or saml-hok.',
      },
    )
  const request = requestOf(input, data)
  const endpoint = decideEndpoint({
    address: port.address,
    wsdlUrl: documents[0].url,
    ...(opened.options.endpoint === undefined ? {} : { endpoint: opened.options.endpoint }),
    ...(caller.environment === undefined ? {} : { environment: caller.environment }),
  })
  const described: Operation<ServiceMessage, ServiceMessage> = {
    service: labelOf(endpoint, port),
    name: operation.name,
    soapAction: soapAction ?? operation.soapAction,
    request: { namespace: input.namespace, local: input.local, type: opaque },
    response: { namespace: output.namespace, local: output.local, type: opaque },
    security,
    idempotent,
  }
  const result = await caller.call(described, request, { ...rest, endpoint: endpoint.url })
  return { ...result, value: readMessage(result.element, output, schemas) }
}

/** With an endpoint of its own a service's name is a label of events and recordings only, so any name will do. */
function labelOf({ service }: Endpoint, port: WsdlPort): ServiceName {
  return service ?? ((port.service.replace(/[^A-Za-z0-9]/g, '') || 'service') as ServiceName)
}

function requestOf(element: SchemaElement, data: unknown): ServiceMessage {
  // a text is the element itself, except where nothing but text can be in it
  const ready = typeof data === 'string' && element.type().kind === 'complex'
  const xml = ready ? data : writeMessage(element, data)
  const { root, source } = parseXml(xml)
  if (root.local !== element.local || root.namespace !== element.namespace)
    throw new EHealthError('contract.invalid', `${element.local}: another element stands in its place`, {
      path: element.local,
    })
  const id = attribute(root, 'Id')
  // without declaration and whatever else stands around the element
  return { xml: source.slice(root.start, root.end), ...(id === undefined ? {} : { Id: id }) }
}
