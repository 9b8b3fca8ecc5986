import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { createAccess, type BrokenGlass } from '../../../src/business/access/index.js'
import type { FaultPlan } from '../../../src/simulator/index.js'
import { consentsOf } from '../../../src/simulator/services/consent/state.js'
import { exclusionsOf } from '../../../src/simulator/services/exclusions/state.js'
import { linksOf } from '../../../src/simulator/services/therlink/state.js'
import { endpointOf, environmentOf } from '../../../src/technical/environment/environment.js'
import { createSession } from '../../../src/technical/session/index.js'
import { citizen, openCast, type Cast, type CitizenServices } from './world.js'

let cast: Cast
let me: CitizenServices
const noon = new Date('2026-03-02T11:00:00Z')
const reason = 'unconscious, brought in by ambulance'

beforeAll(async () => {
  cast = await openCast({ clock: { now: () => noon } })
  me = await cast.citizen('adult')
})
afterAll(() => cast.close())
beforeEach(() => {
  consentsOf(cast.simulator.world).clear()
  linksOf(cast.simulator.world).length = 0
  exclusionsOf(cast.simulator.world).length = 0
  cast.simulator.faults.clear()
})

const patient = () => ({ ssin: cast.patients.adult.ssin })
const consent = () => cast.nurse.consent.declare({ patient: cast.patients.adult })
const link = () => cast.physician.therlink.declare({ patient: cast.patients.adult, proof: 'eidreading' })
const emergency = (used: BrokenGlass[] = []) => ({
  reason,
  record: (use: BrokenGlass) => void used.push(use),
})
const silence = (service: 'consent' | 'therLink' | 'therapeuticExclusion'): FaultPlan => ({
  kind: 'soa',
  code: 'SOA-02001',
  service,
  times: Infinity,
})

describe('may a provider read', () => {
  it('with consent and link: yes, while the hub decides on exclusions and types', async () => {
    await consent()
    await link()
    const answer = await cast.physician.access.mayRead({ patient: patient(), documents: ['sumehr'] })
    expect(answer).toMatchObject({
      decision: 'allow',
      via: 'link',
      documents: ['sumehr'],
      cautions: [{ code: 'exclusion-not-checked' }, { code: 'matrix-not-checked' }],
      checks: {
        consent: { finding: 'given' },
        link: { finding: 'linked' },
        exclusion: { finding: 'unchecked' },
      },
    })
    // a provider may not ask for exclusions, and so nobody does
    expect(cast.simulator.calls('therapeuticExclusion')).toBe(0)
  })

  it('without: no, with every reason and what to do about each', async () => {
    const answer = await cast.physician.access.mayRead({ patient: patient() })
    expect(answer).toMatchObject({
      decision: 'deny',
      reasons: [
        { code: 'no-consent', advice: expect.stringContaining('consent.declare') as string },
        { code: 'no-link', advice: expect.stringContaining('therlink.declare') as string },
      ],
    })
  })

  it('after the patient has died: no, for its own reason', async () => {
    expect(
      await cast.physician.access.mayRead({
        patient: { ssin: cast.patients.deceased.ssin },
        emergency: emergency(),
      }),
    ).toMatchObject({ decision: 'deny', reasons: [{ code: 'deceased' }] })
  })

  it('in an emergency without link: yes, and the reason is recorded before', async () => {
    await consent()
    const used: BrokenGlass[] = []
    const answer = await cast.physician.access.mayRead({ patient: patient(), emergency: emergency(used) })
    const use = {
      reason,
      at: noon,
      patientSsin: patient().ssin,
      provider: { role: 'persphysician', ssin: cast.providers.physician.ssin },
    }
    expect(answer).toMatchObject({
      decision: 'allow',
      via: 'break-the-glass',
      brokenGlass: use,
      cautions: [
        { code: 'break-the-glass' },
        { code: 'exclusion-not-checked' },
        { code: 'matrix-not-checked' },
      ],
    })
    expect(used).toMatchObject([use])
  })

  it('in an emergency that could not be recorded: there is no answer', async () => {
    await consent()
    await expect(
      cast.physician.access.mayRead({
        patient: patient(),
        emergency: { reason, record: () => Promise.reject(new Error('disk full')) },
      }),
    ).rejects.toThrow('disk full')
  })

  it('in an emergency with a link: by the link, and the glass stays whole', async () => {
    await consent()
    await link()
    const used: BrokenGlass[] = []
    const answer = await cast.physician.access.mayRead({ patient: patient(), emergency: emergency(used) })
    expect(answer).toMatchObject({ decision: 'allow', via: 'link' })
    expect(answer).not.toHaveProperty('brokenGlass')
    expect(used).toEqual([])
  })

  it('in an emergency without consent: no', async () => {
    const used: BrokenGlass[] = []
    expect(
      await cast.physician.access.mayRead({ patient: patient(), emergency: emergency(used) }),
    ).toMatchObject({ decision: 'deny', reasons: [{ code: 'no-consent' }] })
    expect(used).toEqual([])
  })

  it('types that the matrix does not give his role: the others only, and none is a no', async () => {
    await consent()
    await link()
    const ask = (matrix: Record<string, string[]>) =>
      cast.physician.access.mayRead({ patient: patient(), documents: ['sumehr', 'labresult'], matrix })
    const some = await ask({ persphysician: ['sumehr'] })
    expect(some).toMatchObject({ decision: 'allow', documents: ['sumehr'] })
    expect(some).toMatchObject({ cautions: [{ code: 'exclusion-not-checked' }] })
    expect(await ask({ persnurse: ['sumehr'] })).toMatchObject({
      decision: 'deny',
      reasons: [{ code: 'not-in-matrix' }],
    })
  })

  it('when a service does not answer: unknown, with what is known already', async () => {
    cast.simulator.faults.add(silence('therLink'))
    expect(await cast.physician.access.mayRead({ patient: patient(), emergency: emergency() })).toMatchObject(
      {
        decision: 'unknown',
        causes: [{ code: 'link-unanswered', advice: expect.stringContaining('later') as string }],
        reasons: [{ code: 'no-consent' }],
        checks: { link: { finding: 'unanswered', failure: { code: 'fault.unavailable' } } },
      },
    )
  })

  it('when a service refuses the question: unknown, with its errors', async () => {
    expect(
      await cast.physician.access.mayRead({
        patient: patient(),
        author: { parties: [cast.providers.nurse] },
        provider: cast.providers.physician,
      }),
    ).toMatchObject({
      decision: 'unknown',
      causes: [{ code: 'consent-refused' }, { code: 'link-refused' }],
      checks: {
        consent: { errors: [{ codes: ['MH2.INPUT.2'] }] },
        link: { errors: [{ codes: ['TL.ACCESS.15'] }] },
      },
    })
  })

  it('asks both registers at the same time', async () => {
    cast.simulator.faults.add({ kind: 'soa', code: 'SOA-02001', service: 'consent', times: Infinity })
    const before = cast.simulator.calls('therLink')
    await cast.physician.access.mayRead({ patient: patient() })
    // the link is asked for although the consent says nothing
    expect(cast.simulator.calls('therLink')).toBe(before + 1)
  })

  it.each<[string, object, string, string]>([
    ['a wrong SSIN', { patient: { ssin: '68052199236' } }, 'identifier.check-digit', 'patient.ssin'],
    [
      'a short reason',
      { emergency: { reason: 'hurry', record: () => undefined } },
      'access.reason',
      'emergency.reason',
    ],
    [
      'a long reason',
      { emergency: { reason: 'x'.repeat(201), record: () => undefined } },
      'access.reason',
      'emergency.reason',
    ],
    ['a reason that nobody keeps', { emergency: { reason } }, 'access.reason', 'emergency.record'],
    ['an unknown option', { force: true }, 'configuration.invalid', 'force'],
  ])('is told what is wrong with the question: %s', async (_, change, code, path) => {
    await expect(cast.physician.access.mayRead({ patient: patient(), ...change })).rejects.toMatchObject({
      code,
      path,
    })
  })
})

describe('may a provider read, the patient asks', () => {
  it('not when he is excluded, an emergency or not', async () => {
    await consent()
    await link()
    const provider = cast.providers.physician
    expect(await me.access.mayRead({ patient: patient(), provider })).toMatchObject({
      decision: 'allow',
      checks: { exclusion: { finding: 'none' } },
    })
    await me.exclusions.exclude({ patient: patient(), provider })
    const used: BrokenGlass[] = []
    expect(
      await me.access.mayRead({ patient: patient(), provider, emergency: emergency(used) }),
    ).toMatchObject({ decision: 'deny', reasons: [{ code: 'excluded' }] })
    expect(used).toEqual([])
  })

  it('where the exclusions have no address: they are not checked, and it says so', async () => {
    await consent()
    await link()
    const { environment, runtime } = cast.simulator
    const { keystore } = await cast.simulator.card('adult')
    const at = (service: 'sts' | 'consent' | 'therLink') => endpointOf(environment, service)
    await using session = createSession({
      environment: environmentOf('acceptance', environment.trust, {
        sts: at('sts'),
        consent: at('consent'),
        therLink: at('therLink'),
      }),
      runtime,
      keystore,
      actor: citizen(patient().ssin),
    })
    expect(
      await createAccess(session).mayRead({ patient: patient(), provider: cast.providers.physician }),
    ).toMatchObject({
      decision: 'allow',
      cautions: [{ code: 'exclusion-not-checked' }, { code: 'matrix-not-checked' }],
      checks: { exclusion: { finding: 'unchecked' } },
    })
  })

  it('names the provider', async () => {
    await expect(me.access.mayRead({ patient: patient() })).rejects.toMatchObject({ code: 'access.provider' })
  })
})

describe('over the wire, in every combination of the registers', () => {
  it('never allows what a rule forbids, and is unknown when a service is silent', async () => {
    const { physician } = cast.providers
    const other = { ...cast.providers.nurse }
    const combinations = fc.record({
      consent: fc.constantFrom('given', 'revoked', 'none', 'silent'),
      link: fc.constantFrom('linked', 'ended', 'with-another', 'none', 'silent'),
      exclusion: fc.constantFrom('excluded', 'other', 'none', 'silent'),
      emergency: fc.boolean(),
      asking: fc.constantFrom('patient', 'provider'),
    })
    await fc.assert(
      fc.asyncProperty(
        combinations,
        async ({ consent: c, link: l, exclusion: e, emergency: hurry, asking }) => {
          const { world, faults, clock } = cast.simulator
          faults.clear()
          clock.set(noon)
          consentsOf(world).clear()
          linksOf(world).length = 0
          exclusionsOf(world).length = 0
          if (c === 'given' || c === 'revoked') await consent()
          if (c === 'revoked') await cast.nurse.consent.revoke({ patient: cast.patients.adult })
          if (l === 'with-another')
            await cast.nurse.therlink.declare({ patient: cast.patients.adult, proof: 'eidreading' })
          if (l === 'linked' || l === 'ended') await link()
          if (l === 'ended')
            await cast.physician.therlink.revoke({ patient: cast.patients.adult, proof: 'eidreading' })
          if (e === 'excluded' || e === 'other')
            await me.exclusions.exclude({
              patient: patient(),
              provider: e === 'excluded' ? physician : other,
            })
          if (c === 'silent') faults.add(silence('consent'))
          if (l === 'silent') faults.add(silence('therLink'))
          if (e === 'silent') faults.add(silence('therapeuticExclusion'))
          const used: BrokenGlass[] = []
          const access = asking === 'patient' ? me.access : createAccess(cast.physician.session)
          const answer = await access.mayRead({
            patient: patient(),
            provider: physician,
            ...(hurry ? { emergency: emergency(used) } : {}),
          })
          const asked = asking === 'patient'
          const silent = c === 'silent' || l === 'silent' || (asked && e === 'silent')
          const known = asked && e === 'excluded'
          if (answer.decision === 'allow') {
            expect(c).toBe('given')
            expect(silent).toBe(false)
            // an exclusion that the caller may not ask for shows itself as no link
            expect(e === 'excluded' && answer.via === 'link').toBe(false)
            expect(known).toBe(false)
            expect(l === 'linked' || hurry).toBe(true)
          }
          expect(answer.decision === 'unknown').toBe(silent && !known)
          expect(used.length).toBe(answer.decision === 'allow' && answer.via === 'break-the-glass' ? 1 : 0)
        },
      ),
      { numRuns: 60 },
    )
  }, 120_000)
})
