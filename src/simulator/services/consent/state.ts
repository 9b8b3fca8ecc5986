/** What the register of consents holds: the last consent of each patient. */
import type { HubAuthor } from '../../../business/kmehr/contract.js'
import type { SlotCodec, World } from '../../world.js'

/** A consent; revoked once it has a date of revocation. */
export interface StoredConsent {
  ssin: string
  signDate: string
  revokeDate?: string
  author: HubAuthor
}

type Consents = Map<string, StoredConsent>

const slotName = 'consent'

const codec: SlotCodec<Consents> = {
  toJson: (consents) => [...consents.values()],
  fromJson: (json) => new Map((json as StoredConsent[]).map((consent) => [consent.ssin, consent])),
}

export const consentsOf = (world: World): Consents => world.slot<Consents>(slotName, () => new Map(), codec)

/** Keeps the consents on disk where the simulator has a directory. */
export const saveConsents = (world: World): Promise<void> => world.save(slotName)
