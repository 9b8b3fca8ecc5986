/** A real Redis server, and real processes that share a user's token through it: one asks, one may die, the others go on. */
import { fork, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'

import { createClient } from '@keyv/redis'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { startSimulator, type Simulator } from '../src/simulator/index.js'

const available = spawnSync('redis-server', ['--version']).status === 0
if (!available) console.warn('SKIPPED: no redis-server; nobody shared tokens through a real store')

const hour = 60 * 60_000
const lease = 2000
const key = randomBytes(32)

let simulator: Simulator
let redis: ChildProcess
let redisUrl: string
const processes: TokenProcess[] = []

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function startRedis(port: number): Promise<ChildProcess> {
  const options = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  const server = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const text of server.stdout) if (String(text).includes('Ready to accept connections')) break
  server.stdout.resume()
  return server
}

async function stopRedis(): Promise<void> {
  if (redis.exitCode !== null || redis.signalCode !== null) return
  redis.kill()
  await once(redis, 'exit')
}

/** A child process with a session of the physician. */
class TokenProcess {
  readonly events: string[] = []
  readonly #child: ChildProcess
  #number = 0

  constructor() {
    const { ssin, nihii, keystore, password } = simulator.personas.physician
    const settings = {
      environment: simulator.environment,
      ...{ ssin, nihii, password, redisUrl, lease },
      keystore: Buffer.from(keystore).toString('base64'),
      key: key.toString('hex'),
    }
    this.#child = fork(fileURLToPath(new URL('support/tokenProcess.mjs', import.meta.url)), [
      JSON.stringify(settings),
    ])
    this.#child.on('message', ({ event }: { event?: string }) => {
      if (event !== undefined) this.events.push(event)
    })
    processes.push(this)
  }

  /** How often it asked the STS. */
  get asked(): number {
    return this.events.filter((event) => event === 'request').length
  }

  async told(event: string): Promise<void> {
    while (!this.events.includes(event)) await once(this.#child, 'message')
  }

  do(action: 'token' | 'reopen' | 'clock', value?: number): Promise<string> {
    const number = ++this.#number
    return new Promise((resolve, reject) => {
      const heard = (answer: { number?: number; value?: string; error?: string }): void => {
        if (answer.number !== number) return
        this.#child.off('message', heard)
        if (answer.error === undefined) resolve(answer.value ?? '')
        else reject(new Error(answer.error))
      }
      this.#child.on('message', heard)
      this.#child.send({ number, action, value })
    })
  }

  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    this.#child.kill('SIGKILL')
    await once(this.#child, 'exit')
  }
}

/** Until what was just sent is with the simulator. */
const arrived = () => new Promise((resolve) => setTimeout(resolve, 400))

const start = async (): Promise<TokenProcess> => {
  const started = new TokenProcess()
  await started.told('ready')
  return started
}

describe.runIf(available)('processes that share tokens through Redis', () => {
  beforeAll(async () => {
    simulator = await startSimulator()
  })
  afterAll(() => simulator.close())
  beforeEach(async () => {
    const port = await freePort()
    redisUrl = `redis://127.0.0.1:${port}`
    redis = await startRedis(port)
  })
  afterEach(async () => {
    await Promise.all(processes.splice(0).map((one) => one.kill()))
    await stopRedis()
    simulator.faults.clear()
    simulator.clock.release()
  })

  it('ask for it once between them, though they begin together', async () => {
    const [one, other] = await Promise.all([start(), start()])
    simulator.faults.add({ kind: 'delay', milliseconds: 500, service: 'sts' })
    const ids = await Promise.all([one.do('token'), other.do('token')])
    expect(new Set(ids).size).toBe(1)
    expect(one.asked + other.asked).toBe(1)
    expect([...one.events, ...other.events].filter((event) => event.startsWith('token')).sort()).toEqual([
      'token issued',
      'token loaded',
    ])
  })

  it('spare one that is started again its login', async () => {
    const one = await start()
    const id = await one.do('token')
    await one.kill()
    const again = await start()
    expect(await again.do('token')).toBe(id)
    expect(again.asked).toBe(0)
  })

  it('renew it once between them', async () => {
    const all = await Promise.all([start(), start(), start()])
    const [first] = await Promise.all(all.map((one) => one.do('token')))
    simulator.clock.advance(23 * hour)
    await Promise.all(all.map((one) => one.do('clock', 23 * hour)))
    const renewed = new Set<string>()
    for (let i = 0; i < 60; i++) {
      const ids = await Promise.all(all.map((one) => one.do('token')))
      ids.forEach((id) => renewed.add(id))
      if (ids.every((id) => id !== first)) break
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    renewed.delete(first!)
    expect(renewed.size).toBe(1)
    expect(all.reduce((sum, one) => sum + one.asked, 0)).toBe(2)
  })

  it('are not locked out by one that is killed while it logs in', async () => {
    const [dying, alive] = await Promise.all([start(), start()])
    simulator.faults.add({ kind: 'delay', milliseconds: 20_000, service: 'sts', times: 1 })
    dying.do('token').catch(() => undefined)
    await dying.told('request')
    await arrived()
    const waiting = alive.do('token')
    await dying.kill()
    expect(await waiting).toMatch(/^_/)
    expect(alive.asked).toBe(1)
  })

  it('are not locked out by one that is killed while it renews, and work on meanwhile', async () => {
    const [dying, alive] = await Promise.all([start(), start()])
    const [old] = await Promise.all([dying.do('token'), alive.do('token')])
    simulator.clock.advance(23 * hour)
    await Promise.all([dying, alive].map((one) => one.do('clock', 23 * hour)))
    simulator.faults.add({ kind: 'delay', milliseconds: 20_000, service: 'sts', times: 1 })
    const asked = [dying.asked, alive.asked]
    dying.do('token').catch(() => undefined)
    while (dying.asked === asked[0]) await new Promise((resolve) => setTimeout(resolve, 20))
    await arrived()
    // the lease is taken: the old token serves
    expect(await alive.do('token')).toBe(old)
    await dying.kill()
    expect(await alive.do('token')).toBe(old)
    let renewed = old
    for (let i = 0; i < 100 && renewed === old; i++) {
      await new Promise((resolve) => setTimeout(resolve, 200))
      renewed = await alive.do('token')
    }
    expect(renewed).not.toBe(old)
    expect(alive.asked - asked[1]!).toBe(1)
    // and whoever comes now has it too
    const third = await start()
    await third.do('clock', 23 * hour)
    expect(await third.do('token')).toBe(renewed)
    expect(third.asked).toBe(0)
  })

  it('leave nothing readable in Redis, and nothing for ever', async () => {
    const one = await start()
    await one.do('token')
    const client = createClient({ url: redisUrl })
    await client.connect()
    const names = await client.keys('*')
    expect(names.length).toBe(1)
    const { ssin, nihii } = simulator.personas.physician
    for (const name of names) {
      const text = `${name} ${await client.get(name)}`
      for (const secret of [ssin, nihii, 'Assertion', 'urn:']) expect(text).not.toContain(secret)
      const lifetime = await client.pTTL(name)
      expect(lifetime).toBeGreaterThan(23 * hour)
      expect(lifetime).toBeLessThanOrEqual(24 * hour)
    }
    client.destroy()
  })

  it('go on without Redis when it goes away, and use it again when it is back', async () => {
    const one = await start()
    const before = await one.do('token')
    await stopRedis()
    expect(await one.do('token')).toBe(before)
    const alone = await one.do('reopen')
    expect(alone).not.toBe(before)
    expect(one.events).toContain('token store-failed token.store')
    redis = await startRedis(Number(new URL(redisUrl).port))
    const again = await start()
    const shared = await again.do('token')
    // a store that failed is left alone for five seconds
    await new Promise((resolve) => setTimeout(resolve, 5500))
    expect(await one.do('reopen')).toBe(shared)
  })
})
