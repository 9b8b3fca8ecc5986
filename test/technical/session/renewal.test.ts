import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import type { Simulator } from '../../../src/simulator/index.js'
import type { Runtime } from '../../../src/technical/environment/runtime.js'
import { hour, listener, minute, opener, start, startWorld, stsCalls } from './people.js'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startWorld()
})
afterAll(() => simulator.close())
const { persona, closeAll } = opener(() => simulator)
afterEach(async () => {
  await closeAll()
  simulator.faults.clear()
  simulator.clock.set(start)
})

/** Waits until it is so; what a background does has no promise to wait for. */
async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 500 && !condition(); i++) await new Promise((resolve) => setTimeout(resolve, 10))
  expect(condition()).toBe(true)
}

/** A runtime whose sleepers are woken by hand; what they sleep for is told. */
function sleepers(): { runtime: Runtime; naps: number[]; wake: () => void } {
  const naps: number[] = []
  let waking: (() => void)[] = []
  return {
    naps,
    wake: () => {
      const all = waking
      waking = []
      for (const one of all) one()
    },
    runtime: {
      ...simulator.runtime,
      sleep: (milliseconds, signal) =>
        new Promise((resolve, reject) => {
          naps.push(milliseconds)
          waking.push(resolve)
          signal?.addEventListener('abort', () => reject(new Error('aborted')), { once: true })
        }),
    },
  }
}

describe('renewal in the background', () => {
  it('comes in the last tenth of the life without a call, and goes on after that', async () => {
    const { runtime, naps, wake } = sleepers()
    const { tokens, on } = listener()
    const session = persona('physician', { renew: 'background', runtime, on })
    const first = await session.token()
    expect(naps).toEqual([10 * minute])
    for (let round = 1; round <= 2; round++) {
      simulator.clock.advance(22 * hour)
      wake()
      await until(() => tokens().length === 1 + round)
    }
    expect(tokens()).toEqual(['issued', 'issued', 'issued'])
    expect(await stsCalls(simulator, () => session.token())).toBe(0)
    expect((await session.token()).id).not.toBe(first.id)
  })

  it('tries again every minute while it fails, and stops when the token has ended', async () => {
    const { runtime, naps, wake } = sleepers()
    const { tokens, on } = listener()
    const session = persona('physician', { renew: 'background', runtime, on, retry: { attempts: 1 } })
    await session.token()
    simulator.clock.advance(23 * hour)
    simulator.faults.add({ kind: 'soa', code: 'SOA-02001', service: 'sts', times: 2 })
    wake()
    await until(() => naps.length === 2)
    expect(tokens()).toEqual(['issued', 'renewal-failed fault.unavailable'])
    expect(naps[1]).toBe(minute)
    simulator.clock.advance(2 * hour)
    wake()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(naps.length).toBe(2)
    simulator.faults.clear()
    expect((await session.token()).id).toBeTruthy()
  })

  it('ends with the session', async () => {
    const { runtime, wake } = sleepers()
    const session = persona('physician', { renew: 'background', runtime })
    await session.token()
    simulator.clock.advance(23 * hour)
    const calls = await stsCalls(simulator, async () => {
      await session.close()
      wake()
      await new Promise((resolve) => setTimeout(resolve, 50))
    })
    expect(calls).toBe(0)
  })

  it('does not keep a process alive that has nothing else to do', async () => {
    const program = `
      import { startSimulator } from './dist/simulator/index.js'
      import { createSession } from './dist/technical/session/index.js'
      import { physician } from './dist/professions/index.js'
      const simulator = await startSimulator()
      const { ssin, nihii, keystore, password } = simulator.personas.physician
      const session = createSession({
        environment: simulator.environment, actor: physician({ ssin, nihii }),
        keystore: { bytes: keystore, password }, renew: 'background', http: { keepAlive: false },
      })
      console.log((await session.token()).id.length > 0)
      await simulator.close()`
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '--eval', program],
      { cwd: new URL('../../..', import.meta.url), timeout: 25_000 },
    )
    expect(stdout.trim()).toBe('true')
  })
})

describe('a session that does not renew', () => {
  it('ends with its token, and says that somebody must identify again', async () => {
    const session = persona('physician', { renew: 'never' })
    const token = await session.token()
    const calls = await stsCalls(simulator, async () => {
      simulator.clock.advance(24 * hour - 1)
      expect(await session.token()).toBe(token)
      simulator.clock.advance(1)
      await expect(session.token()).rejects.toMatchObject({ code: 'token.ended' })
    })
    expect(calls).toBe(0)
  })

  it('ends also when the platform refuses the token', async () => {
    const session = persona('physician', { renew: 'never' })
    const { consultationOperations } = await import('../../../src/business/ehbox/contract.js')
    const call = () => session.call(consultationOperations.getBoxInfo, {})
    await call()
    simulator.faults.add({ kind: 'soa', code: 'SOA-01001', service: 'ehboxConsultation', times: 1 })
    const calls = await stsCalls(simulator, async () => {
      await expect(call()).rejects.toMatchObject({ code: 'fault.not-authenticated' })
      await expect(call()).rejects.toMatchObject({ code: 'token.ended' })
    })
    expect(calls).toBe(0)
  })

  it('is not the word for anything else', () => {
    expect(() => persona('physician', { renew: 'sometimes' as never })).toThrow(
      expect.objectContaining({ code: 'configuration.invalid', path: 'renew' }),
    )
  })
})

describe('the instant of renewal', () => {
  /** Milliseconds before the end at which a session with that chance renews. */
  const dueWith = async (octet: number): Promise<number> => {
    const runtime = {
      ...simulator.runtime,
      randomBytes: (count: number) => new Uint8Array(count).fill(octet),
    }
    simulator.clock.set(start)
    const session = persona('physician', { runtime })
    const first = await session.token()
    const step = 5 * minute
    simulator.clock.advance(20 * hour)
    for (let left = 4 * hour; left > 0; left -= step) {
      if ((await session.token()).id !== first.id) return left
      simulator.clock.advance(step)
    }
    return 0
  }

  it('differs by chance, within a fifth of the last tenth', async () => {
    const [earliest, latest] = [await dueWith(255), await dueWith(0)]
    // the last tenth of 24 h and the five minutes that the STS dates back
    expect(latest).toBeLessThanOrEqual(144.5 * minute)
    expect(latest).toBeGreaterThan(139 * minute)
    expect(earliest).toBeLessThanOrEqual(173.4 * minute)
    expect(earliest).toBeGreaterThan(165 * minute)
  })

  it('comes early enough for clocks that differ as much as was said', async () => {
    const session = persona('physician', { validity: hour, clockSkew: 20 * minute })
    const first = await session.token()
    simulator.clock.advance(35 * minute)
    expect(await session.token()).toBe(first)
    simulator.clock.advance(6 * minute)
    expect(await session.token()).not.toBe(first)
  })
})

describe('clocks that differ', () => {
  /** A session whose clock is off by so much; the STS takes a message that is a minute off at most. */
  const off = (milliseconds: number, options: object = {}) => {
    const now = () => new Date(simulator.clock.now().getTime() + milliseconds)
    return persona('physician', { runtime: { ...simulator.runtime, now }, ...options })
  }

  it.each([-45_000, 45_000])('by %i ms do no harm', async (milliseconds) => {
    expect((await off(milliseconds).token()).id).toBeTruthy()
  })

  it.each([-10 * minute, 10 * minute])('by %i ms are told', async (milliseconds) => {
    await expect(off(milliseconds).token()).rejects.toMatchObject({
      hint: expect.stringMatching(/clock is 600 s (ahead of|behind) the platform/) as string,
    })
  })

  it('do not make a stored token of a faster clock useless, within what was said', async () => {
    const assertion = (await persona('physician').token()).xml
    // the token is dated back five minutes: this clock is eight behind, so the token begins in three
    const late = (clockSkew: number) => off(-8 * minute, { token: { assertion }, clockSkew })
    expect((await late(5 * minute).token()).xml).toBe(assertion)
    await expect(late(minute).token()).rejects.toMatchObject({ code: 'token.not-yet-valid' })
  })

  it.each([-1, 3_600_001, Number.NaN])('by %d ms are more than anybody may say', (clockSkew) => {
    expect(() => persona('physician', { clockSkew })).toThrow(
      expect.objectContaining({ code: 'configuration.invalid', path: 'clockSkew' }),
    )
  })
})

describe('a renewal under way', () => {
  it('is broken off when the session closes: the old token is not given out either', async () => {
    const { tokens, on } = listener()
    const session = persona('physician', { on })
    await session.token()
    simulator.clock.advance(23 * hour)
    simulator.faults.add({ kind: 'delay', milliseconds: 400, service: 'sts' })
    const pending = expect(session.token()).rejects.toMatchObject({ code: 'configuration.closed' })
    await new Promise((resolve) => setTimeout(resolve, 100))
    await session.close()
    await pending
    expect(tokens()).toEqual(['issued'])
  })

  it('is one, however many calls come meanwhile', async () => {
    const { tokens, events, on } = listener()
    const session = persona('physician', { on })
    await session.token()
    simulator.clock.advance(23 * hour)
    simulator.faults.add({ kind: 'delay', milliseconds: 200, service: 'sts' })
    const { consultationOperations } = await import('../../../src/business/ehbox/contract.js')
    await Promise.all(Array.from({ length: 8 }, () => session.call(consultationOperations.getBoxInfo, {})))
    expect(tokens()).toEqual(['issued', 'issued'])
    const asked = events.filter((event) => event.type === 'request' && event.service === 'sts')
    expect(asked.length).toBe(2)
  })
})
