/** Simple values: what a caller may give for a type of XML Schema, and what he gets for a text of it. */
import { string } from '../../xml/simpleTypes.js'
import type { SimpleType } from './model.js'

/** Text of a value, or what is wrong with it; never the value itself. */
export type Formatted = { text: string } | { problem: string }

const lexical: Readonly<Record<string, { pattern: RegExp; expected: string }>> = {
  boolean: { pattern: /^(true|false|1|0)$/, expected: 'true or false' },
  decimal: { pattern: /^[+-]?(\d+(\.\d*)?|\.\d+)$/, expected: 'a decimal number' },
  float: { pattern: /^([+-]?(\d+(\.\d*)?|\.\d+)([Ee][+-]?\d+)?|-?INF|NaN)$/, expected: 'a number' },
  integer: { pattern: /^[+-]?\d+$/, expected: 'a whole number' },
  dateTime: {
    pattern: /^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/,
    expected: 'a date and time (YYYY-MM-DDThh:mm:ss)',
  },
  date: { pattern: /^-?\d{4,}-\d\d-\d\d(Z|[+-]\d\d:\d\d)?$/, expected: 'a date (YYYY-MM-DD)' },
  time: { pattern: /^\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/, expected: 'a time (hh:mm:ss)' },
  base64Binary: { pattern: /^[A-Za-z0-9+/\s]*={0,2}\s*$/, expected: 'octets or base64' },
  hexBinary: { pattern: /^([0-9A-Fa-f]{2})*$/, expected: 'octets or hexadecimal' },
}

const families: Readonly<Record<string, keyof typeof lexical>> = {
  double: 'float',
  ...Object.fromEntries(
    [
      'long int short byte nonNegativeInteger positiveInteger nonPositiveInteger negativeInteger',
      'unsignedLong unsignedInt unsignedShort unsignedByte',
    ]
      .join(' ')
      .split(' ')
      .map((name) => [name, 'integer']),
  ),
}

/** Types whose every value a `number` holds exactly. */
const small = new Set(['int', 'short', 'byte', 'unsignedInt', 'unsignedShort', 'unsignedByte'])

const familyOf = ({ base }: SimpleType): string => families[base] ?? base

/** What is expected, in words. */
export function expectedOf(type: SimpleType): string {
  if (type.values !== undefined) return `one of ${type.values.slice(0, 20).join(' | ')}`
  return lexical[familyOf(type)]?.expected ?? 'text'
}

/**
 * Text of a value. Numbers, booleans and texts are taken for any type whose form they have, a `Date` for an instant,
 * octets for binary. Patterns of the schema are left to the platform to judge: its expression language is another one.
 */
export function formatSimple(value: unknown, type: SimpleType): Formatted {
  if (type.list === true && Array.isArray(value)) {
    const items = value.map((item) => formatSimple(item, { ...type, list: false }))
    const wrong = items.find((item) => 'problem' in item)
    return wrong ?? { text: items.map((item) => ('text' in item ? item.text : '')).join(' ') }
  }
  const text = textOf(value, familyOf(type))
  if (text === undefined) return { problem: `${kindOf(value)}, expected ${expectedOf(type)}` }
  const problem = problemOf(text, type)
  return problem === undefined ? { text } : { problem }
}

function textOf(value: unknown, family: string): string | undefined {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value)
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined
  if (value instanceof Date)
    return family === 'dateTime' && !Number.isNaN(value.getTime()) ? value.toISOString() : undefined
  if (value instanceof Uint8Array) {
    const encoding = family === 'base64Binary' ? 'base64' : family === 'hexBinary' ? 'hex' : undefined
    const octets = Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    return encoding && octets.toString(encoding)
  }
  return undefined
}

function problemOf(text: string, type: SimpleType): string | undefined {
  const form = lexical[familyOf(type)]
  if (type.list !== true) {
    if (form !== undefined && !form.pattern.test(text)) return `expected ${form.expected}`
    if (type.values?.includes(text) === false) return `unknown value, expected ${expectedOf(type)}`
  }
  // the length of a binary value counts octets, that of a list items: left to the platform
  const { min, max } = form === undefined && type.list !== true ? type : {}
  return string({ ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) }).check(text)
}

const kindOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'an array' : typeof value

/**
 * Value of a text: booleans and numbers that are exact as such, octets for base64, everything else the text itself
 * (dates keep their zone, large and decimal numbers their digits). A text that is not of its type stays text.
 */
export function parseSimple(text: string, type: SimpleType): unknown {
  const compact = text.trim()
  if (type.list === true)
    return compact === ''
      ? []
      : compact.split(/\s+/).map((item) => parseSimple(item, { ...type, list: false }))
  const family = familyOf(type)
  const form = lexical[family]
  if (form === undefined) return text
  if (!form.pattern.test(compact)) return text
  if (family === 'boolean') return compact === 'true' || compact === '1'
  if (small.has(type.base) || family === 'float') return numberOf(compact)
  if (family === 'base64Binary') return new Uint8Array(Buffer.from(compact, 'base64'))
  if (family === 'hexBinary') return new Uint8Array(Buffer.from(compact, 'hex'))
  return compact
}

const numberOf = (text: string): number => Number(text.replace('INF', 'Infinity'))
