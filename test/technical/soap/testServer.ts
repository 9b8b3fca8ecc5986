/** An HTTPS server on loopback with certificates made for the run. */
import type { RequestListener } from 'node:http'
import { createServer, type Server, type ServerOptions } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'

import { systemRuntime } from '../../../src/technical/environment/runtime.js'
import { makeAuthorities, type Authorities } from '../../../src/simulator/pki/authorities.js'

export interface TestServer {
  url: string
  port: number
  authorities: Authorities
  /** Connections that stand now. */
  connections(): number
  close(): Promise<void>
}

/** The certificate is for `localhost`, `127.0.0.1` and `platform.test`, a name that only a proxy of a test resolves. */
export async function startTestServer(
  answer: RequestListener,
  options: ServerOptions = {},
): Promise<TestServer> {
  const authorities = await makeAuthorities(systemRuntime, new Date(), [
    'localhost',
    '127.0.0.1',
    'platform.test',
  ])
  const { tls, issuing } = authorities
  const server: Server = createServer(
    {
      key: tls.key.export({ type: 'pkcs8', format: 'pem' }),
      cert: tls.certificate.toPem() + issuing.certificate.toPem(),
      ...options,
    },
    answer,
  )
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  server.on('tlsClientError', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `https://localhost:${port}`,
    port,
    authorities,
    connections: () => sockets.size,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}
