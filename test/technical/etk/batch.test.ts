import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { hospital } from '../../../src/professions/index.js'
import { makeAuthorities, type Authorities } from '../../../src/simulator/pki/authorities.js'
import { enrol } from '../../../src/simulator/pki/personas.js'
import { startSimulator, type DepotToken, type Simulator } from '../../../src/simulator/index.js'
import { memoryCache, type Cache } from '../../../src/technical/environment/cache.js'
import { systemRuntime } from '../../../src/technical/environment/runtime.js'
import { etkDepot, type TokenOwner } from '../../../src/technical/etk/index.js'
import { complement } from '../../../src/technical/identifiers/digits.js'
import { seal, unseal } from '../../../src/technical/seal/index.js'
import { openKeystore } from '../../../src/technical/keystore/index.js'
import { createSession, type Session, type SessionOptions } from '../../../src/technical/session/index.js'
import { createTransport } from '../../../src/technical/soap/index.js'
import type { Transport } from '../../../src/technical/soap/types.js'

const start = new Date('2026-03-02T08:00:00Z')
const cbe = '0999990123'

let simulator: Simulator
let other: Authorities
let applications: DepotToken[]
beforeAll(async () => {
  const runtime = { ...systemRuntime, now: () => start }
  other = await makeAuthorities(runtime, start, ['localhost'])
  const actor = { certificateType: 'CBE', certificateValue: cbe, displayName: 'SAMPLE SOFTWARE' }
  applications = await Promise.all(
    ['APP-1', 'APP-2'].map(async (application): Promise<DepotToken> => {
      const made = {
        actor: { ...actor, application },
        password: '',
        authorities: other,
        runtime,
        from: start,
      }
      return { type: 'CBE', value: cbe, application, etk: (await enrol(made)).tokens.at(-1)!.etk }
    }),
  )
  simulator = await startSimulator({ clock: { now: () => start }, register: { tokens: applications } })
})
afterAll(() => simulator.close())
beforeEach(() => simulator.clock.set(start))

function sessionOf(changes: Partial<SessionOptions> = {}): Session {
  const { trust } = simulator.environment
  return createSession({
    environment: {
      ...simulator.environment,
      trust: {
        tls: trust.tls!,
        signers: [...trust.signers!, other.root.certificate.toPem()],
      },
    },
    actor: hospital({ nihii: simulator.personas.hospital.nihii }),
    keystore: { file: 'there-is-none.p12', password: '' },
    runtime: simulator.runtime,
    ...changes,
  })
}

const owners = (): Record<'hospital' | 'nurse' | 'physician', TokenOwner> => ({
  hospital: { type: 'NIHII-HOSPITAL', value: simulator.personas.hospital.nihii, application: '' },
  nurse: { type: 'SSIN', value: simulator.personas.nurse.ssin },
  physician: { type: 'SSIN', value: simulator.personas.physician.ssin },
})

/** A hospital that nobody has registered. */
const stranger = (number: number): TokenOwner => {
  const digits = `7198${String(number).padStart(2, '0')}`
  return { type: 'NIHII-HOSPITAL', value: digits + complement(digits, 97) }
}

describe('a look-up of many', () => {
  it('finds what there is, names what is missing with its place, and loses nothing', async () => {
    const { hospital: one, nurse, physician } = owners()
    const list: TokenOwner[] = [
      one,
      stranger(1),
      nurse,
      { type: 'SSIN', value: '79051299153' },
      { type: 'CBE', value: cbe },
      { type: 'DOCTOR', value: '1' },
      physician,
    ]
    const { results, tokens, missing } = await etkDepot(sessionOf()).getMany(list)
    expect(results.map(({ index, owner }) => [index, owner])).toEqual(list.map((owner, i) => [i, owner]))
    expect(missing.map(({ index, error }) => [index, error.code])).toEqual([
      [1, 'etk.not-found'],
      [3, 'identifier.check-digit'],
      [4, 'etk.ambiguous'],
      [5, 'identifier.type'],
    ])
    expect(tokens).toEqual([0, 2, 6].map((index) => results[index]!.tokens![0]))
    expect(tokens.every(({ verified }) => verified.at.getTime() === start.getTime())).toBe(true)
  })

  it('may take every application of an owner', async () => {
    const list = [{ type: 'CBE', value: cbe }, owners().nurse]
    const { results, tokens, missing } = await etkDepot(sessionOf()).getMany(list, { applications: 'all' })
    expect(missing).toEqual([])
    expect(results.map((result) => result.tokens!.length)).toEqual([2, 1])
    expect(tokens.map(({ der }) => der).slice(0, 2)).toEqual(applications.map(({ etk }) => Buffer.from(etk)))
  })

  it('asks for an owner once, however often and however written he stands there', async () => {
    const { nurse, hospital: one } = owners()
    const before = simulator.calls('etkDepot')
    const list = [nurse, one, nurse, { ...one, value: `${one.value}000` }, { ...nurse }]
    // a cache that keeps nothing: it is the batch that asks once
    const cache: Cache = {
      get: async () => undefined,
      set: async () => undefined,
      delete: async () => undefined,
    }
    const { results, tokens } = await etkDepot(sessionOf({ cache })).getMany(list, { concurrency: 1 })
    expect(simulator.calls('etkDepot') - before).toBe(2)
    expect(results).toHaveLength(5)
    expect(tokens).toHaveLength(2)
    expect(results[3]!.tokens![0]).toBe(results[1]!.tokens![0])
  })

  it('has no more than so many under way at once', async () => {
    const inner = createTransport({ trust: simulator.environment.trust.tls! })
    let underWay = 0
    let most = 0
    const transport: Transport = {
      post: async (request) => {
        most = Math.max(most, ++underWay)
        try {
          return await inner.post(request)
        } finally {
          underWay -= 1
        }
      },
      close: () => inner.close(),
    }
    try {
      const list = Array.from({ length: 40 }, (_, i) => stranger(i))
      for (const concurrency of [undefined, 3]) {
        most = 0
        const { missing } = await etkDepot(sessionOf({ transport })).getMany(
          list,
          concurrency === undefined ? {} : { concurrency },
        )
        expect(missing).toHaveLength(40)
        expect(most).toBe(concurrency ?? 8)
      }
    } finally {
      inner.close()
    }
  })

  it('survives a depot that fails now and then', async () => {
    const { nurse, hospital: one, physician } = owners()
    simulator.faults.add({ kind: 'drop', service: 'etkDepot', skip: 1, times: 3 })
    const { missing, tokens } = await etkDepot(sessionOf()).getMany([nurse, one, physician], {
      concurrency: 1,
    })
    expect(missing.map(({ index, error }) => [index, error.family])).toEqual([[1, 'transport']])
    expect(tokens).toHaveLength(2)
  })

  it('of nobody is empty, and an impossible number at once is refused', async () => {
    const depot = etkDepot(sessionOf())
    expect(await depot.getMany([])).toEqual({ results: [], tokens: [], missing: [] })
    for (const concurrency of [0, -1, 1.5, NaN])
      await expect(depot.getMany([owners().nurse], { concurrency })).rejects.toMatchObject({
        code: 'configuration.invalid',
        path: 'concurrency',
      })
  })

  it('gives what a message is sealed for', async () => {
    const { keystore, password } = simulator.personas.nurse
    const nurse = await openKeystore({ bytes: keystore }, { password, now: start })
    const { tokens } = await etkDepot(sessionOf()).getMany([owners().hospital, owners().nurse])
    const sealed = await seal(Buffer.from('to both'), {
      credential: nurse.authentication,
      recipients: tokens,
      runtime: simulator.runtime,
    })
    const { content } = await unseal(sealed, {
      keys: nurse.decryptionKeys,
      trust: sessionOf().trust.signers,
      now: start,
    })
    expect(Buffer.from(content).toString()).toBe('to both')
  })
})

describe('a search', () => {
  it('tells one, several by their identifiers, or none', async () => {
    const depot = etkDepot(sessionOf())
    const found = await depot.search(owners().nurse)
    expect(found).toMatchObject({ outcome: 'found', token: { verified: { at: start } } })
    const before = simulator.calls('etkDepot')
    expect(await depot.search({ type: 'CBE', value: cbe })).toEqual({
      outcome: 'several',
      matches: ['APP-1', 'APP-2'].map((application) => ({
        identifiers: [{ type: 'CBE', value: cbe, application }],
      })),
    })
    expect(simulator.calls('etkDepot') - before).toBe(1)
    expect(await depot.search(stranger(50))).toEqual({ outcome: 'none' })
    await expect(depot.search({ type: 'CBE', value: '1234567890' })).rejects.toMatchObject({
      code: 'identifier.check-digit',
    })
  })

  it('by the identifier chosen gives the token, which is then kept under it', async () => {
    const depot = etkDepot(sessionOf())
    const found = await depot.search({ type: 'CBE', value: cbe })
    const [chosen] = found.outcome === 'several' ? found.matches[1]!.identifiers : []
    const token = await depot.get(chosen!)
    expect(token.der).toEqual(Buffer.from(applications[1]!.etk))
    const before = simulator.calls('etkDepot')
    expect(await depot.search(chosen!)).toMatchObject({ outcome: 'found' })
    // the tokens that were followed are kept as well: only the question for all of them goes out again
    await depot.getAll({ type: 'CBE', value: cbe })
    await depot.getAll({ type: 'CBE', value: cbe })
    expect(simulator.calls('etkDepot') - before).toBe(3)
  })
})

describe('how long a token is kept', () => {
  it('is an hour, or until the first of its certificates ends', async () => {
    const lifetimes: number[] = []
    const inner = memoryCache({ now: simulator.runtime.now })
    const cache: Cache = {
      ...inner,
      set: (key, value, milliseconds) => {
        lifetimes.push(milliseconds)
        return inner.set(key, value, milliseconds)
      },
    }
    const { notAfter } = (await etkDepot(sessionOf({ cache })).get(owners().nurse)).encryptionCertificate
    const tenMinutes = 10 * 60_000
    simulator.clock.set(new Date(notAfter.getTime() - tenMinutes))
    await etkDepot(sessionOf({ cache })).get(owners().nurse)
    expect(lifetimes).toEqual([60 * 60_000, tenMinutes])
  })
})
