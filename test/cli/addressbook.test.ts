import { readFileSync } from 'node:fs'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { ehealth, startSimulatorProcess, workplace, type RunningSimulator } from './run.js'

const at = workplace()
let simulator: RunningSimulator
let hospitalNihii: string
let nurseSsin: string
beforeAll(async () => {
  simulator = await startSimulatorProcess(['--port', '0', '--dir', at('sim')])
  const { personas } = JSON.parse(readFileSync(at('sim/personas.json'), 'utf8')) as {
    personas: { name: string; ssin?: string; nihii: string }[]
  }
  hospitalNihii = personas.find(({ name }) => name === 'hospital')!.nihii
  nurseSsin = personas.find(({ name }) => name === 'nurse')!.ssin!
})
afterAll(() => simulator.stop('SIGTERM'))

const book = (...words: string[]) =>
  ehealth(['addressbook', ...words, '--simulator', at('sim'), '--persona', 'physician'])
const physicians = ['--profession', 'PHYSICIAN', '--last-name', 'Voorbeeld*']

describe('ehealth addressbook search', () => {
  it('prints a line for each professional', async () => {
    const { code, stdout, stderr } = await book('search', 'professionals', ...physicians)
    expect([code, stderr]).toEqual([0, ''])
    const lines = stdout.trimEnd().split('\n')
    expect(lines.length).toBeGreaterThan(5)
    for (const line of lines) expect(line).toMatch(/^\d{11} {2}\d{11} {2}\S+ Voorbeelds? {2}PHYSICIAN$/)
  })

  it.each<[string, string[], number]>([
    ['a number', ['--number', 'NIHII:71997358', '--type', 'HOSPITAL'], 1],
    ['a name', ['--name', 'sample*', '--type', 'HOSPITAL'], 1],
    ['a zip code', ['--type', 'PHARMACY', '--zip', '0000'], 0],
    ['a city', ['--type', 'PHARMACY', '--city', 'Nowhere'], 0],
  ])('searches organisations by %s without being told so', async (_, criteria, count) => {
    const { code, json } = await book('search', ...criteria, '--json')
    expect(code).toBe(0)
    const found = json<{ nihii: string; type: string }[]>()
    expect(found).toHaveLength(count)
    if (count > 0) expect(found[0]).toMatchObject({ nihii: hospitalNihii, type: 'HOSPITAL' })
  })

  it.each<[string, string[], number]>([
    ['SSIN', ['--number', 'ssin:79051299152'], 1],
    ['first name', [...physicians, '--first-name', 'Emma', '--limit', '2'], 2],
    ['city', ['--profession', 'NURSE', '--city', 'Nowhere'], 0],
    ['e-mail address', ['--email', 'ada.samplemans@example.invalid'], 1],
  ])('searches professionals by %s', async (_, criteria, count) => {
    const { code, json } = await book('search', ...criteria, '--json')
    expect([code, json<unknown[]>().length]).toEqual([0, count])
  })

  it('turns pages', async () => {
    const one = await book('search', ...physicians, '--max', '3', '--json')
    const two = await book('search', ...physicians, '--max', '3', '--offset', '3', '--json')
    const all = await book('search', ...physicians, '--limit', '6', '--json')
    const itemsOf = ({ json }: typeof one) => json<{ items: unknown[] }>().items
    expect(one.json()).toMatchObject({ offset: 0, max: 3 })
    expect([...itemsOf(one), ...itemsOf(two)]).toEqual(all.json<unknown[]>())
    const shown = await book('search', ...physicians, '--max', '3')
    expect(shown.stdout.trimEnd().split('\n')).toHaveLength(3)
    expect(shown.stderr).toContain('--offset 3')
    const none = await book('search', ...physicians, '--max', '3', '--offset', '9999')
    expect([none.code, none.stdout]).toEqual([0, ''])
    expect(none.stderr).toContain('nobody')
  })

  it.each<[string, string[], RegExp]>([
    ['nothing', [], /nothing to search by/],
    ['a mixture that is not taken', ['--last-name', 'Voorbeeld'], /profession: missing/],
    ['a criterion of the others', ['professionals', '--name', 'x'], /not searched by name/],
    ['both ways of paging', [...physicians, '--max', '1', '--limit', '1'], /give one/],
    ['a number without type', ['--number', '79051299152'], /TYPE:NUMBER/],
    ['an offset that is none', [...physicians, '--offset', '-1'], /from 0/],
    ['a kind that is none', ['patients', ...physicians], /professionals, organisations/],
  ])('refuses %s as wrong use', async (_, words, told) => {
    const { code, stdout, stderr } = await book('search', ...words)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(told)
  })

  it('never repeats a number that it refuses', async () => {
    const { code, stderr } = await book('search', '--number', 'SSIN:79051299153')
    expect(code).toBe(1)
    expect(stderr).toContain('identifier.check-digit')
    expect(stderr).not.toContain('79051299153')
  })
})

describe('ehealth addressbook show', () => {
  it('shows addresses and mailbox of a professional', async () => {
    const { code, stdout } = await book('show', `SSIN:${nurseSsin}`)
    expect(code).toBe(0)
    expect(stdout).toMatch(/^name +Noor Exemplaire$/m)
    expect(stdout).toMatch(/^NURSE \d{11}$/m)
    expect(stdout).toMatch(/^ {2}activity: \S.* \d+.*, \d{4} \S+/m)
    expect(stdout).toContain('noor.exemplaire@example.invalid')
    expect(stdout).toContain(`eHealthBox NURSE:INSS:${nurseSsin}`)
  })

  it('shows an organisation, also as JSON', async () => {
    const { stdout } = await book('show', `NIHII:${hospitalNihii}`, '--kind', 'organisations')
    expect(stdout).toContain(`eHealthBox HOSPITAL:NIHII/HOSPITAL:${hospitalNihii}`)
    const { json } = await book('show', `NIHII:${hospitalNihii}`, '--type', 'HOSPITAL', '--json')
    expect(json()).toMatchObject({ outcome: 'found', eHealthBox: [{ id: hospitalNihii }] })
  })

  it('ends with 1 when nobody has the number', async () => {
    const { code, json } = await book('show', 'CBE:0999999922', '--json')
    expect([code, json()]).toEqual([1, { outcome: 'not-found' }])
  })

  it.each([
    [['SSIN:79051299152', '--kind', 'organisations']],
    [['SSIN:79051299152', '--type', 'HOSPITAL']],
    [['0999999922']],
  ])('refuses %j as wrong use', async (words) => {
    expect((await book('show', ...words)).code).toBe(2)
  })
})
