import { existsSync, readFileSync, writeFileSync } from 'node:fs'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { ehealth, startSimulatorProcess, workplace, type Outcome, type RunningSimulator } from './run.js'

const at = workplace()
let simulator: RunningSimulator
const everything: string[] = []

beforeAll(async () => {
  simulator = await startSimulatorProcess(['--port', '0', '--dir', at('platform')])
  const { patients } = JSON.parse(readFileSync(at('platform/personas.json'), 'utf8')) as {
    patients: Record<string, object>
  }
  for (const [name, patient] of Object.entries(patients))
    writeFileSync(at(`${name}.json`), JSON.stringify(patient))
  writeFileSync(at('broken.json'), '{"ssin":"68052199235"')
})
afterAll(() => simulator.stop())

const as = (persona: string) => ['--simulator', at('platform'), '--persona', persona]
async function run(command: string, ...rest: string[]): Promise<Outcome> {
  const outcome = await ehealth([
    ...command.split(' '),
    '--patient',
    `@${at('adult.json')}`,
    ...as('physician'),
    ...rest,
  ])
  everything.push(outcome.stderr)
  return outcome
}

describe('ehealth consent, therlink and may-read', () => {
  it('take a patient from none to readable, and back', async () => {
    expect(await run('consent get')).toMatchObject({ code: 0, stdout: 'NONE\n' })
    const denied = await run('may-read')
    expect(denied.code).toBe(1)
    expect(denied.stdout).toMatch(/^deny\nno-consent: [^\n]+\n {2}[^\n]+\nno-link: /)
    expect(await run('consent declare', '--sign-date', '2026-01-05')).toMatchObject({
      code: 0,
      stdout: 'declared\n',
    })
    expect(await run('consent declare', '--ensure')).toMatchObject({ code: 0, stdout: 'given\n' })
    expect(await run('consent get')).toMatchObject({ code: 0, stdout: 'GIVEN  signed 2026-01-05\n' })
    expect(await run('therlink has')).toMatchObject({ code: 0, stdout: 'no\n' })
    expect(await run('therlink declare', '--comment', 'first visit')).toMatchObject({
      code: 0,
      stdout: 'declared\n',
    })
    const again = await run('therlink declare')
    expect(again).toMatchObject({ code: 0, stdout: 'already-linked\n' })
    expect(again.stderr).toContain('TL.ACCESS.10: A valid link exists already')
    expect(await run('therlink has')).toMatchObject({ code: 0, stdout: 'yes\n' })
    const listed = await run('therlink list')
    expect(listed.stdout).toMatch(
      /^\d{4}-\d\d-\d\d {2}before \d{4}-\d\d-\d\d {2}gpconsultation .*ADA SAMPLEMANS \(persphysician\)\n$/,
    )
    const allowed = await run(
      'may-read',
      '--document',
      'sumehr,labresult',
      '--matrix',
      '{"persphysician":["sumehr"]}',
    )
    expect(allowed.code).toBe(0)
    expect(allowed.stdout).toMatch(/^allow via link\ndocuments: sumehr\nexclusion-not-checked: /)
    expect(await run('therlink revoke')).toMatchObject({ code: 0, stdout: 'revoked\n' })
    expect((await run('therlink list', '--status', 'all')).stdout).toMatch(/ {2}revoked\n$/)
    expect(await run('consent revoke')).toMatchObject({ code: 0, stdout: 'revoked\n' })
    expect(await run('consent get')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^REVOKED {2}signed/) as string,
    })
  }, 120_000)

  it('print the whole outcome as JSON', async () => {
    const { code, json } = await run('may-read', '--json')
    expect(code).toBe(1)
    expect(json()).toMatchObject({
      decision: 'deny',
      reasons: [{ code: 'no-consent' }, { code: 'no-link' }],
      checks: { consent: { finding: 'revoked' }, link: { finding: 'none' } },
    })
    const declared = await run('consent declare', '--json')
    expect(declared.json()).toMatchObject({ outcome: 'declared', errors: [], meta: { service: 'consent' } })
    expect(declared.stdout).not.toContain('68052199235')
  }, 60_000)

  it('break the glass with a reason, and keep it in the file that was named', async () => {
    const reason = 'unconscious after an accident'
    const { code, stdout } = await run(
      'may-read',
      '--emergency',
      reason,
      '--emergency-record',
      at('glass.jsonl'),
    )
    expect(code).toBe(0)
    expect(stdout).toMatch(/^allow via break-the-glass\nbreak-the-glass: /)
    expect(JSON.parse(readFileSync(at('glass.jsonl'), 'utf8'))).toMatchObject({
      reason,
      patientSsin: '68052199235',
      provider: { role: 'persphysician' },
    })
    // nowhere to keep it: no answer
    const unkept = await run('may-read', '--emergency', reason, '--emergency-record', at('no/such/file'))
    expect(unkept.code).not.toBe(0)
    expect(unkept.stdout).not.toContain('allow')
    expect(existsSync(at('no/such/file'))).toBe(false)
    expect((await run('may-read', '--emergency', reason)).code).toBe(2)
  }, 60_000)

  it('take the patient from stdin, and from a child the ISI+ card as proof', async () => {
    const { code, stdout } = await ehealth(['therlink', 'declare', '--patient', '-', ...as('nurse')], {
      input: readFileSync(at('child.json')),
    })
    expect([code, stdout]).toEqual([0, 'declared\n'])
  }, 60_000)

  it('say what is wrong without saying whose', async () => {
    const foreign = await ehealth([
      'consent',
      'declare',
      '--patient',
      `@${at('broken.json')}`,
      ...as('nurse'),
    ])
    expect(foreign.code).toBe(2)
    expect(foreign.stderr).toContain('--patient is no JSON object')
    const noCard = await ehealth([
      'consent',
      'declare',
      '--patient',
      '{"ssin":"68052199235"}',
      ...as('nurse'),
    ])
    expect(noCard.code).toBe(1)
    expect(noCard.stderr).toContain('consent.card-required')
    const without = await ehealth([
      'therlink',
      'has',
      '--patient',
      '{"ssin":"68052199235"}',
      ...as('hospital'),
    ])
    expect(without).toMatchObject({ code: 0, stdout: 'no\n' })
    const dead = await ehealth(['consent', 'declare', '--patient', `@${at('deceased.json')}`, ...as('nurse')])
    expect(dead).toMatchObject({ code: 1, stdout: 'refused\n' })
    expect(dead.stderr).toContain('MH2.INPUT.19')
    for (const { stderr } of [foreign, noCard, without, dead]) {
      expect(stderr).not.toContain('68052199235')
      expect(stderr).not.toContain('Specimen')
    }
    for (const stderr of everything) expect(stderr).not.toContain('68052199235')
  }, 60_000)
})
