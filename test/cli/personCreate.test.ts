import { PassThrough } from 'node:stream'
import { readFileSync, writeFileSync } from 'node:fs'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { confirmed } from '../../src/cli/confirm.js'
import { ehealth, startSimulatorProcess, workplace, type RunningSimulator } from './run.js'

const at = workplace()
let simulator: RunningSimulator
let patient: { ssin: string; eidCard: string }
beforeAll(async () => {
  simulator = await startSimulatorProcess(['--port', '0', '--dir', at('sim')])
  const { patients } = JSON.parse(readFileSync(at('sim/personas.json'), 'utf8')) as {
    patients: Record<string, typeof patient>
  }
  patient = patients['adult']!
})
afterAll(() => simulator.stop('SIGTERM'))

const as = (...words: string[]) => [...words, '--simulator', at('sim'), '--persona', 'physician']
const person = (lastName: string, more = {}) =>
  JSON.stringify({
    lastName,
    givenNames: ['Testc'],
    birthDate: '1985-09-30',
    birthPlace: { country: 'FR' },
    gender: 'M',
    ...more,
  })
const create = (input: string, ...words: string[]) =>
  ehealth(as('person', 'create', '--person', '-', ...words), { input })

describe('ehealth person create', () => {
  it('searches, and registers nobody without a decision', async () => {
    const { code, stdout, stderr } = await create(person('Qwixzolt'))
    expect([code, stdout]).toEqual([1, 'nobody\n'])
    expect(stderr).toContain('--register')
    const { code: again, json } = await create(person('Qwixzolt'), '--json')
    expect(again).toBe(1)
    expect(json()).toMatchObject({
      outcome: 'nobody',
      searches: [{ step: 'exact', outcome: 'none' }, {}, {}],
    })
  })

  it('registers by a decision, and only past people who were looked at', async () => {
    const done = await create(person('Qwixzoltaba'), '--register')
    expect(done.code).toBe(0)
    const [, ssin] = /^nobody\ncreated {2}(\d{11})\n$/.exec(done.stdout)!
    const found = await create(person('Qwixzoltaba'), '--register')
    expect(found.code).toBe(1)
    expect(found.stdout).toMatch(new RegExp(`^candidates\\n${ssin}  TESTC QWIXZOLTABA`))
    expect(found.stderr).toContain('1 of these were not named')
    writeFileSync(at('seen.txt'), `${ssin}\n`)
    const other = person('Qwixzoltaba', { givenNames: ['Ugo'] })
    const past = await create(other, '--register', '--none-of', `@${at('seen.txt')}`, '--json')
    expect(past.code).toBe(0)
    expect(past.json()).toMatchObject({
      outcome: 'created',
      search: { outcome: 'candidates', candidates: [{ ssin, foundBy: 'last-name' }] },
    })
  })

  it('tells of somebody who exists already although nobody thought so', async () => {
    const ugo = person('Qwixzoltaba', { givenNames: ['Ugo'] })
    const seen = await create(ugo, '--json')
    const { candidates } = seen.json<{ candidates: { ssin: string }[] }>()
    const done = await create(ugo, '--register', '--none-of', ...candidates.map(({ ssin }) => ssin))
    expect(done.code).toBe(1)
    expect(done.stdout).toMatch(/^candidates\n(.+\n){2}existing\n\d{11} {2}UGO QWIXZOLTABA/)
    expect(done.stderr).toContain('999999')
  })

  it('looks up numbers that are known', async () => {
    const { code, json } = await create(person('Qwixzoltodo'), '--known', patient.ssin, '--json')
    expect(code).toBe(1)
    expect(json()).toMatchObject({ candidates: [{ ssin: patient.ssin, foundBy: 'number' }] })
  })

  it('ends with 2 for what cannot be, without a word of the person', async () => {
    const wrong = await create(person('Qwixzoltodo', { birthPlace: undefined }))
    expect(wrong.code).toBe(2)
    expect(wrong.stderr).toContain('person-registration.declaration')
    expect(wrong.stderr).not.toContain('Qwixzolt')
    expect((await create('[]')).code).toBe(2)
    expect((await create(person('Qwixzoltodo'), '--none-of', patient.ssin)).code).toBe(2)
  })
})

describe('ehealth card verify', () => {
  const verify = (card: object, ...words: string[]) =>
    ehealth(as('card', 'verify', '--card', '-', ...words), { input: JSON.stringify(card) })

  it('says whether the card is his, and when it ends', async () => {
    const card = { ssin: patient.ssin, cardNumber: patient.eidCard }
    const { code, stdout } = await verify(card)
    expect(code).toBe(0)
    expect(stdout).toMatch(/^valid\ncard +EID\n/)
    expect(stdout).toMatch(/expiry\n$/)
    const other = await verify({ ...card, ssin: '88091199108' }, '--json', '--legal-context', 'test')
    expect(other.code).toBe(1)
    expect(other.json()).toMatchObject({ outcome: 'not-valid', problems: [] })
    expect((await verify({ ssin: patient.ssin })).code).toBe(2)
  })
})

describe('a decision at the terminal', () => {
  const ask = async (typed: string, { tty = true, json = false } = {}): Promise<[boolean, string]> => {
    const input = Object.assign(new PassThrough(), { isTTY: tty, setRawMode: () => input }) as never
    const output = Object.assign(new PassThrough(), { isTTY: tty, columns: 80 })
    let shown = ''
    output.on('data', (chunk: Buffer) => (shown += chunk.toString()))
    ;(input as PassThrough).end(`${typed}\n`)
    return [await confirmed('Register?', json, { input, output: output as never }), shown]
  }

  it('is the whole word yes, and nothing else', async () => {
    expect((await ask('yes'))[0]).toBe(true)
    expect((await ask('Yes '))[0]).toBe(true)
    for (const typed of ['y', 'no', '', 'yes please']) expect((await ask(typed))[0], typed).toBe(false)
    expect((await ask('yes'))[1]).toContain('Register? Type yes: ')
  })

  it('is not asked where nobody is looking', async () => {
    expect(await ask('yes', { tty: false })).toEqual([false, ''])
    expect(await ask('yes', { json: true })).toEqual([false, ''])
  })
})
