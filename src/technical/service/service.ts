/** A service by its WSDL: operations found, messages written and read by the schema, everything else our pipeline. */
import type { Client } from 'soap'

import { EHealthError } from '../../errors.js'
import { refuseUnknownOptions } from '../session/options.js'
import { loadDocuments } from './documents.js'
import { callOperation, demandsOf, findOperation, messagesOf, type OpenedService } from './operations.js'
import { readSchemas } from './schema/readSchemas.js'
import { shapeOf } from './schema/shape.js'
import type {
  ServiceCaller,
  ServiceCallOptions,
  ServiceOperation,
  ServiceOptions,
  ServiceResult,
  SoapService,
} from './types.js'
import { readPorts, type WsdlOperation, type WsdlPort } from './wsdl.js'

/** Names of {@link ServiceOptions}. */
export const serviceOptionNames: readonly (keyof ServiceOptions)[] = [
  'endpoint',
  'security',
  'port',
  'remoteImports',
  'maxBytes',
  'maxDocuments',
]

/** Opens a service whose messages `caller` sends. */
export async function createService(
  wsdl: string | URL,
  caller: ServiceCaller,
  options: ServiceOptions = {},
): Promise<SoapService> {
  refuseUnknownOptions(options, serviceOptionNames)
  const documents = await loadDocuments(wsdl, caller.fetch, options)
  const opened: OpenedService = {
    documents,
    port: choosePort(readPorts(documents), options.port),
    schemas: readSchemas(documents),
    caller,
    options,
  }
  return serviceOf(opened)
}

function serviceOf(opened: OpenedService): SoapService {
  const { port, schemas } = opened
  let soap: Promise<Client> | undefined
  return {
    name: port.service,
    port: port.name,
    operations: port.operations.map((operation) => described(operation, opened)),
    describe: (name, depth) => {
      const { input, output } = messagesOf(findOperation(port, name), schemas)
      return { input: shapeOf(input, depth), output: shapeOf(output, depth) }
    },
    call: async <Value>(name: string, data?: unknown, options: ServiceCallOptions = {}) =>
      callOperation(opened, findOperation(port, name), data, options) as Promise<ServiceResult<Value>>,
    soap: async <Methods>() => {
      soap ??= import('./nodeSoap.js').then(({ nodeSoapClient }) => nodeSoapClient(opened))
      try {
        return (await soap) as Client & Methods
      } catch (error) {
        soap = undefined
        throw error
      }
    },
  }
}

function choosePort(ports: readonly WsdlPort[], name: string | undefined): WsdlPort {
  const names = ports.map((port) => port.name)
  const port = name === undefined ? ports[0] : ports.find((candidate) => candidate.name === name)
  if (port !== undefined) return port
  if (ports.length === 0) throw new EHealthError('service.wsdl', 'the WSDL has no port for SOAP 1.1')
  throw new EHealthError('service.operation', 'the WSDL has no such port', { details: { ports: names } })
}

function described(operation: WsdlOperation, opened: OpenedService): ServiceOperation {
  const { name, soapAction, input, output } = operation
  const { security } = demandsOf(operation, opened)
  return {
    name,
    soapAction,
    ...(security === undefined ? {} : { security }),
    ...(input === undefined ? {} : { request: input.local }),
    ...(output === undefined ? {} : { response: output.local }),
  }
}
