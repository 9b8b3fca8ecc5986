import { createHash } from 'node:crypto'

import { describe, expect, it } from 'vitest'

import {
  assertTimestamp,
  readTimestampToken,
  timestampChecks,
  verifyTimestampToken,
  type VerifyTimestampOptions,
} from '../../../src/technical/timestampToken/index.js'
import { certificateOf, data, tokenOf, tokens, trust } from './vectors.js'

const token = tokenOf('token-der')
const at = new Date('2026-01-01')
const stamped = 1748766616924
const verify = (bytes: Uint8Array, options: Partial<VerifyTimestampOptions> = {}) =>
  verifyTimestampToken(bytes, { trust, at, ...('imprint' in options ? {} : { data }), ...options })
const codes = async (options: Partial<VerifyTimestampOptions>, bytes: Uint8Array = token) => {
  const { errors, warnings } = await verify(bytes, options)
  return [errors.map(({ code }) => code), warnings.map(({ code }) => code)]
}

describe('a changed time stamp', () => {
  it.each(['token-der', 'token-nocert', 'token-ber'])(
    'is refused wherever it was changed (%s)',
    async (id) => {
      const whole = tokenOf(id)
      const accepted: number[] = []
      const spoilt = Buffer.from(whole)
      for (let i = 0; i < whole.length; i++) {
        spoilt[i]! ^= 1 << (i & 7)
        const { valid, errors } = await verify(spoilt)
        if (valid) accepted.push(i)
        else expect(errors[0]!.code).toMatch(/^timestamp\./)
        spoilt[i]! ^= 1 << (i & 7)
      }
      expect(accepted).toEqual([])
    },
  )

  it('is refused at any length but its own', async () => {
    for (let length = 0; length < token.length; length += 13)
      expect((await verify(token.subarray(0, length))).valid).toBe(false)
    expect((await verify(Buffer.concat([token, Uint8Array.of(0)]))).valid).toBe(false)
  })

  it.each([
    [
      'three layers of base64',
      [1, 2, 3].reduce<Buffer>((all) => Buffer.from(all.toString('base64')), Buffer.from(token)),
    ],
    ['text', Buffer.from('<RFC3161TimeStampToken/>')],
    ['nothing', new Uint8Array()],
    ['two megabytes of base64', Buffer.from('A'.repeat(2 * 1024 * 1024))],
    ['a sequence of sequences', Buffer.from('3006300430020500', 'hex')],
  ])('%s is no time stamp', async (_, bytes) => {
    expect(await codes({}, bytes)).toEqual([['timestamp.unreadable'], []])
    expect(() => readTimestampToken(bytes)).toThrow(
      expect.objectContaining({ code: 'timestamp.unreadable' }) as Error,
    )
  })
})

describe('the options', () => {
  it('take the digest instead of the data', async () => {
    const digest = createHash('sha256').update(data).digest()
    expect(await codes({ imprint: { algorithm: 'sha256', digest } })).toEqual([[], []])
    expect(
      await codes({ imprint: { algorithm: 'sha512', digest: createHash('sha512').update(data).digest() } }),
    ).toEqual([['timestamp.other-data'], []])
    expect(await codes({ imprint: 'unchecked' })).toEqual([[], ['timestamp.unbound']])
  })

  it('judge policy, nonce and time', async () => {
    expect(await codes({ policies: ['1.2.3'] })).toEqual([[], ['timestamp.policy']])
    expect(await codes({ policies: ['1.2.3'], otherPolicy: 'refuse' })).toEqual([['timestamp.policy'], []])
    expect(await codes({ nonce: 1n })).toEqual([['timestamp.nonce'], []])
    const before = (milliseconds: number) => new Date(stamped - milliseconds)
    expect(await codes({ at: before(5 * 60_000) })).toEqual([[], []])
    expect(await codes({ at: before(6 * 60_000) })).toEqual([['timestamp.future'], []])
    const sent = { from: before(-10_000), until: before(-20_000) }
    expect(await codes({ fresh: sent, clockSkew: 1000 })).toEqual([[], ['timestamp.stale']])
    expect(await codes({ fresh: sent, clockSkew: 20_000 })).toEqual([[], []])
  })

  it('trust the authority itself, who issued it, or nobody', async () => {
    expect(await codes({ trust: [certificateOf('tsa')] })).toEqual([[], []])
    expect(await codes({ trust: [certificateOf('issuing-ca')] })).toEqual([[], []])
    expect(await codes({ trust: [certificateOf('root')] })).toEqual([['timestamp.untrusted'], []])
    expect(
      await codes({ trust: [certificateOf('root')], certificates: [certificateOf('issuing-ca')] }),
    ).toEqual([[], []])
    expect(await codes({ trust: [certificateOf('tsa-untrusted')] })).toEqual([['timestamp.untrusted'], []])
  })

  it('tell a signer that is nowhere from one that is not trusted', async () => {
    const alone = tokenOf('token-nocert')
    expect(await codes({ trust: [certificateOf('root')] }, alone)).toEqual([['timestamp.unknown-signer'], []])
    expect(
      await codes({ trust: [certificateOf('issuing-ca')], certificates: [certificateOf('tsa')] }, alone),
    ).toEqual([[], []])
  })

  it.each<[string, Partial<VerifyTimestampOptions>, string, string]>([
    ['an empty store', { trust: [] }, 'timestamp.no-trust', 'trust'],
    ['data and imprint', { data, imprint: 'unchecked' }, 'configuration.invalid', 'data'],
    ['no date', { at: new Date(NaN) }, 'configuration.invalid', 'at'],
    ['a negative skew', { clockSkew: -1 }, 'configuration.invalid', 'clockSkew'],
  ])('%s is refused', async (_, options, code, path) => {
    await expect(verify(token, options)).rejects.toMatchObject({ code, path })
  })
})

describe('the verdict', () => {
  it('has all fifteen checks, in order', async () => {
    for (const { id } of tokens) {
      const { checks } = await verify(tokenOf(id))
      expect(checks.map(({ number }) => number)).toEqual(Array.from({ length: 15 }, (_, i) => i + 1))
      expect(checks.map(({ name }) => name)).toEqual(timestampChecks)
    }
  })

  it('becomes an error on demand, with every code in it', async () => {
    const good = assertTimestamp(await verify(token))
    expect(good.certificate.equals(certificateOf('tsa'))).toBe(true)
    const bad = await verify(tokenOf('token-gentime-tampered'))
    expect(() => assertTimestamp(bad)).toThrow(
      expect.objectContaining({
        code: 'timestamp.altered',
        details: { errors: ['timestamp.altered', 'timestamp.future'] },
      }) as Error,
    )
  })

  it('of a rejection tells what the authority said', () => {
    expect(() => readTimestampToken(tokenOf('response-rejected'))).toThrow(
      expect.objectContaining({
        code: 'timestamp.rejected',
        details: expect.objectContaining({ status: 2 }) as object,
      }) as Error,
    )
  })
})
