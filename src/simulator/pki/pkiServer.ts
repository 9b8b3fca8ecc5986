/** Plain HTTP on loopback, where the simulator's authorities publish: what they publish is signed. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import { EHealthError } from '../../errors.js'
import type { Runtime } from '../../technical/environment/runtime.js'
import type { Authorities } from './authorities.js'
import { createResponder, type Responder } from './ocspResponder.js'
import { publishedPaths, publishingRoles, type PublishingRole } from './publication.js'
import type { RevocationRegister } from './revoked.js'
import { writeCrl } from './writeCrl.js'

/** Milliseconds from a list to the next. */
const listValidity = 60 * 60_000

/** Largest question, in octets. */
const maxRequestBytes = 64 * 1024

/** What is published. */
export interface PublishedPki {
  readonly authorities: Authorities
  readonly register: RevocationRegister
  readonly runtime: Runtime
}

/** A server that listens; the authorities that publish there may come later, since their certificates name its address. */
export interface PkiServer {
  /** Without slash at the end. */
  readonly url: string
  publish(pki: PublishedPki): void
  close(): Promise<void>
}

/**
 * @param address to listen at again, if its port is free; any other port otherwise
 * @throws EHealthError `configuration.invalid` when no port can be had
 */
export async function listenForPki(host: string, address?: string): Promise<PkiServer> {
  const port = address === undefined ? 0 : Number(new URL(address).port)
  let published: (PublishedPki & { responder: Responder }) | undefined
  const server = createServer((request, response) => {
    serve(request, response, published).catch(() => response.destroy())
  })
  server.requestTimeout = 10_000
  server.keepAliveTimeout = 1_000
  await listen(server, host, port).catch(() => listen(server, host, 0))
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    publish: (pki) => {
      published = { ...pki, responder: createResponder(pki) }
    },
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (cause: Error): void =>
      reject(
        new EHealthError('configuration.invalid', 'the simulator cannot listen', { path: 'port', cause }),
      )
    server.once('error', failed)
    server.listen(port, host, () => {
      server.off('error', failed)
      resolve()
    })
  })
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  published: (PublishedPki & { responder: Responder }) | undefined,
): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://host')
  if (published === undefined) return plain(response, 503)
  if (pathname === publishedPaths.ocsp && request.method === 'POST') {
    const question = await readBody(request)
    return question === undefined
      ? plain(response, 413)
      : send(response, 'application/ocsp-response', published.responder(question))
  }
  if (request.method !== 'GET') return plain(response, 405)
  const asked = pathname.startsWith(`${publishedPaths.ocsp}/`)
  // RFC 6960 appendix A.1.1: the question in base64, percent-encoded.
  if (asked) {
    const text = decoded(pathname.slice(publishedPaths.ocsp.length + 1))
    return send(response, 'application/ocsp-response', published.responder(Buffer.from(text, 'base64')))
  }
  for (const role of publishingRoles) {
    if (pathname === publishedPaths.certificate(role))
      return send(response, 'application/pkix-cert', published.authorities[role].certificate.der)
    if (pathname === publishedPaths.crl(role))
      return send(response, 'application/pkix-crl', listOf(role, published))
  }
  plain(response, 404)
}

function listOf(role: PublishingRole, { authorities, register, runtime }: PublishedPki): Uint8Array {
  const now = runtime.now()
  return writeCrl({
    issuer: authorities[role],
    entries: register.entries.filter(({ issuer }) => issuer === role),
    thisUpdate: now,
    nextUpdate: new Date(now.getTime() + listValidity),
    number: register.number,
  })
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}

async function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxRequestBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function send(response: ServerResponse, contentType: string, body: Uint8Array): void {
  response.writeHead(200, { 'Content-Type': contentType, 'Content-Length': body.length })
  response.end(body)
}

function plain(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'Content-Type': 'text/plain' })
  response.end()
}
