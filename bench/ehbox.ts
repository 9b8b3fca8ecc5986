/**
 * How many encrypted messages one process sends and reads against the simulator, of 10 KiB and of 5 MiB, one after the other
 * and some at a time, and what it spends its time on. The simulator is a process of its own; what it does is the share
 * called `wait`.
 *
 *     npm run build && npx vitest run --config bench/vitest.config.ts bench/ehbox.ts
 */
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

import { afterAll, beforeAll, it } from 'vitest'

import { connect, type Connection } from '../src/connect.js'
import { nurse, physician } from '../src/professions/index.js'
import type { PersonPersona } from '../src/simulator/index.js'
import type { Environment } from '../src/technical/environment/environment.js'
import type { SessionEvent } from '../src/technical/session/index.js'

const sizes = { '10 KiB': 10 * 1024, '5 MiB': 5 * 1024 * 1024 }
/** Messages per run; the first tenth only warms up. */
const counts = { '10 KiB': 200, '5 MiB': 20 }
const concurrency = [1, 8]

interface Platform {
  environment: Environment
  physician: PersonPersona
  nurse: PersonPersona
}

let child: ChildProcess
let platform: Platform
beforeAll(async () => {
  child = fork(fileURLToPath(new URL('ehboxPlatform.mjs', import.meta.url)), { serialization: 'advanced' })
  ;[platform] = (await once(child, 'message')) as [Platform]
}, 120_000)
afterAll(() => child.kill())

/** Milliseconds by what they were spent on. */
type Shares = Map<string, number>

function watching(shares: Shares): (event: SessionEvent) => void {
  const add = (name: string, milliseconds: number): void =>
    void shares.set(name, (shares.get(name) ?? 0) + milliseconds)
  return (event) => {
    if (event.type === 'phase') add(event.phase, event.milliseconds)
    if (event.type === 'seal' || event.type === 'unseal') add(event.type, event.milliseconds)
  }
}

const open = (
  persona: PersonPersona,
  as: typeof physician | typeof nurse,
  shares: Shares,
): Promise<Connection<'ehbox'>> =>
  connect({
    environment: platform.environment,
    keystore: { bytes: persona.keystore, password: persona.password },
    as: as({ ssin: persona.ssin, nihii: persona.nihii }),
    on: watching(shares),
  })

/** Runs so many pieces of work, some at a time; gives milliseconds. */
async function atOnce(
  count: number,
  workers: number,
  work: (index: number) => Promise<unknown>,
): Promise<number> {
  let next = 0
  const start = performance.now()
  await Promise.all(
    Array.from({ length: workers }, async () => {
      while (next < count) await work(next++)
    }),
  )
  return performance.now() - start
}

it('sending and reading encrypted messages', async () => {
  const rows: Record<string, unknown>[] = []
  for (const [label, size] of Object.entries(sizes) as [keyof typeof sizes, number][])
    for (const workers of concurrency) {
      const count = counts[label]
      const shares = { send: new Map() as Shares, read: new Map() as Shares }
      const ada = await open(platform.physician, physician, shares.send)
      const noor = await open(platform.nurse, nurse, shares.read)
      const content = Buffer.alloc(size, 'x')
      const send = () =>
        ada.ehbox.send({
          to: [{ ssin: platform.nurse.ssin, quality: 'NURSE' }],
          title: 'Measured',
          body: 'Dear colleague',
          annexes: [{ title: 'Annex', fileName: 'a.bin', mimeType: 'application/octet-stream', content }],
          encrypt: true,
        })
      await atOnce(Math.max(2, count / 10), workers, send)
      for await (const listed of noor.ehbox.messages()) await noor.ehbox.delete([listed], { folder: 'INBOX' })
      shares.send.clear()
      const sending = await atOnce(count, workers, send)
      const ids: string[] = []
      for await (const { id } of noor.ehbox.messages()) ids.push(id)
      await noor.ehbox.read(ids[0]!)
      shares.read.clear()
      const reading = await atOnce(ids.length, workers, (index) => noor.ehbox.read(ids[index]!))
      rows.push(rowOf('send', label, workers, count, sending, shares.send))
      rows.push(rowOf('read', label, workers, ids.length, reading, shares.read))
      await noor.ehbox.delete(ids, { folder: 'INBOX' })
      await ada.close()
      await noor.close()
    }
  console.log(
    'shares are of the sum of all phases: with several messages at a time, phases wait for the processor too',
  )
  console.table(rows)
})

function rowOf(
  what: string,
  size: string,
  workers: number,
  count: number,
  milliseconds: number,
  shares: Shares,
): Record<string, unknown> {
  const all = [...shares.values()].reduce((sum, each) => sum + each, 0)
  const share = (...names: string[]): string =>
    `${Math.round((names.reduce((sum, name) => sum + (shares.get(name) ?? 0), 0) / all) * 100)} %`
  return {
    what,
    size,
    'at a time': workers,
    'per second': ((count / milliseconds) * 1000).toFixed(1),
    'ms each': (milliseconds / count).toFixed(1),
    'seal, unseal': share('seal', 'unseal'),
    'write, sign': share('write', 'sign'),
    wire: share('connect', 'send', 'receive'),
    'wait (platform)': share('wait'),
    'parse, read': share('parse', 'verify', 'read'),
  }
}
