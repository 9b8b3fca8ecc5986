import { inspect } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { consultationOperations as ehbox } from '../../../src/business/ehbox/contract.js'
import { createConnectionPool, memoryCache, tokenStore } from '../../../src/index.js'
import type { PersonaName, Simulator } from '../../../src/simulator/index.js'
import { etkDepot } from '../../../src/technical/etk/index.js'
import { openKeystore, type Keystore } from '../../../src/technical/keystore/index.js'
import { logTo } from '../../../src/technical/observability/index.js'
import {
  createSessionPool,
  type PoolUser,
  type SessionPool,
  type SessionPoolOptions,
} from '../../../src/technical/session/index.js'
import {
  actorOf,
  another,
  countingTransport,
  environmentOf,
  hour,
  listener,
  minute,
  start,
  startWorld,
  storeKey,
  stsCalls,
} from './people.js'

let simulator: Simulator
const keystores = new Map<PersonaName, Keystore>()
beforeAll(async () => {
  simulator = await startWorld()
  for (const name of ['physician', 'nurse', 'hospital'] as const) {
    const { keystore: bytes, password } = simulator.personas[name]
    keystores.set(name, await openKeystore({ bytes }, { password, now: start }))
  }
})
afterAll(() => simulator.close())

const pools: { close(): Promise<void> }[] = []
function pooled(options: Partial<SessionPoolOptions> = {}): SessionPool {
  const pool = createSessionPool({
    environment: environmentOf(simulator),
    runtime: simulator.runtime,
    drainTimeout: 100,
    ...options,
  })
  pools.push(pool)
  return pool
}
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()))
  simulator.faults.clear()
  simulator.clock.set(start)
})

const userOf = (name: PersonaName, changes: Partial<PoolUser> = {}): PoolUser => {
  const { keystore: bytes, password } = simulator.personas[name]
  return { actor: actorOf(simulator, name), keystore: { bytes, password }, ...changes }
}
/** Users with the same numbers and keys of their own: to a pool nobody but his keys is who he says. */
const crowd = (count: number): PoolUser[] =>
  Array.from({ length: count }, () => userOf('physician', { keystore: another(keystores.get('physician')!) }))
const sessionOf = (pool: SessionPool, user: PoolUser) => pool.use(user, async (session) => session)

describe('a pool of sessions', () => {
  it('has one session for each user, whoever asks and however often', async () => {
    const pool = pooled()
    const user = userOf('physician')
    const calls = await stsCalls(simulator, () =>
      Promise.all(Array.from({ length: 20 }, () => pool.use(user, (session) => session.token()))),
    )
    expect(calls).toBe(1)
    expect(await sessionOf(pool, userOf('physician'))).toBe(await sessionOf(pool, user))
    expect(pool.state).toEqual({ sessions: 1, inUse: 0, waiting: 0, stsCalls: 0, stsWaiting: 0 })
  })

  it('tells users apart by everything that makes a token or a key somebody’s own', async () => {
    const pool = pooled()
    const { keystore: bytes, password } = simulator.personas.physician
    const actor = actorOf(simulator, 'physician')
    const environment = environmentOf(simulator)
    const users: PoolUser[] = [
      userOf('physician'),
      userOf('nurse'),
      userOf('physician', { actor: { ...actor, quality: 'NURSE' } }),
      userOf('physician', { actor: { ...actor, ssin: '84112399460' } }),
      userOf('physician', {
        environment: { ...environment, endpoints: { ehboxPublication: environment.baseUrl } },
      }),
      userOf('physician', { validity: hour }),
      userOf('physician', { encryption: [] }),
      userOf('physician', { identification: { bytes, password } }),
      // the same numbers, other keys
      userOf('physician', { keystore: { bytes: simulator.personas.nurse.keystore, password } }),
      // the same octets, another password: whoever guesses gets nowhere
      userOf('physician', { keystore: { bytes, password: 'guessed' } }),
      userOf('physician', { keystore: { bytes, password, alias: 'Authentication' } }),
      // the same certificate, shown by two
      ...crowd(2),
    ]
    const sessions = await Promise.all(users.map((user) => sessionOf(pool, user)))
    expect(new Set(sessions).size).toBe(users.length)
    expect(pool.state.sessions).toBe(users.length)
  })

  it('never lets two users see each other’s token or keys, though their numbers are the same', async () => {
    const pool = pooled()
    const [one, other] = crowd(2) as [PoolUser, PoolUser]
    const stolen = userOf('physician', {
      keystore: { bytes: simulator.personas.physician.keystore, password: 'wrong' },
    })
    const mine = await pool.use(one, (session) => session.token())
    expect((await pool.use(other, (session) => session.token())).id).not.toBe(mine.id)
    await expect(pool.use(stolen, (session) => session.token())).rejects.toMatchObject({
      code: 'keystore.password',
    })
    await expect(pool.use(stolen, (session) => session.keys.all())).rejects.toMatchObject({
      code: 'keystore.password',
    })
    await pool.use(one, (session) => session.keys.unload('all'))
    expect((await pool.use(other, (session) => session.keys.all())).length).toBeGreaterThan(0)
  })

  it('shares what is nobody’s own: an encryption token is fetched once for all', async () => {
    const pool = pooled()
    const before = simulator.calls('etkDepot')
    const { ssin } = simulator.personas.nurse
    for (const user of crowd(3))
      await pool.use(user, (session) => etkDepot(session).get({ type: 'SSIN', value: ssin, application: '' }))
    expect(simulator.calls('etkDepot') - before).toBe(1)
    // and connections: three users, one after the other, need no more than one
    expect(simulator.connections()).toBeLessThanOrEqual(2)
  })

  it('refuses options that it does not have, and users who are none', async () => {
    for (const [options, path] of [
      [{ maxSessions: 0 }, 'maxSessions'],
      [{ maxStsCalls: 1.5 }, 'maxStsCalls'],
      [{ idleTimeout: -1 }, 'idleTimeout'],
      [{ keystore: {} }, 'keystore'],
      [{ poolSize: 3 }, 'poolSize'],
    ] as const)
      expect(() => pooled(options as never)).toThrow(
        expect.objectContaining({ code: 'configuration.invalid', path }),
      )
    const pool = pooled()
    await expect(pool.acquire({ ...userOf('nurse'), cache: memoryCache() } as never)).rejects.toMatchObject({
      path: 'cache',
    })
    await expect(pool.acquire({ actor: actorOf(simulator, 'nurse') })).rejects.toMatchObject({
      path: 'keystore',
    })
    await expect(pool.acquire({} as never)).rejects.toMatchObject({ path: 'actor' })
    expect(pool.state.sessions).toBe(0)
  })
})

describe('the bounds of a pool', () => {
  it('close whoever has been idle longest, and nobody in use', async () => {
    const pool = pooled({ maxSessions: 3 })
    const [a, b, c, d] = crowd(4) as [PoolUser, PoolUser, PoolUser, PoolUser]
    const held = await pool.acquire(a)
    const second = await sessionOf(pool, b)
    const third = await sessionOf(pool, c)
    await sessionOf(pool, b)
    const fourth = await sessionOf(pool, d)
    expect([held.session, second, third, fourth].map(({ closed }) => closed)).toEqual([
      false,
      false,
      true,
      false,
    ])
    expect(pool.state).toMatchObject({ sessions: 3, inUse: 1 })
    await expect(third.token()).rejects.toMatchObject({ code: 'configuration.closed' })
    expect((await held.session.token()).id).toBeTruthy()
    held.release()
    held.release()
    expect(pool.state).toMatchObject({ sessions: 3, inUse: 0 })
  })

  it('let a caller wait for a place, first come first served', async () => {
    const pool = pooled({ maxSessions: 2 })
    const users = crowd(5)
    const held = await Promise.all(users.slice(0, 2).map((user) => pool.acquire(user)))
    const served: number[] = []
    const waiting = users.slice(2).map(async (user, i) => {
      const mine = await pool.acquire(user)
      served.push(i)
      return mine
    })
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(pool.state).toMatchObject({ sessions: 2, inUse: 2, waiting: 3 })
    for (const one of held) one.release()
    for (const one of waiting) (await one).release()
    expect(served).toEqual([0, 1, 2])
    expect(pool.state).toMatchObject({ sessions: 2, inUse: 0, waiting: 0 })
  })

  it('do not keep anybody waiting for ever', async () => {
    const pool = pooled({ maxSessions: 1, acquireTimeout: 50 })
    const [a, b] = crowd(2) as [PoolUser, PoolUser]
    const held = await pool.acquire(a)
    await expect(pool.acquire(b)).rejects.toMatchObject({
      code: 'session.pool-full',
      retryable: true,
      details: { most: 1 },
    })
    // his own session he gets at once
    expect((await pool.acquire(a)).session).toBe(held.session)
    held.release()
  })

  it('hold under load, and nobody’s session is taken from him', async () => {
    const pool = pooled({ maxSessions: 5 })
    const users = crowd(12)
    let most = 0
    await Promise.all(
      Array.from({ length: 240 }, (_, i) =>
        pool.use(users[(i * 7) % users.length]!, async (session) => {
          most = Math.max(most, pool.state.sessions)
          await new Promise((resolve) => setTimeout(resolve, i % 5))
          expect(session.closed).toBe(false)
          expect((await session.keystore()).authentication).toBeTruthy()
        }),
      ),
    )
    expect(most).toBe(5)
    expect(pool.state).toMatchObject({ inUse: 0, waiting: 0 })
    expect(pool.state.sessions).toBeLessThanOrEqual(5)
  })

  it('close what nobody has used for a while, without a call', async () => {
    let now = 0
    const wakers: (() => void)[] = []
    const pool = pooled({
      idleTimeout: 10 * minute,
      runtime: {
        ...simulator.runtime,
        monotonic: () => now,
        sleep: () => new Promise((resolve) => wakers.push(resolve)),
      },
    })
    const wake = async () => {
      for (const one of wakers.splice(0)) one()
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    const [a, b, c] = crowd(3) as [PoolUser, PoolUser, PoolUser]
    const first = await sessionOf(pool, a)
    const held = await pool.acquire(c)
    now = 6 * minute
    const second = await sessionOf(pool, b)
    now = 10 * minute
    await wake()
    expect([first.closed, second.closed, held.session.closed]).toEqual([true, false, false])
    now = 16 * minute
    await wake()
    expect([second.closed, held.session.closed]).toEqual([true, false])
    expect(pool.state).toMatchObject({ sessions: 1, inUse: 1 })
    held.release()
  })
})

describe('a renewal storm', () => {
  it('asks the STS a few at a time, though all tokens end together', { timeout: 120_000 }, async () => {
    const transport = countingTransport(simulator)
    const pool = pooled({ transport, maxStsCalls: 4 })
    const users = crowd(200)
    const all = () => Promise.all(users.map((user) => pool.use(user, (session) => session.token())))
    const first = await all()
    expect([transport.calls, transport.most]).toEqual([200, 4])
    simulator.clock.advance(24 * hour)
    const second = await all()
    expect([transport.calls, transport.most]).toEqual([400, 4])
    expect(new Set([...first, ...second].map(({ id }) => id)).size).toBe(400)
    expect(pool.state).toMatchObject({ sessions: 200, stsCalls: 0, stsWaiting: 0 })
    transport.close()
  })

  it('goes on behind one that fails, and behind one that is closed while it waits', async () => {
    const transport = countingTransport(simulator)
    const pool = pooled({ transport, maxStsCalls: 1, retry: { attempts: 1 } })
    const [a, b, c] = crowd(3) as [PoolUser, PoolUser, PoolUser]
    simulator.faults.add({ kind: 'soa', code: 'SOA-02001', service: 'sts', times: 1 })
    const failing = expect(pool.use(a, (session) => session.token())).rejects.toMatchObject({
      code: 'fault.unavailable',
    })
    const closing = expect(
      pool.use(b, async (session) => {
        const pending = session.token()
        await session.close()
        return pending
      }),
    ).rejects.toMatchObject({ code: 'configuration.closed' })
    const token = await pool.use(c, (session) => session.token())
    await Promise.all([failing, closing])
    expect(token.id).toBeTruthy()
    expect(transport.most).toBe(1)
    expect(pool.state).toMatchObject({ stsCalls: 0, stsWaiting: 0 })
    transport.close()
  })
})

describe('a user who has gone', () => {
  it('is forgotten with his token and keys; who uses his session keeps it to the end', async () => {
    const pool = pooled()
    const user = userOf('physician')
    const idle = await sessionOf(pool, user)
    await pool.remove(user)
    expect([idle.closed, pool.state.sessions]).toEqual([true, 0])
    await pool.remove(user)

    const held = await pool.acquire(user)
    await pool.remove(user)
    expect((await held.session.token()).id).toBeTruthy()
    const anew = await pool.acquire(user)
    expect(anew.session).not.toBe(held.session)
    held.release()
    expect([held.session.closed, anew.session.closed]).toEqual([true, false])
    anew.release()
  })

  it('whose session somebody closed by mistake gets another one', async () => {
    const pool = pooled()
    const user = userOf('physician')
    await pool.use(user, (session) => session.close())
    expect((await pool.use(user, (session) => session.token())).id).toBeTruthy()
    expect(pool.state.sessions).toBe(1)
  })
})

describe('a closed pool', () => {
  it('lets those finish who have a session, and nobody in', async () => {
    const pool = pooled({ maxSessions: 1, drainTimeout: 10_000 })
    const [a, b] = crowd(2) as [PoolUser, PoolUser]
    const held = await pool.acquire(a)
    const waiting = expect(pool.acquire(b)).rejects.toMatchObject({ code: 'configuration.closed' })
    let closed = false
    const closing = pool.close().then(() => (closed = true))
    await waiting
    await expect(pool.acquire(a)).rejects.toMatchObject({ code: 'configuration.closed' })
    expect((await held.session.token()).id).toBeTruthy()
    expect(closed).toBe(false)
    held.release()
    await closing
    expect(held.session.closed).toBe(true)
  })

  it('does not wait for ever', async () => {
    const pool = pooled({ drainTimeout: 30 })
    const held = await pool.acquire(userOf('physician'))
    await pool.close()
    expect(held.session.closed).toBe(true)
    held.release()
  })

  it('leaves a transport that it was lent open for others', async () => {
    const transport = countingTransport(simulator)
    await using pool = pooled({ transport })
    await pool.use(userOf('physician'), (session) => session.token())
    await pool.close()
    const other = pooled({ transport })
    expect((await other.use(userOf('physician'), (session) => session.token())).id).toBeTruthy()
    await other.close()
    transport.close()
  })
})

describe('a pool of connections', () => {
  const connections = (options: Partial<Parameters<typeof createConnectionPool>[0]> = {}) => {
    const pool = createConnectionPool({
      environment: environmentOf(simulator),
      runtime: simulator.runtime,
      drainTimeout: 100,
      ...options,
    })
    pools.push(pool)
    return pool
  }
  const connectedUser = (name: PersonaName) => {
    const { actor, ...rest } = userOf(name)
    void actor
    return { ...rest, as: actorOf(simulator, name) }
  }

  it('tells the national register the Application ID of the user, or of the pool', async () => {
    const pool = connections({ nationalRegister: { applicationId: 'SIMULATOR' } })
    const ssin = simulator.personas.physician.ssin
    const groups = (user: Parameters<typeof pool.use>[0]) =>
      pool.use(user, async (me) => {
        const found = await me.rnConsult.searchBySsin({ ssin })
        return found.outcome === 'found' && found.person.address !== undefined
      })
    const hospital = connectedUser('hospital')
    expect(await groups(hospital)).toBe(true)
    expect(await groups({ ...hospital, nationalRegister: { applicationId: 'IDENTITY' } })).toBe(false)
    const wrong = pool.acquire({ ...hospital, nationalRegister: { applicationId: '' } })
    await expect(wrong).rejects.toMatchObject({ code: 'rn-consult.application-id' })
    expect(() => connections({ nationalRegister: { applicationId: '' } })).toThrow(
      expect.objectContaining({ code: 'rn-consult.application-id' }) as Error,
    )
  })

  it('gives each user the services of his profession, as himself', async () => {
    const pool = connections()
    const boxes = await Promise.all(
      (['physician', 'nurse', 'hospital'] as const).map((name) =>
        pool.use(connectedUser(name), async (me) => (await me.ehbox.info()).box.quality),
      ),
    )
    expect(boxes).toEqual(['DOCTOR', 'NURSE', 'HOSPITAL'])
    expect(pool.state).toMatchObject({ sessions: 3, inUse: 0 })
  })

  it('gets a connection back at the end of its block, and keeps the session', async () => {
    const pool = connections()
    let session
    {
      await using me = await pool.acquire(connectedUser('physician'))
      session = me.session
      expect(pool.state.inUse).toBe(1)
    }
    expect([pool.state.inUse, session.closed]).toEqual([0, false])
    await pool.remove(connectedUser('physician'))
    expect(session.closed).toBe(true)
  })

  it('opens nobody whose published token none of his keys opens, and forgets him', async () => {
    const pool = connections({ checkOwnToken: 'require' })
    const user = { ...connectedUser('physician'), encryption: [] }
    const both = await Promise.allSettled([pool.acquire(user), pool.acquire(user)])
    for (const one of both)
      expect(one).toMatchObject({
        status: 'rejected',
        reason: expect.objectContaining({ code: 'etk.own-key' }),
      })
    expect(pool.state.sessions).toBe(0)
    await pool.use(connectedUser('physician'), async (me) => expect(me.session.closed).toBe(false))
  })

  it('needs somebody who calls', async () => {
    await expect(connections().acquire({ as: {} } as never)).rejects.toMatchObject({ path: 'as' })
    expect(() => connections({ environment: undefined as never })).toThrow(
      expect.objectContaining({ path: 'environment' }),
    )
  })
})

describe('what a server writes into its log', () => {
  it('holds no number, password, token or key of anybody', async () => {
    const lines: unknown[] = []
    const heard = listener()
    const log = logTo({
      ...Object.fromEntries(
        ['trace', 'debug', 'info', 'warn', 'error'].map((level) => [
          level,
          (...given: unknown[]) => lines.push([level, ...given]),
        ]),
      ),
    } as never)
    const cache = memoryCache()
    const pool = pooled({
      tokenStore: tokenStore({ cache, key: storeKey, runtime: simulator.runtime }),
      on: (event) => {
        heard.on(event)
        log(event)
      },
    })
    const user = userOf('physician')
    const failures: unknown[] = []
    const failing = (work: Promise<unknown>) => work.catch((error: unknown) => failures.push(error))
    await pool.use(user, (session) => session.call(ehbox.getBoxInfo, {}))
    await failing(
      pool.use(userOf('physician', { token: { assertion: '<x/>' } }), (session) => session.token()),
    )
    await failing(
      pool.use(userOf('nurse', { actor: actorOf(simulator, 'physician') }), (session) => session.token()),
    )
    await failing(
      pool.use(userOf('nurse', { keystore: { bytes: new Uint8Array(9), password: 'hunter2' } }), (session) =>
        session.token(),
      ),
    )
    const held = await pool.acquire(user)
    const { xml } = await held.session.token()
    const exported = await held.session.exportToken({ key: storeKey })
    const { ssin, nihii, password } = simulator.personas.physician
    const shown = [
      inspect(lines, { depth: 20, maxStringLength: null }),
      JSON.stringify(heard.events),
      ...[pool, held, pool.state].map((value) => inspect(value, { depth: 20, showHidden: true })),
      JSON.stringify(pool) ?? '',
      ...failures.map((error) => inspect(error, { depth: 3 }) + JSON.stringify(error)),
    ].join('\n')
    expect(failures.length).toBeGreaterThan(1)
    expect(lines.length).toBeGreaterThan(5)
    for (const secret of [ssin, nihii, password, 'hunter2', xml, exported, '<Assertion', 'PRIVATE KEY'])
      expect(shown).not.toContain(secret)
    expect(shown).not.toContain(storeKey.toString('hex'))
    held.release()
  })
})
