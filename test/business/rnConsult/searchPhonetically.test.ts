import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { PhoneticSearch } from '../../../src/business/rnConsult/index.js'
import { rnConsultErrors } from '../../../src/errors/rnConsult.js'
import type { Connection } from '../../../src/connect.js'
import { refusalOf } from '../addressBook/people.js'
import { openRegistry, type Registry } from './world.js'

let registry: Registry
let me: Connection<'rnConsult' | 'ssinHistory'>
/** Nobody else has these names. */
const added = new Map<string, string>()
beforeAll(async () => {
  registry = await openRegistry({ people: { count: 1000 } })
  me = await registry.physician()
  const { people } = registry.simulator
  const put = (key: string, person: Parameters<typeof people.add>[0]): void => {
    added.set(key, people.add(person).ssin)
  }
  const name = { lastName: 'Zélektröniker', givenNames: ['Léa', 'Marie'] }
  put('complete', { ...name, birthDate: '1985-09-30', gender: 'F' })
  put('month', { ...name, birthDate: '1985-09-00', gender: 'F' })
  put('year', { ...name, birthDate: '1985-00-00' })
  put('later', {
    ...name,
    givenNames: ['Louis'],
    birthDate: '1987-02-14',
    gender: 'M',
    deceaseDate: '2020-00-00',
  })
})
afterAll(() => registry.close())

const all = { lastName: 'Zelektroniker', birthDate: '1985-00-00', variation: 2 } as const

/** Keys of those who were found. */
async function found(search: PhoneticSearch): Promise<string[]> {
  const answer = await me.rnConsult.searchPhonetically(search)
  if (answer.outcome === 'none') return []
  if (answer.outcome !== 'found') throw new Error(answer.outcome)
  const keys = new Map([...added].map(([key, ssin]) => [ssin, key]))
  return answer.persons.map(({ ssin }) => keys.get(ssin!) ?? 'another').sort()
}

describe('searching by the sound of a name', () => {
  it('finds those who sound alike, whatever accents and doubled letters they write', async () => {
    const everybody = ['complete', 'later', 'month', 'year']
    for (const lastName of [
      'Zelektroniker',
      'ZELLEKTRONNIKER',
      'zélèktröniker',
      'Zelektronicker',
      "Z'elektroniker",
    ])
      expect(await found({ ...all, lastName }), lastName).toEqual(everybody)
    expect(await found({ ...all, lastName: 'Zelektronika' })).toEqual([])
  })

  it('tells who is who: number, names, birth, gender, address, whether somebody has died', async () => {
    const answer = await me.rnConsult.searchPhonetically({ ...all, givenNames: 'Louis' })
    expect(answer).toMatchObject({
      outcome: 'found',
      persons: [
        {
          ssin: added.get('later'),
          register: 'BIS',
          deceased: true,
          name: { lastName: 'ZÉLEKTRÖNIKER', givenNames: [{ value: 'LOUIS', sequence: 1 }] },
          birth: { date: { value: '1987-02-14', precision: 'day' } },
          gender: { code: 'M' },
          address: { residential: { postalCode: '99999' } },
          contactAddress: { type: { code: 1 } },
          anomalies: [],
          unknown: [],
        },
      ],
    })
  })

  it.each<[string, Partial<PhoneticSearch>, string[]]>([
    ['every name given, in any order', { givenNames: ['Marie', 'Léa'] }, ['complete', 'month', 'year']],
    ['every name given: one that is not there', { givenNames: ['Léa', 'Anna'] }, []],
    [
      'the first name whole',
      { givenNames: ['Lea', 'Anna'], givenNameMatching: 'COMPLETE_FIRST_GIVENNAME' },
      ['complete', 'month', 'year'],
    ],
    [
      'the first name whole: the second is not it',
      { givenNames: 'Marie', givenNameMatching: 'COMPLETE_FIRST_GIVENNAME' },
      [],
    ],
    [
      'the initial of the first name',
      { givenNames: 'Lotte', givenNameMatching: 'FIRST_LETTER_FIRST_GIVENNAME' },
      ['complete', 'later', 'month', 'year'],
    ],
    [
      'no name at all',
      { givenNames: 'Nobody', givenNameMatching: 'IGNORE_GIVENNAME' },
      ['complete', 'later', 'month', 'year'],
    ],
    ['the gender; unknown fits both', { gender: 'M' }, ['later', 'year']],
    ['the country', { address: { countryCode: 150 } }, []],
  ])('compares %s', async (_, criteria, expected) => {
    expect(await found({ ...all, ...criteria })).toEqual(expected)
  })

  it.each<[string, string, number | undefined, string[]]>([
    ['a day', '1985-09-30', undefined, ['complete', 'month', 'year']],
    ['a day and days around it', '1985-10-02', 2, ['complete', 'month', 'year']],
    ['a day too far', '1985-10-02', 1, ['year']],
    ['a month', '1985-09-00', undefined, ['complete', 'month', 'year']],
    ['a month and months around it', '1985-11-00', 2, ['complete', 'month', 'year']],
    ['a month too far', '1985-11-00', 1, ['year']],
    ['a year', '1987-00-00', undefined, ['later']],
    ['a year and years around it', '1986-00-00', 1, ['complete', 'later', 'month', 'year']],
  ])('takes %s for the birth', async (_, birthDate, variation, expected) => {
    const given = variation === undefined ? {} : { variation }
    expect(await found({ lastName: all.lastName, birthDate, ...given })).toEqual(expected)
  })

  it('finds somebody by where he lives', async () => {
    const { people } = registry.simulator
    const [ssin] = people.rare('changed-name')
    const person = people.find(ssin!)!.person!
    const { country, city } = person.life().addresses.at(-1)!.value
    const search = { lastName: person.lastName, birthDate: person.birthDate }
    const at = async (cityCode: string) =>
      me.rnConsult.searchPhonetically({ ...search, address: { countryCode: `${country.nis}`, cityCode } })
    expect(await at(city.nis!)).toMatchObject({ outcome: 'found', persons: [{ ssin }] })
    expect(await at('11001')).toMatchObject({ outcome: 'none' })
  })

  it('knows homonyms', async () => {
    const { people } = registry.simulator
    for (const ssin of people.rare('homonym').slice(0, 5)) {
      const { lastName, givenNames, birthDate } = people.find(ssin)!.person!
      const year = `${birthDate.slice(0, 4)}-00-00`
      const answer = await me.rnConsult.searchPhonetically({
        lastName,
        givenNames: givenNames.slice(0, 1),
        birthDate: year,
        variation: 1,
      })
      expect(answer.outcome === 'found' && answer.persons.length).toBeGreaterThan(1)
    }
  })

  it('says so when there are more than were asked for', async () => {
    const few = await me.rnConsult.searchPhonetically({ ...all, maximumResults: 3 })
    expect(few).toMatchObject({
      outcome: 'too-many',
      refusal: {
        subCode: 'urn:be:fgov:ehealth:2.0:status:TooManyResults',
        reasons: [{ kind: 'ValidationError', code: 'V00003' }],
      },
    })
    expect(await me.rnConsult.searchPhonetically({ ...all, maximumResults: 4 })).toMatchObject({
      outcome: 'found',
    })
  })
})

describe('criteria that cannot be', () => {
  it.each<[string, Partial<PhoneticSearch>]>([
    ['lastName', { lastName: ' ' }],
    ['lastName', { lastName: 'x'.repeat(129) }],
    ['givenNames', { givenNames: ['a', 'b', 'c', 'd'] }],
    ['givenNames[1]', { givenNames: ['a', 'x'.repeat(49)] }],
    ['givenNames', { givenNameMatching: 'ALL_GIVENNAME' }],
    ['givenNameMatching', { givenNames: 'a', givenNameMatching: 'SOME' as never }],
    ['variation', { variation: 100 }],
    ['variation', { variation: 1.5 }],
    ['gender', { gender: 'X' as never }],
    ['address.countryCode', { address: { countryCode: 1000 } }],
    ['address.countryCode', { address: { countryCode: 'BE' } }],
    ['address.cityCode', { address: { countryCode: 150, cityCode: '1000' } }],
    ['maximumResults', { maximumResults: 0 }],
    ['maximumResults', { maximumResults: 51 }],
  ])('are refused at %s, before anything is sent', async (path, wrong) => {
    const before = registry.simulator.calls('personService')
    const error = await refusalOf(me.rnConsult.searchPhonetically({ ...all, ...wrong }))
    expect(error).toMatchObject({ code: 'rn-consult.criteria', path })
    expect(error.hint).toBe(rnConsultErrors['rn-consult.criteria'].hint)
    expect(error.message).not.toContain('x'.repeat(49))
    expect(registry.simulator.calls('personService')).toBe(before)
  })

  it.each([
    ['identifier.format', '1985'],
    ['identifier.day-without-month', '1985-00-12'],
    ['identifier.day', '1985-02-30'],
  ])('are refused with %s at the birth date', async (code, birthDate) => {
    const error = await refusalOf(me.rnConsult.searchPhonetically({ ...all, birthDate }))
    expect(error).toMatchObject({ code, path: 'birthDate' })
  })

  it('are refused when nobody knows them', async () => {
    const wrong = { ...all, maximumResultCount: 3 } as never
    const error = await refusalOf(me.rnConsult.searchPhonetically(wrong))
    expect(error).toMatchObject({ code: 'configuration.invalid', path: 'maximumResultCount' })
  })
})
