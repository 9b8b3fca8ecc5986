/**
 * A hospital has its prescriptions stamped, survives an answer that gets lost, and proves one of them afterwards.
 * Runs on the embedded simulator: no network, no certificate of one's own.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { connect } from 'ehealth-connectors'
import { openPrescriptionArchive } from 'ehealth-connectors/prescription-archive'
import { hospital } from 'ehealth-connectors/professions'
import { startSimulator } from 'ehealth-connectors/simulator'

await using simulator = await startSimulator()
const { nihii, keystore, password } = simulator.personas.hospital
const directory = await mkdtemp(join(tmpdir(), 'prescriptions-'))

await using me = await connect({
  environment: simulator.environment,
  runtime: simulator.runtime,
  keystore: { bytes: keystore, password },
  as: hospital({ nihii }),
})

{
  await using archive = await openPrescriptionArchive({
    file: join(directory, 'archive.db'),
    session: me.session,
    hospital: simulator.timestamps.hospitalOf('hospital'),
  })

  // Many at a time share one flush of the disk. Each is safe when its promise resolves.
  const prescriptions = Array.from({ length: 100 }, (_, n) => Buffer.from(`prescription ${n}`))
  const receipts = await Promise.all(
    prescriptions.map((content, n) => archive.add({ content, sourceSystem: 'ward', sourceId: `act-${n}` })),
  )
  console.log(`taken in: ${receipts.length}, the last as number ${receipts.at(-1)?.ref}`)

  // `archive.run({ signal })` does this every five minutes. The first answer gets lost on its way back.
  simulator.faults.add({ service: 'timestampAuthority', kind: 'drop', when: 'after' })
  await archive.seal()
  console.log(`first attempt: ${(await archive.send()).failed} failed`)
  simulator.clock.advance(5 * 60_000)
  console.log(`second attempt: ${(await archive.send()).archived} archived`)

  const { outcome, evidence } = await archive.prove({ content: prescriptions[41]! })
  const [{ bag, stamps }] = evidence as [(typeof evidence)[0]]
  console.log(`${outcome}: entry ${bag?.position} of ${bag?.entries} in bag ${bag?.sequence}`)
  console.log(`stamp: ${stamps[0]?.checks.filter(({ result }) => result === 'passed').length} checks passed`)

  // Later, the archives of both sides are compared.
  simulator.clock.advance(60 * 60_000)
  const { verdict, platform } = await archive.audit()
  console.log(`audit: ${verdict}, ${platform[0]?.asked} stamp here, 2 at the platform: one bag`)
}
await rm(directory, { recursive: true })
