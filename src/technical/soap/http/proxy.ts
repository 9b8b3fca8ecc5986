/** Which way a request takes: straight, or through a proxy (spec soap-security §6.4). */
import { BlockList, isIP } from 'node:net'

import { EHealthError } from '../../../errors.js'

/** A proxy that opens tunnels (`CONNECT`, RFC 9110 §9.3.6). The platform's TLS goes through it unopened. */
export interface ProxyOptions {
  /** `http://host:port`, or `https://host:port` for a proxy that is itself reached by TLS. May hold the credentials. */
  url: string
  username?: string
  password?: string
  /**
   * Hosts to reach without it: a name stands for itself and everything below it (a leading `.` or `*.` is allowed), an
   * address for itself, `10.0.0.0/8` for a range, `*` for all; each may end in `:port`. A list, or text with commas.
   * Loopback is always reached directly.
   */
  bypass?: readonly string[] | string
}

/** A proxy ready for use. */
export interface Proxy {
  readonly secure: boolean
  readonly host: string
  readonly port: number
  /** Value of `Proxy-Authorization`. */
  readonly authorization: string | undefined
  /** True for a host that is reached without the proxy. */
  bypasses(host: string, port: number): boolean
}

/**
 * The proxy that the conventional variables name (`HTTPS_PROXY`, `NO_PROXY`, lower case first, `ALL_PROXY` last). The
 * library itself never looks at them: hand them in where that is wanted.
 *
 * @example
 * ```ts
 * import { createTransport, proxyFromVariables } from 'ehealth-connectors/soap'
 *
 * const proxy = proxyFromVariables(process.env)
 * const transport = createTransport({ ...(proxy === undefined ? {} : { proxy }) })
 * ```
 */
export function proxyFromVariables(
  variables: Readonly<Record<string, string | undefined>>,
): ProxyOptions | undefined {
  const first = (...names: string[]): string | undefined =>
    names.map((name) => variables[name]?.trim()).find((value) => value !== undefined && value !== '')
  const url = first('https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY')
  if (url === undefined) return undefined
  const bypass = first('no_proxy', 'NO_PROXY')
  return {
    url: url.includes('://') ? url : `http://${url}`,
    ...(bypass === undefined ? {} : { bypass }),
  }
}

/** @throws EHealthError `configuration.invalid` naming the option, never its value */
export function parseProxy(options: ProxyOptions): Proxy {
  const url = URL.canParse(options.url) ? new URL(options.url) : undefined
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '')
    throw new EHealthError('configuration.invalid', 'proxy.url: expected http://host:port', {
      path: 'proxy.url',
    })
  const secure = url.protocol === 'https:'
  const rules = listOf(options.bypass).map(ruleOf)
  return {
    secure,
    host: bare(url.hostname),
    port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
    authorization: authorizationOf(
      options.username ?? decoded(url.username),
      options.password ?? decoded(url.password),
    ),
    bypasses: (host, port) => rules.some((matches) => matches(bare(host).toLowerCase(), port)),
  }
}

const bare = (host: string): string => host.replace(/^\[|\]$/g, '')

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function authorizationOf(username: string, password: string): string | undefined {
  if (username === '' && password === '') return undefined
  if (username.includes(':'))
    throw new EHealthError('configuration.invalid', 'proxy.username: a colon cannot be sent (RFC 7617)', {
      path: 'proxy.username',
    })
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}

const listOf = (bypass: ProxyOptions['bypass'] = []): string[] =>
  (typeof bypass === 'string' ? bypass.split(/[\s,;|]+/) : [...bypass])
    .map((entry) => entry.trim().toLowerCase())
    .filter((entry) => entry !== '')

type Rule = (host: string, port: number) => boolean

function ruleOf(entry: string): Rule {
  if (entry === '*') return () => true
  const [, bracketed, plain, portText] = /^(?:\[([0-9a-f:.]+)\]|([^:]+|[0-9a-f:.]+?))(?::(\d+))?$/.exec(
    entry,
  ) ?? [undefined, undefined, entry]
  const target = bracketed ?? plain ?? entry
  const fits = hostRule(isIP(entry) === 6 ? entry : target)
  const port = isIP(entry) === 6 || portText === undefined ? undefined : Number(portText)
  return (host, at) => fits(host) && (port === undefined || port === at)
}

function hostRule(target: string): (host: string) => boolean {
  const [network = '', bits] = target.split('/')
  const family = isIP(network)
  if (family !== 0) {
    const list = new BlockList()
    const kind = family === 6 ? 'ipv6' : 'ipv4'
    try {
      if (bits === undefined) list.addAddress(network, kind)
      else list.addSubnet(network, Number(bits), kind)
    } catch (cause) {
      throw new EHealthError('configuration.invalid', 'proxy.bypass: not a range of addresses', {
        path: 'proxy.bypass',
        cause,
      })
    }
    return (host) => isIP(host) !== 0 && list.check(host, isIP(host) === 6 ? 'ipv6' : 'ipv4')
  }
  const name = target.replace(/^\*?\.?/, '')
  return (host) => host === name || host.endsWith(`.${name}`)
}
