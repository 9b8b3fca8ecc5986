/**
 * ManagePerson v2: the making of BIS numbers before CBSSPersonService (spec rn-consult §8). Legacy: it speaks the words of
 * its messages and exists for partners who still do. New software uses `me.rnConsult.register`.
 *
 * @module
 */
import { EHealthError } from '../../errors.js'
import type { Session } from '../../technical/session/types.js'
import type { CallMeta } from '../../technical/soap/types.js'
import { outcomeIsUnknown } from '../../technical/soap/unknownOutcome.js'
import {
  applicationIdOf,
  ask,
  checkNationalRegisterOptions,
  type NationalRegisterOptions,
  type RegisterCallOptions,
  type RegisterRefusal,
  type Refused,
} from '../registers/index.js'
import { managePersonOperations, type PersonRequest, type PersonResponse } from './contract.js'

export type {
  NationalRegisterOptions,
  PerEnvironment,
  RefusalDetail,
  RefusalReason,
  Refused,
  RegisterCallOptions,
  RegisterEnvironment,
  RegisterRefusal,
} from '../registers/index.js'
export type { PersonGroup } from '../rnConsult/contract.js'
export type { PersonRequest, PersonResponse } from './contract.js'

/** What became of a registration. */
export type ManagePersonOutcome =
  | { outcome: 'created'; person: PersonResponse; meta: CallMeta }
  /** Nobody was registered: these look like him. Let a person choose. */
  | { outcome: 'existing'; persons: PersonResponse[]; refusal?: RegisterRefusal; meta: CallMeta }
  | Refused

/** The service for a session's user. */
export interface ManagePerson {
  /**
   * Registers somebody. Search first, and let a person decide: `me.rnConsult` leads through that. Never repeated by itself.
   *
   * @throws EHealthError `contract.invalid` with the path (nothing was sent); `person-registration.outcome-unknown` when the answer
   *   was lost: search before anything else
   */
  registerPerson(person: PersonRequest, options?: RegisterCallOptions): Promise<ManagePersonOutcome>
}

/**
 * Opens the service for a session.
 *
 * @throws EHealthError `configuration.invalid`, `rn-consult.application-id` with the path
 *
 * @example
 * ```ts
 * import { createManagePerson } from 'ehealth-connectors/manage-person'
 *
 * const done = await createManagePerson(session, { applicationId: '0' }).registerPerson({
 *   Name: { LastName: 'Sample', FirstName: 'Lea', MiddleName: [] },
 *   Birth: { BirthDate: '1985-09-30' },
 *   Gender: { GenderCode: '2' },
 * })
 * console.log(done.outcome)
 * ```
 */
export function createManagePerson(session: Session, options: NationalRegisterOptions = {}): ManagePerson {
  checkNationalRegisterOptions(options, 'options')
  return { registerPerson: (person, call) => registerPerson(session, options, person, call) }
}

async function registerPerson(
  session: Session,
  options: NationalRegisterOptions,
  person: PersonRequest,
  call?: RegisterCallOptions,
): Promise<ManagePersonOutcome> {
  const question = { ApplicationID: applicationIdOf(session, options), Person: person }
  // without token nothing is sent: whatever fails until there is one leaves nothing open
  await session.token()
  const { value, meta, refusal } = await ask(
    session,
    managePersonOperations.registerPerson,
    question,
    call,
  ).catch((error: unknown) => {
    throw outcomeIsUnknown(error) ? lost(error) : error
  })
  const existing = value.Result?.ExistingPersons
  if (existing !== undefined)
    return {
      outcome: 'existing',
      persons: existing.ExistingPerson,
      ...(refusal === undefined ? {} : { refusal }),
      meta,
    }
  if (refusal !== undefined) return { outcome: 'refused', refusal, meta }
  const created = value.Result?.NewlyRegisteredPerson
  if (created === undefined)
    throw lost(
      new EHealthError('contract.unreadable', 'RegisterPersonResponse.Result: missing', {
        path: 'RegisterPersonResponse.Result',
      }),
    )
  return { outcome: 'created', person: created, meta }
}

const lost = (cause: unknown): EHealthError =>
  new EHealthError('person-registration.outcome-unknown', 'whether the person was registered is not known', {
    cause,
  })
