/** The call pipeline: contract, writer, security, transport, fault mapping, reader (design §5). */
import { EHealthError } from '../../errors.js'
import { watchCall, type Watch } from '../observability/watch.js'
import { attempt, type CallTarget } from './attempt.js'
import type { CallResult, Operation, PipelineContext, Security, WatchedContext } from './types.js'

export type { CallTarget } from './attempt.js'

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
  const { context } = target
  if (isWatched(context)) {
    assertSecurityFits(operation, target.security)
    return attempt(operation, request, { ...target, context })
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
