/** The part of an audit that needs nobody: journal, bags and stamps (spec timestamp §10.6). */
import { inspectBag, type InspectedBag } from '../evidence/inspect.js'
import { judgeToken, type Judging } from '../stamping/judge.js'
import { bagBySequence, infoOf, stampsOfBag, type BagRow } from '../storage/bags.js'
import type { Store } from '../storage/store.js'
import type { AuditOptions, AuditReport, StampFinding } from './types.js'

/** Milliseconds since 1970, both included. */
export interface Period {
  from: number
  to: number
}

type LocalReport = Pick<AuditReport, 'entries' | 'bags' | 'stamps' | 'open'>

export async function auditLocally(
  store: Store,
  period: Period,
  judging: Judging,
  onProgress?: AuditOptions['onProgress'],
): Promise<LocalReport> {
  const bags: AuditReport['bags'] = { count: 0, findings: [] }
  const stamps: AuditReport['stamps'] = { count: 0, invalid: [], warned: [], outOfOrder: [] }
  const delays: number[] = []
  let latest = -Infinity
  const sequences = sequencesOf(store, period)
  for (const [index, sequence] of sequences.entries()) {
    onProgress?.(index, sequences.length)
    const bag = bagBySequence(store, sequence)
    if (bag === undefined) continue
    bags.count += 1
    const inspected = inspectBag(store, bag)
    const failed = inspected.checks.filter(({ passed }) => !passed)
    if (failed.length > 0) bags.findings.push({ sequence, checks: failed })
    const first = await auditStamps(store, bag, judging, stamps)
    if (first === undefined) continue
    if (first < latest) stamps.outOfOrder.push(sequence)
    latest = Math.max(latest, first)
    noteDelays(delays, inspected, first)
  }
  const delay = delayOf(delays)
  return {
    entries: auditEntries(store, period),
    bags,
    stamps: { ...stamps, ...(delay === undefined ? {} : { delay }) },
    open: openOf(store, period),
  }
}

const sequencesOf = (store: Store, { from, to }: Period): number[] =>
  store
    .all<{ sequence: number }>(
      `SELECT sequence FROM bag WHERE sealedAt BETWEEN ? AND ?
       UNION SELECT bagSequence FROM stamp WHERE genTimeMs BETWEEN ? AND ? ORDER BY 1`,
      from,
      to,
      from,
      to,
    )
    .map(({ sequence }) => sequence)

/** Judges the stamps of a bag; gives the time of the first good one. */
async function auditStamps(
  store: Store,
  bag: BagRow,
  judging: Judging,
  report: AuditReport['stamps'],
): Promise<number | undefined> {
  let first: number | undefined
  for (const { serial, genTimeMs, tokenBytes } of stampsOfBag(store, bag.sequence)) {
    report.count += 1
    const judged = await judgeToken(tokenBytes, bag.bytes, judging)
    const isOther = judged.serial !== serial || judged.genTimeMs !== genTimeMs
    const finding: StampFinding = {
      sequence: bag.sequence,
      serial,
      genTimeMs,
      errors: isOther ? ['timestamp.other-data', ...judged.errors] : judged.errors,
      warnings: judged.warnings,
    }
    if (finding.errors.length > 0) report.invalid.push(finding)
    else first ??= genTimeMs
    if (finding.warnings.length > 0) report.warned.push(finding)
  }
  return first
}

function noteDelays(delays: number[], { journal }: InspectedBag, stampedAt: number): void {
  for (const { receivedAt } of journal) delays.push(stampedAt - receivedAt)
}

function delayOf(delays: number[]): AuditReport['stamps']['delay'] {
  if (delays.length === 0) return undefined
  delays.sort((a, b) => a - b)
  return {
    maximum: delays.at(-1)!,
    percentile95: delays[Math.ceil(delays.length * 0.95) - 1]!,
    above5Minutes: delays.filter((delay) => delay > 300_000).length,
  }
}

/** The journal is numbered without gaps, but for numbers that were jumped on purpose. */
function auditEntries(store: Store, { from, to }: Period): AuditReport['entries'] {
  const { first, last } = store.get<{ first: number | null; last: number | null }>(
    'SELECT min(ref) AS first, max(ref) AS last FROM entry WHERE receivedAt BETWEEN ? AND ?',
    from,
    to,
  )!
  if (first === null || last === null) return { count: 0, gaps: [] }
  const { count } = store.get<{ count: number }>(
    'SELECT count(*) AS count FROM entry WHERE ref BETWEEN ? AND ?',
    first,
    last,
  )!
  return {
    count,
    firstRef: first,
    lastRef: last,
    gaps: count === last - first + 1 ? [] : gapsBetween(store, first, last),
  }
}

function gapsBetween(store: Store, first: number, last: number): { from: number; to: number }[] {
  const jumped = store.all<{ fromValue: number; toValue: number }>(
    `SELECT fromValue, toValue FROM jump WHERE counter = 'ref'`,
  )
  return store
    .all<{ after: number; before: number }>(
      `SELECT ref AS after, next AS before
       FROM (SELECT ref, lead(ref) OVER (ORDER BY ref) AS next FROM entry WHERE ref BETWEEN ? AND ?)
       WHERE next > ref + 1`,
      first,
      last,
    )
    .map(({ after, before }) => ({ from: after + 1, to: before - 1 }))
    .filter((gap) => !jumped.some(({ fromValue, toValue }) => fromValue < gap.from && gap.to <= toValue))
}

function openOf(store: Store, { to }: Period): AuditReport['open'] {
  const { staged } = store.get<{ staged: number }>(
    'SELECT count(*) AS staged FROM entry WHERE bagSequence IS NULL AND receivedAt <= ?',
    to,
  )!
  const bags = store.all<BagRow>(
    `SELECT * FROM bag WHERE sealedAt <= ? AND state NOT IN ('ARCHIVED', 'CONFIRMED') ORDER BY sequence`,
    to,
  )
  const { unknown } = store.get<{ unknown: number }>(
    `SELECT count(*) AS unknown FROM attempt JOIN bag ON bag.sequence = attempt.bagSequence
     WHERE outcome = 'unknown' AND bag.state NOT IN ('ARCHIVED', 'CONFIRMED')`,
  )!
  return { staged, bags: bags.map(infoOf), unknownAttempts: unknown }
}
