/**
 * Writes docs/official-properties.md from the built table; `--check` only compares and exits 1 when the page is out of
 * date.
 */
import { writeOrCheck } from './generated-page.mjs'
import { renderPropertiesPage } from './properties-doc.mjs'

const { officialProperties } = await import('../dist/configuration/properties/table.js')

writeOrCheck({
  page: 'docs/official-properties.md',
  command: 'npm run docs:properties',
  text: renderPropertiesPage(officialProperties),
  remark: `${officialProperties.length} properties`,
})
