/** One attempt of a call: a new envelope, one HTTP exchange, the answer judged and read (design §5). */
import { EHealthError } from '../../errors.js'
import { read } from '../xml/read.js'
import { attribute, type XmlElement } from '../xml/tree.js'
import { withClock } from './attempts.js'
import { faultEvent, notify } from './events.js'
import { sendAndRecord, type Exchange } from './exchange.js'
import { requestHeaders } from './requestHeaders.js'
import { writeRequest } from './requestMessage.js'
import { readResponse, type ReadResponseOptions, type SoapResponse } from './response.js'
import type {
  CallMeta,
  CallOptions,
  CallResult,
  HttpRequest,
  Operation,
  PipelineContext,
  Security,
  WatchedContext,
} from './types.js'

type Named = Pick<Operation<unknown, unknown>, 'service' | 'name'>

/** What one attempt needs beside its operation and request. */
export interface AttemptTarget extends CallOptions, Pick<ReadResponseOptions, 'unknownHeaders'> {
  /** URL of the service. */
  endpoint: string
  security: Security
  context: PipelineContext
}

/**
 * Sends a request once. Everything is new each time: envelope, identifiers, timestamp and signature, because the
 * platform refuses old timestamps and repeated messages (spec soap-security §10, 8).
 *
 * @throws EHealthError as `call`
 */
export async function attempt<Request, Response>(
  operation: Operation<Request, Response>,
  request: Request,
  target: AttemptTarget & { context: WatchedContext },
): Promise<CallResult<Response>> {
  const { context, endpoint, soapAction = operation.soapAction } = target
  const { watch } = context
  const { onSent } = target
  const message = await writeRequest(operation, request, target)
  target.beforeSending?.(message.body.length)
  const httpRequest: HttpRequest = {
    url: endpoint,
    headers: { ...requestHeaders({ soapAction }, message, context), ...watch.traceHeaders() },
    body: message.body,
    ...(target.timeout === undefined ? {} : { timeout: target.timeout }),
    ...(target.signal === undefined ? {} : { signal: target.signal }),
    ...(onSent === undefined ? {} : { onSent: (bytes) => onSent(bytes, message.body.length) }),
  }
  let exchange: Exchange | undefined
  try {
    exchange = await sendAndRecord(operation, httpRequest, context)
    const { response } = exchange
    const answer = watch.time('parse', () =>
      readResponse(response, {
        idempotent: operation.idempotent,
        now: context.runtime.now(),
        ...(target.unknownHeaders === undefined ? {} : { unknownHeaders: target.unknownHeaders }),
      }),
    )
    assertAnswersRequest(answer.payload, request)
    const value = watch.time('read', () => read(operation.response, answer.payload))
    return {
      value,
      element: answer.payload,
      attachments: answer.attachments,
      meta: metaOf(operation, endpoint, exchange, message.envelope, answer),
    }
  } catch (cause) {
    const error = withClock(cause, exchange?.skew, context.clock?.correction ?? 0)
    notify(context.emit, faultEvent(operation.service, operation.name, error))
    throw error
  }
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
  request: () => string,
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
    value: {
      get request() {
        return request()
      },
      response: answer.text,
    },
    enumerable: false,
  }) as CallMeta
}
