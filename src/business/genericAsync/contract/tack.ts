/**
 * The code in a TAck, which both sides compute (spec memberdata-mycarenet §2.4, §8 23): HMAC-SHA256 of the request with the
 * UTF-8 octets of `ResultMajor` as key. Which octets are "the request" is not documented.
 */
import { createHmac } from 'node:crypto'

/** What a TAck says became of a post. */
export const tackMajor = {
  success: 'urn:nip:tack:result:major:success',
  failure: 'urn:nip:tack:result:major:failure',
} as const

const inputPrefix = 'urn:nip:reference:input:'

/** `AppliesTo` of the TAck of a post. */
export const appliesTo = (inputReference: string): string => inputPrefix + inputReference

/** The `InputReference` that a TAck is about; undefined for another kind of reference. */
export const inputReferenceOf = (appliesTo: string): string | undefined =>
  appliesTo.startsWith(inputPrefix) ? appliesTo.slice(inputPrefix.length) : undefined

export const tackCode = (request: Uint8Array, resultMajor: string): Buffer =>
  createHmac('sha256', Buffer.from(resultMajor, 'utf8')).update(request).digest()

/** What the code was computed over: the clear content, the octets that were sent, or their base64 text. */
export type TAckBasis = 'content' | 'sent' | 'base64'

/** Over which of the candidates a code was computed; undefined when over none of them. */
export function tackBasis(
  tack: { value: Uint8Array; ResultMajor: string },
  posted: { content: Uint8Array; sent: Uint8Array },
): TAckBasis | undefined {
  const { content, sent } = posted
  const candidates: readonly (readonly [TAckBasis, () => Uint8Array])[] = [
    ['content', () => content],
    ['sent', () => sent],
    ['base64', () => Buffer.from(Buffer.from(sent).toString('base64'), 'latin1')],
  ]
  return candidates.find(([, octets]) => tackCode(octets(), tack.ResultMajor).equals(tack.value))?.[0]
}
