import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { MailboxName } from '../../../../src/business/genericAsync/index.js'
import { asyncBoxOf } from '../../../../src/simulator/services/genericAsync/box.js'
import { queryList } from '../content.js'
import { issuerOf, licence, openMailboxWorld, type MailboxWorld } from '../world.js'

const script = fileURLToPath(new URL('worker.mjs', import.meta.url))
const place = mkdtempSync(join(tmpdir(), 'async-kill-'))
let content: Buffer
const patients = ['68052199235', '15060799455']
let world: MailboxWorld
beforeAll(async () => {
  world = await openMailboxWorld({ insurersMailboxes: { answerDelay: 0, repeatDelay: 0 } })
  content = queryList(patients, issuerOf(world))
})
afterAll(async () => {
  await world.close()
  rmSync(place, { recursive: true })
})

interface Effect {
  key: string
  tries: number
  interrupted: boolean
}

const filesOf = (name: string) => ({
  directory: join(place, name),
  effects: join(place, `${name}.effects`),
  steps: join(place, `${name}.steps`),
})
const linesOf = (file: string): string[] =>
  existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : []

async function work(
  name: string,
  mailbox: MailboxName,
  dieAt: number,
): Promise<{ signal: string | null; code: number | null; stderr: string }> {
  const { simulator } = world
  const { keystore, password, ssin, nihii } = simulator.personas.physician
  const child = spawn(process.execPath, [script], {
    env: {
      ...process.env,
      WORKER: JSON.stringify({
        environment: simulator.environment,
        keystore: Buffer.from(keystore).toString('base64'),
        password,
        as: { ssin, nihii },
        licence,
        ...filesOf(name),
        dieAt,
        mailbox,
        content: content.toString(),
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

/** The next process, which is not killed: a post that left no trace in the mailbox is posted again at once. */
async function recover(name: string, mailbox: MailboxName): Promise<void> {
  const { directory, effects } = filesOf(name)
  await using runner = await world.me.genericAsync.runner({ mailbox, store: directory, settle: 0 })
  await runner.post({ name: 'batch', content })
  for (let round = 0; round < 2; round++)
    for await (const { key, tries, interrupted } of runner.messages({ once: true }))
      appendFileSync(effects, `${JSON.stringify({ key, tries, interrupted })}\n`)
}

/** One post, two insurers that answer. */
const answers = 2

const ofOneMessage = [
  'before mark begun',
  'after mark begun',
  'handler begins',
  'handler ends',
  'before mark done',
  'after mark done',
  'before inbox removed',
  'after inbox removed',
]
const expected = [
  ...[
    'content',
    'outbox waiting',
    'outbox posting',
    'post',
    'outbox posted',
    'get',
    'inbox',
    'inbox',
  ].flatMap((name) => [`before ${name}`, `after ${name}`]),
  'before confirm',
  'after confirm',
  ...ofOneMessage,
  ...ofOneMessage,
  'before get',
  'after get',
]

const lanes: readonly MailboxName[] = [
  'memberDataAsync',
  'walCareNetMemberDataAsync',
  'irisCareNetMemberDataAsync',
]

describe('a runner that is killed at any step', () => {
  it('posts once, loses nothing and repeats nothing but what it was in the middle of, and says so', async () => {
    let next = 1
    const lane = async (mailbox: MailboxName): Promise<void> => {
      while (next <= expected.length) {
        const dieAt = next++
        const name = `die-${dieAt}`
        const box = asyncBoxOf(world.simulator.world, mailbox, world.simulator.personas.physician.nihii)
        const died = await work(name, mailbox, dieAt)
        const where = linesOf(filesOf(name).steps)
        expect(died, `${where.at(-1)} ${died.stderr}`).toMatchObject({ signal: 'SIGKILL' })
        expect(where).toEqual(expected.slice(0, dieAt))
        await recover(name, mailbox)

        const at = `killed ${where.at(-1)} (step ${dieAt})`
        const effects = linesOf(filesOf(name).effects).map((line) => JSON.parse(line) as Effect)
        const keys = new Set(effects.map(({ key }) => key))
        // two answers, whatever happened: one post arrived, and no more than one
        expect(keys.size, at).toBe(answers)
        for (const key of keys) {
          const own = effects.filter((effect) => effect.key === key)
          // handed over anew exactly once; a second time only with a warning
          expect(own.filter(({ interrupted }) => !interrupted).length, at).toBeLessThanOrEqual(1)
          // twice only where nobody can know whether the handler had finished
          if (own.length > 1)
            expect(['handler begins', 'handler ends', 'before mark done'], at).toContain(where.at(-1))
          expect(own.length, at).toBeLessThanOrEqual(2)
        }
        // everything that was received is confirmed, acknowledgements too
        expect([box.messages, box.tacks], at).toEqual([[], []])
      }
    }
    await Promise.all(lanes.map(lane))
    const { signal, code, stderr } = await work('to-the-end', lanes[0]!, 0)
    expect({ signal, code, stderr }).toEqual({ signal: null, code: 0, stderr: '' })
    expect(linesOf(filesOf('to-the-end').steps)).toEqual(expected)
  }, 600_000)
})
