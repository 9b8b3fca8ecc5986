/** Requests that a real client has signed and not yet sent, for whoever wants to tamper with them. */
import { connect } from '../../src/connect.js'
import { nurse, physician } from '../../src/professions/index.js'
import type { Simulator } from '../../src/simulator/index.js'
import { readFault, type Fault } from '../../src/technical/soap/fault.js'
import { createTransport } from '../../src/technical/soap/transport.js'
import type { HttpRequest, HttpResponse, Transport } from '../../src/technical/soap/types.js'
import { parseXml } from '../../src/technical/xml/parse.js'
import { descendants } from '../../src/technical/xml/tree.js'

const heldBack = new Error('held back')

/** A network that keeps the next request instead of sending it: the simulator takes each message only once. */
/** A request with nothing streamed in it. */
export type HeldRequest = HttpRequest & { body: Uint8Array }

export interface Interceptor extends Transport {
  /** The request that `work` would send to `path`; what comes before it goes through. */
  hold(path: string, work: () => Promise<unknown>): Promise<HeldRequest>
}

export function interceptor(simulator: Simulator): Interceptor {
  const transport = createTransport({ trust: simulator.environment.trust.tls ?? [] })
  let wanted: string | undefined
  let held: HeldRequest | undefined
  return {
    post: (request) => {
      if (wanted === undefined || !request.url.endsWith(wanted)) return transport.post(request)
      const { url, headers, body } = request
      if (!(body instanceof Uint8Array)) throw new Error('streamed')
      held ??= { url, headers, body }
      return Promise.reject(heldBack)
    },
    close: () => transport.close(),
    hold: async (path, work) => {
      wanted = path
      held = undefined
      await work().catch(() => undefined)
      wanted = undefined
      if (held === undefined) throw new Error(`nothing was sent to ${path}`)
      return held
    },
  }
}

/** A person connected through the interceptor. */
export function connectAs(name: 'physician' | 'nurse', simulator: Simulator, transport: Transport) {
  const { keystore, password, ssin, nihii } = simulator.personas[name]
  const as = { ssin: ssin, nihii: nihii }
  return connect({
    environment: simulator.environment,
    runtime: simulator.runtime,
    keystore: { bytes: keystore, password },
    as: name === 'physician' ? physician(as) : nurse(as),
    transport,
  })
}

/** The fault of an answer; undefined when it is none. */
export function faultOf({ body }: Pick<HttpResponse, 'body'>): Fault | undefined {
  const text = Buffer.from(body).toString('utf8')
  const envelope = /<S:Envelope.*<\/S:Envelope>/s.exec(text)?.[0]
  if (envelope === undefined) throw new Error('no envelope in the answer')
  const fault = [...descendants(parseXml(envelope).root)].find(({ local }) => local === 'Fault')
  return fault && readFault(fault)
}

/** `200`, or the platform's code in the fault. */
export async function outcomeOf(answer: Promise<HttpResponse>): Promise<string> {
  const { status, body } = await answer
  const fault = faultOf({ body })
  if ((status === 500) !== (fault !== undefined)) throw new Error(`status ${status} does not fit the answer`)
  return fault?.code ?? String(status)
}

/** Offsets of a part of a message, from the beginning of `from` to the end of `to`. */
export function region(
  body: Uint8Array,
  from: string,
  to: string,
  options: { after?: string; inner?: boolean; cut?: number } = {},
): [start: number, end: number] {
  const bytes = Buffer.from(body)
  const origin = options.after === undefined ? 0 : bytes.indexOf(options.after)
  const first = bytes.indexOf(from, origin)
  const last = bytes.indexOf(to, first + from.length)
  if (origin < 0 || first < 0 || last < 0) throw new Error(`no ${from} … ${to}`)
  return options.inner === true
    ? [first + from.length, last - (options.cut ?? 0)]
    : [first, last + to.length - (options.cut ?? 0)]
}

/** `count` different offsets spread evenly over a region, both ends included. */
export function spread([start, end]: [number, number], count: number): number[] {
  const length = end - start
  const steps = Math.min(count, length)
  return Array.from(
    { length: steps },
    (_, index) => start + Math.floor((index * (length - 1)) / Math.max(1, steps - 1)),
  )
}

/** The octets with one bit of one octet turned. */
export function flipped(bytes: Uint8Array, offset: number, mask = 1): Uint8Array {
  const copy = Uint8Array.from(bytes)
  copy[offset]! ^= mask
  return copy
}
