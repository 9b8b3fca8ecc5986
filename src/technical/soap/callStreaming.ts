/** A call whose answer may carry attachments too large for memory. */
import {
  receiveMessage,
  type ReceivedAttachment,
  type ReceivedMessage,
  type ReceiveOptions,
} from './attachments/receive.js'
import { call, type CallTarget } from './call.js'
import type {
  Attachment,
  CallResult,
  EndpointRoutes,
  HttpRequest,
  Operation,
  Transport,
  Verifying,
} from './types.js'

/** A result whose attachments live until it is closed. */
export interface StreamedCallResult<Response>
  extends Omit<CallResult<Response>, 'attachments'>, AsyncDisposable {
  attachments: ReadonlyMap<string, ReceivedAttachment>
  /** Removes the temporary files; may be called again. */
  readonly close: () => Promise<void>
}

/**
 * Calls an operation as `call` does, and keeps large attachments of the answer in temporary files. What `meta.raw` and a
 * recording have of the answer is the envelope alone. `xop:Include` elements stay in place: what they stand for is found
 * by `resolveAttachment`.
 *
 * @throws EHealthError as `call`, and `transport.too-large`; no file is left behind then
 *
 * @example
 * ```ts
 * import { pipeline } from 'node:stream/promises'
 * import { createWriteStream } from 'node:fs'
 * import { callStreaming, resolveAttachment } from 'ehealth-connectors/soap'
 *
 * const target = { endpoint, security, context }
 * await using answer = await callStreaming(getBoxInfo, {}, target, { spoolAbove: 64 * 1024 })
 * const scan = resolveAttachment('cid:scan@example.test', answer.attachments)
 * await pipeline(scan.stream(), createWriteStream('scan.pdf'))
 * ```
 */
export async function callStreaming<Request, Response>(
  operation: Operation<Request, Response>,
  request: Request,
  target: CallTarget & Verifying<Response>,
  options: ReceiveOptions = {},
): Promise<StreamedCallResult<Response>> {
  let received: ReceivedMessage | undefined
  const close = async (): Promise<void> => received?.close()
  const transport: Transport = {
    close: () => target.context.transport.close(),
    post: (post: HttpRequest) =>
      target.context.transport.post({
        ...post,
        receive: async ({ status, headers, body }) => {
          // of an attempt before this one
          await close()
          received = await receiveMessage(headers['content-type'], counted(body, options.onProgress), options)
          const { root, charset } = received
          const multipart = headers['content-type']?.toLowerCase().startsWith('multipart/') === true
          const type = { 'content-type': `text/xml; charset=${charset ?? 'utf-8'}` }
          return { status, headers: { ...headers, ...(multipart ? type : {}) }, body: root }
        },
      }),
  }
  try {
    const result = await call(operation, request, {
      ...target,
      context: { ...target.context, transport, ...keepingNothing(target.context.routes) },
    })
    const attachments = received?.attachments ?? inMemory(result.attachments)
    return { ...result, attachments, close, [Symbol.asyncDispose]: close }
  } catch (error) {
    await close()
    throw error
  }
}

/** An answer is kept as its envelope alone; one that may have had attachments is not the whole of it. */
function keepingNothing(routes: EndpointRoutes | undefined): { routes?: EndpointRoutes } {
  if (routes === undefined) return {}
  return {
    routes: {
      endpointsOf: (service, configured) => routes.endpointsOf(service, configured),
      answered: (service, endpoint, failed) => routes.answered(service, endpoint, failed),
      keptAnswers: () => undefined,
    },
  }
}

async function* counted(
  body: AsyncIterable<Uint8Array>,
  onProgress: ReceiveOptions['onProgress'],
): AsyncGenerator<Uint8Array, void, undefined> {
  let octets = 0
  for await (const piece of body) {
    octets += piece.length
    onProgress?.(octets)
    yield piece
  }
}

/** Attachments of a transport that does not stream. */
function inMemory(attachments: ReadonlyMap<string, Attachment>): Map<string, ReceivedAttachment> {
  return new Map(
    [...attachments].map(([id, { contentId, contentType, content }]) => [
      id,
      {
        contentId,
        contentType,
        length: content.length,
        bytes: async () => content,
        stream: async function* () {
          yield content
        },
      },
    ]),
  )
}
