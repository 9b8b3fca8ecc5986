import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'

import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'

import { examples } from '../../src/cli/examples.js'
import { main } from '../../src/cli/program.js'
import { workplace } from './run.js'

const at = workplace()
afterEach(() => vi.restoreAllMocks())

/** What a command prints. */
async function printed(...parameters: string[]): Promise<{ code: number; text: string }> {
  const shown: string[] = []
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => shown.push(String(chunk)) > 0)
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true)
  return { code: await main(parameters), text: shown.join('') }
}

const has = (shell: string) => spawnSync(shell, ['--version']).status === 0

describe.runIf(has('bash'))('completion in bash', () => {
  beforeAll(async () => {
    const { code, text } = await printed('completion', 'bash')
    expect(code).toBe(0)
    const asked = 'COMP_WORDS=(ehealth "$@"); COMP_CWORD=$#; _ehealth; printf "%s\\n" "${COMPREPLY[@]}"'
    writeFileSync(at('complete.bash'), `${text}\n${asked}\n`)
  })

  /** What is offered for the last word. */
  const offered = (...words: string[]) => {
    const { status, stdout, stderr } = spawnSync('bash', [at('complete.bash'), ...words], {
      encoding: 'utf8',
    })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    return stdout.split('\n').filter(Boolean)
  }

  it.each([
    ['a command', ['eh'], ['ehbox']],
    ['a command below a command', ['ehbox', 'absence', 'in'], ['insert']],
    ['an option', ['ehbox', 'list', '--fol'], ['--folder']],
    ['an option after others', ['ehbox', 'list', '--folder', 'INBOX', '--lim'], ['--limit']],
    ['the choice of an option', ['verify', '--kind', 's'], ['sealed', 'service-list']],
    ['the word of an argument', ['completion', 'f'], ['fish']],
    ['nothing, so that names of files are', ['unseal', '--in', 'lett'], []],
  ])('offers %s', (_, words, expected) => {
    expect(offered(...words)).toEqual(expected)
  })
})

describe('completion', () => {
  it.each(['zsh', 'fish'])('knows every command in %s', async (shell) => {
    const { code, text } = await printed('completion', shell)
    expect(code).toBe(0)
    for (const path of Object.keys(examples)) expect(text).toContain(`' ${path}'`)
    if (!has(shell)) return
    writeFileSync(at(`complete.${shell}`), text)
    expect(spawnSync(shell, ['-n', at(`complete.${shell}`)]).status).toBe(0)
  })

  it('is refused for another shell', async () => {
    expect((await printed('completion', 'tcsh')).code).toBe(2)
  })
})

describe('the help', () => {
  /** Paths of the commands that do something. */
  async function leaves(path: string[] = []): Promise<string[][]> {
    const { text } = await printed(...path, '--help')
    const list = /^Commands:\n([\s\S]*?)(?:\n\n|$(?![\s\S]))/m.exec(text)?.[1]
    if (list === undefined) return [path]
    const names = [...list.matchAll(/^ {2}([a-z][\w-]*)/gm)].map(([, name]) => name!)
    // one after the other: they share this process's stdout
    const below: string[][] = []
    for (const name of names) if (name !== 'help') below.push(...(await leaves([...path, name])))
    return below
  }

  it('has an example for each command, and no other', async () => {
    const all = await leaves()
    expect(Object.keys(examples).sort()).toEqual(all.map((path) => path.join(' ')).sort())
  })

  it.each(Object.entries(examples))('shows for %s what that command understands', async (path, lines) => {
    const { text } = await printed(...path.split(' '), '--help')
    const known = [...text.matchAll(/(?<![\w-])--[\w-]+/g)].map(([option]) => option)
    for (const line of lines) {
      expect(text).toContain(`\n  ehealth ${line}\n`)
      expect(line === path || line.startsWith(`${path} `)).toBe(true)
      const ahead = text.slice(0, text.indexOf('\nExample'))
      expect(known.length).toBeGreaterThan(0)
      for (const [option] of line.matchAll(/(?<![\w-])--[\w-]+/g)) expect(ahead).toContain(option)
    }
  })
})
