import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { ehealth, startSimulatorProcess, type Outcome, type RunningSimulator } from './run.js'

const directory = mkdtempSync(join(tmpdir(), 'cli-'))
const file = (name: string): string => join(directory, name)
const secretText = 'The patient was seen on Monday, the wound heals.'
const annex = Buffer.from(Array.from({ length: 3000 }, (_, index) => (index * 31) & 0xff))

interface PersonaEntry {
  name: string
  ssin?: string
  nihii: string
  password: string
}

let simulator: RunningSimulator
let personas: PersonaEntry[]
const persona = (name: string): PersonaEntry => personas.find((entry) => entry.name === name)!
const as = (name: string): string[] => ['--simulator', file('sim'), '--persona', name]

beforeAll(async () => {
  simulator = await startSimulatorProcess(['--port', '0', '--dir', file('sim')])
  const content = JSON.parse(readFileSync(file('sim/personas.json'), 'utf8')) as { personas: PersonaEntry[] }
  personas = content.personas
  writeFileSync(file('body.txt'), secretText)
  writeFileSync(file('annex.bin'), annex)
})

afterAll(async () => {
  expect(await simulator.stop('SIGTERM')).toBe(0)
  rmSync(directory, { recursive: true, force: true })
})

describe('ehealth simulator', () => {
  it('tells in one line of JSON that it is ready', () => {
    expect(simulator.ready).toMatchObject({
      ready: true,
      dir: file('sim'),
      personas: ['physician', 'nurse', 'hospital'],
    })
    expect(simulator.ready.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
  })

  it('stops cleanly on SIGINT, too, and serves plain HTTP on demand', async () => {
    const other = await startSimulatorProcess(['--port', '0', '--dir', file('other'), '--http'])
    expect(other.ready.url).toMatch(/^http:/)
    expect(await other.stop('SIGINT')).toBe(0)
  })

  it('serves a list of endpoints that is judged good, and makes the trouble that a file asks for', async () => {
    const plans = file('plans.json')
    writeFileSync(plans, '[{ "kind": "html", "service": "sts", "status": 404, "times": "always" }]')
    const other = await startSimulatorProcess(['--port', '0', '--dir', file('trouble'), '--faults', plans])
    try {
      const at = ['--simulator', file('trouble'), '--persona', 'nurse', '--json']
      const token = await ehealth(['token', ...at])
      expect(token.code).toBe(1)
      expect(JSON.parse(token.stdout)).toMatchObject({
        error: { code: 'transport.http', details: { attempts: [{ outcome: 'transport.http' }] } },
      })
      const { stdout } = await ehealth(['doctor', ...at])
      expect(JSON.parse(stdout)).toMatchObject({
        findings: expect.arrayContaining([
          expect.objectContaining({
            check: 'service list',
            state: 'ok',
            remark: expect.stringContaining('usual endpoints') as string,
          }) as unknown,
          expect.objectContaining({ check: 'token', state: 'fail', code: 'transport.http' }) as unknown,
        ]) as unknown,
      })
    } finally {
      expect(await other.stop('SIGTERM')).toBe(0)
    }
    for (const content of ['{}', 'no JSON', '[{ "kind": "meteor" }]']) {
      writeFileSync(plans, content)
      const { code } = await ehealth(['simulator', '--port', '0', '--dir', file('x'), '--faults', plans])
      expect(code, content).toBe(2)
    }
  })

  it('refuses a port that is none', async () => {
    expect((await ehealth(['simulator', '--port', '70000', '--dir', file('x')])).code).toBe(2)
  })
})

describe('ehealth token', () => {
  it('shows validity and attributes, never the assertion', async () => {
    const { code, stdout } = await ehealth(['token', ...as('physician'), '--json'])
    expect(code).toBe(0)
    const token = JSON.parse(stdout) as {
      notOnOrAfter: string
      identity: object
      holder: object
      minutesLeft: number
      attributes: { name: string; granted: boolean }[]
    }
    const { ssin } = persona('physician')
    expect(token.identity).toMatchObject({
      type: 'SSIN',
      value: ssin,
      profession: 'physician',
      quality: 'DOCTOR',
    })
    expect(token.holder).toMatchObject({ subject: expect.stringContaining(`SSIN\\=${ssin}`) as string })
    expect(token.minutesLeft).toBeGreaterThan(0)
    expect(Date.parse(token.notOnOrAfter)).toBeGreaterThan(Date.now())
    expect(token.attributes).toContainEqual(
      expect.objectContaining({ name: 'urn:be:fgov:person:ssin:doctor:boolean', granted: true }),
    )
    expect(stdout).not.toMatch(/Assertion|SignatureValue/)
  })

  it('tells a person who he is, and prints the assertion for who asks for it', async () => {
    const { stdout } = await ehealth(['token', ...as('physician')])
    expect(stdout).toMatch(/^who am I +physician, SSIN [0-9]{11}/m)
    expect(stdout).toMatch(/^granted {2}urn:be:fgov:person:ssin:doctor:boolean true$/m)
    const raw = await ehealth(['token', ...as('physician'), '--raw'])
    writeFileSync(file('assertion.xml'), raw.stdout.trimEnd())
    const sts = ['--sts', file('sim/pki/sts.pem')]
    const { code, json } = await ehealth(['verify', '--kind', 'assertion', ...sts, file('assertion.xml')])
    expect([code, json()]).toEqual([0, expect.objectContaining({ valid: true })])
    expect((await ehealth(['token', ...as('physician'), '--raw', '--json'])).code).toBe(2)
  })

  it('takes keystore, identity and trust by themselves, the password from the environment', async () => {
    const { ssin, nihii, password } = persona('physician')
    const parameters = ['token', '--environment', 'acceptance', '--as', 'physician', '--nihii', nihii]
    const keystore = ['--keystore', file('sim/personas/physician.p12'), '--password-env', 'PASSWORD']
    const missing = await ehealth([...parameters, ...keystore, '--ssin', ssin!, '--json'], {
      env: { PASSWORD: password },
    })
    expect(missing.code).toBe(2)
    expect(JSON.parse(missing.stdout)).toMatchObject({
      error: { code: 'configuration.invalid', path: 'trust.sts' },
    })
    const wrong = await ehealth([...parameters, ...keystore], { env: { PASSWORD: `${password}x` } })
    expect(wrong.code).toBe(1)
    expect(wrong.stderr).toMatch(/keystore\.password/)
    expect(wrong.stderr).not.toContain(password)
  })
})

describe('ehealth etk', () => {
  it('looks a token up, verifies it, and verifies it again from its file', async () => {
    const { nihii } = persona('hospital')
    const owner = ['--type', 'NIHII-HOSPITAL', '--value', nihii]
    const found = await ehealth([
      'etk',
      'get',
      ...owner,
      '--out',
      file('h.etk'),
      ...as('physician'),
      '--json',
    ])
    expect(found.code).toBe(0)
    expect(JSON.parse(found.stdout)).toMatchObject({ verified: true, type: 'NIHII-HOSPITAL', value: nihii })
    const root = file('sim/pki/root.pem')
    const inspected = await ehealth(['etk', 'inspect', '--json', '--trust', root, file('h.etk')])
    expect(inspected.code).toBe(0)
    expect(JSON.parse(inspected.stdout)).toMatchObject({ verified: true, value: nihii })
    const stranger = ['--type', 'NIHII-HOSPITAL', '--value', '71009938']
    const refused = await ehealth(['etk', 'inspect', file('h.etk'), '--json', '--trust', root, ...stranger])
    expect(refused.code).toBe(1)
    expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code: 'etk.subject' } })
  })

  it('refuses a wrong check digit before anything is sent', async () => {
    const { code, stderr } = await ehealth([
      'etk',
      'get',
      '--type',
      'SSIN',
      '--value',
      '79051299153',
      '--debug',
      ...as('nurse'),
    ])
    expect(code).toBe(1)
    expect(stderr).toMatch(/error identifier\./)
    expect(stderr).not.toMatch(/^request /m)
  })
})

describe('ehealth seal, verify and unseal', () => {
  it('hand a file from keystore to keystore', async () => {
    const { ssin, password } = persona('nurse')
    await ehealth([
      'etk',
      'get',
      '--type',
      'SSIN',
      '--value',
      ssin!,
      '--out',
      file('n.etk'),
      ...as('physician'),
    ])
    const sealed = await ehealth(
      [
        'seal',
        '--keystore',
        file('sim/personas/physician.p12'),
        '--password-env',
        'P',
        '--to',
        file('n.etk'),
        '--in',
        file('annex.bin'),
        '--out',
        file('sealed.cms'),
      ],
      { env: { P: persona('physician').password } },
    )
    expect(sealed).toMatchObject({ code: 0, stdout: '' })
    const root = file('sim/pki/root.pem')
    const judged = await ehealth(['verify', '--kind', 'sealed', '--trust', root, file('sealed.cms')])
    expect(judged.code).toBe(0)
    expect(JSON.parse(judged.stdout)).toMatchObject({ kind: 'sealed', valid: true, errors: [] })
    const open = [
      'unseal',
      '--keystore',
      file('sim/personas/nurse.p12'),
      '--password-env',
      'P',
      '--trust',
      root,
    ]
    const opened = await ehealth([...open, '--in', file('sealed.cms'), '--out', file('opened.bin')], {
      env: { P: password },
    })
    expect(opened.code).toBe(0)
    expect(JSON.parse(opened.stdout)).toMatchObject({ accepted: true, author: { type: 'SSIN' }, errors: [] })
    expect(readFileSync(file('opened.bin')).equals(annex)).toBe(true)
  })

  it('refuse a changed message, and write nothing', async () => {
    const changed = readFileSync(file('sealed.cms'))
    changed[1500]! ^= 1
    writeFileSync(file('changed.cms'), changed)
    const root = file('sim/pki/root.pem')
    const judged = await ehealth([
      'verify',
      '--kind',
      'sealed',
      '--trust',
      root,
      '--json',
      file('changed.cms'),
    ])
    expect(judged.code).toBe(1)
    const { valid, errors } = JSON.parse(judged.stdout) as { valid: boolean; errors: { code: string }[] }
    expect(valid).toBe(false)
    expect(errors.map(({ code }) => code)).toContain('OUTER_SIGNATURE_COULD_NOT_BE_VERIFIED')
    const open = [
      'unseal',
      '--keystore',
      file('sim/personas/nurse.p12'),
      '--password-env',
      'P',
      '--trust',
      root,
    ]
    const opened = await ehealth([...open, '--in', file('changed.cms'), '--out', file('never.bin')], {
      env: { P: persona('nurse').password },
    })
    expect(opened.code).toBe(1)
    expect(JSON.parse(opened.stdout)).toMatchObject({ accepted: false, code: 'unseal.refused' })
    expect(readdirSync(directory)).not.toContain('never.bin')
  })
})

describe('ehealth ehbox', () => {
  it('sends, lists and reads; a full debug run shows and records no secret outside of the messages', async () => {
    const outcomes: Outcome[] = []
    const run = async (...parameters: string[]): Promise<Outcome> => {
      const outcome = await ehealth([...parameters, '--debug', '--record', file('record'), '--json'])
      outcomes.push(outcome)
      expect(outcome, outcome.stderr).toMatchObject({ code: 0 })
      return outcome
    }
    const to = `NURSE:SSIN:${persona('nurse').ssin}`
    const files = ['--body', file('body.txt'), '--annex', file('annex.bin')]
    await run(
      'ehbox',
      'send',
      '--to',
      to,
      '--title',
      'Letter',
      ...files,
      '--encrypt',
      '--receipts',
      ...as('physician'),
    )
    const list = await run('ehbox', 'list', ...as('nurse'))
    const listed = JSON.parse(list.stdout) as { id: string; encrypted: boolean; hasAnnex: boolean }[]
    expect(listed).toHaveLength(1)
    expect(listed[0]).toMatchObject({ encrypted: true, hasAnnex: true, title: 'Letter' })
    const read = await run('ehbox', 'read', listed[0]!.id, '--save', file('read'), ...as('nurse'))
    expect(JSON.parse(read.stdout)).toMatchObject({ verification: { authorMatchesSender: true } })
    const saved = readdirSync(file('read')).sort()
    expect(saved).toEqual([`${listed[0]!.id}-annex-1.bin`, `${listed[0]!.id}-body.txt`])
    expect(readFileSync(join(file('read'), saved[0]!)).equals(annex)).toBe(true)
    expect(readFileSync(join(file('read'), saved[1]!), 'utf8')).toBe(secretText)
    await run('token', ...as('hospital'))

    const recorded = readdirSync(file('record')).filter((name) => name.endsWith('.json'))
    expect(recorded.length).toBeGreaterThanOrEqual(7)
    const shown = [
      ...outcomes.flatMap(({ stdout, stderr }) => [stdout, stderr]),
      ...recorded.map((name) => readFileSync(join(file('record'), name), 'utf8')),
    ].join('\n')
    expect(shown).toMatch(/^request service=/m)
    for (const { password } of personas) expect(shown).not.toContain(password)
    expect(shown).not.toContain(secretText)
    expect(shown).not.toContain(Buffer.from(secretText).toString('base64').slice(0, 40))
    expect(shown).not.toContain(annex.toString('base64').slice(0, 40))
    expect(shown).not.toMatch(/PRIVATE KEY|<saml|AssertionID|SignatureValue|Envelope/)
  })

  it('shows the text on the terminal where no directory is given, without steering it', async () => {
    writeFileSync(file('evil.txt'), 'before\u001b[2Jafter')
    const to = `HOSPITAL:NIHII:${persona('hospital').nihii}`
    const sent = await ehealth([
      'ehbox',
      'send',
      '--to',
      to,
      '--title',
      'T',
      '--body',
      file('evil.txt'),
      ...as('nurse'),
    ])
    expect(sent.code).toBe(0)
    const list = await ehealth(['ehbox', 'list', '--json', ...as('hospital')])
    const [first] = JSON.parse(list.stdout) as { id: string }[]
    const read = await ehealth(['ehbox', 'read', ...as('hospital'), first!.id])
    expect(read.stdout).toContain('before\ufffd[2Jafter')
    expect(read.stdout).not.toContain('\u001b')
  })

  it.each([
    ['NURSE:SSIN', 2],
    ['NURSE:PASSPORT:1', 2],
    ['NURSE:SSIN:84112399461', 1],
  ])('refuses the recipient %s', async (to, code) => {
    const outcome = await ehealth([
      'ehbox',
      'send',
      '--to',
      to,
      '--title',
      'T',
      '--body',
      file('body.txt'),
      '--debug',
      ...as('physician'),
    ])
    expect(outcome.code).toBe(code)
    expect(outcome.stderr).not.toMatch(/^request service=ehbox/m)
  })
})

describe('ehealth doctor', () => {
  it('finds a healthy set-up healthy', async () => {
    const { code, stdout } = await ehealth(['doctor', ...as('physician'), '--json'])
    expect(code).toBe(0)
    const { ok, findings } = JSON.parse(stdout) as { ok: boolean; findings: { state: string }[] }
    expect(ok).toBe(true)
    expect(findings.length).toBeGreaterThanOrEqual(9)
    expect(findings.every(({ state }) => state === 'ok')).toBe(true)
  })

  it('fails when the platform is not there', async () => {
    const gone = await startSimulatorProcess(['--port', '0', '--dir', file('gone')])
    expect(await gone.stop('SIGTERM')).toBe(0)
    const { code, stdout } = await ehealth([
      'doctor',
      '--simulator',
      file('gone'),
      '--persona',
      'nurse',
      '--json',
    ])
    expect(code).toBe(1)
    expect(stdout).toMatch(/ECONNREFUSED|transport\./)
  })
})

describe('ehealth keystore inspect', () => {
  it('shows the entries and no key', async () => {
    const { code, stdout } = await ehealth(
      ['keystore', 'inspect', file('sim/personas/nurse.p12'), '--password-env', 'P', '--json'],
      { env: { P: persona('nurse').password } },
    )
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      identity: { type: 'SSIN' },
      authentication: { state: 'valid' },
    })
    expect(stdout).not.toMatch(/PRIVATE|privateKey/)
  })
})
