import { inspect } from 'node:util'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { DeclaredPerson, Registration, RnConsult } from '../../../src/business/rnConsult/index.js'
import type { Connection } from '../../../src/connect.js'
import { isEHealthError, type EHealthError, type ErrorCode } from '../../../src/errors.js'
import { peopleOf } from '../../../src/simulator/register/index.js'
import { openRegistry, type Registry } from './world.js'

let registry: Registry
let me: Connection<'rnConsult'>
let rn: RnConsult
beforeAll(async () => {
  registry = await openRegistry()
  me = await registry.physician()
  rn = me.rnConsult
})
afterAll(() => registry?.close())

/** Somebody whom nobody sounds like, another one each time. */
let serial = 0
const sounds = 'bdgklmnprst'
const stranger = (more: Partial<DeclaredPerson> = {}): DeclaredPerson => ({
  lastName: `Qwixzolt${sounds[Math.floor(serial / 11)]}a${sounds[serial++ % 11]}o`,
  givenNames: ['Testc', 'Testd'],
  birthDate: '1985-09-30',
  birthPlace: { country: 'FR', cityName: { text: 'Ville-Exemple', language: 'fr' } },
  gender: 'M',
  ...more,
})

const registered = (): number => registry.simulator.calls('cbssPersonService')

async function refusalOf(work: Promise<unknown>): Promise<EHealthError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!isEHealthError(error)) throw new Error('expected a refusal')
  return error
}

async function nobody(person: DeclaredPerson) {
  const search = await rn.searchBeforeRegistering({ person })
  if (search.outcome !== 'nobody') throw new Error(`expected nobody, not ${search.outcome}`)
  return search.declaration
}

describe('a registration', () => {
  it('is searched for first, wider each time, and makes a BIS number that is found from then on', async () => {
    const person = stranger()
    const search = await rn.searchBeforeRegistering({ person })
    expect(search).toMatchObject({
      outcome: 'nobody',
      searches: [
        { step: 'exact', outcome: 'none' },
        { step: 'initial', outcome: 'none' },
        { step: 'last-name', outcome: 'none' },
      ],
    })
    if (search.outcome !== 'nobody') return
    const done = await rn.register({ declaration: search.declaration, decision: 'nobody-was-found' })
    expect(done).toMatchObject({
      outcome: 'created',
      person: {
        register: 'BIS',
        name: {
          lastName: person.lastName.toUpperCase(),
          givenNames: [{ value: 'TESTC' }, { value: 'TESTD' }],
        },
        birth: { date: { value: '1985-09-30' }, place: { countryIsoCode: 'FR' } },
        gender: { code: 'M' },
      },
    })
    if (done.outcome !== 'created') return
    expect(done.ssin).toMatch(/^8549\d{7}$/)
    expect(await rn.searchBySsin({ ssin: done.ssin })).toMatchObject({
      outcome: 'found',
      person: { name: { lastName: person.lastName.toUpperCase() } },
    })
  })

  it('takes a partial date with an address, and keeps it as it is', async () => {
    const abroad = stranger({
      birthDate: '1985-00-00',
      residence: { country: 111, cityName: 'Ville-Exemple', since: '2024-05-06' },
      genderSince: '2024-05-06',
    })
    const done = await rn.register({ declaration: await nobody(abroad), decision: 'nobody-was-found' })
    expect(done).toMatchObject({
      outcome: 'created',
      person: {
        birth: { date: { value: '1985-00-00', precision: 'year' } },
        address: { residential: { countryCode: 111, inceptionDate: '2024-05-06' } },
      },
    })
    const {
      birthPlace: _,
      gender: __,
      ...here
    } = stranger({
      birthDate: '1985-09-00',
      contactAddress: { cityCode: '99000', postalCode: '1999', houseNumber: '1', since: '2024-05-06' },
    })
    const other = await rn.register({ declaration: await nobody(here), decision: 'nobody-was-found' })
    expect(other).toMatchObject({
      outcome: 'created',
      ssin: expect.stringMatching(/^8529/) as string,
      person: { contactAddress: { countryCode: 150, cityCode: '99000', type: { code: 1 } } },
    })
    expect(other.outcome === 'created' && other.person).not.toHaveProperty('gender')
  })

  it('shows who may be the one, and registers him only by a decision about them', async () => {
    const person = stranger()
    const { ssin } = peopleOf(registry.simulator.world).add({
      lastName: person.lastName,
      givenNames: ['Tomas'],
      birthDate: '1985-10-12',
      gender: 'F',
    })
    const search = await rn.searchBeforeRegistering({ person })
    expect(search).toMatchObject({ outcome: 'candidates', candidates: [{ ssin, foundBy: 'initial' }] })
    if (search.outcome !== 'candidates') return
    const { declaration } = search
    const before = registered()
    const wrong = { declaration, decision: 'nobody-was-found' } as unknown as Registration
    expect(await refusalOf(rn.register(wrong))).toMatchObject({
      code: 'person-registration.not-searched',
      path: 'decision',
    })
    expect(registered()).toBe(before)
  })

  it('tells who exists already, and registers nobody', async () => {
    const person = stranger()
    const declaration = await nobody(person)
    // somebody else was faster
    const { ssin } = peopleOf(registry.simulator.world).add({
      lastName: person.lastName,
      givenNames: ['Testc'],
      birthDate: '1985-09-30',
      gender: 'M',
    })
    const size = peopleOf(registry.simulator.world).size
    const done = await rn.register({ declaration, decision: 'nobody-was-found' })
    expect(done).toMatchObject({
      outcome: 'existing',
      persons: [{ ssin, register: 'BIS' }],
      refusal: { reasons: [{ code: '999999' }] },
    })
    expect(peopleOf(registry.simulator.world).size).toBe(size)
  })

  it('is refused by the platform as an outcome', async () => {
    const clinic = await registry.hospital({ nationalRegister: { applicationId: 'NOBODYS' } })
    const done = await clinic.rnConsult.register({ person: stranger(), decision: 'searched-elsewhere' })
    expect(done).toMatchObject({ outcome: 'refused', refusal: { messages: [expect.any(String)] } })
    expect(await clinic.rnConsult.searchBeforeRegistering({ person: stranger() })).toMatchObject({
      outcome: 'refused',
    })
  })

  it('finds by a number that was known, whatever the name is', async () => {
    const people = peopleOf(registry.simulator.world)
    const [ssin] = people.rare('corrected-number')
    const [former] = people.find(ssin!)!.person!.formerSsins
    const search = await rn.searchBeforeRegistering({ person: stranger(), knownSsins: [former!] })
    expect(search).toMatchObject({
      outcome: 'candidates',
      candidates: [{ ssin, foundBy: 'number' }],
      searches: [{ step: 'number', outcome: 'found' }, {}, {}, {}],
    })
  })

  it('does not go on where too many fit to be looked at', async () => {
    const { lastName } = stranger()
    const people = peopleOf(registry.simulator.world)
    for (let at = 0; at < 51; at++)
      people.add({ lastName, givenNames: ['Ana'], birthDate: '1970-00-00', gender: 'F' })
    const person = { lastName, givenNames: 'Ana', birthDate: '1970-00-00' }
    const search = await rn.searchBeforeRegistering({
      person: { ...person, contactAddress: { since: '2024-05-06' } },
    })
    expect(search).toMatchObject({ outcome: 'too-many', searches: [{ outcome: 'too-many' }] })
    expect(search).not.toHaveProperty('declaration')
  })
})

describe('without a search', () => {
  it('nobody is registered', async () => {
    const before = registered()
    const person = stranger()
    for (const [given, code, path] of [
      [{ decision: 'nobody-was-found' }, 'person-registration.not-searched', 'declaration'],
      [{ decision: 'nobody-was-found', person }, 'person-registration.not-searched', 'declaration'],
      [
        { decision: 'nobody-was-found', declaration: { found: 'nobody' } },
        'person-registration.not-searched',
        'declaration',
      ],
      [{ declaration: await nobody(person) }, 'person-registration.not-searched', 'decision'],
      [{ person }, 'person-registration.not-searched', 'decision'],
      [{ decision: 'searched-elsewhere' }, 'person-registration.not-searched', 'person'],
      [{ decision: 'force', person }, 'person-registration.not-searched', 'decision'],
      [{ decision: 'searched-elsewhere', person, force: true }, 'configuration.invalid', 'force'],
    ] as [object, ErrorCode, string][])
      expect(await refusalOf(rn.register(given as Registration))).toMatchObject({ code, path })
    expect(registered()).toBe(before)
  })

  it('somebody is registered when the caller says that he searched elsewhere', async () => {
    expect(await rn.register({ person: stranger(), decision: 'searched-elsewhere' })).toMatchObject({
      outcome: 'created',
    })
  })
})

describe('a declaration', () => {
  it('is good for one registration', async () => {
    const declaration = await nobody(stranger())
    const before = registered()
    const twice = await Promise.allSettled([
      rn.register({ declaration, decision: 'nobody-was-found' }),
      rn.register({ declaration, decision: 'nobody-was-found' }),
    ])
    expect(twice.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect(await refusalOf(rn.register({ declaration, decision: 'nobody-was-found' }))).toMatchObject({
      code: 'person-registration.used',
    })
    expect(registered()).toBe(before + 1)
  })

  it('shows nothing of the person', async () => {
    const person = stranger()
    const declaration = await nobody(person)
    expect(inspect(declaration, { depth: 9, showHidden: true })).not.toContain(person.lastName)
    expect(JSON.stringify(declaration)).toBe('{"found":"nobody"}')
  })

  it.each<[Partial<Record<keyof DeclaredPerson, unknown>>, ErrorCode, string]>([
    [{ lastName: '' }, 'person-registration.declaration', 'person.lastName'],
    [{ lastName: 'x'.repeat(129) }, 'person-registration.declaration', 'person.lastName'],
    [{ givenNames: ['ok', 'x'.repeat(49)] }, 'person-registration.declaration', 'person.givenNames[1]'],
    [{ birthDate: '1985-13-01' }, 'identifier.month', 'person.birthDate'],
    [{ birthDate: '1985-09-00' }, 'person-registration.declaration', 'person.genderSince'],
    [{ birthDate: '1985-09-00', genderSince: '2024-05-06' }, 'person-registration.declaration', 'person'],
    [{ gender: 'X' }, 'person-registration.declaration', 'person.gender'],
    [{ gender: undefined }, 'person-registration.declaration', 'person'],
    [{ birthPlace: undefined }, 'person-registration.declaration', 'person'],
    [{ birthPlace: { country: 'fr' } }, 'person-registration.declaration', 'person.birthPlace.country'],
    [{ birthPlace: { country: 1000 } }, 'person-registration.declaration', 'person.birthPlace.country'],
    [
      { birthPlace: { country: 150, cityCode: '123' } },
      'person-registration.declaration',
      'person.birthPlace.cityCode',
    ],
    [
      { birthPlace: { country: 'FR', cityName: { text: 'x' } } },
      'person-registration.declaration',
      'person.birthPlace.cityName.language',
    ],
    [{ residence: { country: 'FR' } }, 'person-registration.declaration', 'person.residence.since'],
    [
      { residence: { country: 'BE', since: '2024-05-06' } },
      'person-registration.declaration',
      'person.residence.country',
    ],
    [
      { residence: { country: '150', since: '2024-05-06' } },
      'person-registration.declaration',
      'person.residence.country',
    ],
    [
      { residence: { country: 'FR', since: '2024-05-06', cityCode: '99000' } },
      'configuration.invalid',
      'person.residence.cityCode',
    ],
    [
      { contactAddress: { since: '2024-02-30' } },
      'person-registration.declaration',
      'person.contactAddress.since',
    ],
    [
      { contactAddress: { since: '2024-05-06', streetCode: '12345' } },
      'person-registration.declaration',
      'person.contactAddress.streetCode',
    ],
    [
      { nationalities: [{ country: 111 }, { country: 'France' }] },
      'person-registration.declaration',
      'person.nationalities[1].country',
    ],
    [{ civilStates: [{ code: 20 }] }, 'person-registration.declaration', 'person.civilStates[0].since'],
    [
      { civilStates: [{ code: 20, since: '2020-01-01', partnerSsin: '90010199793' }] },
      'identifier.check-digit',
      'person.civilStates[0].partnerSsin',
    ],
    [{ decease: { date: '2024-5-6' } }, 'identifier.format', 'person.decease.date'],
    [{ firstName: 'Testc' } as object, 'configuration.invalid', 'person.firstName'],
  ])(
    'that cannot be is refused with the place of the fault, before anything is sent',
    async (more, code, path) => {
      const before = [registered(), registry.simulator.calls('personService')]
      const person = stranger(more as Partial<DeclaredPerson>)
      const refusal = await refusalOf(rn.searchBeforeRegistering({ person }))
      expect([refusal.code, refusal.path]).toEqual([code, path])
      expect(JSON.stringify(refusal)).not.toContain('Qwixzolt')
      expect([registered(), registry.simulator.calls('personService')]).toEqual(before)
    },
  )
})

describe('a registration whose answer is lost', () => {
  it('is not repeated, and says that nobody knows what came of it', async () => {
    const declaration = await nobody(stranger())
    const before = registered()
    const size = peopleOf(registry.simulator.world).size
    registry.simulator.faults.add({ kind: 'drop', when: 'after', service: 'cbssPersonService', times: 1 })
    const refusal = await refusalOf(rn.register({ declaration, decision: 'nobody-was-found' }))
    expect(refusal).toMatchObject({ code: 'person-registration.outcome-unknown', retryable: false })
    expect(isEHealthError(refusal.cause) && refusal.cause.family).toBe('transport')
    expect(registered()).toBe(before + 1)
    expect(peopleOf(registry.simulator.world).size).toBe(size + 1)
    // the same declaration leads nowhere; a new search finds him
    expect(await refusalOf(rn.register({ declaration, decision: 'nobody-was-found' }))).toMatchObject({
      code: 'person-registration.used',
    })
    expect(registered()).toBe(before + 1)
  })

  it.each([
    { kind: 'truncate' },
    { kind: 'soa', code: 'SOA-02002' },
    { kind: 'soa', code: 'SOA-00001' },
    { kind: 'html', status: 503 },
    { kind: 'empty', status: 500 },
  ] as const)('in whatever way: $kind', async (trouble) => {
    const declaration = await nobody(stranger())
    const before = registered()
    registry.simulator.faults.add({ ...trouble, service: 'cbssPersonService', times: 1 })
    const refusal = await refusalOf(rn.register({ declaration, decision: 'nobody-was-found' }))
    expect(refusal.code).toBe('person-registration.outcome-unknown')
    expect(registered()).toBe(before + 1)
  })

  it('is known to be nothing when the request was refused at the door: the declaration may be used again', async () => {
    const declaration = await nobody(stranger())
    registry.simulator.faults.add({
      kind: 'soa',
      code: 'SOA-03006',
      service: 'cbssPersonService',
      times: 1,
    })
    expect(await refusalOf(rn.register({ declaration, decision: 'nobody-was-found' }))).toMatchObject({
      code: 'fault.schema',
    })
    expect(await rn.register({ declaration, decision: 'nobody-was-found' })).toMatchObject({
      outcome: 'created',
    })
  })

  it('is unknown, too, where the answer says success and nothing else', async () => {
    const cut = await registry.through((xml) =>
      xml.replace(/<p:Result[ >].*<\/p:Result>/s, '').replace(/<p:Declaration[ >].*<\/p:Declaration>/s, ''),
    )
    const refusal = await refusalOf(
      cut.rnConsult.register({ person: stranger(), decision: 'searched-elsewhere' }),
    )
    expect(refusal.code).toBe('person-registration.outcome-unknown')
  })
})

describe('the services without public contract', () => {
  it.each(['personInfoService', 'inscriptionService', 'personNotificationService'] as const)(
    'say what is missing: %s',
    (name) => {
      let refusal: unknown
      try {
        rn[name]()
      } catch (error) {
        refusal = error
      }
      expect(refusal).toMatchObject({
        code: 'service.no-contract',
        details: { service: name, path: expect.stringContaining('/rnconsult/') as string },
        hint: expect.stringContaining(`rnConsult.${name}('file.wsdl')`) as string,
      })
    },
  )
})
