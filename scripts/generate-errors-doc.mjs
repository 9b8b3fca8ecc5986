/**
 * Writes docs/errors.md from the built catalogue; `--check` only compares and exits 1 when the page is out of date.
 */
import { renderErrorsPage } from './errors-doc.mjs'
import { writeOrCheck } from './generated-page.mjs'

const { errorCatalogue } = await import('../dist/errors.js')

writeOrCheck({
  page: 'docs/errors.md',
  command: 'npm run docs:errors',
  text: renderErrorsPage(errorCatalogue),
  remark: `${Object.keys(errorCatalogue).length} codes`,
})
