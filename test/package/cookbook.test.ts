import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { chapters, renderCookbook } from '../../scripts/cookbook-doc.mjs'

const root = new URL('../../', import.meta.url)
const names = Object.values(chapters).flat()
const program = '/**\n * Does it.\n */\nconsole.log(1)\n'

describe('the cookbook', () => {
  it('is what the examples say', () => {
    const files = readdirSync(new URL('examples', root)).filter((name) => name.endsWith('.ts'))
    const programs = new Map(
      files.map((name) => [name.slice(0, -3), readFileSync(new URL(`examples/${name}`, root), 'utf8')]),
    )
    expect(readFileSync(new URL('docs/cookbook.md', root), 'utf8')).toBe(renderCookbook(programs))
  })

  it('shows every program once', () => {
    const page = renderCookbook(new Map(names.map((name) => [name, program])))
    expect(page.match(/Does it\.\n\n\[examples/g)).toHaveLength(names.length)
    expect(page.match(/```ts\nconsole\.log\(1\)\n```/g)).toHaveLength(names.length)
  })

  it.each([
    ['an example that no chapter has', [...names.map((name) => [name, program]), ['stranger', program]]],
    ['an example that is not there', names.slice(1).map((name) => [name, program])],
    ['a program without a word', names.map((name) => [name, 'console.log(1)\n'])],
  ] as [string, [string, string][]][])('is not made with %s', (_, programs) => {
    expect(() => renderCookbook(new Map(programs))).toThrow()
  })
})
