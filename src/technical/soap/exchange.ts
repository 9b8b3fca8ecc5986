/** One HTTP exchange with its events and its recording. */
import { roundedMilliseconds } from '../environment/runtime.js'
import { followExchange } from '../observability/progress.js'
import { reasonOf } from '../observability/watch.js'
import { octetsOf } from './attachments/content.js'
import { skewBetween } from './clockWatch.js'
import { notify } from './events.js'
import { recordExchange } from './recordExchange.js'
import type { HttpRequest, HttpResponse, Operation, WatchedContext } from './types.js'

type Named = Pick<Operation<unknown, unknown>, 'service' | 'name'>

/** An answer and when it came. */
export interface Exchange {
  response: HttpResponse
  startedAt: Date
  milliseconds: number
  /** Milliseconds by which the clock here is ahead of the one that answered, as far as that can be told. */
  skew: number | undefined
}

/** One HTTP exchange with its events, recorded whatever comes of it. */
export async function sendAndRecord(
  operation: Named,
  request: HttpRequest,
  context: WatchedContext,
): Promise<Exchange> {
  const { transport, recorder, watch, clock } = context
  const named = { service: operation.service, operation: operation.name }
  const startedAt = (clock?.source ?? context.runtime).now()
  const start = watch.now()
  const elapsed = (): number => roundedMilliseconds(watch.now() - start)
  notify(context.emit, {
    type: 'request',
    ...named,
    endpoint: request.url,
    bytes: request.body.length,
  })
  // streamed content is read once more, for a recording only
  const about = async () => ({
    ...named,
    url: request.url,
    requestHeaders: request.headers,
    request: recorder === undefined ? new Uint8Array() : await octetsOf(request.body),
    startedAt,
  })
  const progress = followExchange(watch)
  let response: HttpResponse
  try {
    response = await transport.post({ ...request, onProgress: progress.mark })
  } catch (error) {
    progress.end(true)
    const { code } = reasonOf(error)
    await recordExchange(recorder, watch, { ...(await about()), milliseconds: elapsed(), error: code })
    throw error
  }
  progress.end(false)
  const milliseconds = elapsed()
  const skew = skewBetween(response.headers['date'], startedAt, new Date(startedAt.getTime() + milliseconds))
  const toTell = clock?.notice(skew)
  if (toTell !== undefined)
    notify(context.emit, {
      type: 'clock',
      ...named,
      endpoint: request.url,
      skew: toTell,
      corrected: clock?.correction !== 0,
    })
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
  await recordExchange(recorder, watch, {
    ...(await about()),
    status: response.status,
    responseHeaders: response.headers,
    response: response.body,
    milliseconds,
  })
  return { response, startedAt, milliseconds, skew }
}
