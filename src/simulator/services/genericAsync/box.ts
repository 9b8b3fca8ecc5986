/** The mailboxes of care providers at the insurers: what lies in them until it is confirmed (spec memberdata-mycarenet §2.1). */
import type { TAckType } from '../../../business/genericAsync/contract.js'
import type { ServiceName } from '../../../technical/environment/environment.js'
import { unwrap, wrap } from '../../stored.js'
import type { SlotCodec, World } from '../../world.js'

/** An answer, or a message that nobody asked for; packed, sealed and signed when it is given out. */
export interface LyingMessage {
  /** `Detail@Reference`. */
  reference: string
  /** From when on it is given out. */
  from: Date
  /** Of the post that it answers. */
  inputReference?: string
  outputReference: string
  messageName: string
  contentType: string
  /** For instance `urn:be:cin:io:300`. */
  issuer: string
  /** The clear content. */
  content: Uint8Array
  /** Token that the post wants the answer sealed for; a `get` may name another one. Absent: in clear. */
  replyTo?: Uint8Array
}

/** What is told of a post; given out until it is confirmed. */
export interface LyingTAck {
  tack: TAckType
  messageName: string
}

/** The mailbox of one care provider at one service. */
export interface Box {
  messages: LyingMessage[]
  tacks: LyingTAck[]
  /** The last `get`, and what it asked for. Confirming clears it. */
  lastGet?: { at: Date; question: string }
}

type Boxes = Map<string, Box>

const slotName = 'genericAsync'

const codec: SlotCodec<Boxes> = {
  toJson: (boxes) => [...boxes].map((entry) => wrap(entry)),
  fromJson: (json) => new Map((json as unknown[]).map((entry) => unwrap(entry) as [string, Box])),
}

const boxesOf = (world: World): Boxes => world.slot<Boxes>(slotName, () => new Map(), codec)

/** The mailbox of a care provider, by its number. */
export function asyncBoxOf(world: World, service: ServiceName, nihii: string): Box {
  const key = `${service}/${nihii.slice(0, 8)}`
  const boxes = boxesOf(world)
  const box = boxes.get(key) ?? { messages: [], tacks: [] }
  boxes.set(key, box)
  return box
}

/** Keeps the mailboxes on disk where the simulator has a directory. */
export const saveAsyncBoxes = (world: World): Promise<void> => world.save(slotName)
