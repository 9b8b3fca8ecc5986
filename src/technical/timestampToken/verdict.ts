/** The outcome of verifying a time stamp: fifteen checks, each with its own code (spec timestamp §9.2). */
import { errorCatalogue, EHealthError, type ErrorCode } from '../../errors.js'
import type { Certificate } from '../pki/certificate.js'
import type { PathRevocation } from '../pki/revocation/index.js'
import type { TimestampToken } from './read.js'

/** Names of the checks, in the order of the specification: the number of a check is its place here, from 1. */
export const timestampChecks = [
  'encoding',
  'status',
  'structure',
  'digest',
  'imprint',
  'integrity',
  'signing-certificate',
  'signature',
  'purpose',
  'validity',
  'trust',
  'policy',
  'clock',
  'nonce',
  'freshness',
] as const

export type TimestampCheckName = (typeof timestampChecks)[number]

/** Code of a finding. */
export type TimestampCode = Extract<ErrorCode, `timestamp.${string}`>

/** Something that is wrong, or worth knowing. */
export interface TimestampFinding {
  readonly code: TimestampCode
  readonly message: string
}

/** One check. `skipped`: nothing was asked (nonce, freshness, status), or an earlier finding left nothing to look at. */
export interface TimestampCheck {
  /** Number in spec timestamp §9.2. */
  readonly number: number
  readonly name: TimestampCheckName
  readonly result: 'passed' | 'failed' | 'warned' | 'skipped'
  readonly code?: TimestampCode
}

/** What is known after verifying a time stamp. */
export interface TimestampVerdict {
  /** True when there are no errors; warnings do not count. */
  readonly valid: boolean
  readonly errors: readonly TimestampFinding[]
  readonly warnings: readonly TimestampFinding[]
  /** All fifteen, in order. */
  readonly checks: readonly TimestampCheck[]
  /** What it says; absent where it could not be read. */
  readonly token?: TimestampToken
  /** Certificate of the signer, where it was found. */
  readonly certificate?: Certificate
  /** From the signer to the anchor, as far as it is known; empty without a certificate. */
  readonly path: readonly Certificate[]
  /** What the revocation sources said; absent where nobody was asked. */
  readonly revocation?: PathRevocation
}

/** A verdict without errors. */
export type ValidTimestamp = TimestampVerdict & {
  readonly token: TimestampToken
  readonly certificate: Certificate
}

/** Collects the results while a token is judged. @internal */
export class Findings {
  readonly #results = new Map<
    TimestampCheckName,
    { result: TimestampCheck['result']; code?: TimestampCode }
  >()
  readonly errors: TimestampFinding[] = []
  readonly warnings: TimestampFinding[] = []

  /** Notes that a check passed, unless it failed or warned already. */
  pass(...names: TimestampCheckName[]): void {
    for (const name of names) if (!this.#results.has(name)) this.#results.set(name, { result: 'passed' })
  }

  fail(name: TimestampCheckName, code: TimestampCode): void {
    this.#results.set(name, { result: 'failed', code })
    this.errors.push({ code, message: errorCatalogue[code].meaning })
  }

  warn(name: TimestampCheckName, code: TimestampCode): void {
    this.#results.set(name, { result: 'warned', code })
    this.warnings.push({ code, message: errorCatalogue[code].meaning })
  }

  /** Passes where `fine`, else fails. */
  check(name: TimestampCheckName, fine: boolean, code: TimestampCode): void {
    if (fine) this.pass(name)
    else this.fail(name, code)
  }

  verdict(known: Omit<TimestampVerdict, 'valid' | 'errors' | 'warnings' | 'checks'>): TimestampVerdict {
    return {
      valid: this.errors.length === 0,
      errors: this.errors,
      warnings: this.warnings,
      checks: timestampChecks.map((name, i) => ({
        number: i + 1,
        name,
        ...(this.#results.get(name) ?? { result: 'skipped' as const }),
      })),
      ...known,
    }
  }
}

/**
 * The verdict itself, when it is good.
 *
 * @throws EHealthError the code of the first error; `details.errors` has all of them
 *
 * @example
 * ```ts
 * import { assertTimestamp, verifyTimestampToken } from 'ehealth-connectors/timestamp'
 *
 * const { token, certificate } = assertTimestamp(
 *   await verifyTimestampToken(stamp, { data: letter, trust: anchors }),
 * )
 * console.log(token.at.toISOString(), certificate.subject.toRfc2253())
 * ```
 */
export function assertTimestamp(verdict: TimestampVerdict): ValidTimestamp {
  const [first] = verdict.errors
  if (first !== undefined)
    throw new EHealthError(first.code, first.message, {
      details: { errors: verdict.errors.map(({ code }) => code) },
    })
  return verdict as ValidTimestamp
}
