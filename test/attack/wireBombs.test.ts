/** Answers made to fill the memory or to keep the reader busy, as they come over the wire. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { systemRuntime } from '../../src/technical/environment/runtime.js'
import { call } from '../../src/technical/soap/call.js'
import { createTransport } from '../../src/technical/soap/transport.js'
import type { Transport } from '../../src/technical/soap/types.js'
import { ask } from '../technical/soap/messages.js'
import { startTestServer, type TestServer } from '../technical/soap/testServer.js'

const envelope = (inner: string): string =>
  `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>${inner}</S:Body></S:Envelope>`
const levels = Array.from({ length: 6 }, (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`)

/** Made when they are asked for, so that they weigh on nobody before. */
const bombs: Record<string, () => string> = {
  '/laughs': () =>
    `<!DOCTYPE a [<!ENTITY e0 "lol">${levels.join('')}]>${envelope('<Answer xmlns="urn:test:soap">&e6;</Answer>')}`,
  '/entities': () => {
    const declared = Array.from({ length: 1_000_000 }, (_, i) => `<!ENTITY e${i} "x">`)
    return `<!DOCTYPE a [${declared.join('')}]>${envelope('<a/>')}`
  },
  '/attribute': () => envelope(`<a b="${'x'.repeat(50_000_000)}"/>`),
  '/nested': () => envelope('<a>'.repeat(100_000) + '</a>'.repeat(100_000)),
  '/siblings': () => envelope(`<a>${'<b/>'.repeat(2_000_000)}</a>`),
  '/attributes': () => envelope(`<a ${Array.from({ length: 100_000 }, (_, i) => `a${i}=""`).join(' ')}/>`),
}

let server: TestServer
let transport: Transport
beforeAll(async () => {
  server = await startTestServer((request, response) => {
    request.resume()
    response.writeHead(200, { 'Content-Type': 'text/xml; charset=utf-8' })
    response.end(bombs[request.url ?? '']?.() ?? envelope('<Answer xmlns="urn:test:soap"><Text/></Answer>'))
  })
  transport = createTransport({ trust: [server.authorities.root.certificate.toPem()] })
})
afterAll(async () => {
  transport.close()
  await server.close()
})

const send = (path: string) =>
  call(
    ask(),
    { Id: 'a', Text: 'question', Flags: [] },
    {
      endpoint: server.url + path,
      security: { kind: 'none' },
      context: { transport, runtime: systemRuntime, emit: () => undefined },
    },
  )

describe('an answer that is', () => {
  it.each([
    ['a few entities that become a million', '/laughs', 'xml.doctype'],
    ['a million entities', '/entities', 'xml.doctype'],
    ['one attribute of 50 MB', '/attribute', 'transport.too-large'],
    ['100,000 elements inside each other', '/nested', 'xml.limit'],
    ['two million elements beside each other', '/siblings', 'xml.limit'],
    ['an element with 100,000 attributes', '/attributes', 'xml.limit'],
  ])(
    '%s is refused within limits',
    async (_, path, code) => {
      const before = process.memoryUsage.rss()
      await expect(send(path)).rejects.toMatchObject({ code })
      // generous: what makes the bombs is in this very process, and holds 50 MB of text several times
      expect(process.memoryUsage.rss() - before).toBeLessThan(900 << 20)
    },
    60_000,
  )
})
