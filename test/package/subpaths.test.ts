import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { layerViolation } from '../../scripts/eslint/layers.mjs'

const root = new URL('../../', import.meta.url)
const cwd = fileURLToPath(root)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')

interface Entry {
  types: string
  default: string
}
const manifest = JSON.parse(read('package.json')) as {
  name: string
  bin: Record<string, string>
  exports: Record<string, Entry | string>
  dependencies: Record<string, string>
}
const entries = Object.entries(manifest.exports).filter(
  (entry): entry is [string, Entry] => entry[1] instanceof Object,
)

const hooks = new URL('traceLoads.mjs', import.meta.url).href
const preload = `import{register}from'node:module';register(${JSON.stringify(hooks)})`

/** Imports a subpath in a fresh process; gives what it exports and every file and package that was loaded. */
async function load(subpath: string) {
  const specifier = manifest.name + subpath.slice(1)
  const program = `const m = await import(${JSON.stringify(specifier)}); console.log('names', Object.keys(m).join())`
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(preload)}`, '--input-type=module', '-e', program],
    { cwd },
  )
  const lines = stdout.split('\n').filter((line) => line !== '')
  const loaded = lines.filter((line) => line.startsWith('file:') && line.startsWith(root.href))
  const inside = loaded.map((url) => url.slice(root.href.length))
  return {
    names: (lines.find((line) => line.startsWith('names ')) ?? 'names ').slice(6).split(',').filter(Boolean),
    files: inside.filter((path) => path.startsWith('dist/')).map((path) => path.slice('dist/'.length)),
    packages: [
      ...new Set(
        inside.flatMap(
          (path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(path)?.[1] ?? [],
        ),
      ),
    ],
    stderr,
  }
}

/** Packages that must stay outside of a subpath; what a subpath may load of our own follows from the layers. */
const foreign: Record<string, readonly string[]> = {
  './errors': Object.keys(manifest.dependencies),
  './identifiers': Object.keys(manifest.dependencies),
  './pki': Object.keys(manifest.dependencies),
  './keystore': ['saxes'],
  './seal': ['saxes'],
}

describe('subpaths of the package', () => {
  it('are discovered', () => {
    expect(entries.map(([subpath]) => subpath)).toEqual(
      expect.arrayContaining(['.', './seal', './simulator']),
    )
  })

  it.each(entries)('%s has its module and its declarations', (_, entry) => {
    expect(entry.default).toMatch(/^\.\/dist\/.+\.js$/)
    expect(entry.types).toBe(entry.default.replace(/\.js$/, '.d.ts'))
    expect(existsSync(new URL(entry.default, root)), entry.default).toBe(true)
    expect(existsSync(new URL(entry.types, root)), entry.types).toBe(true)
  })

  it.each(entries)('%s is importable alone and loads nothing above it', async (subpath, entry) => {
    const { names, files, packages, stderr } = await load(subpath)
    expect(stderr).toBe('')
    expect(names).not.toEqual([])
    expect(files).toContain(entry.default.slice('./dist/'.length))

    const from = entry.default.replace('./dist/', 'src/')
    const misplaced = files
      .map((file) => `src/${file}`)
      .filter((file) => layerViolation(from, file) !== undefined)
      // Through the index of another service its inner files come along; the simulator loads contracts only.
      .filter((file) => subpath === './simulator' || !file.startsWith('src/business/'))
    expect(misplaced).toEqual([])
    // the command's parser, and the client that service().soap() loads at its first call
    const never = ['commander', 'soap', ...(foreign[subpath] ?? [])]
    expect(packages.filter((name) => never.includes(name))).toEqual([])
  })

  it('seal loads neither SOAP nor the simulator', async () => {
    const { files } = await load('./seal')
    expect(
      files.filter((file) => /^(technical\/(xml|soap|sts|session)|business|simulator|cli)\//.test(file)),
    ).toEqual([])
  })

  it('are all described in the API reference', () => {
    const { entryPoints } = JSON.parse(read('typedoc.json')) as { entryPoints: string[] }
    const sources = entries.map(([, entry]) =>
      entry.default.replace('./dist/', 'src/').replace(/\.js$/, '.ts'),
    )
    expect([...entryPoints].sort()).toEqual([...sources].sort())
  })

  it('lets the command start with nothing but Node', async () => {
    for (const path of Object.values(manifest.bin)) {
      expect(read(path).startsWith('#!/usr/bin/env node\n'), path).toBe(true)
      const { stdout } = await promisify(execFile)(process.execPath, [path, '--help'], { cwd })
      expect(stdout).toContain('ehealth')
    }
  })
})
