import { describe, expect, it } from 'vitest'

import { inspectKeystore } from '../../../src/technical/keystore/index.js'
import { code, now, password, path } from './fixtures.js'

const report = (file: string, at = now) => inspectKeystore({ file: path(file) }, { password, now: at })

describe('the report of a store', () => {
  it('tells entries, usages, dates and states, as plain data', async () => {
    const found = await report('recipient-a.p12')
    expect(found.identity).toMatchObject({ type: 'NIHII-HOSPITAL', value: '99990172' })
    expect(found.authentication).toMatchObject({
      alias: 'authentication',
      role: 'authentication',
      key: 'rsa 2048',
      state: 'valid',
      keyUsage: ['digitalSignature', 'nonRepudiation', 'keyEncipherment', 'dataEncipherment'],
    })
    expect(found.chain).toHaveLength(2)
    expect(found.encryption.map(({ alias, serialNumber, state }) => [alias === serialNumber, state])).toEqual(
      [
        [true, 'valid'],
        [true, 'expired'],
      ],
    )
    expect(found.certificates).toBe(5)
    expect(found.renewableFrom).not.toBeNull()
    expect(JSON.parse(JSON.stringify(found))).toEqual(found)
  })

  it('tells what there is when the authentication entry is missing or ended', async () => {
    const without = await report('recipient-1024.p12')
    expect(without).toMatchObject({ identity: null, authentication: null, renewableFrom: null, chain: [] })
    expect(without.encryption).toHaveLength(1)
    const ended = await report('sender.p12', new Date('2060-01-01T00:00:00Z'))
    expect(ended.authentication?.state).toBe('expired')
    const other = await report('tsa.p12')
    expect(other.others.map((entry) => entry.alias)).toEqual(['tsa'])
  })

  it('holds no key material', async () => {
    const text = JSON.stringify(await report('sender.p12'))
    expect(text).not.toMatch(/PRIVATE|"d"|"p"|"q"/)
    expect(text.length).toBeLessThan(5000)
  })

  it('needs the password', async () => {
    await expect(inspectKeystore({ file: path('sender.p12') }, { password: 'wrong' })).rejects.toThrow(
      code('keystore.password'),
    )
  })
})
