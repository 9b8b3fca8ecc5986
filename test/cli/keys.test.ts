import { readFileSync, statSync, writeFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { ehealth, fixture, workplace } from './run.js'

const at = workplace()
const etee = (path: string): string => fixture(`etee/${path}`)
const env = { P: 'etee-alpha' }
const by = (name: string): string[] => ['--keystore', etee(`keystores/${name}.p12`), '--password-env', 'P']
const trust = ['--trust', etee('pki/root-ca.cer'), etee('pki/issuing-ca.cer')]
const content = Buffer.from('a letter with é and \0')

interface Report {
  accepted: boolean
  code?: string
  author?: { type: string; value: string }
  errors: string[]
  warnings: string[]
}

describe('ehealth keystore inspect', () => {
  it('shows identity, certificates and keys, and never a key', async () => {
    const { code, json, stdout } = await ehealth(
      ['keystore', 'inspect', fixture('keystores/recipient-a.p12'), '--password-env', 'P', '--json'],
      { env },
    )
    expect(code).toBe(0)
    expect(json()).toMatchObject({
      identity: { type: 'NIHII-HOSPITAL', value: '99990172' },
      authentication: { state: 'valid' },
      encryption: [{ state: 'valid' }, { state: 'expired' }],
    })
    expect(stdout).not.toMatch(/PRIVATE KEY|etee-alpha/)
  })

  it('shows a person one line for each thing', async () => {
    const { code, stdout } = await ehealth(
      ['keystore', 'inspect', fixture('keystores/recipient-a.p12'), '--password-env', 'P'],
      { env },
    )
    expect(code).toBe(0)
    expect(stdout).toMatch(/^identity +NIHII-HOSPITAL 99990172/m)
    expect(stdout).toMatch(/^authentication +authentication, rsa 2048, valid, 20\S+ to 20/m)
    expect(stdout).toMatch(/^renewable from +20/m)
    expect(stdout.match(/^encryption key +\d+, rsa/gm)).toHaveLength(2)
    expect(stdout).not.toMatch(/[{}[\]]|PRIVATE KEY|etee-alpha/)
  })

  it('says whose keystore it is when it is not that of the caller', async () => {
    const { code, stderr } = await ehealth(
      [
        ...['token', '--environment', 'acceptance', '--as', 'physician', '--password-env', 'P'],
        ...['--keystore', fixture('keystores/recipient-a.p12')],
      ],
      { env },
    )
    expect(code).toBe(2)
    expect(stderr).toContain('the keystore is that of a NIHII-HOSPITAL, not of a physician')
  })

  it('names the place of a fault', async () => {
    const { code, stderr } = await ehealth(
      [
        ...['token', '--environment', 'acceptance', '--as', 'physician', '--password-env', 'P'],
        ...[
          '--ssin',
          '90010199795',
          '--nihii',
          '10000106004',
          '--keystore',
          fixture('keystores/recipient-a.p12'),
        ],
      ],
      { env },
    )
    expect(code).toBe(1)
    expect(stderr).toMatch(/^error identifier\.check-digit: .* \(at as\.ssin\)$/m)
  })

  it('reads the password from a file, without its newline', async () => {
    writeFileSync(at('password'), 'etee-alpha\n')
    const file = fixture('keystores/sender.p12')
    const { code, stdout } = await ehealth(['keystore', 'inspect', file, '--password-file', at('password')])
    expect(code).toBe(0)
    expect(stdout).toContain('90010199794')
  })

  it('refuses what is no keystore', async () => {
    const { code, stderr } = await ehealth(
      ['keystore', 'inspect', fixture('README.md'), '--password-env', 'P'],
      { env },
    )
    expect(code).toBe(1)
    expect(stderr).toContain('keystore.malformed')
  })
})

describe('ehealth seal and unseal', () => {
  it('carry a file from the sender to each of the recipients', async () => {
    writeFileSync(at('letter'), content)
    const to = ['--to', etee('etk/recipient-a.etk'), etee('etk/recipient-c.etk')]
    const sealed = await ehealth(
      ['seal', ...by('sender'), ...to, ...trust, '--in', at('letter'), '--out', at('sealed'), '--json'],
      { env },
    )
    expect(sealed.code).toBe(0)
    expect(sealed.json<{ recipients: string[] }>().recipients).toHaveLength(2)
    for (const reader of ['recipient-a', 'recipient-c']) {
      const { code, json } = await ehealth(
        ['unseal', ...by(reader), ...trust, '--in', at('sealed'), '--out', at(`${reader}.out`)],
        { env },
      )
      expect(code).toBe(0)
      expect(json<Report>()).toMatchObject({ accepted: true, author: { type: 'SSIN', value: '90010199794' } })
      expect(readFileSync(at(`${reader}.out`)).equals(content)).toBe(true)
      expect(statSync(at(`${reader}.out`)).mode & 0o077).toBe(0)
    }
    const stranger = await ehealth(['unseal', ...by('recipient-b'), ...trust, '--in', at('sealed')], { env })
    expect(stranger.code).toBe(1)
    expect(stranger.json<Report>().accepted).toBe(false)
  })

  it('need no --trust where the keystore holds the authorities', async () => {
    writeFileSync(at('own'), content)
    const sealed = await ehealth(
      [
        'seal',
        ...by('sender'),
        '--to',
        etee('etk/recipient-c.etk'),
        '--in',
        at('own'),
        '--out',
        at('own.sealed'),
      ],
      { env },
    )
    expect(sealed.stderr).toBe('')
    const { code } = await ehealth(['unseal', ...by('recipient-c'), '--in', at('own.sealed')], { env })
    expect(code).toBe(0)
  })

  it('carry a file to whoever holds a secret key', async () => {
    writeFileSync(at('key'), Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex'))
    writeFileSync(at('plain'), content)
    const key = ['--secret-key', at('key'), '--secret-key-id', Buffer.from('key number 1').toString('base64')]
    const sealed = await ehealth(
      ['seal', ...by('sender'), ...key, '--in', at('plain'), '--out', at('known')],
      { env },
    )
    expect(sealed.stderr).toBe('')
    const opened = await ehealth(['unseal', ...key, ...trust, '--in', at('known'), '--out', at('known.out')])
    expect(opened.code).toBe(0)
    expect(readFileSync(at('known.out')).equals(content)).toBe(true)
  })

  it('work as a pipe', async () => {
    const sealed = await ehealth(
      ['seal', ...by('sender'), '--to', etee('etk/recipient-c.etk'), '--out', at('piped')],
      { env, input: content },
    )
    expect(sealed.code).toBe(0)
    const opened = await ehealth(['unseal', ...by('recipient-c'), '--out', at('piped.out')], {
      env,
      input: readFileSync(at('piped')),
    })
    expect(opened.code).toBe(0)
    expect(readFileSync(at('piped.out')).equals(content)).toBe(true)
  })

  it.each([
    'negative/outer-content-flipped.cms',
    'negative/inner-content-flipped.cms',
    'negative/untrusted-signer.cms',
    'negative/truncated-60-percent.cms',
    'negative/empty-file.bin',
  ])('refuse %s with exit code 1, and write nothing', async (name) => {
    const out = at('never')
    const { code, json } = await ehealth(
      ['unseal', ...by('recipient-a'), ...trust, '--in', etee(name), '--out', out],
      { env },
    )
    expect(code).toBe(1)
    const { accepted, code: why } = json<Report>()
    expect(accepted).toBe(false)
    expect(why).toMatch(/^unseal\./)
    expect(() => readFileSync(out)).toThrow()
  })

  it('refuse a token that does not lead to the anchors', async () => {
    const { code, stderr } = await ehealth(
      ['seal', ...by('sender'), '--to', etee('etk/untrusted-chain.etk'), '--out', at('nobody')],
      { env, input: 'x' },
    )
    expect(code).toBe(1)
    expect(stderr).toMatch(/^error etk\./)
    expect(() => readFileSync(at('nobody'))).toThrow()
  })
})

describe('ehealth etk inspect', () => {
  it('verifies a token offline, and shows whose it is', async () => {
    const { code, json } = await ehealth(['etk', 'inspect', ...trust, etee('etk/recipient-a.etk'), '--json'])
    expect(code).toBe(0)
    expect(json()).toMatchObject({ verified: true, type: 'NIHII-HOSPITAL', value: '99990172', keyBits: 2048 })
  })

  it.each([
    ['of a stranger', 'untrusted-chain'],
    ['with a changed signature', 'bad-ra-signature'],
    ['cut short', 'truncated'],
    ['of another owner than asked for', 'recipient-a', '--type', 'SSIN', '--value', '90010199726'],
  ])('refuses a token %s', async (_, name, ...expected) => {
    const { code, json } = await ehealth([
      ...['etk', 'inspect', etee(`etk/${name}.etk`), ...trust, '--json'],
      ...expected,
    ])
    expect(code).toBe(1)
    expect(json<{ error: { code: string } }>().error.code).toMatch(/^etk\./)
  })

  it('proves nothing without anchors, and says so', async () => {
    const { code } = await ehealth(['etk', 'inspect', etee('etk/recipient-a.etk')])
    expect(code).toBe(2)
  })
})
