import { describe, expect, it } from 'vitest'

import { verifySender } from '../../../src/technical/seal/index.js'
import { fixtures, later, openVectors } from './vectors.js'

const vectors = openVectors(fixtures)
const good = vectors.messages.filter(({ officialVerdict }) => officialVerdict !== 'refuse')

describe('the sender of a sealed message', () => {
  it('is judged without a key', async () => {
    const [vector] = good
    const { trust, ...options } = await vectors.optionsFor(vector!)
    const { knownSigners, policies } = options
    const report = await verifySender(vectors.read(vector!.file), {
      trust,
      now: later,
      ...(knownSigners === undefined ? {} : { knownSigners }),
      ...(policies === undefined ? {} : { policies }),
    })
    expect(report).toMatchObject({ accepted: true, fatal: undefined, errors: [] })
    expect(report.senderCertificate).toBeDefined()
  })

  it('is not believed without an anchor', async () => {
    const report = await verifySender(vectors.read(good[0]!.file), { trust: [], now: later })
    expect(report).toMatchObject({ accepted: false, senderCertificate: undefined, sender: undefined })
    expect(report.errors).toContain('OUTER_CERTIFICATE_CHAIN_NOT_TRUSTED')
  })

  it('is refused for octets that are no sealed message, at whatever place they end', async () => {
    const bytes = vectors.read(good[0]!.file)
    for (let length = 0; length < bytes.length; length += 97) {
      const report = await verifySender(bytes.subarray(0, length), { trust: vectors.trust, now: later })
      expect(report.accepted).toBe(false)
      expect(report.fatal).toBe('OUTER_SIGNED_DATA_STRUCTURE_INCORRECT')
    }
  })
})
