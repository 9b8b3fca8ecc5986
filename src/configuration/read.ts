/** Brings the sources of a configuration together. */
import { refuse, type Fault } from './faults.js'
import { readFileLayer } from './file.js'
import { passwordWays, readObject, type Layer, type Placed } from './layer.js'
import { nested } from './nested.js'
import { readPropertiesLayer } from './properties/layer.js'
import { fileVariable, type Settings, type SettingsInput } from './settings.js'
import { readVariables, type Variables } from './variables.js'

/** Where settings come from; each goes before the ones above it. */
export interface ConfigurationSources {
  /** A `.properties` file of the official connector. */
  properties?: string
  /** A configuration file: `.json`, `.js`, `.mjs` or `.cjs`. Without it, the one that `EHEALTH_CONFIG` names. */
  file?: string
  /** Environment variables, usually `process.env`. Without them no variable is looked at. */
  env?: Variables
  /** Settings of the program itself. */
  options?: SettingsInput
  /** What to call a setting of `options` in errors and origins; for command lines. */
  nameOption?: (path: string) => string
}

/** The settings of all sources, checked one by one. It may be incomplete. */
export interface Configuration {
  readonly settings: Settings
  /** For each path of `settings` the source that its value comes from. */
  readonly origins: Readonly<Record<string, string>>
  /** What is strange but no error. */
  readonly warnings: readonly string[]
}

/**
 * Reads and merges the sources: properties, file, variables, options, the later ones over the earlier ones, value by
 * value (a list is one value; so are the ways to a password). Nothing but the files named is read, and no secret.
 *
 * @throws EHealthError `configuration.invalid` with everything that is wrong in `details.faults`, each with its path,
 * source and hint and none with its value; `configuration.malformed` for a file that is broken
 *
 * @example
 * ```ts
 * import { readConfiguration } from 'ehealth-connectors/configuration'
 *
 * const { settings, origins } = await readConfiguration({ file: 'ehealth.json', env: process.env })
 * console.log(settings.environment, origins['environment']) // acceptance ehealth.json
 * ```
 */
export async function readConfiguration(sources: ConfigurationSources): Promise<Configuration> {
  const { env = {}, options = {}, nameOption } = sources
  const file = sources.file ?? (env[fileVariable] === '' ? undefined : env[fileVariable])
  const variables = readVariables(env)
  const properties =
    sources.properties === undefined ? undefined : await readPropertiesLayer(sources.properties)
  const layers: Layer[] = [
    ...(properties === undefined ? [] : [properties]),
    ...(file === undefined ? [] : [await readFileLayer(file)]),
    variables,
    readObject(options, { directory: '.', written: false, source: nameOption ?? 'options' }),
  ]
  refuse(layers.flatMap(({ faults }) => faults))
  const merged = merge(layers)
  refuse(incompleteness(merged))
  return {
    settings: nested([...merged].map(([path, { value }]) => [path, value])),
    origins: Object.fromEntries([...merged].map(([path, { source }]) => [path, source])),
    warnings: [...variables.warnings, ...(properties?.warnings ?? [])],
  }
}

function merge(layers: readonly Layer[]): Map<string, Placed> {
  const merged = new Map<string, Placed>()
  for (const { values } of layers)
    for (const [path, placed] of values) {
      const [group, name] = path.split('.')
      if ((passwordWays as readonly (string | undefined)[]).includes(name))
        for (const way of passwordWays) merged.delete(`${group}.${way}`)
      merged.set(path, placed)
    }
  return merged
}

/** What belongs together must be there together. */
function incompleteness(merged: ReadonlyMap<string, Placed>): Fault[] {
  const environment = merged.get('environment')
  if (merged.has('baseUrl') || environment === undefined) return []
  return environment.value === 'custom' || environment.value === 'simulation'
    ? [
        {
          path: 'baseUrl',
          problem: `missing: environment ${environment.value} has no address of its own`,
          source: environment.source,
        },
      ]
    : []
}
