import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { connect } from '../../../src/index.js'
import { hospital, physician } from '../../../src/professions/index.js'
import { makeAuthorities, type Authorities } from '../../../src/simulator/pki/authorities.js'
import { enrol } from '../../../src/simulator/pki/personas.js'
import { startSimulator, type DepotToken, type Simulator } from '../../../src/simulator/index.js'
import { memoryCache, type Cache } from '../../../src/technical/environment/cache.js'
import { systemRuntime } from '../../../src/technical/environment/runtime.js'
import { etkDepot } from '../../../src/technical/etk/index.js'
import { tokenCache } from '../../../src/technical/etk/cache.js'
import { ssinCheckDigits } from '../../../src/technical/identifiers/index.js'
import { createSession, type Session, type SessionOptions } from '../../../src/technical/session/index.js'

const start = new Date('2026-03-02T08:00:00Z')
const hour = 60 * 60 * 1000
const cbe = '0999990123'

let simulator: Simulator
let other: Authorities
let applications: DepotToken[]
const opened: Session[] = []

beforeAll(async () => {
  const runtime = { ...systemRuntime, now: () => start }
  other = await makeAuthorities(runtime, start, ['localhost'])
  const tokenOf = async (application: string): Promise<DepotToken> => {
    const actor = {
      certificateType: 'CBE',
      certificateValue: cbe,
      displayName: 'SAMPLE SOFTWARE',
      application,
    }
    const { tokens } = await enrol({ actor, password: '', authorities: other, runtime, from: start })
    return { type: 'CBE', value: cbe, application, etk: tokens.at(-1)!.etk }
  }
  applications = [await tokenOf('APP-1'), await tokenOf('APP-2')]
  simulator = await startSimulator({ clock: { now: () => start }, register: { tokens: applications } })
})
afterAll(() => simulator.close())
beforeEach(async () => {
  await Promise.all(opened.splice(0).map((session) => session.close()))
  simulator.clock.set(start)
})

/** A session without any key: the depot is open to everybody. */
function sessionOf(changes: Partial<SessionOptions> = {}): Session {
  const { trust } = simulator.environment
  const session = createSession({
    environment: {
      ...simulator.environment,
      trust: {
        ...trust,
        signers: [...trust.signers!, other.root.certificate.toPem()],
        registrationAuthority: [
          ...trust.registrationAuthority!,
          other.registrationAuthority.certificate.toPem(),
        ],
      },
    },
    actor: hospital({ nihii: simulator.personas.hospital.nihii }),
    keystore: { file: 'there-is-none.p12', password: '' },
    runtime: simulator.runtime,
    ...changes,
  })
  opened.push(session)
  return session
}

async function lookUps(action: () => Promise<unknown>): Promise<number> {
  const before = simulator.calls('etkDepot')
  await action()
  return simulator.calls('etkDepot') - before
}

const hospitalOwner = () => ({
  type: 'NIHII-HOSPITAL',
  value: simulator.personas.hospital.nihii,
  application: '',
})

describe('a look-up', () => {
  it('needs neither keystore nor token', async () => {
    const before = simulator.calls('sts')
    const token = await etkDepot(sessionOf()).get(hospitalOwner())
    expect(token.verified).toMatchObject({ at: start, warnings: [] })
    expect(simulator.calls('sts')).toBe(before)
  })

  it('takes numbers as people write them, a NIHII of 11 digits for its 8', async () => {
    const depot = etkDepot(sessionOf())
    const [one, two] = await Promise.all([
      depot.get(hospitalOwner()),
      depot.get({ ...hospitalOwner(), value: `${simulator.personas.hospital.nihii}000` }),
    ])
    expect(two.encryptionCertificate.equals(one.encryptionCertificate)).toBe(true)
  })

  it('by the NIHII number of a person finds the token of the SSIN', async () => {
    const depot = etkDepot(sessionOf())
    const { ssin, nihii } = simulator.personas.physician
    const bySsin = await depot.get({ type: 'SSIN', value: ssin, application: '' })
    const byNihii = await depot.get({ type: 'NIHII', value: nihii })
    expect(byNihii.encryptionCertificate.equals(bySsin.encryptionCertificate)).toBe(true)
  })

  it.each([
    ['a typing error', { type: 'NIHII-HOSPITAL', value: '71997359' }, 'identifier.check-digit', 'value'],
    ['a number that is cut short', { type: 'SSIN', value: '9001019979' }, 'identifier.check-digit', 'value'],
    ['a number that is too long', { type: 'CBE', value: '09999901230' }, 'identifier.length', 'value'],
    ['a type that nobody knows', { type: 'DOCTOR', value: '71997358' }, 'identifier.type', 'type'],
    [
      'an application that is no text',
      { type: 'CBE', value: cbe, application: null as never },
      'identifier.format',
      'application',
    ],
  ])('is refused before it is sent: %s', async (_, owner, code, path) => {
    const depot = etkDepot(sessionOf())
    expect(await lookUps(() => expect(depot.get(owner)).rejects.toMatchObject({ code, path }))).toBe(0)
  })
})

describe('the application', () => {
  it('names one token of several', async () => {
    const depot = etkDepot(sessionOf())
    const [one, two] = await Promise.all(
      applications.map(({ application }) =>
        depot.get({ type: 'CBE', value: cbe, application: application! }),
      ),
    )
    expect(one!.der).toEqual(Buffer.from(applications[0]!.etk))
    expect(two!.der).toEqual(Buffer.from(applications[1]!.etk))
  })

  it('left out finds all: each is fetched, and which there are is told', async () => {
    const depot = etkDepot(sessionOf())
    const calls = await lookUps(() =>
      expect(depot.get({ type: 'CBE', value: cbe })).rejects.toMatchObject({
        code: 'etk.ambiguous',
        details: { count: 2, applications: ['APP-1', 'APP-2'] },
      }),
    )
    expect(calls).toBe(3)
    expect(await depot.getAll({ type: 'CBE', value: cbe })).toHaveLength(2)
  })

  it('that is empty asks for the token without application', async () => {
    const depot = etkDepot(sessionOf())
    await expect(depot.get({ type: 'CBE', value: cbe, application: '' })).rejects.toMatchObject({
      code: 'etk.not-found',
    })
  })

  it('left out gives the one usable token when the other match is somebody else', async () => {
    const world = await startSimulator({
      clock: { now: () => start },
      register: { tokens: [applications[0]!, { ...applications[1]!, application: 'APP-3' }] },
    })
    try {
      const session = sessionOf({
        environment: {
          ...world.environment,
          trust: {
            tls: world.environment.trust.tls!,
            signers: [other.root.certificate.toPem()],
            registrationAuthority: [other.registrationAuthority.certificate.toPem()],
          },
        },
        runtime: world.runtime,
      })
      const token = await etkDepot(session).get({ type: 'CBE', value: cbe })
      expect(token.der).toEqual(Buffer.from(applications[0]!.etk))
    } finally {
      await world.close()
    }
  })
})

describe('what the depot says', () => {
  it('when it has nothing is an error of its own, and is not kept', async () => {
    const depot = etkDepot(sessionOf())
    const owner = { type: 'CBE', value: '0999990222', application: 'APP-9' }
    for (let i = 0; i < 2; i++)
      expect(
        await lookUps(() =>
          expect(depot.get(owner)).rejects.toMatchObject({
            code: 'etk.not-found',
            platform: { code: 'NO_MATCHING_ETK' },
          }),
        ),
      ).toBe(1)
  })

  it('when it refuses a number is told with its code', async () => {
    // born after the day that the depot lives in, not after the caller's
    const nine = '270601991'
    const session = sessionOf({ runtime: { ...simulator.runtime, now: () => new Date('2028-01-01') } })
    const error: unknown = await etkDepot(session)
      .get({ type: 'SSIN', value: nine + ssinCheckDigits(nine, true) })
      .catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'etk.invalid-number', platform: { code: 'INVALID_SSIN_NUMBER' } })
    expect(JSON.stringify(error)).not.toContain(nine)
  })

  it.each<[string, string, () => Promise<Uint8Array> | Uint8Array]>([
    [
      'is for somebody else',
      'etk.subject',
      () =>
        etkDepot(sessionOf())
          .get(hospitalOwner())
          .then(({ der }) => der),
    ],
    ['is no token', 'etk.malformed', () => Buffer.from('300a0201', 'hex')],
    ['is cut short', 'etk.malformed', () => applications[0]!.etk.subarray(0, 500)],
  ])('is refused when it %s', async (name, code, etk) => {
    // a number of its own for each case
    const value = {
      'is for somebody else': '71997754',
      'is no token': '71996764',
      'is cut short': '71995774',
    }[name]!
    simulator.world.addToken({ type: 'NIHII-HOSPITAL', value, etk: await etk() })
    await expect(etkDepot(sessionOf()).get({ type: 'NIHII-HOSPITAL', value })).rejects.toMatchObject({ code })
  })

  it('is refused when its authority is not the pinned one, or its chain leads nowhere', async () => {
    const { trust } = simulator.environment
    for (const changed of [
      { registrationAuthority: [other.registrationAuthority.certificate.toPem()] },
      { signers: [other.root.certificate.toPem()] },
    ]) {
      const session = sessionOf({
        environment: { ...simulator.environment, trust: { ...trust, ...changed } },
      })
      await expect(etkDepot(session).get(hospitalOwner())).rejects.toMatchObject({ code: 'etk.untrusted' })
    }
  })

  it('is refused when its certificates have ended', async () => {
    simulator.clock.advance(4 * 365 * 24 * hour)
    await expect(etkDepot(sessionOf()).get(hospitalOwner())).rejects.toMatchObject({ code: 'etk.expired' })
  })

  it('is refused when it is a fault', async () => {
    simulator.faults.add({ kind: 'soa', code: 'SOA-02002', service: 'etkDepot', times: 3 })
    const depot = etkDepot(sessionOf())
    await expect(depot.get(hospitalOwner())).rejects.toMatchObject({
      code: 'fault.temporarily-unavailable',
      retryable: true,
    })
    expect((await depot.get(hospitalOwner())).der.length).toBeGreaterThan(0)
  })
})

describe('tokens that were fetched before', () => {
  it('are shared by callers at the same time, whoever opened the depot', async () => {
    const session = sessionOf()
    expect(
      await lookUps(() =>
        Promise.all(Array.from({ length: 20 }, () => etkDepot(session).get(hospitalOwner()))),
      ),
    ).toBe(1)
  })

  it('are kept for an hour', async () => {
    const depot = etkDepot(sessionOf())
    await depot.get(hospitalOwner())
    simulator.clock.advance(hour - 1)
    expect(await lookUps(() => depot.get(hospitalOwner()))).toBe(0)
    simulator.clock.advance(1)
    expect(await lookUps(() => depot.get(hospitalOwner()))).toBe(1)
  })

  it('may be shared by sessions, and are judged by each with its own trust', async () => {
    const cache = memoryCache({ now: simulator.runtime.now })
    await etkDepot(sessionOf({ cache })).get(hospitalOwner())
    expect(await lookUps(() => etkDepot(sessionOf({ cache })).get(hospitalOwner()))).toBe(0)
    const { trust } = simulator.environment
    const distrustful = sessionOf({
      cache,
      environment: {
        ...simulator.environment,
        trust: { ...trust, signers: [other.root.certificate.toPem()] },
      },
    })
    await expect(etkDepot(distrustful).get(hospitalOwner())).rejects.toMatchObject({ code: 'etk.untrusted' })
  })

  it('are believed no more than the network: a foreign token in a shared store is thrown away', async () => {
    const inner = memoryCache({ now: simulator.runtime.now })
    const foreign = Buffer.from(applications[0]!.etk).toString('base64')
    const cache: Cache = { ...inner, set: (key, _, milliseconds) => inner.set(key, foreign, milliseconds) }
    const depot = etkDepot(sessionOf({ cache }))
    const first = await depot.get(hospitalOwner())
    const again = await depot.get(hospitalOwner())
    expect(again.encryptionCertificate.equals(first.encryptionCertificate)).toBe(true)
  })

  it('of a person found by his NIHII number stay with the session: a shared store proves nothing of them', async () => {
    const inner = memoryCache({ now: simulator.runtime.now })
    const owner = { type: 'NIHII', value: simulator.personas.physician.nihii }
    const nurse = await etkDepot(sessionOf()).get({ type: 'SSIN', value: simulator.personas.nurse.ssin })
    const poison = Buffer.from(nurse.der).toString('base64')
    const cache: Cache = { ...inner, get: async () => poison }
    const depot = etkDepot(sessionOf({ cache }))
    const { encryptionCertificate } = await depot.get(owner)
    expect(encryptionCertificate.equals(nurse.encryptionCertificate)).toBe(false)
    expect(await lookUps(() => depot.get(owner))).toBe(0)
    expect(await lookUps(() => etkDepot(sessionOf({ cache: inner })).get(owner))).toBe(1)
  })

  it('have keys that tell apart environments and applications, and hold no number', () => {
    const keyOf = (endpoint: string, owner: { type: string; value: string; application?: string }) =>
      tokenCache(memoryCache(), endpoint).key(owner)
    const owner = { type: 'CBE', value: cbe }
    const keys = [
      keyOf('https://a/EtkDepot/v1', owner),
      keyOf('https://b/EtkDepot/v1', owner),
      keyOf('https://a/EtkDepot/v1', { ...owner, application: '' }),
      keyOf('https://a/EtkDepot/v1', { ...owner, application: 'APP' }),
      keyOf('https://a/EtkDepot/v1', { ...owner, type: 'EHP' }),
    ]
    expect(new Set(keys).size).toBe(keys.length)
    for (const key of keys) expect(key).not.toContain(cbe)
  })

  it('are out of reach for a closed session', async () => {
    const session = sessionOf()
    const depot = etkDepot(session)
    await depot.get(hospitalOwner())
    await session.close()
    await expect(depot.get(hospitalOwner())).rejects.toMatchObject({ code: 'configuration.closed' })
  })
})

describe('the technical connector of a connection', () => {
  it('seals for others and for oneself, and both can open it', async () => {
    const open = async (name: 'physician' | 'hospital') => {
      const { ssin, nihii, keystore, password } = simulator.personas[name]
      return connect({
        environment: simulator.environment,
        keystore: { bytes: keystore, password },
        as: name === 'physician' ? physician({ ssin: ssin!, nihii: nihii }) : hospital({ nihii: nihii }),
        runtime: simulator.runtime,
      })
    }
    await using doctor = await open('physician')
    await using receiver = await open('hospital')
    const own = await doctor.technical.etk.own()
    const { decryptionKeys } = await doctor.session.keystore()
    expect(decryptionKeys.some((key) => key.certificate.equals(own.encryptionCertificate))).toBe(true)
    const content = Buffer.from('Dear colleague')
    const to = [own, await doctor.technical.etk.get(hospitalOwner())]
    const sealed = await doctor.technical.seal(content, { to })
    for (const me of [doctor, receiver]) {
      const opened = await me.technical.unseal(sealed)
      expect(Buffer.from(opened.content)).toEqual(content)
      expect(opened.author).toMatchObject({ type: 'SSIN', value: simulator.personas.physician.ssin })
    }
    await expect(
      receiver.technical.unseal(await doctor.technical.seal(content, { to: [own] })),
    ).rejects.toMatchObject({ code: 'unseal.not-addressed' })
  })
})
