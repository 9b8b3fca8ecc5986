import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'

import { createTransport, type TransportOptions } from '../../../src/technical/soap/transport.js'
import type { HttpResponse, Transport } from '../../../src/technical/soap/types.js'
import { startTestServer, type TestServer } from './testServer.js'

let server: TestServer
/** Client ports that requests came from: one per connection. */
let connections: (number | undefined)[]
beforeAll(async () => {
  server = await startTestServer((request, response) => {
    connections.push(request.socket.remotePort)
    request.resume()
    if (request.url !== '/silent') request.on('end', () => response.end('answer'))
  })
})
afterAll(() => server.close())

const open: Transport[] = []
beforeEach(() => {
  connections = []
})
afterEach(() => {
  open.splice(0).forEach((transport) => transport.close())
  vi.unstubAllEnvs()
})

function transport(options: TransportOptions = {}): Transport {
  const opened = createTransport({ trust: [server.authorities.root.certificate.toPem()], ...options })
  open.push(opened)
  return opened
}
const post = (by: Transport, path = '/'): Promise<HttpResponse> =>
  by.post({ url: server.url + path, headers: { 'Content-Type': 'text/xml' }, body: Buffer.from('<a/>') })

describe('connections to the platform', () => {
  it('are kept for the next call', async () => {
    const one = transport()
    for (let call = 0; call < 3; call++) await post(one)
    expect(connections).toHaveLength(3)
    expect(new Set(connections).size).toBe(1)
  })

  it('are made anew for each call when asked to', async () => {
    const one = transport({ keepAlive: false })
    for (let call = 0; call < 3; call++) await post(one)
    expect(new Set(connections).size).toBe(3)
  })

  it('are not shared by two transports', async () => {
    await Promise.all([post(transport()), post(transport())])
    expect(new Set(connections).size).toBe(2)
  })

  it('are no more at once than allowed', async () => {
    const one = transport({ maxSockets: 2 })
    await Promise.all(Array.from({ length: 8 }, () => post(one)))
    expect(connections).toHaveLength(8)
    expect(new Set(connections).size).toBeLessThanOrEqual(2)
  })

  it('take no detour over a proxy of the process environment', async () => {
    for (const name of ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'])
      vi.stubEnv(name, 'http://127.0.0.1:1')
    for (const name of ['NO_PROXY', 'no_proxy']) vi.stubEnv(name, undefined)
    expect((await post(transport())).status).toBe(200)
  })

  it('trust anchors in PEM and DER alike, and refuse what is none', async () => {
    const { root } = server.authorities
    expect((await post(transport({ trust: [root.certificate.der] }))).status).toBe(200)
    expect(() => createTransport({ trust: ['no certificate'] })).toThrow(
      expect.objectContaining({ code: 'certificate.malformed' }),
    )
  })

  it('are given up when the answer does not come within the time of the transport', async () => {
    await expect(post(transport({ timeout: 100 }), '/silent')).rejects.toMatchObject({
      code: 'transport.timeout',
    })
  })
})
