import { describe, expect, it } from 'vitest'

import { EHealthError, type ErrorCode, type PlatformDetail } from '../../../src/errors.js'
import { failureRules, type FailureKind } from '../../../src/technical/soap/failureRules.js'
import { failureKindOf, judgeFailure } from '../../../src/technical/soap/failures.js'

const error = (code: ErrorCode, platform?: PlatformDetail, contentType?: string): EHealthError =>
  new EHealthError(code, 'test', {
    ...(platform === undefined ? {} : { platform }),
    ...(contentType === undefined ? {} : { details: { contentType } }),
  })

/** The table of spec soap-security §5.6: kind, another endpoint, repeat, only when idempotent. */
const table: [string, EHealthError, FailureKind, boolean, string, boolean][] = [
  ['refused', error('transport.connect'), 'not-connected', true, 'after-pause', false],
  ['connect time-out', error('transport.connect-timeout'), 'not-connected', true, 'after-pause', false],
  ['proxy', error('transport.proxy'), 'not-connected', true, 'after-pause', false],
  ['TLS handshake', error('transport.tls'), 'not-trusted', true, 'after-pause', false],
  ['time-out', error('transport.timeout'), 'unknown-outcome', true, 'after-pause', true],
  ['silence', error('transport.idle-timeout'), 'unknown-outcome', true, 'after-pause', true],
  ['reset', error('transport.reset'), 'unknown-outcome', true, 'after-pause', true],
  [
    'empty 202',
    error('transport.content', { httpStatus: 202 }),
    'unknown-outcome',
    true,
    'after-pause',
    true,
  ],
  [
    'page',
    error('transport.content', { httpStatus: 200 }, 'text/html'),
    'gateway',
    true,
    'after-pause',
    true,
  ],
  ['503', error('transport.http', { httpStatus: 503 }), 'gateway', true, 'after-pause', true],
  [
    '500 page',
    error('transport.http', { httpStatus: 500 }, 'text/html'),
    'gateway',
    true,
    'after-pause',
    true,
  ],
  ['404', error('transport.http', { httpStatus: 404 }), 'not-found', true, 'no', true],
  ['401', error('transport.http', { httpStatus: 401 }, 'text/html'), 'refused', false, 'no', false],
  ['02001', error('fault.unavailable', { code: 'SOA-02001' }), 'unavailable', true, 'after-pause', true],
  [
    '02002',
    error('fault.temporarily-unavailable', { code: 'SOA-02002' }),
    'unavailable',
    true,
    'after-pause',
    true,
  ],
  [
    '01001',
    error('fault.not-authenticated', { code: 'SOA-01001' }),
    'not-authenticated',
    false,
    'once-with-new-token',
    false,
  ],
  ['01002', error('fault.not-authorised', { code: 'SOA-01002' }), 'refused', false, 'no', false],
  ['03006', error('fault.schema', { code: 'SOA-03006' }), 'refused', false, 'no', false],
  ['business', error('fault.business', { code: '803' }), 'refused', false, 'no', false],
  ['00001', error('fault.other', { code: 'SOA-00001' }), 'undefined', false, 'no', true],
  ['aborted', error('transport.aborted'), 'refused', false, 'no', false],
  ['too large', error('transport.too-large'), 'refused', false, 'no', false],
]

describe('after a failure', () => {
  it.each(table)('%s', (_, failure, kind, switchEndpoint, repeat, idempotentOnly) => {
    expect(failureKindOf(failure)).toBe(kind)
    expect(failureRules[kind]).toMatchObject({ switchEndpoint, repeat, idempotentOnly })
    expect(judgeFailure(failure, { idempotent: true })).toEqual({
      kind,
      switchEndpoint,
      repeat,
      retryable: repeat === 'after-pause',
    })
    if (idempotentOnly)
      expect(judgeFailure(failure, { idempotent: false })).toMatchObject({
        switchEndpoint: false,
        repeat: 'no',
        retryable: false,
      })
  })

  it('the platform may say itself whether to try again', () => {
    const later = error('fault.unavailable', { code: 'SOA-02001', retry: false })
    expect(judgeFailure(later, { idempotent: true })).toMatchObject({ repeat: 'no', retryable: false })
    const again = error('fault.schema', { code: 'SOA-03006', retry: true })
    expect(judgeFailure(again, { idempotent: true })).toMatchObject({
      repeat: 'after-pause',
      retryable: true,
    })
    const token = error('fault.not-authenticated', { code: 'SOA-01001', retry: true })
    expect(judgeFailure(token, { idempotent: true }).repeat).toBe('once-with-new-token')
  })

  it('what must not be carried out twice is not repeated on the word of the platform alone', () => {
    const again = error('fault.temporarily-unavailable', { code: 'SOA-02002', retry: true })
    expect(judgeFailure(again, { idempotent: false })).toMatchObject({
      switchEndpoint: false,
      repeat: 'no',
      retryable: true,
    })
  })

  it('codes that are names of every object are unknown codes', () => {
    expect(failureKindOf(error('fault.other', { code: 'constructor' }))).toBe('refused')
  })
})
