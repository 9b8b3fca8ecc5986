import { Writable } from 'node:stream'

import fc from 'fast-check'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { startSimulator, type Simulator } from '../../../src/simulator/index.js'
import {
  allowedOnly,
  eventFields,
  logTo,
  type LogLevel,
  type Logger,
  type SessionEvent,
} from '../../../src/technical/observability/index.js'
import { open, workAsUsual } from './support.js'

interface Line {
  level: number
  msg: string
  ehealth: Record<string, unknown>
}

/** A real pino that writes into memory. */
function memoryLog(level = 'trace'): { logger: pino.Logger; lines: Line[] } {
  const lines: Line[] = []
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      for (const line of chunk.toString().split('\n').filter(Boolean)) lines.push(JSON.parse(line) as Line)
      done()
    },
  })
  return { logger: pino({ level }, stream), lines }
}

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator()
})
afterAll(() => simulator.close())

const levelNames: Record<number, string> = { 10: 'trace', 20: 'debug', 30: 'info', 40: 'warn', 50: 'error' }

describe('a log of pino', () => {
  it('gets one line per event: the fields of the event under one name, a message without parameters', async () => {
    const { logger, lines } = memoryLog()
    const events: SessionEvent[] = []
    const log = logTo(logger)
    await workAsUsual(simulator, () => ({
      on: (event) => {
        events.push(event)
        log(event)
      },
    }))
    expect(lines).toHaveLength(events.length)
    expect(lines.map(({ ehealth }) => ehealth)).toEqual(JSON.parse(JSON.stringify(events)))
    for (const { ehealth, msg } of lines) {
      expect(eventFields).toEqual(expect.arrayContaining(Object.keys(ehealth)))
      expect(msg).toMatch(/^ehealth [a-z]+( [a-z-]+)?$/)
    }
  })

  it('is told how loud each kind of event is', async () => {
    const { logger, lines } = memoryLog()
    await workAsUsual(simulator, () => ({ on: logTo(logger) }))
    const loudness = new Map<string, Set<string>>()
    for (const { level, msg, ehealth } of lines) {
      const kind = 'code' in ehealth ? `${msg}, badly` : msg
      loudness.set(kind, (loudness.get(kind) ?? new Set()).add(levelNames[level]!))
    }
    expect(Object.fromEntries([...loudness].map(([kind, levels]) => [kind, [...levels].join()]))).toEqual({
      'ehealth call begun': 'debug',
      'ehealth call ended': 'info',
      'ehealth call ended, badly': 'error',
      'ehealth phase': 'trace',
      'ehealth request': 'debug',
      'ehealth response': 'debug',
      'ehealth fault, badly': 'warn',
      'ehealth retry, badly': 'warn',
      'ehealth token issued': 'info',
      'ehealth token dropped, badly': 'warn',
      'ehealth etk': 'debug',
      'ehealth etk, badly': 'warn',
      'ehealth seal': 'debug',
      'ehealth unseal': 'debug',
      'ehealth unseal, badly': 'warn',
    })
  })

  it('gets nothing quieter than was asked for', async () => {
    const { logger, lines } = memoryLog()
    await using me = await open(simulator, 'physician', { on: logTo(logger, { level: 'info' }) })
    await me.ehbox.info()
    expect(lines.map(({ msg }) => msg)).toEqual([
      'ehealth call ended',
      'ehealth token issued',
      'ehealth call ended',
    ])
  })

  it('that fails does not fail the call', async () => {
    const { logger } = memoryLog()
    const broken = new Proxy(logger, {
      get: (target, name) => {
        if (name === 'info')
          return () => {
            throw new Error('disk full')
          }
        return target[name as LogLevel]
      },
    })
    await using me = await open(simulator, 'physician', { on: logTo(broken) })
    await expect(me.ehbox.info()).resolves.toMatchObject({ box: { quality: 'DOCTOR' } })
  })
})

describe('a line of the log', () => {
  const logged = (event: object): { line: object; message: string } => {
    let seen: { line: object; message: string } | undefined
    const keep = (line: object, message: string) => {
      seen = { line, message }
    }
    const logger: Logger = { trace: keep, debug: keep, info: keep, warn: keep, error: keep }
    logTo(logger)(event as SessionEvent)
    return seen!
  }

  it('holds the fields of the allow-list only, whatever an event has', () => {
    const { line } = logged({
      type: 'fault',
      at: 1,
      callId: 'c',
      attempt: 1,
      service: 'ehboxPublication',
      operation: 'sendMessage',
      code: 'fault.business',
      body: 'a finding',
      patient: '90010199794',
      error: new Error('a finding'),
    })
    expect(line).toEqual({
      ehealth: {
        type: 'fault',
        at: 1,
        callId: 'c',
        attempt: 1,
        service: 'ehboxPublication',
        operation: 'sendMessage',
        code: 'fault.business',
      },
    })
  })

  it.each([
    ['platformCode', 'insured 90010199794'],
    ['platformCode', '90010199794'],
    ['ticket', 'Dear colleague, the patient'],
    ['correlationId', '<S:Envelope>'],
    ['operation', 'of 90010199794'],
    ['ownerType', '90010199794'],
    ['service', { nested: 'object' }],
    ['code', 'x'.repeat(200)],
  ])('withholds a %s that does not look like one', (name, value) => {
    const { line } = logged({ type: 'response', [name]: value })
    expect(line).toEqual({ ehealth: { type: 'response', [name]: '(withheld)' } })
  })

  it('shows of an address neither query nor user', () => {
    const endpoint = 'https://ada:secret@host.example:8443/path?ssin=90010199794#part'
    expect(logged({ type: 'request', endpoint }).line).toEqual({
      ehealth: { type: 'request', endpoint: 'https://host.example:8443/path' },
    })
  })

  it('leaves out numbers, instants and flags that are none', () => {
    const event = {
      type: 'etk',
      bytes: 'many',
      milliseconds: NaN,
      renewal: 'yes',
      notOnOrAfter: new Date('x'),
    }
    expect(logged(event).line).toEqual({ ehealth: { type: 'etk' } })
  })
})

describe('the allow-list', () => {
  const one = fc.oneof(fc.string(), fc.stringMatching(/^[\w.:{}-]{1,120}$/), fc.anything(), fc.webUrl())
  const any = fc.dictionary(fc.oneof(fc.constantFrom(...eventFields), fc.string()), one)

  it('lets through known fields in their own form only, and what it let through once (property)', () => {
    fc.assert(
      fc.property(any, (event) => {
        const kept = allowedOnly(event as unknown as SessionEvent)
        expect(eventFields).toEqual(expect.arrayContaining(Object.keys(kept)))
        for (const [name, value] of Object.entries(kept)) {
          if (typeof value === 'string' && name !== 'endpoint') expect(value).toMatch(/^[\w.:{}()-]{1,100}$/)
          if (typeof value === 'string' && /^(code|service|operation|platformCode)$/.test(name))
            expect(value).not.toMatch(/\d{8}/)
          expect(value === null || typeof value !== 'object' || value instanceof Date).toBe(true)
        }
        expect(allowedOnly(kept)).toEqual(kept)
      }),
    )
  })
})

describe('options of a log', () => {
  it('are judged at the door', () => {
    const { logger } = memoryLog()
    expect(() => logTo(logger, { level: 'loud' as never })).toThrow(
      expect.objectContaining({ code: 'configuration.invalid', path: 'level' }),
    )
    for (const none of [undefined, {}, { info: () => undefined }])
      expect(() => logTo(none as never)).toThrow(
        expect.objectContaining({ code: 'configuration.invalid', path: 'logger' }),
      )
  })
})
