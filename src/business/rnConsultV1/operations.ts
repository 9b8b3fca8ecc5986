/** The operations of the first generation, in the words of its messages (spec rn-consult §9). */
import { EHealthError } from '../../errors.js'
import { atPath } from '../../technical/identifiers/atPath.js'
import { parseIncompleteDate, parseSsin } from '../../technical/identifiers/index.js'
import type { Session } from '../../technical/session/types.js'
import { outcomeIsUnknown } from '../../technical/soap/unknownOutcome.js'
import type { CallMeta } from '../../technical/soap/types.js'
import { ask, type V1CallOptions, type V1Refused } from './ask.js'
import {
  consultRnV1Operations as operations,
  historyOperations,
  monitoringOf,
  type CertificateService,
  type FamilyComposition,
  type HistoryFact,
  type Inscription,
  type Mutation,
  type MutationReply,
  type Person,
  type PersonData,
  type PhoneticCriteria,
  type Replying,
} from './contract.js'
import { askingOf, organisationOf, type ConsultRnV1Options } from './organisation.js'

/** Session and options of every question. @internal */
export interface Asker {
  readonly session: Session
  readonly options: ConsultRnV1Options
}

export type SearchBySsinV1Outcome =
  { outcome: 'found'; person: Person; meta: CallMeta } | { outcome: 'none'; meta: CallMeta } | V1Refused

/** See {@link ConsultRnV1.searchBySsin}. */
export async function searchBySsin(
  { session, options }: Asker,
  inscription: Inscription,
  call?: V1CallOptions,
): Promise<SearchBySsinV1Outcome> {
  const question = { ...askingOf(options), Inscription: checked(session, inscription) }
  const operation = options.searchWith === 'token' ? operations.searchBySsinHok : operations.searchBySsin
  const answer = await ask(session, operation, question, call)
  if (answer.refused !== undefined) return answer.refused
  const { value, meta } = answer
  return value.Person === undefined
    ? { outcome: 'none', meta }
    : { outcome: 'found', person: value.Person, meta }
}

export type SearchPhoneticV1Outcome =
  | { outcome: 'found'; persons: Person[]; meta: CallMeta }
  | { outcome: 'none'; meta: CallMeta }
  /** Also when more people fit than `Maximum`. */
  | V1Refused

/** See {@link ConsultRnV1.searchPhonetic}. */
export async function searchPhonetic(
  { session, options }: Asker,
  criteria: PhoneticCriteria,
  call?: V1CallOptions,
): Promise<SearchPhoneticV1Outcome> {
  const { precision } = atPath('BirthDate', () => parseIncompleteDate(criteria.BirthDate))
  if (precision !== 'day' && criteria.Tolerance === undefined)
    throw new EHealthError('contract.invalid', 'Tolerance: needed beside a date that is not whole', {
      path: 'Tolerance',
    })
  const question = { ...askingOf(options), PhoneticCriteria: criteria }
  const operation = options.searchWith === 'token' ? operations.searchPhoneticHok : operations.searchPhonetic
  const answer = await ask(session, operation, question, call)
  if (answer.refused !== undefined) return answer.refused
  const { value, meta } = answer
  return value.Person.length === 0
    ? { outcome: 'none', meta }
    : { outcome: 'found', persons: value.Person, meta }
}

export type FamilyV1Outcome =
  | { outcome: 'found'; family: FamilyComposition; meta: CallMeta }
  | { outcome: 'none'; meta: CallMeta }
  | V1Refused

/** See {@link ConsultRnV1.familyComposition}. */
export async function familyComposition(
  { session, options }: Asker,
  ssin: string,
  call?: V1CallOptions,
): Promise<FamilyV1Outcome> {
  const question = { ...askingOf(options), SSIN: numberOf(session, ssin) }
  const answer = await ask(session, operations.familyComposition, question, call)
  if (answer.refused !== undefined) return answer.refused
  const { value, meta } = answer
  return value.FamilyComposition === undefined
    ? { outcome: 'none', meta }
    : { outcome: 'found', family: value.FamilyComposition, meta }
}

type HistoryReplyOf<Fact extends HistoryFact> = (typeof historyOperations)[Fact] extends {
  response: { phantom?: infer Reply }
}
  ? Exclude<Reply, undefined>
  : never

/** What the reply about a fact has: the list by the name of its element, and the number that it is about. */
export type HistoryOf<Fact extends HistoryFact> = Omit<HistoryReplyOf<Fact>, keyof Replying>

export type HistoryV1Outcome<Fact extends HistoryFact> =
  { outcome: 'answered'; history: HistoryOf<Fact>; meta: CallMeta } | V1Refused

/** See {@link ConsultRnV1.history}. */
export async function history<Fact extends HistoryFact>(
  { session, options }: Asker,
  fact: Fact,
  ssin: string,
  call?: V1CallOptions,
): Promise<HistoryV1Outcome<Fact>> {
  if (!Object.hasOwn(historyOperations, fact))
    throw new EHealthError('configuration.invalid', 'fact: there is no such history', {
      path: 'fact',
      hint: `One of ${Object.keys(historyOperations).join(', ')}.`,
    })
  const question = { ...askingOf(options), SSIN: numberOf(session, ssin) }
  const answer = await ask(session, historyOperations[fact] as typeof historyOperations.name, question, call)
  if (answer.refused !== undefined) return answer.refused
  const { Id: _, Status: __, ErrorInformation: ___, ...rest } = answer.value
  return { outcome: 'answered', history: rest as unknown as HistoryOf<Fact>, meta: answer.meta }
}

export type DoneV1Outcome = { outcome: 'done'; meta: CallMeta } | V1Refused

/** See {@link ConsultRnV1.insertInscription}. */
export async function inscribe(
  { session, options }: Asker,
  what: 'insertInscription' | 'deleteInscription',
  inscription: Inscription,
  call?: V1CallOptions,
): Promise<DoneV1Outcome> {
  const question = { ...askingOf(options), Inscription: checked(session, inscription) }
  const answer = await ask(session, operations[what], question, call)
  return answer.refused ?? { outcome: 'done', meta: answer.meta }
}

/** See {@link ConsultRnV1.monitor}. */
export async function monitor(
  { session, options }: Asker,
  service: CertificateService,
  call?: V1CallOptions,
): Promise<DoneV1Outcome> {
  const answer = await ask(session, monitoringOf(service), askingOf(options), call)
  return answer.refused ?? { outcome: 'done', meta: answer.meta }
}

export type CreatePersonV1Outcome =
  | { outcome: 'created'; ssin: string; data?: PersonData; meta: CallMeta }
  /** Nobody was made: these look like him. Let a person choose. */
  | { outcome: 'existing'; persons: Person[]; meta: CallMeta }
  | V1Refused

/** See {@link ConsultRnV1.createPerson}. */
export async function createPerson(
  { session, options }: Asker,
  data: PersonData,
  call?: V1CallOptions,
): Promise<CreatePersonV1Outcome> {
  const question = { ...askingOf(options), PersonData: data }
  const answer = await ask(session, operations.createPerson, question, call).catch((error: unknown) => {
    throw outcomeIsUnknown(error) ? outcomeLost(error) : error
  })
  if (answer.refused !== undefined) return answer.refused
  const { value, meta } = answer
  if (value.PhoneticResult !== undefined)
    return { outcome: 'existing', persons: value.PhoneticResult.Person, meta }
  if (value.PersonCreated === undefined)
    throw outcomeLost(
      new EHealthError('contract.unreadable', 'CreatePersonReply: neither created nor similar persons', {
        path: 'CreatePersonReply',
      }),
    )
  const { SSIN: ssin, PersonData } = value.PersonCreated
  return { outcome: 'created', ssin, ...(PersonData === undefined ? {} : { data: PersonData }), meta }
}

const outcomeLost = (cause: unknown): EHealthError =>
  new EHealthError('person-registration.outcome-unknown', 'whether the person was registered is not known', {
    cause,
  })

export type ModifyPersonV1Outcome = { outcome: 'done'; person?: Person; meta: CallMeta } | V1Refused

/** See {@link ConsultRnV1.modifyPerson}. */
export async function modifyPerson(
  { session, options }: Asker,
  person: Person,
  call?: V1CallOptions,
): Promise<ModifyPersonV1Outcome> {
  const value = atPath('SSIN', () => numberOf(session, person.SSIN.value))
  const question = { ...askingOf(options), Person: { ...person, SSIN: { ...person.SSIN, value } } }
  const answer = await ask(session, operations.modifyPerson, question, call)
  if (answer.refused !== undefined) return answer.refused
  const { Person: changed } = answer.value
  return { outcome: 'done', ...(changed === undefined ? {} : { person: changed }), meta: answer.meta }
}

/** Changes that waited. The list is gone once it was handed out: keep it before you work on it. */
export interface MutationList {
  header: MutationReply['Header']
  mutations: Mutation[]
  meta: CallMeta
}

/** See {@link ConsultRnV1.mutations}. */
export async function mutations(
  { session, options }: Asker,
  call: V1CallOptions = {},
): Promise<MutationList> {
  const question = organisationOf(options.organisation)
  const { value, meta } = await session.call(operations.mutations, question, call)
  return { header: value.Header, mutations: value.MutationList?.Mutation ?? [], meta }
}

const numberOf = (session: Session, ssin: string): string =>
  atPath('ssin', () => parseSsin(ssin, { asOf: session.runtime.now() }).normalized)

/** An encoded number is the organisation's own: it is not judged. */
function checked(session: Session, inscription: Inscription): Inscription {
  const { SSIN } = inscription
  if (SSIN.Encoded === true) return inscription
  const { normalized } = atPath('SSIN', () => parseSsin(SSIN.value, { asOf: session.runtime.now() }))
  return { ...inscription, SSIN: { ...SSIN, value: normalized } }
}
