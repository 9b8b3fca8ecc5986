/** Our archive and the platform's, compared in both directions (spec timestamp §10.5). */
import { EHealthError } from '../../../errors.js'
import type { CompletenessAnswer, StampId } from '../stamping/platform.js'
import type { Store } from '../storage/store.js'
import { keyOf, stampsPerCall, type Comparing } from './comparing.js'
import type { Period } from './local.js'
import { takeKept } from './repair.js'
import { reverseCheck } from './reverse.js'
import type { PeriodReport } from './types.js'

/** Milliseconds of one question: the list of stamps has no limit, the message has. */
const longestPeriod = 24 * 60 * 60_000

/** Asks about each day of the period. */
export async function comparePeriods(comparing: Comparing, { from, to }: Period): Promise<PeriodReport[]> {
  const reports: PeriodReport[] = []
  for (let start = from; start <= to; start += longestPeriod)
    reports.push(await compare(comparing, { from: start, to: Math.min(start + longestPeriod - 1, to) }))
  return reports
}

async function compare(comparing: Comparing, period: Period): Promise<PeriodReport> {
  const { store, judging } = comparing
  const report: PeriodReport = {
    from: new Date(period.from).toISOString(),
    to: new Date(period.to).toISOString(),
    status: 'OK',
    asked: 0,
    repaired: [],
    foreign: [],
    unresolved: [],
    reversed: 0,
    missing: [],
    different: [],
  }
  let known = 0
  try {
    // those of before are as wrong as those of today
    known = report.foreign.push(...knownForeign(store, period))
    let answer = await ask(comparing, period, report)
    if (answer.status === 'INCOMPLETE') {
      await repair(comparing, answer.missing, report)
      // what was found is named now: the answer is the proof that nothing else is missing
      if (report.unresolved.length === 0) answer = await ask(comparing, period, report)
    }
    report.status = answer.status
    if (answer.error !== undefined) report.error = `${answer.error.type} ${answer.error.number}`
    if (answer.status === 'OK') await reverseCheck(comparing, period, report)
  } catch (error) {
    if (!(error instanceof EHealthError)) throw error
    report.status = 'ERROR'
    report.error = error.code
  }
  note(store, period, { report, isNew: report.foreign.length > known }, judging.runtime.now().getTime())
  return report
}

const knownForeign = (store: Store, { from, to }: Period): StampId[] =>
  store.all(
    'SELECT serial, genTimeMs FROM foreignBag WHERE genTimeMs BETWEEN ? AND ? ORDER BY genTimeMs',
    from,
    to,
  )

/** Names every stamp of the period that is here, of foreign bags as well. */
async function ask(
  { store, platform }: Comparing,
  { from, to }: Period,
  report: PeriodReport,
): Promise<CompletenessAnswer> {
  const stamps = store.all<StampId>(
    `SELECT serial, genTimeMs FROM stamp WHERE genTimeMs BETWEEN ? AND ?
     UNION SELECT serial, genTimeMs FROM foreignBag WHERE genTimeMs BETWEEN ? AND ?
     UNION SELECT serial, genTimeMs FROM pruned WHERE genTimeMs BETWEEN ? AND ? ORDER BY genTimeMs`,
    from,
    to,
    from,
    to,
    from,
    to,
  )
  report.asked = stamps.length
  return platform.completeness({ from: new Date(from), to: new Date(to), stamps })
}

async function repair(
  { store, judging, platform }: Comparing,
  missing: readonly StampId[],
  report: PeriodReport,
): Promise<void> {
  for (let at = 0; at < missing.length; at += stampsPerCall) {
    const named = missing.slice(at, at + stampsPerCall)
    const found = new Map<string, 'repaired' | 'foreign' | 'unresolved'>()
    for (const kept of await platform.fetch(named)) {
      const taken = await takeKept(store, kept, judging)
      if (taken !== undefined) found.set(keyOf(taken.stamp), taken.as)
    }
    for (const stamp of named) report[found.get(keyOf(stamp)) ?? 'unresolved'].push(stamp)
  }
}

/** @param found `isNew`: a foreign bag was found; one that was known does not keep the next audit from going on */
function note(
  store: Store,
  { from, to }: Period,
  { report, isNew }: { report: PeriodReport; isNew: boolean },
  now: number,
): void {
  const { status, asked, repaired, foreign, unresolved, missing, different } = report
  const isFine = status === 'OK' && missing.length + different.length === 0 && !isNew
  store.run(
    `INSERT INTO "check" (periodStart, periodEnd, asked, answer, verdict, repairs, at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    from,
    to,
    asked,
    status,
    isFine ? 'OK' : status === 'OK' ? 'ERROR' : status,
    JSON.stringify({ repaired, foreign, unresolved, missing, different }),
    now,
  )
}

/** End of the last period that the platform confirmed. */
export const lastConfirmed = (store: Store): number | undefined =>
  store.get<{ end: number | null }>(`SELECT max(periodEnd) AS end FROM "check" WHERE verdict = 'OK'`)?.end ??
  undefined
