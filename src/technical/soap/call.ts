/** The call pipeline: contract, writer, security, transport, fault mapping, reader (design §5). */
import { EHealthError } from '../../errors.js'
import { read } from '../xml/read.js'
import { attribute, type XmlElement } from '../xml/tree.js'
import { buildMessageBody, type MessageBody } from './attachments/swa.js'
import { buildEnvelope } from './envelope.js'
import { faultEvent, notify } from './events.js'
import { readResponse, type ReadResponseOptions, type SoapResponse } from './response.js'
import type {
  CallMeta,
  CallOptions,
  CallResult,
  HttpRequest,
  HttpResponse,
  Operation,
  PipelineContext,
  Security,
} from './types.js'

type Named = Pick<Operation<unknown, unknown>, 'service' | 'name' | 'security' | 'soapAction'>

/** What one call needs beside its operation and request. */
export interface CallTarget extends CallOptions, Pick<ReadResponseOptions, 'unknownHeaders'> {
  /** URL of the service. */
  endpoint: string
  security: Security
  context: PipelineContext
}

/**
 * Calls an operation of a service.
 *
 * The request is validated before anything is sent. The answer must be a SOAP message, no fault, with the element that
 * the operation promises; what its status says is for the service's own code to judge (`assertCommonsV1Status` and
 * relatives).
 *
 * @throws EHealthError `contract.invalid` (nothing was sent), `transport.*`, `xml.*`, `fault.*`, `contract.unreadable`
 *
 * @example
 * ```ts
 * import { systemRuntime } from 'ehealth-connectors'
 * import { call, createTransport } from 'ehealth-connectors/soap'
 *
 * const { value, meta } = await call(getBoxInfo, {}, {
 *   endpoint: 'https://services-acpt.ehealth.fgov.be/ehBoxConsultation/v3',
 *   security: { kind: 'saml-hok', credential, assertion },
 *   context: { transport: createTransport(), runtime: systemRuntime, emit: () => {} },
 * })
 * ```
 */
export async function call<Request, Response>(
  operation: Operation<Request, Response>,
  request: Request,
  target: CallTarget,
): Promise<CallResult<Response>> {
  const { security, context, endpoint, attachments = [] } = target
  assertSecurityFits(operation, security)
  const envelope = await buildEnvelope({
    security,
    body: { declaration: operation.request, value: request },
    runtime: context.runtime,
  })
  const message = buildMessageBody(envelope, attachments, context.runtime)
  const httpRequest: HttpRequest = {
    url: endpoint,
    headers: requestHeaders(operation, message, context),
    body: message.body,
    ...(target.timeout === undefined ? {} : { timeout: target.timeout }),
    ...(target.signal === undefined ? {} : { signal: target.signal }),
  }
  try {
    const exchange = await sendAndRecord(operation, httpRequest, context)
    const answer = readResponse(exchange.response, {
      idempotent: operation.idempotent,
      ...(target.unknownHeaders === undefined ? {} : { unknownHeaders: target.unknownHeaders }),
    })
    assertAnswersRequest(answer.payload, request)
    const value = read(operation.response, answer.payload)
    return {
      value,
      element: answer.payload,
      attachments: answer.attachments,
      meta: metaOf(operation, endpoint, exchange, envelope, answer),
    }
  } catch (error) {
    notify(context.emit, faultEvent(operation.service, operation.name, error))
    throw error
  }
}

function assertSecurityFits(operation: Named, security: Security): void {
  if (operation.security !== security.kind)
    throw new EHealthError(
      'configuration.invalid',
      `${operation.name} demands security ${operation.security}, not ${security.kind}`,
      { path: 'security' },
    )
}

/** The quotes of SOAPAction are WS-I Basic Profile R1109 (spec soap-security §1.3). */
export function requestHeaders(
  { soapAction }: Pick<Named, 'soapAction'>,
  message: Pick<MessageBody, 'contentType'>,
  context: Pick<PipelineContext, 'userAgent'>,
): Record<string, string> {
  return {
    'Content-Type': message.contentType,
    SOAPAction: `"${soapAction}"`,
    Accept: 'text/xml, multipart/related',
    'User-Agent': context.userAgent ?? 'ehealth-connectors',
  }
}

interface Exchange {
  response: HttpResponse
  startedAt: Date
  milliseconds: number
}

/** One HTTP exchange with its events, recorded whatever comes of it. */
async function sendAndRecord(
  operation: Named,
  request: HttpRequest,
  context: PipelineContext,
): Promise<Exchange> {
  const { transport, runtime, recorder } = context
  const named = { service: operation.service, operation: operation.name }
  const startedAt = runtime.now()
  const elapsed = (): number => runtime.now().getTime() - startedAt.getTime()
  notify(context.emit, {
    type: 'request',
    ...named,
    endpoint: request.url,
    bytes: request.body.length,
  })
  const about = { ...named, url: request.url, requestHeaders: request.headers, request: request.body }
  let response: HttpResponse
  try {
    response = await transport.post(request)
  } catch (error) {
    await recorder?.record({ ...about, milliseconds: elapsed() })
    throw error
  }
  const milliseconds = elapsed()
  const correlationId = response.headers['x-correlationid']
  notify(context.emit, {
    type: 'response',
    ...named,
    endpoint: request.url,
    httpStatus: response.status,
    milliseconds,
    bytes: response.body.length,
    ...(correlationId === undefined ? {} : { correlationId }),
  })
  await recorder?.record({
    ...about,
    status: response.status,
    responseHeaders: response.headers,
    response: response.body,
    milliseconds,
  })
  return { response, startedAt, milliseconds }
}

/** commons v2 names the request that is answered; another one means that answers were mixed up on the way. */
function assertAnswersRequest(payload: XmlElement, request: unknown): void {
  const answered = attribute(payload, 'InResponseTo')
  const asked = (request as { Id?: unknown } | undefined)?.Id
  if (answered !== undefined && typeof asked === 'string' && answered !== asked)
    throw new EHealthError('contract.unreadable', `${payload.local}@InResponseTo: answers another request`, {
      path: `${payload.local}@InResponseTo`,
    })
}

function metaOf(
  operation: Named,
  endpoint: string,
  { response, startedAt, milliseconds }: Exchange,
  request: string,
  answer: SoapResponse,
): CallMeta {
  const meta = {
    service: operation.service,
    operation: operation.name,
    endpoint,
    httpStatus: response.status,
    ...(answer.correlationId === undefined ? {} : { correlationId: answer.correlationId }),
    startedAt,
    milliseconds,
  }
  // patient data: not enumerable, so that whoever logs a result does not log it
  return Object.defineProperty(meta, 'raw', {
    value: { request, response: answer.text },
    enumerable: false,
  }) as CallMeta
}
