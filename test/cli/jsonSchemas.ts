/** What a command prints with `--json` is held against its schema in docs/schemas, whoever runs it. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

const folder = fileURLToPath(new URL('../../docs/schemas/', import.meta.url))
const suffix = '.schema.json'

/** Names of all schemas: commands with `-` for blanks, and `error`. */
export const schemaNames: readonly string[] = readdirSync(folder).map((file) => file.slice(0, -suffix.length))

/** Commands that print JSON without being asked. */
const alwaysJson: ReadonlySet<string> = new Set(['simulator', 'timestamp-serve', 'unseal', 'verify'])

/** Commands that print one document a line. */
const inLines: ReadonlySet<string> = new Set([
  'simulator',
  'timestamp-serve',
  'ehbox-watch',
  'member-data-batch',
])

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true })
addFormats.default(ajv)
const compiled = new Map<string, ValidateFunction>()

export const schemaOf = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(folder, `${name}${suffix}`), 'utf8')) as Record<string, unknown>

/** What is wrong with a document; empty if nothing is. */
export function problemsOf(name: string, document: unknown): string[] {
  let validate = compiled.get(name)
  if (validate === undefined) compiled.set(name, (validate = ajv.compile(schemaOf(name))))
  if (validate(document) === true) return []
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
  )
}

/** The schema that the command of these words has: of the longest name. */
export function schemaNameOf(parameters: readonly string[]): string | undefined {
  const words = parameters.findIndex((word) => word.startsWith('-'))
  const named = words === -1 ? parameters : parameters.slice(0, words)
  for (let length = Math.min(named.length, 3); length > 0; length -= 1) {
    const name = named.slice(0, length).join('-')
    if (name !== 'error' && schemaNames.includes(name)) return name
  }
  return undefined
}

/** The documents of a text: one, or one a line. Nothing for octets and words. */
function documentsIn(stdout: string, lines: boolean): unknown[] {
  try {
    if (!lines) return [JSON.parse(stdout)]
    return stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as unknown)
  } catch {
    return []
  }
}

const isFailure = (document: unknown): boolean =>
  typeof document === 'object' && document !== null && Object.keys(document).join() === 'error'

/**
 * Holds what a command has printed against its schema, or against that of failures.
 *
 * @throws Error for a document that breaks its schema, JSON of a command that has none, no JSON where it was asked for
 */
export function assertSchema(parameters: readonly string[], stdout: string, code: number | null): void {
  const asked = parameters.includes('--json')
  const name = schemaNameOf(parameters)
  if (!asked && (name === undefined || !alwaysJson.has(name))) return
  const documents = documentsIn(stdout, name !== undefined && inLines.has(name))
  const called = `ehealth ${parameters.join(' ')}`
  if (documents.length === 0 && stdout.trim() !== '') {
    if (asked) throw new Error(`${called} printed no JSON`)
    return
  }
  if (asked && documents.length === 0 && (code === 1 || code === 2))
    throw new Error(`${called} ended with ${code} and printed no failure as JSON`)
  for (const document of documents) {
    const failed = code !== 0 && isFailure(document)
    if (!failed && name === undefined) throw new Error(`${called} has no schema`)
    const schema = failed ? 'error' : name!
    const problems = problemsOf(schema, document)
    if (problems.length > 0)
      throw new Error(`${called}: not as ${schema}${suffix} says:\n${problems.join('\n')}`)
    keep(schema, document)
  }
}

/** With KEEP_JSON every document is kept in that folder: examples are chosen from them. */
function keep(name: string, document: unknown): void {
  const kept = process.env['KEEP_JSON']
  if (kept === undefined) return
  mkdirSync(join(kept, name), { recursive: true })
  const text = JSON.stringify(document, undefined, 2)
  writeFileSync(join(kept, name, `${String(text.length).padStart(7, '0')}.json`), text)
}
