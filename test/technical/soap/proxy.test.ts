import { inspect } from 'node:util'

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { parseProxy, proxyFromVariables, type ProxyOptions } from '../../../src/technical/soap/http/proxy.js'
import { createTransport, type TransportOptions } from '../../../src/technical/soap/transport.js'
import type { HttpResponse, Transport } from '../../../src/technical/soap/types.js'
import { startTestProxy, type TestProxy } from './testProxy.js'
import { startTestServer, type TestServer } from './testServer.js'
import { settled } from './settled.js'

let server: TestServer
let proxy: TestProxy
let url: string
beforeAll(async () => {
  server = await startTestServer((request, response) => {
    request.resume()
    request.on('end', () => response.end('answer'))
  })
  url = `https://platform.test:${server.port}/`
})
afterAll(() => server.close())

const open: Transport[] = []
beforeEach(async () => {
  proxy = await startTestProxy()
})
afterEach(async () => {
  open.splice(0).forEach((transport) => transport.close())
  await proxy.close()
})

function through(options: Partial<ProxyOptions> = {}, more: TransportOptions = {}): Transport {
  const transport = createTransport({
    trust: [server.authorities.root.certificate.toPem()],
    proxy: { url: proxy.url, ...options },
    ...more,
  })
  open.push(transport)
  return transport
}
const post = (by: Transport, to = url): Promise<HttpResponse> =>
  by.post({ url: to, headers: {}, body: Buffer.from('<a/>') })

describe('a proxy', () => {
  it('carries calls to a host that it alone can reach, TLS unopened, on one tunnel for several calls', async () => {
    const transport = through()
    for (let call = 0; call < 3; call++) expect((await post(transport)).body.toString()).toBe('answer')
    expect(proxy.asked).toEqual([`platform.test:${server.port}`])
    expect(proxy.authorizations).toEqual([undefined])
  })

  it('is itself reached by TLS where its address says so', async () => {
    // only what Node.js trusts counts for the proxy: the one of this test is not among them
    const secure = await startTestProxy({ tls: server.authorities })
    try {
      await expect(post(through({ url: secure.url }))).rejects.toMatchObject({ code: 'transport.proxy' })
      expect(secure.asked).toEqual([])
    } finally {
      await secure.close()
    }
  })

  it.each<[string, Partial<ProxyOptions>]>([
    ['beside the address', { username: 'sample', password: 'p:ä ss' }],
    ['in the address', {}],
  ])('is given credentials: %s', async (where, options) => {
    const address = proxy.url.replace('://', `://sample:${encodeURIComponent('p:ä ss')}@`)
    await post(through(where === 'in the address' ? { url: address } : options))
    const [sent] = proxy.authorizations
    expect(Buffer.from(sent!.replace('Basic ', ''), 'base64').toString()).toBe('sample:p:ä ss')
  })

  it.each([
    [407, false],
    [403, false],
    [502, true],
  ])('that answers %i is told from an endpoint that does', async (status, retryable) => {
    proxy.answer = status
    const error: unknown = await post(through({ username: 'sample', password: 'top-secret' })).catch(
      (reason: unknown) => reason,
    )
    expect(error).toMatchObject({ code: 'transport.proxy', details: { status }, retryable })
    expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/top-secret|Basic/)
  })

  it('that is not there is told', async () => {
    await expect(post(through({ url: 'http://127.0.0.1:1' }))).rejects.toMatchObject({
      code: 'transport.proxy',
      message: 'no connection to the proxy (127.0.0.1:1, ECONNREFUSED)',
    })
  })

  it('that says nothing costs the time to connect, and leaves no connection behind', async () => {
    proxy.answer = 'silence'
    await expect(post(through({}, { connectTimeout: 100 }))).rejects.toMatchObject({
      code: 'transport.connect-timeout',
    })
    await settled(() => proxy.connections() === 0)
  })

  it('leaves no connection behind when the transport is closed while the tunnel is opened', async () => {
    proxy.answer = 'silence'
    const transport = through()
    const pending = post(transport)
    await settled(() => proxy.asked.length === 1)
    transport.close()
    await expect(pending).rejects.toMatchObject({ code: 'transport.aborted' })
    await settled(() => proxy.connections() === 0)
  })

  it.each([
    ['certificate', 'platform.test', 'sts'],
    ['name', 'other.test', 'root'],
  ] as const)('does not make another %s acceptable', async (_, host, anchor) => {
    const by = through({}, { trust: [server.authorities[anchor].certificate.toPem()] })
    await expect(post(by, `https://${host}:${server.port}/`)).rejects.toMatchObject({ code: 'transport.tls' })
    await settled(() => proxy.connections() === 0)
  })

  it('is left aside for loopback and for the hosts named', async () => {
    await post(through(), server.url)
    // platform.test is known to the proxy only
    await expect(post(through({ bypass: ['platform.test'] }))).rejects.toMatchObject({
      code: 'transport.connect',
    })
    expect(proxy.asked).toEqual([])
  })
})

describe('hosts that are reached without the proxy', () => {
  const bypasses = (rule: string, host: string, port = 443): boolean =>
    parseProxy({ url: 'http://proxy.test:3128', bypass: rule }).bypasses(host, port)

  it.each<[string, string, number, boolean]>([
    ['*', 'anything.test', 443, true],
    ['platform.test', 'platform.test', 443, true],
    ['platform.test', 'a.platform.test', 443, true],
    ['platform.test', 'PLATFORM.test', 443, true],
    ['platform.test', 'myplatform.test', 443, false],
    ['.platform.test', 'a.platform.test', 443, true],
    ['*.platform.test', 'a.platform.test', 443, true],
    ['platform.test:9443', 'platform.test', 9443, true],
    ['platform.test:9443', 'platform.test', 443, false],
    ['other.test, platform.test', 'platform.test', 443, true],
    ['192.0.2.7', '192.0.2.7', 443, true],
    ['192.0.2.7', '192.0.2.70', 443, false],
    ['10.0.0.0/8', '10.20.30.40', 443, true],
    ['10.0.0.0/8', '11.20.30.40', 443, false],
    ['10.0.0.0/8:8443', '10.20.30.40', 443, false],
    ['2001:db8::1', '[2001:db8::1]', 443, true],
    ['[2001:db8::1]:443', '2001:db8::1', 443, true],
    ['2001:db8::/32', '2001:db8:9::9', 443, true],
    ['', 'platform.test', 443, false],
  ])('%j: %s port %i %s', (rule, host, port, expected) => {
    expect(bypasses(rule, host, port)).toBe(expected)
  })
})

describe('the settings of a proxy', () => {
  it.each<[Record<string, string>, ProxyOptions | undefined]>([
    [{}, undefined],
    [{ HTTPS_PROXY: '' }, undefined],
    [{ HTTPS_PROXY: 'http://a.test:1' }, { url: 'http://a.test:1' }],
    [
      { HTTPS_PROXY: 'a.test:1', NO_PROXY: 'b.test' },
      { url: 'http://a.test:1', bypass: 'b.test' },
    ],
    [{ https_proxy: 'http://l.test', HTTPS_PROXY: 'http://u.test' }, { url: 'http://l.test' }],
    [{ ALL_PROXY: 'http://all.test', HTTP_PROXY: 'http://plain.test' }, { url: 'http://all.test' }],
  ])('come from variables where wanted: %j', (variables, expected) => {
    expect(proxyFromVariables(variables)).toEqual(expected)
  })

  it.each<[string, ProxyOptions, string]>([
    ['no address', { url: 'nonsense' }, 'proxy.url'],
    ['another protocol', { url: 'socks5://a.test' }, 'proxy.url'],
    ['a colon in the name', { url: 'http://a.test', username: 'a:b' }, 'proxy.username'],
    ['an impossible range', { url: 'http://a.test', bypass: ['10.0.0.0/99'] }, 'proxy.bypass'],
  ])('are refused at the door: %s', (_, options, path) => {
    expect(() => createTransport({ proxy: options })).toThrow(
      expect.objectContaining({ code: 'configuration.invalid', path }),
    )
  })
})
