/**
 * Watching a program: events in a log, the phases of a call, a recording, and the same program again from that recording
 * with the platform gone.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { connect, type Connection } from 'ehealth-connectors'
import { emitTo, logTo, type SessionEvent } from 'ehealth-connectors/observability'
import { physician } from 'ehealth-connectors/professions'
import { startSimulator } from 'ehealth-connectors/simulator'
import { replayTransport } from 'ehealth-connectors/soap'

// Stands for pino: const logger = pino()
const line = (object: object, message: string): void => console.log(`log: ${message}`, Object.keys(object))
const logger = { trace: line, debug: line, info: line, warn: line, error: line }

const phases: string[] = []
const watch = (event: SessionEvent): void => {
  if (event.type === 'phase' && event.operation === 'getBoxInfo') phases.push(event.phase)
}

const program = async (me: Connection<'ehbox'>): Promise<string> => (await me.ehbox.info()).box.quality

const simulator = await startSimulator()
const { ssin, nihii, keystore, password } = simulator.personas.physician
const recording = await mkdtemp(join(tmpdir(), 'recording-'))
const common = {
  environment: simulator.environment,
  keystore: { bytes: keystore, password },
  as: physician({ ssin, nihii }),
}
try {
  {
    await using me = await connect({
      ...common,
      record: recording,
      on: emitTo([logTo(logger, { level: 'info' }), watch]),
    })
    console.log(`box of a ${await program(me)}`)
    console.log(`phases: ${phases.join(' ')}`)
  }
  await simulator.close()

  const replay = await replayTransport(recording)
  await using offline = await connect({ ...common, transport: replay, runtime: replay.runtime })
  console.log(`offline: box of a ${await program(offline)}, ${replay.remaining()} exchanges left`)
} finally {
  await rm(recording, { recursive: true })
}
