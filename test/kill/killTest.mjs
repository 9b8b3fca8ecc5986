/** The kill test itself: simulator, daemon, load, SIGKILL, and the reckoning. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

import { load } from './load.mjs'
import { reckon } from './reckon.mjs'

const program = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))
const token = 'token of the kill test'

/** Random numbers that a seed repeats; how the machine runs, it does not. */
function random(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Starts the command; `ready` is its first line, undefined where it ended before. */
function start(parameters) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('EHEALTH_')))
  const child = spawn(process.execPath, [program, ...parameters], {
    env: { ...env, INTAKE_TOKEN: token, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text) => (errors = (errors + text).slice(-20_000)))
  const closed = once(child, 'close').then(([code, signal]) => ({ code, signal }))
  const ready = new Promise((resolve) => {
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output += text
      if (output.includes('\n')) resolve(JSON.parse(output.split('\n')[0]))
    })
    void closed.then(() => resolve(undefined))
  })
  return { child, closed, ready, errors: () => errors }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}

/**
 * @param {{ kills: number, seed: number, progress?: (line: string) => void, interval?: number, longest?: number }} options
 * `interval`: seconds between two bags; `longest`: milliseconds that a daemon lives after it is ready
 */
export async function killTest({ kills, seed, progress = () => undefined, interval = 0.3, longest = 3000 }) {
  const begun = performance.now()
  const directory = await mkdtemp(join(tmpdir(), 'ehealth-kill-'))
  const chance = random(seed)
  const paths = {
    simulator: join(directory, 'simulator'),
    archive: join(directory, 'archive.db'),
    incoming: join(directory, 'incoming'),
  }
  await mkdir(paths.incoming)
  const simulator = start(['simulator', '--port', '0', '--dir', paths.simulator])
  try {
    if ((await simulator.ready) === undefined) throw new Error(`the simulator ended: ${simulator.errors()}`)
    const port = await freePort()
    const daemon = () =>
      start([
        ...['timestamp', 'serve', '--archive', paths.archive, '--port', String(port)],
        ...['--intake-token-env', 'INTAKE_TOKEN', '--watch', paths.incoming, '--interval', String(interval)],
        ...['--simulator', paths.simulator, '--persona', 'hospital'],
      ])
    const working = load({ url: `http://127.0.0.1:${port}`, token, incoming: paths.incoming, chance })
    let starting = 0
    for (let kill = 1; kill <= kills; kill += 1) {
      const { child, closed, ready, errors } = daemon()
      // one in five dies before it says that it is ready, the others at work
      const early = chance() < 0.2
      if (early) await sleep(chance() * 600)
      else {
        if ((await ready) === undefined) throw new Error(`the daemon ended by itself: ${errors()}`)
        await sleep(chance() * longest)
      }
      starting += early ? 1 : 0
      if (child.exitCode !== null) throw new Error(`the daemon ended by itself: ${errors()}`)
      child.kill('SIGKILL')
      await closed
      if (kill % 20 === 0) progress(`${kill} kills, ${working.acknowledged.length} acknowledged`)
    }
    const last = daemon()
    if ((await last.ready) === undefined) throw new Error(`the daemon ended by itself: ${last.errors()}`)
    await working.stop()
    await settled(port, last)
    last.child.kill('SIGTERM')
    const end = await last.closed
    const reckoning = await reckon({ ...paths, acknowledged: working.acknowledged })
    if (end.code !== 0) reckoning.problems.push(`the daemon ended with ${end.code ?? end.signal} on SIGTERM`)
    return {
      kills,
      killedWhileStarting: starting,
      seed,
      seconds: Math.round((performance.now() - begun) / 1000),
      ...reckoning,
    }
  } finally {
    simulator.child.kill('SIGTERM')
    await simulator.closed
    await rm(directory, { recursive: true, force: true })
  }
}

/** Until everything has its stamp. */
async function settled(port, daemon) {
  for (let tries = 0; tries < 600; tries += 1) {
    const answer = await fetch(`http://127.0.0.1:${port}/health`, {
      headers: { authorization: `Bearer ${token}` },
    })
    const { staged, bags } = await answer.json()
    const { ARCHIVED, CONFIRMED, ...open } = bags
    if (staged === 0 && Object.values(open).every((count) => count === 0)) return
    await sleep(200)
  }
  throw new Error(`not everything was stamped: ${daemon.errors()}`)
}
