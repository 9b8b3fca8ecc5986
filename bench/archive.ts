/**
 * How many prescriptions a second are taken in durably: through the library, by ones and by many at a time, and over HTTP
 * by a process that has one core for itself (where there is `taskset`). Beside it the bare disk: how often it flushes 4 KiB
 * that were appended to a file. `npm run build` first.
 *
 *     npx vitest run --config bench/vitest.config.ts bench/archive.ts
 */
import { fork, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { afterAll, beforeAll, expect, it } from 'vitest'

import { openPrescriptionArchive } from '../dist/business/prescriptionArchive/index.js'

const quick = process.env['BENCH_QUICK'] === '1'
const milliseconds = quick ? 2000 : 15_000
/** A prescription in KMEHR has some kilobytes. */
const size = 4096
const token = 'token of the measurement'

let directory: string
beforeAll(() => {
  // where `tmpdir` is memory, say where the disk is
  directory = mkdtempSync(join(process.env['BENCH_DIRECTORY'] ?? tmpdir(), 'ehealth-archive-'))
})
afterAll(() => rmSync(directory, { recursive: true }))

/** Keeps `width` at work until the time is over; gives how many were done a second. */
async function rate(width: number, work: (n: number) => Promise<unknown>): Promise<number> {
  let done = 0
  const start = performance.now()
  const worker = async (): Promise<void> => {
    while (performance.now() - start < milliseconds) {
      await work(done++)
    }
  }
  await Promise.all(Array.from({ length: width }, worker))
  return done / ((performance.now() - start) / 1000)
}

const shown = (name: string, perSecond: number, more = ''): void =>
  console.log(`${name.padEnd(48)} ${perSecond.toFixed(0).padStart(7)} /s  ${more}`)

it('the disk', () => {
  const file = openSync(join(directory, 'disk'), 'a')
  const block = randomBytes(4096)
  let flushes = 0
  const start = performance.now()
  while (performance.now() - start < milliseconds / 4) {
    writeSync(file, block)
    fdatasyncSync(file)
    flushes += 1
  }
  closeSync(file)
  shown('flushes of 4 KiB appended', flushes / ((performance.now() - start) / 1000))
  expect(flushes).toBeGreaterThan(0)
})

it('the library', async () => {
  const content = Array.from({ length: 64 }, () => randomBytes(size))
  for (const width of [1, 16, 256]) {
    const file = join(directory, `library-${width}.db`)
    const archive = await openPrescriptionArchive({ file })
    const used = process.cpuUsage()
    const perSecond = await rate(width, (n) =>
      archive.add({ content: content[n % content.length]!, sourceSystem: 'bench', sourceId: String(n) }),
    )
    const { user, system } = process.cpuUsage(used)
    const { entries } = await archive.status()
    shown(
      `library (${archive.driver}), ${width} at a time`,
      perSecond,
      `${((user + system) / entries).toFixed(0)} µs of processor each, ${Math.round(statSync(file).size / entries)} bytes on disk each`,
    )
    expect(entries).toBeGreaterThanOrEqual(perSecond * (milliseconds / 1000) * 0.99)
    await archive.close()
  }
})

it('over HTTP, on one core', { timeout: 120_000 }, async () => {
  const program = fileURLToPath(new URL('archiveIntake.mjs', import.meta.url))
  const child = fork(program, [join(directory, 'http.db'), token])
  const died = once(child, 'exit').then(() => Promise.reject(new Error('the measured process ended')))
  const told = async <T>(): Promise<T> => ((await Promise.race([once(child, 'message'), died])) as [T])[0]
  const { url } = await told<{ url: string }>()
  const onOneCore = spawnSync('taskset', ['-a', '-p', '-c', '0', String(child.pid)]).status === 0
  const agent = new Agent({ keepAlive: true, maxSockets: 256 })
  const content = Array.from({ length: 64 }, () => randomBytes(size))
  const post = (n: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${token}`,
        'x-source-system': 'bench',
        'x-source-id': String(n),
        'content-length': size,
      }
      const outgoing = request(`${url}/prescriptions`, { method: 'POST', agent, headers }, (answer) => {
        answer
          .resume()
          .once('end', () =>
            answer.statusCode === 201 ? resolve() : reject(new Error(`${answer.statusCode}`)),
          )
      })
      outgoing.once('error', reject).end(content[n % content.length])
    })
  for (const width of [16, 64, 256]) {
    child.send('begin')
    const before = await told<{ entries: number }>()
    const offset = before.entries + 1_000_000 * width
    const perSecond = await rate(width, (n) => post(offset + n))
    child.send('end')
    const after = await told<{ entries: number; processor: number }>()
    const taken = after.entries - before.entries
    shown(
      `HTTP${onOneCore ? ', one core' : ''}, ${width} connections`,
      perSecond,
      `${((after.processor * 1e6) / taken).toFixed(0)} µs of processor each`,
    )
    expect(taken).toBeGreaterThan(0)
  }
  agent.destroy()
  died.catch(() => undefined)
  child.kill()
})
