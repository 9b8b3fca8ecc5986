/** Judges single values. What is wrong is told in words, never with the value: it may be a password in the wrong place. */
import path from 'node:path'

import { isEHealthError, type ErrorCode } from '../errors.js'
import { professionNames } from '../professions/index.js'
import { nearest } from '../technical/environment/nearest.js'
import { baseUrlProblem, endpointProblem } from '../technical/environment/url.js'
import { parseCbe, parseEhp, parseNihii, parseSite, parseSsin } from '../technical/identifiers/index.js'
import { longestTimeout } from '../technical/session/options.js'
import { Secret, type PasswordInput } from './secret.js'
import type { SettingKind } from './settings.js'

/** The value as it is used, or what is wrong with it. */
export type Judged =
  | { readonly value: unknown }
  | { readonly problem: string; readonly hint?: string; readonly code?: ErrorCode }

/** How a value of one source is read. */
export interface Reading {
  /** Directory that relative file names start from. */
  readonly directory: string
  /** Whether the source lies around as a file: then it must not hold a password, at most a function that gets it. */
  readonly written: boolean
}

const environments = ['acceptance', 'integration', 'production', 'simulation', 'custom']

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 }

/** Milliseconds of `1500`, `'1500'`, `'90s'`; undefined for what is no duration above 0. */
export function millisecondsOf(value: unknown): number | undefined {
  let milliseconds: number
  if (typeof value === 'number') milliseconds = value
  else {
    const match = typeof value === 'string' ? /^(\d{1,12}(?:\.\d{1,3})?) ?(ms|s|min|h|d)?$/.exec(value) : null
    if (match === null) return undefined
    milliseconds = Number(match[1]) * units[match[2] ?? 'ms']!
  }
  return Number.isFinite(milliseconds) && milliseconds >= 1 ? Math.round(milliseconds) : undefined
}

/** Judges a value of that kind. */
export function judge(kind: SettingKind, value: unknown, reading: Reading): Judged {
  return judges[kind](value, reading)
}

type Judge = (value: unknown, reading: Reading) => Judged

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && !/[\u0000-\u001f]/.test(value)

const text: Judge = (value) => (isText(value) ? { value } : { problem: 'expected text on one line' })

const choice =
  (what: string, choices: readonly string[]): Judge =>
  (value) => {
    if (typeof value === 'string' && choices.includes(value)) return { value }
    const similar = typeof value === 'string' ? nearest(value, choices) : undefined
    return {
      problem: `unknown ${what}`,
      hint: similar === undefined ? `One of ${choices.join(', ')}.` : `Did you mean ${similar}?`,
    }
  }

const url =
  (problemOf: (value: unknown) => string | undefined): Judge =>
  (value) => {
    const problem = problemOf(value)
    return problem === undefined ? { value } : { problem }
  }

const file: Judge = (value, { directory }) =>
  isText(value) && value.length < 4096
    ? { value: path.resolve(directory, value) }
    : { problem: 'expected the name of a file' }

const duration =
  (longest: number): Judge =>
  (value) => {
    const milliseconds = millisecondsOf(value)
    if (milliseconds === undefined)
      return {
        problem: 'expected a duration above 0',
        hint: 'Milliseconds, or a number with ms, s, min, h or d: 90s.',
      }
    return milliseconds > longest ? { problem: 'the duration is too long' } : { value: milliseconds }
  }

/** The address of a proxy; where it lies around as a file, it must not hold a password. */
const proxy: Judge = (value, { written }) => {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined
  if (url === undefined || !['http:', 'https:'].includes(url.protocol) || url.hostname === '')
    return { problem: 'expected http://host:port' }
  if (written && url.password !== '')
    return {
      problem: 'a password does not belong into a file',
      hint: 'Give the variable EHEALTH_HTTP_PROXY_URL instead.',
    }
  return { value }
}

const mostAttempts = 10

const count: Judge = (value) => {
  const number = typeof value === 'string' && /^\d{1,3}$/.test(value) ? Number(value) : value
  return Number.isInteger(number) && Number(number) >= 1 && Number(number) <= mostAttempts
    ? { value: number }
    : { problem: `expected a number from 1 to ${mostAttempts}` }
}

/** The number itself is not repeated: only what is wrong with it. */
const number =
  (parse: (text: string) => { normalized: string }): Judge =>
  (value) => {
    try {
      return { value: parse(typeof value === 'string' ? value : '').normalized }
    } catch (error) {
      if (!isEHealthError(error)) throw error
      return { problem: error.message, hint: error.hint, code: error.code }
    }
  }

const judges: Readonly<Record<SettingKind, Judge>> = {
  environment: choice('environment', environments),
  'base-url': url(baseUrlProblem),
  endpoint: url(endpointProblem),
  file,
  directory: (value, reading) => {
    const judged = file(value, reading)
    return 'problem' in judged ? { problem: 'expected the name of a directory' } : judged
  },
  files: (value, reading) => {
    const list: readonly unknown[] = Array.isArray(value) ? value : [value]
    if (list.length === 0 || list.length > 1000) return { problem: 'expected one or more names of files' }
    const judged = list.map((name) => file(name, reading))
    const wrong = judged.find((one) => 'problem' in one)
    return wrong ?? { value: judged.map((one) => ('value' in one ? one.value : undefined)) }
  },
  secret: (value, { written }) => {
    if (typeof value === 'function' || (typeof value === 'string' && !written))
      return { value: new Secret(value as PasswordInput) }
    return written
      ? {
          problem: 'a password does not belong into a file',
          hint: 'Give passwordEnv or passwordFile instead.',
        }
      : { problem: 'expected text', hint: 'Is the environment variable set that holds it?' }
  },
  variable: (value) =>
    typeof value === 'string' && /^[A-Za-z_]\w{0,200}$/.test(value)
      ? { value }
      : { problem: 'expected the name of an environment variable', hint: 'Its name, not its content.' },
  flag: (value) =>
    value === true || value === 'true'
      ? { value: true }
      : value === false || value === 'false'
        ? { value: false }
        : { problem: 'expected true or false' },
  profession: choice('profession', professionNames),
  ssin: number(parseSsin),
  nihii: number(parseNihii),
  cbe: number(parseCbe),
  ehp: number((text) => parseEhp(text, { tolerant: true })),
  site: number((text) => ({ normalized: parseSite(text) })),
  duration: duration(3_650 * units['d']!),
  timeout: duration(longestTimeout),
  text,
  header: (value) =>
    typeof value === 'string' && /^[\x20-\x7e]{1,200}$/.test(value)
      ? { value }
      : { problem: 'expected 1 to 200 printable ASCII characters' },
  proxy,
  count,
  'application-id': (value) =>
    typeof value === 'string' && /^\S{1,11}$/.test(value)
      ? { value }
      : { problem: 'expected 1 to 11 characters without blanks' },
}
