import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { ehealth, startSimulatorProcess, workplace, type Outcome, type RunningSimulator } from './run.js'

const file = workplace()
const content = 'for whoever is a nurse'
let simulator: RunningSimulator
let passwords: Record<string, string>
const outcomes: Outcome[] = []

beforeAll(async () => {
  simulator = await startSimulatorProcess(['--port', '0', '--dir', file('sim')])
  const { personas } = JSON.parse(readFileSync(file('sim/personas.json'), 'utf8')) as {
    personas: { name: string; password: string }[]
  }
  passwords = Object.fromEntries(personas.map(({ name, password }) => [name, password]))
  writeFileSync(file('content.txt'), content)
})
afterAll(async () => {
  expect(await simulator.stop()).toBe(0)
})

async function kgss(persona: string, ...parameters: string[]): Promise<Outcome> {
  const as = ['--simulator', file('sim'), '--persona', persona]
  const outcome = await ehealth(['kgss', ...parameters, ...as])
  outcomes.push(outcome)
  return outcome
}

/** A file sealed with that key by the physician. */
async function seal(key: string, id: string, out: string): Promise<void> {
  const keystore = ['--keystore', file('sim/personas/physician.p12'), '--password-env', 'P']
  const secret = ['--secret-key', key, '--secret-key-id', id]
  const { code, stderr } = await ehealth(
    ['seal', ...keystore, ...secret, '--in', file('content.txt'), '--out', out],
    {
      env: { P: passwords['physician']! },
    },
  )
  expect(code, stderr).toBe(0)
}

describe('ehealth kgss', () => {
  it('makes a key, and gives it to whoever may read it by the message that names it', async () => {
    const made = await kgss(
      'physician',
      ...['new-key', '--allow', 'nurse', 'any-pharmacy', '--exclude', 'any-insurer', '--deletion-strategy'],
      ...['--out', file('made.bin'), '--json', '--debug', '--record', file('record')],
    )
    expect(made.code, made.stderr).toBe(0)
    const { id, bits, out } = made.json<{ id: string; bits: number; out: string }>()
    expect([bits, out, Buffer.from(id, 'base64').length]).toEqual([128, file('made.bin'), 24])
    const key = readFileSync(file('made.bin'))
    expect(key).toHaveLength(16)
    expect(statSync(file('made.bin')).mode & 0o777).toBe(0o600)

    await seal(file('made.bin'), id, file('sealed.cms'))
    const fetched = await kgss(
      'nurse',
      ...['get-key', '--message', file('sealed.cms'), '--answer-for', 'one-time-key'],
      ...['--out', file('fetched.bin'), '--debug', '--record', file('record')],
    )
    expect(fetched.code, fetched.stderr).toBe(0)
    expect(fetched.stdout).toContain(id)
    expect(readFileSync(file('fetched.bin'))).toEqual(key)
    expect(statSync(file('fetched.bin')).mode & 0o777).toBe(0o600)
    const trust = ['--trust', file('sim/pki/root.pem')]
    const opened = await ehealth([
      ...['unseal', '--secret-key', file('fetched.bin'), ...trust],
      ...['--in', file('sealed.cms'), '--out', file('opened.txt')],
    ])
    expect(opened.code).toBe(0)
    expect(readFileSync(file('opened.txt'), 'utf8')).toBe(content)
  })

  it('gives the octets on stdout on demand, the identifier beside', async () => {
    const made = await kgss('physician', 'new-key', '--allow', 'doctor', '--out', file('own.bin'), '--json')
    const { id } = made.json<{ id: string }>()
    const stdout = await kgss('physician', 'get-key', id, '--out', '-')
    expect(stdout.code).toBe(0)
    expect(Buffer.byteLength(stdout.stdout)).toBeGreaterThan(0)
    expect(stdout.stderr).toBe(`id ${id}\n`)
  })

  it('refuses whoever may not read a key, and leaves no file', async () => {
    const made = await kgss('physician', 'new-key', '--allow', 'nurse', '--out', file('nurses.bin'), '--json')
    const { id } = made.json<{ id: string }>()
    const refused = await kgss('hospital', 'get-key', id, '--out', file('none.bin'), '--json')
    expect(refused.code).toBe(1)
    expect(refused.json()).toMatchObject({
      error: { code: 'kgss.key-not-found', platform: { code: 'NO_KEY_FOUND' } },
    })
    expect(existsSync(file('none.bin'))).toBe(false)
  })

  it.each([
    [['new-key', '--out', 'KEY'], 2, /--allow/],
    [['new-key', '--allow', 'nurse'], 2, /--out/],
    [['new-key', '--allow', 'patient', '--out', 'KEY'], 2, /a reader is one of person:SSIN/],
    [['new-key', '--allow', 'constructor', '--out', 'KEY'], 2, /a reader is one of/],
    [['new-key', '--allow', 'any-doctor:1', '--out', 'KEY'], 2, /a reader is one of/],
    [['new-key', '--allow', 'person', '--out', 'KEY'], 2, /needs a number/],
    [['new-key', '--allow', 'person:90010199795', '--out', 'KEY'], 1, /identifier\.check-digit/],
    [['new-key', '--allow', 'urn:n,a b', '--out', 'KEY'], 1, /kgss\.reader/],
    [['new-key', '--allow', 'nurse', '--out', '-', '--json'], 2, /--json goes with --out FILE/],
    [['new-key', '--allow', 'nurse', '--out', 'content.txt'], 2, /it is there already/],
    [['get-key', '--out', 'KEY'], 2, /missing the identifier/],
    [['get-key', 'QUJD', '--message', 'content.txt', '--out', 'KEY'], 2, /or --message/],
    [['get-key', '--message', 'content.txt', '--out', 'KEY'], 1, /unseal\.malformed/],
    [['get-key', 'no base64', '--out', 'KEY'], 1, /kgss\.key-id/],
    [['get-key', 'QUJD', '--answer-for', 'me', '--out', 'KEY'], 2, /answer-for/],
  ])('refuses %j with exit code %i, and makes no file', async (parameters, code, words) => {
    const placed = parameters.map((word) => (['KEY', 'content.txt'].includes(word) ? file(word) : word))
    const outcome = await kgss('physician', ...placed)
    expect([outcome.code, existsSync(file('KEY'))]).toEqual([code, false])
    expect(outcome.stderr).toMatch(words)
    expect(readFileSync(file('content.txt'), 'utf8')).toBe(content)
  })

  it('shows no key on the way, in no recording and in no debug line', () => {
    const keys = ['made.bin', 'own.bin', 'nurses.bin'].map((name) => readFileSync(file(name)))
    const recorded = readdirSync(file('record')).map((name) =>
      readFileSync(`${file('record')}/${name}`, 'latin1'),
    )
    expect(recorded.length).toBeGreaterThan(6)
    const shown = [...outcomes.flatMap(({ stdout, stderr }) => [stdout, stderr]), ...recorded].join('\n')
    expect(shown).toMatch(/^request service=kgss/m)
    for (const key of keys)
      for (const encoding of ['base64', 'hex', 'base64url'] as const)
        expect(shown).not.toContain(key.toString(encoding).slice(0, 20))
  })
})
