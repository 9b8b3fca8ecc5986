/**
 * A server with many users, measured from inside: `node --expose-gc sessionsProcess.mjs COUNT`, driven by `sessions.ts`,
 * which sends what the simulator said and moves its clock when asked to. Needs `npm run build`.
 */
import { createPrivateKey } from 'node:crypto'
import { once } from 'node:events'

import { systemRuntime } from '../dist/index.js'
import { hospital, physician } from '../dist/professions/index.js'
import { openKeystore, softwareCredential } from '../dist/technical/keystore/index.js'
import { readPkcs12 } from '../dist/technical/keystore/pkcs12/index.js'
import { createSessionPool } from '../dist/technical/session/index.js'
import { createTransport } from '../dist/technical/soap/index.js'

// whoever started it has gone
process.on('disconnect', () => process.exit())
const count = Number(process.argv[2])
const maxStsCalls = 8
const day = 24 * 60 * 60_000

const [platform] = await once(process, 'message')
const { environment } = platform
/** A keystore, and what makes another one of it with a key object of its own: OpenSSL locks a key while it signs. */
async function keystoreOf({ keystore, password }) {
  const bytes = Buffer.from(keystore, 'base64')
  const opened = await openKeystore({ bytes }, { password })
  const { certificate, chain } = opened.authentication
  const { keys } = await readPkcs12(bytes, password)
  const { key } = keys.find(({ friendlyName }) => friendlyName === 'authentication')
  const der = key.export({ type: 'pkcs8', format: 'der' })
  return () => {
    const privateKey = createPrivateKey({ key: der, type: 'pkcs8', format: 'der' })
    return { ...opened, authentication: softwareCredential({ certificate, chain, privateKey }) }
  }
}
const doctor = await keystoreOf(platform.physician)
const clinic = await keystoreOf(platform.hospital)
let offset = 0
const runtime = { ...systemRuntime, now: () => new Date(systemRuntime.now().getTime() + offset) }

const inner = createTransport({ trust: environment.trust.tls })
let running = 0
let most = 0
const transport = {
  post: async (request) => {
    most = Math.max(most, (running += 1))
    try {
      return await inner.post(request)
    } finally {
      running -= 1
    }
  },
  close: () => inner.close(),
}
const pool = createSessionPool({ environment, runtime, transport, maxSessions: 2 * count, maxStsCalls })

const { ssin, nihii } = platform.physician
const actor = physician({ ssin, nihii })
/** Keys of their own as far as a pool can tell; what they hold is the same, so that only sessions are measured. */
const users = (length, make) => Array.from({ length }, make)
const withKeystore = () => ({ actor: { ...actor }, keystore: doctor() })
const both = {
  ...actor,
  attributes: [...actor.attributes, ...hospital({ nihii: platform.hospital.nihii }).attributes],
}
const withCard = () => ({
  actor: both,
  identification: doctor().authentication,
  keystore: clinic(),
})

/** Octets in use once everything that can go has gone. */
async function memory() {
  for (let i = 0; i < 4; i++) {
    globalThis.gc()
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  const { heapUsed, external, arrayBuffers } = process.memoryUsage()
  return { heap: heapUsed, outside: external + arrayBuffers }
}
const each = (before, after) => ({
  heap: (after.heap - before.heap) / count,
  outside: (after.outside - before.outside) / count,
})

/** Runs it for all, some at a time; milliseconds by the clock and of processor in all threads, for one. */
async function timed(all, action, width = maxStsCalls) {
  const waiting = [...all]
  const used = process.cpuUsage()
  const start = performance.now()
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) await action(one)
    }),
  )
  const clock = performance.now() - start
  const { user, system } = process.cpuUsage(used)
  return { clock: clock / all.length, processor: (user + system) / 1000 / all.length, seconds: clock / 1000 }
}

const signed = Buffer.alloc(1200, 'x')
const signatures = async ({ keystore }) => {
  for (let i = 0; i < 3; i++) await keystore.authentication.sign('rsa-sha256', signed)
}
const token = (user) => pool.use(user, (session) => session.token())
const touch = (user) => pool.use(user, async () => undefined)

// warm: modules, connections, compiled code
await timed(users(100, withKeystore), token)
await timed(users(100, withCard), token)
await timed(users(200, withKeystore), signatures)

const bare = await timed(users(1000, withKeystore), signatures)
const card = await timed(users(500, withCard), token)

const everybody = users(count, withKeystore)
const start = await memory()
await timed(everybody, touch)
const untouched = await memory()
const login = await timed(everybody, token)
const idle = await memory()
const again = await timed(everybody, token)
const rss = process.memoryUsage().rss

offset += day
process.send({ advance: day })
await once(process, 'message')
most = 0
const stormStart = performance.now()
const used = process.cpuUsage()
const renewed = await Promise.all(everybody.map(token))
const { user, system } = process.cpuUsage(used)
const storm = {
  seconds: (performance.now() - stormStart) / 1000,
  processor: (user + system) / 1000 / count,
  most,
  tokens: new Set(renewed.map(({ id }) => id)).size,
}

process.send({
  count,
  maxStsCalls,
  bare,
  card,
  login,
  again,
  storm,
  rss,
  memory: { untouched: each(start, untouched), idle: each(start, idle) },
})
await pool.close()
inner.close()
process.disconnect()
