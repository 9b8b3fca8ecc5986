/** What the command prints: results on stdout, everything for a person's eyes on stderr or in colour. */
import { styleText } from 'node:util'

import { EHealthError } from '../errors.js'

/** Exit codes of the command (design §9). */
export const exitCode = { done: 0, refused: 1, usage: 2 } as const

/** Wrong use of the command line. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

type Style = Parameters<typeof styleText>[0]

/**
 * Whether a stream is to be coloured: as Node.js itself decides, `FORCE_COLOR` before everything, then `NO_COLOR`,
 * `NODE_DISABLE_COLORS` and `TERM=dumb`, else on a terminal only.
 */
function isColoured({ isTTY }: Pick<NodeJS.WriteStream, 'isTTY'>): boolean {
  const { FORCE_COLOR: forced, NO_COLOR, NODE_DISABLE_COLORS, TERM } = process.env
  if (forced !== undefined) return ['', '1', '2', '3', 'true'].includes(forced)
  return isTTY && !NO_COLOR && !NODE_DISABLE_COLORS && TERM !== 'dumb'
}

/** Colours only where somebody sees them. */
export function styled(style: Style, text: string, stream: NodeJS.WriteStream = process.stdout): string {
  // the stream was looked at: Node.js would look at stdout, whichever is meant
  return isColoured(stream) ? styleText(style, text, { validateStream: false }) : text
}

/** What stands on the last line of the terminal and gives way to everything that is written. */
let hideLine: (() => void) | undefined

/** From now on this is done before anything is written; nothing any more without it. */
export function whileWriting(hide: (() => void) | undefined): void {
  hideLine = hide
}

/** One line of text on stdout. */
export function print(line = ''): void {
  hideLine?.()
  process.stdout.write(`${line}\n`)
}

/** A value as JSON on stdout. */
export function printJson(value: unknown, pretty = true): void {
  print(JSON.stringify(value, undefined, pretty ? 2 : undefined))
}

/** Names and values under each other. */
export function printFields(fields: Readonly<Record<string, unknown>>): void {
  const width = Math.max(...Object.keys(fields).map((name) => name.length))
  for (const [name, value] of Object.entries(fields))
    if (value !== undefined && value !== null)
      print(
        `${styled('bold', name.padEnd(width))}  ${typeof value === 'string' ? value : JSON.stringify(value)}`,
      )
}

/** Text that somebody else wrote, without the control characters that steer a terminal. */
export function plain(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
}

/** A remark for the person at the terminal. */
export function remark(line: string): void {
  hideLine?.()
  process.stderr.write(`${line}\n`)
}

/** Shows an error, as JSON where that was asked for, and gives the exit code that belongs to it. */
export function report(error: unknown, json: boolean): number {
  const known = error instanceof EHealthError
  const usage = error instanceof UsageError || (known && usageCodes.has(error.code))
  const body = known
    ? error.toJSON()
    : {
        code: usage ? 'usage' : 'unexpected',
        message: error instanceof Error ? error.message : String(error),
      }
  if (json) printJson({ error: body })
  const message = String(body['message'])
  const path = known && error.path !== undefined && !message.includes(error.path) ? ` (at ${error.path})` : ''
  remark(`${styled('red', 'error', process.stderr)} ${String(body['code'])}: ${plain(message)}${plain(path)}`)
  if (known) {
    for (const { text } of error.platform?.messages ?? []) remark(`  platform: ${plain(text)}`)
    remark(`  ${styled('dim', error.hint, process.stderr)}`)
  }
  return usage ? exitCode.usage : exitCode.refused
}

/** Errors that say: the command line asks for what cannot be. */
const usageCodes: ReadonlySet<string> = new Set([
  'configuration.invalid',
  'configuration.unsupported',
  // a file that is not there
  'ehbox.content',
  'service.operation',
  'address-book.criteria',
  'timestamp.input',
  'timestamp.no-trust',
  'rn-consult.criteria',
  'rn-consult.application-id',
  'person-registration.declaration',
  'id-support.combination',
])
