import { describe, expect, it } from 'vitest'

import { connect } from '../../src/index.js'
import { physician } from '../../src/professions/index.js'
import { startSimulator } from '../../src/simulator/index.js'

describe('a session on the simulator', () => {
  it('gets a token and the encryption token of a colleague', async () => {
    await using simulator = await startSimulator({ onRefusal: (refused) => console.error(refused) })
    const { ssin, nihii, keystore, password } = simulator.personas.physician
    await using me = await connect({
      environment: simulator.environment,
      keystore: { bytes: keystore, password },
      as: physician({ ssin: ssin, nihii: nihii }),
    })
    const token = await me.technical.token()
    expect(token.attributes).toContainEqual(
      expect.objectContaining({ name: 'urn:be:fgov:person:ssin:doctor:boolean', values: ['true'] }),
    )
    const found = await me.technical.etk.get({ type: 'SSIN', value: simulator.personas.nurse.ssin })
    expect(found).toBeDefined()
    expect(simulator.calls('sts')).toBe(1)
    expect(simulator.calls('etkDepot', 'GetEtk')).toBe(1)
  })
})
