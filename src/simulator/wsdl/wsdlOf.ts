/** WSDL 1.1 of a simulated service, made from the very contracts that it is served by. */
import type { ElementDeclaration } from '../../technical/xml/contract.js'
import type { SimulatedService } from '../service.js'
import { element } from './element.js'
import { policiesOf, policyNamespaces, policyReference } from './policies.js'
import { writeSchemas } from './schemas.js'

/**
 * The document that `?wsdl` answers with: operations, SOAPActions, address, security, and schemas of all messages. The
 * schemas say what this simulator judges requests by; the official ones belong to the platform.
 */
export function wsdlOf({ service, operations }: SimulatedService, address: string): string {
  const name = service[0]!.toUpperCase() + service.slice(1)
  const messages = operations.flatMap(({ operation }) => [operation.request, operation.response])
  const { schemas, prefixes } = writeSchemas(messages)
  const target = messages[0]?.namespace ?? 'urn:simulation'

  const message = (suffix: string, { namespace, local }: ElementDeclaration<unknown>): string =>
    element(
      'wsdl:message',
      { name: suffix },
      element('wsdl:part', { name: 'body', element: `${prefixes.get(namespace)}:${local}` }),
    )
  const body = element('soap:body', { use: 'literal' })

  return `<?xml version="1.0" encoding="UTF-8"?>${element(
    'wsdl:definitions',
    {
      'xmlns:wsdl': 'http://schemas.xmlsoap.org/wsdl/',
      'xmlns:soap': 'http://schemas.xmlsoap.org/wsdl/soap/',
      'xmlns:xsd': 'http://www.w3.org/2001/XMLSchema',
      'xmlns:tns': target,
      ...policyNamespaces,
      ...Object.fromEntries([...prefixes].map(([uri, prefix]) => [`xmlns:${prefix}`, uri])),
      name,
      targetNamespace: target,
    },
    ...policiesOf(operations.map(({ operation }) => operation.security)),
    element('wsdl:types', {}, ...schemas),
    ...operations.flatMap(({ operation }) => [
      message(`${operation.name}Input`, operation.request),
      message(`${operation.name}Output`, operation.response),
    ]),
    element(
      'wsdl:portType',
      { name: `${name}PortType` },
      ...operations.map(({ operation }) =>
        element(
          'wsdl:operation',
          { name: operation.name },
          element('wsdl:input', { message: `tns:${operation.name}Input` }),
          element('wsdl:output', { message: `tns:${operation.name}Output` }),
        ),
      ),
    ),
    element(
      'wsdl:binding',
      { name: `${name}Binding`, type: `tns:${name}PortType` },
      element('soap:binding', { style: 'document', transport: 'http://schemas.xmlsoap.org/soap/http' }),
      ...operations.map(({ operation }) =>
        element(
          'wsdl:operation',
          { name: operation.name },
          element('soap:operation', { soapAction: operation.soapAction }),
          element('wsdl:input', {}, ...policyReference(operation.security), body),
          element('wsdl:output', {}, body),
        ),
      ),
    ),
    element(
      'wsdl:service',
      { name: `${name}Service` },
      element(
        'wsdl:port',
        { name: `${name}Port`, binding: `tns:${name}Binding` },
        element('soap:address', { location: address }),
      ),
    ),
  )}`
}
