/**
 * Registration of care providers with the insurers for a service of MyCareNet: payment account and first day, for instance
 * for the global medical file (spec memberdata-mycarenet §4).
 *
 * @module
 */
import type { Session } from '../../technical/session/types.js'
import type { MyCareNetOptions } from '../mycarenet/index.js'
import { register, type RegisterOptions, type RegisterOutcome } from './register.js'

export type { BlobSignature } from '../mycarenet/index.js'
export type { BankAccount } from './bankAccount.js'
export type { RegisterOptions, RegisterOutcome, RegistrationDetail } from './register.js'

/** The registration service for a session's user. */
export interface Registration {
  /**
   * Registers the caller with one insurer. What the insurer refuses is an outcome with its reasons, never an exception. It is
   * never repeated by itself: asked again, an insurer says that the caller is registered already.
   *
   * @throws EHealthError `configuration.invalid`, `registration.bank-account`, `mycarenet.*`, `identifier.*` before anything
   * is sent; what a call throws (`transport.*`, `fault.*`, `token.*`, `contract.unreadable`); `mycarenet.blob`,
   * `mycarenet.hash`, `mycarenet.signature` for an answer that must not be used
   *
   * @example
   * ```ts
   * const outcome = await me.registration.register({
   *   insurer: '300',
   *   startDate: '2027-01-01',
   *   bankAccount: { iban: 'BE68 5390 0754 7034' },
   * })
   * if (outcome.outcome === 'refused')
   *   for (const { code, message } of outcome.details) console.error(code, message?.text)
   * ```
   */
  register(options: RegisterOptions): Promise<RegisterOutcome>
}

/** The service for a session; `mycarenet` are licence and particulars, as `connect()` takes them. */
export function createRegistration(session: Session, mycarenet?: MyCareNetOptions): Registration {
  const caller = { session, ...(mycarenet === undefined ? {} : { options: mycarenet }) }
  return { register: (options) => register(caller, options) }
}
