/**
 * A process of a server: one session of one user, whose token is shared through Redis. Driven by messages; its answers
 * carry the number of the question. Needs `npm run build`.
 */
import KeyvRedis, { createClient } from '@keyv/redis'
import Keyv from 'keyv'

import { keyvCache, redisLock, systemRuntime, tokenStore } from '../../dist/index.js'
import { physician } from '../../dist/professions/index.js'
import { createSession } from '../../dist/technical/session/index.js'

const { environment, keystore, password, ssin, nihii, redisUrl, key, lease } = JSON.parse(process.argv[2])

// a store that goes away is told by events of the session; its own clients must not end the process
const redis = createClient({ url: redisUrl, socket: { reconnectStrategy: 200 } })
redis.on('error', () => undefined)
await redis.connect()
const keyv = new Keyv(new KeyvRedis(redis))
keyv.on('error', () => undefined)
const cache = keyvCache(keyv, { lock: redisLock(redis) })

let offset = 0
const runtime = { ...systemRuntime, now: () => new Date(systemRuntime.now().getTime() + offset) }
const open = () =>
  createSession({
    environment,
    actor: physician({ ssin, nihii }),
    keystore: { bytes: Buffer.from(keystore, 'base64'), password },
    tokenStore: tokenStore({ cache, key: Buffer.from(key, 'hex'), lease, runtime }),
    runtime,
    on: (event) => {
      if (event.type === 'token' || (event.type === 'request' && event.service === 'sts'))
        process.send({ event: `${event.type} ${event.state ?? ''} ${event.code ?? ''}`.trim() })
    },
  })
let session = open()

const actions = {
  token: async () => (await session.token()).id,
  reopen: async () => {
    await session.close()
    session = open()
    return (await session.token()).id
  },
  clock: async (milliseconds) => void (offset += milliseconds),
}
process.on('message', async ({ number, action, value }) => {
  try {
    process.send({ number, value: await actions[action](value) })
  } catch (error) {
    process.send({ number, error: error.code ?? String(error) })
  }
})
process.send({ event: 'ready' })
