/** What a program sees of a patient without asking for it: nothing. */
import { inspect } from 'node:util'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { connect, type Connection } from '../../../src/connect.js'
import { physician } from '../../../src/professions/index.js'
import { logTo } from '../../../src/technical/observability/index.js'
import type { SessionEvent } from '../../../src/technical/session/index.js'
import { openCast, type Cast } from './world.js'

let cast: Cast
let me: Connection<'consent' | 'therlink' | 'access'>
const told: SessionEvent[] = []
const lines: string[] = []

beforeAll(async () => {
  cast = await openCast()
  const { personas, environment, runtime } = cast.simulator
  const write = (...what: unknown[]) => void lines.push(inspect(what, { depth: 10 }))
  const log = logTo({ trace: write, debug: write, info: write, warn: write, error: write })
  me = await connect({
    environment,
    runtime,
    keystore: { bytes: personas.physician.keystore, password: personas.physician.password },
    as: physician({ ssin: personas.physician.ssin, nihii: personas.physician.nihii }),
    on: (event) => {
      told.push(event)
      log(event)
    },
  })
})
afterAll(async () => {
  await me.close()
  await cast.close()
})

describe('the data of a patient', () => {
  it('stand in no event, no log and no error, whatever happens', async () => {
    const { adult: patient, deceased } = cast.patients
    const { faults } = cast.simulator
    const reason = 'found unconscious in the park'
    const errors: unknown[] = []
    const attempt = (work: Promise<unknown>) => work.catch((error: unknown) => errors.push(error))
    const link = { patient, proof: 'eidreading' as const, comment: 'a zebra remark' }

    await me.consent.declare({ patient })
    await me.consent.get({ patient })
    await me.therlink.declare(link)
    await me.therlink.list({ patient, status: 'all' })
    await me.consent.declare({ patient: deceased })
    await me.access.mayRead({ patient, emergency: { reason, record: () => undefined } })
    for (const kind of ['truncate', 'foreign-element', 'doctype', 'html'] as const) {
      faults.add({ kind, service: 'consent', times: 9 })
      await attempt(me.consent.get({ patient }))
      faults.clear()
    }
    faults.add({ kind: 'soa', code: 'SOA-03006', service: 'therLink', message: 'schema' })
    await attempt(me.therlink.declare(link))
    await attempt(me.consent.declare({ patient: { ...patient, firstName: '' } }))
    await attempt(me.consent.declare({ patient: { ...patient, eidCard: '599000010136' } }))
    await attempt(me.therlink.declare({ ...link, patient: { ...patient, ssin: '68052199236' } }))
    await attempt(me.therlink.declare({ ...link, comment: 'a zebra remark'.repeat(99) }))
    await attempt(me.access.mayRead({ patient, emergency: { reason: 'zebra', record: () => undefined } }))

    expect(errors.length).toBeGreaterThanOrEqual(8)
    expect(told.length).toBeGreaterThan(30)
    expect(lines.length).toBeGreaterThan(5)
    const seen = [
      ...told.map((event) => JSON.stringify(event)),
      ...lines,
      ...errors.flatMap((error) => [JSON.stringify(error), inspect(error, { depth: 10 }), String(error)]),
      inspect(me, { depth: 10 }),
    ].join('\n')
    for (const secret of [
      patient.ssin,
      '68052199236',
      patient.eidCard!,
      '599000010136',
      'Voorbeeld',
      deceased.ssin,
      'Specimen',
      reason,
      'zebra',
    ])
      expect(seen, secret).not.toContain(secret)
  }, 60_000)
})
