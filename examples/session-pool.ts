/**
 * A server with several users: each has a session with a token and keys of his own, tokens outlive the process, and when
 * they end together the platform is asked a few at a time.
 */
import { randomBytes } from 'node:crypto'

import { createConnectionPool, memoryCache, tokenStore, type ConnectionPool } from 'ehealth-connectors'
import { hospital, nurse, physician } from 'ehealth-connectors/professions'
import { startSimulator } from 'ehealth-connectors/simulator'

const simulator = await startSimulator()

// What outlives the process: in earnest keyvCache(new Keyv(new KeyvRedis(redis)), { lock: redisLock(redis) }).
const cache = memoryCache()
// Kept where secrets are kept, apart from the cache.
const key = randomBytes(32)

const startServer = (): ConnectionPool =>
  createConnectionPool({
    environment: simulator.environment,
    maxSessions: 100,
    maxStsCalls: 2,
    tokenStore: tokenStore({ cache, key }),
  })

const { physician: doctor, nurse: colleague, hospital: clinic } = simulator.personas
const users = [
  {
    as: physician({ ssin: doctor.ssin, nihii: doctor.nihii }),
    keystore: { bytes: doctor.keystore, password: doctor.password },
  },
  {
    as: nurse({ ssin: colleague.ssin, nihii: colleague.nihii }),
    keystore: { bytes: colleague.keystore, password: colleague.password },
  },
  {
    as: hospital({ nihii: clinic.nihii }),
    keystore: { bytes: clinic.keystore, password: clinic.password },
  },
]

/** What a server does for each request. */
const answer = (pool: ConnectionPool, user: (typeof users)[number]): Promise<string> =>
  pool.use(user, async (me) => (await me.ehbox.info()).box.quality)

try {
  {
    await using pool = startServer()
    // ten requests of each, all at once
    const requests = Array.from({ length: 10 }, () => users).flat()
    const boxes = await Promise.all(requests.map((user) => answer(pool, user)))
    console.log(`${boxes.length} requests of ${[...new Set(boxes)].sort().join(', ')}`)
    console.log(`sessions: ${pool.state.sessions}, token requests: ${simulator.calls('sts')}`)
    await pool.remove(users[0]!)
    console.log(`sessions after somebody logged out: ${pool.state.sessions}`)
  }
  // the server is started again
  const before = simulator.calls('sts')
  await using pool = startServer()
  await Promise.all(users.map((user) => answer(pool, user)))
  console.log(`token requests after the restart: ${simulator.calls('sts') - before}`)
} finally {
  await simulator.close()
}
