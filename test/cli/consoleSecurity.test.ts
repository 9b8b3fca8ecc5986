import { once } from 'node:events'
import { connect as connectSocket } from 'node:net'
import { networkInterfaces } from 'node:os'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { createExchangeLog, startConsole, type SimulatorConsole } from '../../src/cli/console/index.js'
import { safeHeaders } from '../../src/cli/console/guard.js'
import { startSimulator, type Simulator } from '../../src/simulator/index.js'
import { asking, fromThePage, watching } from './consoleClient.js'

let simulator: Simulator
let page: SimulatorConsole
let ask: ReturnType<typeof asking>
let token: string
let port: string

beforeAll(async () => {
  const exchanges = createExchangeLog()
  simulator = await startSimulator({ onExchange: exchanges.add })
  page = await startConsole({ simulator, exchanges, dir: 'platform' })
  ask = asking(page.url)
  const url = new URL(page.url)
  port = url.port
  token = url.pathname.slice(1, -1)
})
afterAll(async () => {
  await page.close()
  await simulator.close()
})

const clear = JSON.stringify({ kind: 'delay', milliseconds: 0 })

describe('the token', () => {
  it('is long, random, and another one for each console', async () => {
    expect(token).toMatch(/^[0-9a-f]{48}$/)
    await using other = await startConsole({ simulator, exchanges: createExchangeLog(), dir: 'platform' })
    expect(other.url).not.toContain(token)
    expect((await asking(other.url)({ path: `/${token}/` })).status).toBe(404)
  })

  it('opens everything, and nothing opens without it', async () => {
    for (const path of ['', 'api/state']) expect((await ask({ path })).status).toBe(200)
    const wrong = token.replace(/./, (digit) => (digit === '0' ? '1' : '0'))
    for (const path of [
      '/',
      '/api/state',
      `/${wrong}/`,
      `/${wrong}/api/state`,
      `/${token.slice(0, -1)}/`,
      `/${token}0/`,
      `/${token.toUpperCase()}x/`,
      `/${token}`,
      `//${token}/`,
      `/${token}%2f`,
      `/x/${token}/`,
      `/x/../${token}/`,
      `http://127.0.0.1:${port}/${token}/`,
      `/?${token}/`,
    ]) {
      const answer = await ask({ path: path.startsWith('/') ? path : `/${path}` })
      expect([path, answer.status]).toEqual([path, 404])
      expect(answer.text).not.toContain(token)
    }
    expect(
      (await ask({ method: 'POST', path: '/api/faults', headers: fromThePage(page.url), body: clear }))
        .status,
    ).toBe(404)
  })
})

describe('every answer', () => {
  it.each([
    ['the page', {}],
    ['the state', { path: 'api/state' }],
    ['nothing', { path: '/nowhere' }],
    ['an unknown question', { path: 'api/nothing' }],
    ['a foreign host', { headers: { Host: 'example.org' } }],
    ['a refused change', { method: 'POST', path: 'api/faults' }],
    ['a wrong method', { method: 'PUT', path: 'api/state' }],
  ])('carries the headers that hold a browser back: %s', async (_, call) => {
    const { headers } = await ask(call)
    for (const [name, value] of Object.entries(safeHeaders)) expect(headers[name.toLowerCase()]).toBe(value)
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    )
    expect(headers['access-control-allow-origin']).toBeUndefined()
    expect(headers['content-type']).toMatch(/^(text\/html|application\/json); charset=utf-8$/)
  })

  it('carries them on a stream of events, too', async () => {
    const stream = watching(page.url)
    const headers = await stream.headers()
    for (const [name, value] of Object.entries(safeHeaders)) expect(headers[name.toLowerCase()]).toBe(value)
    expect(headers['content-type']).toBe('text/event-stream; charset=utf-8')
    await stream.close()
  })
})

describe('other sites', () => {
  it('do not reach it by a name of their own', async () => {
    for (const Host of ['example.org', `example.org:${port}`, '127.0.0.1', `127.0.0.1:${Number(port) + 1}`])
      expect([Host, (await ask({ headers: { Host } })).status]).toEqual([Host, 403])
    for (const Host of [`localhost:${port}`, `127.0.0.1:${port}`])
      expect((await ask({ headers: { Host } })).status).toBe(200)
  })

  it('change nothing, whatever they send', async () => {
    const own = fromThePage(page.url)
    const post = (headers: Record<string, string>) =>
      ask({ method: 'POST', path: 'api/faults', headers, body: clear })
    for (const [headers, status] of [
      [{ 'Content-Type': 'application/json' }, 403],
      [{ ...own, Origin: 'https://example.org' }, 403],
      [{ ...own, Origin: 'null' }, 403],
      [{ ...own, Origin: `http://localhost:${port}` }, 403],
      [{ ...own, Origin: `https://127.0.0.1:${port}` }, 403],
      [{ ...own, 'Sec-Fetch-Site': 'cross-site' }, 403],
      [{ ...own, 'Content-Type': 'text/plain' }, 415],
      [{ ...own, 'Content-Type': 'application/x-www-form-urlencoded' }, 415],
      [{ ...own, 'Content-Type': 'application/jsonx' }, 415],
      [{ Origin: own['Origin']! }, 415],
    ] as const)
      expect([headers, (await post(headers)).status]).toEqual([headers, status])
    expect((await ask({ method: 'DELETE', path: 'api/faults' })).status).toBe(403)
    expect(simulator.faults.plans()).toEqual([])
    expect((await post(own)).status).toBe(200)
    expect(simulator.faults.plans()).toHaveLength(1)
    simulator.faults.clear()
    expect((await ask({ path: 'api/state', headers: { 'Sec-Fetch-Site': 'cross-site' } })).status).toBe(403)
    expect((await ask({ path: 'api/state', headers: { 'Sec-Fetch-Site': 'same-origin' } })).status).toBe(200)
  })
})

describe('requests', () => {
  it('are small', async () => {
    const headers = fromThePage(page.url)
    const post = (body: string) => ask({ method: 'POST', path: 'api/clock', headers, body })
    const filled = (octets: number) => JSON.stringify({ order: 'release', with: 'x'.repeat(octets) })
    expect((await post(filled(60 * 1024))).status).toBe(200)
    expect((await post(filled(70 * 1024))).status).toBe(413)
    expect((await post('{')).status).toBe(400)
    expect((await post('')).status).toBe(400)
    expect((await ask({ path: 'api/state' })).status).toBe(200)
  })

  it('name nothing outside of what there is', async () => {
    for (const path of [
      '../../etc/passwd',
      '..%2f..%2fetc%2fpasswd',
      '%2e%2e/',
      'api/../api/state',
      'api/exchanges/../state',
      'api/mailboxes/message/../../state',
      'api/__proto__',
      'api/constructor',
      'api/register/__proto__',
      'console.js/../..',
      '\\..\\',
      'package.json',
      'api/',
      'api',
    ])
      expect([path, (await ask({ path })).status]).toEqual([path, 404])
  })

  it('use the methods that there are', async () => {
    for (const method of ['PUT', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'])
      for (const path of ['', 'api/state', 'api/faults', 'api/events'])
        expect([method, path, (await ask({ method, path })).status]).toEqual([method, path, 405])
    expect((await ask({ method: 'POST' })).status).toBe(405)
    expect((await ask({ path: 'api/faults' })).status).toBe(405)
    const head = await ask({ method: 'HEAD', path: 'api/state' })
    expect([head.status, head.text]).toEqual([200, ''])
    expect(Number(head.headers['content-length'])).toBeGreaterThan(100)
  })
})

describe('the console', () => {
  it('listens on loopback only', async () => {
    const addresses = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .filter(({ family, internal }) => family === 'IPv4' && !internal)
    for (const { address } of addresses) {
      const socket = connectSocket({ host: address, port: Number(port) })
      const outcome = await Promise.race([
        once(socket, 'connect').then(() => 'open'),
        once(socket, 'error').then(() => 'refused'),
      ]).catch(() => 'refused')
      socket.destroy()
      expect([address, outcome]).toEqual([address, 'refused'])
    }
    expect(new URL(page.url).hostname).toBe('127.0.0.1')
  })

  it('takes so many streams and no more, and ends them all when it closes', async () => {
    const closing = await startConsole({ simulator, exchanges: createExchangeLog(), dir: 'platform' })
    const streams = Array.from({ length: 32 }, () => watching(closing.url))
    await Promise.all(streams.map((stream) => stream.until(({ event }) => event === 'state')))
    const more = await asking(closing.url)({ path: 'api/events' })
    expect([more.status, more.text]).toEqual([503, expect.stringContaining('console.streams')])
    await closing.close()
    await Promise.all(streams.map(({ ended }) => ended))
    await expect(asking(closing.url)()).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    await closing.close()
  })

  it('says that its port is taken', async () => {
    await expect(
      startConsole({ simulator, exchanges: createExchangeLog(), dir: 'platform', port: Number(port) }),
    ).rejects.toMatchObject({ code: 'configuration.invalid', path: 'ui-port' })
  })
})

describe('the memory of exchanges', () => {
  const exchange = (number: number, octets: number) => ({
    number,
    at: new Date(0),
    milliseconds: 1,
    service: 'sts' as const,
    endpoint: 'default' as const,
    request: { body: new Uint8Array(octets) },
    response: { status: 200, contentType: 'text/xml', body: new Uint8Array() },
    checks: [],
  })
  const numbers = (log: ReturnType<typeof createExchangeLog>) => log.lines().map(({ number }) => number)

  it('holds so many, and so many octets; the newest stays', () => {
    const few = createExchangeLog({ count: 2 })
    for (const number of [1, 2, 3]) few.add(exchange(number, 1))
    expect(numbers(few)).toEqual([2, 3])
    expect(few.find(1)).toBeUndefined()
    const small = createExchangeLog({ octets: 100 })
    for (const number of [1, 2]) small.add(exchange(number, 50))
    expect(numbers(small)).toEqual([1, 2])
    small.add(exchange(3, 60))
    expect(numbers(small)).toEqual([3])
    small.add(exchange(4, 1000))
    expect(numbers(small)).toEqual([4])
    small.add(exchange(5, 40))
    expect(numbers(small)).toEqual([5])
  })
})
