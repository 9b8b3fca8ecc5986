import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const workplace = mkdtempSync(path.join(tmpdir(), 'ehealth-consumer-'))
const at = (...parts: string[]) => path.join(workplace, ...parts)
afterAll(() => rmSync(workplace, { recursive: true }))

/** The packed package among the packages that it depends on, in a folder that knows nothing of this one. */
beforeAll(() => {
  const answer = execFileSync(
    'npm',
    ['pack', '--ignore-scripts', '--json', '--pack-destination', workplace],
    {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  )
  expect(answer).toContain('.tgz')
  const tarball = readdirSync(workplace).find((file) => file.endsWith('.tgz'))!
  mkdirSync(at('node_modules', '@types'), { recursive: true })
  execFileSync('tar', ['-xzf', at(tarball), '-C', workplace])
  cpSync(at('package'), at('node_modules', 'ehealth-connectors'), { recursive: true })
  for (const name of ['commander', 'node-forge', 'soap', '@types/sax', '@types/node', 'undici-types'])
    symlinkSync(path.join(root, 'node_modules', name), at('node_modules', name))
})

/** Runs Node.js there. */
function node(...parameters: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, parameters, {
    cwd: workplace,
    encoding: 'utf8',
  })
  return { status, stdout: stdout.trim(), stderr }
}

const program = `
const [simulator, main, professions] = await Promise.all([
  import('ehealth-connectors/simulator'), import('ehealth-connectors'), import('ehealth-connectors/professions')])
const platform = await simulator.startSimulator()
const { physician } = platform.personas
const me = await main.connect({ environment: platform.environment,
  keystore: { bytes: physician.keystore, password: physician.password },
  as: professions.physician({ ssin: physician.ssin, nihii: physician.nihii }) })
const { maxSize } = await me.ehbox.info()
await me.close()
await platform.close()
console.log(typeof maxSize)
`

describe('the packed package', () => {
  it('works from a JavaScript module', () => {
    writeFileSync(at('module.mjs'), program)
    expect(node('module.mjs')).toMatchObject({ status: 0, stdout: 'number' })
  })

  it('works from CommonJS by require()', () => {
    const imports = /import\(('[^']+')\)/g
    writeFileSync(at('script.cjs'), `(async () => {${program.replaceAll(imports, 'require($1)')}})()`)
    expect(node('script.cjs')).toMatchObject({ status: 0, stdout: 'number' })
  })

  it('brings its command', () => {
    expect(node('node_modules/ehealth-connectors/dist/cli/main.js', 'identifier', '--help').status).toBe(0)
  })

  it.each([
    ['node16', 'node16'],
    ['bundler', 'esnext'],
  ])('has its types for moduleResolution %s', (moduleResolution, module) => {
    const folder = `typed-${moduleResolution}`
    mkdirSync(at(folder))
    writeFileSync(
      at(folder, 'program.mts'),
      `import { connect } from 'ehealth-connectors'
import { physician } from 'ehealth-connectors/professions'
import { parseSsin } from 'ehealth-connectors/identifiers'
await using me = await connect({
  environment: 'acceptance',
  keystore: { file: 'a.p12', password: '' },
  as: physician({ ssin: '', nihii: '' }),
})
const info = await me.ehbox.info()
export const size: number | undefined = info.maxSize
// @ts-expect-error a number is no SSIN
parseSsin(1)
`,
    )
    const compilerOptions = {
      strict: true,
      noEmit: true,
      module,
      moduleResolution,
      target: 'es2022',
      lib: ['es2022', 'esnext.disposable'],
      types: ['node'],
    }
    writeFileSync(at(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['program.mts'] }))
    const tsc = node(path.join(root, 'node_modules/typescript/bin/tsc'), '-p', folder)
    expect(tsc).toMatchObject({ status: 0, stdout: '' })
  })
})
