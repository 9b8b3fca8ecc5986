/** What a mailbox gives, in the words of this library (spec memberdata-mycarenet §2.4). */
import { createHash } from 'node:crypto'

import type { MsgResponse, TAckResponse, TAckType } from './contract.js'
import { inputReferenceOf, tackMajor } from './contract.js'

/** A message as it lies in the mailbox: still packed, perhaps still sealed. */
export interface AsyncMessage {
  /** Stable name: the reference of the mailbox or, where there is none, the hash. The same message has the same. */
  id: string
  /** `Reference`: what a confirmation by reference names. */
  reference?: string
  /** `HashValue` in base64: what a confirmation by hash names. Of the clear, inflated content. */
  hash?: string
  /** `InputReference` of the post that is answered; insurers may leave it out. */
  inputReference?: string
  nipReference?: string
  outputReference?: string
  /** For instance `MDA`. */
  messageName: string
  contentType: string
  /** `none` or `deflate`, which it is when the message does not say. */
  contentEncoding: string
  /** Absent or empty where the content is clear. */
  contentEncryption?: string
  /** For instance `urn:be:cin:io:300`. */
  issuer?: string
  /** `Id` of the blob, which its signature refers to. */
  blobId?: string
  /** The octets of the blob, packed as they came. */
  packed: Uint8Array
  /** The serialised `ds:Signature` beside it. */
  signature?: Uint8Array
}

/** A technical acknowledgement. */
export interface TAck {
  outcome: 'accepted' | 'refused'
  /** `Reference`: what a confirmation by reference names. */
  reference?: string
  /** The code in base64: what a confirmation by hash names. */
  content: string
  /** `InputReference` of the post it is about; absent when it is about something else. */
  inputReference?: string
  appliesTo: string
  issuer: string
  resultMajor: string
  resultMinor?: string
  resultMessage?: string
}

export function messageOf({ CommonOutput, Detail, 'Xades-t': xades }: MsgResponse): AsyncMessage {
  const hash = Detail.HashValue === undefined ? undefined : base64(Detail.HashValue)
  return withoutGaps<AsyncMessage>({
    id: given(Detail.Reference) ?? hash ?? createHash('sha256').update(Detail.value).digest('base64'),
    reference: given(Detail.Reference),
    hash,
    inputReference: given(CommonOutput.InputReference),
    nipReference: given(CommonOutput.NIPReference),
    outputReference: given(CommonOutput.OutputReference),
    messageName: Detail.MessageName,
    contentType: Detail.ContentType,
    contentEncoding: Detail.ContentEncoding ?? 'deflate',
    contentEncryption: given(Detail.ContentEncryption),
    issuer: given(Detail.Issuer),
    blobId: given(Detail.Id),
    packed: Detail.value,
    signature: xades === undefined || xades.value.length === 0 ? undefined : xades.value,
  })
}

export const tackResponseOf = ({ TAck: tack }: TAckResponse): TAck => tackOf(tack)

export function tackOf(tack: TAckType): TAck {
  return withoutGaps<TAck>({
    outcome: tack.ResultMajor === tackMajor.success ? 'accepted' : 'refused',
    reference: given(tack.Reference),
    content: base64(tack.value),
    inputReference: inputReferenceOf(tack.AppliesTo),
    appliesTo: tack.AppliesTo,
    issuer: tack.Issuer,
    resultMajor: tack.ResultMajor,
    resultMinor: given(tack.ResultMinor),
    resultMessage: given(tack.ResultMessage),
  })
}

const base64 = (octets: Uint8Array): string => Buffer.from(octets).toString('base64')
const given = (text: string | undefined): string | undefined => (text === '' ? undefined : text)

function withoutGaps<T extends object>(value: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T
}
