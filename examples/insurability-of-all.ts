/**
 * A hospital asks the insurers about all of its patients through a mailbox: the questions come from an iterator, the answers
 * a minute later, and a second run finds that nothing is left to do. Runs on the embedded simulator.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { connect } from 'ehealth-connectors'
import type { KeyedQuestion } from 'ehealth-connectors/memberdata-async'
import { hospital } from 'ehealth-connectors/professions'
import { startSimulator } from 'ehealth-connectors/simulator'

await using simulator = await startSimulator()
const { nihii, keystore, password } = simulator.personas.hospital
await using me = await connect({
  environment: simulator.environment,
  runtime: {
    ...simulator.runtime,
    // a hospital would wait; here the clock of the simulator moves on instead
    sleep: async (milliseconds) => simulator.clock.advance(milliseconds),
  },
  keystore: { bytes: keystore, password },
  as: hospital({ nihii }),
  mycarenet: { licence: { username: 'sample', password: 'sample' } },
})

/** As it would come from a database, one at a time. */
async function* patients(): AsyncGenerator<KeyedQuestion> {
  for (const { name, ssin } of simulator.world.patients) yield { key: name, patient: { ssin } }
}

const store = await mkdtemp(join(tmpdir(), 'insurability-'))
for (const run of ['first', 'second']) {
  await using batch = await me.memberDataAsync.open({
    store,
    onProgress: (progress) => {
      if (progress.type === 'posted') console.log(`posted ${progress.name}`)
    },
  })
  const asked = await batch.ask(patients(), { name: 'november' })
  let answers = 0
  for await (const result of batch.answers()) {
    answers += 1
    if (!('answer' in result)) console.error(result.problem.code)
    else if (result.answer.outcome === 'complete')
      console.log(`${result.key}: ${result.answer.insurability.state}`)
    else console.log(`${result.key}: ${result.answer.outcome}`)
  }
  console.log(`${run} run: asked ${asked}, answered ${answers}`)
}
await rm(store, { recursive: true })
