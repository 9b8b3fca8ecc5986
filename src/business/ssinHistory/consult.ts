/** Asking what became of a number (spec rn-consult §7). */
import { EHealthError } from '../../errors.js'
import { refuseUnknownOptions } from '../../technical/session/options.js'
import type { Session } from '../../technical/session/types.js'
import type { CallMeta, CallResult } from '../../technical/soap/types.js'
import {
  ask,
  isUnknown,
  registerCallOptions,
  ssinOf,
  type Refused,
  type RegisterCallOptions,
  type RegisterRefusal,
} from '../registers/index.js'
import { ssinHistoryOperations, type SsinStatus } from './contract.js'

/** Which number is asked about. */
export interface SsinQuestion extends RegisterCallOptions {
  /** National number or BIS number; blanks, dots and dashes are accepted. */
  ssin: string
}

/** What became of a number. */
export type SsinState =
  /** It holds. */
  | { outcome: 'current'; ssin: string }
  /** Another one holds in its place. */
  | { outcome: 'replaced'; ssin: string; replaces: string }
  /** It was withdrawn, and nobody has it. */
  | { outcome: 'cancelled'; ssin: string }

export type CurrentSsinOutcome =
  | (SsinState & { meta: CallMeta })
  | { outcome: 'unknown'; refusal?: RegisterRefusal; meta: CallMeta }
  | Refused

/** See {@link SsinHistory.current}. */
export async function currentSsin(session: Session, question: SsinQuestion): Promise<CurrentSsinOutcome> {
  const result = await ask(
    session,
    ssinHistoryOperations.consultCurrentSsin,
    asked(session, question),
    question,
  )
  return judged(result) ?? { ...stateOf(result.value.Ssin!), meta: result.meta }
}

export type RelatedSsinsOutcome =
  /** `related`: the other numbers of the person, as the register lists them. */
  | (SsinState & { related: string[]; meta: CallMeta })
  | { outcome: 'unknown'; refusal?: RegisterRefusal; meta: CallMeta }
  | Refused

/** See {@link SsinHistory.related}. */
export async function relatedSsins(session: Session, question: SsinQuestion): Promise<RelatedSsinsOutcome> {
  const result = await ask(
    session,
    ssinHistoryOperations.consultRelatedSsins,
    asked(session, question),
    question,
  )
  const related = (result.value.RelatedSsins?.RelatedSsin ?? []).map((number) => number.trim())
  return judged(result) ?? { ...stateOf(result.value.Ssin!), related, meta: result.meta }
}

function asked(session: Session, question: SsinQuestion): { Ssin: string } {
  refuseUnknownOptions(question, ['ssin', ...registerCallOptions])
  return { Ssin: ssinOf(question.ssin, session.runtime.now()) }
}

/** An answer that has no number: unknown, or refused. */
function judged({
  value,
  refusal,
  meta,
}: CallResult<{ Ssin?: SsinStatus | undefined }> & { refusal?: RegisterRefusal }):
  { outcome: 'unknown'; refusal?: RegisterRefusal; meta: CallMeta } | Refused | undefined {
  if (refusal !== undefined)
    return isUnknown(refusal) ? { outcome: 'unknown', refusal, meta } : { outcome: 'refused', refusal, meta }
  return value.Ssin === undefined ? { outcome: 'unknown', meta } : undefined
}

function stateOf({ value, Canceled, Replaces }: SsinStatus): SsinState {
  const ssin = value.trim()
  if (ssin === '') throw new EHealthError('contract.unreadable', 'Ssin: empty', { path: 'Ssin' })
  const replaces = Replaces?.trim() ?? ''
  if (Canceled === true) return { outcome: 'cancelled', ssin }
  return replaces === '' ? { outcome: 'current', ssin } : { outcome: 'replaced', ssin, replaces }
}
