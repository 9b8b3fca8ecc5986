/**
 * A physician sends a sealed letter with an annex; the nurse lists, reads and verifies it; the physician sees that it
 * was read. Runs on the embedded simulator: no network, no certificate of one's own.
 */
import { connect } from 'ehealth-connectors'
import { nurse, physician } from 'ehealth-connectors/professions'
import { startSimulator } from 'ehealth-connectors/simulator'

await using simulator = await startSimulator()
const { physician: gp, nurse: caretaker } = simulator.personas

await using me = await connect({
  environment: simulator.environment,
  keystore: { bytes: gp.keystore, password: gp.password },
  as: physician({ ssin: gp.ssin, nihii: gp.nihii }),
})

const report = new TextEncoder().encode('Blood pressure 12/8.')
const sent = await me.ehbox.send({
  to: [{ ssin: caretaker.ssin, quality: 'NURSE' }],
  title: 'Discharge letter',
  body: 'Dear colleague, please find the report attached.',
  annexes: [{ title: 'Report', fileName: 'report.txt', mimeType: 'text/plain', content: report }],
  encrypt: true,
})
if (sent.outcome === 'out-of-office') throw new Error('choose a substitute')
if (sent.id === undefined) throw new Error('the platform gave no id: no acknowledgement can be asked for')

await using colleague = await connect({
  environment: simulator.environment,
  keystore: { bytes: caretaker.keystore, password: caretaker.password },
  as: nurse({ ssin: caretaker.ssin, nihii: caretaker.nihii }),
})
for await (const item of colleague.ehbox.messages({ folder: 'INBOX' })) {
  const message = await colleague.ehbox.read(item)
  if (message.type !== 'DOCUMENT') continue
  console.log(`read: ${message.title}, ${message.annexes.length} annex`)
  console.log(`author is the sender: ${message.verification?.authorMatchesSender}`)
}

const rows = await me.ehbox.acknowledgements(sent.id)
console.log(`acknowledged: ${rows.every((row) => row.read !== undefined)}`)
