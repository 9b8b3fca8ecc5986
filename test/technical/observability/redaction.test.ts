/** One full run, with everything that can be told about it told: who looks for what must not be there finds nothing. */
import { Writable } from 'node:stream'
import { inspect } from 'node:util'

import { context } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { consultationOperations as ehbox } from '../../../src/business/ehbox/contract.js'
import type { SessionEvent } from '../../../src/index.js'
import { startSimulator, type Simulator } from '../../../src/simulator/index.js'
import { eventFields, logTo } from '../../../src/technical/observability/index.js'
import { openTelemetry } from '../../../src/technical/observability/opentelemetry.js'
import { readEntries } from '../../../src/technical/keystore/entries.js'
import { open, texts, workAsUsual } from './support.js'

let simulator: Simulator
const events: SessionEvent[] = []
const lines: string[] = []
const exporter = new InMemorySpanExporter()
let hidden: [name: string, value: string][]

beforeAll(async () => {
  simulator = await startSimulator()
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString())
      done()
    },
  })
  const log = logTo(pino({ level: 'trace' }, stream))
  const tracing = await openTelemetry({ tracerProvider: provider })
  await workAsUsual(simulator, () => ({
    tracing,
    on: (event) => {
      events.push(event)
      log(event)
    },
  }))
  await using me = await open(simulator, 'physician', { tracing, on: (event) => events.push(event) })
  const token = await me.technical.token()
  const { meta } = await me.technical.call(ehbox.getBoxInfo, {})
  const { physician, nurse, hospital } = simulator.personas
  hidden = [
    ...[physician, nurse, hospital].flatMap(({ name, ssin, nihii, password, displayName }) =>
      Object.entries({ ssin, nihii, shortNihii: nihii.slice(0, 8), password, displayName }).flatMap(
        ([field, value]): [string, string][] => (value === undefined ? [] : [[`${name} ${field}`, value]]),
      ),
    ),
    ...Object.entries(texts),
    ...Object.entries(texts).map(([name, text]): [string, string] => [`${name} in base64`, base64(text)]),
    ['id of the token', token.id],
    ['token', token.xml.slice(-200)],
    ['attribute of the token', token.attributes[0]!.name],
    ...(await privateKeys()),
    ...[...meta.raw.request.matchAll(/SignatureValue>([^<]{60})/g)].map(([, value]): [string, string] => [
      'signature',
      value!,
    ]),
    ['envelope', 'Envelope'],
    ['assertion', 'Assertion'],
    ['key', 'PRIVATE KEY'],
  ]
})
afterAll(async () => {
  context.disable()
  await simulator.close()
})

/** Every private part of every key of the people, in the forms in which keys are written. */
async function privateKeys(): Promise<[string, string][]> {
  const { physician, nurse } = simulator.personas
  const found: [string, string][] = []
  for (const { name, keystore, password } of [physician, nurse]) {
    const { keys } = await readEntries({ bytes: keystore }, password)
    for (const { alias, privateKey } of keys) {
      const { d } = privateKey.export({ format: 'jwk' }) as { d: string }
      const octets = Buffer.from(d, 'base64url')
      for (const form of ['base64url', 'base64', 'hex'] as const)
        found.push([`${name} key ${alias} ${form}`, octets.toString(form).slice(3, 43)])
    }
  }
  return found
}

/** Without the padding and the last characters, which depend on what stands behind. */
const base64 = (text: string): string => Buffer.from(text).toString('base64').replace(/=+$/, '').slice(0, -2)

function foundIn(shown: string): string[] {
  return hidden.filter(([, value]) => shown.includes(value)).map(([name]) => name)
}

describe('a full run tells', () => {
  it('of every kind of event, so that this test looks at all of them', () => {
    expect(new Set(events.map(({ type }) => type))).toEqual(
      new Set(['call', 'phase', 'request', 'response', 'fault', 'retry', 'token', 'etk', 'seal', 'unseal']),
    )
    expect(hidden.length).toBeGreaterThan(30)
    for (const [name, value] of hidden) expect(value.length, name).toBeGreaterThan(2)
  })

  it('nothing that it must not in its events', () => {
    expect(foundIn(JSON.stringify(events))).toEqual([])
    expect(foundIn(inspect(events, { depth: 20, showHidden: true, maxArrayLength: null }))).toEqual([])
    for (const event of events) expect(eventFields).toEqual(expect.arrayContaining(Object.keys(event)))
  })

  it('nothing that it must not in its log', () => {
    expect(lines.length).toBeGreaterThan(100)
    expect(foundIn(lines.join(''))).toEqual([])
  })

  it('nothing that it must not in its spans', () => {
    const told = exporter
      .getFinishedSpans()
      .map(({ name, attributes, events: inside, status }) => ({ name, attributes, inside, status }))
    expect(told.length).toBeGreaterThan(100)
    expect(foundIn(JSON.stringify(told))).toEqual([])
    expect(foundIn(inspect(told, { depth: 20, maxArrayLength: null }))).toEqual([])
  })
})
