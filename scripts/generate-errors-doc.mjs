/** Writes docs/errors.md and docs/platform-codes.md from the built tables; `--check` only compares. */
import { renderErrorsPage } from './errors-doc.mjs'
import { writeOrCheck } from './generated-page.mjs'
import { renderPlatformCodesPage } from './platform-codes-doc.mjs'

const { errorCatalogue } = await import('../dist/errors.js')
const { failureRules, platformCodes, successCodes } = await import('../dist/technical/soap/index.js')

writeOrCheck({
  page: 'docs/errors.md',
  command: 'npm run docs:errors',
  text: renderErrorsPage(errorCatalogue),
  remark: `${Object.keys(errorCatalogue).length} codes`,
})
writeOrCheck({
  page: 'docs/platform-codes.md',
  command: 'npm run docs:errors',
  text: renderPlatformCodesPage(platformCodes, failureRules, successCodes),
  remark: `${Object.keys(platformCodes).length} codes`,
})
