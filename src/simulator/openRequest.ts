/** From the octets of a request to the operation that it asks for (spec soap-security §9, order of checks). */
import { EHealthError } from '../errors.js'
import { openBody } from '../technical/soap/response.js'
import { parseEnvelope, type ParsedEnvelope } from '../technical/soap/envelope.js'
import { soapNamespace } from '../technical/soap/namespaces.js'
import type { Attachment } from '../technical/soap/types.js'
import { parseXml, type ParseOptions, type XmlDocument } from '../technical/xml/parse.js'
import { childElements, isElement } from '../technical/xml/tree.js'
import type { EndpointRole } from './faults.js'
import { soaRefusal } from './refusal.js'
import type { SimulatedOperation, SimulatedService } from './service.js'

/** A request that is SOAP and names an operation; nothing is verified yet. */
export interface OpenedRequest {
  readonly parsed: ParsedEnvelope
  readonly attachments: ReadonlyMap<string, Attachment>
  readonly operation: SimulatedOperation
}

/** What came over HTTP. */
export interface ReceivedRequest {
  readonly contentType: string | undefined
  /** Header `SOAPAction` as received. */
  readonly soapAction: string | undefined
  readonly body: Uint8Array
  /** Which address of the service it came to; the default one when omitted. */
  readonly endpoint?: EndpointRole
}

/**
 * SOAP (03001–03003), then WS-I (03004, strict only), then WSDL (03005).
 *
 * @throws Refusal
 */
export function openRequest(
  request: ReceivedRequest,
  service: SimulatedService,
  options: { strictAction: boolean },
): OpenedRequest {
  const { root, charset, attachments } = parts(request)
  const encoding: ParseOptions = charset === undefined ? {} : { encoding: charset }
  assertSoap(parsedXml(root, encoding))
  const parsed = envelopeOf(root, encoding)
  const { namespace, local } = parsed.payload
  const operation = service.operations.find(
    ({ operation: { request: declared } }) => declared.local === local && declared.namespace === namespace,
  )
  if (options.strictAction && service.anyAction !== true) assertAction(request.soapAction, service, operation)
  if (operation === undefined)
    throw soaRefusal('SOA-03005', 'no operation of this service has such a message')
  return { parsed, attachments, operation }
}

function parts({ contentType, body }: ReceivedRequest): ReturnType<typeof openBody> {
  if (!/^\s*(text\/xml|multipart\/related)\s*(;|$)/i.test(contentType ?? ''))
    throw soaRefusal('SOA-03002', 'the content type is not text/xml')
  try {
    return openBody(contentType, body)
  } catch (error) {
    throw soaRefusal('SOA-03001', undefined, error)
  }
}

function parsedXml(root: Uint8Array, options: ParseOptions): XmlDocument {
  try {
    return parseXml(root, options)
  } catch (error) {
    throw soaRefusal('SOA-03001', undefined, error)
  }
}

/** Tells what is no SOAP at all from what lacks a Body. */
function assertSoap({ root }: XmlDocument): void {
  if (!isElement(root, soapNamespace, 'Envelope')) throw soaRefusal('SOA-03002')
  const bodies = childElements(root).filter((child) => isElement(child, soapNamespace, 'Body'))
  if (bodies.length === 0 || childElements(bodies[0]!).length === 0) throw soaRefusal('SOA-03003')
}

function envelopeOf(root: Uint8Array, options: ParseOptions): ParsedEnvelope {
  try {
    return parseEnvelope(root, options)
  } catch (error) {
    // Two security headers are a matter of authentication, everything else of SOAP.
    const security = error instanceof EHealthError && error.code.startsWith('signature.')
    throw soaRefusal(security ? 'SOA-01001' : 'SOA-03002', undefined, error)
  }
}

function assertAction(
  soapAction: string | undefined,
  service: SimulatedService,
  operation: SimulatedOperation | undefined,
): void {
  if (operation === undefined) {
    const namespaces = service.operations.map(({ operation: { request } }) => request.namespace)
    throw soaRefusal('SOA-03004', `expected a message of ${[...new Set(namespaces)].join(', ')}`)
  }
  const expected = operation.operation.soapAction
  // The official client sends no header where the WSDL says empty.
  if (expected === '' && (soapAction === undefined || soapAction === '')) return
  if (soapAction !== `"${expected}"`) throw soaRefusal('SOA-03004', 'the SOAPAction does not fit the message')
}
