/** What whoever starts a simulator may decide about the mailboxes of the insurers (spec memberdata-mycarenet §2.6, §7). */
import type { World } from '../../world.js'

/** Options of the simulated mailboxes of the insurers (GenericAsync). */
export interface InsurersMailboxOptions {
  /** Milliseconds of the simulator's clock from a post to its answers; 60 000. The insurers may take until the next working day. */
  answerDelay?: number
  /** Milliseconds within which a mailbox may not be asked again, unless something was confirmed meanwhile; 30 000 (inferred). */
  repeatDelay?: number
}

export type InsurersMailboxSettings = Required<InsurersMailboxOptions>

const defaults: InsurersMailboxSettings = { answerDelay: 60_000, repeatDelay: 30_000 }

export const insurersMailboxOptionNames = Object.keys(defaults) as readonly (keyof InsurersMailboxOptions)[]

/** The settings of a world. Never kept on disk: who starts the next simulator decides anew. */
export const asyncSettingsOf = (world: World): InsurersMailboxSettings =>
  world.slot<InsurersMailboxSettings>('genericAsync.settings', () => ({ ...defaults }))

export const configureInsurersMailboxes = (world: World, options: InsurersMailboxOptions = {}): void => {
  Object.assign(asyncSettingsOf(world), options)
}
