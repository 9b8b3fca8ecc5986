/** The command with keys on a token: SoftHSM2, and the simulator. */
import { readFileSync, writeFileSync } from 'node:fs'

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

import { main } from '../src/cli/program.js'
import { startSimulator, type Simulator } from '../src/simulator/index.js'
import { openKeystore } from '../src/technical/keystore/index.js'
import { assertSchema } from '../test/cli/jsonSchemas.js'
import { workplace } from '../test/cli/run.js'
import { keysOf, makeReader, missing, type Reader, type SoftToken } from './pkcs11/softToken.js'

if (missing !== undefined) console.warn(`SKIPPED: ${missing}`)

describe.runIf(missing === undefined)('the command with a token', () => {
  const at = workplace()
  let reader: Reader
  let simulator: Simulator
  let token: SoftToken
  let card: string[]

  beforeAll(async () => {
    // settings of whoever runs the tests are none of the doctor's
    for (const name of Object.keys(process.env)) if (name.startsWith('EHEALTH_')) vi.stubEnv(name, undefined)
    reader = makeReader()
    simulator = await startSimulator()
    const { physician, nurse } = simulator.personas
    const { certificates } = await openKeystore(
      { bytes: physician.keystore },
      { password: physician.password },
    )
    const authorities = certificates.filter(({ isCa }) => isCa)
    token = reader.makeToken('doctor', await keysOf(physician), { card: true, authorities })
    card = ['--pkcs11', token.library, '--token-label', 'doctor', '--pin-env', 'CARD_PIN']
    vi.stubEnv('CARD_PIN', token.pin)
    vi.stubEnv('P12', nurse.password)
    writeFileSync(at('nurse.p12'), nurse.keystore)
    writeFileSync(at('physician.p12'), physician.keystore)
    vi.stubEnv('OWN_P12', physician.password)
    for (const [role, material] of Object.entries(simulator.environment.trust))
      writeFileSync(at(`${role}.pem`), (material as Uint8Array[]).map((one) => Buffer.from(one)).join('\n'))
    const { ssin, nihii } = physician
    const trust = Object.fromEntries(
      Object.keys(simulator.environment.trust).map((role) => [role, at(`${role}.pem`)]),
    )
    const as = { profession: 'physician', ssin, nihii }
    writeFileSync(
      at('ehealth.json'),
      JSON.stringify({ environment: 'simulation', baseUrl: simulator.url, trust, as }),
    )
  })
  afterAll(async () => {
    await simulator?.close()
    reader?.remove()
    vi.unstubAllEnvs()
  })

  async function run(...parameters: string[]) {
    const [out, err]: [string[], string[]] = [[], []]
    const stdout = vi
      .spyOn(process.stdout, 'write')
      .mockImplementation((chunk) => out.push(String(chunk)) > 0)
    const stderr = vi
      .spyOn(process.stderr, 'write')
      .mockImplementation((chunk) => err.push(String(chunk)) > 0)
    try {
      const exit = await main(parameters)
      assertSchema(parameters, out.join(''), exit)
      return {
        exit,
        text: out.join(''),
        remarks: err.join(''),
        json: () => JSON.parse(out.join('')) as unknown,
      }
    } finally {
      stdout.mockRestore()
      stderr.mockRestore()
    }
  }

  it('lists tokens and what is on one', async () => {
    const all = await run('keystore', 'tokens', '--pkcs11', token.library, '--json')
    expect(all.json()).toMatchObject({ tokens: [{ label: 'doctor', pinPad: false, pinAttempts: 'normal' }] })
    const one = await run('keystore', 'tokens', ...card, '--json')
    expect(one.json()).toMatchObject({
      entries: expect.arrayContaining([
        expect.objectContaining({ label: 'authentication', role: 'authentication', key: 'rsa 2048' }),
        expect.objectContaining({ role: 'encryption' }),
      ]) as unknown,
    })
    expect((await run('keystore', 'tokens', '--json')).exit).toBe(2)
    expect(one.text + (await run('keystore', 'tokens', ...card)).text).not.toContain(token.pin)
  })

  it('asks the STS', async () => {
    const { exit, json } = await run('token', '--config', at('ehealth.json'), ...card, '--json')
    expect(exit).toBe(0)
    expect(json()).toMatchObject({ identity: { type: 'SSIN', profession: 'physician' } })
  })

  it('lets the card identify and a keystore file hold the key of the session', async () => {
    const keystore = ['--keystore', at('physician.p12'), '--password-env', 'OWN_P12']
    const { exit, json } = await run('token', '--config', at('ehealth.json'), ...card, ...keystore, '--json')
    expect(exit).toBe(0)
    expect(json()).toMatchObject({ identity: { profession: 'physician' } })
  })

  it('seals with the token and opens with it', async () => {
    const { ssin } = simulator.personas.physician
    const own = await run(
      'etk',
      'get',
      '--type',
      'SSIN',
      '--value',
      ssin,
      '--out',
      at('own.etk'),
      '--config',
      at('ehealth.json'),
      ...card,
    )
    expect(own.exit).toBe(0)
    writeFileSync(at('letter.txt'), 'on paper')
    const trust = ['--trust', at('signers.pem')]
    const sealed = await run(
      'seal',
      ...card,
      '--to',
      at('own.etk'),
      ...trust,
      '--in',
      at('letter.txt'),
      '--out',
      at('letter.cms'),
    )
    expect(sealed.exit).toBe(0)
    const opened = await run('unseal', ...card, ...trust, '--in', at('letter.cms'), '--out', at('opened.txt'))
    expect(opened.exit).toBe(0)
    expect(opened.json()).toMatchObject({ accepted: true })
    expect(readFileSync(at('opened.txt'), 'utf8')).toBe('on paper')
  })

  it('is looked at by the doctor', async () => {
    const { exit, json } = await run('doctor', '--config', at('ehealth.json'), ...card, '--json')
    expect(exit).toBe(0)
    const { findings } = json() as { findings: { check: string; state: string }[] }
    expect(findings.filter(({ state }) => state !== 'ok')).toEqual([])
    expect(findings.map(({ check }) => check)).toEqual(
      expect.arrayContaining(['card', 'own encryption token']),
    )
    token.pull()
    const gone = await run('doctor', '--config', at('ehealth.json'), ...card, '--json')
    token.insert()
    expect(gone.exit).toBe(1)
    expect(gone.json()).toMatchObject({
      findings: expect.arrayContaining([
        expect.objectContaining({ check: 'card', state: 'fail', code: 'keystore.no-token' }),
      ]) as unknown,
    })
  })

  it('says what is wrong with the PIN, and never which it was', async () => {
    vi.stubEnv('CARD_PIN', '999999')
    const wrong = await run('token', '--config', at('ehealth.json'), ...card, '--json')
    vi.stubEnv('CARD_PIN', token.pin)
    token.steer('wrong')
    expect(wrong.exit).toBe(1)
    expect(wrong.json()).toMatchObject({ error: { code: 'keystore.pin', details: { pinAttempts: 'low' } } })
    expect(wrong.text + wrong.remarks).not.toContain('999999')
    const nobody = await run('token', '--config', at('ehealth.json'), ...card.slice(0, 4), '--json')
    expect(nobody.json()).toMatchObject({ error: { code: 'keystore.pin-required' } })
    const unset = [...card.slice(0, 5), 'NOT_SET']
    expect((await run('token', '--config', at('ehealth.json'), ...unset)).exit).toBe(2)
  })

  it.each([
    ['token', '--token-label', 'x'],
    ['seal', '--pkcs11', 'x.so', '--keystore', 'y.p12', '--to', 'z.etk'],
    ['seal', '--to', 'z.etk'],
    ['unseal', '--pin-env', 'P'],
    ['token', '--pkcs11', 'x.so', '--slot', 'first', '--environment', 'acceptance'],
    ['token', '--pkcs11', 'x.so', '--simulator', 'd', '--persona', 'nurse'],
  ])('refuses what cannot be meant: %s %s %s', async (...parameters) => {
    expect((await run(...parameters)).exit).toBe(2)
  })
})
