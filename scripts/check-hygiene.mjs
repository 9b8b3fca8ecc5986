/**
 * Looks through the files of the repository for what must never be in it: paths of one machine, registry hosts, notes
 * to self, tests left out, private keys outside of the fixtures, national numbers of people who may exist.
 * Prints one line per finding and exits 1 when there is any.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { findings } from './hygiene.mjs'

const cwd = fileURLToPath(new URL('../', import.meta.url))
const paths = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  cwd,
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
})
  .split('\0')
  .filter((path) => path !== '')

const allowed = JSON.parse(readFileSync(new URL('hygiene-allowed.json', import.meta.url), 'utf8'))
const used = new Set()
let count = 0

for (const path of paths) {
  let bytes
  try {
    bytes = readFileSync(cwd + path)
  } catch {
    continue // deleted but not yet committed
  }
  if (bytes.includes(0)) continue
  for (const { line, rule, text, value } of findings(path, bytes.toString('utf8'))) {
    const exception = allowed.find(
      (entry) =>
        entry.rule === rule && path.startsWith(entry.path) && (entry.values?.includes(value) ?? true),
    )
    if (exception) {
      used.add(exception)
      continue
    }
    count += 1
    console.error(`${path}:${line}: ${rule}: ${text}`)
  }
}

if (!/^## \[?Unreleased\]?/m.test(readFileSync(`${cwd}CHANGELOG.md`, 'utf8'))) {
  count += 1
  console.error('CHANGELOG.md: no section Unreleased')
}
for (const entry of allowed)
  if (!used.has(entry)) {
    count += 1
    console.error(
      `scripts/hygiene-allowed.json: the exception for ${entry.path} (${entry.rule}) is no longer needed`,
    )
  }

console.log(`${paths.length} files, ${count} findings`)
process.exitCode = count === 0 ? 0 : 1
