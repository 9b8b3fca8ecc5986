import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type {
  MemberDataAnswer,
  MemberDataExchange,
  MemberDataFacts,
  MemberDataRefusal,
} from '../../../src/business/memberData/index.js'
import { memberDataFaultCodes, memberDataFaults } from '../../../src/business/memberData/index.js'
import { patients } from '../../../src/simulator/patients.js'
import { memberDataFaultPatients, memberStories } from '../../../src/simulator/index.js'
import { openAsker, refusalOf, type Asker } from './people.js'

let asker: Asker
beforeAll(async () => {
  asker = await openAsker()
})
afterAll(() => asker.close())

const adult = { ssin: patients[0]!.ssin }

function facts(answer: MemberDataAnswer): MemberDataFacts & MemberDataExchange {
  if (answer.outcome !== 'complete' && answer.outcome !== 'partial') throw new Error(answer.outcome)
  return answer
}

function refusal(answer: MemberDataAnswer): MemberDataRefusal {
  if (answer.outcome === 'complete' || answer.outcome === 'partial') throw new Error(answer.outcome)
  return answer
}

const year = { from: '2025-03-01', until: '2026-03-01' }

describe('the insurability of a patient', () => {
  it('is asked for alone and for today, when nothing else is said', async () => {
    const answer = facts(await asker.me.memberData.get({ patient: adult }))
    expect(answer).toMatchObject({
      outcome: 'complete',
      warnings: [],
      problems: [],
      person: {
        ssin: adult.ssin,
        lastName: 'Voorbeeld',
        firstName: 'Lou',
        birthDate: '1968-05-21',
        gender: 'female',
      },
      insurability: {
        state: 'insured',
        periods: [
          {
            from: '2026-03-10',
            until: '2026-03-11',
            mutuality: expect.stringMatching(/^[1-69]\d\d$/) as string,
            registrationNumber: `${adult.ssin}00`,
            ct1: expect.stringMatching(/^\d{3}$/) as string,
            communicationDate: '2026-03-10',
          },
        ],
      },
      meta: { service: 'memberData', httpStatus: 200 },
    })
    const [period] = answer.insurability.periods
    expect(period!.insurer).toBe(`${period!.mutuality![0]}00`)
    expect(answer.insurer).toBe(period!.insurer)
    expect(period).not.toHaveProperty('paymentApproval')
    expect(answer.globalMedicalFile).toBeUndefined()
    expect(answer.reference).toMatch(/^TMDA\d{17}/)
    expect(answer.references).toEqual({
      nip: expect.any(String) as string,
      output: expect.any(String) as string,
    })
    expect(answer.raw.response).toContain('<saml2p:Response')
    expect(Object.keys(answer)).not.toContain('raw')
  })

  it('gives approvals of payment for invoicing, and says who pays', async () => {
    const answer = facts(
      await asker.me.memberData.get({
        patient: adult,
        facets: [{ facet: 'insurability', requestType: 'invoicing' }],
      }),
    )
    expect(answer.insurability.periods[0]!.paymentApproval).toMatch(/^[0-9A-F]{30}$/)
    expect(typeof answer.insurability.paidByInsurer).toBe('boolean')
  })

  it('is found by the number at the mutuality, and by SSIN at a mutuality', async () => {
    const [period] = facts(await asker.me.memberData.get({ patient: adult })).insurability.periods
    const { mutuality = '', registrationNumber = '' } = period!
    for (const patient of [
      { registrationNumber, mutuality },
      { ...adult, mutuality },
    ])
      expect(facts(await asker.me.memberData.get({ patient })).person?.ssin).toBe(adult.ssin)
    const unknown = refusal(
      await asker.me.memberData.get({ patient: { registrationNumber: 'AB 12', mutuality: '319' } }),
    )
    expect(unknown).toMatchObject({
      outcome: 'not-answerable',
      insurer: '300',
      faults: [{ code: 'BO_UNKNOWN_REGNBR', source: 'IO-BE-300', insurer: '300' }],
    })
  })

  it('is split where the insurer changes, with a warning', async () => {
    const answer = facts(
      await asker.me.memberData.get({ patient: { ssin: memberStories.mutation }, ...year }),
    )
    expect(answer.outcome).toBe('partial')
    expect(answer.warnings.map(({ code }) => code)).toEqual(['MUTATION'])
    const { periods, state, situation } = answer.insurability
    expect(state).toBe('insured')
    expect(periods.map(({ from, until }) => [from, until])).toEqual([
      ['2025-03-01', '2026-01-01'],
      ['2026-01-01', '2026-03-01'],
    ])
    expect(periods[0]!.insurer).not.toBe(periods[1]!.insurer)
    expect(situation).toEqual({ event: 'changeDuring', transferDates: ['2026-01-01'] })
  })

  it('never has more than five periods, and says that the rest is missing', async () => {
    const answer = facts(
      await asker.me.memberData.get({ patient: { ssin: memberStories.manyPeriods }, ...year }),
    )
    expect(answer.outcome).toBe('partial')
    expect(answer.warnings.map(({ code }) => code)).toEqual(['ONLY_FIVE_PERIODS_RETURNED'])
    expect(answer.insurability.periods).toHaveLength(5)
    expect(answer.insurability.state).toBe('partly-insured')
    expect(answer.insurability.periods.map(({ increasedReimbursement }) => increasedReimbursement)).toContain(
      false,
    )
  })

  it('is no error where no insurer answers: not in order, closed, not begun, deceased', async () => {
    const of = async (ssin: string) => facts(await asker.me.memberData.get({ patient: { ssin } }))
    const nobody = await of(memberStories.notInOrder)
    expect(nobody).toMatchObject({
      outcome: 'complete',
      insurability: { state: 'not-in-order', periods: [] },
    })
    expect((await of(memberStories.closed)).insurability).toMatchObject({
      state: 'not-in-order',
      situation: { event: 'closedBefore', transferDates: ['2026-02-01'] },
    })
    expect((await of(memberStories.startsLater)).insurability.situation).toEqual({
      event: 'startLater',
      transferDates: ['2026-04-01'],
    })
    const dead = await of(patients[3]!.ssin)
    expect(dead.insurability.state).toBe('deceased')
    expect(dead.person?.deceasedDate).toBe('2025-09-01')
  })

  it('tells hospital and medical house beside, and knows who is in hospital', async () => {
    const asked = (ssin: string) =>
      asker.me.memberData.get({
        patient: { ssin },
        facets: [{ facet: 'insurability', contactType: 'hospitalized' }],
      })
    const there = facts(await asked(memberStories.hospitalised))
    expect(there.insurability.hospitalisation).toEqual({
      hospital: `${asker.simulator.personas.hospital.nihii}000`,
      service: '210',
      admissionDate: '2026-03-08',
    })
    expect(refusal(await asked(adult.ssin))).toMatchObject({
      outcome: 'not-answerable',
      retryable: false,
      faults: [{ code: 'MISMATCHED_CONTACTTYPE' }],
    })
    const house = facts(await asker.me.memberData.get({ patient: { ssin: memberStories.medicalHouse } }))
    expect(house.insurability.medicalHouses).toMatchObject([{ type: 'Kine', start: '2025-03-01' }])
  })
})

describe('the rights of a patient', () => {
  it('come back where there are any, and are absent where there are none', async () => {
    const facets = [
      'insurability',
      'globalMedicalFile',
      'palliativeStatus',
      'chronicCondition',
      'carePath',
      'referencePharmacy',
    ] as const
    const everything = facts(
      await asker.me.memberData.get({ patient: { ssin: memberStories.allRights }, facets }),
    )
    expect(everything).toMatchObject({
      outcome: 'complete',
      globalMedicalFile: {
        nihii: asker.simulator.personas.physician.nihii,
        lastName: 'SAMPLEMANS',
        firstName: 'ADA',
      },
      palliativeStatus: { startDate: '2025-12-01' },
      chronicCondition: { years: ['2025', '2026'] },
      carePaths: [],
      referencePharmacies: [],
      insurability: { paidByInsurer: true, periods: [{ increasedReimbursement: true }] },
      problems: [],
    })
    expect(everything.assertions.map(({ type }) => type)).toContain('technicalAssertion')
    const none = facts(
      await asker.me.memberData.get({
        patient: { ssin: memberStories.notInOrder },
        facets: ['palliativeStatus'],
      }),
    )
    expect(none.outcome).toBe('complete')
    expect(none.palliativeStatus).toBeUndefined()
    expect(none.insurability.state).toBe('unknown')
  })

  it('are refused altogether when one of them is not open to the sector', async () => {
    const physio = await asker.open('physiotherapist')
    const of = (facets: readonly ('insurability' | 'chronicCondition' | 'carePath')[]) =>
      physio.memberData.get({ patient: adult, facets })
    expect(facts(await of(['insurability', 'chronicCondition'])).outcome).toBe('complete')
    expect(refusal(await of(['insurability', 'carePath']))).toMatchObject({
      outcome: 'refused',
      retryable: false,
      faults: [{ code: 'UNAUTHORIZED_FACET', faultCode: 'AUTHORIZATION_ERROR', source: 'MYCARENET' }],
    })
  })
})

describe('the three front doors', () => {
  it.each([
    ['mycarenet', 'memberData'],
    ['walcarenet', 'walCareNetMemberData'],
    ['iriscarenet', 'irisCareNetMemberData'],
  ] as const)('%s answers at its own address', async (region, service) => {
    const before = asker.simulator.calls(service)
    const answer = facts(await asker.ward.memberData.get({ patient: adult }, { region }))
    expect(answer.meta.service).toBe(service)
    expect(asker.simulator.calls(service)).toBe(before + 1)
  })

  it.each(['mycarenet', 'walcarenet'] as const)(
    '%s opens what is sealed for it, and seals its answer for whoever asked',
    async (region) => {
      const answer = facts(await asker.me.memberData.get({ patient: adult }, { region, encrypt: true }))
      expect(answer.person?.ssin).toBe(adult.ssin)
      expect(answer.seal?.author).toMatchObject({ type: 'CBE', application: region.toUpperCase() })
      // neither the number nor the name is on the wire, in clear or in base64
      for (const secret of [adult.ssin, 'Voorbeeld'])
        for (const text of [secret, Buffer.from(secret).toString('base64').slice(0, -4)]) {
          expect(answer.meta.raw.request).not.toContain(text)
          expect(answer.meta.raw.response).not.toContain(text)
        }
    },
  )

  it('do not open what is sealed for another one', async () => {
    const { environment } = asker.simulator
    // the request goes to the other door by its address
    const astray = await asker.open('physician', {
      endpoints: { walCareNetMemberData: `${environment.baseUrl}/IrisCareNet/MemberData/v1` },
    })
    const error = await refusalOf(
      astray.memberData.get({ patient: adult }, { region: 'walcarenet', encrypt: true }),
    )
    expect(error.platform?.code).toBe('SOA-03007')
  })
})

describe('every fault of the catalogue', () => {
  it('is an outcome with its code, at a number of its own', async () => {
    expect(memberDataFaultCodes).toHaveLength(64)
    const languages = new Set<string | undefined>()
    const questions = memberDataFaultCodes.map((code) => ({
      patient: { ssin: memberDataFaultPatients[code] },
    }))
    let count = 0
    for await (const { index, answer, error } of asker.me.memberData.getMany(questions, { concurrency: 8 })) {
      expect(error).toBeUndefined()
      const code = memberDataFaultCodes[index]!
      const { status, faultCode, source, subStatus } = memberDataFaults[code]
      const faults = 'faults' in answer! ? answer.faults : answer!.warnings
      expect(faults.map((fault) => fault.code)).toEqual([code])
      expect(faults[0]).toMatchObject({ faultCode, meaning: memberDataFaults[code].meaning })
      expect(faults[0]!.source).toMatch(source === 'io' ? /^IO-BE-\d00$/ : /^MYCARENET$/)
      expect(answer!.outcome).toBe(
        status === 'Success'
          ? 'partial'
          : status === 'Requester'
            ? 'refused'
            : subStatus === 'InternalError' && faultCode !== 'INPUT_ERROR'
              ? 'unavailable'
              : 'not-answerable',
      )
      if ('retryable' in answer!) expect(answer.retryable).toBe(answer.outcome === 'unavailable')
      for (const { language } of faults[0]!.texts) languages.add(language)
      count += 1
    }
    expect(count).toBe(64)
    expect([...languages].sort()).toEqual(['en', 'fr', 'nl'])
  }, 60_000)
})

describe('a question', () => {
  it.each([
    [{ patient: {} }, 'member-data.patient', 'patient'],
    [{ patient: { ssin: adult.ssin, registrationNumber: '1' } }, 'member-data.patient', 'patient'],
    [{ patient: { registrationNumber: '1' } }, 'member-data.patient', 'patient.mutuality'],
    [{ patient: { ssin: '68052199236' } }, 'identifier.check-digit', 'patient.ssin'],
    [{ patient: { ...adult, mutuality: '719' } }, 'mycarenet.care-receiver', 'patient.mutuality'],
    [{ patient: { niss: adult.ssin } }, 'configuration.invalid', 'patient.niss'],
    [{ patient: adult, on: '2026-13-01' }, 'mycarenet.day', 'on'],
    [
      { patient: adult, on: '2026-03-01', from: '2026-03-01', until: '2026-03-02' },
      'member-data.period',
      'on',
    ],
    [{ patient: adult, from: '2026-03-01' }, 'member-data.period', 'until'],
    [{ patient: adult, from: '2026-03-01', until: '2026-03-01' }, 'member-data.period', 'until'],
    [{ patient: adult, facets: [] }, 'member-data.facet', 'facets'],
    [{ patient: adult, facets: ['insurability', 'insurability'] }, 'member-data.facet', 'facets[1]'],
    [{ patient: adult, facets: ['hospitalisation'] }, 'member-data.facet', 'facets[0]'],
    [
      { patient: adult, facets: [{ facet: 'insurability', requestType: 'bill' }] },
      'member-data.facet',
      'facets[0].requestType',
    ],
    [{ patient: adult, facets: [{ facet: 'carePath', types: [] }] }, 'member-data.facet', 'facets[0].types'],
    [
      { patient: adult, facets: [{ facet: 'palliativeStatus', types: [] }] },
      'configuration.invalid',
      'facets[0].types',
    ],
    [{ patient: adult, day: '2026-03-01' }, 'configuration.invalid', 'day'],
  ])('that cannot be is refused before anybody is asked: %j', async (question, code, path) => {
    const before = asker.simulator.calls('memberData')
    const error = await refusalOf(asker.me.memberData.get(question as never))
    expect({ code: error.code, path: error.path }).toEqual({ code, path })
    expect(error.message).not.toContain(adult.ssin)
    expect(asker.simulator.calls('memberData')).toBe(before)
  })

  it('about the future or long ago is for the platform to refuse', async () => {
    const of = async (on: string) =>
      refusal(await asker.me.memberData.get({ patient: adult, on })).faults[0]?.code
    expect(await of('2026-03-11')).toBe('START_DATE_IN_FUTURE')
    expect(await of('2021-03-09')).toBe('PERIOD_TOO_FAR_IN_PAST')
  })

  it('needs a licence, and options that exist', async () => {
    const without = await asker.open('physician', { mycarenet: undefined as never })
    expect((await refusalOf(without.memberData.get({ patient: adult }))).code).toBe('mycarenet.licence')
    const wrong = (options: object) => refusalOf(asker.me.memberData.get({ patient: adult }, options))
    expect((await wrong({ region: 'flanders' })).path).toBe('region')
    expect((await wrong({ reference: 'short' })).code).toBe('mycarenet.reference')
    expect((await wrong({ facets: [] })).path).toBe('facets')
  })

  it('is one of many, answered in their order, whatever happens to single ones', async () => {
    const results = []
    const questions = [adult, { ssin: '68052199236' }, { ssin: memberDataFaultPatients.BO_EXCEPTION }, adult]
    for await (const one of asker.me.memberData.getMany(
      questions.map((patient) => ({ patient })),
      { concurrency: 2 },
    ))
      results.push([one.index, one.error?.code ?? one.answer?.outcome])
    expect(results).toEqual([
      [0, 'complete'],
      [1, 'identifier.check-digit'],
      [2, 'unavailable'],
      [3, 'complete'],
    ])
  })
})
