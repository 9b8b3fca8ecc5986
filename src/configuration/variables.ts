/** Settings in environment variables (`EHEALTH_…`). The variables are handed in: the library does not look around. */
import path from 'node:path'

import { nearest } from '../technical/environment/nearest.js'
import { shown, type Fault } from './faults.js'
import { contradictions, type Layer, type Placed } from './layer.js'
import { fileVariable, settingsByPath } from './settings.js'
import { judge } from './values.js'

/** Variables of a process, such as `process.env`. */
export type Variables = Readonly<Record<string, string | undefined>>

const prefix = 'EHEALTH_'

const byVariable = new Map([...settingsByPath.values()].map((setting) => [setting.variable, setting]))
const known = [...byVariable.keys(), fileVariable]

/** What the variables say, and what is strange about them. */
export interface VariableLayer extends Layer {
  readonly warnings: readonly string[]
}

/**
 * Reads the variables. An empty one counts as not set, but for passwords, which may be empty. A name that looks like a
 * misspelt one of ours is refused; another with the same prefix may belong to somebody else and is told as a warning.
 */
export function readVariables(variables: Variables): VariableLayer {
  const values = new Map<string, Placed>()
  const faults: Fault[] = []
  const warnings: string[] = []
  for (const [name, text] of Object.entries(variables)) {
    if (!name.startsWith(prefix) || name === fileVariable || text === undefined) continue
    const setting = byVariable.get(name)
    if (setting === undefined) {
      const similar = nearest(
        name.slice(prefix.length),
        known.map((other) => other.slice(prefix.length)),
      )
      if (similar === undefined) warnings.push(`the variable ${shown(name)} is no setting`)
      else
        faults.push({
          path: shown(name),
          problem: 'there is no such variable',
          hint: `Did you mean ${prefix}${similar}?`,
        })
      continue
    }
    if (text === '' && setting.kind !== 'secret') continue
    const value = setting.kind === 'files' ? text.split(path.delimiter).filter((file) => file !== '') : text
    const judged = judge(setting.kind, value, { directory: '.', written: false })
    if ('problem' in judged) faults.push({ path: setting.path, ...judged, source: name })
    else values.set(setting.path, { value: judged.value, source: name })
  }
  return { values, faults: [...faults, ...contradictions(values)], warnings }
}
