/** Events as lines of a structured log. */
import type { SessionEvent, SessionListener } from './events.js'
import { EHealthError } from '../../errors.js'
import { allowedOnly } from './fields.js'

const levels = ['trace', 'debug', 'info', 'warn', 'error'] as const

/** How loud a line is, from the quietest. */
export type LogLevel = (typeof levels)[number]

/** Any logger that is called the way pino is. */
export type Logger = { readonly [Level in LogLevel]: (object: object, message: string) => void }

/** Options of {@link logTo}. */
export interface LogOptions {
  /** Nothing quieter is given to the logger. Default `trace`: the logger's own level decides. */
  level?: LogLevel
}

/**
 * A listener that writes events into a log: one line per event, the fields of the event under `ehealth`, a message that
 * is always the same for the same kind of event. What ends badly is an `error`, what is made good again a `warn`, every
 * other end of a call and every new token an `info`; the rest is `debug`, phases are `trace`.
 *
 * Nothing but the fields of the allow-list is written, whatever the event holds: no payloads, no numbers of persons, no
 * secrets.
 *
 * @throws EHealthError `configuration.invalid` for a logger without one of the five methods, or an unknown level
 *
 * @example
 * ```ts
 * import { connect } from 'ehealth-connectors'
 * import { logTo } from 'ehealth-connectors/observability'
 * import { physician } from 'ehealth-connectors/professions'
 *
 * await using me = await connect({
 *   environment: 'acceptance',
 *   keystore: { file: 'physician.acc-p12', password },
 *   as: physician({ ssin, nihii }),
 *   on: logTo(logger, { level: 'info' }),
 * })
 * ```
 */
export function logTo(logger: Logger, { level = 'trace' }: LogOptions = {}): SessionListener {
  const least = levels.indexOf(level)
  if (least === -1) throw invalid('level', `expected one of ${levels.join(', ')}`)
  for (const name of levels)
    if (typeof (logger as Partial<Logger> | undefined)?.[name] !== 'function')
      throw invalid('logger', `expected an object with a method ${name}(object, message)`)
  return (event) => {
    const own = levelOf(event)
    if (levels.indexOf(own) >= least) logger[own]({ ehealth: allowedOnly(event) }, messageOf(event))
  }
}

function levelOf(event: SessionEvent): LogLevel {
  switch (event.type) {
    case 'phase':
      return 'trace'
    case 'call':
      if (event.state === 'begun') return 'debug'
      return event.code === undefined ? 'info' : 'error'
    case 'token':
      if (event.state === 'issued' || event.state === 'loaded') return 'info'
      return event.state === 'failed' ? 'error' : 'warn'
    case 'retry':
    case 'fault':
      return 'warn'
    case 'recording':
      return 'error'
    case 'etk':
    case 'seal':
    case 'unseal':
      return event.code === undefined ? 'debug' : 'warn'
    case 'archive':
      return archiveLevels[event.state] ?? 'info'
    default:
      return 'debug'
  }
}

/** What somebody must look at is an error. */
const archiveLevels: Readonly<Record<string, LogLevel>> = {
  heartbeat: 'debug',
  'attempt-failed': 'warn',
  quarantined: 'error',
  refused: 'error',
  halted: 'error',
  late: 'error',
  skewed: 'warn',
  'standing-by': 'warn',
  failed: 'error',
}

/** `ehealth` and what happened: nothing that differs from one event to the next of its kind. */
function messageOf(event: SessionEvent): string {
  switch (event.type) {
    case 'call':
    case 'token':
    case 'recording':
    case 'archive':
      return `ehealth ${event.type} ${event.state}`
    default:
      return `ehealth ${event.type}`
  }
}

function invalid(path: string, problem: string): EHealthError {
  return new EHealthError('configuration.invalid', `${path}: ${problem}`, { path })
}
