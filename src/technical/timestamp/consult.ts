/** Asking the archive of the platform (spec timestamp §6, §7). */
import { EHealthError, isEHealthError, type ErrorCode } from '../../errors.js'
import type { Certificate } from '../pki/certificate.js'
import { invalidOption, refuseUnknownOptions } from '../session/options.js'
import type { Session } from '../session/types.js'
import type { CallMeta, CallOptions } from '../soap/types.js'
import { childNamed, childrenNamed } from '../xml/tree.js'
import { readTimestampToken, verifyTimestampToken, type TimestampVerdict } from '../timestampToken/index.js'
import {
  dssNamespace,
  mostPerRequest,
  timestampingV2,
  timestampOperations,
  type TimeStampIdentification,
  type TSConsultResponse,
  type TSConsultTSBagResponse,
} from './contract.js'
import { invalidInput } from './input.js'
import { receivedElement, tokenOf } from './signResponse.js'
import { documentOf, type Stamp } from './stamp.js'
import { assertTrust, judging, type JudgeOptions } from './trust.js'

/** Name of a stamp: serial number and time, as a `Stamp` has them. */
export interface StampIdentification {
  /** In decimal, no sign, no leading zero. */
  readonly serial: string
  /** Milliseconds since 1970. */
  readonly genTimeMs: number
}

/** Whose archive, and how to call. */
export interface ConsultOptions extends Pick<CallOptions, 'endpoint' | 'signal' | 'timeout' | 'retry'> {
  /** Identifier that the platform gave the hospital, for instance `tsa_0999000129_01`. */
  hospital?: string
}

/** Options of {@link Timestamping.get}. */
export interface GetStampsOptions extends ConsultOptions, JudgeOptions {}

/** A stamp and its document, as the platform keeps them. */
export interface ArchivedStamp extends StampIdentification {
  readonly at: Date
  /** The document that was stamped. */
  readonly document: Uint8Array
  /** The base64 that it was sent in, line breaks included. */
  readonly base64: string
  readonly stamped: Stamp['stamped']
  readonly token: Uint8Array
  /** The SignResponse as it was received now. */
  readonly response: Uint8Array
  readonly certificate?: Certificate
  /** The token judged against the document; a stamp that does not verify comes along with its verdict. */
  readonly verification: TimestampVerdict
}

/** What the archive gave. */
export interface StampsFound {
  /** In the order they were asked for. */
  readonly stamps: readonly ArchivedStamp[]
  /** Asked for and not given: the platform has them not. */
  readonly missing: readonly StampIdentification[]
  /** Given and not asked for. */
  readonly unexpected: readonly ArchivedStamp[]
  /** Given, and no time stamp at all: the answer as it was received, and what is wrong with it. */
  readonly unreadable: readonly { readonly response: Uint8Array; readonly code: ErrorCode }[]
  /** One per call: ten are asked for at a time. */
  readonly metas: readonly CallMeta[]
}

/** @throws EHealthError see {@link Timestamping.get} */
export async function getStamps(
  session: Session,
  identifications: readonly StampIdentification[],
  options: GetStampsOptions,
): Promise<StampsFound> {
  const { hospital, ...rest } = options
  refuseUnknownOptions(rest, [
    ...callNames,
    'trust',
    'certificates',
    'policies',
    'otherPolicy',
    'revocation',
    'clockSkew',
  ])
  assertTrust(session, options)
  const IDHospital = hospitalOf(hospital)
  const TSList = identifications.map((one, i) => toList(one, `identifications[${i}]`))
  const found: ArchivedStamp[] = []
  const unreadable: StampsFound['unreadable'][number][] = []
  const metas: CallMeta[] = []
  for (let start = 0; start < TSList.length; start += mostPerRequest) {
    const { value, element, meta } = await session.call(
      timestampOperations.getTimestamp,
      { IDHospital, TSList: TSList.slice(start, start + mostPerRequest) },
      callOptions(options),
    )
    metas.push(meta)
    assertNoError(value)
    const elements = childrenNamed(element, timestampingV2.uri, 'TSBag')
    for (const [i, bag] of value.TSBag.entries()) {
      const response = receivedElement(
        childNamed(elements[i]!, dssNamespace, 'SignResponse')!,
        meta.raw.response,
      )
      try {
        found.push(await archived(session, bag, response, options))
      } catch (error) {
        if (!isEHealthError(error)) throw error
        unreadable.push({ response, code: error.code })
      }
    }
  }
  const stamps = identifications.flatMap((asked) => found.filter((one) => same(one, asked)).slice(0, 1))
  return {
    stamps,
    missing: identifications.filter((asked) => !found.some((one) => same(one, asked))),
    unexpected: found.filter((one) => !stamps.includes(one)),
    unreadable,
    metas,
  }
}

/** No identification comes back: what a stamp is called stands in its token. */
async function archived(
  session: Session,
  { TSBagValue: base64, SignResponse }: TSConsultTSBagResponse['TSBag'][number],
  response: Uint8Array,
  options: GetStampsOptions,
): Promise<ArchivedStamp> {
  const token = readTimestampToken(tokenOf(SignResponse))
  const document = Buffer.from(base64, 'base64')
  const { stamped, verify } = documentOf(document, base64, token)
  const verification = await verifyTimestampToken(token.token, { ...verify, ...judging(session, options) })
  const { certificate } = verification
  return {
    serial: token.serial,
    genTimeMs: token.genTimeMs,
    at: token.at,
    document,
    base64,
    stamped,
    token: token.token,
    response,
    ...(certificate === undefined ? {} : { certificate }),
    verification,
  }
}

/** A period and the stamps that the hospital has of it. */
export interface CompletenessQuestion extends ConsultOptions {
  /** First instant, included. Leave a margin before now: the stamps of the last minutes may be under way. */
  readonly from: Date
  /** Last instant, included. */
  readonly to: Date
  /** All stamps of the period, also several of one document. */
  readonly stamps: readonly StampIdentification[]
}

/** What the platform says about an archive. */
export interface Completeness {
  /**
   * `incomplete`: a work list, not an error. `error`: the platform could not tell; see `error` and `status`, ask later.
   * Stamps that the hospital has and the platform not are never listed: ask for them with `get`.
   */
  readonly outcome: 'complete' | 'incomplete' | 'error'
  /** Stamps that the platform has and the question lacks. */
  readonly missing: readonly StampIdentification[]
  /** The platform's own word. */
  readonly status: string
  readonly error?: { readonly type: string; readonly number: number }
  readonly meta: CallMeta
}

/** @throws EHealthError see {@link Timestamping.checkCompleteness} */
export async function checkCompleteness(
  session: Session,
  question: CompletenessQuestion,
): Promise<Completeness> {
  const { from, to, stamps, hospital, ...rest } = question
  refuseUnknownOptions(rest, callNames)
  const Period = { Start: milliseconds(from, 'from'), End: milliseconds(to, 'to') }
  if (Period.Start > Period.End) throw invalidInput('to', 'lies before from')
  const { value, meta } = await session.call(
    timestampOperations.checkCompleteness,
    {
      IDHospital: hospitalOf(hospital),
      Period,
      TSList: stamps.map((one, i) => toList(one, `stamps[${i}]`)),
    },
    callOptions(question),
  )
  const { Status: status, Error: error, TSList } = value
  return {
    outcome: outcomeOf(value),
    missing: TSList.map(({ sequenceNumber, dateTime }) => ({ serial: sequenceNumber, genTimeMs: dateTime })),
    status,
    ...(error === undefined ? {} : { error: { type: error.Type, number: error.Number } }),
    meta,
  }
}

/** A status that contradicts the list beside it is not believed. */
function outcomeOf({ Status, Error: error, TSList }: TSConsultResponse): Completeness['outcome'] {
  if ((error?.Number ?? 0) > 0) return 'error'
  if (Status === 'OK' && TSList.length === 0) return 'complete'
  return Status === 'INCOMPLETE' && TSList.length > 0 ? 'incomplete' : 'error'
}

const callNames = ['endpoint', 'signal', 'timeout', 'retry']

function callOptions({ endpoint, signal, timeout, retry }: ConsultOptions): CallOptions {
  return {
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(signal === undefined ? {} : { signal }),
    ...(timeout === undefined ? {} : { timeout }),
    ...(retry === undefined ? {} : { retry }),
  }
}

function hospitalOf(hospital: string | undefined): string {
  if (typeof hospital !== 'string' || hospital === '')
    throw invalidOption('hospital', 'missing', 'Give the identifier that the platform gave the hospital.')
  return hospital
}

function milliseconds(at: Date, name: string): number {
  if (!(at instanceof Date) || Number.isNaN(at.getTime())) throw invalidInput(name, 'expected a date')
  return at.getTime()
}

function toList({ serial, genTimeMs }: StampIdentification, path: string): TimeStampIdentification {
  if (typeof serial !== 'string' || !/^(0|[1-9]\d*)$/.test(serial))
    throw invalidInput(`${path}.serial`, 'expected a decimal number as text')
  if (!Number.isSafeInteger(genTimeMs)) throw invalidInput(`${path}.genTimeMs`, 'expected milliseconds')
  return { sequenceNumber: serial, dateTime: genTimeMs }
}

const same = (a: StampIdentification, b: StampIdentification): boolean =>
  a.serial === b.serial && a.genTimeMs === b.genTimeMs

function assertNoError({ Error: error }: TSConsultTSBagResponse): void {
  if (error === undefined || error.Number <= 0) return
  throw new EHealthError('timestamp.consultation', 'the archive answered with an error', {
    platform: { code: String(error.Number), messages: [{ text: error.Type }] },
  })
}
