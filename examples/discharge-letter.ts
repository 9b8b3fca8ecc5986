/**
 * A hospital sends a sealed discharge letter with a scan from a file to a GP and to another hospital, asks for receipts,
 * and sees who has read it. Runs on the embedded simulator: no network, no certificate of one's own.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { connect } from 'ehealth-connectors'
import { hospital, physician } from 'ehealth-connectors/professions'
import { startSimulator } from 'ehealth-connectors/simulator'

await using simulator = await startSimulator()
const { hospital: ward, physician: gp } = simulator.personas

await using me = await connect({
  environment: simulator.environment,
  keystore: { bytes: ward.keystore, password: ward.password },
  as: hospital({ nihii: ward.nihii }),
})

const directory = await mkdtemp(join(tmpdir(), 'discharge-'))
const scan = join(directory, 'scan.pdf')
await writeFile(scan, '%PDF-1.7 (synthetic)')

const sent = await me.ehbox.send({
  to: [
    { ssin: gp.ssin, quality: 'DOCTOR' },
    {
      nihii: ward.nihii,
      quality: 'HOSPITAL',
      user: { ssin: gp.ssin, firstName: 'Ada', lastName: 'Samplemans' },
    },
  ],
  title: 'Discharge letter', // never encrypted: no patient in it
  body: 'Dear colleague, your patient left the hospital today.',
  patient: { ssin: '90010199794' },
  table: {
    title: 'Stay',
    rows: [
      ['admitted', '2026-03-02'],
      ['discharged', '2026-03-06'],
    ],
  },
  annexes: [{ title: 'Scan', fileName: 'scan.pdf', mimeType: 'application/pdf', content: { file: scan } }],
  receipts: { received: true, read: true },
  customMetas: { DEPARTMENT: 'CARDIOLOGY' },
  important: true,
  encrypt: true,
})
await rm(directory, { recursive: true })
if (sent.outcome === 'out-of-office') throw new Error('see absence.ts')
console.log(`sent to ${sent.recipients.map(({ quality }) => quality).join(' and ')}`)

await using colleague = await connect({
  environment: simulator.environment,
  keystore: { bytes: gp.keystore, password: gp.password },
  as: physician({ ssin: gp.ssin, nihii: gp.nihii }),
})
for await (const { message, problem } of colleague.ehbox.readAll({ where: { type: 'DOCUMENT' } })) {
  if (problem !== undefined) throw problem
  if (message.type !== 'DOCUMENT') continue
  console.log(
    `the GP reads: ${message.title}, ${message.annexes[0]?.fileName}, sealed by its sender: ${message.verification?.authorMatchesSender}`,
  )
}

for (const { recipient, read } of await me.ehbox.acknowledgements(sent.id!))
  console.log(`${recipient.quality}: ${read === undefined ? 'not read yet' : 'read'}`)
for await (const { message } of me.ehbox.readAll({ where: { type: 'ACKNOWLEDGMENT' } }))
  if (message?.type === 'ACKNOWLEDGMENT')
    console.log(`receipt: ${message.acknowledgment} by ${message.recipient?.quality}`)
