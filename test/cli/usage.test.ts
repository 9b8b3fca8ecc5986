import { fileURLToPath } from 'node:url'

import { describe, expect, it } from 'vitest'

import { ehealth } from './run.js'

const wss = (name: string): string => fileURLToPath(new URL(`../../fixtures/wss/${name}`, import.meta.url))
const envelope = (name: string): string => wss(`envelopes/${name}`)

describe('ehealth', () => {
  it('names itself and its commands', async () => {
    const { code, stdout } = await ehealth(['--help'])
    expect(code).toBe(0)
    for (const command of [
      'demo',
      'simulator',
      'doctor',
      'keystore',
      'token',
      'etk',
      'kgss',
      'seal',
      'unseal',
      'verify',
      'ehbox',
    ])
      expect(stdout).toMatch(new RegExp(`^  ${command}\\b`, 'm'))
    expect(stdout).toMatch(/^Usage: ehealth /)
  })

  it.each([
    [['frobnicate']],
    [['verify', '--kind', 'envelope']],
    [['verify', '--kind', 'nothing', 'x']],
    [['verify', '--kind', 'envelope', '--require', 'soul', 'x']],
    [['verify', '--kind', 'envelope', '--at', 'noon', envelope('p01-x509-rsa-sha256.xml')]],
    [['verify', '--kind', 'assertion', '--covers', 'x', envelope('p04-saml-hok-rsa-sha256.xml')]],
    [['unseal', '--in', 'x']],
    [['seal', '--keystore', 'x']],
    [['token']],
    [['token', '--simulator', 'nowhere', '--persona', 'nurse']],
    [['token', '--simulator', 'x', '--persona', 'nurse', '--as', 'nurse']],
    [['keystore', 'inspect', 'nowhere.p12', '--password-env', 'X']],
  ])('answers %j with usage, exit code 2', async (parameters) => {
    const { code, stderr } = await ehealth(parameters)
    expect(code).toBe(2)
    expect(stderr).not.toBe('')
  })

  it.each([
    [
      ['keystore', 'inspect', 'nowhere.p12', '--password-env', 'X'],
      'cannot read nowhere.p12: there is no such file',
    ],
    [['keystore', 'inspect', '.', '--password-env', 'X'], 'cannot read .: it is a directory'],
    [
      ['token', '--simulator', 'nowhere', '--persona', 'nurse'],
      'nowhere is no directory of a simulator: start one with ehealth simulator --dir nowhere',
    ],
  ])('says in words what is wrong with %j', async (parameters, words) => {
    const { stderr } = await ehealth(parameters)
    expect(stderr).toBe(`error usage: ${words}\n`)
  })
})

describe('ehealth verify', () => {
  const trust = [
    '--trust',
    wss('certs/ca.pem'),
    '--sts',
    wss('certs/sts.pem'),
    '--at',
    '2026-01-15T12:00:10Z',
  ]

  it.each([
    ['x509', 'p01-x509-rsa-sha256.xml', [], true],
    ['saml-hok', 'p04-saml-hok-rsa-sha256.xml', [], true],
    ['saml-hok', 'm01-swa-request.http', [], true],
    ['x509', 'p03-x509-rsa-sha1-legacy.xml', ['--allow-sha1'], true],
    ['x509', 'p03-x509-rsa-sha1-legacy.xml', [], false],
    ['x509', 'p04-saml-hok-rsa-sha256.xml', [], false],
    ['saml-hok', 'p04-saml-hok-rsa-sha256.xml', ['--require', 'body,timestamp,assertion'], false],
    ['saml-hok', 'n01-body-changed.xml', [], false],
    ['x509', 'n05-wrapped-body-in-header.xml', [], false],
    ['none', 'n22-no-security-header.xml', [], true],
  ])('judges an envelope under %s: %s %j %s', async (policy, file, more, valid) => {
    const { code, stdout } = await ehealth([
      'verify',
      '--kind',
      'envelope',
      '--policy',
      policy,
      ...trust,
      ...more,
      '--json',
      envelope(file),
    ])
    const judgement = JSON.parse(stdout) as { kind: string; valid: boolean; errors: { code: string }[] }
    expect(judgement).toMatchObject({ kind: 'envelope', valid })
    expect(judgement.errors.length).toBe(valid ? 0 : 1)
    for (const error of judgement.errors) expect(error.code).toMatch(/^(signature|token|xml|certificate)\./)
    expect(code).toBe(valid ? 0 : 1)
  })

  it('takes the file where a list of files would swallow it', async () => {
    const { code, stdout } = await ehealth([
      'verify',
      '--kind',
      'envelope',
      '--at',
      '2026-01-15T12:00:10Z',
      '--sts',
      wss('certs/sts.pem'),
      '--trust',
      wss('certs/ca.pem'),
      envelope('p01-x509-rsa-sha256.xml'),
    ])
    expect(JSON.parse(stdout)).toMatchObject({ valid: true })
    expect(code).toBe(0)
  })

  it('judges assertions by the pinned signer and the instant', async () => {
    const judge = (at: string, sts: string) =>
      ehealth([
        'verify',
        '--kind',
        'assertion',
        '--sts',
        wss(sts),
        '--at',
        at,
        envelope('p04-saml-hok-rsa-sha256.xml'),
      ])
    const good = await judge('2026-01-15T12:00:10Z', 'certs/sts.pem')
    expect(good.code).toBe(0)
    expect(JSON.parse(good.stdout)).toMatchObject({ kind: 'assertion', valid: true, errors: [] })
    expect((await judge('2026-01-17T12:00:10Z', 'certs/sts.pem')).code).toBe(1)
    expect((await judge('2026-01-15T12:00:10Z', 'certs/ca.pem')).code).toBe(1)
  })
})
