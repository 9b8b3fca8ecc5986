/** Java `.properties` files, read as `java.util.Properties` reads them. */
import { EHealthError } from '../../errors.js'

/** One property as it stands in the file, before look-ups. */
export interface Property {
  readonly name: string
  readonly value: string
  /** Line of the file on which it begins, from 1. */
  readonly line: number
}

/** What a file holds. */
export interface PropertiesFile {
  readonly encoding: 'utf-8' | 'iso-8859-1'
  /** In the order of the file; a name that stands twice is there twice. */
  readonly properties: readonly Property[]
}

/** Largest file, and most properties, that are read. */
export const propertiesLimits = { bytes: 1024 * 1024, properties: 10_000 } as const

/**
 * Reads the octets of a file: UTF-8 where they are that (or `encoding` says so), else ISO-8859-1, which is what Java
 * takes them for.
 *
 * @throws EHealthError `configuration.malformed` with the line: a broken `\uXXXX`, a file that is too large
 */
export function readProperties(
  bytes: Uint8Array,
  { encoding }: { encoding?: PropertiesFile['encoding'] } = {},
): PropertiesFile {
  if (bytes.length > propertiesLimits.bytes) throw malformed('the file is larger than 1 MiB')
  const text = encoding === 'iso-8859-1' ? undefined : utf8(bytes)
  if (text !== undefined) return { encoding: 'utf-8', properties: parseProperties(text) }
  if (encoding === 'utf-8') throw malformed('the file is not in UTF-8')
  return { encoding: 'iso-8859-1', properties: parseProperties(Buffer.from(bytes).toString('latin1')) }
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/**
 * Reads the text of a file. Comments (`#`, `!`), continued lines, the separators `=`, `:` and blank, and escapes are
 * those of the class `java.util.Properties`, down to its oddities.
 *
 * @throws EHealthError `configuration.malformed`
 */
export function parseProperties(text: string): Property[] {
  const properties: Property[] = []
  for (const line of logicalLines(text)) {
    if (properties.length === propertiesLimits.properties)
      throw malformed(`more than ${propertiesLimits.properties} properties`, line.number)
    const { nameEnd, valueStart } = separate(line.text)
    properties.push({
      name: unescape(line.text.slice(0, nameEnd), line.number),
      value: unescape(line.text.slice(valueStart), line.number),
      line: line.number,
    })
  }
  return properties
}

interface LogicalLine {
  text: string
  number: number
}

const isBlank = (character: string | undefined): boolean =>
  character === ' ' || character === '\t' || character === '\f'

/** Lines with their continuations, without comments, empty lines and the blanks before each natural line. */
function* logicalLines(text: string): Generator<LogicalLine> {
  let parts: string[] = []
  let begun = 0
  let number = 0
  const take = (): LogicalLine => {
    const line = { text: parts.join(''), number: begun }
    parts = []
    begun = 0
    return line
  }
  for (const natural of naturalLines(text)) {
    number += 1
    const content = natural.replace(/^[ \t\f]+/, '')
    if (parts.length === 0) {
      // a line that only continued an empty one may still be empty or a comment: so Java has it
      begun = 0
      if (content === '' || content.startsWith('#') || content.startsWith('!')) continue
      begun = number
    }
    const continued = continues(content)
    const kept = continued ? content.slice(0, -1) : content
    if (kept !== '') parts.push(kept)
    if (!continued) yield take()
  }
  // a lone backslash at the end is a property without name, but not before CR LF: so Java has it
  if (parts.length > 0 || (begun > 0 && !text.endsWith('\r\n'))) yield take()
}

/** What follows the last line break is a line of its own only when there is something. */
function naturalLines(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/)
  if (lines.at(-1) === '') lines.pop()
  return lines
}

/** An odd number of backslashes at the end: the last one is no content. */
function continues(content: string): boolean {
  let end = content.length
  while (end > 0 && content[end - 1] === '\\') end -= 1
  return (content.length - end) % 2 === 1
}

/** Where the name ends and the value begins. */
function separate(line: string): { nameEnd: number; valueStart: number } {
  let nameEnd = 0
  while (nameEnd < line.length) {
    const character = line[nameEnd]!
    if (character === '=' || character === ':' || isBlank(character)) break
    nameEnd += character === '\\' ? 2 : 1
  }
  nameEnd = Math.min(nameEnd, line.length)
  let valueStart = nameEnd
  let separated = false
  while (valueStart < line.length) {
    const character = line[valueStart]!
    if (!isBlank(character)) {
      if (separated || (character !== '=' && character !== ':')) break
      separated = true
    }
    valueStart += 1
  }
  return { nameEnd, valueStart }
}

const escapes: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f' }

function unescape(text: string, line: number): string {
  if (!text.includes('\\')) return text
  return text.replace(
    /\\(?:u(.{0,4})|([^]|$))/gs,
    (_, hex: string | undefined, character: string | undefined) => {
      if (hex === undefined) return escapes[character!] ?? character!
      if (!/^[0-9a-fA-F]{4}$/.test(hex))
        throw malformed('\\u is not followed by four hexadecimal digits', line)
      return String.fromCharCode(Number.parseInt(hex, 16))
    },
  )
}

function malformed(problem: string, line?: number): EHealthError {
  return new EHealthError(
    'configuration.malformed',
    `properties: ${problem}${line === undefined ? '' : ` (line ${line})`}`,
    line === undefined ? {} : { details: { line } },
  )
}
