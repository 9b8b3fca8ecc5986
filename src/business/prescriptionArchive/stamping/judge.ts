/** What a token is worth (spec timestamp §9.2), in a form that can be kept. */
import { EHealthError } from '../../../errors.js'
import type { Runtime } from '../../../technical/environment/runtime.js'
import type { Certificate, RevocationChecker } from '../../../technical/pki/index.js'
import { documentOf } from '../../../technical/timestamp/stamp.js'
import {
  readTimestampToken,
  verifyTimestampToken,
  type TimestampVerdict,
} from '../../../technical/timestampToken/index.js'

/** With what tokens are judged. */
export interface Judging {
  readonly trust: readonly Certificate[]
  /** Of issuers, to complete what is kept. */
  readonly certificates: readonly Certificate[]
  readonly runtime: Runtime
  readonly revocation?: RevocationChecker | undefined
}

/** One of the fifteen checks. */
export interface StampCheck {
  /** Number in spec timestamp §9.2. */
  number: number
  name: string
  result: 'passed' | 'failed' | 'warned' | 'skipped'
  /** Code of the finding (docs/errors.md). */
  code?: string
}

/** A verdict as it is stored beside its token. */
export interface KeptVerdict {
  valid: boolean
  errors: string[]
  warnings: string[]
  checks: StampCheck[]
}

/** A judged token. */
export interface Judged extends KeptVerdict {
  /** Absent where the token could not be read. */
  serial?: string
  genTimeMs?: number
  policy?: string
  accuracyMs?: number
  certificate?: Certificate
  path: readonly Certificate[]
}

/**
 * Judges a token over the octets of its bag, at the time of the stamp. A bad token is a verdict.
 *
 * @param fresh when the request was sent and the answer came, for an answer that has just come
 * @throws EHealthError `timestamp.no-trust`
 */
export async function judgeToken(
  token: Uint8Array,
  bag: Uint8Array,
  { trust, certificates, runtime, revocation }: Judging,
  fresh?: { from: Date; until: Date },
): Promise<Judged> {
  const verdict = await verifyTimestampToken(token, {
    data: stampedOf(token, bag),
    trust,
    certificates,
    runtime,
    ...(revocation === undefined ? {} : { revocation }),
    ...(fresh === undefined ? {} : { fresh }),
  })
  return { ...keptVerdict(verdict), ...said(verdict), path: completed(verdict, [...certificates, ...trust]) }
}

/** The octets that were digested: those of the bag or, an open question of the platform (trap 5), their base64. */
function stampedOf(token: Uint8Array, bag: Uint8Array): Uint8Array {
  try {
    return documentOf(bag, Buffer.from(bag).toString('base64'), readTimestampToken(token)).verify.data
  } catch (error) {
    // what cannot be read is judged as such
    if (error instanceof EHealthError) return bag
    throw error
  }
}

/** The path up to a root, as far as the issuers are known: one that ends at a trusted authority goes no further. */
function completed({ path, certificate }: TimestampVerdict, pool: readonly Certificate[]): Certificate[] {
  const all = path.length > 0 || certificate === undefined ? [...path] : [certificate]
  for (let last = all.at(-1); last !== undefined; last = all.at(-1)) {
    const issuer = pool.find((candidate) => candidate.isCa && last.isSignedBy(candidate))
    if (issuer === undefined || all.some((known) => known.equals(issuer))) break
    all.push(issuer)
  }
  return all
}

const keptVerdict = ({ valid, errors, warnings, checks }: TimestampVerdict): KeptVerdict => ({
  valid,
  errors: errors.map(({ code }) => code),
  warnings: warnings.map(({ code }) => code),
  checks: checks.map(({ number, name, result, code }) => ({
    number,
    name,
    result,
    ...(code === undefined ? {} : { code }),
  })),
})

function said({ token, certificate }: TimestampVerdict): Omit<Judged, keyof KeptVerdict | 'path'> {
  if (token === undefined) return {}
  const { serial, genTimeMs, policy, accuracyMs } = token
  return {
    serial,
    genTimeMs,
    policy,
    ...(accuracyMs === undefined ? {} : { accuracyMs }),
    ...(certificate === undefined ? {} : { certificate }),
  }
}

/** The part that is kept, as text. */
export const verdictText = ({ valid, errors, warnings, checks }: KeptVerdict): string =>
  JSON.stringify({ valid, errors, warnings, checks })

/** Findings that a new stamp would have again, and a certificate more in the trust store would not. */
const trustCodes: ReadonlySet<string> = new Set([
  'timestamp.untrusted',
  'timestamp.unknown-signer',
  'timestamp.revocation-unknown',
  'timestamp.future',
])

/** Whether verifying again later may end well. */
export const isAboutTrust = ({ errors }: KeptVerdict): boolean =>
  errors.length > 0 && errors.every((code) => trustCodes.has(code))
