/** Out-of-office periods (spec ehealthbox §3.8). */
import type {
  BoxId,
  DeleteOoORequest,
  DeleteOoOResponse,
  GetOoOListRequest,
  GetOoOListResponse,
  InsertOoORequest,
  InsertOoOResponse,
} from '../../../business/ehbox/contract.js'
import type { SimulatedCall } from '../../service.js'
import { boxesAt, boxKey, requestedBox } from './boxes.js'
import { brusselsDate } from './show.js'
import { ehboxCodes, status, StatusRefusal } from './status.js'
import { mailOf, newId, saveMail, type Absence, type MailState } from './store.js'

const limits = { substitutes: 5, periods: 10 }

const dayOf = (text: string): string => text.slice(0, 10)
const dayAt = (at: Date): string => dayOf(brusselsDate(at))

/** The same day of the next year. */
const yearAfter = (day: string): string => `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`

/** The period that covers this instant. */
export function absenceOn(state: MailState, box: string, at: Date): Absence | undefined {
  const day = dayAt(at)
  return state.absences.find((absence) => absence.box === box && absence.from <= day && day <= absence.to)
}

const overlaps = (a: { from: string; to: string }, b: { from: string; to: string }): boolean =>
  a.from <= b.to && b.from <= a.to

export async function insertAbsence({
  request,
  caller,
  world,
}: SimulatedCall<InsertOoORequest>): Promise<{ value: InsertOoOResponse }> {
  const state = mailOf(world)
  const box = requestedBox(request.BoxId, caller, world)
  const period = { from: dayOf(request.StartDate), to: dayOf(request.EndDate) }
  const own = state.absences.filter((absence) => absence.box === boxKey(box))
  if (
    box.actor.kind !== 'person' ||
    period.to < period.from ||
    period.to > yearAfter(dayAt(world.runtime.now())) ||
    period.to > yearAfter(period.from) ||
    request.Substitute.length > limits.substitutes ||
    own.length >= limits.periods ||
    own.some((absence) => overlaps(absence, period))
  )
    throw new StatusRefusal(ehboxCodes.absenceInvalid)
  const refused = request.Substitute.flatMap((substitute) => {
    const problem = substituteProblem(state, substitute, period, world)
    return problem === undefined ? [] : [{ ...substitute, ...problem }]
  })
  if (refused.length > 0) throw new StatusRefusal(ehboxCodes.absenceInvalid, { Substitute: refused })
  const absence: Absence = {
    id: newId(world),
    box: boxKey(box),
    ...period,
    substitutes: request.Substitute,
  }
  state.absences.push(absence)
  await saveMail(world)
  return { value: { Id: absence.id, Status: status(ehboxCodes.success), Substitute: [] } }
}

/** Why somebody cannot substitute: not a person, or absent himself; `undefined` when he can. */
function substituteProblem(
  state: MailState,
  substitute: BoxId,
  period: { from: string; to: string },
  world: SimulatedCall<unknown>['world'],
): { AbsentFrom?: string; AbsentTo?: string } | undefined {
  try {
    const [box] = boxesAt(substitute, world)
    if (box?.actor.kind !== 'person') return {}
    const absent = state.absences.find((a) => a.box === boxKey(box) && overlaps(a, period))
    return absent && { AbsentFrom: absent.from, AbsentTo: absent.to }
  } catch (error) {
    if (error instanceof StatusRefusal) return {}
    throw error
  }
}

export async function deleteAbsences({
  request,
  caller,
  world,
}: SimulatedCall<DeleteOoORequest>): Promise<{ value: DeleteOoOResponse }> {
  const state = mailOf(world)
  const box = boxKey(requestedBox(request.BoxId, caller, world))
  const mine = new Set(state.absences.filter((absence) => absence.box === box).map((absence) => absence.id))
  const unknown = request.OoOId.filter((id) => !mine.has(id))
  state.absences = state.absences.filter(
    (absence) => absence.box !== box || !request.OoOId.includes(absence.id),
  )
  await saveMail(world)
  if (unknown.length > 0) throw new StatusRefusal(ehboxCodes.absenceUnknown, { OoOId: unknown })
  return { value: { Status: status(ehboxCodes.success), OoOId: [] } }
}

export function listAbsences({ request, caller, world }: SimulatedCall<GetOoOListRequest>): {
  value: GetOoOListResponse
} {
  const box = boxKey(requestedBox(request.BoxId, caller, world))
  const periods = mailOf(world).absences.filter((absence) => absence.box === box)
  return {
    value: {
      Status: status(ehboxCodes.success),
      OoO: periods.map(({ id, from, to, substitutes }) => ({
        OoOId: id,
        StartDate: from,
        EndDate: to,
        Substitute: substitutes,
      })),
    },
  }
}
