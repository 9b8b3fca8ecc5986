/**
 * The call pipeline: contract, writer, security, transport, fault mapping, reader (design §5); around it the attempts that
 * the table of failures allows (spec soap-security §5.6).
 */
import { EHealthError } from '../../errors.js'
import { watchCall, type Watch } from '../observability/watch.js'
import { attempt } from './attempt.js'
import { errorOf, listed, type FailedAttempt } from './attempts.js'
import { startCourse, type CallTarget } from './course.js'
import { keepAnswer, recallAnswer } from './keptAnswers.js'
import { verified } from './verified.js'
import type { CallResult, Operation, PipelineContext, Security, Verifying, WatchedContext } from './types.js'

export type { CallTarget } from './course.js'

/**
 * Calls an operation of a service.
 *
 * The request is validated before anything is sent. The answer must be a SOAP message, no fault, with the element that
 * the operation promises; what its status says is for the service's own code to judge (`assertCommonsV1Status` and
 * relatives).
 *
 * A failure that the table of failures (`failureRules`) allows to repeat is repeated by itself, each time with a new
 * envelope: on another endpoint where `context.routes` knows one, once with a new token after SOA-01001, after a pause
 * otherwise. A message that may have arrived is sent again only when its operation is idempotent. The error is the first
 * cause; `details.attempts` has all.
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
  target: CallTarget & Verifying<Response>,
): Promise<CallResult<Response>> {
  const { context } = target
  if (isWatched(context)) {
    assertSecurityFits(operation, target.security)
    return callWatched(operation, request, { ...target, context })
  }
  const { service, name } = operation
  return watchCall({ ...target, service, operation: name }, (watch) =>
    call(operation, request, { ...target, context: watched(context, watch) }),
  )
}

/** The context of a call that has begun: what is called with it is part of that call. @internal */
export function watched(context: PipelineContext, watch: Watch): WatchedContext {
  return { ...context, emit: watch.emit, watch }
}

const isWatched = (context: PipelineContext): context is WatchedContext => 'watch' in context

async function callWatched<Request, Response>(
  operation: Operation<Request, Response>,
  request: Request,
  target: CallTarget & Verifying<Response> & { context: WatchedContext },
): Promise<CallResult<Response>> {
  const { context } = target
  const course = startCourse(operation, target)
  const refused = refusals(target)
  const early = await recallAnswer(operation, request, target)
  if (early !== undefined) return early
  for (;;) {
    const { endpoint, security } = course.next
    const startedAt = context.runtime.now()
    const start = performance.now()
    let result: CallResult<Response>
    try {
      result = await attempt(operation, request, {
        ...target,
        ...course.next,
        ...course.timeLeft(),
        beforeSending: refused.watch,
      })
    } catch (error) {
      if (!(error instanceof EHealthError) || refused.has(error)) throw error
      // nothing was sent, nothing to tell about sending
      if (error.family === 'contract' && course.failed.length === 0 && error.origin === 'client') throw error
      const code = error.platform?.code
      course.failed.push({
        endpoint,
        at: startedAt.toISOString(),
        milliseconds: Math.round(performance.now() - start),
        outcome: error.code,
        ...(code === undefined ? {} : { platformCode: code }),
        error,
      })
      if (await course.goOn(error, security)) continue
      const kept = await recallAnswer(operation, request, target, error)
      if (kept !== undefined) return kept
      throw errorOf(course.failed, operation)
    }
    // what an answer proves is no matter of attempts: the same would come again
    await verified(result, operation, target)
    return keepAnswer(operation, request, target, withFailures(result, course.failed, operation, context))
  }
}

/** The result, with the attempts that failed before it; whoever knows the endpoints learns which one answered. */
function withFailures<Response>(
  result: CallResult<Response>,
  failed: readonly FailedAttempt[],
  { service }: Pick<Operation<unknown, unknown>, 'service'>,
  { routes }: PipelineContext,
): CallResult<Response> {
  if (failed.length === 0) return result
  const { raw, ...known } = result.meta
  routes?.answered(
    service,
    known.endpoint,
    failed.map(({ endpoint, outcome }) => ({ endpoint, code: outcome })),
  )
  const meta = Object.defineProperty({ ...known, failedAttempts: listed(failed), raw }, 'raw', {
    enumerable: false,
  })
  return { ...result, meta }
}

/** What the caller refuses to send is no failure of a call: it is neither told as one nor tried again. */
function refusals({ beforeSending }: Pick<CallTarget, 'beforeSending'>): {
  watch: (bytes: number) => void
  has: (error: unknown) => boolean
} {
  const thrown = new Set<unknown>()
  return {
    watch: (bytes) => {
      try {
        beforeSending?.(bytes)
      } catch (error) {
        thrown.add(error)
        throw error
      }
    },
    has: (error) => thrown.has(error),
  }
}

function assertSecurityFits(
  operation: Pick<Operation<unknown, unknown>, 'name' | 'security'>,
  security: Security,
): void {
  if (operation.security !== security.kind)
    throw new EHealthError(
      'configuration.invalid',
      `${operation.name} demands security ${operation.security}, not ${security.kind}`,
      { path: 'security' },
    )
}
