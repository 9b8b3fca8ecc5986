/** Writes the pages on errors in three languages and docs/platform-codes.md from the built tables; `--check` only compares. */
import { pageTexts, renderErrorsPage } from './errors-doc.mjs'
import { writeOrCheck } from './generated-page.mjs'
import { renderPlatformCodesPage } from './platform-codes-doc.mjs'

const { errorCatalogue } = await import('../dist/errors.js')
const { loadErrorTexts } = await import('../dist/cli/language/errors/index.js')
const { failureRules, platformCodes, successCodes } = await import('../dist/technical/soap/index.js')

for (const [language, { file }] of Object.entries(pageTexts))
  writeOrCheck({
    page: file,
    command: 'npm run docs:errors',
    text: renderErrorsPage(
      errorCatalogue,
      language,
      language === 'en' ? errorCatalogue : await loadErrorTexts(language),
    ),
    remark: `${Object.keys(errorCatalogue).length} codes`,
  })
writeOrCheck({
  page: 'docs/platform-codes.md',
  command: 'npm run docs:errors',
  text: renderPlatformCodesPage(platformCodes, failureRules, successCodes),
  remark: `${Object.keys(platformCodes).length} codes`,
})
