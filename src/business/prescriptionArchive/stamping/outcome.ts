/** What a failed attempt means for its bag, and for those behind it (spec timestamp §10.3, §10.4). */
import { EHealthError } from '../../../errors.js'
import { failureKindOf } from '../../../technical/soap/failures.js'

/** What became of an attempt. */
export type AttemptOutcome =
  /** The platform answered with a stamp, good or bad. */
  | 'answered'
  /** The platform could not, or the request did not reach it: surely no stamp. */
  | 'fault'
  /** The platform refuses these octets. */
  | 'refused'
  /** It may have been stamped. */
  | 'unknown'

/** How to go on. */
export interface FailedAttempt {
  outcome: Exclude<AttemptOutcome, 'answered'>
  code: string
  platformCode?: string
  /** What is wrong is wrong for every bag: wait, or stop where only a person can help. */
  round: 'go-on' | 'wait' | 'stop'
}

/** Kinds of failures that every bag would have. */
const outages: ReadonlySet<string> = new Set([
  'not-connected',
  'not-trusted',
  'unknown-outcome',
  'gateway',
  'not-found',
  'unavailable',
])

const surelyNotSent: ReadonlySet<string> = new Set(['not-connected', 'not-trusted'])

export function judgeAttempt(error: unknown): FailedAttempt {
  if (!(error instanceof EHealthError)) return { outcome: 'unknown', code: 'unexpected', round: 'wait' }
  const { code, platform } = error
  const about = { code, ...(platform?.code === undefined ? {} : { platformCode: platform.code }) }
  if (stops.has(code) || needsPerson(code)) return { ...about, outcome: 'fault', round: 'stop' }
  if (refusals.has(code)) return { ...about, outcome: 'refused', round: 'go-on' }
  // the authority says that it cannot now: maybe this bag, maybe all (spec §4.4)
  if (troubles.has(code)) return { ...about, outcome: 'fault', round: 'go-on' }
  const kind = failureKindOf(error)
  if (kind === 'not-authenticated') return { ...about, outcome: 'fault', round: 'stop' }
  if (outages.has(kind))
    return { ...about, outcome: surelyNotSent.has(kind) ? 'fault' : 'unknown', round: 'wait' }
  if (code === 'fault.business' || code === 'fault.other')
    return isOurFault(error)
      ? { ...about, outcome: 'refused', round: 'go-on' }
      : { ...about, outcome: 'fault', round: 'go-on' }
  // an answer that cannot be read: the platform has worked, and what it has done is not known
  return { ...about, outcome: 'unknown', round: 'go-on' }
}

/** The authority has trouble of its own. */
const troubles: ReadonlySet<string> = new Set(['timestamp.responder'])

/** The platform does not accept who asks. */
const stops: ReadonlySet<string> = new Set(['fault.not-authenticated', 'fault.not-authorised'])

/** The platform does not accept what is asked. */
const refusals: ReadonlySet<string> = new Set([
  'timestamp.refused',
  'timestamp.input',
  'fault.malformed',
  'fault.schema',
  'fault.content',
  'contract.invalid',
])

/** Keys, configuration and a closed session do not mend themselves. */
const needsPerson = (code: string): boolean =>
  /^(keystore|configuration|certificate|token|session)\./.test(code)

/** `soap:Client` of SOAP 1.1, `Sender` of 1.2; detail codes under it, as `Client.Schema`. */
const isOurFault = ({ platform }: EHealthError): boolean =>
  /^(client|sender)/i.test(platform?.faultCode ?? '') || platform?.origin === 'Consumer'

/** Milliseconds to wait after so many failures in a row: doubling up to the most, and somewhere in its second half. */
export function backoff(failures: number, most: number, random: Uint8Array): number {
  const whole = Math.min(most, 5000 * 2 ** Math.min(failures - 1, 20))
  return Math.round(whole / 2 + (whole / 2) * (random[0]! / 255))
}
