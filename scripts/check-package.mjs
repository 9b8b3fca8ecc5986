/**
 * Packs the package as a release would and judges the tarball: its files, its size, publint, the types as every kind
 * of importer resolves them; then the lock file: no registry address, nothing that compiles on installation.
 * Exits 1 when anything is wrong.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { installScripts, lockProblems, strangers } from './package-rules.mjs'

const cwd = fileURLToPath(new URL('../', import.meta.url))
const read = (file) => JSON.parse(readFileSync(path.join(cwd, file), 'utf8'))
const manifest = read('package.json')
const directory = mkdtempSync(path.join(tmpdir(), 'ehealth-package-'))
const problems = []

/** Runs a development tool from node_modules; never fetches one. */
function judge(name, script, args) {
  console.log(`\n# ${name} ${args.join(' ').replaceAll(directory, '')}`)
  const { status } = spawnSync(process.execPath, [path.join(cwd, 'node_modules', script), ...args], {
    cwd,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (status !== 0) problems.push(`${name} refuses the package`)
}

try {
  const pack = spawnSync('npm', ['pack', '--json', '--silent', '--pack-destination', directory], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 64 * 1024 * 1024,
  })
  const output = pack.stdout
  if (pack.status !== 0) throw new Error(`npm pack failed\n${output}`)
  // What the build prints comes before the answer of npm; npm 10 answers with a list, later ones with an object.
  const answer = JSON.parse(output.slice(output.search(/^[[{]/m)))
  const packed = Array.isArray(answer) ? answer[0] : (answer[manifest.name] ?? Object.values(answer)[0])
  const files = packed.files.map((file) => file.path)
  console.log(
    `# tarball: ${files.length} files, ${kib(packed.size)} packed, ${kib(packed.unpackedSize)} unpacked`,
  )

  problems.push(...strangers(files).map((file) => `${file} does not belong in the tarball`))
  for (const file of ['README.md', 'LICENSE', 'CHANGELOG.md', 'SECURITY.md', 'package.json'])
    if (!files.includes(file)) problems.push(`${file} is missing from the tarball`)
  for (const file of files) {
    const source = file.replace(/^dist\//, 'src/').replace(/(\.d)?\.[jt]s$/, '.ts')
    if (file.startsWith('dist/') && !existsSync(path.join(cwd, source)))
      problems.push(`${file} has no source`)
  }

  const tarball = path.join(directory, path.basename(packed.filename))
  judge('publint', 'publint/src/cli.js', ['run', tarball, '--strict'])
  judge('attw', '@arethetypeswrong/cli/dist/index.js', [
    tarball,
    '--profile',
    'esm-only',
    '--no-definitely-typed',
    '--no-emoji',
    '--no-color',
    '--format',
    'ascii',
  ])
} catch (error) {
  problems.push(error.message)
} finally {
  rmSync(directory, { recursive: true, force: true })
}

console.log('\n# lock file')
const lock = read('package-lock.json')
problems.push(...lockProblems(lock, manifest))
const { compiled, optional } = installScripts(lock)
problems.push(...compiled.map((name) => `${name} runs a script on installation`))
console.log(`optional packages with a script on installation: ${optional.join(', ') || 'none'}`)

for (const problem of problems) console.error(`PROBLEM ${problem}`)
console.log(problems.length === 0 ? 'package is clean' : `${problems.length} problems`)
process.exitCode = problems.length === 0 ? 0 : 1

function kib(bytes) {
  return `${(bytes / 1024).toFixed(1)} KiB`
}
