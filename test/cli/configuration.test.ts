import { writeFileSync } from 'node:fs'
import path from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { ehealth, fixture, startSimulatorProcess, workplace, type RunningSimulator } from './run.js'

const at = workplace()
const keystore = fixture('keystores/recipient-a.p12')
const secret = 'etee-alpha'
const properties = fixture('properties/physician.properties')

interface Doctor {
  ok: boolean
  settings: { path: string; source: string; value?: unknown }[]
  findings: { check: string; state: string; remark: string }[]
}

describe('ehealth --config', () => {
  let simulator: RunningSimulator
  const config = at('ehealth.json')
  beforeAll(async () => {
    simulator = await startSimulatorProcess(['--port', '0', '--dir', at('sim')])
    writeFileSync(
      config,
      JSON.stringify({
        environment: 'simulation',
        baseUrl: simulator.ready.url,
        trust: { tls: 'sim/pki/root.pem', signers: 'sim/pki/root.pem', sts: 'sim/pki/sts.pem' },
        keystore: { file: 'sim/personas/physician.p12', passwordEnv: 'P12' },
        as: { profession: 'physician', nihii: '10000106004' },
      }),
    )
  })
  afterAll(async () => {
    expect(await simulator.stop()).toBe(0)
  })
  const personas = async () =>
    (
      JSON.parse((await import('node:fs')).readFileSync(at('sim/personas.json'), 'utf8')) as {
        personas: { name: string; nihii: string; password: string }[]
      }
    ).personas.find(({ name }) => name === 'physician')!

  it('connects with the settings of a file, from wherever it is called', async () => {
    const { password, nihii } = await personas()
    const { code, json, stderr } = await ehealth(['token', '--config', config, '--nihii', nihii, '--json'], {
      env: { P12: password },
    })
    expect([code, stderr]).toEqual([0, ''])
    expect(json<{ attributes: unknown[] }>().attributes.length).toBeGreaterThan(0)
  })

  it('finds the file in EHEALTH_CONFIG, and puts variables and options before it', async () => {
    const { password, nihii } = await personas()
    const env = { EHEALTH_CONFIG: config, EHEALTH_KEYSTORE_PASSWORD: password, EHEALTH_NIHII: nihii }
    const { code, json } = await ehealth(['doctor', '--json', '--trust-signers', at('sim/pki/root.pem')], {
      env,
    })
    expect(code).toBe(0)
    const { ok, settings, findings } = json<Doctor>()
    expect(ok).toBe(true)
    const source = (name: string) => settings.find((setting) => setting.path === name)!.source
    expect(source('baseUrl')).toBe(config)
    expect(source('keystore.password')).toBe('EHEALTH_KEYSTORE_PASSWORD')
    expect(source('as.nihii')).toBe('EHEALTH_NIHII')
    expect(source('trust.signers')).toBe('--trust-signers')
    expect(findings.filter(({ check }) => check === 'sts')).toHaveLength(1)
  })

  it('shows where each setting comes from, but neither passwords nor numbers', async () => {
    const { password, nihii } = await personas()
    const { stdout } = await ehealth(['doctor', '--config', config], {
      env: { EHEALTH_KEYSTORE_PASSWORD: password, EHEALTH_NIHII: nihii },
    })
    expect(stdout).toMatch(/^set +environment +simulation \(.*ehealth\.json\)$/m)
    expect(stdout).toMatch(/^set +keystore\.password +\(not shown\) \(EHEALTH_KEYSTORE_PASSWORD\)$/m)
    expect(stdout).toMatch(/^set +as\.nihii +\(not shown\) \(EHEALTH_NIHII\)$/m)
    expect(stdout).not.toContain(password)
    expect(stdout).not.toContain(nihii)
  })
})

describe('a configuration that is wrong', () => {
  it('is wrong use: everything at once, named as it was given', async () => {
    const config = at('wrong.json')
    writeFileSync(config, JSON.stringify({ keystore: { fiel: keystore }, timeout: 'soon' }))
    const { code, stdout, stderr, json } = await ehealth(
      ['token', '--config', config, '--ssin', '1', '--as', 'physician', '--json'],
      { env: { EHEALTH_TRUST_STS: 'nowhere.pem', EHEALTH_BASE_URL: secret } },
    )
    expect(code).toBe(2)
    const { error } = json<{ error: { code: string; details: { faults: object[] } } }>()
    expect(error.code).toBe('configuration.invalid')
    expect(error.details.faults).toEqual([
      expect.objectContaining({ path: 'keystore.fiel', source: config, hint: 'Did you mean keystore.file?' }),
      expect.objectContaining({ path: 'timeout', source: config }),
      expect.objectContaining({ path: 'baseUrl', source: 'EHEALTH_BASE_URL' }),
      expect.objectContaining({ path: 'as.ssin', source: '--ssin' }),
    ])
    expect(stdout + stderr).not.toContain(secret)
  })

  it.each([
    [['token', '--environment', 'acceptance', '--keystore', 'nowhere.p12', '--as', 'nurse'], 'keystore.file'],
    [['token', '--environment', 'acceptance', '--keystore', keystore, '--as', 'nurse'], 'keystore.password'],
    [['token', '--config', 'nowhere.json'], 'nowhere.json'],
    [['token', '--config', properties], 'ehealth doctor --properties'],
    [['token', '--simulator', 'x', '--persona', 'nurse', '--config', 'y'], 'give nothing beside it'],
    [['doctor', '--properties', properties, '--environment', 'acceptance'], 'nothing else'],
  ])('is wrong use: %j', async (parameters, words) => {
    const { code, stdout, stderr } = await ehealth(parameters)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(words)
  })
})

describe('ehealth doctor --properties', () => {
  it('judges every property in a table and shows no secret', async () => {
    const { code, stdout, stderr } = await ehealth(['doctor', '--properties', properties])
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^mapped {4}environment +acc → environment · /m)
    expect(stdout).toMatch(/^used {6}user\.inss +\(personal\) → as\.ssin · /m)
    expect(stdout).toMatch(/^ignored ! truststore_location +truststore\.jks · .*keytool -exportcert/m)
    expect(stdout).toMatch(/^ignored {3}truststore_password +\(secret\) · /m)
    expect(stdout).toMatch(/^unknown ! our\.own\.setting +\(not shown\) · /m)
    expect(stdout).toMatch(
      /^\d+ properties for acceptance: \d+ used, \d+ mapped, \d+ ignored, 1 unknown; \d+ marked !/m,
    )
    expect(stdout).not.toMatch(/geheim|90010199794|10000106004/)
  })

  it('gives a configuration file with --json, which the library takes', async () => {
    const { code, json } = await ehealth(['doctor', '--properties', properties, '--json'])
    expect(code).toBe(0)
    const report = json<{ counts: Record<string, number>; settings: object; findings: { name: string }[] }>()
    expect(report.counts['unknown']).toBe(1)
    const total = Object.values(report.counts).reduce((sum, count) => sum + count, 0)
    expect(report.findings).toHaveLength(total)
    const config = at('from-properties.json')
    writeFileSync(config, JSON.stringify(report.settings))
    const doctor = await ehealth(['doctor', '--config', config, '--environment', 'integration', '--json'], {
      env: {
        EHEALTH_KEYSTORE: keystore,
        EHEALTH_KEYSTORE_PASSWORD: secret,
        EHEALTH_BASE_URL: 'http://127.0.0.1:9',
      },
    })
    const { settings, findings } = doctor.json<Doctor>()
    expect(settings).toContainEqual({ path: 'http.idleTimeout', source: config, value: 60_000 })
    expect(findings).toContainEqual(expect.objectContaining({ check: 'authentication key', state: 'ok' }))
  })

  it.each([
    ['a circle of look-ups', 'a=${b}\nb=${a}\n', 'a → b → a'],
    ['a file that Java refuses', 'a=\\uZZZZ', 'four hexadecimal digits'],
  ])('fails for %s', async (_, content, words) => {
    const file = at('broken.properties')
    writeFileSync(file, content)
    const { code, stdout, stderr } = await ehealth(['doctor', '--properties', file])
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain(words)
    expect(stderr).toContain(path.basename(file))
  })

  it('shows names of properties without the signs that steer a terminal', async () => {
    const file = at('terminal.properties')
    writeFileSync(file, 'a\\u001b[31mb=c\nenvironment=\\u001b[2Jacc\n')
    const { stdout } = await ehealth(['doctor', '--properties', file])
    expect(stdout).not.toContain('\u001b')
  })
})
