import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  personOperations,
  type SearchPersonPhoneticallyRequest,
} from '../../../src/business/rnConsult/contract.js'
import { connect, type Connection } from '../../../src/connect.js'
import { nurse, physician } from '../../../src/professions/index.js'
import { startSimulator, type Simulator } from '../../../src/simulator/index.js'
import { refusalIn } from '../../../src/business/registers/index.js'
import type { Session } from '../../../src/technical/session/index.js'
import { refusalOf } from '../../business/addressBook/people.js'

let simulator: Simulator
let ada: Connection<'rnConsult'>
let noor: Session
beforeAll(async () => {
  simulator = await startSimulator({ people: { count: 40, unknownApplication: 'fault' } })
  const { environment, runtime, personas } = simulator
  const common = (name: 'physician' | 'nurse') => ({
    environment,
    runtime,
    keystore: { bytes: personas[name].keystore, password: personas[name].password },
  })
  const numbers = (name: 'physician' | 'nurse') => ({
    ssin: personas[name].ssin,
    nihii: personas[name].nihii,
  })
  ada = await connect({
    ...common('physician'),
    as: physician(numbers('physician')),
    nationalRegister: { applicationId: 'UNKNOWN' },
  })
  noor = (await connect({ ...common('nurse'), as: nurse(numbers('nurse')) })).session
})
afterAll(async () => {
  await ada.close()
  await noor.close()
  await simulator.close()
})

const question = (): SearchPersonPhoneticallyRequest => ({
  Id: `_${simulator.runtime.uuid()}`,
  IssueInstant: simulator.clock.now(),
  ApplicationId: '0',
  Criteria: {
    Name: { LastName: 'Voorbeeld', GivenName: [], GivenNameMatching: 'IGNORE_GIVENNAME' },
    Birth: { BirthDate: '1985-09-30' },
  },
})

/** Asked without the door of the library. */
async function asked(change: (criteria: SearchPersonPhoneticallyRequest['Criteria']) => void) {
  const request = question()
  change(request.Criteria)
  return refusalIn(await ada.session.call(personOperations.searchPersonPhonetically, request))
}

describe('the registers of the simulator', () => {
  it('refuse a profession that has no authorisation, with the code of the platform', async () => {
    const error = await refusalOf(noor.call(personOperations.searchPersonPhonetically, question()))
    expect(error).toMatchObject({ code: 'fault.not-authorised', platform: { code: 'SOA-01002' } })
  })

  it('refuse a physician who is no general practitioner, and somebody whom the registers do not know', async () => {
    const { world, personas } = simulator
    const actor = world.actors.find(({ name }) => name === 'physician')!
    for (const other of [
      { ...actor, nihii: `${personas.physician.nihii.slice(0, 8)}340` },
      { ...actor, standing: 'not-recognised' as const },
    ]) {
      world.register(other)
      const call = ada.session.call(personOperations.searchPersonPhonetically, question())
      expect(await refusalOf(call)).toMatchObject({ platform: { code: 'SOA-01002' } })
    }
    world.register(actor)
  })

  it('answer an Application ID that nobody was given with a fault, when they are told to', async () => {
    const error = await refusalOf(ada.rnConsult.searchBySsin({ ssin: simulator.personas.physician.ssin }))
    expect(error).toMatchObject({ code: 'fault.business', platform: { code: 'RN-APPLICATION' } })
  })

  it.each<[string, string, (criteria: SearchPersonPhoneticallyRequest['Criteria']) => void]>([
    ['MSG00008', 'lastName', ({ Name }) => (Name.LastName = '')],
    ['MSG00008', 'givenNameMatching', ({ Name }) => (Name.GivenNameMatching = 'ANY')],
    ['MSG00008', 'givenName', ({ Name }) => (Name.GivenNameMatching = 'ALL_GIVENNAME')],
    ['MSG00008', 'givenName', ({ Name }) => (Name.GivenName = [{ value: 'x'.repeat(49) }])],
    ['MSG00008', 'sequence', ({ Name }) => (Name.GivenName = [{ value: 'x', Sequence: 4 }])],
    ['MSG00008', 'birthDate', ({ Birth }) => (Birth.BirthDate = '0000-00-00')],
    ['MSG00008', 'variation', ({ Birth }) => (Birth.Variation = 100)],
    ['MSG00008', 'genderCode', (criteria) => (criteria.Gender = { GenderCode: 'X' })],
    ['MSG00008', 'countryCode', (criteria) => (criteria.Address = { CountryCode: 1000 })],
    ['MSG00008', 'cityCode', (criteria) => (criteria.Address = { CountryCode: 150, CityCode: '1' })],
    ['MSG00008', 'maximumResultCount', (criteria) => (criteria.maximumResultCount = 0)],
    ['MSG00008', 'maximumResultCount', (criteria) => (criteria.maximumResultCount = 51)],
  ])('judge by the rules that the schemas once had: %s for %s', async (code, field, change) => {
    const refusal = await asked(change)
    expect(refusal).toMatchObject({
      code: 'urn:be:fgov:ehealth:2.0:status:Requester',
      reasons: [{ kind: 'Message', code, severity: 'FATAL', fields: [field] }],
    })
  })

  it('want a variation where the date is not complete', async () => {
    expect(await asked(({ Birth }) => (Birth.BirthDate = '1985-00-00'))).toMatchObject({
      reasons: [{ kind: 'ValidationError', code: 'V00001' }],
    })
  })

  it('take a blank for a given name that is not there, as older clients send it', async () => {
    expect(await asked(({ Name }) => (Name.GivenName = [{ value: ' ' }]))).toBeUndefined()
  })

  it('refuse a number with wrong check digits, and tell which field it was', async () => {
    const result = await ada.session.call(personOperations.searchPersonBySsin, {
      IssueInstant: simulator.clock.now(),
      ApplicationId: '0',
      Criteria: { Ssin: '90010199795' },
    })
    expect(refusalIn(result)).toMatchObject({ reasons: [{ code: 'MSG00008', fields: ['ssin'] }] })
    expect(JSON.stringify(refusalIn(result))).not.toContain('90010199795')
  })

  it.each([
    ['people.count', { count: -1 }],
    ['people.count', { count: 50_001 }],
    ['people.cuont', { cuont: 3 }],
  ])('refuse the option %s when it cannot be', async (path, people) => {
    const error = await refusalOf(startSimulator({ people } as never))
    expect(error).toMatchObject({ code: 'configuration.invalid', path })
  })
})
