/** Judging revocation by OCSP and lists (RFC 5280 §6.3, RFC 6960, spec etee §6.3). */
import { EHealthError } from '../../../errors.js'
import { memoryCache, type Cache } from '../../environment/cache.js'
import { systemRuntime, type Runtime } from '../../environment/runtime.js'
import type { Certificate } from '../certificate.js'
import { readCrl } from './crl.js'
import { fetchRevocation, type RevocationFetcher } from './fetch.js'
import { judge, type Context, type SentAlong } from './judge.js'
import { defaultClockSkew } from './period.js'
import { RevocationSources } from './sources.js'
import type {
  CertificateRevocation,
  PathRevocation,
  RevocationPolicy,
  RevocationSource,
  RevocationStatus,
} from './types.js'

/** Options of {@link createRevocationChecker}. */
export interface RevocationOptions {
  /** What an unknown status means to whoever uses the checker. */
  policy: RevocationPolicy
  /** Which to ask, in this order, until one knows; OCSP, then lists. */
  sources?: readonly RevocationSource[]
  /** Lists given by the caller, in DER, BER or PEM: looked into before anybody is asked. */
  crls?: readonly Uint8Array[]
  /** Milliseconds that clocks may differ; five minutes. */
  clockSkew?: number
  /** `leaf` looks at the signer's certificate only, as the official library; `path`, the default, at the authorities too. */
  scope?: 'leaf' | 'path'
  /** Most milliseconds that an answer or a list is kept, however late its next update; a day. */
  maxAge?: number
  /** What may be shared between processes; in memory by default. What comes out of it is verified again. */
  cache?: Cache
  /** The door to the network; HTTP by default. Give one of your own to go through a proxy, or to stay offline. */
  fetch?: RevocationFetcher
  runtime?: Pick<Runtime, 'now' | 'randomBytes'>
}

/** How to judge. */
export interface RevocationCheckOptions {
  /** Instant at which it counts; now by default. What was revoked after it stays good. */
  at?: Date
  /** Answers and lists that came along with what was signed. */
  sentAlong?: SentAlong
}

/** Tells whether certificates have been revoked. Keep it: it remembers what it fetched. */
export interface RevocationChecker {
  readonly policy: RevocationPolicy
  /**
   * Status of one certificate. The issuer must be trusted already. Never throws for what others answer: that is an unknown
   * status with its attempts.
   */
  check(
    certificate: Certificate,
    issuer: Certificate,
    options?: RevocationCheckOptions,
  ): Promise<RevocationStatus>
  /**
   * Status of a verified path, leaf first, anchor last, as `verifyPath` gives it. The anchor is trusted, hence not asked about; a path of
   * the leaf alone is `unknown`, since nobody is there to answer for it.
   */
  checkPath(path: readonly Certificate[], options?: RevocationCheckOptions): Promise<PathRevocation>
}

/** Milliseconds of a day. */
const day = 24 * 60 * 60 * 1000

/**
 * Makes a checker.
 *
 * @throws EHealthError `configuration.invalid`; `revocation.*` for a list in `crls` that cannot be used
 *
 * @example
 * ```ts
 * import { createRevocationChecker, verifyPath } from 'ehealth-connectors/pki'
 *
 * const revocation = createRevocationChecker({ policy: 'prefer' })
 * const path = verifyPath(leaf, { intermediates, anchors, at: new Date() })
 * const { status, certificates } = await revocation.checkPath(path)
 * ```
 */
export function createRevocationChecker(options: RevocationOptions): RevocationChecker {
  assertOptions(options)
  const { policy, scope = 'path', runtime = systemRuntime } = options
  const context: Context = {
    lists: (options.crls ?? []).map(readCrl),
    order: options.sources ?? ['ocsp', 'crl'],
    clockSkew: options.clockSkew ?? defaultClockSkew,
    runtime,
    sources: new RevocationSources({
      fetch: options.fetch ?? fetchRevocation,
      cache: options.cache ?? memoryCache({ now: runtime.now }),
      now: runtime.now,
      maxAge: options.maxAge ?? day,
    }),
  }
  const check: RevocationChecker['check'] = (certificate, issuer, { at = runtime.now(), sentAlong } = {}) =>
    judge({ certificate, issuer, at, sentAlong }, context)
  return {
    policy,
    check,
    checkPath: async (path, given) => {
      const about = path.slice(0, scope === 'leaf' ? 1 : Math.max(1, path.length - 1))
      const certificates = await Promise.all(
        about.map(async (certificate, i): Promise<CertificateRevocation> => {
          const issuer = path[i + 1]
          return { certificate, ...(issuer === undefined ? orphan : await check(certificate, issuer, given)) }
        }),
      )
      return { status: worst(certificates), certificates }
    },
  }
}

function assertOptions(options: RevocationOptions): void {
  const refuse = (path: string, problem: string): never => {
    throw new EHealthError('configuration.invalid', `${path}: ${problem}`, { path })
  }
  if (!['require', 'prefer', 'off'].includes(options.policy))
    refuse('policy', 'expected require, prefer or off')
  if (options.sources?.some((source) => source !== 'ocsp' && source !== 'crl') === true)
    refuse('sources', 'expected ocsp and crl')
  for (const name of ['clockSkew', 'maxAge'] as const) {
    const value = options[name]
    if (value !== undefined && !(Number.isFinite(value) && value >= 0)) refuse(name, 'expected milliseconds')
  }
}

const orphan: RevocationStatus = { status: 'unknown', code: 'revocation.issuer', attempts: [] }

function worst(certificates: readonly RevocationStatus[]): RevocationStatus['status'] {
  if (certificates.some(({ status }) => status === 'revoked')) return 'revoked'
  return certificates.length > 0 && certificates.every(({ status }) => status === 'good') ? 'good' : 'unknown'
}
