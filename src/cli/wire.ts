/** What `--debug` shows: one line per event, with the fields named here and no others. */
import type { SessionEvent } from '../technical/session/index.js'
import { plain, remark, styled } from './output.js'

const shownFields = [
  'service',
  'operation',
  'endpoint',
  'httpStatus',
  'milliseconds',
  'bytes',
  'correlationId',
  'code',
  'platformCode',
  'ticket',
  'attempt',
  'state',
  'notOnOrAfter',
] as const

/** The event as a line of text. */
export function wireLine(event: SessionEvent): string {
  const values = event as unknown as Readonly<Record<string, unknown>>
  const fields = shownFields.flatMap((name) => {
    const text = textOf(values[name])
    return text === undefined ? [] : [`${name}=${plain(text)}`]
  })
  return [event.type, ...fields].join(' ')
}

function textOf(value: unknown): string | undefined {
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}

/** Shows events on stderr. */
export function showWire(event: SessionEvent): void {
  remark(styled('dim', wireLine(event), process.stderr))
}
