/** What whoever starts a simulator may decide about its mailboxes (spec ehealthbox §7.8, §11). */
import type { World } from '../../world.js'
import { ehboxCodes, type EhboxCode } from './codes.js'

/** Options of the simulated eHealthBox. */
export interface MailboxOptions {
  /** Octets that a box may hold; 100 MiB. The platform's number is not known. */
  size?: number
  /** Octets of single boxes, by actor and quality: `{ 'nurse/NURSE': 20_000 }`. */
  sizes?: Readonly<Record<string, number>>
  /** Milliseconds of the simulator's clock between publication and delivery; 0. */
  deliveryDelay?: number
  /** Days from publication to the expiry date that is shown; 182, as in the only sample. All is removed after a year. */
  expiryDays?: number
  /** Who may not publish to whom: status 814. By default nobody to `CITIZEN`, whose box is another one (inferred). */
  forbidden?: readonly { from?: string; to: string }[]
  /** Other codes than the inferred ones, by what they mean: `{ publicationIdUsed: '829' }`. */
  codes?: Partial<Record<keyof typeof ehboxCodes, string>>
}

export type MailboxSettings = Required<MailboxOptions>

const defaults: MailboxSettings = {
  size: 100 * 1024 * 1024,
  sizes: {},
  deliveryDelay: 0,
  expiryDays: 182,
  forbidden: [{ to: 'CITIZEN' }],
  codes: {},
}

export const mailboxOptionNames = Object.keys(defaults) as readonly (keyof MailboxOptions)[]

const slotName = 'ehbox.settings'

/** The settings of a world. Never kept on disk: who starts the next simulator decides anew. */
export const settingsOf = (world: World): MailboxSettings =>
  world.slot<MailboxSettings>(slotName, () => ({ ...defaults }))

export const configureMailboxes = (world: World, options: MailboxOptions = {}): void => {
  Object.assign(settingsOf(world), options)
}

/** Octets that a box may hold. */
export const capacityOf = (world: World, box: string): number => {
  const { size, sizes } = settingsOf(world)
  return sizes[box] ?? size
}

/** The code as it is written in this world. */
export function codeIn(world: World, code: EhboxCode): string {
  const { codes } = settingsOf(world)
  const meaning = (Object.keys(ehboxCodes) as (keyof typeof ehboxCodes)[]).find(
    (name) => ehboxCodes[name] === code,
  )
  return (meaning === undefined ? undefined : codes[meaning]) ?? code
}
