import { readFileSync, writeFileSync } from 'node:fs'

import { afterEach, describe, expect, it, vi } from 'vitest'

import { main } from '../../src/cli/program.js'
import { assertSchema } from './jsonSchemas.js'
import { fixture, workplace } from './run.js'

interface Judgement {
  kind: string
  valid: boolean
  errors: { code: string; message: string }[]
  warnings: unknown[]
}

const at = workplace()
const wss = (path: string): string => fixture(`wss/${path}`)
const etee = (path: string): string => fixture(`etee/${path}`)

afterEach(() => vi.restoreAllMocks())

/** Runs the command in this process: there are many vectors. */
async function verify(...parameters: string[]): Promise<{ code: number; judgement: Judgement }> {
  let stdout = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    stdout += String(chunk)
    return true
  })
  try {
    const code = await main(['verify', '--json', ...parameters])
    assertSchema(['verify'], stdout, code)
    return { code, judgement: JSON.parse(stdout) as Judgement }
  } finally {
    vi.restoreAllMocks()
  }
}

function expectVerdict({ code, judgement }: { code: number; judgement: Judgement }, valid: boolean): void {
  expect(judgement.valid).toBe(valid)
  expect(code).toBe(valid ? 0 : 1)
  expect(judgement.errors.length === 0).toBe(valid)
  for (const error of judgement.errors) expect(error.code).toMatch(/^[\w.-]+$/)
}

describe('ehealth verify --kind envelope', () => {
  const vectors = readFileSync(wss('manifest.tsv'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split('\t') as [string, string, string, string, string, string, string])

  it('has vectors of both verdicts', () => {
    expect(vectors.filter(([, , , , , , expected]) => expected === 'ok').length).toBeGreaterThan(10)
    expect(vectors.filter(([, , , , , , expected]) => expected === 'fail').length).toBeGreaterThan(25)
  })

  it.each(vectors)('%s: %s, policy %s', async (_id, file, policy, require, now, allowSha1, expected) => {
    const result = await verify(
      ...['--kind', 'envelope', '--policy', policy, '--at', now],
      ...(require === '-' ? [] : ['--require', require]),
      ...(allowSha1 === 'yes' ? ['--allow-sha1'] : []),
      ...['--trust', wss('certs/ca.pem'), '--sts', wss('certs/sts.pem')],
      wss(`envelopes/${file}`),
    )
    expect(result.judgement.kind).toBe('envelope')
    expectVerdict(result, expected === 'ok')
  })

  it('reads an HTTP message with headers', async () => {
    const envelope = readFileSync(wss('envelopes/p01-x509-rsa-sha256.xml'))
    const head = 'POST /x HTTP/1.1\r\nContent-Type: text/xml; charset=utf-8\r\n\r\n'
    writeFileSync(at('message.http'), Buffer.concat([Buffer.from(head), envelope]))
    const rest = ['--at', '2026-01-15T12:00:10Z', '--trust', wss('certs/ca.pem'), at('message.http')]
    expectVerdict(await verify('--kind', 'envelope', ...rest), true)
  })

  it('answers to what is no XML with a code', async () => {
    expectVerdict(await verify('--kind', 'envelope', fixture('README.md')), false)
  })
})

describe('ehealth verify --kind assertion', () => {
  const envelope = (name: string): string => readFileSync(wss(`envelopes/${name}`), 'utf8')
  const assertionIn = (text: string): string =>
    /<(\w+:)?Assertion\b[^]*?<\/(\w+:)?Assertion>/.exec(text)?.[0] ?? ''
  const [, file = '', , , now = ''] = readFileSync(wss('manifest.tsv'), 'utf8')
    .split('\n')
    .map((line) => line.split('\t'))
    .find(([, , policy, , , , expected]) => policy === 'saml-hok' && expected === 'ok')!

  it('accepts one that the pinned STS signed, and refuses it when changed or signed by somebody else', async () => {
    const genuine = assertionIn(envelope(file))
    expect(genuine).not.toBe('')
    writeFileSync(at('assertion.xml'), genuine)
    writeFileSync(at('changed.xml'), genuine.replace(/(AttributeValue[^>]*>)./, '$1X'))
    const judge = (name: string, sts: string) =>
      verify('--kind', 'assertion', '--sts', wss(`certs/${sts}`), '--at', now, at(name))
    expectVerdict(await judge('assertion.xml', 'sts.pem'), true)
    expect(readFileSync(at('changed.xml'), 'utf8')).not.toBe(genuine)
    expectVerdict(await judge('changed.xml', 'sts.pem'), false)
    expectVerdict(await judge('assertion.xml', 'fake-sts.pem'), false)
  })
})

describe('ehealth verify --kind sealed', () => {
  const trust = ['--trust', etee('pki/root-ca.cer'), etee('pki/issuing-ca.cer')]
  const judge = (name: string, ...more: string[]) => verify('--kind', 'sealed', ...trust, ...more, etee(name))

  it('tells the sender without a key', async () => {
    const result = await judge('sealed/one-recipient/empty.cms', '--at', '2026-11-22T21:03:00Z')
    expectVerdict(result, true)
    expect(result.judgement).toMatchObject({ kind: 'sealed', sender: { type: 'SSIN', value: '90010199794' } })
  })

  it.each([
    'outer-content-flipped.cms',
    'outer-signature-flipped.cms',
    'untrusted-signer.cms',
    'no-outer-signer.cms',
    'digest-sha1.cms',
    'truncated-10-percent.cms',
    'not-cms.bin',
    'empty-file.bin',
  ])('refuses %s', async (name) => {
    expectVerdict(await judge(`negative/${name}`, '--at', '2026-11-22T21:03:00Z'), false)
  })

  it('refuses options that it would ignore', async () => {
    vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    const file = etee('sealed/one-recipient/empty.cms')
    expect(await main(['verify', '--kind', 'sealed', '--require', 'body', '--', file])).toBe(2)
  })
})

describe('ehealth verify --kind service-list', () => {
  const lists = (name: string): string => fixture(`soap/serviceLists/${name}`)
  const judge = (name: string, ...more: string[]) =>
    verify(
      ...['--kind', 'service-list', '--at', '2026-01-15T12:00:10Z', '--trust', wss('certs/ca.pem')],
      ...more,
      lists(name),
    )

  it.each([
    ['s01-v1-normal.xml', true],
    ['s02-v2-with-cache.xml', true],
    ['s03-v1-recovery-active.xml', true],
    ['s04-tampered.xml', false],
    ['s05-self-signed-signer.xml', false],
    ['s06-rogue-ca-signer.xml', false],
    ['s07-trusted-but-not-servicelist-signer.xml', false],
    ['s08-wrapped.xml', false],
    ['s09-no-signature.xml', false],
    ['s10-no-order-zero.xml', true],
    ['s11-no-active-endpoint.xml', true],
  ])('%s: %s', async (name, valid) => {
    expectVerdict(await judge(name), valid)
    expectVerdict(await judge(name, '--cbe', '0123456749'), valid)
  })

  it('tells what is in it, and pins the signer on demand', async () => {
    const result = await judge('s03-v1-recovery-active.xml', '--cbe', '0123456749')
    expect(result.judgement).toMatchObject({
      kind: 'service-list',
      version: 1,
      environment: 'Acceptation',
      warnings: [],
      services: expect.arrayContaining([
        expect.objectContaining({
          endpoint: 'https://pilot.example.test:9443/ehealth/bcp/genericinsurability/v1',
        }),
      ]) as unknown,
    })
    expectVerdict(await judge('s01-v1-normal.xml', '--cbe', '0809394427'), false)
  })
})
