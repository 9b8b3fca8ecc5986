/**
 * Ten thousand users in one process: what an idle session keeps, what opening one costs against its three signatures (the
 * request, the answer to a challenge, the assertion), and a storm in which every token has ended. The platform is another
 * process; `npm run build` first.
 *
 *     npx vitest run --config bench/vitest.config.ts bench/sessions.ts
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

import { expect, it } from 'vitest'

const count = process.env['BENCH_QUICK'] === '1' ? 500 : 10_000

interface Time {
  clock: number
  processor: number
  seconds: number
}
interface Memory {
  heap: number
  outside: number
}
interface Result {
  count: number
  maxStsCalls: number
  bare: Time
  card: Time
  login: Time
  again: Time
  storm: { seconds: number; processor: number; most: number; tokens: number }
  rss: number
  memory: { untouched: Memory; idle: Memory }
}

const program = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

async function measure(): Promise<Result> {
  const simulator = fork(program('sessionsSimulator.mjs'))
  const server = fork(program('sessionsProcess.mjs'), [`${count}`], { execArgv: ['--expose-gc'] })
  try {
    const [platform] = (await once(simulator, 'message')) as [object]
    server.send(platform)
    const died = once(server, 'exit').then(() => Promise.reject(new Error('the measured process ended')))
    for (;;) {
      const [message] = (await Promise.race([once(server, 'message'), died])) as [
        { advance: number } | Result,
      ]
      if (!('advance' in message)) return message
      simulator.send(message)
      await once(simulator, 'message')
      server.send({ advanced: true })
    }
  } finally {
    server.kill()
    simulator.kill()
  }
}

it('many sessions', { timeout: 1_800_000 }, async () => {
  const { memory, bare, card, login, again, storm, rss, maxStsCalls } = await measure()
  const kib = (octets: number): string => (octets / 1024).toFixed(1)
  const ms = (time: number): string => time.toFixed(2)
  console.log(`${count} sessions in one process, ${(rss / 2 ** 20).toFixed(0)} MiB resident`)
  console.table([
    {
      session: 'just acquired',
      'KiB heap': kib(memory.untouched.heap),
      'KiB outside': kib(memory.untouched.outside),
    },
    {
      session: 'idle, with its token',
      'KiB heap': kib(memory.idle.heap),
      'KiB outside': kib(memory.idle.outside),
    },
  ])
  const row = (what: string, time: Time) => ({
    what,
    ms: ms(time.clock),
    processor: ms(time.processor),
    'of three signatures': (time.processor / bare.processor).toFixed(2),
  })
  console.table([
    row('three signatures with RSA 2048', bare),
    row('opened from a keystore', login),
    row('opened by a card for a keystore', card),
    row('used again', again),
  ])
  console.log(
    `storm: ${count} tokens renewed in ${storm.seconds.toFixed(1)} s, ${ms(storm.processor)} ms of processor each, ` +
      `at most ${storm.most} of ${maxStsCalls} token requests at once`,
  )
  expect(storm.most).toBeLessThanOrEqual(maxStsCalls)
  expect(storm.tokens).toBe(count)
})
