/** The call pipeline: contract, writer, security, transport, fault mapping, reader (design §5). */
import { EHealthError } from '../../errors.js'
import { attempt, type CallTarget } from './attempt.js'
import type { CallResult, Operation, Security } from './types.js'

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
  assertSecurityFits(operation, target.security)
  return attempt(operation, request, target)
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
