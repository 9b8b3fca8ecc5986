/** The proxy of Java's system properties, which the official connector copies (spec soap-security §6.4). */

/** Java's default for `https.proxyPort`. */
const usualPort = '443'

/** The address of a proxy; nothing where host or port are none. */
export function proxyUrl(host: string, port: string = usualPort): string | undefined {
  const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
  if (!/^(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])$/.test(name) || !/^\d{1,5}$/.test(port)) return undefined
  const url = `http://${name}:${port}`
  return URL.canParse(url) ? url : undefined
}

/** Hosts to reach without a proxy. */
export interface Bypass {
  /** As `http.proxy.bypass` has them, separated by commas. */
  readonly bypass: string
  /** Patterns that cannot be said here. */
  readonly left: readonly string[]
}

/**
 * `http.nonProxyHosts`: patterns separated by `|`, each with a `*` at its beginning or its end, for https as well. This
 * machine is always reached directly.
 */
export function bypassOf(patterns: string): Bypass {
  const bypass: string[] = []
  const left: string[] = []
  for (const pattern of patterns.split('|').map((one) => one.trim().toLowerCase())) {
    if (pattern === '' || /^(localhost|127\.[\d.*]+|\[?::1\]?|0\.0\.0\.0)$/.test(pattern)) continue
    const said = bypassRule(pattern)
    if (said === undefined) left.push(pattern)
    else bypass.push(said)
  }
  return { bypass: bypass.join(','), left }
}

function bypassRule(pattern: string): string | undefined {
  if (pattern === '*' || /^\*?\.?[a-z0-9][a-z0-9.-]*$/.test(pattern)) {
    // a name of its own stands for everything below it, too; the end of a name that is no label cannot be said
    return /^\*[^.]/.test(pattern) ? undefined : pattern.replace(/^\*\./, '.')
  }
  // the beginning of an address is a range
  const octets = /^((?:\d{1,3}\.){1,3})\*$/.exec(pattern)?.[1]?.split('.').slice(0, -1)
  if (octets === undefined) return undefined
  return `${[...octets, '0', '0', '0'].slice(0, 4).join('.')}/${octets.length * 8}`
}
