/** Verifying time stamps completely, offline but for revocation (spec timestamp §9.2, RFC 3161 §2.4.2, RFC 5816). */
import { createHash } from 'node:crypto'

import { EHealthError, isEHealthError } from '../../errors.js'
import { systemRuntime, type Runtime } from '../environment/runtime.js'
import type { Certificate } from '../pki/certificate.js'
import type { RevocationChecker } from '../pki/revocation/index.js'
import type { TimestampImprint } from './authority.js'
import { judgeSigner } from './judgeSigner.js'
import { readTimestamp, type ReadTimestamp, type TimestampToken } from './read.js'
import { Findings, type TimestampVerdict } from './verdict.js'

/** The policy of the platform's authority (spec timestamp §9.1: two real tokens). */
export const platformTimestampPolicy = '1.3.6.1.4.1.601.10.3.1'

/** Options of {@link verifyTimestampToken}. Give `data` or `imprint`. */
export interface VerifyTimestampOptions {
  /** The very bytes that were stamped. */
  data?: Uint8Array
  /** Their digest, where the data are not at hand. */
  imprint?: TimestampImprint | { readonly algorithm: 'sha1'; readonly digest: Uint8Array }
  /** What is trusted: certificates of authorities themselves, or of those that issue them. Many, since they change. */
  trust: readonly Certificate[]
  /** Further certificates to find the signer and its path with; nothing is believed of them. */
  certificates?: readonly Certificate[]
  /** The present: no stamp may be of later. The runtime's clock by default. Everything else is judged at the stamp's time. */
  at?: Date
  /** Accepted policies; the platform's by default. */
  policies?: readonly string[]
  /** Whether another policy is an error; a warning by default. */
  otherPolicy?: 'warn' | 'refuse'
  /** The nonce that was sent. */
  nonce?: bigint
  /** Accepts SHA-1, for archives that have nothing else. */
  allowSha1?: boolean
  /** Asks about revocation at the time of the stamp; nobody is asked by default. */
  revocation?: RevocationChecker
  /** When the request was sent and the answer received: a stamp of another time is worth a warning. */
  fresh?: { readonly from: Date; readonly until: Date }
  /** Milliseconds that clocks may differ; five minutes. */
  clockSkew?: number
  runtime?: Pick<Runtime, 'now'>
}

/** Milliseconds. */
const defaultClockSkew = 5 * 60_000

/**
 * Verifies a time stamp: encoding, status, structure, digest, what it is about, integrity, signer, signature, purpose,
 * validity, trust, policy and time, each with a code of its own. All certificates are judged at the time of the stamp: a
 * stamp outlives its certificate. A bad stamp is a verdict, not an exception; see `assertTimestamp`.
 *
 * @param bytes in any of the encodings of `readTimestampToken`
 * @throws EHealthError `timestamp.no-trust` (an empty trust store would trust nobody), `configuration.invalid`
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises'
 * import { Certificate } from 'ehealth-connectors/pki'
 * import { verifyTimestampToken } from 'ehealth-connectors/timestamp'
 *
 * const verdict = await verifyTimestampToken(await readFile('letter.tst'), {
 *   data: await readFile('letter.pdf'),
 *   trust: Certificate.allFrom(await readFile('authorities.pem')),
 * })
 * if (!verdict.valid) console.error(verdict.errors.map(({ code }) => code))
 * ```
 */
export async function verifyTimestampToken(
  bytes: Uint8Array,
  options: VerifyTimestampOptions,
): Promise<TimestampVerdict> {
  assertOptions(options)
  const findings = new Findings()
  const read = readOrNote(bytes, findings)
  if (read === undefined) return findings.verdict({ path: [] })
  const { token, cms } = read
  findings.pass('encoding', 'structure')
  if (token.wrapping.response) findings.pass('status')
  judgeImprint(token, cms.signer.digestAlgorithm.oid === sha1, options, findings)
  const signer = await judgeSigner(read, options, findings)
  judgePolicy(token, options, findings)
  judgeTime(token, options, findings)
  if (options.nonce !== undefined) findings.check('nonce', token.nonce === options.nonce, 'timestamp.nonce')
  return findings.verdict({ token, ...signer })
}

const sha1 = '1.3.14.3.2.26'

function assertOptions({ data, imprint, trust, at, clockSkew }: VerifyTimestampOptions): void {
  if (trust.length === 0)
    throw new EHealthError('timestamp.no-trust', 'the trust store is empty', { path: 'trust' })
  const refuse = (path: string, problem: string): never => {
    throw new EHealthError('configuration.invalid', `${path}: ${problem}`, { path })
  }
  if ((data === undefined) === (imprint === undefined)) refuse('data', 'expected data or imprint')
  if (at !== undefined && Number.isNaN(at.getTime())) refuse('at', 'expected a date')
  if (clockSkew !== undefined && !(Number.isFinite(clockSkew) && clockSkew >= 0))
    refuse('clockSkew', 'expected milliseconds')
}

/** Checks 1 to 3. */
function readOrNote(bytes: Uint8Array, findings: Findings): ReadTimestamp | undefined {
  try {
    return readTimestamp(bytes)
  } catch (error) {
    if (isEHealthError(error, 'timestamp.unreadable')) findings.fail('encoding', 'timestamp.unreadable')
    else if (isEHealthError(error, 'timestamp.rejected')) {
      findings.pass('encoding')
      findings.fail('status', 'timestamp.rejected')
    } else if (isEHealthError(error, 'timestamp.not-a-timestamp')) {
      findings.pass('encoding')
      findings.fail('structure', 'timestamp.not-a-timestamp')
    } else throw error
    return undefined
  }
}

const strong = new Set(['sha256', 'sha384', 'sha512'])

/** Checks 4 and 5. @param signedWithSha1 whether the signature rests on SHA-1, however strong the imprint is */
function judgeImprint(
  { imprint: stamped }: TimestampToken,
  signedWithSha1: boolean,
  { data, imprint, allowSha1 = false }: VerifyTimestampOptions,
  findings: Findings,
): void {
  const known = strong.has(stamped.algorithm) || stamped.algorithm === 'sha1'
  const accepted = strong.has(stamped.algorithm) ? !signedWithSha1 || allowSha1 : known && allowSha1
  findings.check('digest', accepted, 'timestamp.weak-digest')
  if (!known) return
  const expected =
    data === undefined
      ? imprint!.algorithm === stamped.algorithm && imprint!.digest
      : createHash(stamped.algorithm).update(data).digest()
  findings.check(
    'imprint',
    expected !== false && Buffer.compare(expected, stamped.digest) === 0,
    'timestamp.other-data',
  )
}

/** Check 12. */
function judgePolicy(token: TimestampToken, options: VerifyTimestampOptions, findings: Findings): void {
  const { policies = [platformTimestampPolicy], otherPolicy = 'warn' } = options
  if (policies.includes(token.policy)) findings.pass('policy')
  else if (otherPolicy === 'warn') findings.warn('policy', 'timestamp.policy')
  else findings.fail('policy', 'timestamp.policy')
}

/** Checks 13 and 15. */
function judgeTime(token: TimestampToken, options: VerifyTimestampOptions, findings: Findings): void {
  const { clockSkew = defaultClockSkew, fresh, runtime = systemRuntime } = options
  const slack = clockSkew + (token.accuracyMs ?? 0)
  const present = (options.at ?? runtime.now()).getTime()
  findings.check('clock', token.genTimeMs <= present + slack, 'timestamp.future')
  if (fresh === undefined) return
  if (token.genTimeMs >= fresh.from.getTime() - slack && token.genTimeMs <= fresh.until.getTime() + slack)
    findings.pass('freshness')
  else findings.warn('freshness', 'timestamp.stale')
}
