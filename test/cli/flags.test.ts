import { afterEach, describe, expect, it, vi } from 'vitest'

import { main } from '../../src/cli/program.js'

afterEach(() => vi.restoreAllMocks())

async function helpOf(command: string): Promise<string> {
  const shown: string[] = []
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => shown.push(String(chunk)) > 0)
  expect(await main([...command.split(' '), '--help'])).toBe(0)
  return shown.join('')
}

// Scripts and judges outside of this repository are written against these: none may go or change its form.
describe('what scripts rely on', () => {
  it.each([
    ['demo', ['--record <dir>', '--json']],
    ['simulator', ['--port <number>', '--dir <dir>', '--record <dir>', '--http', '--json']],
    ['doctor', ['--json']],
    ['keystore inspect', ['--password-env <variable>', '--json']],
    ['token', ['--json']],
    [
      'seal',
      [
        '--keystore <file>',
        '--password-env <variable>',
        '--to <etk...>',
        '--secret-key <file>',
        '--secret-key-id <id>',
        '--in <file>',
        '--out <file>',
        '--json',
      ],
    ],
    [
      'unseal',
      [
        '--keystore <file>',
        '--password-env <variable>',
        '--secret-key <file>',
        '--secret-key-id <id>',
        '--trust <file...>',
        '--ocsp <policy>',
        '--non-repudiation',
        '--at <instant>',
        '--in <file>',
        '--out <file>',
        '--json',
      ],
    ],
    [
      'verify',
      [
        '--kind <kind>',
        '--policy <policy>',
        '--require <parts>',
        '--trust <file...>',
        '--sts <file...>',
        '--tsa <file...>',
        '--at <instant>',
        '--allow-sha1',
        '--signature <file>',
        '--covers <id>',
        '--json',
      ],
    ],
    ['ehbox list', ['--json']],
    ['ehbox read', ['--save <', '--json']],
    ['ehbox watch', ['--cursor <', '--once', '--json']],
    ['ehbox send', ['--to <', '--title <', '--body <', '--encrypt', '--json']],
  ])('ehealth %s keeps its options', async (command, options) => {
    const help = await helpOf(command)
    for (const option of options) expect(help).toContain(`  ${option}`)
  })

  it.each([
    ['unseal', ['none', 'sender-optional', 'sender-mandatory', 'receiver-optional', 'receiver-mandatory']],
    ['verify', ['sealed', 'envelope', 'assertion', 'xml', 'timestamp', 'service-list']],
    ['verify', ['x509', 'saml-hok', 'none']],
  ])('ehealth %s keeps its words: %j', async (command, words) => {
    const help = (await helpOf(command)).replace(/\s+/g, ' ')
    expect(help).toContain(`choices: ${words.map((word) => `"${word}"`).join(', ')}`)
  })
})
