import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { startSimulator, type Simulator } from '../../src/simulator/index.js'
import { readToken, verifyToken } from '../../src/technical/etk/index.js'
import { etkDepotOperations, type EtkIdentifier } from '../../src/technical/etk/contract.js'
import { Certificate } from '../../src/technical/pki/index.js'
import { callOperation } from './support.js'

const cbe = '0999990123'
const applicationToken = Uint8Array.of(0x30, 0)

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator({
    register: {
      tokens: ['APP-1', 'APP-2', undefined].map((application) => ({
        type: 'CBE',
        value: cbe,
        ...(application === undefined ? {} : { application }),
        etk: applicationToken,
      })),
    },
  })
})
afterAll(() => simulator.close())

const search = async (...Identifier: EtkIdentifier[]) =>
  (
    await callOperation(
      simulator,
      etkDepotOperations.getEtk,
      { SearchCriteria: { Identifier } },
      { kind: 'none' },
    )
  ).value

describe('the depot of encryption tokens', () => {
  it('gives a token that verifies, in the name that was asked for', async () => {
    const { ssin } = simulator.personas.nurse
    const response = await search({ Type: 'SSIN', Value: ssin })
    expect(response.Status).toMatchObject({ Code: '200', Message: [{ Lang: 'EN', value: 'Success' }] })
    expect(response.GivenSearchCriteria).toEqual({ Identifier: [{ Type: 'SSIN', Value: ssin }] })
    const { trust } = simulator.environment
    const verified = verifyToken(readToken(response.ETK!), {
      trust: trust.signers!.map((item) => Certificate.from(item)),
      registrationAuthority: trust.registrationAuthority!.map((item) => Certificate.from(item)),
      at: simulator.clock.now(),
      expected: { type: 'SSIN', value: ssin },
    })
    // The newer one of two keys: the replaced token is kept, but not served.
    expect(verified.encryptionCertificate.isValidAt(simulator.clock.now())).toBe(true)
    expect(simulator.world.tokens.filter(({ value }) => value === ssin)).toHaveLength(2)
  })

  it('finds a professional by NIHII, and an organisation by 11 digits', async () => {
    const { physician, hospital } = simulator.personas
    const bySsin = await search({ Type: 'SSIN', Value: physician.ssin })
    expect((await search({ Type: 'NIHII', Value: physician.nihii.slice(0, 8) })).ETK).toEqual(bySsin.ETK)
    expect((await search({ Type: 'NIHII11', Value: physician.nihii })).ETK).toEqual(bySsin.ETK)
    expect((await search({ Type: 'NIHII-HOSPITAL', Value: `${hospital.nihii}000` })).ETK).toBeDefined()
  })

  it('tells an absent application from an empty one', async () => {
    const any = await search({ Type: 'CBE', Value: cbe })
    expect(any.ETK).toBeUndefined()
    const matches = any.MatchingEtk!.map(({ Identifier }) => Identifier[0]!)
    expect(matches.map(({ ApplicationID }) => ApplicationID)).toEqual(['APP-1', 'APP-2', ''])
    for (const match of matches) expect((await search(match)).ETK).toEqual(Buffer.from(applicationToken))
    const { ssin } = simulator.personas.nurse
    expect((await search({ Type: 'SSIN', Value: ssin, ApplicationID: 'APP-1' })).Error).toMatchObject([
      { Code: 'NO_MATCHING_ETK' },
    ])
    expect((await search({ Type: 'SSIN', Value: ssin, ApplicationID: '' })).ETK).toBeDefined()
  })

  it.each([
    ['SSIN', '79051299153', 'INVALID_SSIN_NUMBER'],
    ['SSIN', '790512', 'INVALID_SSIN_NUMBER'],
    ['SSIN', '00000000000', 'NO_MATCHING_ETK'],
    ['SSIN', '84112399856', 'NO_MATCHING_ETK'],
    ['NIHII-PHARMACY', '12345678', 'INVALID_NIHII_NUMBER'],
    ['CBE', '0999990124', 'INVALID_CBE_NUMBER'],
    ['CBE', 'x', 'INVALID_CBE_NUMBER'],
    ['CBE', '0999990222', 'NO_MATCHING_ETK'],
    ['EHP', '1999990112', 'NO_MATCHING_ETK'],
  ])('answers %s %s with %s', async (Type, Value, Code) => {
    const response = await search({ Type, Value })
    expect(response.Status.Code).toBe('200')
    expect(response.Error?.map((error) => error.Code)).toEqual([Code])
  })

  it('does not know every type', async () => {
    const response = await search({ Type: 'PASSPORT', Value: '1' })
    expect(response).toMatchObject({ Status: { Code: '400' } })
    expect(response.GivenSearchCriteria).toBeUndefined()
  })
})
