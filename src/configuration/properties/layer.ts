/** A `.properties` file of the official connector as a source of settings. */
import { shown } from '../faults.js'
import type { Layer, Placed } from '../layer.js'
import { settingsByPath } from '../settings.js'
import { judge } from '../values.js'
import { readPropertiesReport } from './report.js'

/** The settings of the file, and what its owner should know. */
export async function readPropertiesLayer(file: string): Promise<Layer & { warnings: string[] }> {
  const { settings, findings, warnings } = await readPropertiesReport(file)
  const values = new Map<string, Placed>()
  for (const { path, value, property, line } of settings) {
    const judged = judge(settingsByPath.get(path)!.kind, value, { directory: '.', written: true })
    if ('value' in judged)
      values.set(path, { value: judged.value, source: `${file}:${line} ${shown(property)}` })
  }
  return {
    values,
    faults: [],
    warnings: [
      ...warnings.map((warning) => `${file}: ${warning}`),
      ...findings
        .filter(({ attention }) => attention)
        .map(({ name, line, remark }) => `${file}:${line} ${shown(name)}: ${remark}`),
    ],
  }
}
