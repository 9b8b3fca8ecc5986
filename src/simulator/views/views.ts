/** What whoever runs the simulator sees in it, beside what its callers see. */
import type { World } from '../world.js'
import {
  consentRecordsOf,
  exclusionRecordsOf,
  linkRecordsOf,
  type SimulatedConsent,
  type SimulatedExclusion,
  type SimulatedLink,
} from './access.js'
import { mailboxesOf, type SimulatedMailbox } from './mailboxes.js'
import { createUnsealing, type KeyHolders, type SimulatedUnsealing } from './unsealing.js'

/** Views into a simulator; they change nothing in it. */
export interface SimulatorViews {
  /**
   * What lies in the mailboxes of everybody who can have one, as it was transported.
   *
   * @example
   * ```ts
   * const inbox = simulator.mailboxes().find(({ owner }) => owner === 'nurse')!.messages
   * const { content, openedBy } = await simulator.unseal(inbox[0]!.body.content)
   * ```
   */
  mailboxes(): readonly SimulatedMailbox[]
  /** The last consent of each patient, revoked ones included. */
  consents(): readonly SimulatedConsent[]
  /** The therapeutic links, past and revoked ones included; the oldest first. */
  links(): readonly SimulatedLink[]
  /** The exclusions of care providers, revoked ones included; the oldest first. */
  exclusions(): readonly SimulatedExclusion[]
  /**
   * Opens and verifies a sealed message with the keys of whoever has some here, personas and services, or with a secret key
   * that the KGSS keeps: what a test sent, or what was seen on the wire.
   *
   * @throws EHealthError `unseal.malformed`, `unseal.not-addressed`, `unseal.decryption`, `unseal.refused`
   */
  readonly unseal: SimulatedUnsealing
}

export const viewsOf = (world: World, keys: Omit<KeyHolders, 'world'>): SimulatorViews => ({
  mailboxes: () => mailboxesOf(world),
  consents: () => consentRecordsOf(world),
  links: () => linkRecordsOf(world),
  exclusions: () => exclusionRecordsOf(world),
  unseal: createUnsealing({ world, ...keys }),
})
