/** One source of settings, flattened: its values by path, each with the name of where it stands. */
import { nearest } from '../technical/environment/nearest.js'
import { shown, type Fault } from './faults.js'
import { settingsByPath } from './settings.js'
import { judge, type Reading } from './values.js'

/** A checked value and where it comes from. */
export interface Placed {
  readonly value: unknown
  /** For instance `ehealth.json` or `EHEALTH_TIMEOUT`. */
  readonly source: string
}

/** The values of one source. */
export interface Layer {
  readonly values: ReadonlyMap<string, Placed>
  readonly faults: readonly Fault[]
}

/** Reading of a source whose values stand in an object. */
export interface ObjectReading extends Reading {
  /** Name of the source; of one path in it where they have names of their own. */
  readonly source: string | ((path: string) => string)
}

/** Every path that is no value but has values below it, with the names that it has. */
const groups: ReadonlyMap<string, readonly string[]> = new Map(
  [...new Set(['', ...[...settingsByPath.keys()].flatMap(parentsOf)])].map((group) => [
    group,
    [
      ...new Set(
        [...settingsByPath.keys()]
          .filter((path) => group === '' || path.startsWith(`${group}.`))
          .map((path) => (group === '' ? path : path.slice(group.length + 1)).split('.')[0]!),
      ),
    ],
  ]),
)

function parentsOf(path: string): string[] {
  const parts = path.split('.')
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('.'))
}

/** Reads an object as somebody wrote it: unknown names are refused, `undefined` counts as not written. */
export function readObject(input: unknown, reading: ObjectReading): Layer {
  const values = new Map<string, Placed>()
  const faults: Fault[] = []
  const sourceOf = (path: string): string =>
    typeof reading.source === 'string' ? reading.source : reading.source(path)

  const visit = (group: string, object: unknown): void => {
    if (!isPlainObject(object)) {
      faults.push({ path: group, problem: 'expected an object', source: sourceOf(group) })
      return
    }
    for (const [name, value] of Object.entries(object)) {
      if (value === undefined) continue
      const path = group === '' ? name : `${group}.${name}`
      const setting = settingsByPath.get(path)
      if (setting !== undefined) {
        const judged = judge(setting.kind, value, reading)
        if ('problem' in judged) faults.push({ path, ...judged, source: sourceOf(path) })
        else values.set(path, { value: judged.value, source: sourceOf(path) })
      } else if (groups.has(path)) visit(path, value)
      else faults.push(unknownName(group, name, sourceOf(path)))
    }
  }
  visit('', input)
  faults.push(...contradictions(values))
  return { values, faults }
}

function unknownName(group: string, name: string, source: string): Fault {
  const known = groups.get(group)!
  const similar = nearest(name, known)
  const joined = (last: string): string => (group === '' ? last : `${group}.${last}`)
  return {
    path: joined(shown(name)),
    problem: 'there is no such setting',
    source,
    hint:
      similar !== undefined
        ? `Did you mean ${joined(similar)}?`
        : known.length > 30
          ? 'The names of services stand in docs/endpoints.md.'
          : `Known here: ${known.join(', ')}.`,
  }
}

/** The ways to a password: in one source there is at most one of them, and one source replaces those of another. */
export const passwordWays = ['password', 'passwordEnv', 'passwordFile', 'emptyPassword'] as const

/** Contradictions within one source. */
export function contradictions(values: ReadonlyMap<string, Placed>): Fault[] {
  return ['keystore', 'identification', 'mycarenet'].flatMap((group) => {
    const given = passwordWays.map((way) => `${group}.${way}`).filter((path) => values.has(path))
    return given.length < 2
      ? []
      : [
          {
            path: given[1]!,
            problem: `contradicts ${given[0]!}: one way to the password is enough`,
            source: values.get(given[1]!)!.source,
          },
        ]
  })
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}
