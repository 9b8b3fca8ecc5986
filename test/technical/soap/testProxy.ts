/** A small real proxy: answers CONNECT, checks credentials, and knows names that no resolver knows. */
import { createServer, type IncomingMessage } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { connect, type AddressInfo, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'

import type { Authorities } from '../../../src/simulator/pki/authorities.js'

export interface TestProxy {
  url: string
  /** Targets asked for, `host:port`. */
  asked: string[]
  /** Values of `Proxy-Authorization` received. */
  authorizations: (string | undefined)[]
  /** What it says next instead of opening a tunnel: a status, or nothing at all. */
  answer: number | 'silence' | undefined
  connections(): number
  close(): Promise<void>
}

export async function startTestProxy(options: { tls?: Authorities } = {}): Promise<TestProxy> {
  const { tls } = options
  const sockets = new Set<Duplex>()
  const server =
    tls === undefined
      ? createServer()
      : createHttpsServer({
          key: tls.tls.key.export({ type: 'pkcs8', format: 'pem' }),
          cert: tls.tls.certificate.toPem() + tls.issuing.certificate.toPem(),
        })
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  server.on('connect', (request: IncomingMessage, client: Duplex, head: Buffer) => {
    proxy.asked.push(request.url ?? '')
    proxy.authorizations.push(request.headers['proxy-authorization'])
    client.on('error', () => undefined)
    if (proxy.answer === 'silence') return void client.resume().on('end', () => client.destroy())
    if (proxy.answer !== undefined) {
      client.end(`HTTP/1.1 ${proxy.answer} No\r\nContent-Length: 0\r\n\r\n`)
      return
    }
    const port = Number(/:(\d+)$/.exec(request.url ?? '')?.[1])
    const upstream = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      upstream.write(head)
      upstream.pipe(client).pipe(upstream)
    })
    upstream.on('error', () => client.destroy())
    client.on('close', () => upstream.destroy())
    upstream.on('close', () => client.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const proxy: TestProxy = {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: [],
    authorizations: [],
    answer: undefined,
    connections: () => sockets.size,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
  return proxy
}
