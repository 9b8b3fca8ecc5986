import { describe, expect, it } from 'vitest'

import { decimal, time } from '../../../src/technical/xml/index.js'

describe('a time of day', () => {
  it.each(['09:30:15', '09:30:15.123', '00:00:00Z', '23:59:59.9999999+02:00', ' 24:00:00 '])(
    'is kept as it was written: %s',
    (text) => {
      expect(time.parse(text)).toBe(text.trim())
      expect(time.check(text.trim())).toBeUndefined()
    },
  )

  it.each(['9:30:15', '24:00:01', '23:60:00', '23:59', '23:59:59,1', '23:59:59+2', '', 'noon'])(
    'is not: %s',
    (text) => {
      expect(time.parse(text)).toBeUndefined()
      expect(time.check(text)).toBe('not a time of day (HH:mm:ss)')
    },
  )
})

describe('a decimal number', () => {
  it.each([
    ['1000', 1000],
    ['+100.0', 100],
    ['-.5', -0.5],
    [' 7. ', 7],
  ])('is read from %s', (text, value) => {
    expect(decimal.parse(text)).toBe(value)
  })

  it.each(['', '.', '1e3', '0x10', '1,5', 'NaN', 'INF'])('is not: %s', (text) => {
    expect(decimal.parse(text)).toBeUndefined()
  })

  it('is written without exponent and without groups', () => {
    expect([1000000, 0.0000001, -12.5].map((value) => decimal.format(value))).toEqual([
      '1000000',
      '0.0000001',
      '-12.5',
    ])
    for (const value of [Number.NaN, Infinity, '1', undefined])
      expect(decimal.check(value)).toBe('not a decimal number')
  })
})
