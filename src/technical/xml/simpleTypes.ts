/**
 * Simple types of the message contracts: text in the document, a value in the program.
 *
 * `check` looks at a value before it is written; `parse` reads leniently what the lexical form allows. Neither ever
 * puts the value itself into a message: it may be a patient's.
 *
 * @module
 */

import { hasForbiddenCharacter } from './characters.js'

/** A simple type. `T` is what the program sees. */
export interface SimpleType<T> {
  readonly kind: 'simple'
  /** Text to value. `undefined` when the text is not of this type. */
  parse(text: string): T | undefined
  /** Value to text. Called for checked values only. */
  format(value: T): string
  /** What is wrong with a value, for instance `0 characters, expected 1–400`; `undefined` when it fits. */
  check(value: unknown): string | undefined
  /** What is expected, for messages. */
  readonly expected: string
  /** The same in the words of XML Schema, for a WSDL. */
  readonly schema?: SchemaWords
  /** The value is octets, which a message with attachments may carry beside it: when they are many, or always. */
  readonly binary?: 'large' | 'always'
  /** The value names something of a namespace: the writer puts a declared prefix before it, the reader resolves it. */
  readonly qualifiedName?: true
}

/** A simple type in the words of XML Schema: a built-in type and facets. */
export interface SchemaWords {
  /** Name of the built-in type, for instance `dateTime`. */
  readonly base: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minInclusive?: number
  readonly maxInclusive?: number
  readonly enumeration?: readonly string[]
}

/** Facets of a string type. */
export interface StringFacets {
  /** Fewest characters. */
  min?: number
  /** Most characters. */
  max?: number
  /** The whole text must match. */
  pattern?: RegExp
}

function lengthProblem(length: number, { min = 0, max = Infinity }: StringFacets): string | undefined {
  if (length >= min && length <= max) return undefined
  const range = max === Infinity ? `at least ${min}` : min === max ? `${min}` : `${min}–${max}`
  return `${length} characters, expected ${range}`
}

/** Characters, not UTF-16 units; counted only where the difference can matter. */
function characters(text: string, { min = 0, max = Infinity }: StringFacets): number {
  const surelyFits = text.length <= max && text.length >= 2 * min
  return surelyFits ? text.length : [...text].length
}

/** `xs:string` with facets. */
export function string(facets: StringFacets = {}): SimpleType<string> {
  return {
    kind: 'simple',
    expected: 'text',
    schema: {
      base: 'string',
      ...(facets.min === undefined ? {} : { minLength: facets.min }),
      ...(facets.max === undefined ? {} : { maxLength: facets.max }),
    },
    parse: (text) => text,
    format: (value) => value,
    check: (value) => {
      if (typeof value !== 'string') return `${typeof value}, expected text`
      if (hasForbiddenCharacter(value)) return 'a character that XML cannot carry'
      const length = lengthProblem(characters(value, facets), facets)
      if (length !== undefined) return length
      if (facets.pattern !== undefined && !facets.pattern.test(value))
        return `does not match ${String(facets.pattern)}`
      return undefined
    },
  }
}

/** A closed list of texts. */
export function oneOf<const V extends readonly string[]>(...values: V): SimpleType<V[number]> {
  const expected = values.join(' | ')
  return {
    kind: 'simple',
    expected,
    schema: { base: 'string', enumeration: values },
    parse: (text) => text.trim(),
    format: (value) => value,
    check: (value) =>
      typeof value === 'string' && values.includes(value) ? undefined : `unknown value, expected ${expected}`,
  }
}

const booleans = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
])

/** `xs:boolean`, written `true` or `false`. */
export const boolean: SimpleType<boolean> = {
  kind: 'simple',
  expected: 'true or false',
  schema: { base: 'boolean' },
  parse: (text) => booleans.get(text.trim()),
  format: String,
  check: (value) => (typeof value === 'boolean' ? undefined : `${typeof value}, expected true or false`),
}

/** `xs:int`, `xs:long` and relatives, as far as a `number` is exact. */
export function integer(limits: { min?: number; max?: number } = {}): SimpleType<number> {
  const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = limits
  return {
    kind: 'simple',
    expected: 'a whole number',
    schema: {
      base: 'integer',
      ...(limits.min === undefined ? {} : { minInclusive: limits.min }),
      ...(limits.max === undefined ? {} : { maxInclusive: limits.max }),
    },
    parse: (text) => {
      const value = /^\s*[+-]?\d+\s*$/.test(text) ? Number(text) : Number.NaN
      return Number.isSafeInteger(value) ? value : undefined
    },
    format: String,
    check: (value) => {
      if (!Number.isSafeInteger(value)) return 'not a whole number'
      return (value as number) >= min && (value as number) <= max
        ? undefined
        : `${String(value)}, expected ${min}–${max}`
    },
  }
}

const base64Text = /^[A-Za-z0-9+/]*={0,2}$/

/** `xs:base64Binary` as octets; written on one line. */
export const base64Binary: SimpleType<Uint8Array> = {
  kind: 'simple',
  binary: 'large',
  expected: 'base64',
  schema: { base: 'base64Binary' },
  parse: (text) => {
    const compact = text.replace(/[ \t\r\n]+/g, '')
    return compact.length % 4 === 0 && base64Text.test(compact) ? Buffer.from(compact, 'base64') : undefined
  },
  format: (value) => Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64'),
  check: (value) => (value instanceof Uint8Array ? undefined : `${typeof value}, expected octets`),
}

/** `xs:base64Binary` that travels as a part of its own wherever the message has parts, however small it is. */
export const attachedBinary: SimpleType<Uint8Array> = { ...base64Binary, binary: 'always' }

const instantText = /^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/

/** `xs:dateTime` as an instant; written in UTC with milliseconds. Without zone it is read as UTC. */
export const dateTime: SimpleType<Date> = {
  kind: 'simple',
  expected: 'a date and time',
  schema: { base: 'dateTime' },
  parse: (text) => {
    const compact = text.trim()
    const match = instantText.exec(compact)
    if (match === null) return undefined
    const value = new Date(match[2] === undefined ? `${compact}Z` : compact)
    return Number.isNaN(value.getTime()) ? undefined : value
  },
  format: (value) => value.toISOString(),
  check: (value) =>
    value instanceof Date && !Number.isNaN(value.getTime()) ? undefined : 'not a valid Date',
}

const dateText = /^(\d{4})-(\d\d)-(\d\d)(Z|[+-]\d\d:\d\d)?$/

/** `xs:date`, kept as text: `2026-03-02`, with the zone that the sender wrote. */
export const date: SimpleType<string> = {
  kind: 'simple',
  expected: 'a date',
  schema: { base: 'date' },
  parse: (text) => (isCalendarDate(text.trim()) ? text.trim() : undefined),
  format: (value) => value,
  check: (value) =>
    typeof value === 'string' && isCalendarDate(value) ? undefined : 'not a calendar date (YYYY-MM-DD)',
}

function isCalendarDate(text: string): boolean {
  const match = dateText.exec(text)
  if (match === null) return false
  const at = new Date(`${text.slice(0, 10)}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.getUTCDate() === Number(match[3])
}

const timeText =
  /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$|^24:00:00(\.0+)?(Z|[+-]\d\d:\d\d)?$/

/** `xs:time`, kept as text: `09:30:15`, with the fraction and the zone that the sender wrote. */
export const time: SimpleType<string> = {
  kind: 'simple',
  expected: 'a time of day',
  schema: { base: 'time' },
  parse: (text) => (timeText.test(text.trim()) ? text.trim() : undefined),
  format: (value) => value,
  check: (value) =>
    typeof value === 'string' && timeText.test(value) ? undefined : 'not a time of day (HH:mm:ss)',
}

/** `xs:decimal`, as far as a `number` is exact. */
export const decimal: SimpleType<number> = {
  kind: 'simple',
  expected: 'a decimal number',
  schema: { base: 'decimal' },
  parse: (text) => (/^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(text.trim()) ? Number(text.trim()) : undefined),
  format: (value) => value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 }),
  check: (value) =>
    typeof value === 'number' && Number.isFinite(value) ? undefined : 'not a decimal number',
}

/** `xs:anyURI`. */
export const anyUri: SimpleType<string> = { ...string(), schema: { base: 'anyURI' } }

const expandedName = /^\{([^{}]+)\}([A-Za-z_][A-Za-z0-9_.-]*)$/

/** Namespace and name of a {@link qname}. */
export function partsOfName(name: string): { namespace: string; local: string } | undefined {
  const [, namespace, local] = expandedName.exec(name) ?? []
  return namespace === undefined || local === undefined ? undefined : { namespace, local }
}

/** `xs:QName` of an attribute, such as `xsi:type`; in the program `{namespace}name`, on the wire with a declared prefix. */
export const qname: SimpleType<string> = {
  kind: 'simple',
  qualifiedName: true,
  expected: 'a name with a declared prefix',
  schema: { base: 'QName' },
  parse: (text) => (expandedName.test(text) ? text : undefined),
  format: (value) => value,
  check: (value) =>
    typeof value === 'string' && expandedName.test(value) ? undefined : 'not {namespace}name',
}

/** `xs:ID`: a name that does not start with a digit. */
export const id = string({ pattern: /^[A-Za-z_][A-Za-z0-9_.-]*$/ })
