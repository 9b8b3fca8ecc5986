import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { ehealth, fixture, program } from './run.js'

describe('the command `ehealth`', () => {
  it('is a program for a shell', () => {
    expect(readFileSync(program, 'utf8').split('\n')[0]).toBe('#!/usr/bin/env node')
  })

  it('tells the version of the package', async () => {
    const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
    const { stdout } = await ehealth(['--version'])
    expect(stdout.trim()).toBe((JSON.parse(manifest) as { version: string }).version)
  })

  it.each([
    ['nothing at all', []],
    ['an unknown option', ['demo', '--fast']],
    ['a missing option', ['simulator', '--port', '0']],
    ['a port that is none', ['simulator', '--port', '70000', '--dir', 'x']],
    ['a file that is not there', ['verify', '--kind', 'envelope', 'not-there.xml']],
    ['half a secret key', ['seal', '--keystore', 'x', '--secret-key', 'y']],
    ['no password', ['keystore', 'inspect', fixture('keystores/sender.p12')]],
    [
      'a variable that is not set',
      ['keystore', 'inspect', fixture('keystores/sender.p12'), '--password-env', 'NOT_SET'],
    ],
    ['a persona without simulator', ['token', '--environment', 'acceptance', '--persona', 'nurse']],
    ['a recipient that is none', ['ehbox', 'send', '--to', 'NURSE', '--title', 't', '--body', '-']],
  ])('exits with 2 for wrong use: %s', async (_, parameters) => {
    const { code, stdout, stderr } = await ehealth(parameters)
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).not.toBe('')
    expect(stderr).not.toMatch(/^ {4}at /m)
  })

  it('refuses a body that no reader could show, before anybody is asked', async () => {
    const send = ['ehbox', 'send', '--to', 'NURSE:INSS:84112399460', '--title', 't', '--body', '-']
    const latin1 = await ehealth(send, { input: Buffer.from('patient fatigu\u00e9', 'latin1') })
    expect(latin1.code).toBe(2)
    expect(latin1.stderr).toMatch(/^error usage: stdin is not UTF-8: convert it, .*iconv/)
    // the same in UTF-8 comes as far as the platform that nobody named; INSS is a type
    const utf8 = await ehealth(send, { input: 'patient fatigu\u00e9' })
    expect(utf8.stderr).toContain('environment: missing')
    expect(utf8.stderr).toContain('--simulator DIR --persona NAME')
  })

  it('shows the options of a connection apart from those of the command', async () => {
    const { stdout } = await ehealth(['ehbox', 'list', '--help'])
    const [own = '', connection = ''] = stdout.split('\nConnection options:\n')
    expect(own).toContain('--folder')
    expect(own).not.toContain('--keystore')
    expect(connection).toContain('--keystore')
    expect(connection).toContain('--as ')
  })

  it('shows errors as JSON on stdout where JSON was asked for, with code and hint', async () => {
    const { code, json } = await ehealth(
      ['keystore', 'inspect', fixture('keystores/sender.p12'), '--password-env', 'P', '--json'],
      { env: { P: 'wrong' } },
    )
    expect(code).toBe(1)
    expect(json<{ error: Record<string, unknown> }>().error).toMatchObject({
      code: 'keystore.password',
      hint: expect.stringMatching(/./) as string,
    })
  })

  it('takes no secret as an argument', async () => {
    for (const command of [
      ['seal'],
      ['unseal'],
      ['token'],
      ['doctor'],
      ['keystore', 'inspect'],
      ['ehbox', 'send'],
    ]) {
      const { stdout } = await ehealth([...command, '--help'])
      const options = [...stdout.matchAll(/^ +(?:-\w, )?(--[\w-]+) ?(<[^>]+>)?/gm)]
      const secret = options.filter(([, name]) => /password|secret-key$|pin/.test(name!))
      expect(secret.length).toBeGreaterThan(0)
      for (const [, , value] of secret) expect(value).toMatch(/<(variable|file)>/)
    }
  })
})
