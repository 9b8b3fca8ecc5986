/**
 * What the package costs before it does anything: three typical imports bundled (minified, and as it travels), and the
 * time that a fresh process takes to import it or to answer a command, against a process that does nothing.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { it } from 'vitest'
import { bundle } from '../test/package/bundle.js'
import { median } from './turns.js'

const cwd = fileURLToPath(new URL('../', import.meta.url))
const kib = (length: number) => `${(length / 1024).toFixed(1)} KiB`

const programs = {
  'one identifier': `import { parseSsin } from 'ehealth-connectors/identifiers'; console.log(parseSsin(process.argv[2]))`,
  'sealing and opening': `import { seal, unseal } from 'ehealth-connectors/seal'; console.log(seal, unseal)`,
  'a physician connects': `import { connect } from 'ehealth-connectors'
    import { physician } from 'ehealth-connectors/professions'
    console.log(connect, physician)`,
}

const starts: Record<string, string[]> = {
  nothing: ['-e', '0'],
  'import …/identifiers': ['--input-type=module', '-e', `await import('ehealth-connectors/identifiers')`],
  'import …/seal': ['--input-type=module', '-e', `await import('ehealth-connectors/seal')`],
  'import ehealth-connectors': ['--input-type=module', '-e', `await import('ehealth-connectors')`],
  'import …/simulator': ['--input-type=module', '-e', `await import('ehealth-connectors/simulator')`],
  'ehealth --version': ['dist/cli/main.js', '--version'],
  'ehealth verify --help': ['dist/cli/main.js', 'verify', '--help'],
  'ehealth --help': ['dist/cli/main.js', '--help'],
}

it('measures bundles', async () => {
  for (const [name, program] of Object.entries(programs)) {
    const { code, later, files, packages } = await bundle(program, { minify: true })
    const others = packages.length === 0 ? 'no package' : packages.join(', ')
    const size = (text: string) =>
      `${kib(Buffer.byteLength(text))} minified, ${kib(gzipSync(text).length)} compressed`
    console.log(`${name}: ${size(code)}; ${files.length} files of ours, ${others}`)
    if (later !== '') console.log(`  loaded only when first needed: ${size(later)}`)
  }
})

it('measures starts', () => {
  const rounds = process.env['BENCH_QUICK'] === undefined ? 15 : 3
  const times = Object.fromEntries(Object.keys(starts).map((name): [string, number[]] => [name, []]))
  for (let round = -1; round < rounds; round++)
    for (const [name, parameters] of Object.entries(starts)) {
      const begin = performance.now()
      const { status } = spawnSync(process.execPath, parameters, { cwd, stdio: 'ignore' })
      if (status !== 0) throw new Error(`${name} ended with ${status}`)
      if (round >= 0) times[name]!.push(performance.now() - begin)
    }
  const bare = median(times['nothing']!)
  for (const [name, measured] of Object.entries(times)) {
    const typical = median(measured)
    console.log(
      `${name}: ${typical.toFixed(0)} ms, ${(typical / bare).toFixed(2)} times a process that does nothing`,
    )
  }
})
