/** Having something stamped (spec timestamp §4). */
import { createHash } from 'node:crypto'

import type { Certificate } from '../pki/certificate.js'
import { invalidOption, refuseUnknownOptions } from '../session/options.js'
import type { Session } from '../session/types.js'
import type { CallMeta, CallOptions } from '../soap/types.js'
import {
  assertTimestamp,
  readTimestampToken,
  verifyTimestampToken,
  type TimestampToken,
  type TimestampVerdict,
  type VerifyTimestampOptions,
} from '../timestampToken/index.js'
import { timestampOperations, timestampProfiles, type SignRequest } from './contract.js'
import { stampable, type Stampable, type StampInput } from './input.js'
import { receivedElement, tokenOf } from './signResponse.js'
import { assertTrust, judging, type JudgeOptions } from './trust.js'

/** Name of a profile, or its URI. */
export type TimestampProfile = keyof typeof timestampProfiles | (string & {})

/** Options of {@link Timestamping.stamp}. */
export interface StampOptions
  extends JudgeOptions, Pick<CallOptions, 'endpoint' | 'signal' | 'timeout' | 'retry'> {
  /** `v2.1-cert` unless said otherwise: an archive needs the certificate in the token. */
  profile?: TimestampProfile
  /** Comes back in the answer; `_` and a UUID by default. Keep it constant for what is sent again. */
  requestId?: string
  /** Optional inputs of OASIS DSS; no client of the platform seen sends one. */
  optionalInputs?: {
    servicePolicy?: string
    claimedIdentity?: { name: string; nameQualifier?: string; format?: string }
    language?: string
    additionalProfiles?: readonly string[]
    /** For instance `urn:ietf:rfc:3161`. */
    signatureType?: string
  }
  /**
   * `demand`, the default: a token that does not verify is an error. `report`: it is given back with its verdict, for an
   * archive that keeps it until its trust store is completed.
   */
  verify?: 'demand' | 'report'
  /** Told the SignResponse as it was received, before anything of it is judged; the stamp waits for it. */
  onAnswer?: (response: Uint8Array) => void | Promise<void>
}

/** A time stamp with the proof of it. */
export interface Stamp {
  /** Serial number in decimal: `sequenceNumber` of the consultation. */
  readonly serial: string
  /** Time of the stamp in milliseconds since 1970: `dateTime` of the consultation. */
  readonly genTimeMs: number
  readonly at: Date
  /** The token as its authority encoded it. */
  readonly token: Uint8Array
  /** The SignResponse as it was received: keep these octets. */
  readonly response: Uint8Array
  /** Of the authority; absent only in a report about a signer who is not known. */
  readonly certificate?: Certificate
  /** All checks of the token. */
  readonly verification: TimestampVerdict
  /** What was digested: the document itself, or (an open question of the platform) its base64. */
  readonly stamped: 'document' | 'base64'
  readonly requestId: string
  /** URI of the profile that was asked for. */
  readonly profile: string
  readonly meta: CallMeta
}

const known = [
  'profile',
  'requestId',
  'optionalInputs',
  'verify',
  'onAnswer',
  'trust',
  'certificates',
  'policies',
  'otherPolicy',
  'revocation',
  'clockSkew',
  'endpoint',
  'signal',
  'timeout',
  'retry',
]

/** @throws EHealthError see {@link Timestamping.stamp} */
export async function stamp(session: Session, input: StampInput, options: StampOptions = {}): Promise<Stamp> {
  refuseUnknownOptions(options, known)
  const { verify = 'demand', requestId = `_${session.runtime.uuid()}`, onAnswer } = options
  if (verify !== 'demand' && verify !== 'report') throw invalidOption('verify', 'expected demand or report')
  assertTrust(session, options)
  const what = stampable(input)
  const profile = profileUri(options.profile)
  const request: SignRequest = {
    RequestID: requestId,
    Profile: profile,
    ...optionalInputs(options.optionalInputs),
    InputDocuments: what.inputDocuments,
  }
  const from = session.runtime.now()
  const { value, element, meta } = await session.call(
    timestampOperations.stamp,
    request,
    callOptions(options),
  )
  const until = session.runtime.now()
  const response = receivedElement(element, meta.raw.response)
  await onAnswer?.(response)
  const token = readTimestampToken(tokenOf(value, { requestId, answer: meta }))
  const about = subjectOf(what, token)
  const verification = await verifyTimestampToken(token.token, {
    ...about.verify,
    ...judging(session, options),
    fresh: { from, until },
  })
  if (verify === 'demand') assertTimestamp(verification)
  const { certificate } = verification
  return {
    serial: token.serial,
    genTimeMs: token.genTimeMs,
    at: token.at,
    token: token.token,
    response,
    ...(certificate === undefined ? {} : { certificate }),
    verification,
    stamped: about.stamped,
    requestId,
    profile,
    meta,
  }
}

/** URI of a profile. */
function profileUri(profile: TimestampProfile = 'v2.1-cert'): string {
  if (Object.hasOwn(timestampProfiles, profile))
    return timestampProfiles[profile as keyof typeof timestampProfiles]
  if (!/^[a-z][a-z0-9+.-]*:\S+$/i.test(profile))
    throw invalidOption('profile', `expected ${Object.keys(timestampProfiles).join(', ')} or a URI`)
  return profile
}

function optionalInputs(given: StampOptions['optionalInputs']): Pick<SignRequest, 'OptionalInputs'> {
  if (given === undefined) return {}
  refuseUnknownOptions(
    given,
    ['servicePolicy', 'claimedIdentity', 'language', 'additionalProfiles', 'signatureType'],
    'optionalInputs',
  )
  const { servicePolicy, claimedIdentity, language, additionalProfiles = [], signatureType } = given
  return {
    OptionalInputs: {
      ...(servicePolicy === undefined ? {} : { ServicePolicy: servicePolicy }),
      ...(claimedIdentity === undefined
        ? {}
        : {
            ClaimedIdentity: {
              Name: {
                value: claimedIdentity.name,
                ...(claimedIdentity.nameQualifier === undefined
                  ? {}
                  : { NameQualifier: claimedIdentity.nameQualifier }),
                ...(claimedIdentity.format === undefined ? {} : { Format: claimedIdentity.format }),
              },
            },
          }),
      ...(language === undefined ? {} : { Language: language }),
      AdditionalProfile: [...additionalProfiles],
      ...(signatureType === undefined ? {} : { SignatureType: signatureType }),
    },
  }
}

function callOptions({ endpoint, signal, timeout, retry }: StampOptions): CallOptions {
  return {
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(signal === undefined ? {} : { signal }),
    ...(timeout === undefined ? {} : { timeout }),
    ...(retry === undefined ? {} : { retry }),
  }
}

/**
 * What the token is to be about. Whether the platform digests a document or the base64 that it travels in is an open
 * question (spec timestamp, trap 5): both prove the document, so whichever fits is taken, and told.
 */
function subjectOf(
  { about }: Stampable,
  token: TimestampToken,
): { stamped: Stamp['stamped']; verify: Pick<VerifyTimestampOptions, 'data' | 'imprint'> } {
  if ('imprint' in about) return { stamped: 'document', verify: { imprint: about.imprint } }
  return documentOf(about.document, Buffer.from(about.document).toString('base64'), token)
}

/** @internal */
export function documentOf(
  document: Uint8Array,
  base64: string,
  { imprint }: Pick<TimestampToken, 'imprint'>,
): { stamped: Stamp['stamped']; verify: { data: Uint8Array } } {
  const text = Buffer.from(base64, 'latin1')
  const encoded =
    /^sha\d+$/.test(imprint.algorithm) &&
    Buffer.compare(createHash(imprint.algorithm).update(text).digest(), imprint.digest) === 0
  return encoded
    ? { stamped: 'base64', verify: { data: text } }
    : { stamped: 'document', verify: { data: document } }
}
