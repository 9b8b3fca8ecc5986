/**
 * A physician looks up a patient in the national register: by number, by a number that was replaced, and by the sound of a
 * name; a hospital sees only what its authorisation names. Runs on the embedded simulator: no network, no certificate of
 * one's own.
 */
import { connect } from 'ehealth-connectors'
import { hospital, physician } from 'ehealth-connectors/professions'
import { startSimulator } from 'ehealth-connectors/simulator'

await using simulator = await startSimulator()
const { environment, personas, people, world } = simulator

await using me = await connect({
  environment,
  keystore: { bytes: personas.physician.keystore, password: personas.physician.password },
  as: physician({ ssin: personas.physician.ssin, nihii: personas.physician.nihii }),
})

// By number. What the register says is an outcome, never an exception.
const patient = world.patients[0]!
const found = await me.rnConsult.searchBySsin({ ssin: patient.ssin })
if (found.outcome !== 'found') throw new Error(found.outcome)
const { register, name, birth } = found.person
console.log(
  `register ${register}: ${name?.givenNames[0]?.value} ${name?.lastName}, born ${birth?.date?.value}`,
)

// A number that somebody had before: what comes is the person of today, and the number to keep.
const [former] = people.related(people.rare('former-BIS')[0]!)
const now = await me.ssinHistory.current({ ssin: former! })
if (now.outcome === 'replaced') console.log('the number was replaced')

// A date of which only a part is known stays one.
const partial = await me.rnConsult.searchBySsin({ ssin: people.rare('incomplete-birth-date')[0]! })
if (partial.outcome === 'found') {
  const { year, month } = partial.person.birth!.date!
  console.log(
    `born some time in ${[year, month]
      .filter(Boolean)
      .map((part) => String(part).padStart(2, '0'))
      .join('-')}`,
  )
}

// By the sound of a name, for a person to choose.
const alike = await me.rnConsult.searchPhonetically({
  lastName: 'Vorbeelt',
  birthDate: '1968-00-00',
  variation: 10,
  maximumResults: 50,
})
if (alike.outcome === 'found') console.log(`${alike.persons.length} people sound alike`)
const many = await me.rnConsult.searchPhonetically({
  lastName: 'Voorbeeld',
  birthDate: '1968-00-00',
  variation: 40,
  maximumResults: 1,
})
if (many.outcome === 'too-many') console.log('too many: search by more')

// What did not come was not known, or not authorised: who says what he may know can tell them apart.
await using clinic = await connect({
  environment,
  keystore: { bytes: personas.hospital.keystore, password: personas.hospital.password },
  as: hospital({ nihii: personas.hospital.nihii }),
  nationalRegister: { applicationId: 'IDENTITY', authorised: ['name', 'birth', 'gender', 'decease'] },
})
const seen = await clinic.rnConsult.searchBySsin({ ssin: patient.ssin })
if (seen.outcome === 'found') {
  const { decease, address } = seen.person.availability
  console.log(`hospital: decease ${decease}, address ${address}`)
}
