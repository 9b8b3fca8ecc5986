/** What the insurers know of registrations (spec memberdata-mycarenet §4). */
import type { SlotCodec, World } from '../../world.js'

/** A registration of one care provider with one insurer. */
export interface StoredRegistration {
  /** 8 digits. */
  nihii: string
  insurer: string
  service: string
  startDate: string
  iban?: string
}

type Registered = Map<string, StoredRegistration>

const slotName = 'registration'

const codec: SlotCodec<Registered> = {
  toJson: (registrations) => [...registrations.values()],
  fromJson: (json) => new Map((json as StoredRegistration[]).map((one) => [registrationKey(one), one])),
}

export const registrationKey = ({
  nihii,
  insurer,
  service,
}: Pick<StoredRegistration, 'nihii' | 'insurer' | 'service'>): string => `${nihii}/${insurer}/${service}`

/** The registrations of a world. */
export const registrationsOf = (world: World): Registered =>
  world.slot<Registered>(slotName, () => new Map(), codec)

/** Keeps them on disk where the simulator has a directory. */
export const saveRegistrations = (world: World): Promise<void> => world.save(slotName)
