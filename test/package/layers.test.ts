import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ESLint } from 'eslint'
import tseslint from 'typescript-eslint'
import { describe, expect, it } from 'vitest'
import { layerViolation, technicalFolders } from '../../scripts/eslint/layers.mjs'
import { readMarkdown } from '../docs/markdown.js'

const root = fileURLToPath(new URL('../../', import.meta.url))

// The planted files do not exist, so the project's type information knows nothing of them.
const eslint = new ESLint({ cwd: root, overrideConfig: tseslint.configs.disableTypeChecked })

async function rulesBroken(filePath: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath: root + filePath })
  expect(result, `${filePath} is linted`).toBeDefined()
  expect(result!.fatalErrorCount).toBe(0)
  return result!.messages
    .filter((message) => message.severity === 2)
    .map((message) => message.ruleId ?? message.message)
}

describe('import directions', () => {
  it('are those that CONTRIBUTING.md draws', () => {
    const [house = ''] = readMarkdown('CONTRIBUTING.md')
      .fences.filter(({ info }) => info === 'text')
      .map(({ text }) => text)
    const [chain = '', simulator = ''] = house.trim().split(/ {2,}/)
    const layers = chain.split(' → ')
    expect(layers).toHaveLength(4)
    const violation = (from: string, to: string) =>
      layerViolation(`src/${from}/planted.ts`, `src/${to}/index.js`)
    for (const [index, layer] of layers.entries())
      for (const other of layers.slice(index + 1)) {
        expect(violation(layer, other), `${layer} imports ${other}`).toBeUndefined()
        expect(violation(other, layer), `${other} imports ${layer}`).toBeTypeOf('string')
      }
    expect(simulator).toBe("simulator → technical and the services' contract.ts")
    for (const layer of layers)
      expect(violation('simulator', layer) === undefined, layer).toBe(layer === 'technical')
    expect(layerViolation('src/simulator/planted.ts', 'src/business/ehbox/contract.js')).toBeUndefined()
  })

  it.each([
    ['src/technical/xml/planted.ts', 'src/business/ehbox/send.js'],
    ['src/technical/xml/planted.ts', 'src/professions/index.js'],
    ['src/technical/xml/planted.ts', 'src/index.js'],
    ['src/business/ehbox/planted.ts', 'src/professions/physician.js'],
    ['src/business/ehbox/planted.ts', 'src/simulator/index.js'],
    ['src/business/consent/planted.ts', 'src/business/ehbox/send.js'],
    ['src/professions/planted.ts', 'src/simulator/index.js'],
    ['src/professions/planted.ts', 'src/index.js'],
    ['src/index.ts', 'src/simulator/index.js'],
    ['src/index.ts', 'src/cli/main.js'],
    ['src/simulator/planted.ts', 'src/business/ehbox/send.js'],
    ['src/simulator/ehbox/planted.ts', 'src/business/ehbox/index.js'],
    ['src/simulator/planted.ts', 'src/professions/physician.js'],
    ['src/simulator/planted.ts', 'src/cli/main.js'],
    ['src/errors/planted.ts', 'src/technical/xml/tree.js'],
    ['src/errors.ts', 'src/technical/xml/tree.js'],
    ['src/technical/asn1/planted.ts', 'src/technical/pki/name.js'],
    ['src/technical/environment/planted.ts', 'src/technical/pki/name.js'],
    ['src/technical/pki/planted.ts', 'src/technical/keystore/credential.js'],
    ['src/technical/seal/planted.ts', 'src/technical/soap/index.js'],
    ['src/technical/seal/planted.ts', 'src/technical/xml/tree.js'],
    ['src/technical/seal/planted.ts', 'src/technical/etk/token.js'],
    ['src/technical/soap/planted.ts', 'src/technical/seal/index.js'],
    ['src/technical/soap/planted.ts', 'src/technical/sts/index.js'],
    ['src/technical/sts/planted.ts', 'src/technical/session/index.js'],
    ['src/technical/session/planted.ts', 'src/technical/etk/index.js'],
    ['src/technical/etk/planted.ts', 'src/technical/kgss/index.js'],
    ['src/technical/xml/planted.ts', 'src/technical/index.js'],
    ['src/technical/xml/planted.ts', 'src/helpers/index.js'],
    ['src/technical/xml/planted.ts', 'test/package/layers.test.js'],
  ])('%s may not import %s', (from, to) => {
    expect(layerViolation(from, to)).toBeTypeOf('string')
  })

  it.each([
    ['src/cli/main.ts', 'src/simulator/index.js'],
    ['src/cli/main.ts', 'src/index.js'],
    ['src/index.ts', 'src/professions/index.js'],
    ['src/index.ts', 'src/technical/session/index.js'],
    ['src/professions/physician.ts', 'src/business/ehbox/index.js'],
    ['src/business/ehbox/send.ts', 'src/technical/seal/index.js'],
    ['src/business/ehbox/send.ts', 'src/business/ehbox/contract.js'],
    ['src/business/access/check.ts', 'src/business/consent/index.js'],
    ['src/simulator/ehbox/publication.ts', 'src/business/ehbox/contract.js'],
    ['src/simulator/ehbox/publication.ts', 'src/business/ehbox/contract/core.js'],
    ['src/simulator/sts/issue.ts', 'src/technical/xml/index.js'],
    ['src/technical/etk/lookup.ts', 'src/technical/session/index.js'],
    ['src/technical/asn1/read.ts', 'src/errors.js'],
    ['src/technical/asn1/read.ts', 'src/errors/entry.js'],
    ['test/technical/xml/parse.test.ts', 'src/cli/main.js'],
    ['examples/send.ts', 'src/simulator/index.js'],
  ])('%s may import %s', (from, to) => {
    expect(layerViolation(from, to)).toBeUndefined()
  })

  it('gives every folder of the technical layer its place', () => {
    const folders = readdirSync(`${root}src/technical`, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
    expect(Object.keys(technicalFolders)).toEqual(expect.arrayContaining(folders))
  })

  it('lets no two technical folders import each other', () => {
    const table: Record<string, readonly string[]> = technicalFolders
    for (const [folder, allowed] of Object.entries(table))
      for (const other of allowed) expect(table[other], `${folder} and ${other}`).not.toContain(folder)
  })
})

describe('the linter', () => {
  it.each([
    ['a static import', `import { send } from '../../business/ehbox/send.js'\nexport const planted = send\n`],
    ['a type import', `import type { X } from '../../business/ehbox/send.js'\nexport type Planted = X\n`],
    ['a re-export', `export { send } from '../../business/ehbox/send.js'\n`],
    ['a star export', `export * from '../../business/ehbox/send.js'\n`],
    ['a dynamic import', `export const planted = () => import('../../business/ehbox/send.js')\n`],
    ['a type query', `export type Planted = import('../../business/ehbox/send.js').X\n`],
    ['the name of the package', `export * from 'ehealth-connectors/ehbox'\n`],
  ])('refuses an upward import written as %s', async (_, text) => {
    expect(await rulesBroken('src/technical/xml/planted.ts', text)).toContain('house/layers')
  })

  it('accepts a downward import', async () => {
    const text = `import { EHealthError } from '../../errors.js'\nexport const planted = EHealthError\n`
    expect(await rulesBroken('src/technical/xml/planted.ts', text)).toEqual([])
  })

  it('refuses an import cycle, but not one of types alone', async () => {
    expect(existsSync(`${root}src/technical/asn1/index.ts`)).toBe(true)
    const file = 'src/technical/asn1/read.ts'
    expect(await rulesBroken(file, `export { der } from './index.js'\n`)).toEqual(['house/cycles'])
    expect(await rulesBroken(file, `export * from './index.js'\n`)).toEqual(['house/cycles'])
    expect(await rulesBroken(file, `import './read.js'\n`)).toEqual(['house/cycles'])
    expect(await rulesBroken(file, `export type { Asn1Node } from './values.js'\n`)).toEqual([])
  })

  it.each([
    ['new Date()', 'export const planted = new Date()\n'],
    ['Date()', 'export const planted = Date()\n'],
    ['Date.now', 'export const planted = Date.now\n'],
    ['Math.random', 'export const planted = Math.random()\n'],
    ['crypto.randomUUID', 'export const planted = crypto.randomUUID()\n'],
    ['randomBytes', `import { randomBytes } from 'node:crypto'\nexport const planted = randomBytes(1)\n`],
    ['process.env', 'export const planted = process.env.PATH\n'],
  ])('refuses %s in the library', async (_, text) => {
    expect(await rulesBroken('src/technical/soap/planted.ts', text)).toEqual(['no-restricted-syntax'])
  })

  it('refuses console output in the library, and allows it in the command', async () => {
    const text = `console.log('planted')\n`
    expect(await rulesBroken('src/technical/soap/planted.ts', text)).toEqual(['no-console'])
    expect(await rulesBroken('src/cli/planted.ts', text)).toEqual([])
  })

  it('allows a date that is given', async () => {
    expect(
      await rulesBroken('src/technical/soap/planted.ts', 'export const planted = new Date(0)\n'),
    ).toEqual([])
  })

  it('refuses `any` and silenced type errors', async () => {
    const text = `// @ts-ignore\nexport const planted: any = 1\n`
    expect(await rulesBroken('src/technical/soap/planted.ts', text)).toEqual([
      '@typescript-eslint/ban-ts-comment',
      '@typescript-eslint/no-explicit-any',
    ])
  })

  it('refuses an example that reaches into the sources', async () => {
    const text = `import { connect } from '../src/index.js'\nexport const planted = connect\n`
    expect(await rulesBroken('examples/planted.ts', text)).toEqual(['no-restricted-imports'])
  })
})
