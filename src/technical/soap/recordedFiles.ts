/** How the files of a recording are called and what is in them (design §9): written by the recorder, read by a replay. */
import { EHealthError } from '../../errors.js'
import type { RecordedExchange } from './types.js'

/** What `NNNN.json` holds. */
export interface About {
  url: string
  requestHeaders: Record<string, string>
  /** Null where no answer came. */
  status: number | null
  responseHeaders?: Record<string, string>
  /** ISO 8601; recordings of before 0.2 do not have it. */
  startedAt?: string
  milliseconds: number
  /** Code of the error where no answer came. */
  error?: string
}

type Body = 'request' | 'response'

/** Number of an exchange by the name of one of its files, unfinished ones included. */
export function numberOf(name: string): number | undefined {
  const digits = /^\.?(\d{4,15})[-.]/.exec(name)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/** The part that request and response have in common. */
export function exchangeName(number: string, { service, operation }: RecordedExchange): string {
  return `${number}-${fileName(service.toLowerCase())}-${fileName(operation)}`
}

/** Name and content of `NNNN.json`. */
export function aboutFile(number: string, exchange: RecordedExchange): [string, string] {
  const { url, status, startedAt, milliseconds, requestHeaders, responseHeaders, error } = exchange
  const about: About = {
    url,
    requestHeaders,
    status: status ?? null,
    ...(responseHeaders === undefined ? {} : { responseHeaders }),
    ...(startedAt === undefined ? {} : { startedAt: startedAt.toISOString() }),
    milliseconds,
    ...(error === undefined ? {} : { error }),
  }
  return [`${number}.json`, `${JSON.stringify(about, undefined, 2)}\n`]
}

/** Name and content of a body. */
export function bodyFile(
  name: string,
  which: Body,
  body: Uint8Array,
  headers: Record<string, string> = {},
): [string, Uint8Array] {
  const multipart = body[0] === 0x2d && body[1] === 0x2d
  const type = headerNamed(headers, 'content-type')
  // a multipart body says nothing without its header; everything else is kept as it is
  const content =
    multipart && type !== undefined
      ? Buffer.concat([Buffer.from(`Content-Type: ${type}\r\n\r\n`, 'latin1'), body])
      : body
  return [`${name}-${which}.${multipart ? 'mime' : 'xml'}`, content]
}

/** A body as it was on the wire, from its file. */
export function bodyOf(name: string, content: Uint8Array): Uint8Array {
  const start = Buffer.from(content.subarray(0, 2000)).toString('latin1')
  const entity = name.endsWith('.mime') ? /^Content-Type: [^\r\n]*\r\n\r\n/.exec(start) : null
  return entity === null ? content : content.subarray(entity[0].length)
}

/** @throws EHealthError `recording.malformed` */
export function parseAbout(name: string, text: string): About {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw malformed(`${name} is no JSON`, cause)
  }
  const about = (value ?? {}) as Partial<Record<keyof About, unknown>>
  const sound =
    typeof about.url === 'string' &&
    URL.canParse(about.url) &&
    isHeaders(about.requestHeaders) &&
    (about.status === null ? true : isHeaders(about.responseHeaders) && Number.isInteger(about.status)) &&
    (about.startedAt === undefined ||
      (typeof about.startedAt === 'string' && !Number.isNaN(Date.parse(about.startedAt)))) &&
    (about.error === undefined || typeof about.error === 'string')
  if (!sound) throw malformed(`${name} does not tell of an exchange`)
  return about as About
}

/** The error of a directory or a file that is not what a recorder writes. */
export function malformed(problem: string, cause?: unknown): EHealthError {
  return new EHealthError('recording.malformed', problem, cause === undefined ? {} : { cause })
}

/** A header whose name is written in any case. */
export function headerNamed(headers: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.entries(headers).find(([candidate]) => candidate.toLowerCase() === name)?.[1]
}

const isHeaders = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((text) => typeof text === 'string')

/** Names come from contracts, but a recorder of a server is told them by strangers. */
function fileName(text: string): string {
  return text.replace(/[^A-Za-z0-9_]/g, '_').slice(0, 80)
}
