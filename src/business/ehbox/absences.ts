/** One's own out-of-office periods (spec ehealthbox §3.8). */
import { EHealthError } from '../../errors.js'
import { invalidOption, refuseUnknownOptions } from '../../technical/session/options.js'
import type { Session } from '../../technical/session/types.js'
import type { CallMeta } from '../../technical/soap/types.js'
import { consultationOperations } from './contract.js'
import { boxField, type BoxOptions } from './info.js'
import { partyOf, type Party } from './parties.js'
import { boxOf, type Box } from './recipients.js'
import { assertSuccess, isSuccess, statusOf, type Status } from './status.js'

/** A period in which one is away. */
export interface Absence {
  /** For `delete`. */
  id: string
  /** First and last day as the platform wrote them, `YYYY-MM-DD` with or without zone. */
  from: string
  to: string
  substitutes: Party[]
}

/** Options of `absences.insert`. */
export interface NewAbsence extends BoxOptions {
  /** First and last day, both included, `YYYY-MM-DD`; days are those of Belgium. */
  from: string
  to: string
  /** Persons who take over, 5 at most; told to whoever writes meanwhile. */
  substitutes?: readonly Box[]
}

/** A substitute whom the platform did not take, and when he is away himself, if that is the reason. */
export interface RefusedSubstitute extends Party {
  absent?: { from: string; to: string }
}

/** Outcome of `absences.insert`. */
export type AbsenceOutcome =
  | {
      outcome: 'inserted'
      id: string | undefined
      status: Status
      refused: RefusedSubstitute[]
      meta: CallMeta
    }
  /** Nothing was inserted: substitutes do not exist, are no persons, or are away themselves. */
  | { outcome: 'substitutes-refused'; status: Status; refused: RefusedSubstitute[]; meta: CallMeta }

/** Outcome of `absences.delete`. */
export interface DeletedAbsences {
  done: string[]
  /** Ids that the platform does not know; all the others were deleted. */
  notFound: string[]
}

/** One's own absences. */
export interface Absences {
  /**
   * Declares a period: at most a year long, ending within a year, not overlapping another one; 10 at most per box.
   *
   * @throws EHealthError `ehbox.absence` for what can be known to break a rule; `ehbox.recipient`, `identifier.*` for a
   * substitute; `ehbox.refused`
   *
   * @example
   * ```ts
   * const outcome = await me.ehbox.absences.insert({
   *   from: '2026-07-01',
   *   to: '2026-07-15',
   *   substitutes: [{ ssin: nurseSsin, quality: 'DOCTOR' }],
   * })
   * if (outcome.outcome === 'substitutes-refused') console.log(outcome.refused)
   * ```
   */
  insert(absence: NewAbsence): Promise<AbsenceOutcome>
  /** Past, active and future periods. */
  list(options?: BoxOptions): Promise<Absence[]>
  /** Deletes periods by id. */
  delete(ids: readonly string[], options?: BoxOptions): Promise<DeletedAbsences>
}

/** Rules that the platform states (§3.8). */
const mostSubstitutes = 5

/** The absences of a session's boxes. @internal */
export function absencesOf(session: Session): Absences {
  return {
    insert: (absence) => insert(session, absence),
    list: (options) => list(session, options),
    delete: (ids, options) => remove(session, ids, options),
  }
}

async function insert(session: Session, absence: NewAbsence): Promise<AbsenceOutcome> {
  refuseUnknownOptions(absence, ['from', 'to', 'substitutes', 'box'])
  const { from, to, substitutes = [] } = absence
  checkPeriod(from, to, session.runtime.now())
  if (substitutes.length > mostSubstitutes)
    throw refusal(`at most ${mostSubstitutes} substitutes are possible`, 'substitutes')
  const now = session.runtime.now()
  const { value, meta } = await session.call(consultationOperations.insertOoO, {
    ...boxField(session, absence),
    StartDate: from,
    EndDate: to,
    Substitute: substitutes.map((substitute, index) => boxOf(substitute, `substitutes[${index}]`, now)),
  })
  const refused = (value.Substitute ?? []).map(({ AbsentFrom, AbsentTo, ...box }) => ({
    ...partyOf(box),
    ...(AbsentFrom === undefined || AbsentTo === undefined
      ? {}
      : { absent: { from: AbsentFrom, to: AbsentTo } }),
  }))
  const status = statusOf(value.Status)
  if (!isSuccess(status) && refused.length > 0)
    return { outcome: 'substitutes-refused', status, refused, meta }
  return { outcome: 'inserted', id: assertSuccess(value, meta).Id, status, refused, meta }
}

async function list(session: Session, options: BoxOptions = {}): Promise<Absence[]> {
  refuseUnknownOptions(options, ['box'])
  const { value, meta } = await session.call(consultationOperations.getOoOList, boxField(session, options))
  return (assertSuccess(value, meta).OoO ?? []).map(({ OoOId, StartDate, EndDate, Substitute }) => ({
    id: OoOId,
    from: StartDate,
    to: EndDate,
    substitutes: Substitute.map(partyOf),
  }))
}

async function remove(
  session: Session,
  ids: readonly string[],
  options: BoxOptions = {},
): Promise<DeletedAbsences> {
  refuseUnknownOptions(options, ['box'])
  if (!Array.isArray(ids) || !ids.every((id) => typeof id === 'string' && id.length >= 1 && id.length <= 13))
    throw invalidOption('ids', 'expected ids of absences')
  if (ids.length === 0) return { done: [], notFound: [] }
  const asked = [...new Set(ids as readonly string[])]
  const { value, meta } = await session.call(consultationOperations.deleteOoO, {
    ...boxField(session, options),
    OoOId: asked,
  })
  const notFound = value.OoOId ?? []
  // the platform refuses, names what it did not find, and has deleted the rest (§3.8)
  if (notFound.length === 0) assertSuccess(value, meta)
  return { done: asked.filter((id) => !notFound.includes(id)), notFound }
}

function checkPeriod(from: string, to: string, now: Date): void {
  checkDay(from, 'from')
  checkDay(to, 'to')
  if (to < from) throw refusal('it ends before it begins', 'to')
  if (to > yearAfter(from)) throw refusal('it lasts longer than a year', 'to')
  // days are Belgian, clocks are not: a day of grace, and the platform has the last word
  const tomorrow = new Date(now.getTime() + 24 * 60 * 60 * 1000).toISOString().slice(0, 10)
  if (to > yearAfter(tomorrow)) throw refusal('it ends more than a year from now', 'to')
}

const yearAfter = (day: string): string =>
  `${String(Number(day.slice(0, 4)) + 1).padStart(4, '0')}${day.slice(4)}`

function checkDay(day: unknown, path: string): void {
  const midnight =
    typeof day === 'string' && /^\d{4}-\d\d-\d\d$/.test(day) ? new Date(`${day}T00:00:00Z`) : undefined
  if (
    midnight === undefined ||
    Number.isNaN(midnight.getTime()) ||
    midnight.toISOString().slice(0, 10) !== day
  )
    throw refusal(`${path}: expected a day, YYYY-MM-DD`, path)
}

const refusal = (problem: string, path: string): EHealthError =>
  new EHealthError('ehbox.absence', problem, { path })
