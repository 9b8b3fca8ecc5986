import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { WatchOptions } from '../../../../src/business/ehbox/index.js'
import { mailOf } from '../../../../src/simulator/services/ehbox/store.js'
import { openCast, type Cast } from '../world.js'

const worker = fileURLToPath(new URL('worker.mjs', import.meta.url))
const directory = mkdtempSync(join(tmpdir(), 'ehbox-kill-'))
let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterAll(async () => {
  await cast.close()
  rmSync(directory, { recursive: true })
})

interface Effect {
  title: string
  key: string
  attempt: number
  interrupted: boolean
}

/** The files of one run. */
const filesOf = (name: string) => ({
  cursorFile: join(directory, `${name}.cursor`),
  effects: join(directory, `${name}.effects`),
  steps: join(directory, `${name}.steps`),
})
const linesOf = (file: string): string[] =>
  existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : []
const effectsOf = (file: string): Effect[] => linesOf(file).map((line) => JSON.parse(line) as Effect)

async function work(
  name: string,
  dieAt: number,
  options: Partial<WatchOptions>,
): Promise<{ signal: string | null; code: number | null; stderr: string }> {
  const { keystore, password, ssin, nihii } = cast.simulator.personas.nurse
  const child = spawn(process.execPath, [worker], {
    env: {
      ...process.env,
      WORKER: JSON.stringify({
        environment: cast.simulator.environment,
        keystore: Buffer.from(keystore).toString('base64'),
        password,
        as: { ssin, nihii },
        ...filesOf(name),
        dieAt,
        options,
      }),
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const [stderr, [code, signal]] = await Promise.all([
    text(child.stderr),
    once(child, 'close') as Promise<[number | null, string | null]>,
  ])
  return { code, signal, stderr }
}

/** The next process, which is not killed. */
const recover = (name: string, options: Partial<WatchOptions>) => {
  const { cursorFile, effects } = filesOf(name)
  return cast.nurse.ehbox.watch({
    ...options,
    cursor: cursorFile,
    once: true,
    handle: (message, { key, attempt, interrupted }) =>
      appendFileSync(effects, `${JSON.stringify({ title: message.title, key, attempt, interrupted })}\n`),
  })
}

const messagesIn = async (folder: 'INBOX' | 'BININBOX'): Promise<string[]> => {
  const titles: string[] = []
  for await (const { title } of cast.nurse.ehbox.messages({ folder })) titles.push(title!)
  return titles
}

const titles = ['first', 'second']
async function mail(): Promise<void> {
  const state = mailOf(cast.simulator.world)
  state.copies = []
  state.letters.clear()
  for (const title of titles)
    await cast.physician.ehbox.send({ to: [cast.toNurse], title, body: 'sealed', encrypt: true })
}

/** Kills the loop at every step there is, one after the other, and lets the next process go on. */
async function killEverywhere(
  options: Partial<WatchOptions>,
  check: (run: { effects: Effect[]; diedAfter: string[]; name: string }) => Promise<void>,
): Promise<string[]> {
  for (let dieAt = 1; ; dieAt++) {
    const name = `${options.after ?? 'move'}-${options.interrupted ?? 'again'}-${dieAt}`
    await mail()
    const { code, signal, stderr } = await work(name, dieAt, options)
    const diedAfter = linesOf(filesOf(name).steps)
    if (signal === null) {
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      return diedAfter
    }
    expect(signal).toBe('SIGKILL')
    expect(diedAfter).toHaveLength(dieAt)
    await recover(name, options)
    await check({ effects: effectsOf(filesOf(name).effects), diedAfter, name })
  }
}

describe('a mail loop that is killed at any step', () => {
  it('loses nothing and repeats nothing but what it was in the middle of, and says so', async () => {
    const steps = await killEverywhere({}, async ({ effects, diedAfter }) => {
      const place = diedAfter.at(-1)
      for (const title of titles) {
        const own = effects.filter((effect) => effect.title === title)
        // handed over anew exactly once; a second time only with a warning, under the same key
        expect(own.filter(({ interrupted }) => !interrupted).length, place).toBeLessThanOrEqual(1)
        expect(own.length, place).toBeGreaterThanOrEqual(1)
        expect(new Set(own.map(({ key }) => key)).size, place).toBe(1)
        // twice only where nobody can know whether the handler had finished
        if (own.length > 1) expect(['handler begins', 'handler ends', 'before done'], place).toContain(place)
      }
      // oldest first
      expect(effects.map(({ title }) => title).indexOf('first'), place).toBe(0)
      expect(await messagesIn('INBOX'), place).toEqual([])
      expect((await messagesIn('BININBOX')).toSorted(), place).toEqual(titles)
    })
    const ofOneMessage = [
      'before begun',
      'after begun',
      'before GetFullMessage',
      'after GetFullMessage',
      'handler begins',
      'handler ends',
      'before done',
      'after done',
      'before MoveMessage',
      'after MoveMessage',
    ]
    expect(steps).toEqual([
      'before GetBoxInfo',
      'after GetBoxInfo',
      'before GetMessagesList',
      'after GetMessagesList',
      ...ofOneMessage,
      ...ofOneMessage,
    ])
  }, 600_000)

  it('does nothing twice where that is what is asked for: a person has to look', async () => {
    const aside: string[] = []
    await killEverywhere(
      { interrupted: 'set-aside', after: 'leave' },
      async ({ effects, diedAfter, name }) => {
        const place = diedAfter.at(-1)
        for (const title of titles)
          expect(effects.filter((effect) => effect.title === title).length, place).toBeLessThanOrEqual(1)
        const handled = new Set(effects.map(({ title }) => title)).size
        const marks = linesOf(filesOf(name).cursorFile).filter((line) => line.includes('"aside"')).length
        if (marks > 0) aside.push(place!)
        // done, or known to be in doubt: never forgotten
        expect(handled + marks, place).toBeGreaterThanOrEqual(2)
        expect(await messagesIn('INBOX'), place).toHaveLength(2)
      },
    )
    expect(new Set(aside)).toEqual(
      new Set([
        'after begun',
        'before GetFullMessage',
        'after GetFullMessage',
        'handler begins',
        'handler ends',
        'before done',
      ]),
    )
  }, 600_000)
})
