/** A way through a proxy: `CONNECT` and its answer (RFC 9110 §9.3.6). */
import { request as httpRequest, type ClientRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { Socket } from 'node:net'

import { EHealthError } from '../../../errors.js'
import type { Proxy } from './proxy.js'

/** A tunnel that is being opened, and how to give it up. */
export interface OpeningTunnel {
  readonly socket: Promise<Socket>
  destroy(error: Error): void
}

/**
 * Asks the proxy for a connection to `host:port`.
 *
 * The promise rejects with `transport.proxy` when the proxy says no, with the system's error when it is not reached.
 */
export function openTunnel(proxy: Proxy, host: string, port: number): OpeningTunnel {
  const target = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
  const options = {
    host: proxy.host,
    port: proxy.port,
    method: 'CONNECT',
    path: target,
    agent: false as const,
    headers: {
      Host: target,
      ...(proxy.authorization === undefined ? {} : { 'Proxy-Authorization': proxy.authorization }),
    },
  }
  const request: ClientRequest = proxy.secure
    ? httpsRequest({ ...options, rejectUnauthorized: true, minVersion: 'TLSv1.2' })
    : httpRequest(options)
  const socket = new Promise<Socket>((resolve, reject) => {
    request.once('connect', (response, opened, head) => {
      if (response.statusCode === 200) {
        // nothing may come before our own greeting; if it did, it belongs to the tunnel
        if (head.length > 0) opened.unshift(head)
        resolve(opened)
        return
      }
      opened.destroy()
      reject(proxyRefusal(proxy, response.statusCode ?? 0))
    })
    request.once('response', (response) => {
      response.destroy()
      reject(proxyRefusal(proxy, response.statusCode ?? 0))
    })
    request.once('error', (error) => {
      reject(error instanceof EHealthError ? error : proxyFailure(proxy, error))
    })
    request.end()
  })
  return { socket, destroy: (error) => request.destroy(error) }
}

function proxyRefusal(proxy: Proxy, status: number): EHealthError {
  const hint =
    status === 407
      ? 'The proxy wants a user name and a password: give `proxy.username` and `proxy.password`.'
      : undefined
  return new EHealthError('transport.proxy', `the proxy ${proxy.host}:${proxy.port} answered ${status}`, {
    details: { status },
    // what the proxy refuses it will refuse again; what it could not reach may come back
    retryable: [502, 503, 504].includes(status),
    ...(hint === undefined ? {} : { hint }),
  })
}

/** Time-outs and closing have errors of their own, which go through. */
function proxyFailure(proxy: Proxy, error: NodeJS.ErrnoException): Error {
  if (error.code === 'ECONNECTTIMEOUT') return error
  const code = error.code === undefined ? '' : `, ${error.code}`
  return new EHealthError(
    'transport.proxy',
    `no connection to the proxy (${proxy.host}:${proxy.port}${code})`,
    {
      retryable: true,
      cause: Object.assign(new Error(error.message), error.code === undefined ? {} : { code: error.code }),
    },
  )
}
