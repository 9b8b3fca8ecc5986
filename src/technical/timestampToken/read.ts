/** Reading time stamps without judging them. */
import { EHealthError } from '../../errors.js'
import { Asn1Error } from '../asn1/index.js'
import type { Certificate } from '../pki/certificate.js'
import { DistinguishedName } from '../pki/name.js'
import { digestName } from '../seal/cms/signature.js'
import { CmsError } from '../seal/cms/structure.js'
import { readSignedTimestamp, type SignedTimestamp } from '../seal/cms/timestampInfo.js'
import { unwrap, type TimestampWrapping } from './wrapping.js'

/** What a time stamp says; nothing of it is proved before it is verified. */
export interface TimestampToken {
  /** The token as its authority encoded it, without wrapping: DER, or BER. Keep these bytes. */
  readonly token: Uint8Array
  readonly wrapping: TimestampWrapping
  /** Serial number in decimal, beyond what a `number` holds: `sequenceNumber` of the consultation (spec timestamp §6). */
  readonly serial: string
  /** Time of the stamp. */
  readonly at: Date
  /** The same in milliseconds since 1970: `dateTime` of the consultation. */
  readonly genTimeMs: number
  /** How exact the time is, in milliseconds; absent where the authority does not tell. */
  readonly accuracyMs?: number
  /** Object identifier of the policy. */
  readonly policy: string
  /** What was stamped; `algorithm` by its `node:crypto` name, or its object identifier where that is unknown. */
  readonly imprint: { readonly algorithm: string; readonly digest: Uint8Array }
  readonly nonce?: bigint
  /** Name of the authority (RFC 2253) as the token gives it. */
  readonly tsa?: string
  /** Certificates in the token, in the order of the encoding. */
  readonly certificates: readonly Certificate[]
}

/** A token with what verifying needs. @internal */
export interface ReadTimestamp {
  readonly token: TimestampToken
  readonly cms: SignedTimestamp
}

/**
 * Reads a time stamp in any encoding that the platform's services have used: a token or a whole TimeStampResp, in DER or
 * BER, under up to two layers of base64 (spec timestamp §8). Nothing is verified.
 *
 * @throws EHealthError `timestamp.unreadable`, `timestamp.rejected` (a TimeStampResp without a token),
 * `timestamp.not-a-timestamp`
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises'
 * import { readTimestampToken } from 'ehealth-connectors/timestamp'
 *
 * const { serial, at, imprint } = readTimestampToken(await readFile('stamp.tst'))
 * console.log(serial, at.toISOString(), imprint.algorithm)
 * ```
 */
export function readTimestampToken(bytes: Uint8Array): TimestampToken {
  return readTimestamp(bytes).token
}

/** @internal */
export function readTimestamp(bytes: Uint8Array): ReadTimestamp {
  const { token, wrapping } = unwrap(bytes)
  try {
    const cms = readSignedTimestamp(token)
    const { info } = cms
    return {
      token: {
        token,
        wrapping,
        serial: info.serialNumber.toString(),
        at: info.at,
        genTimeMs: info.at.getTime(),
        ...(info.accuracy === undefined ? {} : { accuracyMs: info.accuracy }),
        policy: info.policy,
        imprint: {
          algorithm: digestName(info.imprint.algorithm) ?? info.imprint.algorithm,
          digest: info.imprint.digest,
        },
        ...(info.nonce === undefined ? {} : { nonce: info.nonce }),
        ...nameOf(cms),
        certificates: cms.signed.certificates(),
      },
      cms,
    }
  } catch (error) {
    if (error instanceof CmsError)
      throw new EHealthError('timestamp.not-a-timestamp', `not a time stamp: ${error.message}`, {
        cause: error,
      })
    throw error
  }
}

/** The `tsa` field; other kinds of names than a directoryName are passed over (spec timestamp §9.3, last line). */
function nameOf({ info: { tsa } }: SignedTimestamp): { tsa?: string } {
  if (tsa?.isContext(4) !== true) return {}
  try {
    return { tsa: DistinguishedName.fromNode(tsa.at(0)).toRfc2253() }
  } catch (error) {
    if (error instanceof Asn1Error) return {}
    throw error
  }
}
