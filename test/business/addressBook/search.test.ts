import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { inLanguage } from '../../../src/business/addressBook/index.js'
import { all, connectThrough, openReader, refusalOf, rewritten, type Reader } from './people.js'

let reader: Reader
beforeAll(async () => {
  reader = await openReader()
})
afterAll(() => reader.close())

const everyPhysician = { profession: 'PHYSICIAN', lastName: '*' } as const

describe('searching professionals', () => {
  it('finds people by name and profession, with their numbers and no mailbox', async () => {
    const found = await all(
      reader.me.addressBook.searchProfessionals({ profession: 'PHYSICIAN', lastName: 'Samplemans' }),
    )
    expect(found).toEqual([
      {
        ssin: reader.simulator.personas.physician.ssin,
        lastName: 'Samplemans',
        firstName: 'Ada',
        language: expect.stringMatching(/^(fr|nl)$/) as string,
        gender: expect.stringMatching(/^[FM]$/) as string,
        birthDate: '1979-05-12',
        professions: [
          {
            code: 'PHYSICIAN',
            codes: [{ value: 'PHYSICIAN', type: 'code', authenticSource: 'CoBRHA' }],
            names: [{ text: 'Physician', language: 'en' }],
            nihii: reader.simulator.personas.physician.nihii,
            specialities: [],
          },
        ],
      },
    ])
  })

  it('knows homonyms, and tells them apart by their numbers', async () => {
    const emmas = await all(
      reader.me.addressBook.searchProfessionals({
        profession: 'PHYSICIAN',
        lastName: 'voorbeeld',
        firstName: 'EMMA',
      }),
    )
    expect(emmas.length).toBeGreaterThanOrEqual(2)
    expect(new Set(emmas.map(({ lastName, firstName }) => `${firstName} ${lastName}`))).toEqual(
      new Set(['Emma Voorbeeld']),
    )
    expect(new Set(emmas.map(({ ssin }) => ssin)).size).toBe(emmas.length)
  })

  it.each([
    ['Voorbeeld', /^Voorbeeld$/],
    ['Voorbeeld*', /^Voorbeeld/],
    ['*voorbeeld', /voorbeeld$/i],
    ['v*d', /^v.*d$/i],
    ["D'Essai", /^D'Essai$/],
    ['lechantillon', /^Léchantillon$/],
  ])('takes %s for a name', async (lastName, expected) => {
    const found = await all(reader.me.addressBook.searchProfessionals({ profession: 'PHYSICIAN', lastName }))
    expect(found).not.toEqual([])
    for (const person of found) expect(person.lastName).toMatch(expected)
  })

  it('finds by number, place and e-mail address', async () => {
    const { addressBook } = reader.me
    const { ssin, nihii } = reader.simulator.personas.physician
    const ada = [expect.objectContaining({ ssin, lastName: 'Samplemans' })]
    expect(await all(addressBook.searchProfessionals({ ssin }))).toEqual(ada)
    expect(await all(addressBook.searchProfessionals({ nihii }))).toEqual(ada)
    expect(await all(addressBook.searchProfessionals({ nihii: nihii.slice(0, 8) }))).toEqual(ada)
    expect(await all(addressBook.searchProfessionals({ ssin, profession: 'NURSE' }))).toEqual([])
    expect(await all(addressBook.searchProfessionals({ email: 'ada.samplemans@example.invalid' }))).toEqual(
      ada,
    )

    const contact = await addressBook.professional({ ssin })
    if (contact.outcome !== 'found') throw new Error('not found')
    const { municipality, zipCode } = contact.professions[0]!.addresses[0]!
    for (const place of [
      { zipCode: zipCode! },
      { city: inLanguage(municipality, 'fr')! },
      { city: inLanguage(municipality, 'nl')! },
    ]) {
      const inTown = await all(addressBook.searchProfessionals({ profession: 'PHYSICIAN', ...place }))
      expect(inTown).toEqual(expect.arrayContaining(ada))
      expect(inTown.length).toBeLessThan(151)
    }
  })

  it('gives nobody where there is nobody', async () => {
    const page = await reader.me.addressBook.pageOfProfessionals({ ssin: '90010199893' })
    expect(page).toMatchObject({ items: [], offset: 0, max: 100, meta: { httpStatus: 200 } })
  })
})

describe('searching organisations', () => {
  it('finds them by name, type, place and number', async () => {
    const { addressBook } = reader.me
    const hospitals = await all(addressBook.searchOrganisations({ name: 'synthetic*', type: 'HOSPITAL' }))
    expect(hospitals.length).toBeGreaterThan(5)
    for (const { type, names } of hospitals) {
      expect(type).toBe('HOSPITAL')
      expect(inLanguage(names, 'fr')).toMatch(/^Synthetic Hospital /)
    }
    const [first] = hospitals
    const same = [expect.objectContaining({ nihii: first!.nihii })]
    expect(await all(addressBook.searchOrganisations({ nihii: first!.nihii! }))).toEqual(same)
    expect(await all(addressBook.searchOrganisations({ nihii: first!.nihii!, type: 'PHARMACY' }))).toEqual([])

    const [network] = await all(addressBook.searchOrganisations({ type: 'INSTITUTION_EHP', name: '*' }))
    expect(network).toMatchObject({ id: { type: 'HCI', authenticSource: 'EHP' } })
    expect(await all(addressBook.searchOrganisations({ ehp: network!.ehp! }))).toEqual([network])

    const [centre] = await all(addressBook.searchOrganisations({ type: 'TREATMENT_CENTER', name: '*' }))
    expect(centre).toMatchObject({ id: { type: 'CBE', authenticSource: 'CBE' } })
    expect(await all(addressBook.searchOrganisations({ cbe: centre!.cbe! }))).toEqual([centre])

    const all8 = await Promise.all(
      ['1999', '2999', '3999', '4999', '5999', '6999', '7999', '8999'].map((zipCode) =>
        all(addressBook.searchOrganisations({ type: 'PHARMACY', zipCode })),
      ),
    )
    // forty invented ones and the two of the register
    expect(new Set(all8.flat().map(({ nihii }) => nihii)).size).toBe(42)
  })
})

describe('pages of the address book', () => {
  it('are fetched as they are needed, and nobody is given twice or left out', async () => {
    const before = reader.simulator.calls('addressBook')
    const calls = (): number => reader.simulator.calls('addressBook') - before
    const people = reader.me.addressBook.searchProfessionals(everyPhysician)[Symbol.asyncIterator]()
    expect(calls()).toBe(0)
    for (let count = 0; count < 100; count++) await people.next()
    expect(calls()).toBe(1)
    const next = await people.next()
    expect(next.done).toBe(false)
    expect(calls()).toBe(2)

    const whole = await all(reader.me.addressBook.searchProfessionals(everyPhysician))
    expect(whole).toHaveLength(151)
    expect(new Set(whole.map(({ ssin }) => ssin)).size).toBe(151)
    for (const pageSize of [7, 50, 99])
      expect(await all(reader.me.addressBook.searchProfessionals(everyPhysician, { pageSize }))).toEqual(
        whole,
      )
    expect(
      await all(reader.me.addressBook.searchProfessionals(everyPhysician, { offset: 140, pageSize: 4 })),
    ).toEqual(whole.slice(140))
  })

  it('can be asked for one by one', async () => {
    const { addressBook } = reader.me
    const one = await addressBook.pageOfProfessionals(everyPhysician, { max: 10 })
    const two = await addressBook.pageOfProfessionals(everyPhysician, { offset: 10, max: 10 })
    const both = await addressBook.pageOfProfessionals(everyPhysician, { max: 20 })
    expect([one.offset, one.max, two.offset, two.max]).toEqual([0, 10, 10, 10])
    expect([...one.items, ...two.items]).toEqual(both.items)
    expect(two.meta.raw.request).toMatch(
      / Id="_[0-9a-f-]{36}" IssueInstant="[^"]+Z" MaxElements="10" Offset="10">/,
    )
  })

  it('tell how many the platform gives when it gives less than was asked for', async () => {
    const { items, max } = await reader.me.addressBook.pageOfProfessionals(everyPhysician, { max: 5000 })
    expect([items.length, max]).toEqual([100, 100])
  })

  it.each<[object, string]>([
    [{ offset: -1 }, 'offset'],
    [{ offset: 1.5 }, 'offset'],
    [{ pageSize: 0 }, 'pageSize'],
    [{ pageSize: 101 }, 'pageSize'],
    [{ max: 1 }, 'max'],
  ])('have bounds: %j', async (options, path) => {
    const people = all(reader.me.addressBook.searchProfessionals(everyPhysician, options))
    expect(await refusalOf(people)).toMatchObject({ code: 'configuration.invalid', path })
  })

  it.each<[object, string]>([
    [{ max: 0 }, 'max'],
    [{ max: 2 ** 31 }, 'max'],
    [{ pageSize: 5 }, 'pageSize'],
  ])('have bounds when asked for one by one: %j', async (options, path) => {
    const page = reader.me.addressBook.pageOfProfessionals(everyPhysician, options)
    expect(await refusalOf(page)).toMatchObject({ code: 'configuration.invalid', path })
  })

  it('go on by what came, where the platform says that it gives less', async () => {
    // a platform with pages of 30: what was asked for is cut, and the answer says so
    const me = await connectThrough(
      reader.simulator,
      rewritten((xml) => {
        const people = xml.match(/<aa:HealthCareProfessional[ >].*?<\/aa:HealthCareProfessional>/gs) ?? []
        return people
          .slice(30)
          .reduce((text, person) => text.replace(person, ''), xml)
          .replace('MaxElements="100"', 'MaxElements="30"')
      }),
    )
    const people = await all(me.addressBook.searchProfessionals(everyPhysician))
    expect(new Set(people.map(({ ssin }) => ssin)).size).toBe(151)
    await me.close()
  })

  it('end with an error when the platform gives the same one for ever', async () => {
    let first: string | undefined
    const question = (xml: string): string => / InResponseTo="([^"]+)"/.exec(xml)![1]!
    const me = await connectThrough(
      reader.simulator,
      rewritten((xml) => {
        first ??= xml
        return first.replace(question(first), question(xml))
      }),
    )
    const given: string[] = []
    const reading = (async () => {
      for await (const { ssin } of me.addressBook.searchProfessionals(everyPhysician)) given.push(ssin!)
    })()
    expect(await refusalOf(reading)).toMatchObject({
      code: 'address-book.paging',
      origin: 'platform',
      details: { offset: 100 },
    })
    expect(given).toHaveLength(100)
    await me.close()
  })
})
