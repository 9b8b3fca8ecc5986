import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Person } from '../../../src/business/rnConsult/index.js'
import type { Connection } from '../../../src/connect.js'
import { refusalOf } from '../addressBook/people.js'
import { openRegistry, type Registry } from './world.js'

let registry: Registry
let me: Connection<'rnConsult' | 'ssinHistory'>
beforeAll(async () => {
  registry = await openRegistry()
  me = await registry.physician()
})
afterAll(() => registry.close())

const rare = (what: Parameters<Registry['simulator']['people']['rare']>[0], at = 0): string =>
  registry.simulator.people.rare(what)[at]!

async function personWith(ssin: string): Promise<Person> {
  const found = await me.rnConsult.searchBySsin({ ssin })
  if (found.outcome !== 'found') throw new Error(found.outcome)
  return found.person
}

describe('looking somebody up by number', () => {
  it('finds everything that the register says, in our words', async () => {
    const { ssin } = registry.simulator.people.add({
      ssin: '90010199794',
      lastName: 'Voorbeeld',
      givenNames: ['Testa', 'Testb'],
      birthDate: '1990-01-01',
      gender: 'M',
    })
    const found = await me.rnConsult.searchBySsin({ ssin: '90.01.01-997.94' })
    expect(found).toMatchObject({
      outcome: 'found',
      ssin,
      person: {
        ssin,
        register: 'NR',
        name: {
          lastName: 'VOORBEELD',
          givenNames: [
            { value: 'TESTA', sequence: 1 },
            { value: 'TESTB', sequence: 2 },
          ],
          inceptionDate: '1990-01-01',
        },
        birth: {
          date: { value: '1990-01-01', precision: 'day', year: 1990, month: 1, day: 1 },
          place: { countryCode: 150, countryIsoCode: 'BE' },
        },
        gender: { code: 'M', inceptionDate: '1990-01-01' },
        nationalities: [
          { code: 150, descriptions: [{ text: 'Belgique', language: 'fr' }, { language: 'nl' }] },
        ],
        address: { residential: { countryCode: 150, cityCode: expect.stringMatching(/^9900\d$/) as string } },
        subregister: { code: 1 },
        anomalies: [],
        unknown: [],
      },
      meta: { service: 'personService', operation: 'searchPersonBySsin' },
    })
    expect(found).not.toHaveProperty('replaces')
  })

  it('keeps a date of which a part is known as it stands, and never fills it in', async () => {
    const { birth, anomalies } = await personWith(rare('incomplete-birth-date', 1))
    expect(birth?.date?.value).toMatch(/^\d{4}-(00|\d\d)-00$/)
    expect(birth?.date).not.toHaveProperty('day')
    expect(Object.values(birth?.date ?? {}).some((part: unknown) => part instanceof Date)).toBe(false)
    expect((await personWith(rare('anomaly'))).anomalies).toEqual([
      { code: 'A00001', description: expect.stringContaining('birth date') as string },
    ])
    expect(anomalies).toBeInstanceOf(Array)
  })

  it('gives the number that holds, and the one asked for where it was replaced', async () => {
    const ssin = rare('former-BIS')
    const [former] = registry.simulator.people.related(ssin)
    const found = await me.rnConsult.searchBySsin({ ssin: former! })
    expect(found).toMatchObject({ outcome: 'found', ssin, replaces: former, person: { ssin } })
  })

  it('tells a number that was withdrawn from one that nobody ever had', async () => {
    const ssin = rare('cancelled-number')
    expect(await me.rnConsult.searchBySsin({ ssin })).toEqual({
      outcome: 'cancelled',
      ssin,
      meta: expect.anything() as unknown,
    })
    expect(await me.rnConsult.searchBySsin({ ssin: '90010199596' })).toMatchObject({
      outcome: 'unknown',
      refusal: { subCode: 'urn:be:fgov:ehealth:2.0:status:DataNotFound' },
    })
  })

  it.each([
    [
      'BIS',
      'BIS',
      { contactAddress: { type: { code: 1 } }, address: { residential: { postalCode: '99999' } } },
    ],
    ['RAD', 'RAD', {}],
    ['RAN', 'RAN', {}],
    ['deceased', 'NR', { decease: { place: { countryCode: 150 } } }],
    ['nobility', undefined, { nobilityTitle: { code: '01', descriptions: [] } }],
    ['several-nationalities', undefined, { nationalities: [{}, { code: 150 }] }],
    [
      'legal-cohabitation',
      'NR',
      {
        legalCohabitation: {
          partner: { name: { lastName: 'PARTNER' } },
          registration: { date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string },
        },
      },
    ],
  ] as const)('finds what is rare: %s', async (what, register, data) => {
    const numbers = registry.simulator.people.rare(what)
    const ssin = numbers.find((one) => {
      const person = registry.simulator.people.find(one)!.person!
      return register === undefined || person.register === register
    })!
    const person = await personWith(ssin)
    expect(person).toMatchObject(data)
    if (register !== undefined) expect(person.register).toBe(register)
    expect(person.registerInceptionDate !== undefined).toBe(person.register !== 'NR')
  })

  it.each([
    ['identifier.check-digit', '90010199795'],
    ['identifier.length', '9001019979'],
    ['identifier.future', '99123199078'],
  ])('refuses %s at the door', async (code, ssin) => {
    const before = registry.simulator.calls('personService')
    const error = await refusalOf(me.rnConsult.searchBySsin({ ssin }))
    expect(error).toMatchObject({ code, path: 'ssin' })
    expect(`${error.message} ${error.hint}`).not.toContain(ssin)
    expect(registry.simulator.calls('personService')).toBe(before)
  })

  it('refuses an option that there is not', async () => {
    const error = await refusalOf(me.rnConsult.searchBySsin({ ssin: rare('BIS'), sin: 1 } as never))
    expect(error).toMatchObject({ code: 'configuration.invalid', path: 'sin' })
  })
})

describe('what the caller is authorised for', () => {
  it('is not known unless it was said', async () => {
    const { availability } = await personWith(rare('changed-name'))
    expect(availability).toMatchObject({
      name: 'given',
      decease: 'undetermined',
      nobilityTitle: 'undetermined',
    })
  })

  it('tells what is unknown from what may not be known', async () => {
    const hospital = await registry.hospital({
      nationalRegister: { applicationId: 'IDENTITY', authorised: ['name', 'birth', 'gender', 'decease'] },
    })
    const found = await hospital.rnConsult.searchBySsin({ ssin: rare('changed-name') })
    expect(found).toMatchObject({
      outcome: 'found',
      person: {
        availability: {
          name: 'given',
          birth: 'given',
          decease: 'unknown',
          address: 'not-authorised',
          civilStates: 'not-authorised',
        },
      },
    })
    expect(found).not.toHaveProperty('person.address')
  })

  it('is refused to an Application ID that nobody was given', async () => {
    const stranger = await registry.hospital({ nationalRegister: { applicationId: 'NOBODY' } })
    expect(await stranger.rnConsult.searchBySsin({ ssin: rare('BIS') })).toMatchObject({
      outcome: 'refused',
      refusal: { code: 'urn:be:fgov:ehealth:2.0:status:Requester', messages: [expect.any(String)] },
    })
    const zero = await registry.hospital({ nationalRegister: { applicationId: '0' } })
    expect(await zero.rnConsult.searchBySsin({ ssin: rare('BIS') })).toMatchObject({ outcome: 'refused' })
  })

  it('needs an Application ID, which physicians have by themselves and hospitals do not', async () => {
    const hospital = await registry.hospital()
    const before = registry.simulator.calls('personService')
    const error = await refusalOf(hospital.rnConsult.searchBySsin({ ssin: rare('BIS') }))
    expect(error).toMatchObject({
      code: 'rn-consult.application-id',
      path: 'nationalRegister.applicationId',
      message: 'nationalRegister.applicationId: missing',
    })
    expect(registry.simulator.calls('personService')).toBe(before)
  })

  it('follows the environment where there is one Application ID for each', async () => {
    const acceptance = await registry.hospital({
      nationalRegister: { applicationId: { acceptance: 'SIMULATOR', production: 'SIMULATOR' } },
    })
    const error = await refusalOf(acceptance.rnConsult.searchBySsin({ ssin: rare('BIS') }))
    expect(error.message).toBe('nationalRegister.applicationId: there is none for simulation')
    const both = await registry.hospital({
      nationalRegister: { applicationId: { production: 'OTHER', simulation: 'SIMULATOR' } },
    })
    expect(await both.rnConsult.searchBySsin({ ssin: rare('BIS') })).toMatchObject({ outcome: 'found' })
  })

  it.each([
    ['rn-consult.application-id', 'nationalRegister.applicationId', { applicationId: 'TWELVE-CHARS' }],
    [
      'rn-consult.application-id',
      'nationalRegister.applicationId.production',
      { applicationId: { production: '' } },
    ],
    ['configuration.invalid', 'nationalRegister.applicationId.prod', { applicationId: { prod: '1' } }],
    ['configuration.invalid', 'nationalRegister.legalContext', { legalContext: ' ' }],
    ['configuration.invalid', 'nationalRegister.authorised[1]', { authorised: ['name', 'adress'] }],
    ['configuration.invalid', 'nationalRegister.aplicationId', { aplicationId: '0' }],
  ])('is refused with %s at %s when it cannot be', async (code, path, nationalRegister) => {
    const error = await refusalOf(registry.hospital({ nationalRegister } as never))
    expect(error).toMatchObject({ code, path })
  })
})
