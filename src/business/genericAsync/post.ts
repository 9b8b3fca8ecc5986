/** Posting a batch: packed, sealed and signed where it is wanted, acknowledged at once (spec memberdata-mycarenet §2.4, §2.7). */
import { EHealthError } from '../../errors.js'
import { invalidOption } from '../../technical/session/options.js'
import type { CallMeta, CallOptions } from '../../technical/soap/index.js'
import {
  blobOf,
  commonInputOf,
  sealedBlob,
  type BlobElement,
  type ContentEncoding,
} from '../mycarenet/index.js'
import { appliesTo, tackBasis, type AsyncBlob, type TAckBasis } from './contract.js'
import { exchange } from './exchange.js'
import type { OpenedMailbox } from './mailbox.js'
import { tackOf, type TAck } from './message.js'
import { checkedReference, referenceWord } from './reference.js'
import { signBlob, signKnownContent } from './signing.js'

/** What is posted. */
export interface PostOptions {
  /** The content, clear: XML as UTF-8, or whatever the service takes. */
  content: Uint8Array | string
  /** For instance `MDA`; the usual one of the mailbox when omitted. */
  messageName?: string
  /** `text/xml`. */
  contentType?: string
  /** How clear content is packed; `deflate`. */
  encoding?: ContentEncoding
  /** Reference of the batch, which its answers name: 14 to 36 letters and digits never used before. A new one when omitted. */
  inputReference?: string
  /** Insurer by its number, for instance `300`, or all of them; the server decides when omitted. */
  to?: string
  /** Seals the content for the server of the region. Default false. */
  encrypt?: boolean
  /** Signs the content (XAdES-BES) with the key that calls are signed with; as `encrypt` when omitted (§5.3). */
  sign?: boolean
}

/** What became of a post. `refused` was not taken: nothing will come of it. */
export interface PostOutcome {
  outcome: 'accepted' | 'refused'
  inputReference: string
  tack: TAck
  /**
   * Over which octets the code of the acknowledgement was computed; absent when over none that are known: which ones it
   * should be is not documented (§8, 23), so that this alone refuses nothing.
   */
  tackBasis?: TAckBasis
  meta: CallMeta
}

export async function post(
  mailbox: OpenedMailbox,
  options: PostOptions,
  callOptions: CallOptions = {},
): Promise<PostOutcome> {
  const { caller, operations, data } = mailbox
  const { messageName = data.post, inputReference, to } = options
  if (messageName === undefined || messageName === '') throw invalidOption('messageName', 'missing')
  const content = typeof options.content === 'string' ? Buffer.from(options.content, 'utf8') : options.content
  if (!(content instanceof Uint8Array) || content.length === 0)
    throw invalidOption('content', 'expected octets or a text that is not empty')
  const CommonInput = await commonInputOf(caller, {
    service: referenceWord(messageName),
    ...(inputReference === undefined ? {} : { reference: checkedReference(inputReference) }),
  })
  const { blob, signature } = await packed(mailbox, content, options)
  const { value, meta } = await exchange(
    caller.session,
    operations.post,
    {
      CommonInput,
      Detail: { ...(blob as Omit<AsyncBlob, 'MessageName'>), MessageName: messageName },
      ...(signature === undefined ? {} : { 'Xades-t': { value: signature, contentType: 'text/xml' } }),
    },
    { ...callOptions, ...destinationOf(to) },
  )
  const tack = tackOf(value.return)
  if (tack.appliesTo !== appliesTo(CommonInput.InputReference))
    throw new EHealthError('async.acknowledgement', 'the acknowledgement is about another post')
  const basis = tackBasis(value.return, { content, sent: blob.value })
  return {
    outcome: tack.outcome,
    inputReference: CommonInput.InputReference,
    tack,
    ...(basis === undefined ? {} : { tackBasis: basis }),
    meta,
  }
}

async function packed(
  { caller: { session }, data: { region } }: OpenedMailbox,
  content: Uint8Array,
  { contentType = 'text/xml', encoding = 'deflate', encrypt = false, sign = encrypt }: PostOptions,
): Promise<{ blob: BlobElement; signature?: Uint8Array }> {
  const id = `_${session.runtime.uuid()}`
  if (encrypt)
    return {
      blob: await sealedBlob(session, content, {
        region,
        id,
        contentType,
        encoding,
        ...(sign ? { sign: (known) => signKnownContent(session, known) } : {}),
      }),
    }
  const blob = blobOf(content, { contentType, encoding, id, hash: true })
  return sign ? { blob, signature: await signBlob(session, blob) } : { blob }
}

/** `wsa:To`; empty for the server itself. */
function destinationOf(to: string | undefined): { to?: string } {
  if (to === undefined) return {}
  if (!/^([0-9]{3}|MULTICAST)$/.test(to))
    throw invalidOption('to', 'expected the 3 digits of an insurer, or MULTICAST')
  return { to: `urn:nip:destination:io:${to}` }
}
