/**
 * Who may call the platform: every profession and organisation as data (spec sts-iam §3). `src/professions/` makes
 * callers of it, the simulator knows by it what to certify of whom.
 *
 * @module
 */
import { organisations, type OrganisationProfession } from './organisations.js'
import { persons, type PersonProfession } from './persons.js'
import type { ProfessionData } from './types.js'

export { certificateHolder, organisational, personal, userSsin } from './attributes.js'
export { organisations, type OrganisationProfession } from './organisations.js'
export { persons, type PersonProfession } from './persons.js'
export type {
  AttributeData,
  Evidence,
  GuessableFact,
  NumberName,
  NumberRule,
  ProfessionData,
  Source,
  When,
} from './types.js'

/** Name of a profession or an organisation, which is the name of its factory as well. */
export type ProfessionName = PersonProfession | OrganisationProfession

/** Everybody who may call, by the name of the factory. */
export const professions: Readonly<Record<ProfessionName, ProfessionData>> = { ...persons, ...organisations }

/** The names, persons first. */
export const professionNames = Object.keys(professions) as readonly ProfessionName[]

/** Whether a text names a profession. */
export function isProfessionName(name: string): name is ProfessionName {
  return Object.hasOwn(professions, name)
}
