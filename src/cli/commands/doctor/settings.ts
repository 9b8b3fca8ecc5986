/** Shows where each setting comes from. */
import type { Configuration } from '../../../configuration/read.js'
import { settingsByPath } from '../../../configuration/settings.js'
import { t } from '../../language/index.js'
import { plain, styled } from '../../output.js'

/** A setting and its source; the value only where it is neither a password nor somebody's number. */
export interface PlacedSetting {
  path: string
  source: string
  value?: unknown
}

/** The address of a proxy may hold its password. */
const hidden = new Set(['secret', 'ssin', 'nihii', 'proxy'])

/** The settings of a configuration in its order. */
export function placedSettings({ settings, origins }: Configuration): PlacedSetting[] {
  return Object.entries(origins).map(([path, source]) => {
    const { kind } = settingsByPath.get(path)!
    const value = valueAt(settings, path)
    // what names no variable may be the password itself, in the wrong place
    const misplaced = kind === 'variable' && process.env[String(value)] === undefined
    return { path, source, ...(hidden.has(kind) || misplaced ? {} : { value }) }
  })
}

function valueAt(settings: object, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((group, name) => (group as Record<string, unknown> | undefined)?.[name], settings)
}

/** One line for a person. */
export function settingLine({ path, source, value }: PlacedSetting): string {
  const text =
    value === undefined ? t`(not shown)` : typeof value === 'string' ? value : JSON.stringify(value)
  return `${styled('dim', 'set ')}  ${path.padEnd(24)} ${plain(text)} ${styled('dim', `(${plain(source)})`)}`
}
