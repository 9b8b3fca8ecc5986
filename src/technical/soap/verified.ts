/** What is signed in an answer, judged as a part of its call. */
import { EHealthError } from '../../errors.js'
import { faultEvent, notify } from './events.js'
import type { CallResult, Operation, Verifying, WatchedContext } from './types.js'

/** Has an answer judged, where somebody does; timed and told as phase `verify`. */
export async function verified<Response>(
  result: CallResult<Response>,
  { service, name }: Pick<Operation<unknown, unknown>, 'service' | 'name'>,
  { verify, context: { watch, emit } }: Verifying<Response> & { context: WatchedContext },
): Promise<void> {
  const judge = verify?.(result)
  if (judge === undefined) return
  try {
    await watch.time('verify', judge)
  } catch (error) {
    if (error instanceof EHealthError) notify(emit, faultEvent(service, name, error))
    throw error
  }
}
