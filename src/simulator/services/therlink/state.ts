/** What the register of therapeutic links holds. */
import type { HcPartyId, HubRequest, Proof } from '../../../business/kmehr/contract.js'
import { addMonths } from '../../../technical/environment/belgianCalendar.js'
import { linkDurations } from '../../../business/therlink/contract/types.js'
import { unwrap, wrap } from '../../stored.js'
import type { SlotCodec, World } from '../../world.js'

/** What was done to a link. */
export interface StoredOperation {
  at: Date
  /** Absent for an authentic source. */
  request?: HubRequest
  proofs: Proof[]
}

export interface StoredLink {
  patientSsin: string
  hcparty: HcPartyId
  /** See {@link providerKey}. */
  provider: string
  type: string
  /** First day. */
  start: string
  /** First day on which it does not hold any more. */
  end: string
  comment?: string
  declaration: StoredOperation
  revocation?: StoredOperation
}

const slotName = 'therlink'

const codec: SlotCodec<StoredLink[]> = {
  toJson: wrap,
  fromJson: (json) => unwrap(json) as StoredLink[],
}

/** Oldest first. */
export const linksOf = (world: World): StoredLink[] => world.slot<StoredLink[]>(slotName, () => [], codec)

/** Keeps the links on disk where the simulator has a directory. */
export const saveLinks = (world: World): Promise<void> => world.save(slotName)

/** Whether a link holds on a day: from its start until the day before its end, unless it was revoked. */
export const holdsOn = ({ start, end, revocation }: StoredLink, day: string): boolean =>
  revocation === undefined && start <= day && day < end

/** End of a link for which none was given. */
export const usualEnd = (start: string, months: number = linkDurations.usual.months): string =>
  addMonths(start, months)

/**
 * Who the provider of a link is: a person by SSIN, whatever his profession; a pharmacy or another organisation by the 8
 * digits of its NIHII number.
 */
export function providerKey({ id }: Pick<HcPartyId, 'id'>, world: World): string | undefined {
  const ssin = id.find(({ S }) => S === 'INSS')?.value
  if (ssin !== undefined) return `SSIN ${ssin}`
  const number = id.find(({ S }) => S === 'ID-HCPARTY')?.value
  if (number === undefined) return undefined
  const person = number.length === 11 ? world.findActor('NIHII', number)?.ssin : undefined
  return person === undefined ? `NIHII ${number.slice(0, 8)}` : `SSIN ${person}`
}
