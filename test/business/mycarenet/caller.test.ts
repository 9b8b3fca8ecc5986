import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  careProviderOf,
  commonInputOf,
  commonInputV4Of,
  isTest,
  newReference,
  originOf,
  type MyCareNetCaller,
  type MyCareNetOptions,
} from '../../../src/business/mycarenet/index.js'
import { connect } from '../../../src/connect.js'
import { isEHealthError, type EHealthError } from '../../../src/errors.js'
import { hospital, physician } from '../../../src/professions/index.js'
import { startSimulator, type Simulator } from '../../../src/simulator/index.js'
import { systemRuntime } from '../../../src/technical/environment/runtime.js'
import type { Session } from '../../../src/technical/session/index.js'

const licence = { username: 'synthetic-licence', password: 'synthetic-password' }
let simulator: Simulator
const closing: { close(): Promise<void> }[] = []
let doctor: Session
let clinic: Session

beforeAll(async () => {
  simulator = await startSimulator()
  const { personas, environment, runtime } = simulator
  const of = ({ keystore, password }: { keystore: Uint8Array; password: string }) => ({
    environment,
    runtime,
    keystore: { bytes: keystore, password },
  })
  const ada = await connect({ ...of(personas.physician), as: physician(numbersOf()) })
  const ward = await connect({ ...of(personas.hospital), as: hospital({ nihii: personas.hospital.nihii }) })
  closing.push(ada, ward)
  doctor = ada.session
  clinic = ward.session
})
afterAll(async () => {
  await Promise.all(closing.map((one) => one.close()))
  await simulator.close()
})

const numbersOf = () => ({
  ssin: simulator.personas.physician.ssin,
  nihii: simulator.personas.physician.nihii,
})

const caller = (session: Session, options: Partial<MyCareNetOptions> = {}): MyCareNetCaller => ({
  session,
  options: { licence, ...options },
})

async function refusal(work: Promise<unknown>): Promise<Pick<EHealthError, 'code' | 'path'>> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!isEHealthError(error)) throw new Error('was not refused')
  expect(error.message).not.toContain(licence.password)
  return { code: error.code, ...(error.path === undefined ? {} : { path: error.path }) }
}

describe('the origin of a request', () => {
  it('names a person by SSIN and by the name in the token, with his role', async () => {
    const { ssin, nihii } = simulator.personas.physician
    expect(await originOf(caller(doctor, { package: 'sample' }))).toEqual({
      Package: { Name: 'sample', License: { Username: 'synthetic-licence', Password: 'synthetic-password' } },
      CareProvider: {
        Nihii: { Quality: 'doctor', Value: nihii },
        PhysicalPerson: { Name: 'ADA SAMPLEMANS', Ssin: ssin },
      },
    })
  })

  it('names an organisation by its number of 11 digits', async () => {
    const { nihii, quality, element } = await careProviderOf(caller(clinic))
    expect({ nihii, quality }).toEqual({
      nihii: `${simulator.personas.hospital.nihii}000`,
      quality: 'hospital',
    })
    const Nihii = { Quality: 'hospital', Value: nihii }
    expect(element).toEqual({ Nihii, Organization: { Nihii } })
  })

  it('says what the options say otherwise: another care provider, a site, a sender', async () => {
    const { nihii } = simulator.personas.nurse
    const origin = await originOf(
      caller(clinic, {
        site: '42',
        careProvider: { nihii, quality: 'groupofnurses', name: 'Sample group' },
        sender: { organisation: { nihii: simulator.personas.hospital.nihii, quality: 'hospital' } },
      }),
    )
    expect(origin).toMatchObject({
      SiteID: '42',
      CareProvider: {
        Nihii: { Quality: 'groupofnurses', Value: nihii },
        Organization: { Name: 'Sample group' },
      },
      Sender: {
        Organization: { Nihii: { Quality: 'hospital', Value: `${simulator.personas.hospital.nihii}000` } },
      },
    })
    // an empty sender is refused by the services
    expect(await originOf(caller(clinic, { sender: {} }))).not.toHaveProperty('Sender')
  })

  it('is not made up: what is missing is told with its path', async () => {
    expect(await refusal(originOf({ session: doctor }))).toEqual({
      code: 'mycarenet.licence',
      path: 'mycarenet.licence',
    })
    expect(await refusal(originOf(caller(clinic, { careProvider: { kind: 'person' } })))).toEqual({
      code: 'mycarenet.care-provider',
      path: 'mycarenet.careProvider.ssin',
    })
    expect(await refusal(originOf(caller(doctor, { careProvider: { nihii: '19999025004' } })))).toEqual({
      code: 'identifier.check-digit',
      path: 'mycarenet.careProvider.nihii',
    })
    expect(await refusal(originOf(caller(doctor, { sender: { person: { name: 'Sample' } } })))).toEqual({
      code: 'mycarenet.care-provider',
      path: 'mycarenet.sender.person',
    })
  })

  it('is judged when the connection is made', async () => {
    const { personas, environment } = simulator
    const open = (mycarenet: unknown) =>
      connect({
        environment,
        keystore: { bytes: personas.physician.keystore, password: personas.physician.password },
        as: physician(numbersOf()),
        mycarenet: mycarenet as MyCareNetOptions,
      })
    expect(await refusal(open({}))).toEqual({ code: 'mycarenet.licence', path: 'mycarenet.licence' })
    expect(await refusal(open({ licence: { ...licence, password: '' } }))).toEqual({
      code: 'mycarenet.licence',
      path: 'mycarenet.licence.password',
    })
    expect(await refusal(open({ licence, site: '' }))).toEqual({
      code: 'configuration.invalid',
      path: 'mycarenet.site',
    })
    expect(await refusal(open({ licence, careprovider: {} }))).toEqual({
      code: 'configuration.invalid',
      path: 'mycarenet.careprovider',
    })
    expect(await refusal(open({ licence, sender: { person: { inss: '1' } } }))).toEqual({
      code: 'configuration.invalid',
      path: 'mycarenet.sender.person.inss',
    })
  })
})

describe('the head of a request', () => {
  it('has a reference of its own, letters and digits, however many are made at once', async () => {
    const made = await Promise.all(
      Array.from({ length: 50 }, () => commonInputOf(caller(doctor), { service: 'MDA' })),
    )
    const references = made.map(({ InputReference }) => InputReference)
    expect(new Set(references).size).toBe(50)
    for (const reference of references) expect(reference).toMatch(/^TMDA\d{17}[0-9A-F]{8}$/)
    expect(newReference('MDA', false, systemRuntime)).toMatch(/^PMDA/)
  })

  it("takes the caller's reference, if it is one", async () => {
    const given = await commonInputOf(caller(doctor), { service: 'MDA', reference: 'A2345678901234' })
    expect(given.InputReference).toBe('A2345678901234')
    for (const reference of ['A234567890123', 'A'.repeat(37), '_2345678901234'])
      expect(await refusal(commonInputOf(caller(doctor), { service: 'MDA', reference }))).toEqual({
        code: 'mycarenet.reference',
        path: 'reference',
      })
  })

  it('is a test outside of production, never the other way round', async () => {
    expect(isTest(caller(doctor))).toBe(true)
    const inside = (name: 'production' | 'custom', test?: boolean): MyCareNetCaller =>
      caller({ ...doctor, environment: { ...doctor.environment, name } }, test === undefined ? {} : { test })
    expect(isTest(inside('production'))).toBe(false)
    expect(isTest(inside('custom', false))).toBe(false)
    const denied = { code: 'mycarenet.test-flag', path: 'mycarenet.test' }
    expect(await refusal(Promise.resolve().then(() => isTest(inside('production', true))))).toEqual(denied)
    expect(await refusal(Promise.resolve().then(() => isTest(inside('custom'))))).toEqual(denied)
    expect(await refusal(commonInputOf(caller(doctor, { test: false }), { service: 'MDA' }))).toEqual(denied)
  })

  it('carries further references and attributes in version 4', async () => {
    const input = await commonInputV4Of(caller(doctor), {
      service: 'EAT',
      attributes: [{ key: 'urn:be:cin:nippin:attemptNbr', value: '1' }],
      references: [{ type: 'urn:example:reference', value: '7' }],
    })
    expect(input).toMatchObject({
      Request: { IsTest: true },
      Attribute: [{ Key: 'urn:be:cin:nippin:attemptNbr', Value: '1' }],
      Reference: [{ Type: 'urn:example:reference', value: '7' }],
    })
  })
})
