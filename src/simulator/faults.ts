/** Scripted trouble (spec soap-security §9): what the platform and the network do on a bad day. */
import { EHealthError } from '../errors.js'
import type { ServiceName } from '../technical/environment/environment.js'
import { isSoaCode } from '../technical/soap/platformCodes.js'
import type { SoaCode } from './refusal.js'

/** What goes wrong. */
export type Trouble =
  /** The answer comes late. */
  | { kind: 'delay'; milliseconds: number }
  /** The connection breaks: before the request is looked at, or after it was carried out. */
  | { kind: 'drop'; when?: 'before' | 'after' }
  /** A fault with a code of the platform; the request is not looked at. `retry` becomes its `Retry`. */
  | { kind: 'soa'; code: SoaCode; message?: string; retry?: boolean }
  /** A page for people instead of a message. Status 503 unless said otherwise. */
  | { kind: 'html'; status?: number }
  /** An HTTP status without a body, for instance 202 or 500. */
  | { kind: 'empty'; status: number }
  /** The right answer under a wrong `Content-Type`; `text/plain` unless said otherwise. */
  | { kind: 'content-type'; contentType?: string }
  /** The request is carried out and half of the answer is sent, then the connection breaks. */
  | { kind: 'truncate' }
  /** The request is carried out and half of the answer is sent, then nothing more. */
  | { kind: 'stall' }
  /**
   * The answer trickles in: `octets` (1) at a time, every `milliseconds` (50). From its start, or from where the
   * envelope ends and the attachments begin.
   */
  | { kind: 'trickle'; octets?: number; milliseconds?: number; from?: 'start' | 'attachment' }
  /** The answer grows to this size by white space behind it; with a `coding` the octets sent are few. */
  | { kind: 'oversized'; octets: number; coding?: 'gzip' | 'deflate' }
  /** The service judges and answers with a clock that is off. */
  | { kind: 'clock'; milliseconds: number }
  /** The answer carries a Timestamp that ended `milliseconds` ago; two hours unless said otherwise. */
  | { kind: 'timestamp'; milliseconds?: number }
  /** One character of the first signature in the answer is wrong; where there is none, that of the request is refused. */
  | { kind: 'signature' }
  /** The answer starts with a document type declaration. */
  | { kind: 'doctype' }
  /** The answer carries an element that the operation does not know. */
  | { kind: 'foreign-element' }
  /** The platform moves the service to its recovery endpoint: says so in its list, and SOA-02001 to this call. */
  | { kind: 'switch' }
  /** Publication only: the message is accepted, does not arrive, and an ERROR message tells the sender. */
  | { kind: 'undelivered'; code?: string; message?: string }
  /**
   * Answers with attachments only: another way of naming them. `bare`: Content-ID without angle brackets; `encoded`: the
   * reference percent-encoded; `unprefixed`: without `cid:`; `bracketed`: the reference in angle brackets; `xop`: inline
   * content as parts too, by `xop:Include`.
   */
  | { kind: 'dialect'; form: AttachmentDialect }
  /** STS only: one bit of the signature of the assertion is wrong. */
  | { kind: 'assertion-signature' }
  /** STS only: the assertion is signed by a certificate of the same authority that is not the STS. */
  | { kind: 'assertion-signer' }
  /** STS only: the assertion is signed rsa-sha1, as before 2026. */
  | { kind: 'assertion-sha1' }
  /** STS only: the signed assertion hides in the advice of another one, which says more. */
  | { kind: 'assertion-wrapped' }
  /** Time stamp authority only: the stamp is made and archived, and what is answered has this flaw. */
  | { kind: 'stamp'; flaw: StampFlaw }
  /** Time stamp authority only: nothing is stamped; `ResponderError` unless said otherwise. */
  | {
      kind: 'stamp-result'
      major?: 'RequesterError' | 'ResponderError' | 'InsufficientInformation'
      minor?: string
    }
  /** Time stamp consultation only: the archive answers with an error, and with Status ERROR where there is one. */
  | { kind: 'archive-error'; number?: number; type?: string }

/** What may be wrong with the answer of a time stamp authority (spec timestamp §8, §9.2, §11). */
export const stampFlaws = [
  /** The base64 of a base64, as the first version gives it. */
  'base64-twice',
  /** A whole TimeStampResp instead of the token, likewise. */
  'response',
  'response-base64-twice',
  /** A TimeStampResp that says no. */
  'rejected',
  'no-certificate',
  'other-data',
  /** By an authority that nobody knows. */
  'unknown-authority',
  /** By a certificate that ended before the stamp. */
  'expired-authority',
  /** By a certificate that is not for time stamps. */
  'no-purpose',
  /** The signed attribute names another certificate. */
  'wrong-signer',
  /** One bit of the signature is wrong. */
  'signature',
  /** The time was changed after signing. */
  'altered',
  /** A stamp of a year from now. */
  'future',
  /** The imprint is of SHA-1. */
  'sha1',
  'other-policy',
  /** The content is not a TSTInfo. */
  'no-timestamp',
  /** Success, and nothing. */
  'missing',
  /** Success, and another kind of time stamp. */
  'other-kind',
  /** The answer names another request. */
  'other-request',
] as const

export type StampFlaw = (typeof stampFlaws)[number]

/** Ways of naming attachments (spec ehealthbox §1.3, §7.8). */
export type AttachmentDialect = 'bare' | 'encoded' | 'unprefixed' | 'bracketed' | 'xop'

/** Which of the two addresses of a service. */
export type EndpointRole = 'default' | 'recovery'

/** Trouble and when it strikes. */
export type FaultPlan = Trouble & {
  /** Every service when omitted. */
  service?: ServiceName
  /** Name in the WSDL, for instance `sendMessage`; every operation when omitted. */
  operation?: string
  /** At this address only; at both when omitted. */
  endpoint?: EndpointRole
  /** Calls that pass before it strikes; 0. */
  skip?: number
  /** How often it strikes; once. `Infinity`: until the plans are cleared. */
  times?: number
}

/** A plan that still strikes. */
export interface PendingPlan {
  readonly plan: FaultPlan
  /** Calls that pass before it strikes. */
  readonly skip: number
  /** How often it still strikes; `Infinity`: until the plans are cleared. */
  readonly left: number
}

/** The plans of one simulator. */
export interface Faults {
  /** @throws EHealthError `configuration.invalid` for a plan that is none */
  add(plan: FaultPlan): void
  clear(): void
  /** Plans that have not run out, in the order in which they strike. */
  plans(): readonly PendingPlan[]
  /** The trouble for this call; counts. @internal */
  strike(service: ServiceName, operation: string, endpoint?: EndpointRole): Trouble | undefined
}

const kinds: Record<Trouble['kind'], readonly string[]> = {
  delay: ['milliseconds'],
  drop: ['when'],
  soa: ['code', 'message', 'retry'],
  html: ['status'],
  empty: ['status'],
  'content-type': ['contentType'],
  truncate: [],
  stall: [],
  trickle: ['octets', 'milliseconds', 'from'],
  oversized: ['octets', 'coding'],
  clock: ['milliseconds'],
  timestamp: ['milliseconds'],
  signature: [],
  doctype: [],
  'foreign-element': [],
  switch: [],
  undelivered: ['code', 'message'],
  dialect: ['form'],
  'assertion-signature': [],
  'assertion-signer': [],
  'assertion-sha1': [],
  'assertion-wrapped': [],
  stamp: ['flaw'],
  'stamp-result': ['major', 'minor'],
  'archive-error': ['number', 'type'],
}

const dialects: readonly AttachmentDialect[] = ['bare', 'encoded', 'unprefixed', 'bracketed', 'xop']

const common = ['kind', 'service', 'operation', 'endpoint', 'skip', 'times']

/** A plan may come from a file: what would silently never strike is refused. */
function assertPlan(plan: FaultPlan): void {
  const refuse = (path: string, problem: string): never => {
    throw new EHealthError('configuration.invalid', `faults.${path}: ${problem}`, {
      path: `faults.${path}`,
    })
  }
  if (typeof plan?.kind !== 'string' || !Object.hasOwn(kinds, plan.kind))
    return refuse('kind', `expected one of ${Object.keys(kinds).join(', ')}`)
  for (const name of Object.keys(plan))
    if (!common.includes(name) && !kinds[plan.kind].includes(name))
      refuse(name, `does not go with ${plan.kind}`)
  for (const name of ['skip', 'times', 'milliseconds', 'octets', 'status'] as const) {
    const value = (plan as unknown as Record<string, unknown>)[name]
    if (value !== undefined && !(typeof value === 'number' && (value >= 0 || name === 'milliseconds')))
      refuse(name, 'expected a number')
  }
  if (plan.times === 0) refuse('times', 'expected once or more')
  if (plan.kind === 'soa' && !isSoaCode(plan.code)) refuse('code', 'no code of the platform')
  if ((plan.kind === 'delay' || plan.kind === 'clock') && plan.milliseconds === undefined)
    refuse('milliseconds', 'missing')
  if (plan.kind === 'dialect' && !dialects.includes(plan.form))
    refuse('form', `expected one of ${dialects.join(', ')}`)
  if (plan.kind === 'stamp' && !stampFlaws.includes(plan.flaw))
    refuse('flaw', `expected one of ${stampFlaws.join(', ')}`)
  if (plan.kind === 'oversized' && plan.octets === undefined) refuse('octets', 'missing')
  if (plan.kind === 'empty' && plan.status === undefined) refuse('status', 'missing')
}

/** @param assertTarget Refuses a plan that finds nothing to strike. */
export function createFaults(
  plans: readonly FaultPlan[] = [],
  assertTarget: (plan: FaultPlan) => void = () => undefined,
): Faults {
  let pending: { plan: FaultPlan; skip: number; times: number }[] = []
  const add = (plan: FaultPlan): void => {
    assertPlan(plan)
    assertTarget(plan)
    pending.push({ plan, skip: plan.skip ?? 0, times: plan.times ?? 1 })
  }
  plans.forEach(add)
  return {
    add,
    clear: () => {
      pending = []
    },
    plans: () => pending.map(({ plan, skip, times }) => ({ plan, skip, left: times })),
    strike: (service, operation, endpoint = 'default') => {
      const hits = pending.filter(
        ({ plan }) =>
          (plan.service ?? service) === service &&
          (plan.operation ?? operation) === operation &&
          (plan.endpoint ?? endpoint) === endpoint,
      )
      for (const hit of hits) {
        if (hit.skip > 0) {
          hit.skip -= 1
          continue
        }
        hit.times -= 1
        if (hit.times <= 0) pending = pending.filter((other) => other !== hit)
        return hit.plan
      }
      return undefined
    },
  }
}
