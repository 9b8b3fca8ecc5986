/** Look-ups in values of properties: `${name}`, `$uddi{key}`, `$system{name}`, again in what they give (spec soap-security §7.2). */
import { EHealthError } from '../../errors.js'
import { platformUrl } from '../../technical/environment/environment.js'
import { serviceOfUddiKey, type PlatformName } from '../../technical/environment/services.js'
import { shown } from '../faults.js'
import type { Property } from './parse.js'

/** A value with its look-ups done. */
export interface Resolved {
  readonly value: string
  /** Look-ups that gave nothing; their expression stays in the value. */
  readonly problems: readonly string[]
  /** A password has gone into it. */
  readonly secret: boolean
  /** The properties that it was made of, directly or not. */
  readonly uses: readonly string[]
  /** Length of the longest chain of look-ups in it. */
  readonly depth: number
}

/** Longest chain of look-ups, longest value, and longest all of them together. */
export const lookupLimits = { depth: 32, characters: 64 * 1024, total: 4 * 1024 * 1024 } as const

/** What look-ups need to know. */
export interface LookupOptions {
  readonly isSecret: (name: string) => boolean
  /** System properties of the JVM, for `$system{…}`. */
  readonly system?: Readonly<Record<string, string>>
}

/** The names of environments in properties. */
export const environmentCodes: Readonly<Record<string, PlatformName>> = {
  prd: 'production',
  acc: 'acceptance',
  int: 'integration',
}

/**
 * Resolves the properties of a file. Each is resolved once, so the effort grows with the file and not with its look-ups.
 *
 * @throws EHealthError `configuration.malformed` for a circle, naming it; for too long a chain or value
 */
export function lookups(
  properties: ReadonlyMap<string, Property>,
  options: LookupOptions,
): (name: string) => Resolved | undefined {
  const done = new Map<string, Resolved>()
  const underWay: string[] = []
  let total = 0

  const resolve = (name: string): Resolved | undefined => {
    const known = done.get(name)
    if (known !== undefined) return known
    const property = properties.get(name)
    if (property === undefined) return undefined
    const start = underWay.indexOf(name)
    if (start >= 0)
      throw malformed(
        `a circle of look-ups: ${[...underWay.slice(start), name].map(shown).join(' → ')}`,
        property,
      )
    underWay.push(name)
    try {
      if (underWay.length > lookupLimits.depth + 1) throw tooDeep(property)
      const resolved = expand(property)
      if (resolved.depth > lookupLimits.depth) throw tooDeep(property)
      done.set(name, resolved)
      return resolved
    } finally {
      underWay.pop()
    }
  }

  const expand = (property: Property): Resolved => {
    const problems: string[] = []
    const uses = new Set<string>()
    let secret = options.isSecret(property.name)
    let length = 0
    let depth = 0
    const take = (text: string): string => {
      length += text.length
      total += text.length
      if (length > lookupLimits.characters || total > lookupLimits.total)
        throw malformed('a value grows too long by its look-ups', property)
      return text
    }
    const lookUp = (kind: string | undefined, key: string): string | undefined => {
      if (kind === 'uddi') return uddi(key)
      if (kind === 'system') return system(key)
      const found = resolve(key)
      if (found === undefined) return undefined
      uses.add(key)
      for (const name of found.uses) uses.add(name)
      problems.push(...found.problems)
      secret ||= found.secret
      depth = Math.max(depth, found.depth + 1)
      return found.value
    }
    const value = property.value
      .split(/(\$(?:uddi|system)?\{[^{}]*\})/)
      .map((part) => {
        const look = /^\$(uddi|system)?\{(.*)\}$/s.exec(part)
        if (look === null) return take(part)
        const found = lookUp(look[1], look[2] ?? '')
        if (found === undefined) problems.push(`refers to ${shown(part)}, which is not known`)
        return take(found ?? part)
      })
      .join('')
    return { value, problems, secret, uses: [...uses], depth }
  }

  /** `prd` is the official connector's default. */
  const uddi = (key: string): string | undefined => {
    const platform = environmentCodes[resolve('environment')?.value.trim() ?? 'prd']
    const service = serviceOfUddiKey(key)
    return platform === undefined || service === undefined ? undefined : platformUrl(platform, service)
  }
  const system = (name: string): string | undefined =>
    options.system !== undefined && Object.hasOwn(options.system, name) ? options.system[name] : undefined

  return resolve
}

const tooDeep = (property: Property): EHealthError =>
  malformed(`more than ${lookupLimits.depth} look-ups one within the other`, property)

function malformed(problem: string, { line }: Property): EHealthError {
  return new EHealthError('configuration.malformed', `properties: ${problem} (line ${line})`, {
    details: { line },
  })
}
