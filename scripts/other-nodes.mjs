/**
 * Whether the built package works on other versions of Node.js than this one: every subpath is imported and required, and
 * the demonstration runs. `node scripts/other-nodes.mjs [VERSION…]`; 22 and 24 by default. Each comes from the npm registry
 * (`npx -p node@VERSION`); one that cannot be had is skipped loudly.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const cwd = fileURLToPath(new URL('../', import.meta.url))
const versions = process.argv.slice(2).length > 0 ? process.argv.slice(2) : ['22', '24']
const { name, exports } = JSON.parse(readFileSync(`${cwd}package.json`, 'utf8'))
const subpaths = Object.entries(exports)
  .filter(([subpath, target]) => target.default !== undefined && !subpath.includes('*'))
  .map(([subpath]) => name + subpath.slice(1))

const imported = `for (const name of ${JSON.stringify(subpaths)}) await import(name)`
const required = `for (const name of ${JSON.stringify(subpaths)}) require(name)`

function on(version, args) {
  const command = ['node', ...args].map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ')
  return spawnSync('npx', ['--yes', '--package', `node@${version}`, '--call', command], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

let failed = 0
for (const version of versions) {
  const { status, stdout } = on(version, ['--version'])
  if (status !== 0) {
    console.log(`!!! SKIPPED Node.js ${version}: it cannot be fetched`)
    continue
  }
  const runs = {
    [`import of ${subpaths.length} subpaths`]: ['--input-type=module', '--eval', imported],
    [`require of ${subpaths.length} subpaths`]: ['--input-type=commonjs', '--eval', required],
    demonstration: ['dist/cli/main.js', 'demo', '--json'],
  }
  for (const [what, args] of Object.entries(runs)) {
    const run = on(version, args)
    if (run.status !== 0) failed += 1
    console.log(`${run.status === 0 ? 'ok  ' : 'FAIL'} Node.js ${stdout.trim()}: ${what}`)
    if (run.status !== 0) console.log(run.stderr || run.stdout)
  }
}
process.exitCode = failed === 0 ? 0 : 1
