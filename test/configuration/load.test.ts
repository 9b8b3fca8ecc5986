import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { loadConfiguration } from '../../src/configuration/index.js'
import { connect } from '../../src/index.js'
import { startSimulator, type Simulator } from '../../src/simulator/index.js'
import { endpointOf } from '../../src/technical/environment/environment.js'
import { printed, refusal, workplace } from './workplace.js'

const { write } = workplace()
const place = write
const fixture = (path: string) => fileURLToPath(new URL(`../../fixtures/${path}`, import.meta.url))
const keystore = fixture('keystores/recipient-a.p12')
const pem = fixture('wss/certs/ca.pem')
const secret = 'etee-alpha'

let simulator: Simulator
let files: { keystore: string; root: string; sts: string; authority: string }
beforeAll(async () => {
  simulator = await startSimulator()
  const { trust } = simulator.environment
  files = {
    keystore: write('physician.p12', simulator.personas.physician.keystore),
    root: write('pki/root.pem', trust.signers![0]!),
    sts: write('pki/sts.pem', trust.sts![0]!),
    authority: write('pki/authority.pem', trust.registrationAuthority![0]!),
  }
})
afterAll(() => simulator.close())

const platform = () => ({
  environment: 'simulation',
  baseUrl: simulator.url,
  trust: {
    tls: files.root,
    signers: [files.root],
    sts: 'pki/sts.pem',
    registrationAuthority: 'pki/authority.pem',
  },
})

describe('loadConfiguration', () => {
  it('gives what connect() takes: a token and a message box, from a file and the environment alone', async () => {
    const { physician } = simulator.personas
    const file = write(
      'ehealth.json',
      JSON.stringify({
        ...platform(),
        keystore: { file: 'physician.p12' },
        as: { profession: 'physician', nihii: physician.nihii },
        timeouts: { ehboxConsultation: '20s' },
      }),
    )
    const options = await loadConfiguration({ file, env: { EHEALTH_KEYSTORE_PASSWORD: physician.password } })
    // the SSIN is that of the keystore
    expect(options.as.ssin).toBe(physician.ssin)
    await using me = await connect(options)
    expect((await me.technical.token()).notOnOrAfter.getTime()).toBeGreaterThan(0)
    expect((await me.ehbox.info()).box).toBeDefined()
  })

  it('passes on every setting', async () => {
    const options = await loadConfiguration({
      options: {
        environment: 'acceptance',
        baseUrl: 'https://gateway.example.test',
        endpoints: { kgss: 'https://kgss.example.test/x' },
        trust: { sts: pem, timestampAuthority: [pem, pem] },
        keystore: { file: keystore, password: async () => secret, alias: 'mine' },
        identification: { file: keystore, emptyPassword: true },
        as: { profession: 'physician', ssin: '90.01.01-997.94', nihii: '10000106004' },
        validity: '1h',
        timeout: 5000,
        timeouts: { sts: '1min' },
        record: 'recording',
        userAgent: 'Care/1.0',
      },
    })
    expect(options).toMatchObject({
      keystore: { file: keystore, password: secret, alias: 'mine' },
      identification: { file: keystore, password: '' },
      validity: 3_600_000,
      timeout: 5000,
      timeouts: { sts: 60_000 },
      record: expect.stringMatching(/recording$/) as string,
      userAgent: 'Care/1.0',
    })
    expect(options.as).toMatchObject({ profession: 'physician', ssin: '90010199794' })
    const environment = options.environment as Exclude<typeof options.environment, string>
    expect(environment.trust).toEqual({
      sts: [readFileSync(pem)],
      timestampAuthority: [readFileSync(pem), readFileSync(pem)],
    })
    expect(endpointOf(environment, 'kgss')).toBe('https://kgss.example.test/x')
    expect(endpointOf(environment, 'consent')).toBe('https://gateway.example.test/Consent/v1')
    await (await connect(options)).close()
  })

  it('tells everything that is missing', async () => {
    const error = await refusal(loadConfiguration({ options: { identification: { alias: 'x' } } }))
    expect(error.details?.['faults']).toEqual(
      ['environment', 'keystore.file', 'identification.file', 'as.profession'].map(
        (path) => expect.objectContaining({ path, problem: 'missing' }) as object,
      ),
    )
  })

  it.each([
    ['trust.sts[1]', { trust: { sts: [pem, 'nowhere.pem'] } }, 'there is no such file'],
    ['trust.tls[0]', { trust: { tls: fixture('README.md') } }, 'no certificate in PEM or DER'],
    ['trust.signers[0]', { trust: { signers: fixture('wss') } }, 'it is a directory'],
    ['keystore.file', { keystore: { file: 'nowhere.p12', password: '' } }, 'there is no such file'],
    ['keystore.file', { keystore: { file: fixture('wss'), password: '' } }, 'it is no file'],
    ['keystore.password', { keystore: { file: keystore } }, 'nothing tells it'],
    ['keystore.password', { keystore: { file: keystore, password: (() => 1) as never } }, 'expected text'],
    [
      'keystore.passwordEnv',
      { keystore: { file: keystore, passwordEnv: 'NOT_SET' } },
      'the environment variable that it names is not set',
    ],
    [
      'keystore.passwordFile',
      { keystore: { file: keystore, passwordFile: 'nowhere' } },
      'there is no such file',
    ],
    [
      'as.ssin',
      { as: { profession: 'physician' } },
      'the keystore is that of a NIHII-HOSPITAL, not of a physician',
    ],
    ['as.nihii', { as: { profession: 'physician', ssin: '90010199794' } }, 'missing'],
  ])('looks at what is named: %s', async (path, changes, problem) => {
    const error = await refusal(
      loadConfiguration({
        env: {},
        options: {
          environment: 'acceptance',
          keystore: { file: keystore, password: secret },
          as: { profession: 'hospital' },
          ...changes,
        },
      }),
    )
    expect(error).toMatchObject({ code: 'configuration.invalid', path })
    expect(error.message).toContain(problem)
    expect(printed(error)).not.toContain(secret)
  })

  it('tells every certificate that cannot be read at once', async () => {
    const error = await refusal(
      loadConfiguration({
        options: {
          environment: 'acceptance',
          trust: { sts: 'nowhere.pem', signers: 'nothing.pem' },
          keystore: { file: keystore, password: secret },
          as: { profession: 'hospital' },
        },
      }),
    )
    expect((error.details?.['faults'] as { path: string }[]).map(({ path }) => path)).toEqual([
      'trust.sts[0]',
      'trust.signers[0]',
    ])
  })

  it('takes the password from a variable, a file, a function or a person', async () => {
    const load = async (ways: object, more: object = {}) =>
      (
        await loadConfiguration({
          options: {
            environment: 'acceptance',
            keystore: { file: keystore, ...ways },
            as: { profession: 'hospital', nihii: '71997358' },
          },
          ...more,
        })
      ).keystore
    const asked: string[] = []
    const prompt = async (path: string) => {
      asked.push(path)
      return 'told'
    }
    expect(await load({ passwordEnv: 'P' }, { env: { P: 'v' }, prompt })).toMatchObject({ password: 'v' })
    expect(await load({ passwordFile: write('password', 'line\r\n') })).toMatchObject({ password: 'line' })
    expect(await load({ passwordFile: write('plain', ' a\n\n') })).toMatchObject({ password: ' a\n' })
    expect(await load({ password: () => 'given' }, { prompt })).toMatchObject({ password: 'given' })
    expect(await load({ emptyPassword: true }, { prompt })).toMatchObject({ password: '' })
    expect(asked).toEqual([])
    expect(await load({}, { prompt })).toMatchObject({ password: 'told' })
    expect(asked).toEqual(['keystore'])
  })

  it('takes the licence of MyCareNet with its password from a variable or a file, and knows when it is not whole', async () => {
    const { password } = simulator.personas.physician
    const load = (mycarenet: Record<string, string>, env: Record<string, string> = {}) =>
      loadConfiguration({
        file: write(
          'licence.json',
          JSON.stringify({
            ...platform(),
            keystore: { file: 'physician.p12' },
            as: { profession: 'physician', nihii: simulator.personas.physician.nihii },
            mycarenet,
          }),
        ),
        env: { EHEALTH_KEYSTORE_PASSWORD: password, ...env },
      })
    const licence = { username: 'sample', password: 'synthetic-password' }
    write('licence.txt', 'synthetic-password\n')
    const whole = { username: 'sample', package: 'shop', site: '7' }
    expect((await load({ ...whole, passwordFile: 'licence.txt' })).mycarenet).toEqual({
      licence,
      package: 'shop',
      site: '7',
    })
    expect(
      (await load({ username: 'sample' }, { EHEALTH_MYCARENET_PASSWORD: 'synthetic-password' })).mycarenet,
    ).toEqual({ licence })
    expect((await load({ package: 'shop' })).mycarenet).toBeUndefined()
    for (const [mycarenet, path] of [
      [{ username: 'sample' }, 'mycarenet.password'],
      [{ passwordFile: 'licence.txt' }, 'mycarenet.username'],
      [{ username: 'sample', password: 'synthetic-password' }, 'mycarenet.password'],
    ] as const)
      await expect(load(mycarenet)).rejects.toMatchObject({ code: 'configuration.invalid', path })
  })

  it('takes the number of an organisation from its keystore', async () => {
    const options = await loadConfiguration({
      options: {
        environment: 'acceptance',
        keystore: { file: keystore, password: secret },
        as: { profession: 'hospital' },
      },
    })
    expect(options.as).toMatchObject({
      profession: 'hospital',
      nihii: expect.stringMatching(/^\d{8}$/) as string,
    })
  })
})

describe('the way to the platform', () => {
  const complete = {
    environment: 'acceptance',
    keystore: { file: keystore, passwordEnv: 'P12' },
    as: { profession: 'physician', ssin: '90010199794', nihii: '10000106004' },
  }
  const write = (name: string, settings: object): string => place(name, JSON.stringify(settings))

  it('comes from a file and from variables: time-outs, proxy, attempts, clock, headers', async () => {
    const file = write('way.json', {
      ...complete,
      http: { connectTimeout: '5s', idleTimeout: 7000, proxy: { bypass: 'localhost' } },
      retry: { attempts: 2 },
      from: 'it@lab.example',
    })
    const env = {
      P12: secret,
      EHEALTH_HTTP_PROXY_URL: 'http://user:secret@proxy.example:3128',
      EHEALTH_CORRECT_CLOCK: 'true',
    }
    expect(await loadConfiguration({ file, env })).toMatchObject({
      http: {
        connectTimeout: 5000,
        idleTimeout: 7000,
        proxy: { url: 'http://user:secret@proxy.example:3128', bypass: 'localhost' },
      },
      retry: { attempts: 2 },
      correctClock: true,
      from: 'it@lab.example',
    })
  })

  it.each([
    ['http.proxy.url', { http: { proxy: { url: 'http://user:secret@proxy.example:3128' } } }],
    ['http.proxy.url', { http: { proxy: { url: 'proxy.example:3128' } } }],
    ['http.proxy.url', { http: { proxy: { bypass: 'localhost' } } }],
    ['retry.attempts', { retry: { attempts: 0 } }],
    ['retry.attempts', { retry: { attempts: 'often' } }],
  ])('is refused at %s where it is none, and nothing is quoted', async (path, settings) => {
    const file = write('wrong-way.json', { ...complete, ...settings })
    const error = await loadConfiguration({ file, env: {} }).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'configuration.invalid', path })
    expect(JSON.stringify(error)).not.toContain('secret')
  })
})

describe('endpoints and timeouts of single services', () => {
  const load = async (changes: object) => {
    const { physician } = simulator.personas
    return loadConfiguration({
      options: {
        environment: 'simulation',
        baseUrl: simulator.url,
        trust: { tls: files.root, signers: files.root, sts: files.sts },
        keystore: { file: files.keystore, password: physician.password },
        as: { profession: 'physician', nihii: physician.nihii },
        ...changes,
      },
    })
  }

  it('send the calls of that service, and no others, to another address', async () => {
    const before = simulator.calls('ehboxConsultation')
    await using me = await connect(
      await load({ endpoints: { ehboxConsultation: `${simulator.url}/nowhere` } }),
    )
    await expect(me.ehbox.info()).rejects.toMatchObject({ origin: 'transport' })
    expect(simulator.calls('ehboxConsultation')).toBe(before)
  })

  it('end the calls of that service earlier than those of others', async () => {
    simulator.faults.add({ kind: 'delay', milliseconds: 3000, service: 'ehboxConsultation' })
    simulator.faults.add({ kind: 'delay', milliseconds: 700, service: 'sts' })
    await using me = await connect(await load({ timeout: '60s', timeouts: { ehboxConsultation: '500ms' } }))
    await expect(me.ehbox.info()).rejects.toMatchObject({ code: 'transport.timeout' })
  })
})
