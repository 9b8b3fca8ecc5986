/** Connections to the platform: TLS 1.2 or later, kept for the next call within limits, through a proxy where told. */
import { Agent as HttpAgent, type AgentOptions as HttpAgentOptions } from 'node:http'
import { Agent as HttpsAgent, type AgentOptions } from 'node:https'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { connect as tlsConnect, type ConnectionOptions } from 'node:tls'

import type { Proxy } from './proxy.js'
import { openTunnel } from './tunnel.js'

/** What the connections are like. */
export interface ConnectionSettings {
  /** Roots of the servers in PEM; the public ones when omitted. */
  ca?: string[]
  /** Milliseconds until a connection must stand, proxy and TLS handshake included. */
  connectTimeout: number
  keepAlive: boolean
  /** Milliseconds after which an unused connection is closed: before the server does it. */
  keepAliveTimeout: number
  maxSockets: number
  maxFreeSockets: number
  proxy: Proxy | undefined
}

/** Agents of one transport. */
export interface Agents {
  readonly https: HttpsAgent
  /** For loopback only. */
  readonly http: HttpAgent
  /** Closes everything, also what is just being opened. */
  destroy(): void
}

export function createAgents(settings: ConnectionSettings): Agents {
  const { keepAlive, maxSockets, maxFreeSockets, proxy, connectTimeout, keepAliveTimeout } = settings
  const pool: HttpAgentOptions = { keepAlive, maxSockets, maxFreeSockets }
  const options: AgentOptions = {
    ...pool,
    minVersion: 'TLSv1.2',
    // said, so that NODE_TLS_REJECT_UNAUTHORIZED in the environment of the process has no say in it
    rejectUnauthorized: true,
    ...(settings.ca === undefined ? {} : { ca: settings.ca }),
  }
  const opening = new Set<(error: Error) => void>()
  const https = new HttpsAgent(options)
  const http = new HttpAgent(pool)
  if (proxy !== undefined) throughProxy(https, proxy, connectTimeout, opening)
  for (const agent of [https, http]) {
    limitConnecting(agent, connectTimeout)
    limitIdling(agent, keepAliveTimeout)
  }
  return {
    https,
    http,
    destroy() {
      https.destroy()
      http.destroy()
      const closed = Object.assign(new Error('closed'), { code: 'ECONNRESET' })
      for (const giveUp of opening) giveUp(closed)
    },
  }
}

type Created = (error: Error | null, socket?: Duplex) => void
type Create = (options: ConnectionOptions, created: Created) => Duplex | null | undefined

const late = (): Error => Object.assign(new Error('connect timeout'), { code: 'ECONNECTTIMEOUT' })

/** Tells a host that cannot be reached (nothing was sent) from one that does not answer (perhaps it acted). */
function limitConnecting(agent: HttpAgent, milliseconds: number): void {
  const create: Create = agent.createConnection.bind(agent)
  const limited: Create = (options, created) => {
    const socket = create(options, created)
    if (socket === null || socket === undefined) return socket
    const timer = setTimeout(() => socket.destroy(late()), milliseconds)
    const stop = (): void => clearTimeout(timer)
    socket.once(agent instanceof HttpsAgent ? 'secureConnect' : 'connect', stop).once('close', stop)
    return socket
  }
  agent.createConnection = limited
}

/** A connection that both sides close at the same moment is a request of which nobody knows whether it arrived. */
function limitIdling(agent: HttpAgent, milliseconds: number): void {
  // the declarations forget the boolean that tells whether the connection is kept
  const keep = agent.keepSocketAlive.bind(agent) as (socket: Duplex) => boolean
  const limited = (socket: Duplex): boolean => {
    const kept = keep(socket)
    const free = socket as Socket
    // the server may have said a shorter time itself (`Keep-Alive: timeout=…`)
    if (kept && !(free.timeout !== undefined && free.timeout > 0 && free.timeout < milliseconds))
      free.setTimeout(milliseconds)
    return kept
  }
  agent.keepSocketAlive = limited
}

function throughProxy(
  agent: HttpsAgent,
  proxy: Proxy,
  milliseconds: number,
  opening: Set<(error: Error) => void>,
): void {
  const direct: Create = agent.createConnection.bind(agent)
  const create: Create = (options, created) => {
    const { host = '', port = 443 } = options
    if (isLoopback(host) || proxy.bypasses(host, Number(port))) return direct(options, created)
    const tunnel = openTunnel(proxy, host, Number(port))
    let settled = false
    let giveUp: (error: Error) => void = (error) => tunnel.destroy(error)
    const abandon = (error: Error): void => giveUp(error)
    const timer = setTimeout(() => abandon(late()), milliseconds)
    opening.add(abandon)
    const settle: Created = (error, socket) => {
      if (settled) return
      settled = true
      clearTimeout(timer)
      opening.delete(abandon)
      created(error, socket)
    }
    tunnel.socket.then(
      (socket) => {
        const secured = tlsConnect({ ...options, socket })
        giveUp = (error) => secured.destroy(error)
        secured.once('secureConnect', () => settle(null, secured))
        secured.once('error', (error: Error) => {
          socket.destroy()
          settle(error)
        })
        secured.once('close', () => settle(Object.assign(new Error('closed'), { code: 'ECONNRESET' })))
      },
      (error: unknown) => settle(error as Error),
    )
    return undefined
  }
  agent.createConnection = create
}

/** Hosts that are this machine. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '127.0.0.1' || host === '::1' || host === '[::1]'
