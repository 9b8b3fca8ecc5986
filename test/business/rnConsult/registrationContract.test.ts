import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  minimalSetsOf,
  RegisterPersonRequest,
  RegisterPersonResponse,
  type DeclaredPerson,
} from '../../../src/business/rnConsult/contract.js'
import { read, type ElementDeclaration } from '../../../src/technical/xml/index.js'
import { anyMessageOf } from '../anyMessageOf.js'
import { fixture, refusedAt, reread } from '../registerMessages.js'

describe('the messages of CBSSPersonService', () => {
  it('read the sample of a request strictly and write it again the same', () => {
    const value = read(RegisterPersonRequest, fixture('cbss-register-person.request-set1-birthplace.xml'), {
      strict: true,
    })
    expect(minimalSetsOf(value.Declaration.Person)).toEqual(['birth-place'])
    expect(reread(RegisterPersonRequest, value)).toEqual(value)
  })

  it('tell a new number', () => {
    const { Result } = read(RegisterPersonResponse, fixture('cbss-register-person.response-new.xml'), {
      strict: true,
    })
    expect(Result?.NewlyRegisteredPerson).toMatchObject({
      Register: 'BIS',
      RegisterInceptionDate: '2024-05-06',
      Ssin: '85493099143',
    })
  })

  it('tell who exists already', () => {
    const { Result } = read(RegisterPersonResponse, fixture('cbss-register-person.response-existing.xml'))
    expect(Result?.ExistingPersons?.ExistingPerson).toMatchObject([
      { Ssin: '85493099341', Register: 'BIS', Deceased: false },
    ])
  })

  it.each<[string, string]>([
    [
      'negative-cbss-country-code-and-iso.xml',
      'RegisterPersonRequest.Declaration.Person.Address.ResidentialAddress.CountryIsoCode',
    ],
    ['negative-cbss-unqualified-locals.xml', 'RegisterPersonRequest.Declaration.Person.Name.LastName'],
  ])('are refused with the place of the fault: %s', (name, path) => {
    expect(refusedAt(RegisterPersonRequest, fixture(name))).toBe(path)
  })

  it.each<[string, ElementDeclaration<unknown>]>([
    ['RegisterPersonRequest', RegisterPersonRequest],
    ['RegisterPersonResponse', RegisterPersonResponse],
  ])('are read as they were written: %s', (_, declaration) => {
    fc.assert(
      fc.property(anyMessageOf(declaration), (value) => {
        expect(reread(declaration, value)).toEqual(value)
      }),
      { numRuns: 30 },
    )
  })
})

describe('data that are enough for a number', () => {
  const name = { LastName: 'Exemple', GivenName: [] }
  const place = { CountryName: [], CityName: [] }
  const born = { BirthDate: '1985-09-30', BirthPlace: place }
  it.each<[string, DeclaredPerson, string[]]>([
    ['nothing', {}, []],
    ['a name', { Name: name }, []],
    ['a name and a birth', { Name: name, Birth: { BirthDate: '1985-09-30' } }, []],
    ['a birth place without gender', { Name: name, Birth: born }, []],
    ['a birth place and a gender', { Name: name, Birth: born, Gender: { GenderCode: 'M' } }, ['birth-place']],
    [
      'a birth place, but no whole date',
      { Name: name, Birth: { ...born, BirthDate: '1985-09-00' }, Gender: { GenderCode: 'M' } },
      [],
    ],
    [
      'an address abroad and a year',
      { Name: name, Birth: { BirthDate: '1985-00-00' }, Address: { ResidentialAddress: {} } },
      ['foreign-residence'],
    ],
    [
      'an address in Belgium and a year',
      { Name: name, Birth: { BirthDate: '1985-00-00' }, ContactAddress: {} },
      ['contact-address'],
    ],
    ['an address without a birth', { Name: name, ContactAddress: {} }, []],
  ])('%s', (_, person, sets) => {
    expect(minimalSetsOf(person)).toEqual(sets)
  })
})
