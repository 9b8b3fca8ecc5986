/**
 * Writes docs/errors.md from the built catalogue; `--check` only compares and exits 1 when the page is out of date.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { renderErrorsPage } from './errors-doc.mjs'

const page = new URL('../docs/errors.md', import.meta.url)
const { errorCatalogue } = await import('../dist/errors.js')
const text = renderErrorsPage(errorCatalogue)

if (!process.argv.includes('--check')) {
  writeFileSync(page, text)
  console.log(`docs/errors.md: ${Object.keys(errorCatalogue).length} codes`)
} else if (readFileSync(page, 'utf8') === text) {
  console.log('docs/errors.md is up to date')
} else {
  console.error('docs/errors.md is out of date: npm run docs:errors')
  process.exitCode = 1
}
