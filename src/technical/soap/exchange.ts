/** One HTTP exchange with its events and its recording. */
import { notify } from './events.js'
import type { HttpRequest, HttpResponse, Operation, PipelineContext } from './types.js'

type Named = Pick<Operation<unknown, unknown>, 'service' | 'name'>

/** An answer and when it came. */
export interface Exchange {
  response: HttpResponse
  startedAt: Date
  milliseconds: number
}

/** One HTTP exchange with its events, recorded whatever comes of it. */
export async function sendAndRecord(
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
