import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

import { ehealth, startSimulatorProcess, workplace, type Outcome, type RunningSimulator } from './run.js'

// several runs of the command in a test
vi.setConfig({ testTimeout: 90_000 })

const at = workplace()
const locales = { en: 'C.UTF-8', fr: 'fr_BE.UTF-8', nl: 'nl_BE.UTF-8' } as const

let platform: RunningSimulator
let nurse: string[]
let keystore: string[]
beforeAll(async () => {
  platform = await startSimulatorProcess(['--port', '0', '--dir', at('platform')])
  nurse = ['--simulator', at('platform'), '--persona', 'nurse']
  keystore = ['keystore', 'inspect', at('platform/personas/nurse.p12'), '--password-env', 'P12']
})
afterAll(() => platform.stop())

const inFrench = (parameters: readonly string[], env = {}): Promise<Outcome> =>
  ehealth(parameters, { env: { LC_ALL: locales.fr, ...env } })
const inDutch = (parameters: readonly string[], env = {}): Promise<Outcome> =>
  ehealth(parameters, { env: { LC_ALL: locales.nl, ...env } })

/** The same in all languages. */
async function inAll(parameters: readonly string[], env = {}): Promise<Outcome[]> {
  return Promise.all(Object.values(locales).map((LC_ALL) => ehealth(parameters, { env: { ...env, LC_ALL } })))
}

/** What a run cannot say twice: durations, instants and ports. */
const steady = (text: string): string =>
  text
    .replaceAll(/\d{4}-\d\d-\d\d(T[\d:.]+Z)?/g, 'DAY')
    .replaceAll(/(?<=127\.0\.0\.1:)\d+/g, 'PORT')
    .replaceAll(/(?<="milliseconds": )[\d.]+|\d+(?= ms)/g, 'N')

describe('the built command', () => {
  it.each([
    [{ LC_ALL: 'fr_BE.UTF-8' }, 'Utilisation\u00a0: ehealth [options] [commande]'],
    [{ LC_ALL: 'nl_BE.UTF-8' }, 'Gebruik: ehealth [opties] [opdracht]'],
    [{ LC_ALL: '', LC_MESSAGES: '', LANG: 'nl_BE.UTF-8' }, 'Gebruik: ehealth [opties] [opdracht]'],
    [{ LC_ALL: 'de_BE.UTF-8', LANG: 'fr_BE' }, 'Usage: ehealth [options] [command]'],
  ])('has the help for %j', async (env, first) => {
    const { code, stdout } = await ehealth(['--help'], { env })
    expect([code, stdout.split('\n')[0]]).toEqual([0, first])
  })

  it('has the same commands and options in every help', async () => {
    const names = (text: string): string[] =>
      [...text.matchAll(/^ {2}(-\w, --[\w-]+|--[\w-]+|[a-z-]+)\b/gm)].map(([name]) => name)
    for (const parameters of [['--help'], ['ehbox', 'list', '--help']]) {
      const [english, ...rest] = await inAll(parameters)
      for (const { stdout } of rest) {
        expect(names(stdout)).toEqual(names(english!.stdout))
        expect(stdout).not.toMatch(
          /\b(Options:(?=.*Global)|Global Options|choices:|default:|display help|Example)/,
        )
      }
    }
  })

  it('says in the language what is wrong with the command line', async () => {
    expect((await inFrench(['ehbx'])).stderr).toBe(
      'erreur\u00a0: commande inconnue «\u00a0ehbx\u00a0»\n(Vouliez-vous dire ehbox\u00a0?)\n',
    )
    expect((await inDutch(['verify', '--kind', 'soul', 'x'])).stderr).toMatch(
      /^fout: het argument 'soul' van de optie '--kind <kind>' is niet geldig\. Mogelijke keuzes: sealed, /,
    )
    expect((await inDutch(['ehbox', 'list', '--limit', '-'])).stderr).toContain(
      'een getal groter dan 0 wordt verwacht',
    )
    expect((await inFrench(['unseal'])).stderr).toBe(
      'erreur usage\u00a0: indiquez --keystore, --pkcs11 ou --secret-key\n',
    )
    expect((await inDutch(['verify', '--kind', 'xml', at('nowhere.xml')])).stderr).toBe(
      `fout usage: kan ${at('nowhere.xml')} niet lezen: dat bestand bestaat niet\n`,
    )
    for (const { code } of await inAll(['unseal'])) expect(code).toBe(2)
  })

  it('says what an error means, in the words of the library, and what to do', async () => {
    const [english, french, dutch] = await inAll(keystore, { P12: 'wrong' })
    const [first, hint] = english!.stderr.trimEnd().split('\n')
    const message = first!.replace('error keystore.password: ', '')
    for (const [outcome, label] of [
      [french!, 'erreur keystore.password\u00a0: '],
      [dutch!, 'fout keystore.password: '],
    ] as const) {
      const lines = outcome.stderr.trimEnd().split('\n')
      expect(outcome.code).toBe(1)
      expect(lines).toHaveLength(3)
      expect(lines[0]!.startsWith(label)).toBe(true)
      expect(lines[0]).not.toContain(message)
      expect(lines[1]).toBe(`  ${message}`)
      expect(lines[2]).not.toBe(hint)
    }
    expect(french!.stderr).not.toBe(dutch!.stderr)
  })

  it('shows a hint that belongs to the very error as it is', async () => {
    const { stderr, code } = await inDutch(['token', '--config', 'nowhere.json'])
    const [first, ...rest] = stderr.trimEnd().split('\n')
    expect([code, ...rest]).toEqual([
      2,
      '  cannot read nowhere.json: there is no such file',
      '  Give the name of a configuration file.',
    ])
    expect(first).toMatch(/^fout configuration\.invalid: \p{Lu}/u)
  })

  it('speaks in the doctor', async () => {
    const { stdout, code } = await inFrench(['doctor', ...nurse])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^ok {4}clés de chiffrement +\d, la plus récente jusqu’au 20/m)
    expect(stdout).toMatch(/^ok {4}sts +https\S+ répond \(\d+\) en \d+ ms$/m)
    const lines = stdout.trimEnd().split('\n')
    const inOrder = lines.filter((line) => line.startsWith('ok ')).length
    expect(lines.at(-1)).toMatch(new RegExp(`^${inOrder} en ordre, \\d+ à examiner, 0 en échec$`))
    expect(stdout).not.toMatch(/\b(opens|answers|newest|given|granted|looked|agrees)\b/)
    const broken = (await inDutch(['doctor', '--warn-days', '9999', ...nurse])).stdout
    expect(broken).toMatch(
      /^warn +authenticatiesleutel +het certificaat ervan eindigt op .* \(certificate\.ends-soon\)$/m,
    )
    expect(broken).toContain('→ Vernieuw het certificaat voor die dag')
  })

  it('speaks when there is nothing to show', async () => {
    const [english, french, dutch] = await inAll(['ehbox', 'list', ...nurse])
    expect([english, french, dutch].map((one) => one!.stderr)).toEqual([
      'nothing in INBOX\n',
      'rien dans INBOX\n',
      'niets in INBOX\n',
    ])
  })

  it('names the fields of what it shows', async () => {
    expect((await inDutch(['ehbox', 'info', ...nurse])).stdout).toMatch(
      /^postbus {3}.*\ntoestand {2}.*\ngebruikt {2}\d+ van \d+ bytes/,
    )
    expect(
      (await inFrench(['identifier', '71022212354', '--kind', 'ssin'])).stdout +
        (await inFrench(['identifier', '0999.999.922'])).stdout,
    ).toMatch(/numéro BCE/)
  })

  it('runs the demonstration, which programs read in English', { timeout: 120_000 }, async () => {
    const { steps } = (await inFrench(['demo', '--json'])).json<{
      steps: { step: string; outcome: string }[]
    }>()
    expect(steps.filter(({ step }) => step.startsWith('nurse: ')).map(({ step }) => step)).toEqual([
      'nurse: list',
      'nurse: read',
      'nurse: move to the bin',
    ])
    expect(steps.find(({ step }) => step === 'nurse: move to the bin')!.outcome).toBe(
      'moved from INBOX to BININBOX',
    )
    for (const { outcome } of steps)
      expect(outcome).not.toMatch(/jeton|chiffré|lettre|déclaré|refusé|permis par/)
    const { stdout, code } = await inDutch(['demo'])
    expect(code).toBe(0)
    expect(stdout).toContain('arts: therapeutische relatie')
    expect(stdout).toMatch(/\nelke stap geverifieerd: 14 stappen in \d+ ms\n$/)
    expect(stdout.replaceAll(/“Discharge letter”/g, '')).not.toMatch(
      /\b(verified|sealed|moved|denied|allowed|the)\b/,
    )
  })
})

describe('what programs read', () => {
  it.each<[string, () => string[], Record<string, string>?]>([
    ['a usage error', () => ['unseal', '--json']],
    ['an error of the library', () => [...keystore, '--json'], { P12: 'wrong' }],
    ['the doctor', () => ['doctor', '--json', '--warn-days', '9999', ...nurse]],
    ['a mailbox', () => ['ehbox', 'list', '--json', ...nurse]],
    [
      'a verdict without --json',
      () => [
        'verify',
        '--kind',
        'envelope',
        new URL('../../fixtures/wss/envelopes/p01-x509-rsa-sha256.xml', import.meta.url).pathname,
      ],
    ],
  ])('is the same in every language: %s', async (_, parameters, env = {}) => {
    const [english, french, dutch] = await inAll(parameters(), env)
    expect(english!.stdout).not.toBe('')
    expect(() => english!.json()).not.toThrow()
    for (const outcome of [french!, dutch!]) {
      expect(steady(outcome.stdout)).toBe(steady(english!.stdout))
      expect(outcome.code).toBe(english!.code)
    }
  })
})
