/** The console's page as it is served: small, from here alone, and text only. Needs the build in `dist/`. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { ESLint } from 'eslint'
import { beforeAll, describe, expect, it } from 'vitest'

import type { PageFile, pageFiles } from '../../src/cli/console/page/files.js'

const root = new URL('../../', import.meta.url)

describe("the console's page", () => {
  let files: ReadonlyMap<string, PageFile>
  /** The rule of the folder alone. */
  let linter: ESLint
  const textOf = (name: string): string => Buffer.from(files.get(name)!.body).toString('utf8')
  const scripts = (): string[] => [...files.keys()].filter((name) => name.endsWith('.js'))

  beforeAll(async () => {
    // as it is packed: beside its compiled modules
    const built = new URL('dist/cli/console/page/files.js', root).href
    const module = (await import(built)) as { pageFiles: typeof pageFiles }
    files = await module.pageFiles()
    const cwd = fileURLToPath(root)
    const filePath = fileURLToPath(new URL('src/cli/console/browser/dom.ts', root))
    const { rules } = (await new ESLint({ cwd }).calculateConfigForFile(filePath)) as {
      rules: Record<string, [number, ...{ selector: string }[]]>
    }
    const [severity, ...forbidden] = rules['no-restricted-syntax']!
    expect(severity).toBe(2)
    linter = new ESLint({
      cwd,
      overrideConfigFile: true,
      overrideConfig: { rules: { 'no-restricted-syntax': ['error', ...forbidden] } },
    })
  }, 120_000)

  it('is served with every module of its folder, and those are all that it loads', () => {
    const modules = readdirSync(new URL('src/cli/console/browser/', root))
      .filter((name) => name.endsWith('.ts'))
      .map((name) => name.replace(/\.ts$/, '.js'))
    expect([...files.keys()].sort()).toEqual(['', 'console.css', ...modules].sort())
    const loaded = scripts().flatMap((name) =>
      [...textOf(name).matchAll(/from '([^']+)'/g)].map(([, from]) => from!),
    )
    expect(loaded.length).toBeGreaterThan(20)
    for (const from of loaded) expect(scripts()).toContain(from.replace(/^\.\//, ''))
  })

  it('needs nothing that its policy forbids: no script or style in the page, nothing from elsewhere', () => {
    expect(textOf('')).not.toMatch(
      /<script(?![^>]*\bsrc=")|<style|\sstyle=|\son\w+=|(?:src|href)="(?:https?:|\/)/i,
    )
    expect(textOf('console.css')).not.toMatch(/@import|url\(/i)
  })

  it('is small: all scripts below 60 kB', () => {
    const octets = scripts().reduce((sum, name) => sum + files.get(name)!.body.length, 0)
    expect(octets).toBeGreaterThan(10_000)
    expect(octets).toBeLessThan(60_000)
  })

  it.each([
    'element.innerHTML = text',
    "element['outerHTML'] = text",
    "element.insertAdjacentHTML('beforeend', text)",
    'document.write(text)',
    "element.setAttribute('onclick', text)",
    'element.onclick = text',
    'new DOMParser()',
  ])('may not take markup: %s is refused by the linter', async (statement) => {
    const [result] = await linter.lintText(statement)
    expect(result!.errorCount).toBe(1)
  })

  it('has pictures in its guide that are small', () => {
    const guide = readFileSync(new URL('docs/console.md', root), 'utf8')
    const pictures = [...guide.matchAll(/\]\((pictures\/[^)]+)\)/g)].map(([, picture]) => picture!)
    expect(pictures.length).toBeGreaterThanOrEqual(3)
    for (const picture of pictures)
      expect(statSync(new URL(`docs/${picture}`, root)).size).toBeLessThan(150_000)
  })
})
