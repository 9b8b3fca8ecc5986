/**
 * How fast the registers of the simulator answer over HTTPS, with 10 000 people: a person by number, a name by sound, and
 * an answer that is too large taken apart, by years, months and days, until all of it has come.
 *
 *     npx vitest run --config bench/vitest.config.ts bench/register.ts
 */
import { it } from 'vitest'

import type { PersonIdentification, RnConsult } from '../src/business/rnConsult/index.js'
import { connect } from '../src/connect.js'
import { physician } from '../src/professions/index.js'
import { startSimulator } from '../src/simulator/index.js'

const quick = process.env['BENCH_QUICK'] !== undefined
const count = quick ? 60 : 300

it('searching 10 000 people', async () => {
  const started = performance.now()
  await using simulator = await startSimulator({ people: { count: 10_000 } })
  const ready = performance.now() - started
  const { ssin, nihii, keystore, password } = simulator.personas.physician
  await using me = await connect({
    environment: simulator.environment,
    keystore: { bytes: keystore, password },
    as: physician({ ssin, nihii }),
  })
  const before = performance.now()
  const numbers = simulator.people.rare('homonym')
  const first = performance.now() - before
  console.log(
    `started in ${ready.toFixed(0)} ms; the register of 10 000 made in ${first.toFixed(0)} ms, when first asked`,
  )
  await me.rnConsult.searchBySsin({ ssin: numbers[0]! })

  const rows: Record<string, unknown>[] = []
  rows.push(
    await measured('by number', (index) =>
      me.rnConsult.searchBySsin({ ssin: numbers[index % numbers.length]! }),
    ),
  )
  rows.push(
    await measured('history of a number', (index) =>
      me.ssinHistory.related({ ssin: numbers[index % numbers.length]! }),
    ),
  )
  rows.push(
    await measured('by name and day of birth', (index) => {
      const { lastName, birthDate } = simulator.people.find(numbers[index % numbers.length]!)!.person!
      return me.rnConsult.searchPhonetically({ lastName, birthDate, maximumResults: 50 })
    }),
  )
  rows.push(
    await measured('by name and years', (index) => {
      const { lastName, birthDate } = simulator.people.find(numbers[index % numbers.length]!)!.person!
      const year = `${birthDate.slice(0, 4)}-00-00`
      return me.rnConsult.searchPhonetically({ lastName, birthDate: year, variation: 2, maximumResults: 50 })
    }),
  )
  const pages: number[] = []
  const everybody = await allCalled('Voorbeeld', me.rnConsult, pages)
  rows.push(rowOf(`page by page: ${everybody.length} people`, pages))
  console.table(rows)
})

/** Calls one after the other; a tenth warms up. */
async function measured(what: string, call: (index: number) => Promise<{ outcome: string }>) {
  for (let index = 0; index < count / 10; index++) await call(index)
  const times: number[] = []
  for (let index = 0; index < count; index++) {
    const start = performance.now()
    const { outcome } = await call(index)
    times.push(performance.now() - start)
    if (outcome === 'refused') throw new Error(`${what}: ${outcome}`)
  }
  return rowOf(what, times)
}

/** Everybody of a name, by spans of birth that are halved until an answer may come whole. */
async function allCalled(
  lastName: string,
  register: RnConsult,
  times: number[],
): Promise<PersonIdentification[]> {
  const found = new Map<string, PersonIdentification>()
  const ask = async (birthDate: string, variation: number): Promise<boolean> => {
    const start = performance.now()
    const answer = await register.searchPhonetically({ lastName, birthDate, variation, maximumResults: 50 })
    times.push(performance.now() - start)
    if (answer.outcome === 'found') for (const person of answer.persons) found.set(person.ssin!, person)
    return answer.outcome !== 'too-many'
  }
  for (let year = 1925; year <= 2024; year += 5) {
    if (await ask(`${year + 2}-00-00`, 2)) continue
    for (let one = year; one < year + 5; one++)
      if (!(await ask(`${one}-00-00`, 0)))
        for (let month = 1; month <= 12; month++) await ask(`${one}-${String(month).padStart(2, '0')}-00`, 0)
  }
  return [...found.values()]
}

function rowOf(what: string, times: readonly number[]): Record<string, unknown> {
  const sorted = [...times].sort((one, other) => one - other)
  const at = (part: number): string => sorted[Math.floor((sorted.length - 1) * part)]!.toFixed(1)
  return { what, calls: times.length, 'median ms': at(0.5), '90 % ms': at(0.9), 'slowest ms': at(1) }
}
