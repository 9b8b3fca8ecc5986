import { readFileSync, writeFileSync } from 'node:fs'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { ehealth, startSimulatorProcess, workplace, type RunningSimulator } from './run.js'

const at = workplace()
let simulator: RunningSimulator
let patient: { ssin: string; firstName: string; familyName: string }
beforeAll(async () => {
  simulator = await startSimulatorProcess(['--port', '0', '--dir', at('sim')])
  const { patients } = JSON.parse(readFileSync(at('sim/personas.json'), 'utf8')) as {
    patients: Record<string, typeof patient>
  }
  patient = patients['adult']!
  writeFileSync(at('number.txt'), `${patient.ssin}\n`)
})
afterAll(() => simulator.stop('SIGTERM'))

const register = (...words: string[]) =>
  ehealth(['person', ...words, '--simulator', at('sim'), '--persona', 'physician'])
const born = ['--last-name', 'Voorbeelt', '--birth-date', '1968-00-00']

describe('ehealth person get', () => {
  it('shows a person, and what did not come on stderr', async () => {
    const { code, stdout, stderr } = await register('get', `@${at('number.txt')}`)
    expect(code).toBe(0)
    expect(stdout).toContain(patient.ssin)
    expect(stdout).toContain('LOU VOORBEELD')
    expect(stdout).toMatch(/born +1968-05-21?/)
    expect(stderr).toContain('decease: undetermined')
  })

  it('gives all of it as JSON', async () => {
    const { code, json } = await register('get', patient.ssin, '--json')
    expect(code).toBe(0)
    expect(json()).toMatchObject({ outcome: 'found', ssin: patient.ssin, person: { register: 'NR' } })
  })

  it('ends with 1 where there is nobody, and with 2 where there cannot be', async () => {
    const nobody = await register('get', '90010199596')
    expect([nobody.code, nobody.stdout]).toEqual([1, 'unknown\n'])
    const wrong = await register('get', '90010199795')
    expect(wrong.code).toBe(1)
    expect(wrong.stderr).toContain('identifier.check-digit')
    expect(wrong.stderr).not.toContain('90010199795')
  })

  it('needs an Application ID of a hospital, and takes it', async () => {
    const hospital = (...words: string[]) =>
      ehealth(['person', 'get', patient.ssin, '--simulator', at('sim'), '--persona', 'hospital', ...words])
    const none = await hospital()
    expect(none.code).toBe(2)
    expect(none.stderr).toContain('rn-consult.application-id')
    const { code, json } = await hospital('--application-id', 'IDENTITY', '--json')
    expect(code).toBe(0)
    expect(json()).not.toHaveProperty('person.address')
  })
})

describe('ehealth person search', () => {
  it('prints a line for each person', async () => {
    const { code, stdout } = await register('search', ...born, '--given-name', 'Lou', '--gender', 'F')
    expect(code).toBe(0)
    expect(stdout).toMatch(new RegExp(`^${patient.ssin}  LOU VOORBEELD  1968-05-\\d\\d  F  .+\\n$`))
  })

  it('takes all criteria from stdin, so that no list of processes shows them', async () => {
    const criteria = { lastName: 'Voorbeeld', birthDate: '1968-00-00', variation: 9, maximumResults: 50 }
    const { code, json } = await ehealth(
      ['person', 'search', '--criteria', '-', '--simulator', at('sim'), '--persona', 'physician', '--json'],
      { input: JSON.stringify(criteria) },
    )
    expect(code).toBe(0)
    const { persons } = json<{ persons: { ssin: string }[] }>()
    expect(persons.map(({ ssin }) => ssin)).toContain(patient.ssin)
  })

  it('says when there is nobody, or too many', async () => {
    const nobody = await register('search', '--last-name', 'Nobody', '--birth-date', '1968-00-00')
    expect([nobody.code, nobody.stdout]).toEqual([1, 'none\n'])
    const many = await register('search', ...born, '--variation', '40', '--max', '2')
    expect([many.code, many.stdout]).toEqual([1, 'too-many\n'])
    expect(many.stderr).toContain('V00003')
  })

  it.each([
    ['without a name', ['--birth-date', '1968-00-00']],
    ['without a birth', ['--last-name', 'Voorbeeld']],
    ['with a city alone', [...born, '--city', '99001']],
    ['with a number that is none', [...born, '--max', 'all']],
    ['with a number that cannot be', [...born, '--max', '51']],
    ['with a way that there is not', [...born, '--matching', 'SOME']],
  ])('ends with 2 %s', async (_, words) => {
    expect((await register('search', ...words)).code).toBe(2)
  })
})

describe('ehealth person history', () => {
  it('tells which number holds', async () => {
    const { code, stdout } = await register('history', patient.ssin)
    expect([code, stdout]).toEqual([0, `current  ${patient.ssin}\n`])
    expect((await register('history', '90010199596')).code).toBe(1)
  })
})
