/** Every operation of the registration of persons, of cards and of the older register services, in every outcome. */
import {
  certificateServices,
  historyOperations,
  type HistoryFact,
} from '../../src/business/rnConsultV1/contract.js'
import { createConsultRnV1 } from '../../src/business/rnConsultV1/index.js'
import { createManagePerson } from '../../src/business/managePerson/index.js'
import type { DeclaredPerson } from '../../src/business/rnConsult/index.js'
import type { Connection } from '../../src/connect.js'
import { peopleOf } from '../../src/simulator/register/index.js'
import type { Simulator } from '../../src/simulator/index.js'

const expectOutcome = <T extends { outcome: string }>(answer: T, outcome: T['outcome']): T => {
  if (answer.outcome !== outcome) throw new Error(`the scenario expects ${outcome}, not ${answer.outcome}`)
  return answer
}

/** A new person, with all that can be declared. */
const everything: DeclaredPerson = {
  lastName: 'Qwixzoltebe',
  givenNames: ['Testc', 'Testd', 'Teste', 'Testf'],
  nameSince: '1985-09-30',
  nationalities: [{ country: 111 }, { country: 129, since: '2020-01-01', until: '2024-01-01' }],
  birthDate: '1985-09-30',
  birthPlace: { country: 'FR', cityName: { text: 'Ville-Exemple', language: 'fr' } },
  decease: { date: '2024-00-00', place: { country: 150, cityCode: '99000' } },
  gender: 'F',
  civilStates: [
    { code: 10, since: '1985-09-30', until: '2010-05-06' },
    { code: 20, since: '2010-05-06', partnerSsin: '90010199794', place: { country: 111 } },
  ],
  residence: {
    country: 111,
    cityName: { text: 'Ville-Exemple', language: 'fr' },
    postalCode: '99999',
    streetName: 'Rue Fictive',
    houseNumber: '12',
    boxNumber: 'A',
    since: '2024-05-06',
  },
  contactAddress: {
    cityCode: '99000',
    cityName: { text: 'Villeexemple', language: 'fr' },
    postalCode: '1999',
    streetCode: '9001',
    streetName: 'Rue Exemple',
    houseNumber: '1',
    since: '2024-05-06',
    until: '2030-05-06',
  },
}

export async function registrationScenario(
  simulator: Simulator,
  ada: Connection<'rnConsult' | 'idSupport'>,
): Promise<void> {
  const { rnConsult } = ada
  const search = await rnConsult.searchBeforeRegistering({ person: everything })
  if (search.outcome !== 'nobody') throw new Error('the scenario expects nobody')
  const { declaration } = search
  expectOutcome(await rnConsult.register({ declaration, decision: 'nobody-was-found' }), 'created')
  const again = { person: everything, decision: 'searched-elsewhere' } as const
  expectOutcome(await rnConsult.register(again), 'existing')
  expectOutcome(await rnConsult.searchBeforeRegistering({ person: everything }), 'candidates')

  const people = peopleOf(simulator.world)
  const [card] = people.cards('15060799455')
  expectOutcome(await ada.idSupport.verify({ barcode: card!.barcode! }), 'valid')
  const adult = { ssin: '68052199235', cardNumber: '599000010135' }
  expectOutcome(await ada.idSupport.verify(adult, { legalContext: 'conformance' }), 'valid')
  expectOutcome(await ada.idSupport.verify({ ...adult, ssin: '88091199108' }), 'not-valid')
  await legacy(simulator, ada)
}

async function legacy(simulator: Simulator, { session }: Connection<'rnConsult'>): Promise<void> {
  const people = peopleOf(simulator.world)
  const manage = createManagePerson(session)
  const person = {
    Name: { LastName: 'Qwixzoltede', FirstName: 'Testc', MiddleName: [{ value: 'Testd', Order: '1' }] },
    Birth: { BirthDate: '1985-09-30' },
    Gender: { GenderCode: '2' },
  }
  expectOutcome(await manage.registerPerson(person), 'created')
  expectOutcome(await manage.registerPerson(person), 'existing')

  const old = createConsultRnV1(session, {
    applicationId: '0',
    organisation: { id: '71997358', type: 'NIHII', subType: 'HOSPITAL' },
  })
  const byToken = createConsultRnV1(session, { applicationId: '0', searchWith: 'token' })
  const [changed] = people.rare('changed-name')
  const [deceased] = people.rare('deceased')
  const inscription = (value: string) => ({ SSIN: { value }, Period: { BeginDate: '2026-01-01' } })
  for (const asker of [old, byToken]) {
    for (const ssin of [changed!, deceased!])
      expectOutcome(await asker.searchBySsin(inscription(ssin)), 'found')
    const { lastName, birthDate } = people.find(changed!)!.person!
    expectOutcome(
      await asker.searchPhonetic({ LastName: lastName, BirthDate: birthDate, Tolerance: 3 }),
      'found',
    )
  }
  const many = { LastName: people.find(changed!)!.person!.lastName, BirthDate: '1970-00-00', Tolerance: 99 }
  expectOutcome(await old.searchPhonetic({ ...many, Maximum: 1 }), 'refused')
  for (const fact of Object.keys(historyOperations) as HistoryFact[])
    for (const ssin of [changed!, deceased!]) await old.history(fact, ssin)
  expectOutcome(await old.familyComposition('68052199235'), 'found')
  const made = await old.createPerson({
    Birth: { Date: '1985-00-00' },
    Name: { First: 'Testc', Last: 'Qwixzoltage' },
  })
  if (made.outcome !== 'created') throw new Error('the scenario expects a number')
  expectOutcome(
    await old.createPerson({ Birth: { Date: '1985-00-00' }, Name: { First: 'Testc', Last: 'Qwixzoltage' } }),
    'existing',
  )
  expectOutcome(await old.insertInscription(inscription(made.ssin)), 'done')
  const gender = { Gender: { value: 'UNKNOWN' as const } }
  expectOutcome(await old.modifyPerson({ SSIN: { value: made.ssin }, PersonData: gender }), 'done')
  if ((await old.mutations()).mutations.length !== 1) throw new Error('the scenario expects a mutation')
  await old.mutations()
  expectOutcome(await old.deleteInscription(inscription(made.ssin)), 'done')
  for (const service of certificateServices) expectOutcome(await old.monitor(service), 'done')
}
