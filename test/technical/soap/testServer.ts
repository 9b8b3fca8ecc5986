/** An HTTPS server on loopback with certificates made for the run. */
import type { RequestListener } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'

import { systemRuntime } from '../../../src/technical/environment/runtime.js'
import { makeAuthorities, type Authorities } from '../../../src/simulator/pki/authorities.js'

export interface TestServer {
  url: string
  authorities: Authorities
  close(): Promise<void>
}

export async function startTestServer(answer: RequestListener): Promise<TestServer> {
  const authorities = await makeAuthorities(systemRuntime, new Date(), ['localhost', '127.0.0.1'])
  const { tls, issuing } = authorities
  const server: Server = createServer(
    {
      key: tls.key.export({ type: 'pkcs8', format: 'pem' }),
      cert: tls.certificate.toPem() + issuing.certificate.toPem(),
    },
    answer,
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}`,
    authorities,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
