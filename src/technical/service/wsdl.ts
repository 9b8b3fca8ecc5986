/** What a WSDL 1.1 says of its services: ports, operations, messages, SOAPActions, policies. */
import { EHealthError } from '../../errors.js'
import {
  attribute,
  childElements,
  childNamed,
  childrenNamed,
  namespaceInScope,
  type XmlElement,
} from '../xml/tree.js'
import { wsdlNamespace, type Documents } from './documents.js'
import { splitName, type Name } from './schema/components.js'

const soap11 = 'http://schemas.xmlsoap.org/wsdl/soap/'

/** An operation as a binding offers it. */
export interface WsdlOperation {
  readonly name: string
  /** Without quotes; empty where the WSDL says so or nothing. */
  readonly soapAction: string
  /** Element in the Body of the request; absent for a style that is not document/literal. */
  readonly input?: Name
  /** Element in the Body of the answer; absent for a message that is not answered. */
  readonly output?: Name
  /** Action of WS-Addressing, where the interface says one. */
  readonly action?: string
  /** `wsp:Policy`, references to one and `UsingAddressing`, as they hold for the request: of the binding, the operation and its input. */
  readonly policies: readonly XmlElement[]
}

/** A SOAP 1.1 port. */
export interface WsdlPort {
  readonly service: string
  readonly name: string
  /** As the WSDL has it: often an example, never to be believed blindly. */
  readonly address: string
  readonly operations: readonly WsdlOperation[]
}

/**
 * Reads the ports. A binding without a service makes a port of its own, without address.
 *
 * @throws EHealthError `service.wsdl` when it is no WSDL, or names what is not there
 */
export function readPorts(documents: Documents): WsdlPort[] {
  const [{ document }] = documents
  if (document.root.namespace !== wsdlNamespace || document.root.local !== 'definitions')
    throw new EHealthError('service.wsdl', 'the document is no WSDL 1.1')
  const definitions = readDefinitions(documents)
  const ports = definitions.services.flatMap((service) =>
    childrenNamed(service, wsdlNamespace, 'port').flatMap((port) => portOf(service, port, definitions)),
  )
  if (ports.length > 0) return ports
  return [...definitions.bindings.values()].filter(isSoap).map((binding) => ({
    service: attribute(document.root, 'name') ?? nameOf(binding),
    name: nameOf(binding),
    address: '',
    operations: operationsOf(binding, definitions),
  }))
}

interface Definitions {
  services: XmlElement[]
  bindings: Map<string, XmlElement>
  portTypes: Map<string, XmlElement>
  messages: Map<string, XmlElement>
}

const keyOf = ({ namespace, local }: Name): string => `{${namespace}}${local}`
const nameOf = (node: XmlElement): string => attribute(node, 'name') ?? ''

function readDefinitions(documents: Documents): Definitions {
  const all: Definitions = { services: [], bindings: new Map(), portTypes: new Map(), messages: new Map() }
  const tables: Readonly<Record<string, Map<string, XmlElement>>> = {
    binding: all.bindings,
    portType: all.portTypes,
    message: all.messages,
  }
  for (const { root } of documents.map(({ document }) => document)) {
    if (root.namespace !== wsdlNamespace) continue
    const target = attribute(root, 'targetNamespace') ?? ''
    for (const node of childElements(root)) {
      if (node.namespace !== wsdlNamespace) continue
      if (node.local === 'service') all.services.push(node)
      else tables[node.local]?.set(keyOf({ namespace: target, local: nameOf(node) }), node)
    }
  }
  return all
}

function referred(table: Map<string, XmlElement>, node: XmlElement, name: string): XmlElement {
  const [prefix, local] = splitName(attribute(node, name) ?? '')
  const found = table.get(keyOf({ namespace: namespaceInScope(node, prefix) ?? '', local }))
  if (found === undefined)
    throw new EHealthError(
      'service.wsdl',
      `${node.local} ${nameOf(node)} refers to a ${name} that is not there`,
    )
  return found
}

const isSoap = (binding: XmlElement): boolean => childNamed(binding, soap11, 'binding') !== undefined

/** Ports of SOAP 1.2 and HTTP are left out: the platform has none (spec soap-security §1.1). */
function portOf(service: XmlElement, port: XmlElement, definitions: Definitions): WsdlPort[] {
  const binding = referred(definitions.bindings, port, 'binding')
  if (!isSoap(binding)) return []
  const address = childNamed(port, soap11, 'address')
  return [
    {
      service: nameOf(service),
      name: nameOf(port),
      address: (address && attribute(address, 'location')) ?? '',
      operations: operationsOf(binding, definitions),
    },
  ]
}

function operationsOf(binding: XmlElement, definitions: Definitions): WsdlOperation[] {
  const portType = referred(definitions.portTypes, binding, 'type')
  const abstracts = childrenNamed(portType, wsdlNamespace, 'operation')
  const style = childNamed(binding, soap11, 'binding')
  return childrenNamed(binding, wsdlNamespace, 'operation').map((bound) => {
    const name = nameOf(bound)
    const soap = childNamed(bound, soap11, 'operation')
    const abstract = abstracts.find((operation) => nameOf(operation) === name)
    const input = messageOf(abstract, 'input', definitions)
    const action = actionOf(abstract)
    const output = messageOf(abstract, 'output', definitions)
    const isDocument =
      ((soap && attribute(soap, 'style')) ?? (style && attribute(style, 'style')) ?? 'document') ===
        'document' &&
      isLiteral(bound, 'input') &&
      isLiteral(bound, 'output')
    return {
      name,
      soapAction: (soap && attribute(soap, 'soapAction')) ?? '',
      ...(isDocument && input !== undefined ? { input } : {}),
      ...(isDocument && output !== undefined ? { output } : {}),
      ...(action === undefined ? {} : { action }),
      policies: [binding, bound, childNamed(bound, wsdlNamespace, 'input')].flatMap((node) =>
        node === undefined
          ? []
          : childElements(node).filter(({ local }) =>
              /^(Policy|PolicyReference|UsingAddressing)$/.test(local),
            ),
      ),
    }
  })
}

/** `wsaw:Action` or `wsam:Action` of the request. */
function actionOf(operation: XmlElement | undefined): string | undefined {
  const input = operation && childNamed(operation, wsdlNamespace, 'input')
  return input?.attributes.find(({ local, namespace }) => local === 'Action' && namespace !== '')?.value
}

function isLiteral(bound: XmlElement, direction: 'input' | 'output'): boolean {
  const node = childNamed(bound, wsdlNamespace, direction)
  const body =
    node && childElements(node).find(({ namespace, local }) => namespace === soap11 && local === 'body')
  return body === undefined || attribute(body, 'use') !== 'encoded'
}

/** The element of a message: its first part, or the one that the binding puts into the Body, is all there is. */
function messageOf(
  operation: XmlElement | undefined,
  direction: 'input' | 'output',
  definitions: Definitions,
): Name | undefined {
  const node = operation && childNamed(operation, wsdlNamespace, direction)
  if (node === undefined) return undefined
  const message = referred(definitions.messages, node, 'message')
  const part = childrenNamed(message, wsdlNamespace, 'part').find(
    (one) => attribute(one, 'element') !== undefined,
  )
  if (part === undefined) return undefined
  const [prefix, local] = splitName(attribute(part, 'element')!)
  return { namespace: namespaceInScope(part, prefix) ?? '', local }
}
