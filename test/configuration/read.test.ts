import fc from 'fast-check'
import path from 'node:path'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'

import { readConfiguration, type SettingsInput } from '../../src/configuration/index.js'
import { constantCase, settingsByPath } from '../../src/configuration/settings.js'
import { printed, refusal, workplace } from './workplace.js'

const { directory, write } = workplace()
const json = (name: string, content: unknown) => write(name, JSON.stringify(content))
const secret = 'geheim-1234'

describe('the sources of a configuration', () => {
  it('go one before the other, value by value, and each value tells where it comes from', async () => {
    const properties = write(
      'official.properties',
      'environment=int\nconnector.soaphandler.connection.request.timeout=1000\nuser.inss=90010199794\n',
    )
    const file = json('order.json', {
      environment: 'acceptance',
      timeout: '2s',
      timeouts: { sts: '3s', etkDepot: 4000 },
      keystore: { file: 'me.p12', alias: 'mine' },
    })
    const { settings, origins, warnings } = await readConfiguration({
      properties,
      file,
      env: { EHEALTH_TIMEOUT: '5s', EHEALTH_TIMEOUT_ETK_DEPOT: '6s', PATH: '/usr/bin' },
      options: { timeout: 7000, userAgent: 'Care/1.0' },
    })
    expect(settings).toEqual({
      environment: 'acceptance',
      timeout: 7000,
      timeouts: { sts: 3000, etkDepot: 6000 },
      keystore: { file: path.join(directory, 'me.p12'), alias: 'mine' },
      as: { ssin: '90010199794' },
      http: { idleTimeout: 1000 },
      userAgent: 'Care/1.0',
    })
    expect(origins).toEqual({
      environment: file,
      timeout: 'options',
      'timeouts.sts': file,
      'timeouts.etkDepot': 'EHEALTH_TIMEOUT_ETK_DEPOT',
      'keystore.file': file,
      'keystore.alias': file,
      'as.ssin': `${properties}:3 user.inss`,
      'http.idleTimeout': `${properties}:2 connector.soaphandler.connection.request.timeout`,
      userAgent: 'options',
    })
    expect(warnings).toEqual([])
  })

  it('replace the way to a password as a whole', async () => {
    const file = json('password.json', { keystore: { file: 'a.p12', passwordEnv: 'OTHER' } })
    const { settings } = await readConfiguration({ file, env: { EHEALTH_KEYSTORE_PASSWORD: secret } })
    expect(Object.keys(settings.keystore!).sort()).toEqual(['file', 'password'])
  })

  it('are none unless they are named: no variable is looked at that was not handed in', async () => {
    process.env['EHEALTH_TIMEOUT'] = '5s'
    try {
      expect((await readConfiguration({})).settings).toEqual({})
    } finally {
      delete process.env['EHEALTH_TIMEOUT']
    }
  })

  it('include the file that EHEALTH_CONFIG names, unless the program names another one', async () => {
    const one = json('one.json', { timeout: 1000 })
    const two = json('two.json', { timeout: 2000 })
    const env = { EHEALTH_CONFIG: one }
    expect((await readConfiguration({ env })).settings.timeout).toBe(1000)
    expect((await readConfiguration({ env, file: two })).settings.timeout).toBe(2000)
    expect((await readConfiguration({ env: { EHEALTH_CONFIG: '' } })).settings).toEqual({})
  })

  it('may be a module that exports settings, or a function that gives them', async () => {
    const object = write('object.mjs', `export default { timeout: '1s', keystore: { password: () => 'x' } }`)
    const later = write('later.mjs', `export default async () => ({ environment: 'acceptance' })`)
    expect((await readConfiguration({ file: object })).settings.timeout).toBe(1000)
    expect((await readConfiguration({ file: later })).settings.environment).toBe('acceptance')
  })

  it('may be the settings of every variable that there is', async () => {
    const values: Record<string, string> = {
      environment: 'custom',
      'base-url': 'https://gateway.example.test',
      endpoint: 'https://x.example.test/y',
      file: 'a.p12',
      files: ['a.pem', 'b.pem'].join(path.delimiter),
      directory: 'out',
      variable: 'P12_PASSWORD',
      flag: 'true',
      profession: 'nurse',
      ssin: '90010199794',
      nihii: '10000106004',
      cbe: '0999999922',
      ehp: '1990009933',
      site: '0042',
      duration: '2h',
      timeout: '90s',
      text: 'mine',
      header: 'Care/1.0',
      proxy: 'http://proxy.example.test:3128',
      count: '2',
      'application-id': 'HOSPITAL-1',
      secret,
    }
    for (const { path: setting, variable, kind } of settingsByPath.values()) {
      const env = {
        [variable]: values[kind]!,
        ...(kind === 'environment' ? { EHEALTH_BASE_URL: 'https://x' } : {}),
      }
      const { origins } = await readConfiguration({ env })
      expect(origins[setting], variable).toBe(variable)
    }
    const variables = [...settingsByPath.values()].map(({ variable }) => variable)
    expect(new Set(variables).size).toBe(variables.length)
    expect(['ehboxConsultation', 'eh2eboxPublication', 'dicsV4', 'sts'].map(constantCase)).toEqual([
      'EHBOX_CONSULTATION',
      'EH2EBOX_PUBLICATION',
      'DICS_V4',
      'STS',
    ])
  })
})

describe('what is wrong with a configuration', () => {
  it('is told at once, each fault with path, source and hint', async () => {
    const file = json('wrong.json', { enviroment: 'acceptance', timeout: '0s', trust: { signer: 'a.pem' } })
    const error = await refusal(
      readConfiguration({
        file,
        env: { EHEALTH_BASE_URL: 'http://x.example.test' },
        options: { environment: 'acceptence', timeouts: { sts: -1 } },
      }),
    )
    expect(error.code).toBe('configuration.invalid')
    expect(error.path).toBe('enviroment')
    expect(error.hint).toBe('Did you mean environment?')
    expect(error.details?.['faults']).toEqual([
      expect.objectContaining({ path: 'enviroment', problem: 'there is no such setting', source: file }),
      expect.objectContaining({ path: 'timeout', source: file }),
      expect.objectContaining({ path: 'trust.signer', hint: 'Did you mean trust.signers?' }),
      expect.objectContaining({ path: 'baseUrl', source: 'EHEALTH_BASE_URL' }),
      expect.objectContaining({ path: 'environment', hint: 'Did you mean acceptance?', source: 'options' }),
      expect.objectContaining({ path: 'timeouts.sts' }),
    ])
  })

  it.each<[string, string, unknown]>([
    ['environment', 'a name that there is not', { environment: 'staging' }],
    ['environment', 'another kind of value', { environment: 1 }],
    ['baseUrl', 'a slash at the end', { baseUrl: 'https://x.example.test/' }],
    ['baseUrl', 'missing for a custom environment', { environment: 'custom' }],
    ['baseUrl', 'missing for a simulation', { environment: 'simulation' }],
    ['endpoints.sts', 'no https', { endpoints: { sts: 'http://x.example.test' } }],
    ['endpoints.nowhere', 'a service that there is not', { endpoints: { nowhere: 'https://x' } }],
    ['endpoints', 'a list', { endpoints: ['https://x'] }],
    ['trust.sts', 'an empty list', { trust: { sts: [] } }],
    ['trust.sts', 'a list with a number', { trust: { sts: ['a.pem', 1] } }],
    ['trust.tls', 'an object', { trust: { tls: { file: 'a.pem' } } }],
    ['keystore', 'a text', { keystore: 'a.p12' }],
    ['keystore', 'null', { keystore: null }],
    ['keystore.file', 'empty', { keystore: { file: '' } }],
    ['keystore.file', 'a line break', { keystore: { file: 'a\nb' } }],
    ['keystore.emptyPassword', 'no truth value', { keystore: { emptyPassword: 'perhaps' } }],
    ['keystore.passwordEnv', 'no name of a variable', { keystore: { passwordEnv: secret } }],
    ['keystore.password', 'no text', { keystore: { password: 1 } }],
    ['keystore.passwordFile', 'two ways', { keystore: { passwordEnv: 'P', passwordFile: 'p' } }],
    ['as.profession', 'a profession that there is not', { as: { profession: 'wizard' } }],
    ['as.nihii', 'a number that is none', { as: { nihii: '1' } }],
    ['validity', 'no duration', { validity: 'long' }],
    ['validity', 'not a number', { validity: NaN }],
    ['timeout', 'a unit that there is not', { timeout: '5 fortnights' }],
    ['timeout', 'longer than a timer can', { timeout: '30d' }],
    ['timeout', 'above every number', { timeout: Infinity }],
    ['timeouts.sts', 'below a millisecond', { timeouts: { sts: '0.1ms' } }],
    ['userAgent', 'a line break', { userAgent: 'Care\r\nX: y' }],
    ['record', 'empty', { record: '' }],
    ['nationalRegister.applicationId', 'too long', { nationalRegister: { applicationId: 'TWELVE-CHARS' } }],
  ])('has a path: %s: %s', async (where, _, options) => {
    const error = await refusal(readConfiguration({ options: options as SettingsInput }))
    expect(error.path).toBe(where)
    expect(printed(error)).not.toContain(secret)
  })

  it('keeps the code of a number with wrong check digits', async () => {
    const error = await refusal(readConfiguration({ options: { as: { ssin: '90010199795' } } }))
    expect([error.code, error.path]).toEqual(['identifier.check-digit', 'as.ssin'])
    expect(printed(error)).not.toContain('90010199795')
  })

  it('never shows a value, wherever it stands', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...settingsByPath.values()),
        fc.constantFrom('file', 'env', 'options'),
        async ({ path: setting, variable }, source) => {
          const value = `\u0001${secret}`
          const [group, name] = setting.split('.') as [string, string | undefined]
          const nested = name === undefined ? { [group]: value } : { [group]: { [name]: value } }
          const error = await readConfiguration(
            source === 'file'
              ? { file: json('value.json', nested) }
              : source === 'env'
                ? { env: { [variable]: value } }
                : { options: nested },
          ).then(
            () => undefined,
            (reason: unknown) => reason,
          )
          if (error !== undefined) expect(inspect(error) + JSON.stringify(error)).not.toContain(secret)
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('environment variables', () => {
  it('that look misspelt are refused; another one with our prefix is told as a warning', async () => {
    const error = await refusal(readConfiguration({ env: { EHEALTH_KEYSTORE_PASWORD: secret } }))
    expect(error.hint).toBe('Did you mean EHEALTH_KEYSTORE_PASSWORD?')
    expect(printed(error)).not.toContain(secret)
    const { warnings } = await readConfiguration({ env: { EHEALTH_OF_OTHERS_ALTOGETHER: secret } })
    expect(warnings).toEqual(['the variable EHEALTH_OF_OTHERS_ALTOGETHER is no setting'])
  })

  it('count as not set when they are empty, but a password may be empty', async () => {
    const { origins } = await readConfiguration({
      env: { EHEALTH_TIMEOUT: '', EHEALTH_KEYSTORE_PASSWORD: '', EHEALTH_RECORD: undefined },
    })
    expect(origins).toEqual({ 'keystore.password': 'EHEALTH_KEYSTORE_PASSWORD' })
  })
})

describe('a configuration file', () => {
  it.each([
    ['a comma too many', '{ "timeout": 1000, }', 'line 1, column'],
    ['cut off', `{ "keystore": { "passwordEnv": "${secret}`, 'is no JSON'],
    [
      'a name that stands twice',
      '{ "timeout": 1000,\n  "timeout": 2000 }',
      'timeout stands twice, the second time at line 2',
    ],
    [
      'a name that stands twice, written otherwise',
      '{ "as": { "ssin": "", "\\u0073sin": "" } }',
      'ssin stands twice',
    ],
    ['empty', '', 'is no JSON'],
  ])('is refused when it is broken: %s', async (_, content, words) => {
    const error = await refusal(readConfiguration({ file: write('broken.json', content) }))
    expect(error.code).toBe('configuration.malformed')
    expect(error.message).toContain(words)
    expect(printed(error)).not.toContain(secret)
  })

  it('may have the same name in different objects, and text that looks like names', async () => {
    const file = write(
      'fine.json',
      '{ "timeouts": { "sts": 1000 }, "endpoints": { "sts": "https://x.example.test/%7B%22a%22:" } }',
    )
    expect((await readConfiguration({ file })).settings.timeouts).toEqual({ sts: 1000 })
  })

  it.each([
    ['another kind of file', 'settings.yaml', 'timeout: 1'],
    ['octets that are no UTF-8', 'latin.json', Buffer.from('{"userAgent":"é"}', 'latin1')],
    ['too large', 'large.json', `{"userAgent":"${'x'.repeat(1024 * 1024)}"}`],
    ['an array', 'array.json', '[]'],
    ['a module without default export', 'none.mjs', 'export const timeout = 1'],
    ['a module that fails', 'fails.mjs', `throw new Error('${secret}')`],
    ['a module that gives an instance', 'instance.mjs', 'export default new Map()'],
    ['properties of the official connector', 'x.properties', 'a=b'],
  ])('is refused: %s', async (_, name, content) => {
    const error = await refusal(readConfiguration({ file: write(name, content) }))
    expect(error.code).toMatch(/^configuration\.(invalid|malformed)$/)
    expect(JSON.stringify(error)).not.toContain(secret)
  })

  it('that is not there is told', async () => {
    for (const file of ['nowhere.json', 'nowhere.mjs', directory + '/']) {
      const error = await refusal(readConfiguration({ file }))
      expect(error).toMatchObject({ code: 'configuration.invalid', path: 'file' })
    }
  })

  it('never holds a password, not even as a module', async () => {
    const written = { keystore: { file: 'a.p12', password: secret } }
    for (const file of [
      json('password-in-it.json', written),
      write('password-in-it.mjs', `export default ${JSON.stringify(written)}`),
    ]) {
      const error = await refusal(readConfiguration({ file }))
      expect(error).toMatchObject({
        path: 'keystore.password',
        hint: 'Give passwordEnv or passwordFile instead.',
      })
      expect(printed(error)).not.toContain(secret)
    }
  })

  it('cannot reach into what every object inherits', async () => {
    const file = write('proto.json', '{ "__proto__": { "timeout": 1 }, "constructor": {} }')
    const error = await refusal(readConfiguration({ file }))
    expect(error.details?.['faults']).toHaveLength(2)
    expect(({} as { timeout?: number }).timeout).toBeUndefined()
  })
})

describe('the password in a configuration', () => {
  it('is shown by nothing that prints it', async () => {
    const configuration = await readConfiguration({ options: { keystore: { file: 'a', password: secret } } })
    expect(
      inspect(configuration, { depth: 10, showHidden: true }) + JSON.stringify(configuration),
    ).not.toContain(secret)
    await expect(configuration.settings.keystore!.password!.reveal()).resolves.toBe(secret)
  })
})
