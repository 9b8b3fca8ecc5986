/** What the command prints: results on stdout, everything for a person's eyes on stderr or in colour. */
import { styleText } from 'node:util'

import { EHealthError, errorCatalogue, type ErrorCode } from '../errors.js'
import { language, t, translated, typeset } from './language/index.js'
import type { ErrorDocument, Failure } from './json/common.js'

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

/** A document of {@link file://./json/index.ts} as JSON on stdout: `printJson<EhboxList>(…)`. */
export function printJson<Document = never>(value: NoInfer<Document>, pretty = true): void {
  print(JSON.stringify(value, undefined, pretty ? 2 : undefined))
}

/** Names and values under each other; the names are translated. */
export function printFields(fields: Readonly<Record<string, unknown>>): void {
  const labels = Object.keys(fields).map(translated)
  const width = Math.max(...labels.map((label) => label.length))
  for (const [index, value] of Object.values(fields).entries())
    if (value !== undefined && value !== null)
      print(
        `${styled('bold', labels[index]!.padEnd(width))}  ${typeof value === 'string' ? value : JSON.stringify(value)}`,
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

/** An error as JSON shows it. */
export const failureOf = (error: EHealthError): Failure => error.toJSON() as unknown as Failure

/** Shows an error, as JSON where that was asked for, and gives the exit code that belongs to it. */
export async function report(error: unknown, json: boolean, pretty = true): Promise<number> {
  const known = error instanceof EHealthError
  const usage = error instanceof UsageError || (known && usageCodes.has(error.code))
  const body: Failure = known
    ? failureOf(error)
    : {
        code: usage ? 'usage' : 'unexpected',
        message: error instanceof Error ? error.message : String(error),
      }
  if (json) printJson<ErrorDocument>({ error: body }, pretty)
  const message = translated(body.message)
  const path =
    known && error.path !== undefined && !message.includes(error.path) ? t` (at ${error.path})` : ''
  const text = `${plain(message)}${plain(path)}`
  const { meaning, hint } = known ? await explained(error) : {}
  const label = styled('red', t`error`, process.stderr)
  remark(`${label} ${t`${body.code}: ${meaning ?? text}`}`)
  if (meaning !== undefined) remark(`  ${text}`)
  if (known) {
    for (const { text: told } of error.platform?.messages ?? []) remark(t`  platform: ${plain(told)}`)
    remark(`  ${styled('dim', hint ?? translated(error.hint), process.stderr)}`)
  }
  return usage ? exitCode.usage : exitCode.refused
}

/**
 * What a code means and, where that is the hint of the catalogue and not of the very error, what to do, in a language other
 * than English.
 */
export async function explained(error: {
  code: string
  hint: string | null
}): Promise<{ meaning?: string; hint?: string }> {
  const spoken = language()
  if (spoken === 'en') return {}
  const texts = (await (await import('./language/errors/index.js')).loadErrorTexts(spoken))[error.code]
  if (texts === undefined) return {}
  const own = error.hint !== errorCatalogue[error.code as ErrorCode].hint
  return { meaning: typeset(texts.meaning), ...(own ? {} : { hint: typeset(texts.hint) }) }
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
