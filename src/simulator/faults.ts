/** Scripted trouble (spec soap-security §9): what the platform and the network do on a bad day. */
import type { ServiceName } from '../technical/environment/environment.js'
import type { SoaCode } from './refusal.js'

/** What goes wrong. */
export type Trouble =
  /** The answer comes late. */
  | { kind: 'delay'; milliseconds: number }
  /** The connection breaks: before the request is looked at, or after it was carried out. */
  | { kind: 'drop'; when?: 'before' | 'after' }
  /** A fault with a code of the platform; the request is not looked at. */
  | { kind: 'soa'; code: SoaCode; message?: string }
  /** A page for people instead of a message. Status 503 unless said otherwise. */
  | { kind: 'html'; status?: number }
  /** An HTTP status without a body, for instance 202 or 500. */
  | { kind: 'empty'; status: number }
  /** The request is carried out and half of the answer is sent, then the connection breaks. */
  | { kind: 'truncate' }
  /** The service judges and answers with a clock that is off. */
  | { kind: 'clock'; milliseconds: number }
  /** The answer starts with a document type declaration. */
  | { kind: 'doctype' }
  /** The answer carries an element that the operation does not know. */
  | { kind: 'foreign-element' }
  /** STS only: one bit of the signature of the assertion is wrong. */
  | { kind: 'assertion-signature' }
  /** STS only: the assertion is signed by a certificate of the same authority that is not the STS. */
  | { kind: 'assertion-signer' }

/** Trouble and when it strikes. */
export type FaultPlan = Trouble & {
  /** Every service when omitted. */
  service?: ServiceName
  /** Name in the WSDL, for instance `sendMessage`; every operation when omitted. */
  operation?: string
  /** Calls that pass before it strikes; 0. */
  skip?: number
  /** How often it strikes; once. */
  times?: number
}

/** The plans of one simulator. */
export interface Faults {
  add(plan: FaultPlan): void
  clear(): void
  /** The trouble for this call; counts. @internal */
  strike(service: ServiceName, operation: string): Trouble | undefined
}

export function createFaults(plans: readonly FaultPlan[] = []): Faults {
  let pending: { plan: FaultPlan; skip: number; times: number }[] = []
  const add = (plan: FaultPlan): void => {
    pending.push({ plan, skip: plan.skip ?? 0, times: plan.times ?? 1 })
  }
  plans.forEach(add)
  return {
    add,
    clear: () => {
      pending = []
    },
    strike: (service, operation) => {
      const hits = pending.filter(
        ({ plan }) => (plan.service ?? service) === service && (plan.operation ?? operation) === operation,
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
