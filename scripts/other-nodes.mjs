/**
 * Whether the built package works on other versions of Node.js than this one: every subpath is imported and required, the
 * demonstration runs, and the project of `ehealth init` passes its test. `node scripts/other-nodes.mjs [VERSION…]`; 22 and 24 by default. Each comes from the npm registry
 * (`npx -p node@VERSION`); one that cannot be had is skipped loudly.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const cwd = fileURLToPath(new URL('../', import.meta.url))
const versions = process.argv.slice(2).length > 0 ? process.argv.slice(2) : ['22', '24']
const { name, exports } = JSON.parse(readFileSync(`${cwd}package.json`, 'utf8'))
const subpaths = Object.entries(exports)
  .filter(([subpath, target]) => target.default !== undefined && !subpath.includes('*'))
  .map(([subpath]) => name + subpath.slice(1))

const imported = `for (const name of ${JSON.stringify(subpaths)}) await import(name)`
const required = `for (const name of ${JSON.stringify(subpaths)}) require(name)`

function on(version, args, folder = cwd) {
  const command = ['node', ...args].map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ')
  return spawnSync('npx', ['--yes', '--package', `node@${version}`, '--call', command], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** A starter project, compiled; what `npm install` would bring is linked. */
function starter() {
  const project = mkdtempSync(join(tmpdir(), 'starter-'))
  spawnSync(process.execPath, [`${cwd}dist/cli/main.js`, 'init', project], { stdio: 'inherit' })
  mkdirSync(join(project, 'node_modules', '@types'), { recursive: true })
  symlinkSync(cwd, join(project, 'node_modules', name))
  symlinkSync(`${cwd}node_modules/@types/node`, join(project, 'node_modules', '@types', 'node'))
  spawnSync(process.execPath, [`${cwd}node_modules/typescript/bin/tsc`, '-p', project], { stdio: 'inherit' })
  return project
}

const project = starter()
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
    'test of a starter project': ['--test'],
  }
  for (const [what, args] of Object.entries(runs)) {
    const run = on(version, args, what.startsWith('test') ? join(project, 'dist') : cwd)
    if (run.status !== 0) failed += 1
    console.log(`${run.status === 0 ? 'ok  ' : 'FAIL'} Node.js ${stdout.trim()}: ${what}`)
    if (run.status !== 0) console.log(run.stderr || run.stdout)
  }
}
rmSync(project, { recursive: true })
process.exitCode = failed === 0 ? 0 : 1
