import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { renderErrorsPage } from '../../scripts/errors-doc.mjs'
import { errorCatalogue } from '../../src/errors.js'

const page = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8')

describe('docs/errors.md', () => {
  it('is what `npm run docs:errors` makes of the catalogue', () => {
    expect(page).toBe(renderErrorsPage(errorCatalogue))
  })

  it('groups codes by family, sorted, and survives the signs of a table', () => {
    const text = renderErrorsPage({
      'b.two': { origin: 'client', meaning: 'A | B.', hint: 'Choose.', retryable: true },
      'a.one': { origin: 'partner', meaning: 'One.', hint: 'Wait.' },
    })
    expect(text).toContain('2 codes in 2 families: [a](#a), [b](#b).')
    expect(text).toContain('| `a.one` | partner | no | One. | Wait. |')
    expect(text).toContain('| `b.two` | client | yes | A \\| B. | Choose. |')
  })
})

describe('the catalogue of errors', () => {
  it.each(Object.entries(errorCatalogue))('%s is complete', (code, entry) => {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*\.[a-z0-9]+(-[a-z0-9]+)*$/)
    expect(entry.meaning).toMatch(/^[A-Z0-9`].*\.$/)
    expect(entry.hint).toMatch(/^[A-Z0-9`].*\.$/)
  })
})
