import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { createExclusions } from '../../../src/business/exclusions/index.js'
import { environmentOf } from '../../../src/technical/environment/environment.js'
import { exclusionsOf } from '../../../src/simulator/services/exclusions/state.js'
import { linksOf } from '../../../src/simulator/services/therlink/state.js'
import { createSession } from '../../../src/technical/session/index.js'
import { citizen, openCast, registerPharmacy, type Cast, type CitizenServices } from '../access/world.js'

let cast: Cast
let me: CitizenServices
const noon = new Date('2026-03-02T11:00:00Z')

beforeAll(async () => {
  cast = await openCast({ clock: { now: () => noon } })
  me = await cast.citizen('adult')
})
afterAll(() => cast.close())
beforeEach(() => {
  linksOf(cast.simulator.world).length = 0
  exclusionsOf(cast.simulator.world).length = 0
  cast.simulator.clock.set(noon)
})

const patient = () => ({ ssin: cast.patients.adult.ssin })
const codesOf = (outcome: { errors: { codes: string[] }[] }) => outcome.errors.flatMap(({ codes }) => codes)

describe('an exclusion', () => {
  it('is declared by the patient, listed, and taken back', async () => {
    const provider = cast.providers.physician
    expect(await me.exclusions.exclude({ patient: patient(), provider })).toMatchObject({ outcome: 'done' })
    expect(codesOf(await me.exclusions.exclude({ patient: patient(), provider }))).toEqual(['TL.ACCESS.10'])
    const found = await me.exclusions.list({ patient: patient() })
    expect(found).toMatchObject({
      outcome: 'found',
      exclusions: [
        {
          patient: { ssin: patient().ssin },
          provider: { roles: ['persphysician'], ssin: provider.ssin, ids: [{ scheme: 'INSS' }] },
          operations: [
            { operation: 'declaration', recordedAt: noon, author: { patient: { ssin: patient().ssin } } },
          ],
        },
      ],
    })
    // by SSIN alone: a number of one profession would not exclude the others
    expect(JSON.stringify(found)).not.toContain(provider.nihii)
    expect(await me.exclusions.revoke({ patient: patient(), provider })).toMatchObject({ outcome: 'done' })
    expect(codesOf(await me.exclusions.revoke({ patient: patient(), provider }))).toEqual(['TL.ACCESS.11'])
    expect(await me.exclusions.list({ patient: patient() })).toMatchObject({ exclusions: [] })
  })

  it('of a pharmacy goes by its NIHII number, and is found by it', async () => {
    const { pharmacy } = registerPharmacy(cast.simulator)
    await me.exclusions.exclude({ patient: patient(), provider: pharmacy })
    await me.exclusions.exclude({ patient: patient(), provider: cast.providers.nurse })
    expect(await me.exclusions.list({ patient: patient(), provider: pharmacy })).toMatchObject({
      exclusions: [{ provider: { roles: ['orgpharmacy'], number: '26000156' } }],
    })
  })

  it('stays in the history with what was done to it, by period', async () => {
    const provider = cast.providers.nurse
    await me.exclusions.exclude({ patient: patient(), provider })
    // late on the 19th in UTC, the 20th in Belgium
    cast.simulator.clock.set(new Date('2026-06-19T22:30:00Z'))
    await me.exclusions.revoke({ patient: patient(), provider })
    const inPeriod = async (from?: string, until?: string) => {
      const found = await me.exclusions.history({
        patient: patient(),
        ...(from === undefined ? {} : { from }),
        ...(until === undefined ? {} : { until }),
      })
      return found.outcome === 'found' ? found.exclusions.map(({ operations }) => operations.length) : found
    }
    expect(await inPeriod()).toEqual([2])
    expect(await inPeriod('2026-06-20')).toEqual([2])
    expect(await inPeriod('2026-06-21')).toEqual([])
    expect(await inPeriod(undefined, '2026-03-02')).toEqual([2])
    expect(await inPeriod(undefined, '2026-03-01')).toEqual([])
  })

  it('wins over every link: none is seen, none can be declared, nothing says why where nobody asks', async () => {
    const { physician, patients } = cast
    await physician.therlink.declare({ patient: patients.adult, proof: 'eidreading' })
    await me.exclusions.exclude({ patient: patient(), provider: cast.providers.physician })
    expect(await physician.therlink.has({ patient: patient() })).toMatchObject({
      outcome: 'answered',
      linked: false,
      errors: [],
    })
    expect(await physician.therlink.list({ patient: patient() })).toMatchObject({ links: [] })
    expect(
      await physician.therlink.declare({
        patient: patients.adult,
        type: 'consultation',
        proof: 'eidreading',
      }),
    ).toMatchObject({ outcome: 'excluded', errors: [{ codes: ['TL.ACCESS.08'] }] })
    await me.exclusions.revoke({ patient: patient(), provider: cast.providers.physician })
    expect(await physician.therlink.has({ patient: patient() })).toMatchObject({ linked: true })
  })

  it('is nobody else’s: no provider manages or reads it, no other patient', async () => {
    const provider = cast.providers.nurse
    const asProvider = createExclusions(cast.physician.session)
    expect(codesOf(await asProvider.exclude({ patient: patient(), provider }))).toEqual(['TL.ACCESS.05'])
    expect(codesOf(await asProvider.list({ patient: patient() }))).toEqual(['TL.ACCESS.05'])
    const stranger = await cast.citizen('foreigner')
    expect(codesOf(await stranger.exclusions.list({ patient: patient() }))).toEqual(['TL.ACCESS.07'])
    const child = { ssin: cast.patients.child.ssin }
    const author = {
      parties: [{ application: 'SAMPLE-1', name: 'Sample' }],
      patient: child,
      person: { ssin: patient().ssin },
    }
    expect(await me.exclusions.exclude({ patient: child, provider, author })).toMatchObject({
      outcome: 'done',
    })
  })

  it('is checked at the door', async () => {
    const before = cast.simulator.calls('therapeuticExclusion')
    for (const [work, code, path] of [
      [
        () =>
          me.exclusions.exclude({
            patient: patient(),
            provider: { role: 'persnurse', nihii: '49997263401' },
          }),
        'kmehr.party',
        'provider.ssin',
      ],
      [
        () => me.exclusions.history({ patient: patient(), from: '2026-03-02', until: '2026-03-01' }),
        'kmehr.date',
        'until',
      ],
    ] as const)
      await expect(work()).rejects.toMatchObject({ code, path })
    expect(cast.simulator.calls('therapeuticExclusion')).toBe(before)
  })

  it('has no address in the platform’s own environments: none is guessed', async () => {
    const card = await cast.simulator.card('adult')
    await using session = createSession({
      environment: environmentOf('acceptance'),
      actor: citizen(patient().ssin),
      keystore: card.keystore,
    })
    const author = { parties: [{ application: 'SAMPLE-1', name: 'Sample' }], patient: patient() }
    await expect(createExclusions(session).list({ patient: patient(), author })).rejects.toMatchObject({
      code: 'configuration.no-endpoint',
      path: 'endpoints.therapeuticExclusion',
    })
  })
})
