/** Time stamps of a signature: each about its value, by a trusted authority (spec xml-signature §7.1 step 10, trap 19). */
import type { Certificate } from '../pki/certificate.js'
import { verifyTimestampToken, type TimestampVerdict } from '../timestampToken/index.js'
import type { ParsedSignature } from '../xml/signature/index.js'
import { finding, type XmlSignatureFinding } from './findings.js'
import { transformUris, type XmlCanonicalization } from './names.js'
import type { CarriedTimestamp } from './properties.js'
import { timestampInput } from './timestamp.js'

/** What time stamps are judged with. */
export interface TimestampContext {
  anchors: readonly Certificate[]
  /** Further certificates for paths. */
  certificates: readonly Certificate[]
  now: Date
  clockSkew: number
  allowSha1: boolean
}

/** Outcome of the time stamps of a signature. */
export interface JudgedTimestamps {
  errors: XmlSignatureFinding[]
  /** Times of those that can be trusted, earliest first. */
  times: Date[]
}

/** Most tokens that are looked at. */
const mostTokens = 10

/** Judges all time stamps. One that is bad is an error, however many others are good. */
export async function judgeTimestamps(
  { valueElement }: ParsedSignature,
  carried: readonly CarriedTimestamp[],
  context: TimestampContext,
): Promise<JudgedTimestamps> {
  const errors: XmlSignatureFinding[] = []
  const times: Date[] = []
  if (carried.reduce((count, { tokens }) => count + tokens.length, 0) > mostTokens)
    return { errors: [unreadable('too many time stamps')], times }
  const octets = memoized((kind) => timestampInput(valueElement, kind))
  for (const { canonicalization, tokens } of carried) {
    const kind = kindOf(canonicalization)
    if (tokens.length === 0) errors.push(unreadable('a time stamp without token'))
    for (const token of tokens) {
      const outcome =
        kind === undefined
          ? invalid('a time stamp with another canonicalisation')
          : await judge(token, octets(kind), context)
      if (outcome instanceof Date) times.push(outcome)
      else errors.push(outcome)
    }
  }
  return { errors, times: times.toSorted((a, b) => a.getTime() - b.getTime()) }
}

/** The same for tokens that are all about these octets. */
export async function judgeTokens(
  tokens: readonly Uint8Array[],
  data: Uint8Array,
  context: TimestampContext,
): Promise<JudgedTimestamps> {
  if (tokens.length > mostTokens) return { errors: [unreadable('too many time stamps')], times: [] }
  const outcomes: (Date | XmlSignatureFinding)[] = []
  for (const token of tokens) outcomes.push(await judge(token, data, context))
  return {
    errors: outcomes.flatMap((outcome) => (outcome instanceof Date ? [] : [outcome])),
    times: outcomes
      .flatMap((outcome) => (outcome instanceof Date ? [outcome] : []))
      .toSorted((a, b) => a.getTime() - b.getTime()),
  }
}

/** Exclusive where none is named, as the official connector takes it. */
function kindOf(uri: string | undefined): XmlCanonicalization | undefined {
  if (uri === undefined || uri === transformUris['exc-c14n']) return 'exc-c14n'
  return uri === transformUris.c14n ? 'c14n' : undefined
}

function memoized(
  make: (kind: XmlCanonicalization) => Uint8Array,
): (kind: XmlCanonicalization) => Uint8Array {
  const made = new Map<XmlCanonicalization, Uint8Array>()
  return (kind) => {
    const known = made.get(kind) ?? make(kind)
    made.set(kind, known)
    return known
  }
}

async function judge(
  token: Uint8Array | undefined,
  data: Uint8Array,
  { anchors, certificates, now, clockSkew, allowSha1 }: TimestampContext,
): Promise<Date | XmlSignatureFinding> {
  if (token === undefined) return unreadable('a time stamp that is not base64')
  if (anchors.length === 0) return invalid('no time stamp authority is trusted')
  const options = { data, trust: anchors, certificates, at: now, clockSkew, allowSha1 }
  const verdict = await verifyTimestampToken(token, options)
  if (verdict.valid && verdict.token !== undefined) return verdict.token.at
  const reasons = verdict.errors.map(({ code }) => code).join(', ')
  return isUnreadable(verdict)
    ? unreadable(`a time stamp that is none: ${reasons}`)
    : invalid(`a time stamp is not accepted: ${reasons}`)
}

const isUnreadable = ({ errors }: TimestampVerdict): boolean =>
  errors.some(
    ({ code }) =>
      code === 'timestamp.unreadable' ||
      code === 'timestamp.not-a-timestamp' ||
      code === 'timestamp.rejected',
  )

const unreadable = (message: string): XmlSignatureFinding =>
  finding('xml-signature.timestamp-unreadable', message)

const invalid = (message: string): XmlSignatureFinding => finding('xml-signature.timestamp-invalid', message)
