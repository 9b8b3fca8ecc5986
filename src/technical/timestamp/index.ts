/**
 * Time stamps: the platform's authority and its archive (spec timestamp), and verifying tokens of RFC 3161 from anywhere.
 *
 * @module
 */
import { refuseUnknownOptions } from '../session/options.js'
import type { Session } from '../session/types.js'
import type { TimestampAuthority } from '../timestampToken/index.js'
import {
  checkCompleteness,
  getStamps,
  type Completeness,
  type CompletenessQuestion,
  type GetStampsOptions,
  type StampIdentification,
  type StampsFound,
} from './consult.js'
import type { StampInput } from './input.js'
import { stamp, type Stamp, type StampOptions } from './stamp.js'

export * from '../timestampToken/index.js'
export { readTimeStampBag, writeTimeStampBag, type Bag, type BagEntry } from './bag.js'
export type {
  ArchivedStamp,
  Completeness,
  CompletenessQuestion,
  ConsultOptions,
  GetStampsOptions,
  StampIdentification,
  StampsFound,
} from './consult.js'
export { timestampProfiles } from './contract.js'
export type { DocumentToStamp, StampInput } from './input.js'
export { readSignResponse, type KeptAnswer } from './signResponse.js'
export type { Stamp, StampOptions, TimestampProfile } from './stamp.js'
export type { JudgeOptions } from './trust.js'

/** Options of {@link createTimestamping}. */
export interface TimestampingOptions {
  /** Identifier that the platform gave the hospital: default of the consultations. */
  readonly hospital?: string
}

/**
 * Authority and archive, as one session sees them. Calls are signed with the certificate of the session, no token is asked
 * for; the certificate decides whose archive it is (inferred). Every operation may throw what a call throws (`transport.*`,
 * `fault.*`, `contract.unreadable`) and, before anything is sent, `timestamp.input`, `configuration.invalid` with the path.
 */
export interface Timestamping {
  /**
   * Has a document or a digest stamped, and verifies the token completely before it is given back.
   *
   * @throws EHealthError `timestamp.no-trust` before anything is sent; `timestamp.refused`, `timestamp.responder`,
   * `timestamp.answer`, `timestamp.request-id`; the code of the check that the token does not pass
   *
   * @example
   * ```ts
   * const { serial, at, token } = await me.technical.timestamp.stamp({ document: letter, archived: false })
   * console.log(serial, at.toISOString(), token.length)
   * ```
   */
  stamp(input: StampInput, options?: StampOptions): Promise<Stamp>
  /**
   * Fetches documents and stamps from the archive, ten at a time, and verifies each token against its document.
   *
   * @throws EHealthError `timestamp.no-trust` before anything is sent; `timestamp.consultation`
   *
   * @example
   * ```ts
   * const { stamps, missing } = await me.technical.timestamp.get(
   *   [{ serial: '12345125888271', genTimeMs: 1709806500250 }],
   *   { hospital: 'tsa_0999000129_01' },
   * )
   * console.log(stamps.map(({ verification }) => verification.valid), missing.length)
   * ```
   */
  get(identifications: readonly StampIdentification[], options?: GetStampsOptions): Promise<StampsFound>
  /**
   * Asks whether the archive of the hospital has every stamp of a period.
   *
   * @example
   * ```ts
   * const { outcome, missing } = await me.technical.timestamp.checkCompleteness({
   *   from: new Date('2026-03-02T00:00:00Z'),
   *   to: new Date('2026-03-02T23:59:59.999Z'),
   *   stamps: [{ serial: '12345125888271', genTimeMs: 1709806500250 }],
   *   hospital: 'tsa_0999000129_01',
   * })
   * console.log(outcome, missing)
   * ```
   */
  checkCompleteness(question: CompletenessQuestion): Promise<Completeness>
  /**
   * The same as whoever needs nothing but tokens wants it, for instance a signature with a time. Each token has been
   * verified.
   *
   * @example
   * ```ts
   * import { createHash } from 'node:crypto'
   *
   * const authority = me.technical.timestamp.authority()
   * const digest = createHash('sha256').update(letter).digest()
   * const token = await authority.stamp({ algorithm: 'sha256', digest })
   * ```
   */
  authority(options?: Omit<StampOptions, 'signal' | 'verify' | 'requestId' | 'onAnswer'>): TimestampAuthority
}

/**
 * Time stamping for a session. `me.technical.timestamp` is one without options.
 *
 * @throws EHealthError `configuration.invalid`
 *
 * @example
 * ```ts
 * import { createTimestamping } from 'ehealth-connectors/timestamp'
 *
 * const timestamps = createTimestamping(session, { hospital: 'tsa_0999000129_01' })
 * const { serial, genTimeMs } = await timestamps.stamp({ document: letter })
 * const { stamps } = await timestamps.get([{ serial, genTimeMs }])
 * ```
 */
export function createTimestamping(session: Session, options: TimestampingOptions = {}): Timestamping {
  refuseUnknownOptions(options, ['hospital'])
  const stampIt: Timestamping['stamp'] = (input, how) => stamp(session, input, how)
  return {
    stamp: stampIt,
    get: (identifications, how) => getStamps(session, identifications, { ...options, ...how }),
    checkCompleteness: (question) => checkCompleteness(session, { ...options, ...question }),
    authority: (how) => ({
      stamp: async (imprint, { signal } = {}) =>
        (await stampIt(imprint, { ...how, ...(signal === undefined ? {} : { signal }) })).token,
    }),
  }
}
