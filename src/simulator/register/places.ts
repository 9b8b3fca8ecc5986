/** Where invented people live: towns that do not exist, in countries that do (spec identifiers §7.1). */
import type { Chance } from '../population/chance.js'
import { streets, towns } from '../population/places.js'
import type { City, Country, HomeAddress, Place } from './person.js'

export const belgium: Country = { nis: 150, iso: 'BE', nl: 'België', fr: 'Belgique' }
/** France alone was seen beside Belgium; the others' numbers are (inferred). */
export const otherCountries: readonly Country[] = [
  { nis: 111, iso: 'FR', nl: 'Frankrijk', fr: 'France' },
  { nis: 129, iso: 'NL', nl: 'Nederland', fr: 'Pays-Bas' },
  { nis: 136, iso: 'EE', nl: 'Estland', fr: 'Estonie' },
]

/** The towns with numbers that no municipality has. */
export const cities: readonly City[] = towns.map(({ zipCode, nl, fr }, index) => ({
  nl,
  fr,
  nis: `9900${index}`,
  postalCode: String(zipCode),
}))

const abroad: City = { nl: 'Elders', fr: 'Ailleurs', postalCode: '99999' }

export const inBelgium = (city: City): Place => ({ country: belgium, city })

/** A house in a town. */
export function inventAddress(chance: Chance, city: City = chance.pick(cities)): HomeAddress {
  const street = chance.below(streets.length)
  return {
    country: belgium,
    city,
    street: streets[street]!,
    streetCode: `${9001 + street}`,
    houseNumber: String(1 + chance.below(199)),
    ...(chance.below(4) === 0 ? { box: String(1 + chance.below(20)) } : {}),
  }
}

/** A house in another country. */
export const inventForeignAddress = (chance: Chance, country: Country): HomeAddress => ({
  country,
  city: abroad,
  street: chance.pick(streets),
  houseNumber: String(1 + chance.below(99)),
})
