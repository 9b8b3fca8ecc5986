/** What the register of exclusions holds. */
import type { HcParty, HubRequest } from '../../../business/kmehr/contract.js'
import { unwrap, wrap } from '../../stored.js'
import type { SlotCodec, World } from '../../world.js'

export interface StoredExclusion {
  patientSsin: string
  hcparty: HcParty
  /** Key of the provider, as in the register of links. */
  provider: string
  declaration: { at: Date; request: HubRequest }
  revocation?: { at: Date; request: HubRequest }
}

const slotName = 'exclusions'

const codec: SlotCodec<StoredExclusion[]> = {
  toJson: wrap,
  fromJson: (json) => unwrap(json) as StoredExclusion[],
}

/** Oldest first. */
export const exclusionsOf = (world: World): StoredExclusion[] =>
  world.slot<StoredExclusion[]>(slotName, () => [], codec)

/** Keeps the exclusions on disk where the simulator has a directory. */
export const saveExclusions = (world: World): Promise<void> => world.save(slotName)

/** Whether the patient has excluded the provider. */
export const isExcluded = (world: World, patientSsin: string, provider: string | undefined): boolean =>
  exclusionsOf(world).some(
    (exclusion) =>
      exclusion.patientSsin === patientSsin &&
      exclusion.provider === provider &&
      exclusion.revocation === undefined,
  )
