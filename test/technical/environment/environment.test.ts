import { describe, expect, it } from 'vitest'

import { memoryCache } from '../../../src/technical/environment/cache.js'
import { endpointOf, environmentOf } from '../../../src/technical/environment/environment.js'

describe('environments', () => {
  it('have the hosts and paths of the platform', () => {
    expect(endpointOf(environmentOf('acceptance'), 'sts')).toBe(
      'https://services-acpt.ehealth.fgov.be/IAM/SecurityTokenService/v1',
    )
    expect(endpointOf(environmentOf('production'), 'ehboxPublication')).toBe(
      'https://services.ehealth.fgov.be/ehBoxPublication/v3',
    )
  })

  it('take endpoints and trust of the caller', () => {
    const own = {
      name: 'simulation',
      baseUrl: 'https://localhost:1',
      endpoints: { sts: 'https://x' },
      trust: { tls: ['a'] },
    } as const
    const environment = environmentOf(own, { sts: ['b'] })
    expect(endpointOf(environment, 'sts')).toBe('https://x')
    expect(environment.trust).toEqual({ tls: ['a'], sts: ['b'] })
  })

  it('refuse an unknown name', () => {
    expect(() => environmentOf('nowhere' as never)).toThrow(
      expect.objectContaining({ code: 'configuration.invalid', path: 'environment' }),
    )
  })
})

describe('the cache in memory', () => {
  it('forgets when the lifetime ends', async () => {
    let now = 0
    const cache = memoryCache({ now: () => new Date(now) })
    await cache.set('a', '1', 100)
    now = 99
    expect(await cache.get('a')).toBe('1')
    now = 100
    expect(await cache.get('a')).toBeUndefined()
  })

  it('drops the oldest entry above its bound, and what is deleted', async () => {
    const cache = memoryCache({ maxEntries: 2 })
    for (const key of ['a', 'b', 'a', 'c']) await cache.set(key, key, 1000)
    expect([await cache.get('a'), await cache.get('b'), await cache.get('c')]).toEqual(['a', undefined, 'c'])
    await cache.delete('a')
    expect(await cache.get('a')).toBeUndefined()
  })
})
