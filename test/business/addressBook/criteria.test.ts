import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type {
  OrganisationCriteria,
  OrganisationNumber,
  ProfessionalCriteria,
  ProfessionalNumber,
} from '../../../src/business/addressBook/index.js'
import { all, openReader, refusalOf, type Reader } from './people.js'

let reader: Reader
beforeAll(async () => {
  reader = await openReader()
})
afterAll(() => reader.close())

const person = {
  ssin: '90010199794',
  nihii: '19999024004',
  profession: 'PHYSICIAN',
  lastName: 'Voorbeeld*',
  firstName: 'E*',
  zipCode: '1999',
  city: 'Voorbeeldstad',
  email: 'ada.samplemans@example.invalid',
}
const place = {
  nihii: '71997358',
  cbe: '0999999922',
  ehp: '1990009933',
  type: 'HOSPITAL',
  name: 'Synthetic*',
  zipCode: '1999',
  city: 'Voorbeeldstad',
}

/** The table of the specification, word for word. */
const accepted = {
  professionals: [
    'ssin',
    'ssin profession',
    'nihii',
    'nihii profession',
    'profession lastName',
    'profession lastName firstName',
    'profession zipCode',
    'profession city',
    'email',
  ],
  organisations: [
    'ehp',
    'ehp type',
    'nihii',
    'nihii type',
    'cbe',
    'cbe type',
    'name type',
    'type zipCode',
    'type city',
  ],
}

/** Every mixture of the criteria, by their names in the order of the whole. */
function mixturesOf(whole: Record<string, string>): string[][] {
  const names = Object.keys(whole)
  return Array.from({ length: 2 ** names.length }, (_, bits) =>
    names.filter((__, i) => (bits >> i) % 2 === 1),
  )
}

const sameSet = (one: readonly string[], other: string): boolean =>
  [...one].sort().join(' ') === other.split(' ').sort().join(' ')

const pick = (whole: Record<string, string>, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, whole[name]!]))

const searches = {
  professionals: {
    whole: person,
    ask: (criteria: object) => reader.me.addressBook.pageOfProfessionals(criteria as ProfessionalCriteria),
  },
  organisations: {
    whole: place,
    ask: (criteria: object) => reader.me.addressBook.pageOfOrganisations(criteria as OrganisationCriteria),
  },
}

describe.each(['professionals', 'organisations'] as const)('a search of %s', (kind) => {
  const { whole, ask } = searches[kind]

  it.each(accepted[kind])('is sent by %s, and understood', async (mixture) => {
    const before = reader.simulator.calls('addressBook')
    const { offset, max } = await ask(pick(whole, mixture.split(' ')))
    expect([offset, max]).toEqual([0, 100])
    expect(reader.simulator.calls('addressBook')).toBe(before + 1)
  })

  it('is refused by every other mixture, before anything is called', async () => {
    const before = reader.simulator.calls('addressBook')
    const others = mixturesOf(whole).filter(
      (names) => !accepted[kind].some((mixture) => sameSet(names, mixture)),
    )
    expect(others).toHaveLength(2 ** Object.keys(whole).length - accepted[kind].length)
    for (const names of others) {
      const error = await refusalOf(ask(pick(whole, names)))
      expect(error).toMatchObject({ code: 'address-book.criteria', origin: 'client' })
      // the path is one that was given and must go, or one that is missing
      if (names.length > 0) expect(Object.keys(whole)).toContain(error.path)
      expect(error.details?.['combinations']).not.toHaveLength(0)
    }
    expect(reader.simulator.calls('addressBook')).toBe(before)
  })
})

describe('criteria that cannot be right', () => {
  it.each<[object, string, string | undefined]>([
    [{}, 'address-book.criteria', undefined],
    [{ lastName: 'Voorbeeld' }, 'address-book.criteria', 'profession'],
    [{ profession: 'PHYSICIAN', firstName: 'Emma' }, 'address-book.criteria', 'lastName'],
    [{ ssin: '90010199794', lastName: 'Voorbeeld' }, 'address-book.criteria', 'lastName'],
    [{ profession: 'PHYSICIAN', zipCode: '1999', city: 'X' }, 'address-book.criteria', 'city'],
    [{ profession: 'PHYSICIAN', lastName: ' ' }, 'address-book.criteria', 'lastName'],
    [{ profession: 'PHYSICIAN', zipCode: 1999 }, 'address-book.criteria', 'zipCode'],
    [{ profession: 'DOCTOR', lastName: 'Voorbeeld' }, 'address-book.criteria', 'profession'],
    [{ ssin: '90010199795' }, 'identifier.check-digit', 'ssin'],
    [{ nihii: '19999025' }, 'identifier.check-digit', 'nihii'],
    [{ nihii: '1999902400' }, 'identifier.length', 'nihii'],
    [{ lastname: 'Voorbeeld', profession: 'PHYSICIAN' }, 'configuration.invalid', 'lastname'],
    [{ cbe: '0999999922' }, 'configuration.invalid', 'cbe'],
    [[] as object, 'configuration.invalid', undefined],
  ])('are refused with the place of the fault: %j', async (criteria, code, path) => {
    const error = await refusalOf(
      all(reader.me.addressBook.searchProfessionals(criteria as ProfessionalCriteria)),
    )
    expect(error).toMatchObject({ code, ...(path === undefined ? {} : { path }) })
    expect(error.message).not.toContain('90010199795')
    expect(error.hint).toMatch(/[.?]$/)
  })

  it('tell what the address book calls a physician', async () => {
    const criteria = { profession: 'DOCTOR', lastName: 'Voorbeeld' }
    const error = await refusalOf(reader.me.addressBook.pageOfProfessionals(criteria))
    expect(error.hint).toContain('PHYSICIAN')
  })

  it.each<[object, string, string | undefined]>([
    [{ cbe: '0999999921' }, 'identifier.check-digit', 'cbe'],
    [{ ehp: '19900099' }, 'identifier.length', 'ehp'],
    [{ email: 'a@example.invalid', type: 'HOSPITAL' }, 'configuration.invalid', 'email'],
    [{ nihii: '71997358', cbe: '0999999922' }, 'address-book.criteria', 'cbe'],
  ])('are refused of organisations: %j', async (criteria, code, path) => {
    const { addressBook } = reader.me
    expect(await refusalOf(addressBook.pageOfOrganisations(criteria as OrganisationCriteria))).toMatchObject({
      code,
      path,
    })
  })

  it.each<[object, string, string | undefined]>([
    [{}, 'address-book.criteria', undefined],
    [{ ssin: '90010199794', nihii: '19999024004' }, 'address-book.criteria', 'nihii'],
    [{ ssin: '90010199794', profession: 'PHYSICIAN' }, 'address-book.criteria', 'profession'],
    [{ ssin: '900101' }, 'identifier.length', 'ssin'],
  ])('are refused of contact details: %j', async (number, code, path) => {
    const error = await refusalOf(reader.me.addressBook.professional(number as ProfessionalNumber))
    expect(error).toMatchObject({ code, ...(path === undefined ? {} : { path }) })
    expect(
      await refusalOf(reader.me.addressBook.organisation({ ...number, type: 'X' } as OrganisationNumber)),
    ).toMatchObject({ family: expect.stringMatching(/address-book|configuration/) as string })
  })

  it('accept separators, and an EHP number whose check digits are unusual', async () => {
    const { addressBook } = reader.me
    const { meta } = await addressBook.pageOfProfessionals({ ssin: '90.01.01-997.94' })
    expect(meta.raw.request).toContain('<ab:SSIN>90010199794</ab:SSIN>')
    expect(await addressBook.organisation({ ehp: '1990009934' })).toMatchObject({ outcome: 'not-found' })
  })
})

// What the compiler refuses: the mixtures are in the types, too.
export const refusedByTheCompiler = (): unknown[] => [
  // @ts-expect-error the last name needs the profession
  reader.me.addressBook.searchProfessionals({ lastName: 'Voorbeeld' }),
  // @ts-expect-error a number goes alone or with the profession
  reader.me.addressBook.searchProfessionals({ ssin: '90010199794', lastName: 'Voorbeeld' }),
  // @ts-expect-error organisations have no SSIN
  reader.me.addressBook.organisation({ ssin: '90010199794' }),
]
