/** The report of an audit for people. */
import type { AuditReport, PeriodReport } from './types.js'

/**
 * The report as plain text with a table of the platform's answers; at most 20 lines of each kind of finding, the JSON has
 * all of them.
 *
 * @example
 * ```ts
 * import { auditText, openPrescriptionArchive } from 'ehealth-connectors/prescription-archive'
 *
 * await using archive = await openPrescriptionArchive({ file: 'archive.db', session, hospital: 'tsa_…_01' })
 * console.log(auditText(await archive.audit({ from: '2026-01-01', to: '2026-01-31' })))
 * ```
 */
export function auditText(report: AuditReport): string {
  return [
    `Audit of the prescription archive: ${report.verdict}`,
    ...scopeLines(report),
    ...journalLines(report),
    ...stampLines(report),
    ...platformLines(report.platform),
    ...openLines(report),
    '',
  ].join('\n')
}

function scopeLines({ scope }: AuditReport): string[] {
  return [
    line('Hospital', scope.hospital ?? 'not given'),
    line('Period', `${scope.from} to ${scope.to}`),
    line('Generated', `${scope.generatedAt} by ${scope.software}`),
    line('Trust store', `SHA-256 ${scope.trustStore.slice(0, 32)}…`),
    line('Digests', `SHA-256 as ${scope.hashEncoding}`),
  ]
}

function journalLines({ entries, bags, documents }: AuditReport): string[] {
  const range = entries.count === 0 ? '' : `, ${entries.firstRef} to ${entries.lastRef}`
  return [
    '',
    line('Entries', `${entries.count}${range}`),
    ...first(entries.gaps, ({ from, to }) => `  MISSING  entries ${from} to ${to}`),
    line('Bags', String(bags.count)),
    ...first(
      bags.findings,
      ({ sequence, checks }) =>
        `  FAILED   bag ${sequence}: ${checks.map(({ name, about }) => (about === undefined ? name : `${name} (${about})`)).join(', ')}`,
    ),
    ...(documents === undefined
      ? []
      : [line('Documents', `${documents.count} digested again, ${documents.unknown} not in the journal`)]),
  ]
}

function stampLines({ stamps }: AuditReport): string[] {
  const { delay } = stamps
  return [
    line(
      'Stamps',
      `${stamps.count}, ${stamps.invalid.length} not valid, ${stamps.warned.length} with warnings`,
    ),
    ...first(
      stamps.invalid,
      ({ sequence, serial, errors }) => `  FAILED   bag ${sequence}, stamp ${serial}: ${errors.join(', ')}`,
    ),
    ...first(
      stamps.warned,
      ({ sequence, serial, warnings }) =>
        `  warning  bag ${sequence}, stamp ${serial}: ${warnings.join(', ')}`,
    ),
    ...first(stamps.outOfOrder, (sequence) => `  late     bag ${sequence}`),
    ...(delay === undefined
      ? []
      : [
          line(
            'Delay',
            `${seconds(delay.maximum)} at most, ${seconds(delay.percentile95)} for 95 of 100, ${delay.above5Minutes} above 5 minutes`,
          ),
        ]),
  ]
}

const columns = ['status', 'asked', 'repaired', 'foreign', 'unresolved', 'reversed', 'missing', 'different']

function platformLines(periods: readonly PeriodReport[]): string[] {
  if (periods.length === 0) return ['', line('Platform', 'not asked')]
  const rows = periods.map((period) => [
    `${period.from} ${period.to}`,
    period.error === undefined ? period.status : `${period.status} ${period.error}`,
    ...[
      period.asked,
      period.repaired.length,
      period.foreign.length,
      period.unresolved.length,
      period.reversed,
      period.missing.length,
      period.different.length,
    ].map(String),
  ])
  const table = [['period', ...columns], ...rows]
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)))
  return [
    '',
    'Platform',
    ...table.map((row) =>
      `  ${row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ')}`.trimEnd(),
    ),
  ]
}

function openLines({ open }: AuditReport): string[] {
  return [
    '',
    line('Open', `${open.staged} entries in no bag, ${open.bags.length} bags without a verified stamp`),
    ...first(
      open.bags,
      ({ sequence, state, attempts, lastError }) =>
        `  ${state.padEnd(12)}bag ${sequence}, ${attempts} attempts${lastError === undefined ? '' : `: ${lastError}`}`,
    ),
  ]
}

const line = (name: string, value: string): string => `${name.padEnd(12)}${value}`
const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`

function first<Finding>(findings: readonly Finding[], format: (finding: Finding) => string): string[] {
  const shown = findings.slice(0, 20).map(format)
  return findings.length > 20 ? [...shown, `  and ${findings.length - 20} more`] : shown
}
