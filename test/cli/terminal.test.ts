/** What a person at a terminal sees and a program does not: bars and colours, on a real pseudo-terminal. */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, truncateSync, writeFileSync } from 'node:fs'

import { beforeAll, describe, expect, it } from 'vitest'

import { ehealth, program, workplace } from './run.js'

const at = workplace()
const erase = '\r\u001b[K'

/** `script` of util-linux gives a program a terminal; bsdutils, which has it, is on every Debian. */
const hasScript = (() => {
  try {
    return execFileSync('script', ['--version'], { encoding: 'utf8' }).includes('util-linux')
  } catch {
    return false
  }
})()
if (!hasScript) console.warn('skipped: terminals, for want of `script` of util-linux')

/** What a terminal of 70 columns gets from a command of a shell; `ehealth` is ours. */
async function onTerminal(
  command: string,
  env: Record<string, string> = {},
  watch?: (shown: string, type: (keys: string) => void) => void,
): Promise<string> {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(EHEALTH_|NO_COLOR|FORCE_COLOR|NODE_DISABLE)/.test(name),
    ),
  )
  const ours = `ehealth() { ${process.execPath} ${program} "$@"; }; stty cols 70; cd ${at('.')}`
  const child = spawn('script', ['-qec', `${ours}; ${command}`, '/dev/null'], {
    env: { ...inherited, SHELL: '/bin/sh', TERM: 'xterm', LC_ALL: 'C.UTF-8', P12_PASSWORD: password, ...env },
    stdio: [watch === undefined ? 'ignore' : 'pipe', 'pipe', 'inherit'],
  })
  let shown = ''
  child.stdout!.setEncoding('utf8').on('data', (piece: string) => {
    shown += piece
    watch?.(shown, (keys) => child.stdin!.write(keys))
  })
  await once(child, 'close')
  return shown
}

/** The lines that a terminal shows in the end. */
const seen = (output: string): string[] =>
  output
    .split('\r\n')
    .map((line) => line.split(erase).at(-1)!)
    .filter((line) => line !== '')
const bars = (output: string): string[] =>
  output.split(erase).filter((piece) => /^\S+ \[#*\.*\] /.test(piece))

let password = ''
const sealing = (input: string): string =>
  `seal --keystore physician.p12 --password-env P12_PASSWORD --to nurse.etk --in ${input} --out /dev/null`
const seal = (input: string): string => `ehealth ${sealing(input)}`

beforeAll(async () => {
  const [{ startSimulator }] = await Promise.all([import('../../src/simulator/index.js')])
  await using simulator = await startSimulator({ dir: at('platform') })
  const { physician, nurse } = simulator.personas
  password = physician.password
  writeFileSync(at('physician.p12'), readFileSync(at('platform/personas/physician.p12')))
  const ssin = nurse.ssin
  const { code } = await ehealth([
    'etk',
    'get',
    '--type',
    'SSIN',
    '--value',
    ssin,
    '--out',
    at('nurse.etk'),
    '--simulator',
    at('platform'),
    '--persona',
    'physician',
  ])
  expect(code).toBe(0)
  writeFileSync(at('large'), '')
  // holes: nothing of it is on the disk
  truncateSync(at('large'), 600 * 2 ** 20)
  writeFileSync(at('endless'), '')
  truncateSync(at('endless'), 64 * 2 ** 30)
})

describe.skipIf(!hasScript)('a bar', () => {
  it('appears on a terminal, keeps within it and leaves a clean line', async () => {
    const output = await onTerminal(`${seal('large')}; echo done $?`, { NO_COLOR: '1' })
    const shown = bars(output)
    expect(shown.length).toBeGreaterThan(1)
    for (const bar of shown)
      expect(bar).toMatch(/^sealed \[#*\.*\] \d+ % \d+\/600 MiB [\d.]+ [MG]iB\/s \d+ s left$/)
    expect(Math.max(...shown.map((bar) => bar.length))).toBe(69)
    expect(output).toMatch(/\r\u001b\[Kdone 0\r\n$/)
    expect(seen(output)).toEqual(['done 0'])
  })

  it('is coloured unless NO_COLOR is set, and speaks the language of the locale', async () => {
    const output = await onTerminal(seal('large'), { LC_ALL: 'nl_BE.UTF-8' })
    expect(output).toMatch(/versleuteld \[\u001b\[36m#+\u001b\[39m\.*\] .* nog \d+ s/)
  })

  it('goes where stdout goes elsewhere, and JSON stays JSON', async () => {
    const output = await onTerminal(
      `${seal('large').replace('/dev/null', 'sealed.cms')} --json > answer.json; rm sealed.cms; echo done`,
      { NO_COLOR: '1' },
    )
    expect(bars(output).length).toBeGreaterThan(0)
    expect(seen(output)).toEqual(['done'])
    expect(JSON.parse(readFileSync(at('answer.json'), 'utf8'))).toHaveProperty('bytes')
  })

  it.each([
    ['stderr goes elsewhere', '2> remarks.txt; cat remarks.txt', {}],
    ['the terminal cannot take a line away', '', { TERM: 'dumb' }],
  ])('is not there where %s', async (_, rest, env) => {
    expect(
      await onTerminal(`timeout 3 ${process.execPath} ${program} ${sealing('endless')} ${rest}`, env),
    ).toBe('')
  })

  it('leaves a clean line when the command is interrupted, which ends as by the signal', async () => {
    let pressed = false
    // the shell lives on, and types what it gets from us: Ctrl-C
    const output = await onTerminal(
      `trap : INT; ${seal('endless')}; echo done $?`,
      { NO_COLOR: '1' },
      (shown, type) => {
        if (!pressed && (shown.includes('[#') || shown.includes('[.'))) {
          pressed = true
          type('\u0003')
        }
      },
    )
    expect(bars(output).length).toBeGreaterThan(0)
    expect(output).toMatch(/\r\u001b\[Kdone 130\r\n$/)
  })

  it('leaves a clean line when the work fails', async () => {
    const output = await onTerminal(
      `(head -c 3000000 /dev/zero; sleep 1.5; head -c 3000000 /dev/zero) | ehealth unseal --keystore physician.p12 --password-env P12_PASSWORD; echo done $?`,
      { NO_COLOR: '1' },
    )
    expect(seen(output).at(-1)).toBe('done 1')
    expect(seen(output).join('\n')).not.toContain('MiB')
  })
})

describe.skipIf(!hasScript)('colours', () => {
  const coloured = /\u001b\[\d+m/

  it.each([
    ['on a terminal', 'ehealth identifier 0999.999.922', {}, true],
    ['of an error on a terminal', 'ehealth seal > /dev/null', {}, true],
    ['of an error on a terminal that shows nothing else', 'ehealth unseal 2>&1 > /dev/null', {}, true],
    ['in a pipe', 'ehealth identifier 0999.999.922 | cat', {}, false],
    ['of an error in a pipe', 'ehealth seal 2>&1 | cat', {}, false],
    ['with NO_COLOR', 'ehealth identifier 0999.999.922', { NO_COLOR: '1' }, false],
    ['with an empty NO_COLOR, which says nothing', 'ehealth identifier 0999.999.922', { NO_COLOR: '' }, true],
    ['with NODE_DISABLE_COLORS', 'ehealth identifier 0999.999.922', { NODE_DISABLE_COLORS: '1' }, false],
    ['on a terminal without', 'ehealth identifier 0999.999.922', { TERM: 'dumb' }, false],
    ['in a pipe with FORCE_COLOR', 'ehealth identifier 0999.999.922 | cat', { FORCE_COLOR: '1' }, true],
    [
      'with FORCE_COLOR and NO_COLOR',
      'ehealth identifier 0999.999.922 | cat',
      { FORCE_COLOR: '', NO_COLOR: '1' },
      true,
    ],
    ['with FORCE_COLOR=0', 'ehealth identifier 0999.999.922', { FORCE_COLOR: '0' }, false],
    ['of JSON', 'ehealth identifier 0999.999.922 --json', {}, false],
    ['of JSON with FORCE_COLOR', 'ehealth identifier 0999.999.922 --json', { FORCE_COLOR: '3' }, false],
    ['of an error as JSON', 'ehealth seal --json 2> /dev/null', { FORCE_COLOR: '3' }, false],
  ] as [string, string, Record<string, string>, boolean][])('%s: %s', async (_, command, env, expected) => {
    const output = await onTerminal(command, env)
    expect(output).not.toBe('')
    expect(coloured.test(output)).toBe(expected)
  })
})
