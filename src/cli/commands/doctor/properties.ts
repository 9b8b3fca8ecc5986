/** `ehealth doctor --properties`: what becomes of a file of the official connector. */
import {
  readPropertiesReport,
  settingsOf,
  type PropertyFinding,
} from '../../../configuration/properties/report.js'
import type { ConnectionOptions } from '../../connection.js'
import { t } from '../../language/index.js'
import type { Doctor } from '../../json/index.js'
import { plain, print, printJson, styled, UsageError } from '../../output.js'

const colours = { used: 'green', mapped: 'cyan', ignored: 'gray', unknown: 'yellow' } as const
const verdicts = ['used', 'mapped', 'ignored', 'unknown'] as const
const goesWith: readonly string[] = ['properties', 'json']

/** Prints a table, or JSON with the settings that follow from the file. Passwords and numbers are not shown. */
export async function judgePropertiesFile(file: string, options: ConnectionOptions): Promise<void> {
  const other = Object.keys(options).find((name) => !goesWith.includes(name))
  if (other !== undefined)
    throw new UsageError('--properties judges a file and nothing else: give at most --json beside it')
  const report = await readPropertiesReport(file)
  const { encoding, environment, findings, warnings } = report
  const counts = Object.fromEntries(
    verdicts.map((verdict) => [verdict, findings.filter((finding) => finding.verdict === verdict).length]),
  ) as Record<PropertyFinding['verdict'], number>
  const byHand = findings.filter(({ attention }) => attention).length
  if (options.json === true)
    return printJson<Doctor>({
      file,
      encoding,
      environment,
      counts,
      byHand,
      settings: settingsOf(report),
      warnings,
      findings,
    })
  const width = Math.max(0, ...findings.map(({ name }) => Math.min(plain(name).length, 60)))
  for (const finding of findings) print(row(finding, width))
  for (const warning of warnings) print(`${styled('yellow', t`note`.padEnd(7))}  ${plain(warning)}`)
  const told = verdicts.map((verdict) => `${counts[verdict]} ${verdict}`).join(', ')
  print()
  print(t`${findings.length} properties for ${environment}: ${told}; ${byHand} marked ! need a hand.`)
  print(t`--json gives the settings for a configuration file.`)
}

function row(
  { name, verdict, setting, value, hidden, remark, attention }: PropertyFinding,
  width: number,
): string {
  const shown = value === undefined ? (hidden === 'unknown' ? t`(not shown)` : `(${hidden})`) : plain(value)
  const becomes = setting === undefined || verdict === 'ignored' ? '' : ` → ${setting}`
  const text = shown.length > 60 ? `${shown.slice(0, 60)}…` : shown
  return [
    styled(colours[verdict], verdict.padEnd(7)),
    attention ? styled('yellow', '!') : ' ',
    plain(name).padEnd(width),
    `${text}${becomes}`,
    styled('dim', `· ${remark}`),
  ].join(' ')
}
