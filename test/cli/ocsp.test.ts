import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

import { afterEach, describe, expect, it } from 'vitest'

import { askOcspResponder } from '../../src/cli/ocsp.js'

let server: Server | undefined
afterEach(() => server?.close())

async function responder(listener: RequestListener): Promise<string> {
  server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/ocsp`
}

const about = (url?: string) =>
  ({ ...(url === undefined ? {} : { url }) }) as Parameters<typeof askOcspResponder>[1]

describe('asking an OCSP responder', () => {
  it('posts the request over plain HTTP and gives the answer back', async () => {
    const url = await responder((request, response) => {
      void buffer(request).then((body) => {
        expect(request.headers['content-type']).toBe('application/ocsp-request')
        response.end(Buffer.concat([Buffer.from('answer to '), body]))
      })
    })
    expect(Buffer.from(await askOcspResponder(Buffer.from('question'), about(url))).toString()).toBe(
      'answer to question',
    )
  })

  it.each([
    ['no responder is named', undefined],
    ['the name is no URL of HTTP', 'ldap://127.0.0.1/ocsp'],
    ['nobody listens', 'http://127.0.0.1:1/ocsp'],
  ])('fails with a code when %s', async (_, url) => {
    await expect(askOcspResponder(Buffer.from('q'), about(url))).rejects.toMatchObject({
      code: 'transport.connect',
    })
  })

  it('refuses an error page and an answer without end', async () => {
    const error = await responder((_, response) => response.writeHead(503).end('closed'))
    await expect(askOcspResponder(Buffer.from('q'), about(error))).rejects.toMatchObject({
      code: 'transport.http',
    })
    server?.close()
    const endless = await responder((_, response) => void response.end(Buffer.alloc(2 ** 20)))
    await expect(askOcspResponder(Buffer.from('q'), about(endless))).rejects.toThrow()
  })
})
