import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { consentOperations } from '../../../src/business/consent/contract.js'
import { consentsOf } from '../../../src/simulator/services/consent/state.js'
import { connect } from '../../../src/connect.js'
import { hospital, physician, professionOf } from '../../../src/professions/index.js'
import { openCast, registerPharmacy, type Cast } from '../access/world.js'

let cast: Cast
const noon = new Date('2026-03-02T11:00:00Z')
const today = '2026-03-02'

beforeAll(async () => {
  cast = await openCast({ clock: { now: () => noon } })
})
afterAll(() => cast.close())
beforeEach(() => {
  consentsOf(cast.simulator.world).clear()
  cast.simulator.faults.clear()
  cast.simulator.clock.set(noon)
})

const adult = () => cast.patients.adult
const calls = (operation: string) => cast.simulator.calls('consent', operation)

describe('the author of a connection', () => {
  it('is the hospital, not whoever acts in it: no card is needed, and his number is none of the hospital', async () => {
    const { physician: doctor, hospital: house } = cast.simulator.personas
    const user = physician({ ssin: doctor.ssin, nihii: doctor.nihii })
    const { environment, runtime } = cast.simulator
    await using me = await connect({
      environment,
      runtime,
      keystore: { bytes: house.keystore, password: house.password },
      identification: { bytes: doctor.keystore, password: doctor.password },
      as: hospital({ nihii: house.nihii, user }),
    })
    const { ssin, firstName, familyName } = adult()
    const declared = await me.consent.declare({ patient: { ssin, firstName, familyName } })
    expect(declared).toMatchObject({ outcome: 'declared' })
    expect(await me.consent.get({ patient: { ssin } })).toMatchObject({
      outcome: 'active',
      consent: { author: { parties: [{ roles: ['orghospital'], number: house.nihii }] } },
    })
  })

  it('cannot be told of a pharmacy, which names its holder: nothing is sent', async () => {
    const { keystore, password, numbers, identifiedBy } = await cast.simulator.persona('pharmacy')
    const pharmacist = await cast.simulator.persona(identifiedBy!)
    const { environment, runtime } = cast.simulator
    await using me = await connect({
      environment,
      runtime,
      keystore: { bytes: keystore, password },
      identification: { bytes: pharmacist.keystore, password: pharmacist.password },
      as: professionOf('pharmacy', numbers),
    })
    const before = calls('GetPatientConsentStatus')
    await expect(me.consent.status({ patient: { ssin: adult().ssin } })).rejects.toMatchObject({
      code: 'kmehr.author',
      hint: expect.stringContaining('holder') as string,
    })
    expect(calls('GetPatientConsentStatus')).toBe(before)
    const parties = [
      { role: 'orgpharmacy', nihii: numbers.nihii!, name: 'Sample Pharmacy' },
      { role: 'perspharmacist', ssin: pharmacist.ssin!, nihii: pharmacist.nihii! },
    ]
    const known = await me.consent.status({ patient: { ssin: adult().ssin }, author: { parties } })
    expect(known).toMatchObject({ outcome: 'known' })
  })
})

describe('a consent', () => {
  it('is declared by a professional with the card of the patient, and read back with who registered it', async () => {
    const { physician } = cast
    expect(await physician.consent.status({ patient: { ssin: adult().ssin } })).toMatchObject({
      outcome: 'known',
      status: 'NONE',
    })
    const declared = await physician.consent.declare({ patient: adult(), signDate: '2026-02-27' })
    expect(declared).toMatchObject({ outcome: 'declared', signDate: '2026-02-27', errors: [] })
    const found = await physician.consent.get({ patient: { ssin: adult().ssin } })
    expect(found).toMatchObject({
      outcome: 'active',
      consent: {
        patient: { ssin: adult().ssin, firstName: 'Lou', familyName: 'Voorbeeld' },
        types: ['retrospective'],
        signDate: '2026-02-27',
        author: {
          parties: [
            {
              roles: ['persphysician'],
              ssin: cast.providers.physician.ssin,
              number: cast.providers.physician.nihii,
              firstName: 'ADA',
              familyName: 'SAMPLEMANS',
            },
          ],
        },
      },
    })
    // the answer does not tell the card
    expect(JSON.stringify(found)).not.toContain(adult().eidCard)
  })

  it('goes through its states: none, given, revoked, given again', async () => {
    const { nurse } = cast
    const state = async () => {
      const found = await nurse.consent.status({ patient: { ssin: adult().ssin } })
      return found.outcome === 'known'
        ? [found.status, found.consent?.signDate, found.consent?.revokeDate]
        : found
    }
    expect(await state()).toEqual(['NONE', undefined, undefined])
    await nurse.consent.declare({ patient: adult() })
    expect(await state()).toEqual(['GIVEN', today, undefined])
    cast.simulator.clock.set(new Date('2026-03-05T11:00:00Z'))
    expect(await nurse.consent.revoke({ patient: adult() })).toMatchObject({
      outcome: 'revoked',
      revokeDate: '2026-03-05',
    })
    expect(await state()).toEqual(['REVOKED', today, '2026-03-05'])
    await nurse.consent.declare({ patient: adult() })
    expect(await state()).toEqual(['GIVEN', '2026-03-05', undefined])
  })

  it('that is there, or not there, is told as such with the errors of the platform', async () => {
    const { physician } = cast
    expect(await physician.consent.get({ patient: { ssin: adult().ssin } })).toMatchObject({
      outcome: 'none',
      errors: [
        {
          codes: ['MH2.ACCESS.9'],
          text: 'No active consent for the patient',
          language: 'en',
          meaning: 'there is no active consent',
        },
      ],
    })
    expect(await physician.consent.revoke({ patient: adult() })).toMatchObject({
      outcome: 'none-active',
      errors: [{ codes: ['MH2.ACCESS.9'] }],
    })
    await physician.consent.declare({ patient: adult() })
    expect(await physician.consent.declare({ patient: adult() })).toMatchObject({
      outcome: 'already-declared',
      errors: [{ codes: ['MH2.ACCESS.8'] }],
    })
  })

  it('of a child without eID goes by the ISI+ card, of a foreigner by a card with a letter', async () => {
    for (const patient of [cast.patients.child, cast.patients.foreigner])
      expect(await cast.physician.consent.declare({ patient })).toMatchObject({ outcome: 'declared' })
  })

  it('of somebody who has died is refused, and his state is told', async () => {
    const { deceased } = cast.patients
    expect(await cast.physician.consent.declare({ patient: deceased })).toMatchObject({
      outcome: 'refused',
      errors: [{ codes: ['MH2.INPUT.19'] }],
    })
    expect(await cast.physician.consent.status({ patient: { ssin: deceased.ssin } })).toMatchObject({
      status: 'DECEASED',
    })
    expect(await cast.physician.consent.ensureDeclared({ patient: deceased })).toMatchObject({
      outcome: 'deceased',
    })
  })

  it('is declared by a hospital without a card, but a card that is shown is checked', async () => {
    const { eidCard: _, ...withoutCard } = adult()
    expect(
      await cast.hospital.consent.declare({ patient: { ...withoutCard, eidCard: '599000010337' } }),
    ).toMatchObject({ outcome: 'refused', errors: [{ codes: ['MH2.INPUT.31'] }] })
    expect(await cast.hospital.consent.declare({ patient: withoutCard })).toMatchObject({
      outcome: 'declared',
    })
    expect(await cast.hospital.consent.get({ patient: withoutCard })).toMatchObject({
      consent: {
        author: { parties: [{ roles: ['orghospital'], number: cast.simulator.personas.hospital.nihii }] },
      },
    })
  })

  it('is declared by the patient himself, and by a parent for a child, but by nobody else', async () => {
    const parent = await cast.citizen('adult')
    const own = { ssin: adult().ssin }
    expect(await parent.consent.declare({ patient: own })).toMatchObject({ outcome: 'declared' })
    expect(await parent.consent.get({ patient: own })).toMatchObject({
      consent: {
        author: {
          parties: [{ roles: ['application'], ids: [{ scheme: 'LOCAL', local: 'application_ID' }] }],
          patient: { ssin: adult().ssin },
        },
      },
    })
    const child = { ssin: cast.patients.child.ssin }
    const software = { application: 'SAMPLE-1', name: 'Sample' }
    const acting = {
      parties: [software],
      patient: child,
      person: { ssin: adult().ssin, firstNames: ['Lou'] },
    }
    expect(await parent.consent.declare({ patient: child, author: acting })).toMatchObject({
      outcome: 'declared',
    })
    expect(await parent.consent.get({ patient: child, author: acting })).toMatchObject({
      consent: { author: { personSsin: adult().ssin } },
    })
    const stranger = await cast.citizen('foreigner')
    const other = { ...acting, person: { ssin: cast.patients.foreigner.ssin } }
    expect(await stranger.consent.revoke({ patient: child, author: other })).toMatchObject({
      outcome: 'refused',
      errors: [{ codes: ['MH2.INPUT.2'] }],
    })
    expect(await stranger.consent.declare({ patient: child })).toMatchObject({ outcome: 'refused' })
  })

  it('is declared by a pharmacist who names his pharmacy and himself as its holder', async () => {
    const { holder, parties } = registerPharmacy(cast.simulator)
    const { consent } = await cast.citizen(holder, { profession: 'pharmacist', kmehr: 'perspharmacist' })
    expect(await consent.declare({ patient: adult(), author: { parties } })).toMatchObject({
      outcome: 'declared',
    })
    expect(
      await consent.revoke({ patient: adult(), author: { parties: parties.slice(0, 1) } }),
    ).toMatchObject({ outcome: 'refused', errors: [{ codes: ['MH2.INPUT.2'] }] })
  })
})

describe('what is refused', () => {
  it('keeps every error, with texts and what to do', async () => {
    const outcome = await cast.physician.consent.declare({
      patient: { ...adult(), eidCard: '599000010337' },
    })
    expect(outcome).toMatchObject({
      outcome: 'refused',
      errors: [
        {
          codes: ['MH2.INPUT.31'],
          text: 'Card and SSIN do not belong together',
          meaning: 'card and SSIN do not belong together',
          advice: expect.stringContaining('card') as string,
        },
      ],
    })
    expect(outcome.requestId).toMatch(new RegExp(`^${cast.providers.physician.nihii}\\.20260302120000000\\.`))
    expect(outcome.answerId).toMatch(/^1990000332\./)
  })

  it('is whoever says he is somebody else than his token', async () => {
    const { nurse, providers } = cast
    for (const parties of [
      [providers.physician],
      [{ ...providers.nurse, nihii: providers.physician.nihii! }],
      [{ ...providers.nurse, role: 'persphysician' }],
      [{ role: 'orghospital', nihii: cast.simulator.personas.hospital.nihii }],
      [{ application: 'SAMPLE', name: 'Sample' }],
    ])
      expect(await nurse.consent.declare({ patient: adult(), author: { parties } })).toMatchObject({
        outcome: 'refused',
        errors: [{ codes: ['MH2.INPUT.2'] }],
      })
  })

  it('is a wrong message of anybody: dates, cards, types, as the platform names them', async () => {
    const { session } = cast.physician
    const request = async () => {
      const { value } = await session.call(consentOperations.getPatientConsentStatus, {
        request: {
          id: { S: 'ID-KMEHR', SV: '1.0', value: '1' },
          author: {
            hcparty: [
              {
                id: [{ S: 'INSS', SV: '1.0', value: cast.providers.physician.ssin! }],
                cd: [{ S: 'CD-HCPARTY', SV: '1.1', value: 'persphysician' }],
                address: [],
                telecom: [],
              },
            ],
          },
          date: '2026-03-02Z',
          time: '11:00:00.123Z',
          maxrows: 100,
        },
        select: { patient: { id: [{ S: 'INSS', SV: '1.0', value: adult().ssin }] } },
      })
      return value.response.request
    }
    const echoed = await request()
    // the request comes back as it was
    expect(echoed).toMatchObject({ date: '2026-03-02Z', time: '11:00:00.123Z', maxrows: 100 })
    const consent = {
      patient: {
        id: [
          { S: 'INSS', SV: '1.0', value: adult().ssin },
          { S: 'EID-CARDNO', SV: '1.0', value: adult().eidCard! },
        ],
      },
      cd: [{ S: 'CD-CONSENTTYPE', SV: '1.0', value: 'retrospective' as const }],
      signdate: today,
    }
    const put = async (change: object) => {
      const { value } = await session.call(consentOperations.putPatientConsent, {
        request: echoed,
        consent: { ...consent, ...change },
      })
      return value.acknowledge.error.flatMap(({ cd }) => cd.map(({ value: code }) => code))
    }
    const revoke = async (change: object) => {
      const { value } = await session.call(consentOperations.revokePatientConsent, {
        request: echoed,
        consent: { ...consent, ...change },
      })
      return value.acknowledge.error.flatMap(({ cd }) => cd.map(({ value: code }) => code))
    }
    const patient = (...id: [string, string][]) => ({
      patient: { id: id.map(([S, value]) => ({ S, SV: '1.0', value })) },
    })
    const ssin: [string, string] = ['INSS', adult().ssin]
    expect(await put({ signdate: undefined })).toEqual(['CO.INPUT.25'])
    expect(await put({ signdate: '2026-03-03' })).toEqual(['MH2.INPUT.16'])
    expect(await put(patient(ssin))).toEqual(['CO.INPUT.30'])
    expect(await put(patient(ssin, ['EID-CARDNO', '599000010136']))).toEqual(['IDS2.INPUT.54'])
    expect(await put(patient(ssin, ['SIS-CARDNO', '1']))).toEqual(['IDS2.INPUT.52'])
    expect(await put(patient(['INSS', '68052199236'], ['EID-CARDNO', adult().eidCard!]))).toEqual([
      'MH2.INPUT.19',
    ])
    expect(await put(patient(['INSS', '01020399348']))).toEqual(['MH2.INPUT.19'])
    expect(await put({ cd: [{ ...consent.cd[0], value: 'prospective' }] })).toEqual(['MH2.INPUT.24'])
    expect(await put({})).toEqual([])
    expect(await revoke({})).toEqual(['CO.INPUT.26'])
    expect(await revoke({ revokedate: '2026-03-03' })).toEqual(['MH2.INPUT.18'])
    expect(await revoke({ revokedate: '2026-03-01' })).toEqual(['MH2.INPUT.17'])
    expect(await revoke({ revokedate: today })).toEqual([])
  })

  it.each<[string, object, string, string]>([
    ['no card', { patient: { ssin: '68052199235' } }, 'consent.card-required', 'patient.eidCard'],
    ['a wrong SSIN', { patient: { ssin: '68052199236' } }, 'identifier.check-digit', 'patient.ssin'],
    [
      'a wrong card',
      { patient: { ssin: '68052199235', eidCard: '599000010136' } },
      'identifier.check-digit',
      'patient.eidCard',
    ],
    [
      'two cards',
      { patient: { ssin: '68052199235', eidCard: '599000010135', isiCard: '1' } },
      'kmehr.patient',
      'patient.isiCard',
    ],
    [
      'half a name',
      { patient: { ssin: '68052199235', eidCard: '599000010135', firstName: 'Lou' } },
      'kmehr.patient',
      'patient.familyName',
    ],
    [
      'a day to come',
      { patient: { ssin: '68052199235', eidCard: '599000010135' }, signDate: '2026-03-03' },
      'kmehr.date',
      'signDate',
    ],
    [
      'a day that is none',
      { patient: { ssin: '68052199235', eidCard: '599000010135' }, signDate: '2026-02-29' },
      'kmehr.date',
      'signDate',
    ],
    ['an unknown option', { patient: { ssin: '68052199235' }, sign: 1 }, 'configuration.invalid', 'sign'],
  ])('at the door, before anybody is asked: %s', async (_, options, code, path) => {
    const before = cast.simulator.calls('consent')
    await expect(cast.physician.consent.declare(options as never)).rejects.toMatchObject({ code, path })
    expect(cast.simulator.calls('consent')).toBe(before)
  })

  it('is a revocation before the consent', async () => {
    await expect(
      cast.physician.consent.revoke({ patient: adult(), signDate: '2026-03-02', revokeDate: '2026-03-01' }),
    ).rejects.toMatchObject({ code: 'kmehr.date', path: 'revokeDate' })
  })
})

describe('ensureDeclared', () => {
  it('declares once, however often it is asked', async () => {
    const { physician } = cast
    const before = calls('PutPatientConsent')
    expect(await physician.consent.ensureDeclared({ patient: adult() })).toMatchObject({
      outcome: 'given',
      changed: true,
    })
    expect(await physician.consent.ensureDeclared({ patient: adult() })).toMatchObject({
      outcome: 'given',
      changed: false,
    })
    expect(calls('PutPatientConsent')).toBe(before + 1)
  })

  it('finds a declaration that was carried out although its answer got lost', async () => {
    const before = calls('PutPatientConsent')
    cast.simulator.faults.add({
      kind: 'drop',
      when: 'after',
      service: 'consent',
      operation: 'PutPatientConsent',
    })
    expect(await cast.physician.consent.ensureDeclared({ patient: adult() })).toMatchObject({
      outcome: 'given',
      changed: true,
    })
    // never sent twice by itself
    expect(calls('PutPatientConsent')).toBe(before + 1)
  })

  it('tells the failure where nothing was carried out', async () => {
    cast.simulator.faults.add({ kind: 'drop', service: 'consent', operation: 'PutPatientConsent' })
    await expect(cast.physician.consent.ensureDeclared({ patient: adult() })).rejects.toMatchObject({
      origin: 'transport',
    })
  })

  it('passes a refusal on', async () => {
    expect(
      await cast.physician.consent.ensureDeclared({ patient: { ...adult(), eidCard: '599000010337' } }),
    ).toMatchObject({ outcome: 'refused', errors: [{ codes: ['MH2.INPUT.31'] }] })
  })
})
