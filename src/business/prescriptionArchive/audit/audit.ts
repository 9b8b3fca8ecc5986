/** An audit: period, parts, verdict (spec timestamp §10.5, §10.6). */
import { createHash } from 'node:crypto'

import { invalidOption, refuseUnknownOptions } from '../../../technical/session/options.js'
import { libraryVersion } from '../../../technical/soap/version.js'
import { digestOf } from '../intake/prescription.js'
import { hashEncoding } from '../stamping/seal.js'
import type { Tell } from '../stamping/events.js'
import type { Judging } from '../stamping/judge.js'
import type { StampingPlatform } from '../stamping/platform.js'
import { entriesByHash } from '../storage/entries.js'
import type { Store } from '../storage/store.js'
import { auditLocally, type Period } from './local.js'
import { comparePeriods, lastConfirmed } from './platform.js'
import type { AuditOptions, AuditReport } from './types.js'

export interface Auditing {
  store: Store
  judging: Judging
  /** Absent where there is no session. */
  platform?: StampingPlatform | undefined
  hospital?: string | undefined
  tell: Tell
}

/** Milliseconds. */
const hour = 60 * 60_000
/** What is younger may be on its way (spec §10.5, trap 22). */
const margin = 15 * 60_000

export async function audit(auditing: Auditing, options: AuditOptions): Promise<AuditReport> {
  const { store, judging, platform, hospital, tell } = auditing
  refuseUnknownOptions(options, ['from', 'to', 'platform', 'reverse', 'documents', 'onProgress'])
  const { reverse = 'all', documents } = options
  assertReverse(reverse)
  if (options.platform === true && platform === undefined)
    throw invalidOption('platform', 'the archive was opened without a session')
  const period = periodOf(auditing, options)
  // first what is missing here, then what there is
  const compared =
    platform === undefined || options.platform === false
      ? []
      : await comparePeriods({ store, judging, platform, reverse }, period)
  const local = await auditLocally(store, period, judging, options.onProgress)
  const digested = documents === undefined ? undefined : await digestAgain(store, documents)
  const report: Omit<AuditReport, 'verdict'> = {
    scope: {
      ...(hospital === undefined ? {} : { hospital }),
      from: new Date(period.from).toISOString(),
      to: new Date(period.to).toISOString(),
      generatedAt: judging.runtime.now().toISOString(),
      software: `ehealth-connectors ${libraryVersion}`,
      trustStore: fingerprintOf(judging),
      hashEncoding,
    },
    ...local,
    platform: compared,
    ...(digested === undefined ? {} : { documents: digested }),
  }
  if (compared.length > 0) tell({ state: 'checked', ...countsOf(report) })
  return { verdict: verdictOf(report), ...report }
}

function assertReverse(reverse: AuditOptions['reverse']): void {
  if (reverse === 'all' || reverse === 'none') return
  if (!Number.isSafeInteger(reverse) || (reverse as number) < 1)
    throw invalidOption('reverse', 'expected all, none, or how many')
}

function periodOf({ store, judging }: Auditing, { from, to }: AuditOptions): Period {
  const now = judging.runtime.now().getTime()
  const end = to === undefined ? now - margin : instantOf(to, 'to')
  const first = store.get<{ first: number | null }>('SELECT min(receivedAt) AS first FROM entry')?.first
  const confirmed = lastConfirmed(store)
  const start =
    from === undefined
      ? confirmed === undefined
        ? Math.min(first ?? end, end)
        : confirmed - hour
      : instantOf(from, 'from')
  if (start > end) throw invalidOption('from', 'lies after the end of the period')
  return { from: start, to: end }
}

function instantOf(given: Date | string, path: string): number {
  const instant = new Date(given).getTime()
  if (Number.isNaN(instant)) throw invalidOption(path, 'expected a Date or an ISO 8601 instant')
  return instant
}

async function digestAgain(
  store: Store,
  documents: NonNullable<AuditOptions['documents']>,
): Promise<{ count: number; unknown: number }> {
  const found = { count: 0, unknown: 0 }
  for await (const document of documents) {
    found.count += 1
    if (entriesByHash(store, await digestOf(document)).length === 0) found.unknown += 1
  }
  return found
}

function fingerprintOf({ trust }: Judging): string {
  const all = createHash('sha256')
  for (const fingerprint of trust.map((certificate) => certificate.fingerprint).sort())
    all.update(fingerprint)
  return all.digest('hex')
}

function countsOf({ platform }: Pick<AuditReport, 'platform'>): {
  repaired: number
  foreign: number
  missing: number
} {
  const sum = (name: 'repaired' | 'foreign' | 'missing'): number =>
    platform.reduce((total, report) => total + report[name].length, 0)
  return { repaired: sum('repaired'), foreign: sum('foreign'), missing: sum('missing') }
}

function verdictOf(report: Omit<AuditReport, 'verdict'>): AuditReport['verdict'] {
  const { entries, bags, stamps, platform, documents, open } = report
  const isBad =
    entries.gaps.length > 0 ||
    bags.findings.length > 0 ||
    stamps.invalid.length > 0 ||
    (documents?.unknown ?? 0) > 0 ||
    platform.some(
      ({ status, foreign, missing, different }) =>
        status === 'ERROR' || foreign.length + missing.length + different.length > 0,
    )
  if (isBad) return 'ERROR'
  const isOpen = open.staged > 0 || open.bags.length > 0
  return isOpen || platform.some(({ status }) => status === 'INCOMPLETE') ? 'INCOMPLETE' : 'OK'
}
