/** What a mailbox service of the simulator is made with. */
import type { SimulatedCall } from '../../service.js'
import type { World } from '../../world.js'
import type { PostRequest } from '../../../business/genericAsync/contract.js'

/** An answer that the insurers will have. */
export interface ContentAnswer {
  /** For instance `urn:be:cin:io:300`. */
  issuer: string
  messageName: string
  content: Uint8Array
}

/** Why a post is not taken: the acknowledgement says so. */
export interface ContentRefusal {
  refused: string
}

/** What the insurers make of the clear content of a post. */
export type MailboxContent = (
  content: Uint8Array,
  call: SimulatedCall<PostRequest>,
) => readonly ContentAnswer[] | ContentRefusal | Promise<readonly ContentAnswer[] | ContentRefusal>

/** The keys of the insurers' server. */
export interface InsurersKeys {
  /** Opens what was sealed for the region; gives the content and the token to answer to. */
  open(sealed: Uint8Array, world: World): Promise<{ content: Uint8Array; replyTo?: Uint8Array }>
  /** Seals an answer for whoever the token is of. */
  sealFor(etk: Uint8Array, content: Uint8Array, world: World): Promise<Uint8Array>
  /** The signature beside a blob, serialised. */
  sign(blob: SignedBlob, world: World): Promise<Uint8Array>
}

/** What a signature beside a blob is about. */
export interface SignedBlob {
  id: string
  contentType: string
  contentEncoding: string
  packed: Uint8Array
}
