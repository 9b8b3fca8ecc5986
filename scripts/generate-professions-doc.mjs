/**
 * Writes docs/professions.md from the built tables; `--check` only compares and exits 1 when the page is out of date.
 */
import { writeOrCheck } from './generated-page.mjs'
import { renderProfessionsPage } from './professions-doc.mjs'

const { organisations, persons, professionNames } = await import('../dist/technical/actors/index.js')
const { offers } = await import('../dist/professions/offers.js')
const { businessServiceNames } = await import('../dist/professions/services.js')

writeOrCheck({
  page: 'docs/professions.md',
  command: 'npm run docs:professions',
  text: renderProfessionsPage({ persons, organisations, offers, connectors: businessServiceNames }),
  remark: `${professionNames.length} professions and organisations`,
})
