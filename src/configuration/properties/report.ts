/** What becomes of a `.properties` file of the official connector: a verdict on each property, and our settings. */
import { EHealthError } from '../../errors.js'
import type { PlatformName } from '../../technical/environment/services.js'
import { readConfigurationBytes } from '../files.js'
import { nested } from '../nested.js'
import { settingsByPath } from '../settings.js'
import { judge } from '../values.js'
import type { Verdict } from './description.js'
import { environmentCodes, lookups } from './interpolate.js'
import { readProperties, type PropertiesFile, type Property } from './parse.js'
import { isSecretName, officialPropertyOf } from './table.js'
import { translate, type TranslationContext } from './translate.js'

/** The verdict on one property. */
export interface PropertyFinding {
  readonly name: string
  /** Line of the file on which it is set last, which is the one that counts. */
  readonly line: number
  readonly verdict: Verdict
  /** The setting that it has become, or that has to be made by hand; absent where there is nothing to set. */
  readonly setting?: string
  /** The value with its look-ups done; absent where it may be a password or somebody's number. */
  readonly value?: string
  /** Why the value is not shown. */
  readonly hidden?: 'secret' | 'personal' | 'unknown'
  /** What it becomes, or why it is ignored. */
  readonly remark: string
  /** Something is to be done by hand. */
  readonly attention: boolean
}

/** A setting of ours that a property gave. */
export interface TranslatedSetting {
  readonly path: string
  readonly value: unknown
  readonly property: string
  readonly line: number
}

/** The verdict on a file. */
export interface PropertiesReport {
  readonly encoding: PropertiesFile['encoding']
  readonly environment: PlatformName
  readonly findings: readonly PropertyFinding[]
  readonly settings: readonly TranslatedSetting[]
  /** What is strange about the file. */
  readonly warnings: readonly string[]
}

/** Options of {@link judgeProperties}. */
export interface PropertiesOptions {
  /** UTF-8 where the file is that, else ISO-8859-1. */
  encoding?: PropertiesFile['encoding']
  /** System properties of the JVM that `$system{…}` may look up. */
  system?: Readonly<Record<string, string>>
}

/**
 * Judges a `.properties` file of the official connector: for each property whether it is used as it stands, mapped to a
 * setting of another form, ignored (and why) or unknown; and the settings that follow. Passwords and numbers of people
 * are in no finding.
 *
 * @throws EHealthError `configuration.malformed` for a file that Java would not read, a circle of look-ups (which it
 * names), and what exceeds the limits: 1 MiB, 10 000 properties, 32 look-ups in a chain, 64 Ki characters of a value, 4 Mi of all
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises'
 * import { judgeProperties } from 'ehealth-connectors/configuration'
 *
 * const { findings } = judgeProperties(await readFile('be.ehealth.technicalconnector.properties'))
 * for (const { name, verdict, remark } of findings) console.log(verdict, name, remark)
 * ```
 */
export function judgeProperties(bytes: Uint8Array, options: PropertiesOptions = {}): PropertiesReport {
  const { encoding, properties } = readProperties(
    bytes,
    options.encoding === undefined ? {} : { encoding: options.encoding },
  )
  const byName = new Map<string, Property>()
  const warnings: string[] = []
  for (const property of properties) {
    const earlier = byName.get(property.name)
    if (earlier !== undefined)
      warnings.push(
        `${property.name} stands twice: line ${property.line} counts, line ${earlier.line} does not`,
      )
    byName.set(property.name, property)
  }
  const resolve = lookups(byName, {
    isSecret: isSecretName,
    ...(options.system === undefined ? {} : { system: options.system }),
  })
  const flag = (name: string): string | undefined => resolve(name)?.value.trim()
  const trims = { all: flag('configuration.properties.trim'), endpoints: flag('remove.trail.withspaces') }
  const trimmed = (name: string, value: string): string =>
    (trims.all === 'true' && !/password/i.test(name)) ||
    (trims.endpoints !== 'false' && name.startsWith('endpoint'))
      ? value.trim()
      : value
  const context: TranslationContext = {
    environment: environmentCodes[flag('environment') ?? 'prd'] ?? 'production',
    valueOf: (name) => {
      const resolved = resolve(name)
      return resolved === undefined ? undefined : trimmed(name, resolved.value)
    },
  }
  if (!byName.has('environment'))
    warnings.push('environment is not set: the official connector takes prd, which is production')
  const lookedUp = new Set([...byName.keys()].flatMap((name) => resolve(name)?.uses ?? []))
  const settings: TranslatedSetting[] = []
  const findings = [...byName.values()].map((property) => {
    const resolved = resolve(property.name)!
    const value = trimmed(property.name, resolved.value)
    return findingOf(
      property,
      { ...resolved, value, lookedUp: lookedUp.has(property.name) },
      context,
      settings,
    )
  })
  return { encoding, environment: context.environment, findings, settings, warnings }
}

interface Judged {
  value: string
  problems: readonly string[]
  secret: boolean
  lookedUp: boolean
}

function findingOf(
  { name, line }: Property,
  { value, problems, secret, lookedUp }: Judged,
  context: TranslationContext,
  settings: TranslatedSetting[],
): PropertyFinding {
  const row = officialPropertyOf(name)
  const common = { name, line }
  if (row === undefined)
    return {
      ...common,
      verdict: lookedUp ? 'used' : 'unknown',
      hidden: secret ? 'secret' : 'unknown',
      remark: lookedUp ? 'looked up by other properties' : 'no property that is known here',
      attention: !lookedUp,
    }
  const hidden = secret ? 'secret' : (row.hidden ?? (holdsPassword(value) ? 'secret' : undefined))
  const shown = hidden === undefined ? { value } : { hidden }
  const broken = row.verdict === 'ignored' ? undefined : problems[0]
  const translated = broken === undefined ? translate(value, row, context, name) : { settings: {} }
  const wrong = broken ?? addSettings(settings, translated.settings, { name, line })
  const attention = wrong !== undefined || translated.attention === true || row.attention === true
  const became = Object.keys(translated.settings).join(', ')
  const setting = became === '' && attention ? row.setting : became
  return {
    ...common,
    verdict: row.verdict,
    ...(setting === undefined || setting === '' ? {} : { setting }),
    ...shown,
    remark: wrong ?? translated.remark ?? row.remark,
    attention,
  }
}

/** Keeps what is a sound setting; tells what is not. */
function addSettings(
  settings: TranslatedSetting[],
  given: Readonly<Record<string, unknown>>,
  { name, line }: { name: string; line: number },
): string | undefined {
  for (const [path, value] of Object.entries(given)) {
    const judged = judge(settingsByPath.get(path)!.kind, value, { directory: '.', written: true })
    if ('problem' in judged) return `${path}: ${judged.problem}`
    const before = settings.find((other) => other.path === path)
    if (before !== undefined) {
      if (before.value !== value) return `${path} is given by ${before.property} already`
      continue
    }
    settings.push({ path, value, property: name, line })
  }
  return undefined
}

/** An address with a user's password in it. */
const holdsPassword = (value: string): boolean => /\/\/[^/\s]*@/.test(value)

/**
 * Reads and judges a file.
 *
 * @throws EHealthError as `judgeProperties`; `configuration.invalid` for a file that cannot be read
 */
export async function readPropertiesReport(
  file: string,
  options: PropertiesOptions = {},
): Promise<PropertiesReport> {
  const bytes = await readConfigurationBytes(file)
  try {
    return judgeProperties(bytes, options)
  } catch (error) {
    if (!(error instanceof EHealthError)) throw error
    throw new EHealthError(error.code, `${file}: ${error.message}`, {
      hint: error.hint,
      cause: error,
      ...(error.details === undefined ? {} : { details: error.details }),
    })
  }
}

/** The settings as a configuration file has them. */
export function settingsOf({ settings }: Pick<PropertiesReport, 'settings'>): Record<string, unknown> {
  return nested(settings.map(({ path, value }) => [path, value]))
}
