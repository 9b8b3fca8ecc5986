/** Judging one time stamp offline, with all that is known of it as JSON. */
import {
  verifyTimestampToken,
  type TimestampDigest,
  type TimestampVerdict,
  type VerifyTimestampOptions,
} from '../../../technical/timestamp/index.js'
import { parseInstant, readCertificates, readInput, readNamed } from '../../input.js'
import { english } from '../../language/index.js'
import type { TimestampJudgement, TimestampReport } from '../../json/index.js'
import { UsageError } from '../../output.js'
import { readChecker, shownRevocation, type RevocationOptions } from '../../revocation.js'

/** What the command line says about a time stamp. */
export interface TimestampFileOptions extends RevocationOptions {
  /** The stamp, where the file is what it is about. */
  signature?: string
  /** What it is about, where the file is the stamp. */
  data?: string
  /** The digest of it, in hexadecimal digits or base64. */
  hash?: string
  algorithm?: TimestampDigest
  tsa?: string[]
  trust?: string[]
  at?: string
  policies?: string[]
  demandPolicy?: boolean
  allowSha1?: boolean
}

/**
 * Judges the time stamp in the file, or the one beside it: `--signature STAMP FILE` and `--data FILE STAMP` are the same.
 * Without data it is judged for what it is, with a warning.
 */
export async function judgeTimestampFile(
  file: string,
  options: TimestampFileOptions,
): Promise<TimestampJudgement> {
  const verdict = await judgeFile(file, options)
  return { kind: 'timestamp', ...shownVerdict(verdict) }
}

/** @internal */
export async function judgeFile(file: string, options: TimestampFileOptions): Promise<TimestampVerdict> {
  const { signature, data, hash, policies } = options
  if ([signature, data, hash].filter((given) => given !== undefined).length > 1)
    throw new UsageError('--signature, --data and --hash say the same: give one')
  const stamp = await (signature === undefined ? readInput(file) : readNamed(signature))
  const revocation = await readChecker(options)
  return verifyTimestampToken(stamp, {
    ...(signature !== undefined
      ? { data: await readInput(file) }
      : data !== undefined
        ? { data: await readNamed(data) }
        : hash !== undefined
          ? { imprint: readImprint(hash, options.algorithm) }
          : { imprint: 'unchecked' as const }),
    trust: await readCertificates(options.tsa ?? options.trust),
    at: parseInstant(options.at),
    ...(policies === undefined ? {} : { policies }),
    ...(options.demandPolicy === true ? { otherPolicy: 'refuse' as const } : {}),
    ...(options.allowSha1 === true ? { allowSha1: true } : {}),
    ...(revocation === undefined ? {} : { revocation }),
  } satisfies VerifyTimestampOptions)
}

const octetsOf: Readonly<Record<TimestampDigest, number>> = { sha256: 32, sha384: 48, sha512: 64 }

/** A digest in hexadecimal digits or base64. */
export function readImprint(
  text: string,
  algorithm: TimestampDigest = 'sha256',
): { algorithm: TimestampDigest; digest: Uint8Array } {
  const octets = octetsOf[algorithm]
  const hexadecimal = new RegExp(`^[0-9a-f]{${octets * 2}}$`, 'i').test(text)
  const digest = Buffer.from(text, hexadecimal ? 'hex' : 'base64')
  if (digest.length !== octets)
    throw new UsageError(english`--hash takes a digest of ${octets} octets in hexadecimal digits or base64`)
  return { algorithm, digest }
}

/** A verdict for JSON. */
export function shownVerdict({
  valid,
  errors,
  warnings,
  checks,
  token,
  certificate,
  path,
  revocation,
}: TimestampVerdict): TimestampReport {
  const shown = { valid, errors: [...errors], warnings: [...warnings], checks }
  if (token === undefined) return shown
  return {
    ...shown,
    serial: token.serial,
    genTimeMs: token.genTimeMs,
    at: token.at.toISOString(),
    ...(token.accuracyMs === undefined ? {} : { accuracyMs: token.accuracyMs }),
    policy: token.policy,
    imprint: {
      algorithm: token.imprint.algorithm,
      digest: Buffer.from(token.imprint.digest).toString('hex'),
    },
    wrapping: token.wrapping,
    ...(token.tsa === undefined ? {} : { tsa: token.tsa }),
    ...(certificate === undefined
      ? {}
      : {
          signer: {
            subject: certificate.subject.toRfc2253(),
            serialNumber: certificate.serialNumber.toString(),
            fingerprint: certificate.fingerprint,
            notAfter: certificate.notAfter.toISOString(),
          },
          path: path.map(({ subject }) => subject.toRfc2253()),
        }),
    ...(revocation === undefined ? {} : { revocation: shownRevocation(revocation) }),
  }
}
