/** Registering somebody, by an explicit decision and once (spec rn-consult §6, traps 10 and 11). */
import { EHealthError } from '../../../errors.js'
import { refuseUnknownOptions } from '../../../technical/session/options.js'
import type { Session } from '../../../technical/session/types.js'
import { outcomeIsUnknown } from '../../../technical/soap/unknownOutcome.js'
import type { CallMeta, CallResult } from '../../../technical/soap/types.js'
import {
  applicationIdOf,
  ask,
  registerCallOptions,
  type NationalRegisterOptions,
  type RegisterCallOptions,
  type RegisterRefusal,
  type Refused,
} from '../../registers/index.js'
import { identificationOf, personDataOf } from '../answers.js'
import {
  registrationOperations,
  type DeclaredPerson as PersonElementToDeclare,
  type PersonElement,
  type RegisterPersonResponse,
} from '../contract.js'
import type { PersonData, PersonIdentification } from '../person.js'
import { declarationOf } from './declaration.js'
import type { DeclaredPerson } from './declared.js'
import { SearchedDeclaration } from './searched.js'

/**
 * What somebody decided. Each goes with what it is about: a search that found nobody, one whose candidates a person looked
 * at, or a search that was made elsewhere and is not checked here.
 */
export type Registration = RegisterCallOptions &
  (
    | { declaration: SearchedDeclaration<'nobody'>; decision: 'nobody-was-found' }
    | { declaration: SearchedDeclaration<'candidates'>; decision: 'none-of-the-candidates' }
    | { person: DeclaredPerson; decision: 'searched-elsewhere' }
  )

/** What became of it. */
export type RegistrationOutcome =
  | {
      outcome: 'created'
      /** The number that he has from now on. */
      ssin: string
      person: PersonData
      meta: CallMeta
    }
  /** Nobody was registered: these look like him. Let a person choose, or declare more. */
  | { outcome: 'existing'; persons: PersonIdentification[]; refusal?: RegisterRefusal; meta: CallMeta }
  | Refused

const decisions = {
  'nobody-was-found': 'nobody',
  'none-of-the-candidates': 'candidates',
} as const

/** See {@link RnConsult.register}. */
export async function register(
  session: Session,
  options: NationalRegisterOptions,
  registration: Registration,
): Promise<RegistrationOutcome> {
  refuseUnknownOptions(registration, ['declaration', 'person', 'decision', ...registerCallOptions])
  const ApplicationId = applicationIdOf(session, options)
  const person = decided(registration, session.runtime.now())
  const question = { ApplicationId, Declaration: { Person: person } }
  const release = (): void => {
    if ('declaration' in registration) SearchedDeclaration.release(registration.declaration)
  }
  // without token nothing is sent: whatever fails until there is one leaves nothing open
  await session.token().catch((error: unknown) => {
    release()
    throw error
  })
  try {
    return outcomeOf(await ask(session, registrationOperations.registerPerson, question, registration))
  } catch (error) {
    if (outcomeIsUnknown(error)) throw lost(error)
    release()
    throw error
  }
}

function outcomeOf({
  value,
  meta,
  refusal,
}: CallResult<RegisterPersonResponse> & { refusal?: RegisterRefusal }): RegistrationOutcome {
  const existing = value.Result?.ExistingPersons
  if (existing !== undefined)
    return {
      outcome: 'existing',
      persons: existing.ExistingPerson.map(identificationOf),
      ...(refusal === undefined ? {} : { refusal }),
      meta,
    }
  if (refusal !== undefined) return { outcome: 'refused', refusal, meta }
  const created = value.Result?.NewlyRegisteredPerson
  if (created === undefined)
    throw new EHealthError('contract.unreadable', 'RegisterPersonResponse.Result: missing', {
      path: 'RegisterPersonResponse.Result',
    })
  // its groups are those of a person, with one kind of address
  return {
    outcome: 'created',
    ssin: created.Ssin.trim(),
    person: personDataOf(created as PersonElement),
    meta,
  }
}

/**
 * The declaration that the decision is about.
 *
 * @throws EHealthError `person-registration.not-searched`, `person-registration.used`, `person-registration.declaration`
 */
function decided(registration: Registration, now: Date): PersonElementToDeclare {
  const { decision } = registration
  if (decision === 'searched-elsewhere') {
    if ('declaration' in registration || registration.person === undefined)
      throw notSearched('person', 'expected the person beside this decision')
    return declarationOf(registration.person, now)
  }
  if (!Object.hasOwn(decisions, String(decision)))
    throw notSearched('decision', `expected ${[...Object.keys(decisions), 'searched-elsewhere'].join(', ')}`)
  const { person, found } = SearchedDeclaration.take(
    'declaration' in registration ? registration.declaration : undefined,
  )
  if (decisions[decision] !== found)
    throw notSearched('decision', `the search found ${found}: this is a decision about something else`)
  return person
}

const notSearched = (path: string, problem: string): EHealthError =>
  new EHealthError('person-registration.not-searched', `${path}: ${problem}`, { path })

const lost = (cause: unknown): EHealthError =>
  new EHealthError('person-registration.outcome-unknown', 'whether the person was registered is not known', {
    cause,
    ...(cause instanceof EHealthError && cause.platform !== undefined ? { platform: cause.platform } : {}),
  })
