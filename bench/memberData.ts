/**
 * An institution with ten thousand patients asks for the insurability of all of them through the mailbox: how long it takes
 * this process, and that its memory follows the size of a post and not the number of patients. The platform is another
 * process; `npm run build` first. `BENCH_QUICK=1` asks about a thousand.
 *
 *     npx vitest run --config bench/vitest.config.ts bench/memberData.ts
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { expect, it } from 'vitest'

const quick = process.env['BENCH_QUICK'] === '1'
/** Patients in all, and how many of them make a post. */
const runs: readonly [count: number, size: number][] = quick
  ? [[1000, 250]]
  : [
      [1000, 500],
      [10_000, 500],
      [10_000, 5000],
    ]

interface Result {
  count: number
  size: number
  answers: number
  insured: number
  state: { asked: number; answered: number }
  seconds: { ask: number; untilFirst: number; answers: number }
  processor: number
  rss: { before: number; peak: number }
  heap: { before: number; after: number }
}

const program = (name: string): string => fileURLToPath(new URL(name, import.meta.url))
const mebibytes = (octets: number): number => Math.round(octets / 2 ** 20)

async function measure(count: number, size: number): Promise<Result> {
  const store = mkdtempSync(join(tmpdir(), 'bench-member-data-'))
  const platform = fork(program('memberDataPlatform.mjs'), { serialization: 'advanced' })
  const institution = fork(program('memberDataProcess.mjs'), [`${count}`, `${size}`, store], {
    execArgv: ['--expose-gc'],
    serialization: 'advanced',
  })
  try {
    const [told] = (await once(platform, 'message')) as [object]
    institution.send(told)
    const died = once(institution, 'exit').then(() => Promise.reject(new Error('the measured process ended')))
    const [result] = (await Promise.race([once(institution, 'message'), died])) as [Result]
    died.catch(() => undefined)
    return result
  } finally {
    institution.kill()
    platform.kill()
    rmSync(store, { recursive: true })
  }
}

it('asking about all patients of an institution', async () => {
  const rows: Record<string, unknown>[] = []
  for (const [count, size] of runs) {
    const result = await measure(count, size)
    const { answers, state, seconds, processor, rss } = result
    expect([answers, state.asked, state.answered]).toEqual([count, count, count])
    rows.push({
      patients: count,
      'per post': size,
      'kept in s': seconds.ask.toFixed(1),
      'first answer after s': seconds.untilFirst.toFixed(1),
      'answers in s': seconds.answers.toFixed(1),
      'processor ms each': ((processor * 1000) / count).toFixed(2),
      'RSS before MiB': mebibytes(rss.before),
      'RSS peak MiB': mebibytes(rss.peak),
    })
  }
  console.table(rows)
})
