import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import {
  AlwaysOffSampler,
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace-base'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { consultationOperations as ehbox } from '../../../src/business/ehbox/contract.js'
import type { Connection } from '../../../src/index.js'
import { startSimulator, type Simulator } from '../../../src/simulator/index.js'
import type { Tracing } from '../../../src/technical/observability/index.js'
import { openTelemetry } from '../../../src/technical/observability/opentelemetry.js'
import { createSession } from '../../../src/technical/session/index.js'
import type { RecordedExchange } from '../../../src/technical/soap/types.js'
import { physician } from '../../../src/professions/index.js'
import { open } from './support.js'

const exporter = new InMemorySpanExporter()
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
const tracer = provider.getTracer('a program')

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator()
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
})
afterAll(async () => {
  context.disable()
  await provider.shutdown()
  await simulator.close()
})
beforeEach(() => {
  exporter.reset()
  simulator.faults.clear()
})

const spans = (): ReadableSpan[] => exporter.getFinishedSpans()
const named = (name: string): ReadableSpan => {
  const found = spans().filter((span) => span.name === name)
  expect(found, name).toHaveLength(1)
  return found[0]!
}
const childrenOf = (span: ReadableSpan): string[] =>
  spans()
    .filter(({ parentSpanContext }) => parentSpanContext?.spanId === span.spanContext().spanId)
    .map(({ name }) => name)
const milliseconds = ([seconds, nanos]: [number, number]): number => seconds * 1000 + nanos / 1e6

async function traced<T>(work: (me: Connection<'ehbox'>) => Promise<T>, tracing?: Tracing): Promise<T> {
  await using me = await open(simulator, 'physician', {
    tracing: tracing ?? (await openTelemetry({ tracerProvider: provider })),
  })
  return await work(me)
}
const boxInfo = (me: Connection<'ehbox'>) => me.technical.call(ehbox.getBoxInfo, {})

describe('spans of OpenTelemetry', () => {
  it('are one per call, with a child per phase and the attributes of the conventions', async () => {
    await traced(boxInfo)
    const span = named('ehboxConsultation/getBoxInfo')
    expect(span.kind).toBe(SpanKind.CLIENT)
    expect(span.status.code).toBe(SpanStatusCode.UNSET)
    expect(span.attributes).toMatchObject({
      'rpc.system': 'soap',
      'rpc.service': 'ehboxConsultation',
      'rpc.method': 'getBoxInfo',
      'server.address': '127.0.0.1',
      'server.port': Number(new URL(simulator.url).port),
      'http.response.status_code': 200,
      'ehealth.attempts': 1,
      'ehealth.call.id': expect.any(String) as string,
      'ehealth.correlation_id': expect.any(String) as string,
    })
    expect(childrenOf(span).filter((name) => !name.includes('/') && !name.startsWith('ehealth'))).toEqual([
      'token',
      'write',
      'sign',
      'connect',
      'send',
      'wait',
      'receive',
      'parse',
      'read',
    ])
  })

  it('lie in time where the phases were, inside of their call', async () => {
    await traced(boxInfo)
    const call = named('sts/RequestSecurityToken')
    const children = spans().filter(
      ({ parentSpanContext }) => parentSpanContext?.spanId === call.spanContext().spanId,
    )
    expect(children.length).toBeGreaterThan(5)
    let last = milliseconds(call.startTime)
    for (const { startTime, endTime } of children) {
      // a thousandth of a millisecond is what events are rounded to
      expect(milliseconds(startTime)).toBeGreaterThanOrEqual(last - 0.01)
      last = milliseconds(endTime)
    }
    expect(milliseconds(call.endTime)).toBeGreaterThanOrEqual(last - 0.01)
  })

  it('have the call that waits for the token as parent of the request for it', async () => {
    await traced(boxInfo)
    const business = named('ehboxConsultation/getBoxInfo')
    expect(childrenOf(business)).toEqual(
      expect.arrayContaining(['sts/RequestSecurityToken', 'ehealth token', 'token']),
    )
  })

  it('belong to whatever span is active, also when calls of several run at once', async () => {
    await traced(async (me) => {
      await me.technical.token()
      exporter.reset()
      await Promise.all(
        ['first', 'second', 'third'].map((name) =>
          tracer.startActiveSpan(name, async (span) => {
            await new Promise((resolve) => setTimeout(resolve, 5))
            await boxInfo(me)
            await me.technical.etk.own()
            span.end()
          }),
        ),
      )
    })
    const parents = ['first', 'second', 'third'].map(named)
    expect(new Set(parents.map((span) => span.spanContext().traceId)).size).toBe(3)
    for (const parent of parents) expect(childrenOf(parent)).toContain('ehboxConsultation/getBoxInfo')
    const own = spans().filter(({ name }) => name === 'ehboxConsultation/getBoxInfo')
    expect(own.map((span) => span.parentSpanContext?.spanId).sort()).toEqual(
      parents.map((span) => span.spanContext().spanId).sort(),
    )
  })

  it('tell of look-ups and seals', async () => {
    await traced(async (me) => {
      const sealed = await me.technical.seal(Buffer.from('x'), { to: [await me.technical.etk.own()] })
      await me.technical.unseal(sealed)
      await me.technical.etk.own()
    })
    expect(named('ehealth seal').attributes).toEqual({
      'ehealth.seal.bytes': 1,
      'ehealth.seal.recipients': 1,
    })
    expect(named('ehealth unseal').attributes).toHaveProperty('ehealth.seal.bytes')
    const lookUps = spans().filter(({ name }) => name === 'ehealth etk')
    expect(lookUps.map(({ attributes }) => attributes['ehealth.etk.source'])).toEqual(['depot', 'cache'])
  })

  it('end in error with the code of the library and of the platform', async () => {
    simulator.faults.add({ kind: 'soa', code: 'SOA-03006', service: 'ehboxConsultation', times: 1 })
    await traced((me) => boxInfo(me).catch(() => undefined))
    const span = named('ehboxConsultation/getBoxInfo')
    expect(span.status).toEqual({ code: SpanStatusCode.ERROR, message: span.attributes['error.type'] })
    expect(span.attributes['error.type']).toMatch(/^fault\./)
    expect(span.attributes).toMatchObject({ 'ehealth.platform.code': 'SOA-03006' })
    const failed = spans().filter(({ status }) => status.code === SpanStatusCode.ERROR)
    expect(failed.map(({ name }) => name)).toEqual(['parse', 'ehboxConsultation/getBoxInfo'])
    expect(span.events.map(({ name }) => name)).toEqual(['ehealth fault'])
  })

  it('show a second attempt in the span of its call', async () => {
    simulator.faults.add({ kind: 'soa', code: 'SOA-01001', service: 'ehboxConsultation', times: 1 })
    await traced(boxInfo)
    const span = named('ehboxConsultation/getBoxInfo')
    expect(span.status.code).toBe(SpanStatusCode.UNSET)
    expect(span.attributes['ehealth.attempts']).toBe(2)
    expect(span.events.map(({ name }) => name)).toEqual(['ehealth fault', 'ehealth retry'])
    expect(childrenOf(span).filter((name) => name === 'sign')).toHaveLength(2)
  })

  it('go to the provider that is registered when none is given', async () => {
    trace.setGlobalTracerProvider(provider)
    try {
      await traced(boxInfo, await openTelemetry())
      expect(named('ehboxConsultation/getBoxInfo').instrumentationScope.name).toBe('ehealth-connectors')
    } finally {
      trace.disable()
    }
  })
})

describe('the trace of a request', () => {
  const sent: RecordedExchange[] = []
  afterEach(() => {
    sent.length = 0
  })
  const session = (tracing?: Tracing) => {
    const { keystore, password, ssin, nihii } = simulator.personas.physician
    return createSession({
      environment: simulator.environment,
      actor: physician({ ssin, nihii }),
      keystore: { bytes: keystore, password },
      runtime: simulator.runtime,
      recorder: { record: async (exchange) => void sent.push(exchange) },
      ...(tracing === undefined ? {} : { tracing }),
    })
  }
  const headersOf = (operation: string) =>
    sent.find((exchange) => exchange.operation === operation)!.requestHeaders

  it('names the span of the call, in the trace of the caller, with the state of the caller', async () => {
    await using me = session(await openTelemetry({ tracerProvider: provider }))
    const traceId = '0af7651916cd43dd8448eb211c80319c'
    const { W3CTraceContextPropagator } = await import('@opentelemetry/core')
    propagation.setGlobalPropagator(new W3CTraceContextPropagator())
    const incoming = propagation.extract(ROOT_CONTEXT, {
      traceparent: `00-${traceId}-b7ad6b7169203331-01`,
      tracestate: 'rojo=1',
    })
    await context.with(incoming, () => me.call(ehbox.getBoxInfo, {}))
    propagation.disable()
    for (const [operation, name] of [
      ['getBoxInfo', 'ehboxConsultation/getBoxInfo'],
      ['RequestSecurityToken', 'sts/RequestSecurityToken'],
    ] as const)
      expect(headersOf(operation)).toMatchObject({
        traceparent: `00-${traceId}-${named(name).spanContext().spanId}-01`,
        tracestate: 'rojo=1',
      })
  })

  it('says that nobody keeps it when it is not sampled', async () => {
    const unsampled = new BasicTracerProvider({ sampler: new AlwaysOffSampler() })
    await using me = session(await openTelemetry({ tracerProvider: unsampled }))
    await me.call(ehbox.getBoxInfo, {})
    expect(headersOf('getBoxInfo')['traceparent']).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/)
  })

  it('is the one that the caller gives, also without OpenTelemetry, for the call but not for the token', async () => {
    await using me = session()
    const traceContext = { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' }
    await me.call(ehbox.getBoxInfo, {}, { traceContext })
    expect(headersOf('getBoxInfo')).toMatchObject(traceContext)
    expect(headersOf('RequestSecurityToken')).not.toHaveProperty('traceparent')
  })

  it('is not there without an SDK and without a trace', async () => {
    await using me = session(await openTelemetry())
    await me.call(ehbox.getBoxInfo, {})
    await using plain = session()
    await plain.call(ehbox.getBoxInfo, {})
    expect(sent.length).toBe(4)
    for (const { requestHeaders } of sent) expect(requestHeaders).not.toHaveProperty('traceparent')
  })
})
