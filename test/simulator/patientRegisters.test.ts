import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, describe, expect, it } from 'vitest'

import { addAuthenticLink } from '../../src/simulator/index.js'
import { consentsOf } from '../../src/simulator/services/consent/state.js'
import { exclusionsOf } from '../../src/simulator/services/exclusions/state.js'
import { linksOf } from '../../src/simulator/services/therlink/state.js'
import { wrap } from '../../src/simulator/stored.js'
import { openCast } from '../business/access/world.js'

const dir = mkdtempSync(join(tmpdir(), 'registers-'))
afterAll(() => rmSync(dir, { recursive: true }))

describe('the registers of consents, links and exclusions', () => {
  it('are the same when the simulator is started again in its directory', async () => {
    const before = await openCast({ dir })
    const { adult, foreigner } = before.patients
    const { signature } = await before.simulator.card('adult')
    await before.physician.consent.declare({ patient: adult })
    await before.physician.consent.declare({ patient: foreigner })
    await before.physician.consent.revoke({ patient: foreigner })
    await before.physician.therlink.declare({
      patient: adult,
      proof: { type: 'eidsigning', credential: signature },
    })
    await before.nurse.therlink.declare({ patient: adult, proof: 'eidreading' })
    await before.nurse.therlink.revoke({ patient: adult, proof: 'eidreading' })
    const { ssin, nihii } = before.simulator.personas.physician
    const provider = { ssin, nihii }
    await addAuthenticLink(before.simulator.world, {
      patientSsin: foreigner.ssin,
      provider,
      from: '2020-01-01',
      until: '2090-01-01',
    })
    const me = await before.citizen('adult')
    await me.exclusions.exclude({ patient: { ssin: adult.ssin }, provider: before.providers.nurse })
    const kept = (world = before.simulator.world) => ({
      consents: [...consentsOf(world).values()],
      links: linksOf(world),
      exclusions: exclusionsOf(world),
    })
    const then = structuredClone(kept())
    expect(then.consents).toHaveLength(2)
    expect(then.links).toHaveLength(3)
    await before.close()

    const after = await openCast({ dir })
    const now = kept(after.simulator.world)
    expect(wrap(now)).toEqual(wrap(then))
    expect(await after.physician.therlink.has({ patient: { ssin: adult.ssin } })).toMatchObject({
      linked: true,
    })
    expect(await after.nurse.therlink.declare({ patient: adult, proof: 'eidreading' })).toMatchObject({
      outcome: 'excluded',
    })
    await after.close()
  }, 60_000)
})
