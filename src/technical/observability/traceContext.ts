/** W3C Trace Context (https://www.w3.org/TR/trace-context/): read, validated, written. */
import { EHealthError } from '../../errors.js'

/** A place in a trace, as the two headers carry it. */
export interface TraceContext {
  /** `00-<32 hexadecimal digits>-<16>-<2>`, lower case (§3.2). */
  traceparent: string
  /** Comma-separated `key=value` members, at most 32 (§3.3). */
  tracestate?: string
}

/** Longer than the 512 characters that everybody must pass on (§3.3.1.5); a header of megabytes is none. */
const longestState = 8192
const version0 = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/
/** A later version begins like version 00; what it adds behind is not for us (§3.2.4). */
const laterVersion = /^(?!00|ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-|$)/
/** §3.3.1.3: `simple` or `tenant@system`, then printable ASCII without comma and equals sign, no blank at the end. */
const member =
  /^(?:[a-z][a-z0-9_*/-]{0,255}|[a-z0-9][a-z0-9_*/-]{0,240}@[a-z][a-z0-9_*/-]{0,13})=[\x20-\x2b\x2d-\x3c\x3e-\x7e]{0,255}[\x21-\x2b\x2d-\x3c\x3e-\x7e]$/

/**
 * The trace context in the headers of a request that somebody sent to us, ready to be handed to a call. Undefined where
 * there is none or none that is valid: then a trace begins here. A `tracestate` that breaks its rules is left out (§3.3.1).
 *
 * @param headers Names in any case, as of Node.js or of `fetch`.
 *
 * @example
 * ```ts
 * import { readTraceContext } from 'ehealth-connectors/observability'
 *
 * const traceContext = readTraceContext({ traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' })
 * ```
 */
export function readTraceContext(
  headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>,
): TraceContext | undefined {
  const traceparent = headerOf(headers, 'traceparent')
  const tracestate = headerOf(headers, 'tracestate')
  return validTraceContext({
    ...(traceparent === undefined ? { traceparent: '' } : { traceparent }),
    ...(tracestate === undefined ? {} : { tracestate }),
  })
}

/** As {@link readTraceContext}, for a context that somebody else handed in. @internal */
export function validTraceContext(context: Partial<TraceContext> | undefined): TraceContext | undefined {
  const traceparent = parentOf(context?.traceparent)
  if (traceparent === undefined) return undefined
  const tracestate = stateOf(context?.tracestate)
  return { traceparent, ...(tracestate === undefined ? {} : { tracestate }) }
}

/**
 * The trace context that a caller gives for a call.
 *
 * @throws EHealthError `configuration.invalid` for one that breaks the rules; its text is not repeated
 */
export function checkedTraceContext(context: TraceContext): TraceContext {
  const valid = validTraceContext(context)
  if (valid === undefined) throw invalid('traceparent', 'expected 00-<trace id>-<parent id>-<flags>')
  if (typeof context.tracestate === 'string' && context.tracestate !== '' && valid.tracestate === undefined)
    throw invalid('tracestate', 'expected at most 32 members key=value')
  return valid
}

function invalid(name: keyof TraceContext, problem: string): EHealthError {
  return new EHealthError('configuration.invalid', `traceContext.${name}: ${problem}`, {
    path: `traceContext.${name}`,
    hint: 'readTraceContext() takes it from the headers of a request and leaves out what is not valid.',
  })
}

function parentOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const [, trace, parent, flags] = version0.exec(value) ?? laterVersion.exec(value) ?? []
  if (trace === undefined || parent === undefined || /^0+$/.test(trace) || /^0+$/.test(parent))
    return undefined
  if (value.startsWith('00-')) return value
  // §4.3: written as the version that we know, with the one flag that it defines
  return `00-${trace}-${parent}-0${parseInt(flags!, 16) & 1}`
}

function stateOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > longestState) return undefined
  const members = value
    .split(',')
    .map((part) => part.replace(/^[ \t]+|[ \t]+$/g, ''))
    .filter((part) => part !== '')
  const keys = members.map((part) => part.slice(0, part.indexOf('=')))
  const sound =
    members.length > 0 &&
    members.length <= 32 &&
    members.every((part) => member.test(part)) &&
    new Set(keys).size === keys.length
  return sound ? members.join(',') : undefined
}

function headerOf(
  headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>,
  name: string,
): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined
  const values = Object.entries(headers)
    .filter(([candidate]) => candidate.toLowerCase() === name)
    .flatMap(([, value]) => value ?? [])
  // two parents are none (§3.2.1); several states are one list (§3.3.1)
  if (values.length === 0 || (name === 'traceparent' && values.length > 1)) return undefined
  return values.join(',')
}
