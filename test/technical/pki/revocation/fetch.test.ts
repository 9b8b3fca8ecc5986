import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

import { afterEach, describe, expect, it } from 'vitest'

import { fetchRevocation } from '../../../../src/technical/pki/index.js'
import { askOcspResponder } from '../../../../src/technical/seal/index.js'

let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

async function serving(listener: RequestListener): Promise<string> {
  server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/there`
}

const get = (url: string, changes: { timeout?: number; maxBytes?: number } = {}) =>
  fetchRevocation({ url, accept: 'application/pkix-crl', timeout: 5000, maxBytes: 1000, ...changes })

describe('the door to the network', () => {
  it('fetches a list with GET', async () => {
    const url = await serving((request, response) => {
      expect([request.method, request.headers.accept]).toEqual(['GET', 'application/pkix-crl'])
      response.end('list')
    })
    expect(Buffer.from(await get(url)).toString()).toBe('list')
  })

  it('posts a question and gives the answer back', async () => {
    const url = await serving((request, response) => {
      void buffer(request).then((body) => {
        expect(request.headers['content-type']).toBe('application/ocsp-request')
        expect(request.headers['content-length']).toBe('8')
        response.end(Buffer.concat([Buffer.from('answer to '), body]))
      })
    })
    const about = { url } as Parameters<typeof askOcspResponder>[1]
    expect(Buffer.from(await askOcspResponder(Buffer.from('question'), about)).toString()).toBe(
      'answer to question',
    )
  })

  it.each([
    ['nobody listens', 'http://127.0.0.1:1/list'],
    ['the address is one of LDAP', 'ldap://127.0.0.1/list'],
    ['the address is one of a file', 'file:///etc/hostname'],
    ['the address is none', 'list'],
  ])('fails with a code when %s', async (_, url) => {
    await expect(get(url)).rejects.toMatchObject({ code: 'revocation.unavailable' })
  })

  it('asks nobody where no responder is named', async () => {
    const about = {} as Parameters<typeof askOcspResponder>[1]
    await expect(askOcspResponder(Buffer.from('q'), about)).rejects.toMatchObject({
      code: 'revocation.no-source',
    })
  })

  it('follows no redirect and takes no error page', async () => {
    for (const status of [301, 302, 404, 503]) {
      const url = await serving((_, response) =>
        response.writeHead(status, { Location: 'http://127.0.0.1:1/' }).end('elsewhere'),
      )
      await expect(get(url)).rejects.toMatchObject({
        code: 'revocation.unavailable',
        message: `no answer: it answered HTTP ${status}`,
      })
      server?.close()
    }
  })

  it('reads no more than the limit', async () => {
    let sent = 0
    const url = await serving((_, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(64 * 1024))) sent += 64 * 1024
        if (!response.destroyed) response.once('drain', more)
      }
      more()
    })
    await expect(get(url)).rejects.toMatchObject({ code: 'revocation.too-large' })
    expect(sent).toBeLessThan(64 * 1024 * 1024)
  })

  it('does not wait for an answer that trickles in, or never comes', async () => {
    const url = await serving((request, response) => {
      if (request.url === '/there') response.write('a')
    })
    for (const address of [url, `${url}/silent`])
      await expect(get(address, { timeout: 200 })).rejects.toMatchObject({
        code: 'revocation.unavailable',
        retryable: true,
      })
  })

  it('takes no answer that breaks off', async () => {
    const url = await serving((_, response) => {
      response.writeHead(200, { 'Content-Length': 100 })
      response.write('half', () => response.destroy())
    })
    await expect(get(url)).rejects.toMatchObject({ code: 'revocation.unavailable' })
  })
})
