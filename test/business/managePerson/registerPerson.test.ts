import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { createManagePerson, type ManagePerson } from '../../../src/business/managePerson/index.js'
import { RegisterPersonRequest, type PersonRequest } from '../../../src/business/managePerson/contract.js'
import type { Connection } from '../../../src/connect.js'
import { peopleOf } from '../../../src/simulator/register/index.js'
import { read } from '../../../src/technical/xml/index.js'
import { fixture } from '../registerMessages.js'
import { openRegistry, type Registry } from '../rnConsult/world.js'

let registry: Registry
let me: Connection<'rnConsult'>
let old: ManagePerson
let person: PersonRequest
beforeAll(async () => {
  registry = await openRegistry()
  me = await registry.physician()
  old = createManagePerson(me.session)
  person = read(RegisterPersonRequest, fixture('manageperson-v2-register.request.xml')).Person
})
afterAll(() => registry?.close())

describe('the registration of the second generation', () => {
  it('makes a number, which the later services know', async () => {
    const done = await old.registerPerson(person)
    expect(done).toMatchObject({
      outcome: 'created',
      person: {
        register: 'BIS',
        Name: { LastName: 'EXEMPLE', FirstName: 'TESTC', MiddleName: [{ value: 'TESTD', Order: '1' }] },
        Gender: { GenderCode: '1' },
      },
    })
    if (done.outcome !== 'created') return
    expect(await me.rnConsult.searchBySsin({ ssin: done.person.Ssin })).toMatchObject({
      outcome: 'found',
      person: {
        gender: { code: 'M' },
        nationalities: [{ code: 111 }],
        address: { residential: { countryCode: 111, postalCode: '99999', houseNumber: '12' } },
      },
    })
  })

  it('tells who looks like him, with the anomaly, and makes nobody', async () => {
    const size = peopleOf(registry.simulator.world).size
    expect(await old.registerPerson(person)).toMatchObject({
      outcome: 'existing',
      persons: [{ register: 'BIS', Name: { LastName: 'EXEMPLE' } }],
      refusal: {
        messages: ['Person not created'],
        details: [{ name: 'BusinessAnomalies', texts: [{ text: '999999' }, { text: 'FATAL' }, {}] }],
      },
    })
    expect(peopleOf(registry.simulator.world).size).toBe(size)
  })

  it('is refused as an outcome, and judged before anything is sent', async () => {
    const other = { ...person, Name: { ...person.Name, LastName: ' ' } }
    expect(await old.registerPerson(other)).toMatchObject({ outcome: 'refused' })
    const before = registry.simulator.calls('managePerson')
    const impossible = { ...person, Birth: { BirthDate: '1985' } }
    await expect(old.registerPerson(impossible)).rejects.toMatchObject({
      code: 'contract.invalid',
      path: 'RegisterPersonRequest.Person.Birth.BirthDate',
    })
    expect(() => createManagePerson(me.session, { applicationId: '' })).toThrow(
      expect.objectContaining({ code: 'rn-consult.application-id' }),
    )
    expect(registry.simulator.calls('managePerson')).toBe(before)
  })

  it('is never repeated, and says so when the answer was lost', async () => {
    const other = { ...person, Name: { ...person.Name, LastName: 'Qwixzoltatu' } }
    registry.simulator.faults.add({ kind: 'drop', when: 'after', service: 'managePerson', times: 1 })
    const before = registry.simulator.calls('managePerson')
    await expect(old.registerPerson(other)).rejects.toMatchObject({
      code: 'person-registration.outcome-unknown',
    })
    expect(registry.simulator.calls('managePerson')).toBe(before + 1)
  })
})
