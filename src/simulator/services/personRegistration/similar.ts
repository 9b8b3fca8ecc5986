/** Who looks like somebody who is to be registered: nobody is registered twice (spec rn-consult §6, §13). */
import { peopleOf, type RegisterPerson } from '../../register/index.js'
import type { World } from '../../world.js'

/** (inferred) An answer has so many at most. */
const most = 50

/**
 * By the sound of the last name and of the first given name, born on that day or in that year or month, of the same gender
 * where both are known.
 */
export function similarTo(
  world: World,
  person: {
    readonly lastName: string
    readonly givenNames: readonly string[]
    readonly birthDate: string
    readonly gender?: string | undefined
  },
): RegisterPerson[] {
  const { lastName, givenNames, birthDate, gender } = person
  return peopleOf(world)
    .search({
      lastName,
      givenNames: givenNames.slice(0, 1),
      matching: givenNames.length === 0 ? 'IGNORE_GIVENNAME' : 'COMPLETE_FIRST_GIVENNAME',
      birthDate,
      variation: 0,
      ...(gender === undefined ? {} : { gender }),
    })
    .slice(0, most)
}
