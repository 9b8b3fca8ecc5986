/** The register of people of a simulator: one for all services, made when one of them first asks. */
import type { SlotCodec, World } from '../world.js'
import { createPeople, type Changes, type ChangingPeople, type People } from './people.js'
import { settingsOf } from './settings.js'

export type { FoundNumber, NewPerson, People } from './people.js'
export { configurePeople, dataGroups, settingsOf, type DataGroup, type PeopleOptions } from './settings.js'
export type { PhoneticQuestion } from './phoneticIndex.js'
export { rarityNames, type Rarity } from './invent/rarities.js'
export type {
  City,
  CivilState,
  Country,
  HomeAddress,
  Life,
  PersonName,
  Place,
  RegisterCard,
  RegisterPerson,
  Since,
} from './person.js'

const slotName = 'people'
/** The register. */
export function peopleOf(world: World): People {
  return world.slot<ChangingPeople>(slotName, () => createPeople(world, settingsOf(world)), codecOf(world))
}

const codecOf = (world: World): SlotCodec<ChangingPeople> => ({
  toJson: (people) => people.changes(),
  fromJson: (json) => createPeople(world, settingsOf(world), json as Changes),
})

/** Keeps what was added on disk where the simulator has a directory. */
export const savePeople = (world: World): Promise<void> => world.save(slotName)
