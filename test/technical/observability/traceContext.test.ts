import type { IncomingHttpHeaders } from 'node:http'

import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { systemRuntime } from '../../../src/technical/environment/runtime.js'
import {
  readTraceContext,
  type TraceContext,
  type Tracing,
} from '../../../src/technical/observability/index.js'
import { call } from '../../../src/technical/soap/call.js'
import { createTransport } from '../../../src/technical/soap/transport.js'
import type { Transport } from '../../../src/technical/soap/types.js'
import { ask } from '../soap/messages.js'
import { startTestServer, type TestServer } from '../soap/testServer.js'

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
const tracestate = 'rojo=00f067aa0ba902b7,congo=t61rcWkgMzE'

describe('trace context', () => {
  it('is read from headers, in any case and form', () => {
    expect(readTraceContext({ Traceparent: traceparent, tracestate })).toEqual({ traceparent, tracestate })
    expect(readTraceContext(new Headers({ traceparent }))).toEqual({ traceparent })
    expect(readTraceContext({ traceparent, tracestate: ['a=1 ', ' b=2'] })).toEqual({
      traceparent,
      tracestate: 'a=1,b=2',
    })
    expect(readTraceContext({})).toBeUndefined()
  })

  it.each([
    ['nothing', ''],
    ['no hexadecimal digits', traceparent.replace('0af', '0xg')],
    ['upper case', traceparent.toUpperCase()],
    ['version ff', traceparent.replace(/^00/, 'ff')],
    ['a trace of zeros', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`],
    ['a parent of zeros', `00-0af7651916cd43dd8448eb211c80319c-${'0'.repeat(16)}-01`],
    ['something behind version 00', `${traceparent}-more`],
    ['a later version that goes on without a dash', `${traceparent.replace(/^00/, '01')}more`],
    ['a cut one', traceparent.slice(0, -1)],
    ['blanks', ` ${traceparent}`],
    ['a line break', `${traceparent}\r\nX-Evil: 1`],
  ])('is none with %s', (_, text) => {
    expect(readTraceContext({ traceparent: text, tracestate })).toBeUndefined()
  })

  it('is none with two parents', () => {
    expect(readTraceContext({ traceparent: [traceparent, traceparent] })).toBeUndefined()
  })

  it('of a later version is sent on as the version that is known here', () => {
    const later = `cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-ff-what-the-future-will-be`
    expect(readTraceContext({ traceparent: later })).toEqual({ traceparent })
  })

  it.each([
    ['a member without key', '=1'],
    ['an upper-case key', 'Key=1'],
    ['a value with an equals sign', 'a=1=2'],
    ['a line break', 'a=1\r\nX-Evil: 1'],
    ['the same key twice', 'a=1,a=2'],
    ['more than 32 members', Array.from({ length: 33 }, (__, index) => `k${index}=1`).join(',')],
    ['a value of more than 256 characters', `a=${'x'.repeat(257)}`],
    ['megabytes', `a=${'x'.repeat(2_000_000)}`],
  ])('does without a state that has %s', (_, state) => {
    expect(readTraceContext({ traceparent, tracestate: state })).toEqual({ traceparent })
  })

  it('never lets anything but one clean line through (property)', () => {
    const any = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'a=,@ \t\r\n-0f/*') }))
    fc.assert(
      fc.property(any, any, (parent, state) => {
        const read = readTraceContext({ traceparent: parent, tracestate: state })
        const known = readTraceContext({ traceparent, tracestate: state })
        if (read !== undefined) expect(read.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/)
        expect(known?.tracestate ?? '').toMatch(/^[\x20-\x7e]*$/)
      }),
    )
  })
})

describe('the headers of a call', () => {
  let server: TestServer
  let transport: Transport
  const seen: IncomingHttpHeaders[] = []
  beforeAll(async () => {
    server = await startTestServer((incoming, outgoing) => {
      seen.push(incoming.headers)
      incoming.resume().on('end', () => outgoing.writeHead(503).end())
    })
    transport = createTransport({ trust: [server.authorities.root.certificate.toPem()] })
  })
  afterAll(async () => {
    transport.close()
    await server.close()
  })
  beforeEach(() => {
    seen.length = 0
  })

  const send = (more: { traceContext?: TraceContext; tracing?: Tracing }): Promise<unknown> => {
    const { tracing, ...options } = more
    return call(
      ask(),
      { Id: 'i', Text: 't', Flags: [] },
      {
        endpoint: server.url,
        security: { kind: 'none' },
        retry: { attempts: 1 },
        context: {
          transport,
          runtime: systemRuntime,
          emit: () => undefined,
          ...(tracing === undefined ? {} : { tracing }),
        },
        ...options,
      },
    ).catch((error: unknown) => error)
  }

  it('hold no trace when there is none', async () => {
    await send({})
    await send({ tracing: {} })
    await send({ tracing: { traceContext: () => undefined } })
    expect(seen).toHaveLength(3)
    for (const headers of seen) {
      expect(headers).not.toHaveProperty('traceparent')
      expect(headers).not.toHaveProperty('tracestate')
    }
  })

  it('hold what the caller gives for the call, before what is active', async () => {
    const active = { traceparent: traceparent.replace('-01', '-00') }
    await send({ tracing: { traceContext: () => active } })
    await send({ tracing: { traceContext: () => active }, traceContext: { traceparent, tracestate } })
    expect(seen).toMatchObject([active, { traceparent, tracestate }])
    expect(seen[0]).not.toHaveProperty('tracestate')
  })

  it.each([
    [{ traceparent: 'nonsense' }, 'traceContext.traceparent'],
    [{ traceparent, tracestate: 'a=1\r\nX-Evil: 1' }, 'traceContext.tracestate'],
    [{ traceparent: 7 as never }, 'traceContext.traceparent'],
  ])('do not hold what is none: nothing is sent (%#)', async (traceContext, path) => {
    expect(await send({ traceContext })).toMatchObject({ code: 'configuration.invalid', path })
    expect(seen).toEqual([])
  })

  it('do without what is active and no trace, and a tracing that throws', async () => {
    const broken = (): never => {
      throw new Error('tracing')
    }
    await send({ tracing: { traceContext: () => ({ traceparent: 'x\r\nX-Evil: 1' }) } })
    await send({ tracing: { traceContext: broken, on: broken } })
    expect(seen).toHaveLength(2)
    for (const headers of seen) expect(headers).not.toHaveProperty('traceparent')
    expect(seen[0]).not.toHaveProperty('x-evil')
  })
})
