/** From the statements of an answer to what they say, in the words of somebody who bills (spec memberdata-mycarenet §1.7). */
import type { MemberAssertion } from './assertions.js'
import { nippin } from './contract.js'
import { defined, readingOf, type Reading } from './reading.js'
import type { Insurability, InsurabilityState, InsuredPeriod, MemberFacts, MemberPerson } from './types.js'

/** The period that was asked about. */
export interface AskedPeriod {
  readonly from: string
  readonly until: string
}

/** Reads the statements of an answer. */
export function factsOf(assertions: readonly MemberAssertion[], asked: AskedPeriod): MemberFacts {
  const problems: string[] = []
  const of = (type: string): MemberAssertion[] => assertions.filter((assertion) => assertion.type === type)
  const reader = (assertion: MemberAssertion): Reading => readingOf(assertion, problems)
  const person = of('insurability:patientData').map(reader).map(personOf)[0]
  const periods = of('insurability:period')
    .map((assertion) => periodOf(assertion, reader(assertion), asked))
    .sort((a, b) => (a.from < b.from ? -1 : 1))
  const files = of('globalMedicalFile').map(reader)
  const palliative = of('palliativeStatus').map(reader)[0]
  const chronic = of('chronicCondition')
  for (const { type } of assertions)
    if (!known.includes(type)) problems.push(`a statement of an unknown type: ${type.slice(0, 80)}`)
  return {
    ...(person === undefined ? {} : { person }),
    insurability: insurabilityOf({ of, reader, person, periods, asked, assertions }),
    ...(files[0] === undefined
      ? {}
      : {
          globalMedicalFile: defined({
            nihii: files[0].text('globalMedicalFile:hcp:nihii11'),
            lastName: files[0].text('globalMedicalFile:hcp:name'),
            firstName: files[0].text('globalMedicalFile:hcp:firstName'),
          }),
        }),
    ...(palliative === undefined
      ? {}
      : { palliativeStatus: defined({ startDate: palliative.day('palliativeStatus:startDate') }) }),
    ...(chronic.length === 0
      ? {}
      : {
          chronicCondition: {
            years: chronic.flatMap(({ attributes }) => [
              ...(attributes[`${nippin}chronicCondition:year`] ?? []),
            ]),
          },
        }),
    carePaths: of('carePath'),
    referencePharmacies: of('referencePharmacy'),
    assertions: [...assertions],
    problems,
  }
}

const known = [
  'insurability:patientData',
  'insurability:period',
  'insurability:payment',
  'insurability:generalSituation',
  'hospitalisation',
  'medicalHouse',
  'globalMedicalFile',
  'palliativeStatus',
  'chronicCondition',
  'carePath',
  'referencePharmacy',
  // diagnostic only: nobody bills by it
  'technicalAssertion',
]

function personOf(reading: Reading): MemberPerson {
  return defined({
    ssin: reading.text('urn:be:fgov:person:ssin'),
    lastName: reading.text('careReceiver:name'),
    firstName: reading.text('careReceiver:firstName'),
    birthDate: reading.day('careReceiver:birthDate'),
    gender: reading.text('careReceiver:gender'),
    deceasedDate: reading.day('careReceiver:deceasedDate'),
  })
}

function periodOf(assertion: MemberAssertion, reading: Reading, asked: AskedPeriod): InsuredPeriod {
  const mutuality = reading.text('careReceiver:mutuality')
  const insurer = mutuality === undefined ? assertion.insurer : `${mutuality.slice(0, 1)}00`
  const [ct1, ct2] = [reading.text('cb1'), reading.text('cb2')]
  return {
    from: assertion.from ?? asked.from,
    until: assertion.until ?? asked.until,
    ...defined({
      insurer,
      mutuality,
      // never trimmed: blanks are part of it
      registrationNumber: assertion.attributes[`${nippin}careReceiver:registrationNumber`]?.[0],
      ct1,
      ct2,
      increasedReimbursement: ct1 === undefined ? undefined : ct1.endsWith('1'),
      communicationDate: reading.day('communicationDate'),
      paymentApproval: reading.text('paymentApproval'),
    }),
  }
}

interface Sources {
  of: (type: string) => MemberAssertion[]
  reader: (assertion: MemberAssertion) => Reading
  person: MemberPerson | undefined
  periods: InsuredPeriod[]
  asked: AskedPeriod
  assertions: readonly MemberAssertion[]
}

function insurabilityOf({ of, reader, person, periods, asked, assertions }: Sources): Insurability {
  const payment = of('insurability:payment').map(reader)[0]
  const situation = of('insurability:generalSituation').map(reader)[0]
  const hospital = of('hospitalisation').map(reader)[0]
  const told = assertions.some(({ type }) => type.startsWith('insurability:'))
  return {
    state: !told ? 'unknown' : stateOf(periods, asked, person),
    periods,
    ...defined({ paidByInsurer: payment?.flag('payment:byIO') }),
    ...(situation === undefined
      ? {}
      : {
          situation: {
            ...defined({ event: situation.text('generalSituation:event') }),
            transferDates: situation.days('generalSituation:transfer:date'),
          },
        }),
    ...(hospital === undefined
      ? {}
      : {
          hospitalisation: defined({
            hospital: hospital.text('hospitalisation:hospital:nihii11'),
            service: hospital.text('hospitalisation:service'),
            admissionDate: hospital.day('hospitalisation:admissionDate'),
          }),
        }),
    medicalHouses: of('medicalHouse')
      .map(reader)
      .map((house) =>
        defined({
          nihii: house.text('medicalHouse:nihii11'),
          type: house.text('medicalHouse:type'),
          start: house.day('medicalHouse:start'),
        }),
      ),
  }
}

/** Whether the periods, in the order of time, leave out a day that was asked for. */
function stateOf(
  periods: readonly InsuredPeriod[],
  asked: AskedPeriod,
  person: MemberPerson | undefined,
): InsurabilityState {
  if (periods.length === 0) return person?.deceasedDate === undefined ? 'not-in-order' : 'deceased'
  let covered = asked.from
  for (const { from, until } of periods) if (from <= covered && until > covered) covered = until
  return covered >= asked.until ? 'insured' : 'partly-insured'
}
