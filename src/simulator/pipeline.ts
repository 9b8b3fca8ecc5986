/** One call from octets to octets, every check in the order of the platform (spec soap-security §9). */
import { EHealthError } from '../errors.js'
import type { ServiceName } from '../technical/environment/environment.js'
import { buildMessageBody, type MessageBody } from '../technical/soap/attachments/swa.js'
import { includeXop } from '../technical/soap/attachments/xop.js'
import { buildEnvelope } from '../technical/soap/envelope.js'
import { buildFault, type FaultToWrite } from '../technical/soap/writeFault.js'
import { read } from '../technical/xml/index.js'
import { authenticate, type AcceptedTrust } from './authenticate.js'
import type { SimulatorClock } from './clock.js'
import { disturbed, inDialect } from './disturb.js'
import type { Faults, Trouble } from './faults.js'
import { openRequest, type OpenedRequest, type ReceivedRequest } from './openRequest.js'
import { Refusal, soaRefusal } from './refusal.js'
import type { ReplayGuard } from './replay.js'
import type { Answer } from './sending.js'
import type { SimulatedCall, SimulatedService } from './service.js'
import type { World } from './world.js'

/** What the pipeline works with. */
export interface PipelineOptions {
  readonly world: World
  readonly clock: SimulatorClock
  readonly trust: AcceptedTrust
  readonly replay: ReplayGuard
  readonly faults: Faults
  readonly strictAction: boolean
  /** Value of `Environment` in faults. */
  readonly environment: FaultToWrite['environment']
  /** Moves a service to its recovery endpoint. */
  readonly onSwitch: (service: ServiceName) => void
  /** Told about every refusal, with the reason that the caller does not learn. */
  readonly onRefusal: (refused: RefusedCall) => void
}

/** A refusal as whoever runs the simulator sees it. */
export interface RefusedCall {
  readonly service: ServiceName
  /** Name in the WSDL; absent when the request named none. */
  readonly operation?: string
  /** Code in the fault. */
  readonly code: string
  /** Message of the fault. */
  readonly message: string
  /** Code of the check that failed, for instance `signature.digest`. */
  readonly reason?: string
}

export type Pipeline = (service: SimulatedService, request: ReceivedRequest) => Promise<Answer>

export function createPipeline(options: PipelineOptions): Pipeline {
  const { clock, faults } = options

  return async (service, request) => {
    let opened: OpenedRequest
    try {
      opened = openRequest(request, service, options)
    } catch (error) {
      return { ...(await fault(error, service, undefined, options)), at: clock.now() }
    }
    const operation = opened.operation.operation.name
    const trouble = faults.strike(service.service, operation, request.endpoint)
    if (trouble?.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, trouble.milliseconds))
    const at = new Date(clock.now().getTime() + (trouble?.kind === 'clock' ? trouble.milliseconds : 0))
    const early = insteadOfAnswer(trouble)
    if (early !== undefined) return { ...early, operation, at }
    try {
      if (trouble?.kind === 'soa') throw scriptedRefusal(trouble)
      if (trouble?.kind === 'switch') {
        options.onSwitch(service.service)
        throw soaRefusal('SOA-02001')
      }
      const answer = await serve(opened, request.body.length, at, trouble, options)
      return { ...answer, status: 200, operation, at, ...deliveryOf(trouble, answer) }
    } catch (error) {
      return { ...(await fault(error, service, operation, options)), operation, at }
    }
  }
}

async function serve(
  { parsed, attachments, operation: { operation, handler } }: OpenedRequest,
  octets: number,
  now: Date,
  trouble: Trouble | undefined,
  options: PipelineOptions,
): Promise<MessageBody> {
  const { world } = options
  const caller = authenticate(parsed, operation, { ...options, now })
  handler.authorise?.(caller, world)
  includeXop(parsed.payload, attachments)
  const request = strictly(() => read(operation.request, parsed.payload, { strict: true }))
  const call: SimulatedCall<unknown> = {
    request,
    element: parsed.payload,
    attachments,
    caller,
    world,
    octets,
    now,
    ...(trouble === undefined ? {} : { trouble }),
  }
  handler.checkContent?.(request, call)
  const answer = await handler.answer(call)
  const envelope = await buildEnvelope({
    security: { kind: 'none' },
    body: { declaration: operation.response, value: answer.value },
    runtime: world.runtime,
  })
  const said = inDialect(disturbed(envelope, trouble, now), answer.attachments ?? [], trouble)
  return buildMessageBody(said.envelope, said.attachments, world.runtime, {
    layout: said.layout ?? (operation.packaging === 'xop' ? 'xop' : 'swaAnswer'),
  })
}

function strictly<T>(reader: () => T): T {
  try {
    return reader()
  } catch (error) {
    if (!(error instanceof EHealthError)) throw error
    throw soaRefusal('SOA-03006', error.message, error)
  }
}

async function fault(
  error: unknown,
  { service }: SimulatedService,
  operation: string | undefined,
  { world, environment, onRefusal }: PipelineOptions,
): Promise<MessageBody & { status: number }> {
  const refusal = refusalOf(error)
  const { kind, code, message, origin, retry, detail } = refusal.content
  const { cause } = refusal
  onRefusal({
    service,
    code,
    message,
    ...(operation === undefined ? {} : { operation }),
    ...(cause instanceof EHealthError ? { reason: cause.code } : {}),
  })
  const content = buildFault({
    kind,
    code,
    message,
    origin,
    environment,
    id: world.runtime.uuid(),
    ...(retry === undefined ? {} : { retry }),
    ...(detail === undefined ? {} : { detail }),
  })
  const envelope = await buildEnvelope({ security: { kind: 'none' }, body: content, runtime: world.runtime })
  return { ...buildMessageBody(envelope, [], world.runtime), status: 500 }
}

/** Attachments that do not fit the message are malformed content; whatever else escapes is the simulator's own fault. */
function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  if (error instanceof EHealthError && error.code.startsWith('transport.'))
    return soaRefusal('SOA-03001', undefined, error)
  return soaRefusal('SOA-00001', undefined, error)
}

const page = '<!DOCTYPE html><html><head><title>Maintenance</title></head><body>Back soon</body></html>'

function insteadOfAnswer(
  trouble: Trouble | undefined,
): (MessageBody & Pick<Answer, 'status' | 'delivery'>) | undefined {
  const empty = { contentType: 'text/plain', body: new Uint8Array() }
  switch (trouble?.kind) {
    case 'drop':
      return trouble.when === 'after'
        ? undefined
        : { ...empty, status: 500, delivery: { kind: 'unanswered' } }
    case 'html':
      return {
        contentType: 'text/html; charset=utf-8',
        body: Buffer.from(page),
        status: trouble.status ?? 503,
      }
    case 'empty':
      return { ...empty, status: trouble.status }
    default:
      return undefined
  }
}

function scriptedRefusal({ code, message, retry }: Extract<Trouble, { kind: 'soa' }>): Refusal {
  const refusal = soaRefusal(code, message)
  return retry === undefined ? refusal : new Refusal({ ...refusal.content, retry })
}

/** Trouble on the way of an answer that was made. */
function deliveryOf(
  trouble: Trouble | undefined,
  { body }: MessageBody,
): Partial<Pick<Answer, 'delivery' | 'contentType'>> {
  switch (trouble?.kind) {
    case 'truncate':
      return { delivery: { kind: 'halfway' } }
    case 'drop':
      return { delivery: { kind: 'unanswered' } }
    case 'stall':
      return { delivery: { kind: 'stalled' } }
    case 'trickle': {
      const { octets = 1, milliseconds = 50, from } = trouble
      const end = from === 'attachment' ? Buffer.from(body).indexOf('</S:Envelope>') : -1
      return { delivery: { kind: 'trickling', octets, milliseconds, from: Math.max(0, end) } }
    }
    case 'oversized':
      return { delivery: { kind: 'padded', octets: trouble.octets, coding: trouble.coding } }
    case 'content-type':
      return { contentType: trouble.contentType ?? 'text/plain' }
    default:
      return {}
  }
}
