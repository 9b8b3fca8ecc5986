/** One operation of a service by its WSDL: found, written, sent, read. */
import { EHealthError } from '../../errors.js'
import type { ServiceName } from '../environment/environment.js'
import type { Addressing } from '../soap/addressing.js'
import { xopAttacher } from '../soap/attachments/xop.js'
import type { Operation } from '../soap/types.js'
import { genericAsyncDemands, type SecurityDemands, type SecurityKind } from '../soap/wsSecurity/forms.js'
import { opaque } from '../xml/contract.js'
import { parseXml } from '../xml/parse.js'
import { attribute } from '../xml/tree.js'
import type { Documents } from './documents.js'
import { decideEndpoint, type Endpoint } from './endpoint.js'
import { knownDemands } from './knownServices.js'
import { demandsByPolicy, type Demands, type ServiceSecurity } from './policy.js'
import type { Name } from './schema/components.js'
import type { SchemaElement, Schemas } from './schema/model.js'
import { readMessage } from './schema/readMessage.js'
import { writeMessage, type AttachContent } from './schema/writeMessage.js'
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

/** What an operation wants: the caller's word, the specification's, the WSDL's. */
export function demandsOf(
  { name, policies }: WsdlOperation,
  { documents, port, options }: OpenedService,
): Demands {
  const paths = [port.address, options.endpoint ?? ''].map((url) =>
    URL.canParse(url) ? new URL(url).pathname.replace(/\/$/, '') : '',
  )
  return {
    ...demandsByPolicy(policies, documents),
    ...knownDemands(paths[1]!, name),
    ...knownDemands(paths[0]!, name),
    ...(options.security === undefined ? {} : { security: options.security }),
  }
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
  const demands = demandsOf(operation, opened)
  const {
    security: form = demands.security,
    packaging = demands.packaging ?? 'swa',
    addressing: headers,
    idempotent = false,
    ...rest
  } = options
  if (form === undefined)
    throw new EHealthError(
      'configuration.invalid',
      'neither the specification nor the WSDL tells the security',
      {
        path: 'security',
        hint: 'Give it: none, x509, saml-hok, saml-timestamp or saml-sender-vouches.',
      },
    )
  const xop = packaging === 'xop' ? xopAttacher(caller.runtime, options.xopThreshold) : undefined
  const request = requestOf(input, data, xop?.attach)
  const addressing = addressingOf(headers, operation, { demanded: demands.addressing === true, caller })
  const endpoint = decideEndpoint({
    address: port.address,
    wsdlUrl: documents[0].url,
    ...(opened.options.endpoint === undefined ? {} : { endpoint: opened.options.endpoint }),
    ...(caller.environment === undefined ? {} : { environment: caller.environment }),
  })
  const described: Operation<ServiceMessage, ServiceMessage> = {
    service: labelOf(endpoint, port),
    name: operation.name,
    soapAction: operation.soapAction,
    request: { namespace: input.namespace, local: input.local, type: opaque },
    response: { namespace: output.namespace, local: output.local, type: opaque },
    ...formOf(form),
    packaging,
    idempotent,
  }
  const result = await caller.call(described, request, {
    ...rest,
    endpoint: endpoint.url,
    ...(addressing === undefined ? {} : { addressing }),
    ...(xop === undefined ? {} : { attachments: [...xop.attachments, ...(rest.attachments ?? [])] }),
  })
  return { ...result, value: readMessage(result.element, output, schemas) }
}

const formOf = (form: ServiceSecurity): { security: SecurityKind } & SecurityDemands =>
  form === 'saml-timestamp' ? { security: 'saml-hok', ...genericAsyncDemands } : { security: form }

/** The headers that are given or wanted, completed. */
function addressingOf(
  given: ServiceCallOptions['addressing'],
  { name, action = '', soapAction }: WsdlOperation,
  { demanded, caller }: { demanded: boolean; caller: ServiceCaller },
): Addressing | undefined {
  if (given === false || (given === undefined && !demanded)) return undefined
  const completed = {
    action: action === '' ? soapAction : action,
    messageId: caller.runtime.uuid(),
    ...given,
  }
  if (completed.action === '')
    throw new EHealthError('configuration.invalid', `the WSDL tells no action of ${name}`, {
      path: 'addressing.action',
      hint: 'Give it.',
    })
  return completed
}

/** With an endpoint of its own a service's name is a label of events and recordings only, so any name will do. */
function labelOf({ service }: Endpoint, port: WsdlPort): ServiceName {
  return service ?? ((port.service.replace(/[^A-Za-z0-9]/g, '') || 'service') as ServiceName)
}

function requestOf(element: SchemaElement, data: unknown, attach: AttachContent | undefined): ServiceMessage {
  // a text is the element itself, except where nothing but text can be in it
  const ready = typeof data === 'string' && element.type().kind === 'complex'
  const xml = ready ? data : writeMessage(element, data, attach)
  const { root, source } = parseXml(xml)
  if (root.local !== element.local || root.namespace !== element.namespace)
    throw new EHealthError('contract.invalid', `${element.local}: another element stands in its place`, {
      path: element.local,
    })
  const id = attribute(root, 'Id')
  // without declaration and whatever else stands around the element
  return { xml: source.slice(root.start, root.end), ...(id === undefined ? {} : { Id: id }) }
}
