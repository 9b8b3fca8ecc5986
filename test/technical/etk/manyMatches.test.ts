import { expect, it } from 'vitest'

import { connect } from '../../../src/connect.js'
import { nurse } from '../../../src/professions/index.js'
import { startSimulator } from '../../../src/simulator/index.js'

it('refuses an answer with more tokens than anybody has, without asking for each', async () => {
  await using simulator = await startSimulator()
  const { keystore, password, ssin, nihii } = simulator.personas.nurse
  await using me = await connect({
    environment: simulator.environment,
    runtime: simulator.runtime,
    keystore: { bytes: keystore, password },
    as: nurse({ ssin, nihii }),
  })
  const owner = { type: 'NIHII-HOSPITAL', value: simulator.personas.hospital.nihii }
  for (let number = 1; number <= 50; number++)
    simulator.world.addToken({ ...owner, application: `APP-${number}`, etk: Uint8Array.of(0) })
  const error: unknown = await me.technical.etk.getAll(owner).catch((reason: unknown) => reason)
  expect(error).toMatchObject({ code: 'etk.ambiguous', details: { count: 51 } })
  expect(simulator.calls('etkDepot')).toBe(1)
})
