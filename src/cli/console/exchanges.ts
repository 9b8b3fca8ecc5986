/** The exchanges that the console remembers: the last ones, as they were on the wire. */
import type { Exchange } from '../../simulator/index.js'
import { attributeTypes } from '../../technical/pki/name.js'
import type { ExchangeLine } from './contract.js'

/** How much is remembered. */
export interface ExchangeLimits {
  /** Exchanges; 500. */
  count?: number
  /** Octets of requests and answers together; 64 MiB. The newest exchange stays, however large it is. */
  octets?: number
}

/** Remembers what the simulator tells of. */
export interface ExchangeLog {
  /** For `onExchange`: keeps the exchange and does nothing else, since a caller waits for his answer. */
  readonly add: (exchange: Exchange) => void
  /** Oldest first. */
  lines(): ExchangeLine[]
  /** One of those remembered. */
  find(number: number): { exchange: Exchange; line: ExchangeLine } | undefined
  /** Tells of each exchange from now on; gives what ends it. */
  watch(listener: (line: ExchangeLine) => void): () => void
}

export function createExchangeLog({
  count = 500,
  octets = 64 * 1024 * 1024,
}: ExchangeLimits = {}): ExchangeLog {
  const kept: { exchange: Exchange; line: ExchangeLine }[] = []
  const listeners = new Set<(line: ExchangeLine) => void>()
  let size = 0
  return {
    add: (exchange) => {
      const line = lineOf(exchange)
      kept.push({ exchange, line })
      size += sizeOf(exchange)
      while (kept.length > count || (size > octets && kept.length > 1)) size -= sizeOf(kept.shift()!.exchange)
      listeners.forEach((listener) => listener(line))
    },
    lines: () => kept.map(({ line }) => line),
    find: (number) => kept.find(({ line }) => line.number === number),
    watch: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

const sizeOf = ({ request, response }: Exchange): number => request.body.length + response.body.length

function lineOf(exchange: Exchange): ExchangeLine {
  const { number, at, milliseconds, service, operation, endpoint, response, checks, refused, trouble } =
    exchange
  const caller = callerOf(exchange)
  return {
    number,
    at: at.toISOString(),
    milliseconds: Math.round(milliseconds * 10) / 10,
    service,
    ...(operation === undefined ? {} : { operation }),
    endpoint,
    ...(caller === undefined ? {} : { caller }),
    status: response.status,
    outcome: refused === undefined ? 'answered' : 'refused',
    ...(trouble === undefined ? {} : { trouble }),
    checks: checks.map(({ name, result }) => ({ name, result })),
    ...(refused === undefined ? {} : { code: refused.code }),
  }
}

const proofs = {
  x509: 'certificate',
  'saml-hok': 'token',
  'saml-sender-vouches': 'token that its sender vouches for',
}

function callerOf({ caller }: Exchange): string | undefined {
  if (caller === undefined || caller.kind === 'none') return undefined
  const { actor, certificate } = caller
  const name = actor?.displayName ?? certificate?.subject.values(attributeTypes.commonName)[0] ?? 'somebody'
  return `${name}, by ${proofs[caller.kind]}`
}
