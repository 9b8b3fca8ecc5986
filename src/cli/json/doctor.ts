/** What `ehealth doctor` prints. */
import type { PropertiesReport, PropertyFinding } from '../../configuration/properties/report.js'
import type { Finding } from '../commands/doctor/finding.js'
import type { PlacedSetting } from '../commands/doctor/settings.js'

/** What was looked at; with `--properties` what becomes of that file. */
export type Doctor = Examination | PropertiesJudgement

/** Everything between this machine and a call. Nothing of it names the caller. */
export interface Examination {
  /** Nothing failed; warnings are no failure. */
  ok: boolean
  /** Of this package. */
  version: string
  settings: PlacedSetting[]
  findings: Finding[]
}

/** What becomes of a file of the official connector. */
export interface PropertiesJudgement {
  file: string
  encoding: PropertiesReport['encoding']
  environment: PropertiesReport['environment']
  /** How many properties have which verdict. */
  counts: Record<PropertyFinding['verdict'], number>
  /** How many need a hand. */
  byHand: number
  /** The configuration file that follows from it, with the caller's own numbers. */
  settings: Record<string, unknown>
  warnings: PropertiesReport['warnings']
  findings: readonly PropertyFinding[]
}
