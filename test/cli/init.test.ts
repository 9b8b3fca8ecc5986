import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { describe, expect, it } from 'vitest'

import { ehealth, workplace } from './run.js'

const at = workplace()
const root = fileURLToPath(new URL('../../', import.meta.url))

/** What `npm install` would bring, from what is here. */
function install(project: string) {
  mkdirSync(join(project, 'node_modules', '@types'), { recursive: true })
  symlinkSync(root, join(project, 'node_modules', 'ehealth-connectors'))
  for (const name of ['typescript', '@types/node'])
    symlinkSync(join(root, 'node_modules', name), join(project, 'node_modules', name))
}

const inside = (cwd: string, ...parameters: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, parameters, { cwd, encoding: 'utf8' })
  return { status, output: stdout + stderr }
}

describe('ehealth init', () => {
  it('writes a project that compiles, runs, and passes its test', async () => {
    const { code, stdout } = await ehealth(['init', at('My Connector')])
    expect(code).toBe(0)
    expect(stdout).toContain('npm install && npm test')
    const project = at('My Connector')
    const manifest = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as Record<string, never>
    expect(manifest).toMatchObject({ name: 'my-connector', type: 'module' })
    install(project)
    expect(inside(project, 'node_modules/typescript/bin/tsc')).toEqual({ status: 0, output: '' })
    const run = inside(project, 'dist/main.js')
    expect(run).toMatchObject({ status: 0 })
    expect(run.output).toContain(`in the inbox: [ 'Discharge letter' ]`)
    expect(manifest).toMatchObject({ scripts: { test: 'npm run --silent build && cd dist && node --test' } })
    const tested = inside(join(project, 'dist'), '--test')
    expect(tested.status).toBe(0)
    expect(tested.output).toMatch(/# pass 1\n|ℹ pass 1\n/)
  }, 120_000)

  it('takes an empty folder, or one that git has made', async () => {
    mkdirSync(at('cloned/.git'), { recursive: true })
    const { code, json } = await ehealth(['init', at('cloned'), '--json'])
    expect(code).toBe(0)
    expect(json<{ files: string[] }>().files).toContain('src/letter.ts')
    expect(existsSync(at('cloned/tsconfig.json'))).toBe(true)
  })

  it('leaves a folder alone that holds anything', async () => {
    mkdirSync(at('mine'))
    writeFileSync(at('mine/notes.txt'), 'mine')
    const { code, json } = await ehealth(['init', at('mine'), '--json'])
    expect(code).not.toBe(0)
    expect(JSON.stringify(json())).toContain('configuration.invalid')
    expect(readdirSync(at('mine'))).toEqual(['notes.txt'])
  })
})
