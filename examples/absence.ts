/**
 * A nurse goes on holiday and names who takes over. Whoever writes to her meanwhile is asked what to do, and the message is
 * sealed anew for whoever gets it. Runs on the embedded simulator.
 */
import { connect } from 'ehealth-connectors'
import { hospital, nurse, physician } from 'ehealth-connectors/professions'
import { startSimulator } from 'ehealth-connectors/simulator'

await using simulator = await startSimulator()
const { nurse: noor, physician: ada, hospital: ward } = simulator.personas
const open = { environment: simulator.environment }
await using absent = await connect({
  ...open,
  keystore: { bytes: noor.keystore, password: noor.password },
  as: nurse({ ssin: noor.ssin, nihii: noor.nihii }),
})

const day = (offset: number): string => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
const absence = await absent.ehbox.absences.insert({
  from: day(-1),
  to: day(14),
  substitutes: [{ ssin: ada.ssin, quality: 'DOCTOR' }],
})
if (absence.outcome !== 'inserted') throw new Error('another substitute is needed')
console.log(`away until ${day(14) === (await absent.ehbox.absences.list())[0]?.to}`)

await using sender = await connect({
  ...open,
  keystore: { bytes: ward.keystore, password: ward.password },
  as: hospital({ nihii: ward.nihii }),
})
let outcome = await sender.ehbox.send({
  to: [{ ssin: noor.ssin, quality: 'NURSE' }],
  title: 'Wound care',
  body: 'Please change the dressing daily.',
  encrypt: true,
})
if (outcome.outcome === 'out-of-office') {
  for (const { quality, absent: period, substitutes } of outcome.recipients)
    console.log(
      `${quality} is ${period === undefined ? 'there' : 'away'}, replaced by ${substitutes[0]?.quality}`,
    )
  outcome = await outcome.resend({ toSubstitutes: true })
}
console.log(`${outcome.outcome} to ${outcome.recipients[0]?.quality}`)

await using substitute = await connect({
  ...open,
  keystore: { bytes: ada.keystore, password: ada.password },
  as: physician({ ssin: ada.ssin, nihii: ada.nihii }),
})
for await (const listed of substitute.ehbox.messages()) {
  const message = await substitute.ehbox.read(listed)
  if (message.type === 'DOCUMENT') console.log(`the substitute reads: ${message.body.text}`)
}
console.log(`deleted: ${(await absent.ehbox.absences.delete([absence.id!])).done.length}`)
