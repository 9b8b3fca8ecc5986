/** The exit codes that docs/cli.md promises, of the built command against one simulator. */
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'

import type { Command } from 'commander'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

import { commandTree, main } from '../../src/cli/program.js'
import { assertSchema } from './jsonSchemas.js'
import { ehealth, fixture, start, startSimulatorProcess, workplace, type RunningSimulator } from './run.js'

const file = workplace()
const page = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8')
let simulator: RunningSimulator

beforeAll(async () => {
  simulator = await startSimulatorProcess(['--port', '0', '--dir', file('platform')])
  writeFileSync(file('text'), 'of no meaning')
  writeFileSync(file('patient.json'), JSON.stringify({ ssin: '68052199235' }))
})
afterAll(() => simulator.stop())

const as = (persona: string): string[] => ['--simulator', file('platform'), '--persona', persona]

/** Runs the command; a file is named by `@@NAME`. */
async function codeOf(words: string, persona?: string): Promise<number | null> {
  const parameters = words
    .split(' ')
    .map((word) => word.replace(/@@([\w./-]+)/, (_, name: string) => file(name)))
  const { code, stderr } = await ehealth([
    ...parameters,
    '--json',
    ...(persona === undefined ? [] : as(persona)),
  ])
  // a failure is told, and never by its stack
  expect(stderr).not.toMatch(/^ {4}at /m)
  return code
}

const ssin = '84112399460'
const patient = '--patient @@@patient.json'

describe('exit code 0', () => {
  it.concurrent.each([
    ['identifier 0999.999.922', undefined],
    ['init @@project', undefined],
    ['token', 'physician'],
    [`ehbox list`, 'nurse'],
    ['ehbox list --folder BININBOX', 'nurse'],
    ['ehbox absence list', 'nurse'],
    ['addressbook search --last-name Nobodywhohasthisname* --profession PHYSICIAN', 'physician'],
    [`consent get ${patient}`, 'physician'],
    [`therlink list ${patient}`, 'physician'],
    [`therlink has ${patient}`, 'physician'],
    ['ehbox watch --cursor @@cursor --once', 'nurse'],
  ])('is that of: %s', async (words, persona) => {
    expect(await codeOf(words, persona)).toBe(0)
  })
})

describe('exit code 1', () => {
  it.concurrent.each([
    // not valid
    ['identifier 1', undefined],
    ['identifier 0999.999.922 --kind ssin', undefined],
    ['verify --kind xml @@text', undefined],
    ['timestamp verify @@text --tsa @@platform/pki/root.pem', undefined],
    [`etk inspect ${fixture('etee/negative/not-cms.bin')} --trust @@platform/pki/root.pem`, undefined],
    ['unseal --keystore @@text --password-env HOME', undefined],
    ['keystore inspect @@text --password-env HOME', undefined],
    ['keystore inspect @@platform/personas/nurse.p12 --password-env HOME', undefined],
    ['doctor --keystore @@nowhere.p12 --password-env HOME', undefined],
    // refused by the platform, or without what was asked for
    ['etk get --type CBE --value 0999999922', 'physician'],
    ['ehbox read 5F3PCVS8CBTMJ', 'nurse'],
    ['ehbox move 5F3PCVS8CBTMJ', 'nurse'],
    ['ehbox delete 5F3PCVS8CBTMJ', 'nurse'],
    ['ehbox ack 5F3PCVS8CBTMJ', 'nurse'],
    ['ehbox absence delete 5F3PCVS8CBTMJ', 'nurse'],
    ['kgss get-key AAAAAAAAAAAAAAAAAAAAAA== --out @@key', 'nurse'],
    ['addressbook show SSIN:68052199235', 'physician'],
    [`may-read ${patient}`, 'physician'],
    [`therlink revoke ${patient}`, 'physician'],
    ['timestamp consult --hospital tsa_0999000129_99 1@1', 'hospital'],
    ['timestamp serve --archive @@text --watch @@platform', 'hospital'],
    ['timestamp export --archive @@text --out @@exported', undefined],
    ['member-data batch --store @@text --in @@text', 'physician'],
    // numbers that cannot be
    ['person get 1', 'physician'],
    ['member-data get --patient 1', 'physician'],
    [`ehbox send --to NURSE:SSIN:${ssin.slice(0, -1)}1 --title T --body @@text`, 'physician'],
  ])('is that of: %s', async (words, persona) => {
    expect(await codeOf(words, persona)).toBe(1)
  })
})

describe('exit code 2', () => {
  it.concurrent.each([
    // no such file
    ['keystore inspect @@nowhere --password-env HOME', undefined],
    ['etk inspect @@nowhere --trust @@nowhere', undefined],
    ['unseal --keystore @@nowhere --password-env HOME', undefined],
    ['verify --kind xml @@nowhere', undefined],
    ['timestamp verify @@nowhere', undefined],
    ['timestamp prove --archive @@nowhere --ref 1', undefined],
    ['doctor --properties @@nowhere', undefined],
    ['token --config @@nowhere', undefined],
    ['call @@nowhere.wsdl Operation', undefined],
    ['consent get --patient @@@nowhere', 'physician'],
    ['ehbox watch --cursor @@nowhere/cursor --once', 'nurse'],
    ['member-data batch --store @@store --in @@nowhere', 'physician'],
    ['timestamp audit --archive @@nowhere --offline', 'hospital'],
    ['timestamp export --archive @@nowhere --out @@out', undefined],
    ['kgss new-key --allow nurse --out @@nowhere/key', 'physician'],
    [`ehbox send --to NURSE:SSIN:${ssin} --title T --body @@text --annex @@nowhere`, 'physician'],
    // what does not go together
    ['token --raw', 'physician'],
    ['init @@platform', undefined],
    ['seal --keystore @@text --password-env HOME --out @@out', undefined],
    ['addressbook search --city Gent', 'physician'],
    ['token --as nurse', 'physician'],
    ['token', 'nobody'],
  ])('is that of: %s', async (words, persona) => {
    expect(await codeOf(words, persona)).toBe(2)
    expect(existsSync(file('out'))).toBe(false)
  })

  it('is that of an option that there is not, of every command', async () => {
    const shown: string[] = []
    vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => shown.push(String(chunk)) > 0)
    vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    try {
      for (const words of await leaves()) {
        shown.length = 0
        const parameters = [...words.split(' '), '--bogus', '--json']
        const code = await main(parameters)
        expect([words, code]).toEqual([words, 2])
        assertSchema(parameters, shown.join(''), code)
        expect(JSON.parse(shown.join(''))).toMatchObject({ error: { code: 'usage' } })
      }
    } finally {
      vi.restoreAllMocks()
    }
  })
})

describe('the end by other hands', () => {
  it('is a signal where nobody waits for one, and 0 where the reader has seen enough', async () => {
    const waiting = start(['verify', '--kind', 'xml', '-'])
    setTimeout(() => waiting.kill('SIGINT'), 1000)
    expect(await once(waiting, 'close')).toEqual([null, 'SIGINT'])

    const unread = start(['completion', 'bash'])
    unread.stdout!.destroy()
    expect([await once(unread, 'close'), await text(unread.stderr!)]).toEqual([[0, null], ''])
  })

  it('is 0 of a loop that is told to stop', async () => {
    const watching = start(['ehbox', 'watch', '--cursor', file('other'), ...as('nurse')])
    while (!existsSync(file('other.lock'))) await new Promise((resolve) => setTimeout(resolve, 50))
    watching.kill('SIGINT')
    expect(await once(watching, 'close')).toEqual([0, null])
  })

  it('is 1 of an error that nobody foresaw, with its code', async () => {
    const broken = "Object.defineProperty(process.versions,'node',{value:undefined})"
    const { code, json } = await ehealth(['doctor', '--json'], {
      env: { NODE_OPTIONS: `--import "data:text/javascript,${encodeURIComponent(broken)}"` },
    })
    expect(code).toBe(1)
    expect(json()).toMatchObject({ error: { code: 'unexpected' } })
  })
})

describe('docs/cli.md', () => {
  it('says of every command what 1 means', async () => {
    const rows = page.slice(page.indexOf('## What exit code 1 means'))
    const named = [...rows.matchAll(/^\| `([\w -]+)` +\| \S/gm)].map(([, name]) => name!)
    expect([...named].sort()).toEqual((await leaves()).sort())
  })
})

/** Every command that takes `--json`. */
async function leaves(): Promise<string[]> {
  const below = (command: Command, path: string[]): string[] =>
    command.commands.flatMap((one) => {
      const here = [...path, one.name()]
      if (one.commands.length > 0) return below(one, here)
      return one.options.some(({ long }) => long === '--json') ? [here.join(' ')] : []
    })
  return below(await commandTree(), [])
}
