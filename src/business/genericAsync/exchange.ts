/** One exchange with a mailbox: addressing, faults in our words (spec memberdata-mycarenet §2.3, §2.6). */
import { EHealthError } from '../../errors.js'
import type { CallOptions, CallResult, Operation } from '../../technical/soap/index.js'
import type { Session } from '../../technical/session/index.js'
import { asyncActions } from './contract.js'

const anonymous = 'http://www.w3.org/2005/08/addressing/anonymous'

/**
 * Calls an operation of a mailbox. `to` names one insurer or all of them; empty, as for most posts, when omitted.
 *
 * @throws EHealthError `async.too-soon` for the fault that says so, by its text: there is no code for it (§8 20)
 */
export async function exchange<Request, Response>(
  session: Session,
  operation: Operation<Request, Response>,
  request: Request,
  { to = '', ...options }: CallOptions & { to?: string } = {},
): Promise<CallResult<Response>> {
  const action = asyncActions[operation.name as keyof typeof asyncActions]
  try {
    return await session.call(operation, request, {
      ...options,
      addressing: {
        action,
        to,
        messageId: session.runtime.uuid(),
        replyTo: anonymous,
        faultTo: anonymous,
      },
    })
  } catch (error) {
    if (error instanceof EHealthError && saysTooSoon(error))
      throw new EHealthError('async.too-soon', 'the mailbox was asked again too soon', {
        cause: error,
        ...(error.platform === undefined ? {} : { platform: error.platform }),
      })
    throw error
  }
}

const saysTooSoon = ({ platform }: EHealthError): boolean =>
  platform?.messages?.some(({ text }) => /not enough time/i.test(text)) === true
