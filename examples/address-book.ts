/**
 * A physician looks for a nurse in the address book, tells homonyms apart, and writes to the mailbox that the book tells.
 * Runs on the embedded simulator: no network, no certificate of one's own.
 */
import { connect } from 'ehealth-connectors'
import { inLanguage } from 'ehealth-connectors/addressbook'
import { physician } from 'ehealth-connectors/professions'
import { startSimulator } from 'ehealth-connectors/simulator'

await using simulator = await startSimulator()
const { ssin, nihii, keystore, password } = simulator.personas.physician

await using me = await connect({
  environment: simulator.environment,
  keystore: { bytes: keystore, password },
  as: physician({ ssin, nihii }),
})

// Everybody of that name: pages are fetched as they are needed.
for await (const person of me.addressBook.searchProfessionals({
  profession: 'PHYSICIAN',
  lastName: 'Voorbeeld',
  firstName: 'Emma',
}))
  console.log(`${person.firstName} ${person.lastName}, NIHII ${person.professions[0]?.nihii}`)

// One page of organisations, as a list on a screen wants it.
const page = await me.addressBook.pageOfOrganisations({ name: 'Synthetic*', type: 'PHARMACY' }, { max: 10 })
console.log(`${page.items.length} pharmacies, the first: ${inLanguage(page.items[0]!.names, 'nl')}`)

// Where somebody works, and which mailbox is his.
const contact = await me.addressBook.professional({ nihii: simulator.personas.nurse.nihii })
if (contact.outcome === 'not-found') throw new Error('nobody has this number')
const [work] = contact.professions
const { street, houseNumber, zipCode, municipality } = work!.addresses[0]!
console.log(
  `${contact.firstName} ${contact.lastName}: ${inLanguage(street, 'fr')} ${houseNumber}, ${zipCode} ${inLanguage(municipality, 'fr')}`,
)

// A mailbox of the book is a recipient as it stands; the letter is sealed for its owner.
const [box] = contact.eHealthBox
if (box === undefined) throw new Error('no eHealthBox')
const sent = await me.ehbox.send({ to: box, title: 'Visit', body: 'Tomorrow at nine?', encrypt: true })
console.log(`${sent.outcome} to ${sent.recipients[0]?.quality}`)

// What the platform would not take is refused before it is asked.
const refused = await me.addressBook
  .pageOfProfessionals({ profession: 'DOCTOR', lastName: 'Voorbeeld' })
  .catch((error: Error & { hint?: string }) => error.hint)
console.log(refused)
