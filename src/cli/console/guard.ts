/** Who may speak to the console, and what every answer of it carries. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http'

import { ConsoleRefusal } from './refusal.js'

/** Headers of every answer, refusals included. */
export const safeHeaders: OutgoingHttpHeaders = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/**
 * Takes the token off a path: what is left names something of the console. The time it takes tells nothing about the
 * token, not even its length.
 *
 * @returns `undefined` where the token is not the first segment
 */
export function belowToken(path: string, token: string): string | undefined {
  const end = path.indexOf('/', 1)
  const given = path.slice(1, end === -1 ? undefined : end)
  const same = timingSafeEqual(digest(given), digest(token))
  return same && path.startsWith('/') && end !== -1 ? path.slice(end + 1) : undefined
}

/**
 * Another name for this machine in `Host` is a page of somebody else whose name was bound to loopback.
 *
 * @throws ConsoleRefusal 403
 */
export function assertOwnHost({ host }: IncomingHttpHeaders, port: number): void {
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`)
    throw new ConsoleRefusal(403, 'console.host', 'the console answers at its own address only')
}

/**
 * What a browser asks on behalf of another site is refused, although it would have to know the token.
 *
 * @throws ConsoleRefusal 403
 */
export function assertOwnSite({ 'sec-fetch-site': site }: IncomingHttpHeaders): void {
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    throw new ConsoleRefusal(403, 'console.origin', 'only the page of the console may ask this')
}

/**
 * Changes are the page's alone: `Origin` cannot be forged by another page, and a type that no form can send makes the
 * browser ask first.
 *
 * @throws ConsoleRefusal 403, 415
 */
export function assertOwnPage({ origin, host, 'content-type': type }: IncomingHttpHeaders): void {
  if (origin !== `http://${host}`)
    throw new ConsoleRefusal(403, 'console.origin', 'only the page of the console may change something')
  if (!/^application\/json\s*(;|$)/i.test(type ?? ''))
    throw new ConsoleRefusal(415, 'console.content-type', 'expected application/json')
}
