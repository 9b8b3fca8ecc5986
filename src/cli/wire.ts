/** What `--debug` shows: one line per event, with the fields named here and no others. */
import { eventFields } from '../technical/observability/index.js'
import type { SessionEvent } from '../technical/session/index.js'
import { t } from './language/index.js'
import { exitCode, plain, remark, styled } from './output.js'

/** Where the event stands among others says when it was; all events of a command belong to one user. */
const shownFields = eventFields.filter((name) => name !== 'type' && name !== 'at' && name !== 'callId')

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
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined
}

/** Shows events on stderr: those of the wire and of the session, not what a call spends its time on. */
export function showWire(event: SessionEvent): void {
  if (event.type === 'phase' || event.type === 'call') return
  remark(styled('dim', wireLine(event), process.stderr))
}

/** Whoever asked for a recording is told when it has a hole: the work is done, the command has failed. */
export function reportRecording(event: SessionEvent): void {
  if (event.type !== 'recording') return
  remark(t`the recording is incomplete: ${event.service} ${event.operation} (${event.code})`)
  process.exitCode = exitCode.refused
}
