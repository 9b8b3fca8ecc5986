/** Those whom the simulator knows by name, as the registers see them: personas, invented professionals, patients. */
import { belgianDay } from '../../technical/environment/belgianCalendar.js'
import { isSsin, parseSsin } from '../../technical/identifiers/index.js'
import { lifeOf } from './invent/life.js'
import type { RegisteredActor, RegisteredPatient, World } from '../world.js'
import type { RegisterPerson } from './person.js'

/** (inferred) When the deceased patient died: the other registers only know that he has. */
const deceaseDate = '2022-11-05'

const capitals = (text: string): string => text.toUpperCase()

/** An actor of the register of professionals; `undefined` for organisations and numbers that cannot be. */
export function personOfActor(
  { ssin, kind, givenName, surname }: RegisteredActor,
  world: World,
): RegisterPerson | undefined {
  if (kind !== 'person' || ssin === undefined || surname === undefined) return undefined
  return person(world, ssin, surname, givenName === undefined ? [] : [givenName])
}

/** A patient of the other registers. */
export const personOfPatient = (
  { ssin, firstName, familyName, deceased }: RegisteredPatient,
  world: World,
): RegisterPerson | undefined => person(world, ssin, familyName, [firstName], deceased === true)

function person(
  { runtime }: World,
  ssin: string,
  lastName: string,
  givenNames: readonly string[],
  deceased = false,
): RegisterPerson | undefined {
  if (!isSsin(ssin, { asOf: runtime.now() })) return undefined
  const { register, sex, birthDate } = parseSsin(ssin, { asOf: runtime.now() })
  const facts = {
    seed: `number ${ssin}`,
    index: 0,
    birthDate,
    lastName: capitals(lastName),
    givenNames: givenNames.map(capitals),
    rare: register === 'BIS' ? (['BIS'] as const) : [],
    ...(sex === null ? {} : { gender: sex }),
    ...(deceased ? { deceaseDate } : {}),
  }
  return {
    ssin,
    register,
    ...(register === 'BIS' ? { registered: belgianDay(runtime.now()) } : {}),
    lastName: facts.lastName,
    givenNames: facts.givenNames,
    birthDate,
    ...(sex === null ? {} : { gender: sex }),
    ...(deceased ? { deceaseDate } : {}),
    formerSsins: [],
    life: () => lifeOf(facts),
  }
}
