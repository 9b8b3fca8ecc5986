/** Which attempt comes next, and whether one does (spec soap-security §5.6). */
import { EHealthError } from '../../errors.js'
import { pause } from '../environment/runtime.js'
import type { AttemptTarget } from './attempt.js'
import type { FailedAttempt } from './attempts.js'
import { notify } from './events.js'
import { judgeFailure } from './failures.js'
import { defaultTimeout } from './transport.js'
import type { Operation, Security, WatchedContext } from './types.js'

type Named = Pick<Operation<unknown, unknown>, 'service' | 'name' | 'idempotent'>

/** What one call needs beside its operation and request. */
export interface CallTarget extends AttemptTarget {
  /**
   * Gives another token after the platform did not accept the one of `refused` (SOA-01001); `undefined` when there is no
   * other.
   */
  renew?: (refused: Security) => Promise<Security | undefined>
}

/** The attempts of one call so far, and the next one. */
export interface Course {
  readonly failed: FailedAttempt[]
  next: { endpoint: string; security: Security }
  timeLeft(): { timeout?: number }
  /** Prepares the next attempt; false when there is none. */
  goOn(error: EHealthError, refused: Security): Promise<boolean>
}

export function startCourse(operation: Named, target: CallTarget & { context: WatchedContext }): Course {
  const { context, endpoint, timeout, signal, renew } = target
  const { attempts = 3, firstPause = 300 } = target.retry ?? {}
  const endpoints = context.routes?.endpointsOf(operation.service, endpoint) ?? [endpoint]
  const start = performance.now()
  const left = (): number => (timeout ?? defaultTimeout) - (performance.now() - start)
  const tried = new Set<string>([endpoints[0]!])
  const correction = context.clock?.correction
  let renewed = false
  let pauses = 0

  const announce = (error: EHealthError, waited?: number): true => {
    notify(context.emit, {
      type: 'retry',
      service: operation.service,
      operation: operation.name,
      code: error.code,
      endpoint: course.next.endpoint,
      ...(waited === undefined ? {} : { pause: waited }),
    })
    return true
  }

  const course: Course = {
    failed: [],
    next: { endpoint: endpoints[0]!, security: target.security },
    timeLeft: () => (timeout === undefined ? {} : { timeout: Math.max(1, Math.ceil(left())) }),
    async goOn(error, refused) {
      const verdict = judgeFailure(error, operation)
      // its time is over, however short an attempt might be
      if (error.code === 'transport.timeout' || left() <= 0) return false
      if (verdict.repeat === 'once-with-new-token') {
        if (renewed) return false
        renewed = true
        const security = await renewedSecurity(refused, renew)
        // without a new token a clock that has just been set right makes the difference
        if (security === undefined && correction === context.clock?.correction) return false
        course.next = { ...course.next, security: security ?? refused }
        return announce(error)
      }
      const other = verdict.switchEndpoint ? endpoints.find((candidate) => !tried.has(candidate)) : undefined
      if (other !== undefined) {
        tried.add(other)
        course.next = { ...course.next, endpoint: other }
        return announce(error)
      }
      if (verdict.repeat === 'no' || course.failed.length >= attempts) return false
      const longest = firstPause * 2 ** pauses
      pauses += 1
      const milliseconds = Math.round(longest * (1 - chance(context.runtime) / 2))
      if (milliseconds >= left()) return false
      await pause(context.runtime, milliseconds, { signal }).catch((cause: unknown) => {
        throw new EHealthError('transport.aborted', 'the call was aborted between two attempts', { cause })
      })
      course.next = { ...course.next, endpoint: endpoints[0]! }
      return announce(error, milliseconds)
    },
  }
  return course
}

/** A token that cannot be had leaves the refusal as the cause; a session that was closed meanwhile does not. */
async function renewedSecurity(refused: Security, renew: CallTarget['renew']): Promise<Security | undefined> {
  try {
    return await renew?.(refused)
  } catch (error) {
    if (error instanceof EHealthError && error.code !== 'configuration.closed') return undefined
    throw error
  }
}

/** 0 to 1, so that many clients do not come back at the same moment. */
function chance(runtime: { randomBytes(count: number): Uint8Array }): number {
  const [high = 0, low = 0] = runtime.randomBytes(2)
  return (high * 256 + low) / 65_536
}
