import { writeFileSync } from 'node:fs'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { startSimulator, type Simulator } from '../../src/simulator/index.js'
import { ehealth, workplace } from './run.js'

const at = workplace()
let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator({
    dir: at('platform'),
    insurersMailboxes: { answerDelay: 0, repeatDelay: 0 },
  })
  const lines = simulator.world.patients.map(({ name, ssin }) => `${name}\t${ssin}`)
  writeFileSync(at('patients.tsv'), `${lines.join('\n')}\n`)
  writeFileSync(at('broken.tsv'), 'without a tab\n')
})
afterAll(() => simulator.close())

const batch = (...rest: string[]) =>
  ehealth([
    'member-data',
    'batch',
    '--simulator',
    at('platform'),
    '--persona',
    'physician',
    '--store',
    at('store'),
    ...rest,
  ])

describe('ehealth member-data batch', () => {
  it('asks about a file of patients, prints what the insurers say, and goes on where it was', async () => {
    const first = await batch('--in', at('patients.tsv'))
    expect(first).toMatchObject({ code: 0, stderr: '4 of 4 questions are answered\n' })
    const lines = first.stdout.trimEnd().split('\n').toSorted()
    expect(lines.map((line) => line.split('\t').slice(0, 3))).toEqual([
      ['adult', 'complete', 'insured'],
      ['child', 'complete', 'insured'],
      ['deceased', 'complete', 'deceased'],
      ['foreigner', 'complete', 'insured'],
    ])
    expect(lines[0]).toMatch(/\t\d{3} \d{4}-\d\d-\d\d\.\.\d{4}-\d\d-\d\d \d{3}\/\d{3}$/)
    const again = await batch('--in', at('patients.tsv'), '--json')
    expect(again).toMatchObject({ code: 0, stdout: '' })
    const more = await batch('--in', at('patients.tsv'), '--name', 'december', '--once', '--json')
    const answers = more.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { key: string })
    expect(answers.map(({ key }) => key).toSorted()).toEqual(['adult', 'child', 'deceased', 'foreigner'])
  })

  it('says which line is none, and never what stands in it', async () => {
    const failed = await batch('--in', at('broken.tsv'), '--name', 'broken')
    expect(failed.code).toBe(2)
    expect(failed.stderr).toContain('line 1 of the questions')
    expect(failed.stderr).not.toContain('without a tab')
  })
})
