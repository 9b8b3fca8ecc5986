import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { dayFrom, messageId, notAfterToday, readDay } from '../../../src/business/kmehr/index.js'
import {
  addDays,
  addMonths,
  belgianDateTime,
  belgianDay,
  belgianStamp,
  belgianTime,
  dayOf,
} from '../../../src/technical/environment/belgianCalendar.js'
import { systemRuntime } from '../../../src/technical/environment/runtime.js'

/** Instant, and what a clock on a wall in Brussels shows then. */
const moments = [
  ['2023-02-28T23:00:00Z', '2023-03-01T00:00:00+01:00'],
  ['2024-02-28T22:59:59Z', '2024-02-28T23:59:59+01:00'],
  ['2024-02-28T23:00:00Z', '2024-02-29T00:00:00+01:00'],
  ['2024-02-29T23:30:00Z', '2024-03-01T00:30:00+01:00'],
  // summer time begins: two o'clock is three
  ['2024-03-31T00:59:59Z', '2024-03-31T01:59:59+01:00'],
  ['2024-03-31T01:00:00Z', '2024-03-31T03:00:00+02:00'],
  // between midnight and two the day in UTC is yesterday
  ['2024-05-16T21:59:59Z', '2024-05-16T23:59:59+02:00'],
  ['2024-05-16T22:00:00Z', '2024-05-17T00:00:00+02:00'],
  ['2024-05-16T23:59:59Z', '2024-05-17T01:59:59+02:00'],
  // summer time ends: the same hour twice
  ['2024-10-27T00:30:00Z', '2024-10-27T02:30:00+02:00'],
  ['2024-10-27T01:30:00Z', '2024-10-27T02:30:00+01:00'],
  ['2024-10-26T22:30:00Z', '2024-10-27T00:30:00+02:00'],
  ['2024-10-27T23:00:00Z', '2024-10-28T00:00:00+01:00'],
  ['2024-12-31T22:59:59Z', '2024-12-31T23:59:59+01:00'],
  ['2024-12-31T23:00:00Z', '2025-01-01T00:00:00+01:00'],
] as const

/** Those that a whole process is taken through: leap day, both changes of the clock, an early morning, the new year. */
const inOrder = moments.filter(([instant]) =>
  [
    '2024-02-28T23:00:00Z',
    '2024-02-29T23:30:00Z',
    '2024-03-31T01:00:00Z',
    '2024-05-16T22:00:00Z',
    '2024-10-27T00:30:00Z',
    '2024-12-31T23:00:00Z',
  ].includes(instant),
)

describe('the calendar of Belgium', () => {
  it.each(moments)('at %s shows %s', (instant, shown) => {
    const at = new Date(instant)
    expect(belgianDateTime(at)).toBe(shown)
    expect(belgianDay(at)).toBe(shown.slice(0, 10))
    expect(belgianTime(at)).toBe(shown.slice(11, 19))
    expect(belgianStamp(at)).toBe(`${shown.slice(0, 19).replace(/\D/g, '')}000`)
  })

  it('names the very instant, for every instant of two centuries', () => {
    const instants = fc.date({
      min: new Date('1901-01-01'),
      max: new Date('2100-01-01'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(instants, (at) => {
        expect(new Date(belgianDateTime(at)).getTime()).toBe(Math.floor(at.getTime() / 1000) * 1000)
      }),
    )
  })

  it('counts months to the last day where there is no such day', () => {
    expect(addMonths('2024-02-29', 15)).toBe('2025-05-29')
    expect(addMonths('2024-11-30', 15)).toBe('2026-02-28')
    expect(addMonths('2022-11-30', 15)).toBe('2024-02-29')
    expect(addMonths('2024-12-31', 2)).toBe('2025-02-28')
    expect(addMonths('2024-03-31', -1)).toBe('2024-02-29')
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29')
    expect(addDays('2024-12-31', 1)).toBe('2025-01-01')
    expect(addDays('2024-03-31', -31)).toBe('2024-02-29')
  })

  it('takes the day that a text names, whatever zone stands behind it', () => {
    for (const text of ['2024-05-17', '2024-05-17Z', '2024-05-17+02:00', ' 2024-05-17-11:00 '])
      expect(dayOf(text)).toBe('2024-05-17')
    for (const text of ['2024-02-30', '2023-02-29', '2024-13-01', '2024-00-10', '17/05/2024', '', '2024-5-1'])
      expect(dayOf(text), text).toBeUndefined()
    expect(readDay('2024-05-17+02:00')).toBe('2024-05-17')
    expect(readDay('soon')).toBe('soon')
  })

  it('is asked at the door, with the path of what is wrong', () => {
    expect(dayFrom(new Date('2024-05-16T22:30:00Z'), 'signDate')).toBe('2024-05-17')
    for (const day of ['2024-02-30', new Date(Number.NaN), 20240517, null])
      expect(() => dayFrom(day as never, 'signDate')).toThrow(
        expect.objectContaining({ code: 'kmehr.date', path: 'signDate' }) as Error,
      )
    const now = new Date('2024-05-16T22:30:00Z')
    expect(notAfterToday('2024-05-17', 'signDate', now)).toBe('2024-05-17')
    expect(() => notAfterToday('2024-05-18', 'signDate', now)).toThrow('future')
  })
})

describe('days in a process that is not in Belgium', () => {
  it.each(['America/Los_Angeles', 'Pacific/Kiritimati'])(
    'are those of Belgium: %s',
    async (zone) => {
      const program = fileURLToPath(new URL('belgianDays.mjs', import.meta.url))
      const instants = inOrder.map(([instant]) => instant)
      const { stdout } = await promisify(execFile)(process.execPath, [program, JSON.stringify(instants)], {
        env: { ...process.env, TZ: zone },
      })
      const seen = JSON.parse(stdout) as Record<string, unknown>[]
      expect(seen).toEqual(
        inOrder.map(([instant, shown]) => {
          const day = shown.slice(0, 10)
          return {
            instant,
            zone: expect.any(String) as string,
            outcomes: ['declared', 'declared'],
            signDate: day,
            date: day,
            time: shown.slice(11, 19),
            start: day,
            end: addMonths(day, 15),
          }
        }),
      )
      // the process was there indeed
      expect(seen[0]!['zone']).toBe(zone)
    },
    60_000,
  )
})

describe('the identifier of a message', () => {
  it('names the sender and the time in Belgium, and is never the same twice', () => {
    const at = new Date('2024-05-16T22:00:00.123Z')
    const runtime = { ...systemRuntime, now: () => at }
    const ids = Array.from({ length: 10_000 }, () => messageId('19997143004', runtime))
    expect(ids[0]).toMatch(/^19997143004\.20240517000000123\.[0-9a-f]{12}$/)
    expect(new Set(ids).size).toBe(ids.length)
  })
})
