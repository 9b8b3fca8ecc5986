/** Writes docs/cookbook.md from examples/; `--check` only compares and exits 1 when the page is out of date. */
import { readdirSync, readFileSync } from 'node:fs'

import { renderCookbook } from './cookbook-doc.mjs'
import { writeOrCheck } from './generated-page.mjs'

const folder = new URL('../examples/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.ts'))
const programs = new Map(
  files.map((name) => [name.slice(0, -3), readFileSync(new URL(name, folder), 'utf8')]),
)

writeOrCheck({
  page: 'docs/cookbook.md',
  command: 'npm run docs:cookbook',
  text: renderCookbook(programs),
  remark: `${programs.size} programs`,
})
