/** What an endpoint may do at most: slowly, endlessly, hugely, damaged. */
import { createServer as createTcpServer, type AddressInfo } from 'node:net'
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib'

import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'

import { createTransport, type TransportOptions } from '../../../src/technical/soap/transport.js'
import type { HttpResponse, Transport } from '../../../src/technical/soap/types.js'
import { settled } from './settled.js'
import { startTestServer, type TestServer } from './testServer.js'

const text = '<answer>'.repeat(1000)
const bomb = gzipSync(Buffer.alloc(256 << 20))
const encoded: Record<string, [string, Uint8Array]> = {
  '/gzip': ['gzip', gzipSync(text)],
  '/deflate': ['deflate', deflateSync(text)],
  '/br': ['br', brotliCompressSync(text)],
  '/identity': ['identity', Buffer.from(text)],
  '/twice': ['deflate, gzip', gzipSync(deflateSync(text))],
  '/thrice': ['gzip, gzip, gzip', gzipSync(gzipSync(gzipSync(text)))],
  '/unknown': ['compress', Buffer.from(text)],
  '/damaged': ['gzip', Buffer.from('no gzip at all')],
  '/cut-gzip': ['gzip', gzipSync(text).subarray(0, 30)],
  '/bomb': ['gzip', bomb],
  '/nested-bomb': ['gzip, gzip', gzipSync(bomb, { level: constants.Z_BEST_SPEED })],
}

let server: TestServer
beforeAll(async () => {
  server = await startTestServer((request, response) => {
    request.resume()
    const path = request.url ?? ''
    const [coding, body] = encoded[path] ?? []
    if (coding !== undefined) return void response.writeHead(200, { 'Content-Encoding': coding }).end(body)
    if (path === '/endless') {
      const chunk = Buffer.alloc(65_536)
      const pour = (): void => {
        while (!response.destroyed && response.write(chunk));
        response.once('drain', pour)
      }
      return pour()
    }
    if (path === '/announced')
      return void response.writeHead(200, { 'Content-Length': '999999999' }).write('x')
    if (path === '/half') return void response.writeHead(200, { 'Content-Length': '100' }).write('x')
    if (path === '/trickle') {
      const drops = setInterval(() => response.write('x'), 20)
      response.on('close', () => clearInterval(drops))
      return
    }
    if (path === '/slow-head') {
      request.socket.write('HTTP/1.1 200 OK\r\nX-')
      const drops = setInterval(() => request.socket.write('x'), 20)
      request.socket.on('close', () => clearInterval(drops)).on('error', () => undefined)
      return
    }
    if (path !== '/silent') response.end('done')
  })
})
afterAll(() => server.close())

const open: Transport[] = []
afterEach(() => {
  open.splice(0).forEach((transport) => transport.close())
  vi.unstubAllEnvs()
})
function transport(options: TransportOptions = {}): Transport {
  const made = createTransport({ trust: [server.authorities.root.certificate.toPem()], ...options })
  open.push(made)
  return made
}
const post = (by: Transport, path: string, more: { signal?: AbortSignal } = {}): Promise<HttpResponse> =>
  by.post({ url: server.url + path, headers: {}, body: Buffer.from('<a/>'), ...more })

describe('the time of a call', () => {
  it.each<[string, string, TransportOptions, string]>([
    ['silence from the start', '/silent', { idleTimeout: 100 }, 'transport.idle-timeout'],
    ['silence in the middle of the answer', '/half', { idleTimeout: 100 }, 'transport.idle-timeout'],
    ['an answer that trickles in', '/trickle', { timeout: 300 }, 'transport.timeout'],
    ['headers that trickle in', '/slow-head', { timeout: 300 }, 'transport.timeout'],
    ['all of it', '/silent', { timeout: 100 }, 'transport.timeout'],
  ])('ends with an error of its own: %s', async (_, path, options, code) => {
    const by = transport(options)
    await expect(post(by, path)).rejects.toMatchObject({ code })
    // the connection is gone, not kept for the next call; and the next call works
    await settled(() => server.connections() === 0)
    expect((await post(by, '/')).status).toBe(200)
  })

  it('includes waiting for a free connection', async () => {
    const by = transport({ maxSockets: 1, timeout: 300 })
    const first = expect(post(by, '/silent')).rejects.toMatchObject({ code: 'transport.timeout' })
    // it never had a connection: nothing was sent
    await expect(post(by, '/silent')).rejects.toMatchObject({ code: 'transport.connect-timeout' })
    await first
  })

  it('may be ended by the caller, before and during the answer', async () => {
    const by = transport()
    await expect(post(by, '/', { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'transport.aborted',
    })
    const controller = new AbortController()
    const pending = post(by, '/half', { signal: controller.signal })
    await settled(() => server.connections() === 1)
    controller.abort()
    await expect(pending).rejects.toMatchObject({ code: 'transport.aborted' })
    await settled(() => server.connections() === 0)
  })

  it('ends with the transport', async () => {
    const by = transport()
    const pending = post(by, '/half')
    await settled(() => server.connections() === 1)
    by.close()
    await expect(pending).rejects.toMatchObject({ code: 'transport.aborted' })
    await settled(() => server.connections() === 0)
  })

  it('keeps no connection that is not used', async () => {
    await post(transport({ keepAliveTimeout: 50 }), '/')
    expect(server.connections()).toBe(1)
    await settled(() => server.connections() === 0)
  })
})

describe('the size of an answer', () => {
  it.each([
    ['that never ends', '/endless'],
    ['that is announced', '/announced'],
    ['that a small body becomes', '/bomb'],
    ['that a small body in a small body becomes', '/nested-bomb'],
  ])('is limited: one %s', async (_, path) => {
    const by = transport({ maxResponseBytes: 1 << 20 })
    const before = process.memoryUsage.rss()
    await expect(post(by, path)).rejects.toMatchObject({
      code: 'transport.too-large',
      details: { limit: 1 << 20 },
    })
    // a quarter of a gigabyte stands behind each of them
    expect(process.memoryUsage.rss() - before).toBeLessThan(100 << 20)
    await settled(() => server.connections() === 0)
    expect((await post(by, '/')).status).toBe(200)
  })
})

describe('the coding of an answer', () => {
  it.each(['/gzip', '/deflate', '/br', '/identity', '/twice'])('%s is undone', async (path) => {
    expect(Buffer.from((await post(transport(), path)).body).toString()).toBe(text)
  })

  it.each(['/unknown', '/thrice', '/damaged', '/cut-gzip'])('%s is refused', async (path) => {
    const by = transport()
    await expect(post(by, path)).rejects.toMatchObject({ code: 'transport.encoding' })
    expect((await post(by, '/')).status).toBe(200)
  })
})

describe('TLS', () => {
  it('is spoken in version 1.2 or later only', async () => {
    const old = await startTestServer((_, response) => void response.end('old'), {
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    })
    try {
      const by = transport({ trust: [old.authorities.root.certificate.toPem()] })
      await expect(by.post({ url: old.url, headers: {}, body: Buffer.from('') })).rejects.toMatchObject({
        code: 'transport.tls',
      })
    } finally {
      await old.close()
    }
  })

  it('of version 1.2 is enough', async () => {
    const enough = await startTestServer((_, response) => void response.end('enough'), {
      maxVersion: 'TLSv1.2',
    })
    try {
      const by = transport({ trust: [enough.authorities.root.certificate.toPem()] })
      expect((await by.post({ url: enough.url, headers: {}, body: Buffer.from('') })).status).toBe(200)
    } finally {
      await enough.close()
    }
  })

  it('is verified whatever the environment of the process says', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
    const by = createTransport()
    open.push(by)
    await expect(post(by, '/')).rejects.toMatchObject({ code: 'transport.tls' })
  })

  it('that breaks in the handshake sent nothing', async () => {
    const tcp = createTcpServer((socket) => socket.once('data', () => socket.destroy()))
    await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve))
    const { port } = tcp.address() as AddressInfo
    await expect(
      transport().post({ url: `https://127.0.0.1:${port}`, headers: {}, body: Buffer.from('') }),
    ).rejects.toMatchObject({ code: 'transport.connect' })
    tcp.close()
  })
})

describe('options', () => {
  it.each<[TransportOptions, string]>([
    [{ timeout: 0 }, 'timeout'],
    [{ idleTimeout: Number.NaN }, 'idleTimeout'],
    [{ insecure: true } as TransportOptions, 'insecure'],
  ])('%j is refused', (options, path) => {
    expect(() => createTransport(options)).toThrow(
      expect.objectContaining({ code: 'configuration.invalid', path }),
    )
  })
})
