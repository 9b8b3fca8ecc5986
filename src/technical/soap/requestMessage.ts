/** The HTTP body of a request: contract, security header, packaging. */
import type { Watch } from '../observability/watch.js'
import { buildMessageBody, type MessageBody } from './attachments/swa.js'
import { xopAttacher } from './attachments/xop.js'
import { writeAddressing } from './addressing.js'
import { piecesOf, textOfEnvelope, writeEnvelope } from './envelope.js'
import type { CallOptions, Operation, PipelineContext, Security, StreamedContent } from './types.js'

/** What a request is written with, beside operation and value. */
export interface RequestParts extends Pick<CallOptions, 'attachments' | 'xopThreshold' | 'addressing'> {
  security: Security
  context: Pick<PipelineContext, 'runtime'> & { watch?: Pick<Watch, 'time'> }
}

/** A request ready to be sent. */
export interface RequestMessage extends MessageBody<Uint8Array | StreamedContent> {
  /** The envelope alone, joined when it is asked for. */
  readonly envelope: () => string
}

/** @throws EHealthError `contract.invalid` when the value does not fit the contract or an attachment has no proper name */
export async function writeRequest<Request>(
  operation: Pick<Operation<Request, unknown>, 'request' | 'signedParts' | 'ttlSeconds' | 'packaging'>,
  value: Request,
  parts: RequestParts,
): Promise<RequestMessage> {
  const { security, addressing, context, attachments = [] } = parts
  const { runtime } = context
  const { request: declaration, signedParts, ttlSeconds, packaging = 'swa' } = operation
  const xop = packaging === 'xop' ? xopAttacher(runtime, parts.xopThreshold) : undefined
  const written = await writeEnvelope({
    security,
    body: { declaration, value },
    runtime,
    ...(context.watch === undefined ? {} : { time: context.watch.time }),
    ...(signedParts === undefined ? {} : { signedParts }),
    ...(ttlSeconds === undefined ? {} : { ttlSeconds }),
    ...(addressing === undefined ? {} : { addressing: writeAddressing(addressing) }),
    ...(xop === undefined ? {} : { attach: xop.attach }),
  })
  const message = buildMessageBody(
    piecesOf(written),
    [...(xop?.attachments ?? []), ...attachments],
    runtime,
    {
      layout: packaging === 'xop' ? 'xop' : 'swaRequest',
    },
  )
  return { ...message, envelope: () => textOfEnvelope(written) }
}
