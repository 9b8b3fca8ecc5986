import { describe, expect, it } from 'vitest'

import { readTimestampToken, verifyTimestampToken } from '../../../src/technical/timestampToken/index.js'
import { fixture, tokenOf, tokens, trust } from './vectors.js'

describe('the token vectors', () => {
  it.each(tokens)('$id: $expect ($why)', async ({ id, data, expect: expected, errors }) => {
    const verdict = await verifyTimestampToken(tokenOf(id), {
      data: fixture(data),
      trust,
      policies: ['1.2.3.4.5'],
      at: new Date('2026-01-01'),
    })
    expect(verdict.errors.map(({ code }) => code)).toEqual(errors)
    expect(verdict.valid).toBe(expected === 'valid')
  })

  it.each(tokens.filter(({ serialNumber }) => serialNumber !== undefined))(
    '$id: serial number and time as the consultation wants them',
    ({ id, serialNumber, genTimeMillis }) => {
      const { serial, genTimeMs, at } = readTimestampToken(tokenOf(id))
      expect(serial).toBe(serialNumber)
      expect(genTimeMs).toBe(genTimeMillis)
      expect(at.getTime()).toBe(genTimeMillis)
    },
  )
})
