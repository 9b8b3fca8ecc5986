/** Judging what the authority answered (spec timestamp §4.3, §4.4, traps 24 and 26). */
import { EHealthError, type PlatformDetail } from '../../errors.js'
import { answerOf } from '../soap/status.js'
import { parseXml, rawElement } from '../xml/parse.js'
import { read } from '../xml/read.js'
import type { XmlElement } from '../xml/tree.js'
import { readTimestampToken, type TimestampToken } from '../timestampToken/index.js'
import { resultMajor, SignResponse, type SignResponse as Response } from './contract.js'

/**
 * The token of an answer, as it stands there.
 *
 * @throws EHealthError `timestamp.refused`, `timestamp.responder`, `timestamp.answer`, `timestamp.request-id`
 */
export function tokenOf(
  { RequestID, Result, SignatureObject }: Response,
  asked: { requestId?: string; answer?: { httpStatus?: number; correlationId?: string } } = {},
): Uint8Array {
  const platform = { ...detailOf(Result), ...answerOf(asked.answer) }
  if (Result.ResultMajor === resultMajor.responderError)
    throw new EHealthError('timestamp.responder', 'the authority has trouble', { platform })
  if (Result.ResultMajor !== resultMajor.success)
    throw new EHealthError('timestamp.refused', 'the authority refused the request', { platform })
  if (asked.requestId !== undefined && RequestID !== undefined && RequestID !== asked.requestId)
    throw new EHealthError('timestamp.request-id', 'the answer names another request')
  const token = SignatureObject?.Timestamp?.RFC3161TimeStampToken
  if (token === undefined || token.length === 0)
    throw new EHealthError('timestamp.answer', 'success without a time stamp of RFC 3161', {
      path: 'SignResponse.SignatureObject.Timestamp.RFC3161TimeStampToken',
      platform,
    })
  return token
}

function detailOf({ ResultMajor, ResultMinor, ResultMessage }: Response['Result']): PlatformDetail {
  return {
    code: ResultMinor ?? ResultMajor,
    ...(ResultMessage === undefined
      ? {}
      : { messages: [{ text: ResultMessage.value, language: ResultMessage.lang }] }),
  }
}

/** An element of an answer as it was received, standing alone. */
export function receivedElement(element: XmlElement, source: string): Uint8Array {
  let root = element
  while (root.parent !== undefined) root = root.parent
  return Buffer.from(rawElement({ root, source }, element, 'mentioned'))
}

/** An answer of the authority that was kept. */
export interface KeptAnswer {
  readonly token: TimestampToken
  readonly requestId?: string
  readonly profile: string
}

/**
 * Reads a SignResponse that was kept, of the second version or the first: its token may be wrapped twice in base64 and in
 * a whole TimeStampResp (spec timestamp §8). Nothing is verified.
 *
 * @param response octets of the element, as `Stamp.response` has them
 * @throws EHealthError `xml.malformed`, `contract.unreadable`, `timestamp.refused`, `timestamp.responder`,
 * `timestamp.answer`, and what `readTimestampToken` throws
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises'
 * import { readSignResponse } from 'ehealth-connectors/timestamp'
 *
 * const { token, requestId } = readSignResponse(await readFile('bag-4711.answer.xml'))
 * console.log(requestId, token.serial, token.at.toISOString())
 * ```
 */
export function readSignResponse(response: Uint8Array): KeptAnswer {
  const answer = read(SignResponse, parseXml(response).root)
  return {
    token: readTimestampToken(tokenOf(answer)),
    profile: answer.Profile,
    ...(answer.RequestID === undefined ? {} : { requestId: answer.RequestID }),
  }
}
