/**
 * A laboratory result as PDF for a group practice, with a warning before the box of the group is full. The group's practice
 * files everything it gets on disk. Runs on the embedded simulator.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { connect } from 'ehealth-connectors'
import { hospital, physician } from 'ehealth-connectors/professions'
import { startSimulator } from 'ehealth-connectors/simulator'

await using simulator = await startSimulator({ mailboxes: { size: 20_000 } })
const { hospital: laboratory, physician: practice } = simulator.personas
// the practice has a box as a group too
const { world } = simulator
const owner = world.actors.find(({ name }) => name === 'physician')!
world.register({ ...owner, qualities: ['DOCTOR', 'GROUP_DOCTORS'] })

await using lab = await connect({
  environment: simulator.environment,
  keystore: { bytes: laboratory.keystore, password: laboratory.password },
  as: hospital({ nihii: laboratory.nihii }),
})
const pdf = new TextEncoder().encode(`%PDF-1.7 ${'synthetic '.repeat(500)}`)
const group = { id: practice.ssin, type: 'INSS', quality: 'GROUP_DOCTORS' }
const sent = await lab.ehbox.send({
  to: [group],
  title: 'Laboratory result',
  body: 'The result is attached.',
  annexes: [{ title: 'Result', fileName: 'result.pdf', mimeType: 'application/pdf', content: pdf }],
  application: 'Sample Lab',
  encrypt: true,
})
console.log(sent.outcome)

await using doctors = await connect({
  environment: simulator.environment,
  keystore: { bytes: practice.keystore, password: practice.password },
  as: physician({ ssin: practice.ssin, nihii: practice.nihii }),
  on: (event) => {
    if (event.type === 'mailbox' && event.state === 'nearly-full')
      console.log('warning: the box is filling up')
  },
})
const { usage } = await doctors.ehbox.info({ box: group, warnAbove: 40 })
console.log(`the box is used to ${Math.round(usage / 10) * 10} %`)

const directory = await mkdtemp(join(tmpdir(), 'results-'))
for await (const listed of doctors.ehbox.messages({ allBoxes: true, where: { title: 'laboratory' } })) {
  const message = await doctors.ehbox.save(listed, { directory })
  if (message.type !== 'DOCUMENT') continue
  const [annex] = message.annexes
  const same = Buffer.compare(await readFile(annex!.file!), pdf) === 0
  console.log(`${annex!.fileName} of the box ${listed.destination.quality} is on disk: ${same}`)
  await doctors.ehbox.move([listed], { from: 'INBOX', to: 'BININBOX', box: listed.box! })
}
await rm(directory, { recursive: true })
