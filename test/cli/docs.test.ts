import { readFileSync } from 'node:fs'

import { afterEach, describe, expect, it, vi } from 'vitest'

import { main } from '../../src/cli/program.js'

const page = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8')
const named = [...page.matchAll(/(?<![\w-])--[a-z][\w-]*/g)].map(([name]) => name)
const commands = [
  'demo',
  'init',
  'simulator',
  'doctor',
  'explain',
  'keystore inspect',
  'identifier',
  'keystore tokens',
  'token',
  'etk get',
  'etk inspect',
  'kgss new-key',
  'kgss get-key',
  'seal',
  'unseal',
  'verify',
  'ehbox list',
  'ehbox read',
  'ehbox send',
  'ehbox info',
  'ehbox move',
  'ehbox delete',
  'ehbox ack',
  'ehbox absence list',
  'ehbox absence insert',
  'ehbox absence delete',
  'ehbox watch',
  'addressbook search',
  'addressbook show',
  'consent get',
  'consent declare',
  'consent revoke',
  'therlink list',
  'therlink declare',
  'therlink revoke',
  'therlink has',
  'may-read',
  'timestamp stamp',
  'timestamp verify',
  'timestamp consult',
  'timestamp serve',
  'timestamp prove',
  'timestamp audit',
  'timestamp export',
  'person get',
  'person search',
  'person history',
  'person create',
  'card verify',
  'member-data batch',
  'member-data get',
  'member-data batch',
  'call',
]

afterEach(() => vi.restoreAllMocks())

async function optionsOf(command: string): Promise<string[]> {
  const shown: string[] = []
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => shown.push(String(chunk)) > 0)
  expect(await main([...command.split(' '), '--help'])).toBe(0)
  return [...shown.join('').matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map(([, name]) => name!)
}

describe('docs/cli.md', () => {
  it.each(commands)('names ehealth %s, every option of it, and an example', async (command) => {
    expect(page).toMatch(new RegExp(`^### \`ehealth ${command}\\b`, 'm'))
    expect(page).toMatch(new RegExp(`^ehealth ${command}\\b`, 'm'))
    const options = await optionsOf(command)
    expect(options).toContain('--json')
    expect(options.filter((option) => !named.includes(option))).toEqual([])
  })

  it('names no option that there is not', async () => {
    const known = new Set(['--version', '--help'])
    for (const command of commands) for (const option of await optionsOf(command)) known.add(option)
    expect(named.filter((name) => !known.has(name))).toEqual([])
  })
})
