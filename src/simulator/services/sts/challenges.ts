/** Challenges for the holder of a key that differs from the one that signed the request (spec sts-iam §1.4). */
import type { Runtime } from '../../../technical/environment/runtime.js'
import type { Certificate } from '../../../technical/pki/certificate.js'
import { soaRefusal } from '../../refusal.js'

const lifetime = 60_000
const mostPending = 1000

interface Pending<T> {
  holder: Certificate
  context: string | undefined
  until: number
  order: T
}

/** Pending challenges with what was ordered. */
export interface Challenges<T> {
  /** A challenge, opaque text, that `holder` has a minute to sign. */
  issue(order: T, holder: Certificate, context: string | undefined, now: Date): string
  /**
   * Gives what was ordered, once.
   *
   * @throws Refusal SOA-03007 for an unknown, used, expired or misquoted challenge, SOA-01002 for another signer
   */
  redeem(challenge: string, signer: Certificate, context: string | undefined, now: Date): T
}

export function createChallenges<T>(runtime: Pick<Runtime, 'randomBytes'>): Challenges<T> {
  const pending = new Map<string, Pending<T>>()
  return {
    issue: (order, holder, context, now) => {
      const challenge = Buffer.from(runtime.randomBytes(24)).toString('base64')
      pending.set(challenge, { holder, context, until: now.getTime() + lifetime, order })
      const oldest = pending.keys().next()
      if (pending.size > mostPending && oldest.done !== true) pending.delete(oldest.value)
      return challenge
    },
    redeem: (challenge, signer, context, now) => {
      const found = pending.get(challenge)
      if (found === undefined || found.until < now.getTime())
        throw soaRefusal('SOA-03007', 'the challenge is unknown or has expired')
      // A client may leave the context out, but not send another one.
      if (context !== undefined && context !== found.context)
        throw soaRefusal('SOA-03007', 'the context belongs to another request')
      if (!signer.equals(found.holder))
        throw soaRefusal('SOA-01002', 'the challenge was signed by another key than the one of UseKey')
      pending.delete(challenge)
      return found.order
    },
  }
}
