import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { libraryVersion } from '../../src/technical/soap/version.js'

describe('the version in User-Agent', () => {
  it('is that of the package', () => {
    const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
    expect(libraryVersion).toBe((JSON.parse(manifest) as { version: string }).version)
  })
})
