import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  createConsultRnV1,
  type ConsultRnV1,
  type HistoryFact,
  type Inscription,
} from '../../../src/business/rnConsultV1/index.js'
import { certificateServices } from '../../../src/business/rnConsultV1/contract.js'
import type { Connection } from '../../../src/connect.js'
import { isEHealthError } from '../../../src/errors.js'
import { peopleOf } from '../../../src/simulator/register/index.js'
import { openRegistry, type Registry } from '../rnConsult/world.js'

let registry: Registry
let me: Connection<'rnConsult'>
let old: ConsultRnV1
beforeAll(async () => {
  registry = await openRegistry()
  me = await registry.physician()
  old = createConsultRnV1(me.session, { applicationId: '0' })
})
afterAll(() => registry?.close())

const adult = '68052199235'
const inscription = (ssin: string): Inscription => ({
  SSIN: { value: ssin },
  QualityCode: '6',
  Period: { BeginDate: '2026-01-01', EndDate: '2028-01-01' },
})
const newPerson = (Last: string) => ({
  Birth: { Date: '1985-00-00' },
  Name: { First: 'Testc', Middle: 'Testd', Last },
  Gender: { value: 'FEMALE' as const },
})

describe('the first generation', () => {
  it('finds by number with the own certificate, and needs no token for it', async () => {
    const found = await old.searchBySsin(inscription('68.05.21-992.35'))
    expect(found).toMatchObject({
      outcome: 'found',
      person: {
        Origin: 'RN_RR',
        SSIN: { value: adult, Encoded: false },
        PersonData: { Name: { Last: 'VOORBEELD', First: 'LOU' }, Birth: { Date: '1968-05-21' } },
      },
    })
    expect(found.meta.raw.request).toContain('BinarySecurityToken')
    expect(registry.simulator.calls('sts')).toBe(0)
  })

  it('finds by number with the token, at the other address', async () => {
    const other = createConsultRnV1(me.session, {
      applicationId: '0',
      searchWith: 'token',
      organisation: { id: '71009938', type: 'NIHII', subType: 'HOSPITAL' },
    })
    const found = await other.searchBySsin(inscription(adult))
    expect(found.outcome).toBe('found')
    expect(new URL(found.meta.endpoint).pathname).toBe('/consultRN/samlHoK/identifyPerson/v1')
    expect(found.meta.raw.request).toContain('<SubType>HOSPITAL</SubType>')
    expect(
      await other.searchPhonetic({ LastName: 'Voorbeelt', FirstName: 'Lou', BirthDate: '1968-05-21' }),
    ).toMatchObject({ outcome: 'found' })
  })

  it('says the same of a person as the later generations', async () => {
    const people = peopleOf(registry.simulator.world)
    for (const rarity of ['BIS', 'deceased', 'incomplete-birth-date', 'corrected-number'] as const) {
      const [ssin] = people.rare(rarity)
      const [v1, v2] = await Promise.all([
        old.searchBySsin(inscription(ssin!)),
        me.rnConsult.searchBySsin({ ssin: ssin! }),
      ])
      if (v1.outcome !== 'found' || v2.outcome !== 'found') throw new Error('expected both to know him')
      expect(v1.person.SSIN.value).toBe(v2.ssin)
      expect(v1.person.PersonData.Name?.Last).toBe(v2.person.name?.lastName)
      expect(v1.person.PersonData.Birth?.Date).toBe(v2.person.birth?.date?.value)
      expect(v1.person.PersonData.Decease?.Date).toBe(v2.person.decease?.date?.value)
    }
  })

  it('finds by sound, wider with a tolerance, and refuses too many', async () => {
    const people = peopleOf(registry.simulator.world)
    const [ssin] = people.rare('homonym')
    const { lastName, birthDate } = people.find(ssin!)!.person!
    const year = `${birthDate.slice(0, 4)}-00-00`
    const found = await old.searchPhonetic({ LastName: lastName, BirthDate: year, Tolerance: 0 })
    expect(found.outcome === 'found' && found.persons.map(({ SSIN }) => SSIN.value)).toContain(ssin)
    expect(
      await old.searchPhonetic({ LastName: lastName, BirthDate: year, Tolerance: 99, Maximum: 1 }),
    ).toMatchObject({
      outcome: 'refused',
      code: '300',
      errors: [{ code: 'E00001', fields: ['Maximum'] }],
    })
    expect(await old.searchPhonetic({ LastName: 'Qwixzoltiti', BirthDate: '1900-01-01' })).toMatchObject({
      outcome: 'none',
    })
    const refusal: unknown = await old
      .searchPhonetic({ LastName: lastName, BirthDate: year })
      .catch((error: unknown) => error)
    expect(isEHealthError(refusal, 'contract.invalid') && refusal.path).toBe('Tolerance')
  })

  it('tells the history of every fact', async () => {
    const people = peopleOf(registry.simulator.world)
    const [ssin] = people.rare('changed-name')
    const facts: Record<HistoryFact, string> = {
      name: 'NameHistory',
      gender: 'GenderHistory',
      birth: 'BirthHistory',
      civilState: 'CivilstateHistory',
      decease: 'DeceaseHistory',
      address: 'AddressHistory',
      nationality: 'NationalityHistory',
      familyComposition: 'FamilyCompositionHistory',
    }
    for (const [fact, list] of Object.entries(facts)) {
      const answer = await old.history(fact as HistoryFact, ssin!)
      expect(answer, fact).toMatchObject({
        outcome: 'answered',
        history: { SSIN: ssin, [list]: expect.any(Array) as unknown[] },
      })
    }
    const names = await old.history('name', ssin!)
    if (names.outcome !== 'answered') throw new Error('expected an answer')
    expect(names.history.NameHistory.length).toBeGreaterThan(1)
    expect(await old.history('address', '90010199893')).toMatchObject({
      outcome: 'answered',
      history: { AddressHistory: [] },
    })
    await expect(old.history('income' as HistoryFact, ssin!)).rejects.toMatchObject({
      code: 'configuration.invalid',
      path: 'fact',
    })
  })

  it('tells who lives under one roof', async () => {
    expect(await old.familyComposition(adult)).toMatchObject({
      outcome: 'found',
      family: { SSIN: adult, FamilyMember: [{ PersonData: { SSIN: adult }, Relationship: { Code: 1 } }] },
    })
    expect(await old.familyComposition('90010199893')).toMatchObject({ outcome: 'none' })
  })

  it('makes a number for who looks like nobody, and shows who looks like him', async () => {
    const created = await old.createPerson(newPerson('Qwixzoltaba'))
    expect(created).toMatchObject({
      outcome: 'created',
      ssin: expect.stringMatching(/^85[4-5]/) as string,
      data: { Birth: { Date: '1985-00-00' } },
    })
    if (created.outcome !== 'created') return
    expect(await old.createPerson(newPerson('Qwixzoltaba'))).toMatchObject({
      outcome: 'existing',
      persons: [{ SSIN: { value: created.ssin } }],
    })
  })

  it('does not repeat a making whose answer was lost', async () => {
    registry.simulator.faults.add({ kind: 'drop', when: 'after', service: 'managePersonV1', times: 1 })
    const before = registry.simulator.calls('managePersonV1')
    await expect(old.createPerson(newPerson('Qwixzoltoko'))).rejects.toMatchObject({
      code: 'person-registration.outcome-unknown',
    })
    expect(registry.simulator.calls('managePersonV1')).toBe(before + 1)
  })

  it('tells changes of people who are inscribed, once', async () => {
    const created = await old.createPerson(newPerson('Qwixzoltumu'))
    if (created.outcome !== 'created') throw new Error('expected a number')
    const { ssin } = created
    expect(await old.insertInscription(inscription(ssin))).toMatchObject({ outcome: 'done' })
    const changed = { SSIN: { value: ssin }, PersonData: { Name: { First: 'Testc', Last: 'QWIXZOLTUNU' } } }
    expect(await old.modifyPerson(changed)).toMatchObject({
      outcome: 'done',
      person: { PersonData: { Name: { Last: 'QWIXZOLTUNU' }, Birth: { Date: '1985-00-00' } } },
    })
    const first = await old.mutations()
    expect(first).toMatchObject({
      header: { Environment: 'T' },
      mutations: [{ MutationInformation: { Author: 'CBSS' }, Person: { SSIN: { value: ssin } } }],
    })
    const second = await old.mutations()
    expect(second.mutations).toEqual([])
    expect(second.header.SequenceNumber).toBe(first.header.SequenceNumber + 1)
    expect(await old.deleteInscription(inscription(ssin))).toMatchObject({ outcome: 'done' })
    expect(await old.deleteInscription(inscription(ssin))).toMatchObject({ outcome: 'refused' })
    await old.modifyPerson(changed)
    expect((await old.mutations()).mutations).toEqual([])
  })

  it('refuses to change who is in the national register, and a name that is not his', async () => {
    const person = { SSIN: { value: adult }, PersonData: { Name: { Last: 'ANDERS' } } }
    expect(await old.modifyPerson(person)).toMatchObject({ outcome: 'refused', errors: [{ code: 'E00007' }] })
    const wrong = { ...inscription(adult), Name: { Last: 'ANDERS' } }
    expect(await old.searchBySsin(wrong)).toMatchObject({ outcome: 'refused', errors: [{ code: 'E00003' }] })
  })

  it('is there', async () => {
    for (const service of certificateServices)
      expect(await old.monitor(service), service).toMatchObject({ outcome: 'done' })
  })

  it('takes an Application ID that was given out, and a number that can be', async () => {
    const other = createConsultRnV1(me.session, { applicationId: 'NOBODYS' })
    expect(await other.familyComposition(adult)).toMatchObject({
      outcome: 'refused',
      errors: [{ code: 'E00005' }],
    })
    await expect(old.familyComposition('68052199234')).rejects.toMatchObject({
      code: 'identifier.check-digit',
      path: 'ssin',
    })
  })

  it.each<[object, string]>([
    [{}, 'applicationId'],
    [{ applicationId: '123456789012' }, 'applicationId'],
    [{ applicationId: '0', searchWith: 'password' }, 'searchWith'],
    [{ applicationId: '0', organisation: { id: '1' } }, 'organisation.type'],
    [{ applicationId: '0', Organisation: {} }, 'Organisation'],
  ])('refuses options that cannot be', (options, path) => {
    expect(() => createConsultRnV1(me.session, options as never)).toThrow(
      expect.objectContaining({ code: 'configuration.invalid', path }),
    )
  })
})
