import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import Keyv from 'keyv'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import {
  openFileCursor,
  type CursorStore,
  type Mark,
  type WatchOptions,
} from '../../../../src/business/ehbox/index.js'
import { pauseAfter, longestPause } from '../../../../src/business/ehbox/watch/patience.js'
import { connect, type Connection } from '../../../../src/connect.js'
import { EHealthError } from '../../../../src/errors.js'
import { nurse } from '../../../../src/professions/index.js'
import { mailOf } from '../../../../src/simulator/services/ehbox/store.js'
import type { SessionEvent } from '../../../../src/technical/session/index.js'
import { openCast, type Cast } from '../world.js'

const directory = mkdtempSync(join(tmpdir(), 'ehbox-watch-'))
let cast: Cast
let me: Connection<'ehbox'>
const events: SessionEvent[] = []
/** Pauses of the loop; the machine's clock is not waited for. */
const pauses: number[] = []
let onPause: () => void = () => undefined

beforeAll(async () => {
  cast = await openCast()
  const { keystore, password, ssin, nihii } = cast.simulator.personas.nurse
  me = await connect({
    environment: cast.simulator.environment,
    keystore: { bytes: keystore, password },
    as: nurse({ ssin, nihii }),
    retry: { attempts: 1 },
    on: (event) => events.push(event),
    runtime: {
      ...cast.simulator.runtime,
      sleep: async (milliseconds, signal) => {
        pauses.push(milliseconds)
        onPause()
        signal?.throwIfAborted()
      },
    },
  })
})
afterAll(async () => {
  await me.close()
  await cast.close()
  rmSync(directory, { recursive: true })
})
beforeEach(() => {
  const state = mailOf(cast.simulator.world)
  state.copies = []
  state.letters.clear()
  cast.simulator.faults.clear()
  events.length = 0
  pauses.length = 0
  onPause = () => undefined
})

let number = 0
const fresh = (): string => join(directory, `${(number += 1)}.cursor`)
const send = (title: string, changes: object = {}) =>
  cast.physician.ehbox.send({ to: [cast.toNurse], title, body: 'Dear colleague', ...changes })
const inFolder = async (folder: 'INBOX' | 'BININBOX'): Promise<string[]> => {
  const titles: string[] = []
  for await (const { title } of cast.nurse.ehbox.messages({ folder })) titles.push(title!)
  return titles
}
const told = (state: string) => events.filter((event) => event.type === 'mailbox' && event.state === state)

/** One look. */
const look = async (options: Partial<WatchOptions> = {}, file = fresh()) => {
  const handled: string[] = []
  const summary = await me.ehbox.watch({
    cursor: file,
    once: true,
    handle: (message) => void handled.push(message.title),
    ...options,
  })
  return { ...summary, titles: handled }
}

describe('a mail loop', () => {
  it('hands every message over once, oldest first, and moves it to the bin', async () => {
    for (const title of ['one', 'two', 'three']) await send(title, { encrypt: true })
    const file = fresh()
    expect(await look({}, file)).toEqual({
      handled: 3,
      failed: 0,
      setAside: 0,
      looks: 1,
      titles: ['one', 'two', 'three'],
    })
    expect(await inFolder('INBOX')).toEqual([])
    expect(await inFolder('BININBOX')).toEqual(['three', 'two', 'one'])
    expect((await look({}, file)).titles).toEqual([])
    expect(told('handled')).toHaveLength(3)
  })

  it('deletes or leaves them instead; what is left is not handed over again', async () => {
    await send('one')
    const file = fresh()
    expect((await look({ after: 'leave' }, file)).titles).toEqual(['one'])
    expect((await look({ after: 'leave' }, file)).titles).toEqual([])
    expect(await inFolder('INBOX')).toEqual(['one'])
    // handled before: only what comes after is left to do
    expect((await look({ after: 'delete' }, file)).titles).toEqual([])
    expect([...(await inFolder('INBOX')), ...(await inFolder('BININBOX'))]).toEqual([])
  })

  it('chooses, and leaves the others alone', async () => {
    await send('important', { important: true })
    await send('not')
    expect((await look({ where: { important: true } })).titles).toEqual(['important'])
    expect(await inFolder('INBOX')).toEqual(['not'])
  })

  it('goes on until it is stopped, and takes what arrives meanwhile', async () => {
    const stop = new AbortController()
    const arriving = ['one', 'two', 'three']
    const file = fresh()
    const seen: string[] = []
    let looks = 0
    await send('before')
    const loop = me.ehbox.watch({
      cursor: file,
      every: 5000,
      signal: stop.signal,
      handle: (message) => void seen.push(message.title),
    })
    onPause = () => {
      looks += 1
      if (looks > 40) stop.abort()
    }
    for (const title of arriving) await send(title)
    const summary = await loop
    expect(seen).toEqual(['before', ...arriving])
    expect(summary).toMatchObject({ handled: 4, failed: 0 })
    expect(new Set(pauses)).toEqual(new Set([5000]))
    // the file is free again
    await (await openFileCursor(file)).close()
  })

  it('gives the handler what it needs to do a thing once', async () => {
    await send('one', { encrypt: true })
    const given: unknown[] = []
    await look({
      handle: (message, { listed, key, attempt, interrupted, signal }) =>
        void given.push(message.type === 'DOCUMENT' && message.body.text, listed.title, key === listed.id, {
          attempt,
          interrupted,
          aborted: signal.aborted,
        }),
    })
    expect(given).toEqual(['Dear colleague', 'one', true, { attempt: 1, interrupted: false, aborted: false }])
  })

  it('keeps what it knows in a store of texts too', async () => {
    const texts = new Map<string, string>()
    const store: CursorStore = {
      get: async (key) => texts.get(key),
      set: async (key, value, milliseconds) => {
        expect(milliseconds).toBeGreaterThan(366 * 86_400_000)
        texts.set(key, value)
      },
      delete: async (key) => texts.delete(key),
    }
    await send('one')
    expect((await look({ cursor: store, after: 'leave' })).titles).toEqual(['one'])
    expect((await look({ cursor: store, after: 'leave' })).titles).toEqual([])
    expect([...texts.keys()]).toEqual([expect.stringMatching(/^ehbox-watch:[A-Z0-9]{13}$/) as string])
    texts.set([...texts.keys()][0]!, 'something else')
    await expect(look({ cursor: store })).rejects.toMatchObject({ code: 'ehbox.cursor' })
  })

  it('keeps what it knows in a Keyv too', async () => {
    const keyv = new Keyv()
    await send('one')
    expect((await look({ cursor: keyv, after: 'leave' })).titles).toEqual(['one'])
    expect((await look({ cursor: keyv, after: 'leave' })).titles).toEqual([])
    await send('two')
    expect((await look({ cursor: keyv, after: 'leave' })).titles).toEqual(['two'])
  })

  it('forgets a message a day after it has gone, not before', async () => {
    const file = fresh()
    await send('one')
    await look({}, file)
    await look({}, file)
    const ids = async () => {
      const cursor = await openFileCursor(file)
      await cursor.close()
      return [...cursor.ids()]
    }
    expect(await ids()).toHaveLength(1)
    cast.simulator.clock.advance(86_400_000 + 1000)
    try {
      await look({}, file)
      expect(await ids()).toEqual([])
    } finally {
      cast.simulator.clock.release()
    }
  })

  it.each([
    [{ every: 0 }, 'every'],
    [{ tries: 0 }, 'tries'],
    [{ after: 'burn' }, 'after'],
    [{ cursor: '' }, 'cursor'],
    [{ cursor: { get: 1 } }, 'cursor'],
    [{ handle: 'x' }, 'handle'],
    [{ folder: 'BININBOX' }, 'folder'],
    [{ interrupted: 'ignore' }, 'interrupted'],
    [{ evry: 5 }, 'evry'],
  ])('refuses what it does not know: %j', async (options, path) => {
    await expect(look(options as never)).rejects.toMatchObject({ code: 'configuration.invalid', path })
  })
})

describe('a message that cannot be handled', () => {
  const failing = async () => {
    throw new Error('the handler is not well')
  }

  it('is tried again, and set aside in the end; the others go on', async () => {
    const file = fresh()
    await send('poison')
    await send('good')
    const aside: (Mark & { title: string | undefined })[] = []
    const options: Partial<WatchOptions> = {
      tries: 3,
      handle: (message) => (message.title === 'poison' ? failing() : undefined),
      onSetAside: (listed, mark) => aside.push({ title: listed.title, ...mark }),
    }
    expect(await look(options, file)).toMatchObject({ handled: 1, failed: 1, setAside: 0 })
    expect(await look(options, file)).toMatchObject({ handled: 0, failed: 1, setAside: 0 })
    expect(await look(options, file)).toMatchObject({ handled: 0, failed: 0, setAside: 1 })
    expect(await look(options, file)).toMatchObject({ handled: 0, failed: 0, setAside: 0 })
    expect(aside).toMatchObject([{ title: 'poison', state: 'aside', tries: 3, code: 'handler' }])
    expect(told('set-aside')).toMatchObject([{ tries: 3, code: 'handler' }])
    expect(await inFolder('INBOX')).toEqual(['poison'])

    // somebody has repaired the handler
    const cursor = await openFileCursor(file)
    for (const [id, { state }] of cursor.entries()) if (state === 'aside') await cursor.delete(id)
    await cursor.close()
    expect((await look({}, file)).titles).toEqual(['poison'])
  })

  it('is set aside when it cannot be read, or handed over in part where that is wanted', async () => {
    await send('spoilt', {
      encrypt: true,
      annexes: [{ title: 'a', fileName: 'a', mimeType: 'a/b', content: 'x' }],
    })
    const [letter] = mailOf(cast.simulator.world).letters.values()
    letter!.annexes[0]!.content = { as: 'inline', bytes: Buffer.from('not sealed') }
    const file = fresh()
    expect(await look({ tries: 1 }, file)).toMatchObject({ setAside: 1, titles: [] })
    expect(told('set-aside')).toMatchObject([{ code: 'ehbox.unsealed-field' }])
    const problems: string[][] = []
    await look({ partial: true, handle: (message) => void problems.push(message.problems) })
    expect(problems).toEqual([['annexes[0].content cannot be read: ehbox.unsealed-field']])
  })

  it('is given up when the process dies over it every time', async () => {
    await send('deadly')
    const file = fresh()
    const { messageId } = mailOf(cast.simulator.world).copies.find(({ folder }) => folder === 'INBOX')!
    const cursor = await openFileCursor(file)
    await cursor.set(messageId, { state: 'begun', tries: 5, at: new Date().toISOString() })
    await cursor.close()
    expect(await look({}, file)).toMatchObject({ setAside: 1, titles: [] })
    expect(told('set-aside')).toMatchObject([{ tries: 5, code: 'interrupted' }])
  })

  it('is not blamed for a handler that stops because the loop does', async () => {
    await send('one')
    const file = fresh()
    const stop = new AbortController()
    await look(
      {
        tries: 1,
        signal: stop.signal,
        handle: (_, { signal }) => {
          stop.abort()
          signal.throwIfAborted()
        },
      },
      file,
    )
    const again: { attempt: number; interrupted: boolean }[] = []
    await look(
      { tries: 1, handle: (_, { attempt, interrupted }) => void again.push({ attempt, interrupted }) },
      file,
    )
    expect(again).toEqual([{ attempt: 1, interrupted: true }])
  })
})

describe('a platform that cannot be reached', () => {
  it('is waited for, longer each time, and the messages are not blamed', async () => {
    const file = fresh()
    const stop = new AbortController()
    await send('patient')
    cast.simulator.faults.add({ kind: 'soa', code: 'SOA-02002', operation: 'getFullMessage', times: 4 })
    onPause = () => {
      if (pauses.length >= 5) stop.abort()
    }
    const seen: number[] = []
    await me.ehbox.watch({
      cursor: file,
      every: 1000,
      tries: 1,
      signal: stop.signal,
      handle: (_, { attempt }) => void seen.push(attempt),
    })
    expect(seen).toEqual([1])
    const [first, second, third, fourth, last] = pauses as [number, number, number, number, number]
    for (const [pause, most] of [
      [first, 2000],
      [second, 4000],
      [third, 8000],
      [fourth, 16_000],
    ] as const) {
      expect(pause).toBeLessThanOrEqual(most)
      expect(pause).toBeGreaterThanOrEqual(most * 0.75)
    }
    expect(last).toBe(1000)
    expect(told('waiting')).toHaveLength(4)
    expect(told('waiting')[0]).toMatchObject({
      code: 'fault.temporarily-unavailable',
      platformCode: 'SOA-02002',
      pause: first,
    })
  })

  it('ends the loop when waiting does not help', async () => {
    cast.simulator.faults.add({ kind: 'soa', code: 'SOA-01002', operation: 'getMessagesList', times: 1 })
    await expect(
      me.ehbox.watch({ cursor: fresh(), every: 1000, handle: () => undefined }),
    ).rejects.toMatchObject({ code: 'fault.not-authorised' })
    expect(pauses).toEqual([])
  })

  it('is asked as it asks to be: SOA-02001 at once as late as it gets, `Retry` before the table', () => {
    const pause = (code: ConstructorParameters<typeof EHealthError>[0], failures: number, retry?: boolean) =>
      pauseAfter(
        new EHealthError(code, '', retry === undefined ? {} : { platform: { retry } }),
        failures,
        1000,
        0,
      )
    expect(pause('fault.unavailable', 1)).toBe(longestPause)
    expect(pause('fault.unavailable', 1, true)).toBe(2000)
    expect(pause('fault.temporarily-unavailable', 3)).toBe(8000)
    expect(pause('fault.temporarily-unavailable', 1, false)).toBe(longestPause)
    expect(pause('transport.reset', 100)).toBe(longestPause)
    // a handshake may fail once and not again (soap-security §5.6)
    expect(pause('transport.tls', 1)).toBe(2000)
    expect(pause('contract.unreadable', 1)).toBeUndefined()
    expect(pause('token.refused', 1)).toBeUndefined()
    expect(pause('configuration.invalid', 1)).toBeUndefined()
    expect(pauseAfter(new Error('x'), 1, 1000, 0)).toBeUndefined()
    expect(pauseAfter(new EHealthError('transport.reset', ''), 1, 3_600_000, 1)).toBe(3_600_000)
  })
})

describe('the cursor in a file', () => {
  const mark = (state: Mark['state'], tries = 1): Mark => ({ state, tries, at: '2026-03-02T09:00:00.000Z' })
  const reopened = async (file: string): Promise<[string, Mark][]> => {
    const cursor = await openFileCursor(file)
    await cursor.close()
    return [...cursor.entries()]
  }

  it('has after every death in the middle of a line what was promised before it', async () => {
    const file = fresh()
    const cursor = await openFileCursor(file)
    const lengths: [number, number][] = []
    for (let each = 0; each < 4; each++) {
      await cursor.set(`ID${each}`, mark('begun'))
      await cursor.set(`ID${each}`, mark('done', each))
      if (each === 2) await cursor.delete('ID0')
      lengths.push([readFileSync(file).length, cursor.entries().size])
    }
    await cursor.close()
    const whole = readFileSync(file)
    for (let length = 0; length <= whole.length; length++) {
      const torn = fresh()
      writeFileSync(torn, whole.subarray(0, length))
      const promised = lengths.findLast(([written]) => written <= length)?.[1] ?? 0
      if (length > 0 && length < 18) {
        // less than its first line: never a cursor that anybody was promised anything by
        await expect(reopened(torn)).rejects.toMatchObject({ code: 'ehbox.cursor' })
        continue
      }
      expect((await reopened(torn)).length, String(length)).toBeGreaterThanOrEqual(promised)
    }
    expect(await reopened(file)).toEqual([1, 2, 3].map((each) => [`ID${each}`, mark('done', each)]))
  })

  it('does not grow with what is over', async () => {
    const file = fresh()
    const cursor = await openFileCursor(file)
    for (let each = 0; each < 2100; each++) await cursor.set('ONE', mark('begun', each))
    expect(readFileSync(file).length).toBeLessThan(12_000)
    await cursor.set('TWO', mark('done'))
    await cursor.close()
    expect(await reopened(file)).toEqual([
      ['ONE', mark('begun', 2099)],
      ['TWO', mark('done')],
    ])
  })

  it('is for one at a time, and free again when its process has died', async () => {
    const file = fresh()
    const cursor = await openFileCursor(file)
    await expect(openFileCursor(file)).rejects.toMatchObject({ code: 'ehbox.cursor-locked' })
    await expect(look({}, file)).rejects.toMatchObject({ code: 'ehbox.cursor-locked' })
    await cursor.close()
    // of a process that is gone; of one with our own number that began at another time
    for (const holder of ['4194399 1 x', `${process.pid} 1 x`, '']) {
      writeFileSync(`${file}.lock`, holder)
      await (await openFileCursor(file)).close()
    }
    // of one that lives
    writeFileSync(`${file}.lock`, `${process.ppid} 1 x`)
    await expect(openFileCursor(file)).rejects.toMatchObject({ code: 'ehbox.cursor-locked' })
  })

  it.each([
    ['another file', 'name,value\n'],
    ['a line that is none', '{"ehbox-watch":1}\nnot json\n["A",null]\n'],
    ['a mark that is none', '{"ehbox-watch":1}\n["A",{"state":"happy","tries":1,"at":""}]\n'],
    ['something of another shape', '{"ehbox-watch":1}\n{"A":1}\n'],
  ])('is refused when it is %s, and left as it is', async (_, content) => {
    const file = fresh()
    writeFileSync(file, content)
    await expect(openFileCursor(file)).rejects.toMatchObject({ code: 'ehbox.cursor' })
    expect(readFileSync(file, 'utf8')).toBe(content)
    // and no lock is left behind
    await expect(openFileCursor(file)).rejects.toMatchObject({ code: 'ehbox.cursor' })
  })

  it('tells when it cannot be written', async () => {
    await expect(openFileCursor(join(directory, 'nowhere', 'x'))).rejects.toMatchObject({
      code: 'ehbox.cursor',
    })
  })
})
