import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'

import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'

import { main } from '../../src/cli/program.js'
import { startSimulator, type Simulator } from '../../src/simulator/index.js'
import { assertSchema } from './jsonSchemas.js'
import { fixture, workplace } from './run.js'

const at = workplace()
const stamps = (name: string): string => fixture(`timestamps/${name}`)
const { trust, tokens } = JSON.parse(readFileSync(stamps('index.json'), 'utf8')) as {
  trust: string[]
  tokens: { id: string; data: string; expect: string; why: string; errors: string[] }[]
}
const tsa = ['--tsa', ...trust.map((name) => stamps(`pki/${name}.cert.pem`))]

afterEach(() => vi.restoreAllMocks())

/** Runs the command in this process. */
async function run(...parameters: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const said = { stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const)
    vi.spyOn(process[stream], 'write').mockImplementation((chunk) => {
      said[stream] += String(chunk)
      return true
    })
  const code = await main(parameters)
  vi.restoreAllMocks()
  assertSchema(parameters, said.stdout, code)
  return { code, ...said }
}

interface Judged {
  kind: string
  valid: boolean
  errors: { code: string }[]
  warnings: { code: string }[]
  serial?: string
}

async function judge(...parameters: string[]): Promise<{ code: number; judgement: Judged }> {
  const { code, stdout } = await run(...parameters, '--json')
  return { code, judgement: JSON.parse(stdout) as Judged }
}

describe('ehealth verify --kind timestamp', () => {
  it.each(tokens)('$id: $expect ($why)', async ({ id, data, expect: verdict, errors }) => {
    const about = ['verify', '--kind', 'timestamp', '--at', '2026-01-01T00:00:00Z', ...tsa]
    const token = stamps(`tokens/${id}.bin`)
    for (const parameters of [
      ['--data', stamps(data), token],
      ['--signature', token, stamps(data)],
    ]) {
      const { code, judgement } = await judge(...about, ...parameters)
      expect(judgement.errors.map((error) => error.code)).toEqual(errors)
      expect(judgement).toMatchObject({ kind: 'timestamp', valid: verdict === 'valid' })
      expect(code).toBe(verdict === 'valid' ? 0 : 1)
    }
  })

  it('warns where nobody says what the stamp is about', async () => {
    const { code, judgement } = await judge(
      'verify',
      '--kind',
      'timestamp',
      ...tsa,
      stamps('tokens/token-der.bin'),
    )
    expect([code, judgement.valid]).toEqual([0, true])
    expect(judgement.warnings.map((warning) => warning.code)).toEqual(['timestamp.unbound'])
  })

  it('takes an old token with --allow-sha1, from --trust where there is no --tsa', async () => {
    const parameters = ['--data', stamps('data.bin'), stamps('tokens/token-sha1-imprint.bin')]
    const { judgement } = await judge(
      ...['verify', '--kind', 'timestamp', '--allow-sha1', '--trust', stamps('pki/tsa.cert.pem')],
      ...parameters,
    )
    expect(judgement).toMatchObject({ valid: true, serial: '180300111222333' })
  })

  it.each([
    [['--cbe', '0123456749']],
    [['--require', 'body']],
    [['--data', stamps('data.bin'), '--signature', stamps('tokens/token-der.bin')]],
    [[]],
  ])('refuses %j', async (more) => {
    const trusted = more.length === 0 ? [] : tsa
    const { code } = await run(
      ...['verify', '--kind', 'timestamp', ...more, ...trusted, '--', stamps('tokens/token-der.bin')],
    )
    expect(code).toBe(2)
  })
})

describe('ehealth timestamp verify', () => {
  const digest = createHash('sha256')
    .update(readFileSync(stamps('data.bin')))
    .digest('hex')

  it('shows every check', async () => {
    const { code, stdout } = await run(
      ...['timestamp', 'verify', ...tsa, '--hash', digest, '--', stamps('tokens/token-der.bin')],
    )
    expect(code).toBe(0)
    expect(stdout).toContain('180300111222333')
    expect(stdout.match(/^ ?\d+ {2}[a-z-]+ +(passed|skipped)$/gm)).toHaveLength(15)
    expect(stdout).toMatch(/\nvalid\n$/)
  })

  it('tells which check failed', async () => {
    const { code, stdout } = await run(
      ...[
        'timestamp',
        'verify',
        ...tsa,
        '--data',
        stamps('other-data.bin'),
        '--policy',
        '1.2.3',
        '--demand-policy',
      ],
      ...['--', stamps('tokens/token-signature-tampered.bin')],
    )
    expect(code).toBe(1)
    for (const line of [
      'imprint +failed  timestamp.other-data',
      'signature +failed  timestamp.signature',
      'policy +failed  timestamp.policy',
    ])
      expect(stdout).toMatch(new RegExp(line))
    expect(stdout).toMatch(/not valid\n$/)
  })

  it('refuses a digest that is none', async () => {
    expect(
      (await run('timestamp', 'verify', ...tsa, '--hash', 'abc', '--', stamps('tokens/token-der.bin'))).code,
    ).toBe(2)
  })
})

describe('ehealth timestamp stamp and consult', () => {
  let simulator: Simulator
  let hospital: string
  const as = () => ['--simulator', at('platform'), '--persona', 'hospital']

  beforeAll(async () => {
    simulator = await startSimulator({ dir: at('platform') })
    hospital = simulator.timestamps.hospitalOf('hospital')
    writeFileSync(at('letter.txt'), 'a letter')
    mkdirSync(at('archive'))
  })
  afterAll(() => simulator.close())

  interface Stamped {
    serial: string
    genTimeMs: number
    token?: string
  }

  it('stamps a document, keeps token and answer, and finds both in the archive', async () => {
    const made = await run(
      ...[
        'timestamp',
        'stamp',
        '--mime-type',
        'text/plain',
        '--out',
        at('letter.tst'),
        '--response',
        at('letter.xml'),
      ],
      ...[...as(), '--json', at('letter.txt')],
    )
    expect([made.code, made.stderr]).toEqual([0, ''])
    const { serial, genTimeMs, token } = JSON.parse(made.stdout) as Stamped
    expect(token).toBeUndefined()
    expect(readFileSync(at('letter.xml'), 'utf8')).toContain('resultmajor:Success')

    const authority = ['--tsa', at('platform/pki/timestampAuthority.pem')]
    const verified = await run(
      'timestamp',
      'verify',
      '--data',
      at('letter.txt'),
      ...authority,
      '--',
      at('letter.tst'),
    )
    expect(verified.code).toBe(0)

    const stamp = `${serial}@${genTimeMs}`
    const consult = ['timestamp', 'consult', ...as(), '--hospital', hospital]
    const found = await run(...consult, '--out', at('archive'), stamp)
    expect(found.stdout).toContain(`${stamp}  ${new Date(genTimeMs).toISOString()}  8 octets  valid`)
    expect(readFileSync(at(`archive/${serial}.document`), 'utf8')).toBe('a letter')
    expect(readFileSync(at(`archive/${serial}.token`))).toEqual(readFileSync(at('letter.tst')))

    const period = ['--from', '2020-01-01T00:00:00Z', '--to', '2100-01-01T00:00:00Z']
    expect(await run(...consult, ...period, stamp)).toMatchObject({ code: 0, stdout: 'complete\n' })
    const incomplete = await run(...consult, ...period)
    expect(incomplete.code).toBe(1)
    expect(incomplete.stdout).toBe(`incomplete\n${stamp}  ${new Date(genTimeMs).toISOString()}\n`)

    writeFileSync(at('stamps.json'), JSON.stringify([{ serial, genTimeMs }]))
    const other = await run(...consult, '--stamps', at('stamps.json'), '--json', '12345@67890')
    expect(other.code).toBe(1)
    expect(JSON.parse(other.stdout)).toMatchObject({
      stamps: [{ serial, valid: true, octets: 8 }],
      missing: [{ serial: '12345', genTimeMs: 67890 }],
    })
  })

  it('stamps a hash, or the hash of a document, without an archive', async () => {
    const before = simulator.timestamps.documents.length
    const digest = createHash('sha512').update('x').digest('base64')
    const hashed = await run(
      'timestamp',
      'stamp',
      '--hash',
      digest,
      '--algorithm',
      'sha512',
      ...as(),
      '--json',
    )
    expect(JSON.parse(hashed.stdout)).toMatchObject({ valid: true, imprint: { algorithm: 'sha512' } })
    expect((JSON.parse(hashed.stdout) as Stamped).token).toMatch(/^MII/)
    const { code, stdout } = await run(
      'timestamp',
      'stamp',
      '--hash-only',
      '--out',
      at('hash.tst'),
      ...as(),
      at('letter.txt'),
    )
    expect(code).toBe(0)
    expect(stdout).toMatch(/^time +\d{4}-/)
    expect(simulator.timestamps.documents).toHaveLength(before)
  })

  it('keeps nothing that does not verify', async () => {
    simulator.faults.add({ kind: 'stamp', flaw: 'signature' })
    const { code, stderr } = await run(
      'timestamp',
      'stamp',
      '--out',
      at('bad.tst'),
      ...as(),
      at('letter.txt'),
    )
    expect(code).toBe(1)
    expect(stderr).toContain('timestamp.signature')
    expect(() => readFileSync(at('bad.tst'))).toThrow('ENOENT')
  })

  it.each([
    ['neither --out nor --json', ['stamp']],
    ['a hash and a document', ['stamp', '--json', '--hash', 'aa', 'letter.txt']],
    ['an algorithm without a hash', ['stamp', '--json', '--algorithm', 'sha256', 'letter.txt']],
    ['half a period', ['consult', '--hospital', 'tsa_1_01', '--from', '2026-01-01T00:00:00Z']],
    ['nothing to look for', ['consult', '--hospital', 'tsa_1_01']],
    ['a stamp without time', ['consult', '--hospital', 'tsa_1_01', '123']],
    ['no hospital', ['consult', '123@456']],
    ['a list that is none', ['consult', '--hospital', 'tsa_1_01', '--stamps', stamps('data.bin')]],
  ])('refuses %s', async (_, parameters) => {
    expect((await run('timestamp', ...parameters)).code).toBe(2)
  })
})
