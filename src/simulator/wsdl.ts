/** WSDL 1.1 of a simulated service, made from its operations: enough for a tool to find operations, actions, address. */
import { escapeAttribute } from '../technical/xml/escape.js'
import type { SimulatedService } from './service.js'

const wsdlNamespace = 'http://schemas.xmlsoap.org/wsdl/'
const soapBindingNamespace = 'http://schemas.xmlsoap.org/wsdl/soap/'
const schemaNamespace = 'http://www.w3.org/2001/XMLSchema'

/** An element as text; children are elements already written. */
function element(name: string, attributes: Record<string, string>, ...children: string[]): string {
  const start = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escapeAttribute(value)}"`)
    .join('')
  return children.length === 0 ? `<${name}${start}/>` : `<${name}${start}>${children.join('')}</${name}>`
}

/**
 * The document that `?wsdl` answers with.
 *
 * The elements of the messages are declared without their inside: the official schemas belong to the platform, and what
 * the simulator accepts is judged by its own contracts.
 */
export function wsdlOf({ service, operations }: SimulatedService, address: string): string {
  const name = service[0]!.toUpperCase() + service.slice(1)
  const messages = operations.flatMap(({ operation }) => [operation.request, operation.response])
  const namespaces = [...new Set(messages.map(({ namespace }) => namespace))]
  const target = namespaces[0] ?? 'urn:simulation'
  const prefixOf = (uri: string): string => `n${namespaces.indexOf(uri)}`

  const schemas = namespaces.map((uri) => {
    const locals = new Set(messages.filter(({ namespace }) => namespace === uri).map(({ local }) => local))
    const elements = [...locals].map((local) => element('xsd:element', { name: local, type: 'xsd:anyType' }))
    return element('xsd:schema', { targetNamespace: uri, elementFormDefault: 'qualified' }, ...elements)
  })
  const message = (suffix: string, uri: string, local: string): string =>
    element(
      'wsdl:message',
      { name: suffix },
      element('wsdl:part', { name: 'body', element: `${prefixOf(uri)}:${local}` }),
    )
  const body = element('soap:body', { use: 'literal' })

  return `<?xml version="1.0" encoding="UTF-8"?>${element(
    'wsdl:definitions',
    {
      'xmlns:wsdl': wsdlNamespace,
      'xmlns:soap': soapBindingNamespace,
      'xmlns:xsd': schemaNamespace,
      'xmlns:tns': target,
      ...Object.fromEntries(namespaces.map((uri) => [`xmlns:${prefixOf(uri)}`, uri])),
      name,
      targetNamespace: target,
    },
    element('wsdl:types', {}, ...schemas),
    ...operations.flatMap(({ operation }) => [
      message(`${operation.name}Input`, operation.request.namespace, operation.request.local),
      message(`${operation.name}Output`, operation.response.namespace, operation.response.local),
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
          element('wsdl:input', {}, body),
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
