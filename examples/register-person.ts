/**
 * Somebody who is in no register gets a BIS number: searched for first, registered by a decision, and found from then on.
 * Runs on the embedded simulator: no network, no certificate of one's own.
 */
import { connect } from 'ehealth-connectors'
import { physician } from 'ehealth-connectors/professions'
import { startSimulator } from 'ehealth-connectors/simulator'

await using simulator = await startSimulator()
const { ssin, nihii, keystore, password } = simulator.personas.physician

await using me = await connect({
  environment: simulator.environment,
  keystore: { bytes: keystore, password },
  as: physician({ ssin, nihii }),
})

const person = {
  lastName: 'Exemple',
  givenNames: ['Testc'],
  birthDate: '1985-09-30',
  birthPlace: { country: 'FR', cityName: { text: 'Ville-Exemple', language: 'fr' } },
  gender: 'F',
} as const

// Searches widen: as declared, by the initial, by the last name alone.
const search = await me.rnConsult.searchBeforeRegistering({ person })
if (search.outcome !== 'nobody') throw new Error(`expected nobody, not ${search.outcome}`)
console.log(search.searches.map(({ step, outcome }) => `${step}: ${outcome}`).join(', '))

// The declaration of the search and the decision that fits it: nothing else registers.
const { declaration } = search
const done = await me.rnConsult.register({ declaration, decision: 'nobody-was-found' })
if (done.outcome !== 'created') throw new Error(`expected a number, not ${done.outcome}`)
console.log(`${done.outcome}: ${done.person.register} number for ${done.person.name?.lastName}`)

// A declaration is good for one try.
const twice = await me.rnConsult
  .register({ declaration, decision: 'nobody-was-found' })
  .catch((error: Error & { code?: string }) => error.code)
console.log(twice)

// Whoever looks like somebody is shown, and a person decides.
const again = await me.rnConsult.searchBeforeRegistering({ person: { ...person, givenNames: ['Tamara'] } })
if (again.outcome === 'candidates')
  for (const { name, foundBy } of again.candidates)
    console.log(`${name?.givenNames[0]?.value} ${name?.lastName}, found by ${foundBy}`)

// A card is verified with the authentic source.
const patient = simulator.world.patients.find(({ name }) => name === 'adult')!
const card = await me.idSupport.verify({ ssin: patient.ssin, cardNumber: patient.cards[0]!.number })
console.log(`card: ${card.outcome}`)
