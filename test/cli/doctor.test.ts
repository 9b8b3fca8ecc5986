/** `ehealth doctor`: every finding provoked, on the simulator. */
import { writeFileSync } from 'node:fs'

import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'

import { connectorServices } from '../../src/technical/environment/services.js'
import { main } from '../../src/cli/program.js'
import { startSimulator, type DepotToken, type Simulator } from '../../src/simulator/index.js'
import { readEntries } from '../../src/technical/keystore/entries.js'
import { writePkcs12, type Pkcs12Entry } from '../../src/technical/keystore/index.js'
import { encodeName, issueCertificate } from '../../src/simulator/pki/issue.js'
import { assertSchema } from './jsonSchemas.js'
import { workplace } from './run.js'

interface Finding {
  check: string
  state: 'ok' | 'warn' | 'fail'
  code: string
  remark: string
  advice: string | null
}
interface Checkup {
  exit: number
  ok: boolean
  findings: Finding[]
  text: string
}

const at = workplace()
const day = 24 * 60 * 60 * 1000
let simulator: Simulator
beforeAll(async () => {
  // settings of whoever runs the tests are none of theirs
  for (const name of Object.keys(process.env)) if (name.startsWith('EHEALTH_')) vi.stubEnv(name, undefined)
  simulator = await startSimulator()
  const { trust } = simulator.environment
  for (const [role, material] of Object.entries(trust))
    writeFileSync(
      at(`${role}.pem`),
      [...(material as Uint8Array[])].map((one) => Buffer.from(one)).join('\n'),
    )
  writeFileSync(at('physician.p12'), simulator.personas.physician.keystore)
  vi.stubEnv('P12', simulator.personas.physician.password)
})
afterAll(() => simulator.close())
afterEach(() => {
  simulator.clock.release()
  vi.restoreAllMocks()
})

async function run(parameters: readonly string[]): Promise<{ exit: number; text: string }> {
  const lines: string[] = []
  const stdout = vi
    .spyOn(process.stdout, 'write')
    .mockImplementation((chunk) => lines.push(String(chunk)) > 0)
  const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  try {
    const [exit, text] = [await main(parameters), lines.join('')]
    assertSchema(parameters, text, exit)
    return { exit, text }
  } finally {
    stdout.mockRestore()
    stderr.mockRestore()
  }
}

/** Looks at a set-up that is sound but for what is changed. */
async function doctor(changes: Record<string, unknown> = {}, ...parameters: string[]): Promise<Checkup> {
  const { ssin, nihii } = simulator.personas.physician
  const settings = {
    environment: 'simulation',
    baseUrl: simulator.url,
    trust: {
      sts: at('sts.pem'),
      signers: at('signers.pem'),
      tls: at('tls.pem'),
      registrationAuthority: at('registrationAuthority.pem'),
    },
    keystore: { file: at('physician.p12'), passwordEnv: 'P12' },
    as: { profession: 'physician', ssin, nihii },
    ...changes,
  }
  writeFileSync(at('ehealth.json'), JSON.stringify(settings))
  const { exit, text } = await run(['doctor', '--config', at('ehealth.json'), '--json', ...parameters])
  return { exit, text, ...(JSON.parse(text) as { ok: boolean; findings: Finding[] }) }
}

const found = ({ findings }: Checkup, check: string): Finding | undefined =>
  findings.find((finding) => finding.check === check)
const troubled = ({ findings }: Checkup): string[] =>
  findings.filter(({ state }) => state !== 'ok').map(({ check, state, code }) => `${check}: ${state} ${code}`)

/** A keystore of the physician with some of his entries, or of certificates made to measure. */
async function keystoreOf(name: string, entries: readonly Pkcs12Entry[]): Promise<Record<string, unknown>> {
  writeFileSync(at(name), await writePkcs12(entries, 'secret'))
  vi.stubEnv('OTHER_P12', 'secret')
  return { keystore: { file: at(name), passwordEnv: 'OTHER_P12' } }
}

async function physicianEntries() {
  const { keystore, password } = simulator.personas.physician
  const { keys, certificates } = await readEntries({ bytes: keystore }, password)
  return { keys, chain: certificates.filter(({ isCa }) => isCa) }
}

describe('the doctor', () => {
  it('finds a sound set-up sound, and says so of every part of it', async () => {
    const checkup = await doctor()
    expect(troubled(checkup)).toEqual([])
    expect(checkup).toMatchObject({ exit: 0, ok: true })
    expect(checkup.findings.map(({ check }) => check)).toEqual([
      'Node.js',
      'keystore',
      'authentication key',
      'encryption keys',
      'trust: sts',
      'trust: signers',
      'trust: servers',
      ...connectorServices,
      'service list',
      'clock',
      'token',
      'own encryption token',
    ])
    for (const finding of checkup.findings)
      expect(Object.keys(finding)).toEqual(['check', 'state', 'code', 'remark', 'advice'])
    const { ssin, nihii, password } = simulator.personas.physician
    for (const secret of [ssin, nihii, password]) expect(checkup.text).not.toContain(secret)
  })

  it('gives advice with everything that is not as it should be', async () => {
    const checkup = await doctor({ keystore: { file: at('nowhere.p12'), passwordEnv: 'P12' } })
    for (const { state, advice } of checkup.findings)
      if (state === 'ok') expect(advice).toBeNull()
      else expect(advice).toMatch(/^[A-Z].+\.$/)
  })
})

describe('a keystore', () => {
  it('that is not there, and whose password is wrong or missing, is a finding; the rest is looked at', async () => {
    vi.stubEnv('WRONG', 'wrong')
    const file = at('physician.p12')
    for (const [keystore, code] of [
      [{ file: at('nowhere.p12'), passwordEnv: 'P12' }, 'configuration.invalid'],
      [{ file, passwordEnv: 'WRONG' }, 'keystore.password'],
      [{ file, passwordEnv: 'NOT_SET' }, 'configuration.invalid'],
      [{ file: at('tls.pem'), passwordEnv: 'P12' }, 'keystore.malformed'],
    ] as const) {
      const checkup = await doctor({ keystore })
      expect(found(checkup, 'keystore'), code).toMatchObject({ state: 'fail', code })
      expect(checkup.exit).toBe(1)
      expect(found(checkup, 'sts')).toMatchObject({ state: 'ok' })
      expect(found(checkup, 'token')).toMatchObject({ state: 'warn', code: 'skipped' })
      expect(checkup.text).not.toContain('wrong"')
    }
  })

  it('that has ended fails, and the platform is not asked with it', async () => {
    const { keys } = await physicianEntries()
    const { privateKey, certificate } = keys[0]!
    const subject = certificate.subject.der
    const make = (from: number, until: number) =>
      issueCertificate(
        {
          subject,
          publicKey: certificate.publicKey,
          serialNumber: 5n,
          usages: ['digitalSignature'],
          notBefore: new Date(Date.now() + from * day),
          notAfter: new Date(Date.now() + until * day),
        },
        { name: encodeName([['commonName', 'Synthetic CA']]), key: privateKey },
      )
    const entry = (made: typeof certificate) => [{ alias: 'authentication', certificate: made, privateKey }]
    const ended = await doctor(await keystoreOf('ended.p12', entry(make(-30, -1))))
    expect(found(ended, 'authentication key')).toMatchObject({ state: 'fail', code: 'certificate.expired' })
    expect(found(ended, 'token')).toMatchObject({ code: 'skipped' })
    const early = await doctor(await keystoreOf('early.p12', entry(make(1, 30))))
    expect(found(early, 'authentication key')).toMatchObject({
      state: 'fail',
      code: 'certificate.not-yet-valid',
    })
  })

  it('that ends soon is a warning from the day that was asked for', async () => {
    const soon = await doctor({}, '--warn-days', '9999')
    expect(soon.exit).toBe(0)
    expect(found(soon, 'authentication key')).toMatchObject({ state: 'warn', code: 'certificate.ends-soon' })
    expect(found(soon, 'trust: sts')).toMatchObject({ state: 'warn', code: 'certificate.ends-soon' })
    const later = await doctor({}, '--warn-days', '10')
    expect(found(later, 'authentication key')).toMatchObject({ state: 'ok' })
    expect((await run(['doctor', '--warn-days', 'soon'])).exit).toBe(2)
  })

  it('without the key of the own encryption token cannot open what others seal', async () => {
    const { keys } = await physicianEntries()
    const [own] = keys
    const checkup = await doctor(await keystoreOf('bare.p12', [own!]))
    expect(troubled(checkup)).toEqual([
      'certificate chain: warn keystore.no-chain',
      'encryption keys: warn keystore.no-encryption-key',
      'own encryption token: fail etk.other-key',
    ])
    expect(checkup.exit).toBe(1)
  })
})

describe('the own encryption token', () => {
  it('that is not published fails', async () => {
    const { ssin } = simulator.personas.physician
    const tokens = simulator.world.tokens as DepotToken[]
    const kept = [...tokens]
    tokens.splice(0, tokens.length, ...tokens.filter(({ value }) => value !== ssin))
    try {
      const checkup = await doctor()
      expect(troubled(checkup)).toEqual(['own encryption token: fail etk.not-found'])
      expect(found(checkup, 'own encryption token')?.advice).toContain('certificate manager')
    } finally {
      tokens.splice(0, tokens.length, ...kept)
    }
  })
})

describe('trust', () => {
  it('in a file that holds no certificate is a finding, and everything else is looked at', async () => {
    writeFileSync(at('none.pem'), 'no certificate')
    const trust = { sts: [at('none.pem'), at('sts.pem')], signers: at('signers.pem'), tls: at('tls.pem') }
    const checkup = await doctor({ trust })
    expect(checkup.exit).toBe(1)
    const stated = checkup.findings.filter(({ check }) => check === 'trust: sts')
    expect(stated.map(({ state, code }) => `${state} ${code}`)).toEqual([
      'fail certificate.malformed',
      'ok ok',
    ])
    expect(stated[0]!.remark).toContain('trust.sts[0]')
    expect(found(checkup, 'sts')).toMatchObject({ state: 'ok' })
    expect(found(checkup, 'clock')).toMatchObject({ state: 'ok' })
  })

  it('in servers that is broken is not replaced by the public roots', async () => {
    writeFileSync(at('none.pem'), 'no certificate')
    const trust = { sts: at('sts.pem'), signers: at('signers.pem'), tls: at('none.pem') }
    const checkup = await doctor({ trust })
    expect(found(checkup, 'trust: servers')).toMatchObject({ state: 'fail' })
    expect(found(checkup, 'platform')).toMatchObject({ code: 'skipped' })
    expect(found(checkup, 'keystore')).toMatchObject({ state: 'ok' })
    expect(found(checkup, 'sts')).toBeUndefined()
  })

  it('that is missing names the option', async () => {
    const checkup = await doctor({ trust: { tls: at('tls.pem') } })
    expect(found(checkup, 'trust: sts')).toMatchObject({ state: 'fail', code: 'trust.missing' })
    expect(found(checkup, 'trust: signers')?.advice).toContain('--trust-signers')
  })

  it('in another STS fails at the token', async () => {
    const trust = { sts: at('signers.pem'), signers: at('signers.pem'), tls: at('tls.pem') }
    const checkup = await doctor({ trust })
    expect(found(checkup, 'token')).toMatchObject({ state: 'fail' })
    expect(found(checkup, 'token')?.code).toMatch(/^(token|signature)\./)
  })
})

describe('the way to the platform', () => {
  it('that is closed for one service says which', async () => {
    const endpoints = { kgss: 'https://127.0.0.1:1/Kgss/v1' }
    const checkup = await doctor({ endpoints })
    expect(troubled(checkup)).toContain('kgss: fail transport.connect')
    expect(found(checkup, 'kgss')).toMatchObject({
      remark: expect.stringContaining('ECONNREFUSED') as string,
    })
    expect(found(checkup, 'sts')).toMatchObject({ state: 'ok' })
    expect(checkup.exit).toBe(1)
  })

  it('that needs a name nobody knows says to look at the DNS', async () => {
    const checkup = await doctor({ endpoints: { kgss: 'https://nowhere.invalid/Kgss/v1' } })
    expect(found(checkup, 'kgss')).toMatchObject({ state: 'fail', code: 'transport.connect' })
    expect(found(checkup, 'kgss')?.advice).toContain('DNS')
  })

  it('that ends at a server with another certificate is not trusted', async () => {
    const stranger = await startSimulator()
    try {
      const checkup = await doctor({ baseUrl: stranger.url })
      expect(found(checkup, 'sts')).toMatchObject({ state: 'fail', code: 'transport.tls' })
      expect(found(checkup, 'sts')?.advice).toContain('--trust-tls')
      expect(found(checkup, 'clock')).toMatchObject({ state: 'warn', code: 'skipped' })
    } finally {
      await stranger.close()
    }
  })
})

describe('the clock', () => {
  it.each([
    [300, 'fail', 'behind'],
    [-300, 'fail', 'ahead of'],
    [30, 'warn', 'behind'],
  ])('that is off by %i s is a finding (%s)', async (seconds, state, word) => {
    simulator.clock.advance(seconds * 1000)
    const checkup = await doctor()
    expect(found(checkup, 'clock')).toMatchObject({ state, code: 'clock.skew' })
    expect(found(checkup, 'clock')?.remark).toContain(word)
    expect(found(checkup, 'clock')?.advice).toContain('NTP')
  })
})

describe('who calls', () => {
  it('is not looked at where nobody says it', async () => {
    const checkup = await doctor({ as: {} })
    expect(found(checkup, 'token')).toMatchObject({ state: 'warn', code: 'skipped' })
    expect(checkup.exit).toBe(0)
  })

  it('with a number that is another one’s is refused by the STS', async () => {
    const { physician, nurse } = simulator.personas
    const as = { profession: 'physician', ssin: physician.ssin, nihii: nurse.nihii }
    const checkup = await doctor({ as })
    expect(found(checkup, 'token')).toMatchObject({ state: 'fail' })
    expect(found(checkup, 'token')?.code).toMatch(/^token\./)
    expect(checkup.text).not.toContain(nurse.nihii)
  })
})
