import { readdirSync, writeFileSync } from 'node:fs'

import { describe, expect, it, vi } from 'vitest'

import { runDemo } from '../../src/cli/demo/run.js'
import { createSteps, verified } from '../../src/cli/demo/steps.js'
import { EHealthError } from '../../src/errors.js'
import type { FaultPlan } from '../../src/simulator/index.js'
import { ehealth, fixture, workplace } from './run.js'

const at = workplace()

interface Demo {
  ok: boolean
  milliseconds: number
  steps: { step: string; ok: boolean; outcome: string; milliseconds: number }[]
}

describe('ehealth demo', () => {
  it('does the main job, with outcome and time of every step, and keeps the exchanges', async () => {
    const { code, stderr, json } = await ehealth(['demo', '--json', '--record', at('recording')])
    expect(stderr).toBe('')
    expect(code).toBe(0)
    const { ok, milliseconds, steps } = json<Demo>()
    expect(ok).toBe(true)
    expect(steps.map(({ step }) => step)).toEqual([
      'simulator',
      'physician: session',
      'physician: recipients',
      'physician: send',
      'nurse: list',
      'nurse: read',
      'hospital: read',
      'physician: acknowledgements',
      'nurse: move to the bin',
      'physician: may read nothing yet',
      'physician: consent',
      'physician: therapeutic link',
      'physician: may read',
      'a changed byte is refused',
    ])
    for (const step of steps) {
      expect(step.ok).toBe(true)
      expect(step.outcome).not.toBe('')
      expect(step.milliseconds).toBeGreaterThan(0)
    }
    expect(milliseconds).toBeGreaterThanOrEqual(
      Math.max(...steps.map((step) => Math.floor(step.milliseconds))),
    )
    expect(readdirSync(at('recording')).filter((name) => name.endsWith('.json')).length).toBeGreaterThan(10)
  })

  it('is told from failing: a step that cannot be done ends it, with exit code 1', async () => {
    writeFileSync(at('occupied'), '')
    const { code, json } = await ehealth(['demo', '--json', '--record', at('occupied')])
    expect(code).toBe(1)
    const { ok, steps } = json<Demo>()
    expect(ok).toBe(false)
    expect(steps.map((step) => step.ok)).toEqual([true, false])
  })
})

describe('the demonstration on a platform that fails', () => {
  // One plan for every exchange that a step rests on: none may be shown as done.
  it.each<[string, FaultPlan, string]>([
    ['physician: session', { kind: 'assertion-signer', service: 'sts' }, 'token.untrusted'],
    ['physician: recipients', { kind: 'foreign-element', service: 'etkDepot' }, 'contract.unreadable'],
    ['physician: send', { kind: 'drop', service: 'ehboxPublication' }, 'transport.reset'],
    ['nurse: list', { kind: 'html', operation: 'getMessagesList', times: 9 }, 'transport.http'],
    ['nurse: read', { kind: 'truncate', operation: 'getFullMessage', times: 3 }, 'transport.'],
    ['hospital: read', { kind: 'doctype', operation: 'getFullMessage', skip: 1 }, 'xml.'],
    [
      'physician: acknowledgements',
      { kind: 'soa', code: 'SOA-02001', operation: 'getMessageAcknowledgmentsStatus', times: 3 },
      'fault.unavailable',
    ],
    ['nurse: move to the bin', { kind: 'soa', code: 'SOA-03006', operation: 'moveMessage' }, 'fault.schema'],
    [
      'physician: consent',
      { kind: 'soa', code: 'SOA-01002', operation: 'PutPatientConsent' },
      'fault.not-authorised',
    ],
    ['physician: therapeutic link', { kind: 'drop', operation: 'PutTherapeuticLink' }, 'transport.reset'],
  ])('ends at “%s” with %j', async (step, plan, code) => {
    const steps = createSteps({ quiet: true })
    await expect(runDemo(steps, { faults: [plan] })).rejects.toThrow()
    expect(steps.results.at(-1)).toMatchObject({ step, ok: false })
    expect(steps.results.at(-1)?.code).toMatch(new RegExp(`^${code.replace('.', '\\.')}`))
    expect(steps.results.slice(0, -1).every(({ ok }) => ok)).toBe(true)
  })
})

describe('the demonstration without an answer from a register', () => {
  it.each<[string, FaultPlan]>([
    [
      'physician: may read nothing yet',
      { kind: 'soa', code: 'SOA-02001', operation: 'HasTherapeuticLink', times: 3 },
    ],
    [
      'physician: may read',
      { kind: 'soa', code: 'SOA-02001', operation: 'GetPatientConsentStatus', skip: 2, times: 3 },
    ],
  ])('ends at “%s”: nothing is taken for allowed or denied', async (step, plan) => {
    const steps = createSteps({ quiet: true })
    await expect(runDemo(steps, { faults: [plan] })).rejects.toThrow('not verified')
    expect(steps.results.at(-1)).toMatchObject({ step, ok: false })
  })
})

describe('a step of the demonstration', () => {
  it('fails when what it claims is not verified, and with it the run', async () => {
    const steps = createSteps({ quiet: true })
    const lie = steps.run('a claim', async () => {
      verified(Number('1') === 2, 'one is two')
      return { value: 1, outcome: 'never shown' }
    })
    await expect(lie).rejects.toThrow('not verified: one is two')
    expect(steps.results).toMatchObject([{ step: 'a claim', ok: false, outcome: 'not verified: one is two' }])
  })

  it('names the code of a typed error', async () => {
    const steps = createSteps({ quiet: true })
    const refused = steps.run('a step', () => Promise.reject(new EHealthError('unseal.refused', 'refused')))
    await expect(refused).rejects.toThrow('refused')
    expect(steps.results[0]).toMatchObject({ ok: false, code: 'unseal.refused' })
  })

  it('is shown on stdout as it ends', async () => {
    const shown = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    await createSteps({ quiet: false }).run('a step', async () => ({ value: 1, outcome: 'done so' }))
    const line = String(shown.mock.calls[0]?.[0])
    shown.mockRestore()
    expect(line).toMatch(/ms\s+.*a step.* done so\n$/)
  })
})

describe('ehealth doctor', () => {
  interface Checkup {
    ok: boolean
    findings: { check: string; state: 'ok' | 'warn' | 'fail'; remark: string }[]
  }
  const keystore = ['--keystore', fixture('keystores/recipient-a.p12'), '--password-env', 'P']

  it('looks at what it is given, and says what it has not looked at', async () => {
    const { code, json } = await ehealth(['doctor', ...keystore, '--json'], { env: { P: 'etee-alpha' } })
    expect(code).toBe(0)
    const { ok, findings } = json<Checkup>()
    expect(ok).toBe(true)
    const states = Object.fromEntries(findings.map(({ check, state }) => [check, state]))
    expect(states).toEqual({
      'Node.js': 'ok',
      keystore: 'ok',
      'authentication key': 'ok',
      'encryption keys': 'ok',
      platform: 'warn',
    })
  })

  it('fails for a password that is wrong, as a finding with code and advice', async () => {
    const { code, stdout } = await ehealth(['doctor', ...keystore], { env: { P: 'wrong' } })
    expect(code).toBe(1)
    expect(stdout).toMatch(/^fail {2}keystore .*\(keystore\.password\)\n +→ Check the password/m)
  })

  it('fails for trust that is missing, and says which option brings it', async () => {
    const { code, json } = await ehealth(['doctor', '--environment', 'acceptance', '--json'])
    expect(code).toBe(1)
    const { findings } = json<Checkup>()
    const failed = findings.filter(({ state }) => state === 'fail').map(({ check }) => check)
    expect(failed).toEqual(expect.arrayContaining(['trust: sts', 'trust: signers']))
  })
})
