import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { renderPlatformCodesPage } from '../../scripts/platform-codes-doc.mjs'
import { failureRules, platformCodes, successCodes } from '../../src/technical/soap/index.js'

describe('docs/platform-codes.md', () => {
  const page = readFileSync(new URL('../../docs/platform-codes.md', import.meta.url), 'utf8')

  it('is what `npm run docs:errors` makes of the tables', () => {
    expect(page).toBe(renderPlatformCodesPage(platformCodes, failureRules, successCodes))
  })

  it('has a row for each code and each kind of failure', () => {
    for (const code of Object.keys(platformCodes)) expect(page).toContain(`| ${code} |`)
    for (const kind of Object.keys(failureRules)) expect(page).toContain(`| ${kind} |`)
  })
})
