/** What whoever starts a simulator may decide about its register of people, and about who may know what (spec rn-consult §3). */
import type { World } from '../world.js'

/** The groups of data that somebody is authorised for, by the element that carries each. */
export const dataGroups = [
  'NobilityTitle',
  'Name',
  'Nationalities',
  'Birth',
  'Decease',
  'Gender',
  'CivilStates',
  'Address',
  'ContactAddress',
  'Administrator',
  'Subregister',
  'LegalCohabitation',
  'Anomalies',
] as const

export type DataGroup = (typeof dataGroups)[number]

/** Options of the simulated registers of people. */
export interface PeopleOptions {
  /** How many people are invented; 3 000. Beside them are the personas and patients. */
  count?: number
  /** Another text, other people. */
  seed?: string
  /**
   * The Application IDs that were given out, and which data each may have. By default `0` for physicians and `SIMULATOR`
   * for anybody, both with all data, and `IDENTITY`, which knows names, births and genders only.
   */
  applications?: Readonly<Record<string, readonly DataGroup[]>>
  /** How an Application ID that nobody gave out is refused; by a status. What the platform does is not published. */
  unknownApplication?: 'status' | 'fault'
}

export type PeopleSettings = Required<PeopleOptions>

const defaults: PeopleSettings = {
  count: 3000,
  seed: 'people',
  applications: { '0': dataGroups, SIMULATOR: dataGroups, IDENTITY: ['Name', 'Birth', 'Gender'] },
  unknownApplication: 'status',
}

export const peopleOptionNames = Object.keys(defaults) as readonly (keyof PeopleOptions)[]

const slotName = 'people.settings'

/** The settings of a world. Never kept on disk: who starts the next simulator decides anew. */
export const settingsOf = (world: World): PeopleSettings =>
  world.slot<PeopleSettings>(slotName, () => ({ ...defaults }))

/** Has to come before anybody asks for one of the people. */
export const configurePeople = (world: World, options: PeopleOptions = {}): void => {
  Object.assign(settingsOf(world), options)
}
