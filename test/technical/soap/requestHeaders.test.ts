import { describe, expect, it } from 'vitest'

import { assertTracing, tracingHeaders } from '../../../src/technical/soap/requestHeaders.js'
import { libraryVersion } from '../../../src/technical/soap/version.js'

const own = `eHealthConnectors/${libraryVersion}`

describe('headers that say who calls', () => {
  it('are the products of the caller, then this library, and an address', () => {
    expect(tracingHeaders({})).toEqual({ 'User-Agent': own })
    expect(tracingHeaders({ userAgent: 'Sample/1.0 Lab/2_3-rc', from: 'desk@sample.test' })).toEqual({
      'User-Agent': `Sample/1.0 Lab/2_3-rc ${own}`,
      From: 'desk@sample.test',
    })
    // the platform's own expression for each part
    for (const part of own.split(' ')) expect(part).toMatch(/^[a-zA-Z0-9]*\/[0-9a-zA-Z-_.]*$/)
  })

  it.each([
    'Sample',
    'Sample 1.0',
    'Sample/1.0  Lab/2',
    '/1.0',
    'Sam-ple/1',
    'a/b\r\nX: y',
    '',
    `a/${'b'.repeat(200)}`,
  ])('are refused at the door: userAgent %j', (userAgent) => {
    expect(() => assertTracing({ userAgent })).toThrow(
      expect.objectContaining({ code: 'configuration.invalid', path: 'userAgent' }),
    )
  })

  it.each(['desk', 'Desk@sample.test', 'desk@sample', 'desk@sample.test\n', 'a b@sample.test', ''])(
    'are refused at the door: from %j',
    (from) => {
      expect(() => assertTracing({ from })).toThrow(
        expect.objectContaining({ code: 'configuration.invalid', path: 'from' }),
      )
    },
  )
})
