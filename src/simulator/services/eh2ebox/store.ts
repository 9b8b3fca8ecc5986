/** What has been published to citizens: who, to whom, what it is called. The content itself is nobody's to read. */
import type { SlotCodec, World } from '../../world.js'

/** One publication. */
export interface EboxPublication {
  readonly messageId: string
  readonly publicationId: string
  /** Name of the actor in the register. */
  readonly sender: string
  readonly citizens: readonly string[]
  readonly title: string
  readonly mimeType: string
  /** File names. */
  readonly annexes: readonly string[]
  /** ISO 8601. */
  readonly at: string
}

const slotName = 'ebox'

const codec: SlotCodec<EboxPublication[]> = {
  toJson: (publications) => publications,
  fromJson: (json) => json as EboxPublication[],
}

/** The publications of a world, oldest first. */
export const eboxOf = (world: World): EboxPublication[] =>
  world.slot<EboxPublication[]>(slotName, () => [], codec)

/** Keeps them on disk where the simulator has a directory. */
export const saveEbox = (world: World): Promise<void> => world.save(slotName)
