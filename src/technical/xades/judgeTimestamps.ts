/** Time stamps of a signature: each about its value, by a trusted authority (spec xml-signature §7.1 step 10, trap 19). */
import { EHealthError } from '../../errors.js'
import type { Certificate } from '../pki/certificate.js'
import { contentTypes } from '../seal/cms/identifiers.js'
import { readSignedData } from '../seal/cms/signedData.js'
import { CmsError } from '../seal/cms/structure.js'
import { judgeTimestamp, readTimestamp } from '../seal/timestampToken.js'
import type { ParsedSignature } from '../xml/signature/index.js'
import { finding, type XmlSignatureFinding } from './findings.js'
import { transformNamed } from './transforms.js'
import type { CarriedTimestamp } from './properties.js'
import { timestampInput } from './timestamp.js'

/** Outcome of the time stamps of a signature. */
export interface JudgedTimestamps {
  errors: XmlSignatureFinding[]
  /** Times of those that can be trusted, earliest first. */
  times: Date[]
}

/** Most tokens that are looked at. */
const mostTokens = 10

/** Judges all time stamps. One that is bad is an error, however many others are good. */
export function judgeTimestamps(
  { valueElement }: ParsedSignature,
  carried: readonly CarriedTimestamp[],
  anchors: readonly Certificate[],
): JudgedTimestamps {
  const errors: XmlSignatureFinding[] = []
  const times: Date[] = []
  const inputs = new Map<string, Uint8Array>()
  let count = 0
  for (const { canonicalization = 'exc-c14n', tokens } of carried) {
    if (tokens.length === 0) errors.push(unreadable('a time stamp without token'))
    for (const token of tokens) {
      if (++count > mostTokens) return { errors: [unreadable('too many time stamps')], times: [] }
      try {
        const kind = transformNamed(canonicalization)
        if (kind !== 'exc-c14n' && kind !== 'c14n') throw notCanonical()
        const input = inputs.get(kind) ?? timestampInput(valueElement, kind)
        inputs.set(kind, input)
        const at =
          token === undefined ? unreadable('a time stamp that is not base64') : judge(token, input, anchors)
        if (at instanceof Date) times.push(at)
        else errors.push(at)
      } catch (error) {
        if (!(error instanceof EHealthError)) throw error
        errors.push(finding('xml-signature.timestamp-invalid', error.message))
      }
    }
  }
  return { errors, times: times.toSorted((a, b) => a.getTime() - b.getTime()) }
}

function judge(
  token: Uint8Array,
  input: Uint8Array,
  anchors: readonly Certificate[],
): Date | XmlSignatureFinding {
  const stamp = readTimestamp(token, input)
  if (stamp === undefined)
    return isToken(token)
      ? finding('xml-signature.timestamp-invalid', 'a time stamp is about something else than this signature')
      : unreadable('a time stamp that is no token')
  const problem = judgeTimestamp(stamp, anchors)
  return problem === undefined
    ? stamp.at
    : finding('xml-signature.timestamp-invalid', `a time stamp is not accepted: ${problem}`)
}

function isToken(token: Uint8Array): boolean {
  try {
    return readSignedData(token).contentType === contentTypes.timestampInfo
  } catch (error) {
    if (error instanceof CmsError) return false
    throw error
  }
}

const unreadable = (message: string): XmlSignatureFinding =>
  finding('xml-signature.timestamp-unreadable', message)

const notCanonical = (): EHealthError =>
  new EHealthError('xml-signature.algorithm', 'a time stamp with another canonicalisation')
