import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { connect } from '../../src/index.js'
import { physician } from '../../src/professions/index.js'
import { startSimulator, type FaultPlan, type Simulator } from '../../src/simulator/index.js'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator()
})
afterAll(() => simulator.close())
afterEach(() => simulator.faults.clear())

const client = () => {
  const { ssin, nihii, keystore, password } = simulator.personas.physician
  return connect({
    environment: simulator.environment,
    keystore: { bytes: keystore, password },
    as: physician({ ssin: ssin, nihii: nihii }),
    timeout: 5_000,
    // what strikes once is to be seen
    retry: { attempts: 1 },
  })
}

/** Code of the error that a client gets when it asks for a token. */
async function outcome(plan: FaultPlan): Promise<string> {
  simulator.faults.add(plan)
  await using me = await client()
  return await me.technical.token().then(
    () => 'done',
    (error: { code: string }) => error.code,
  )
}

describe('scripted trouble reaches the client as', () => {
  it.each<[FaultPlan, string]>([
    [{ kind: 'drop' }, 'transport.reset'],
    [{ kind: 'drop', when: 'after' }, 'transport.reset'],
    [{ kind: 'truncate' }, 'transport.reset'],
    [{ kind: 'html', status: 503 }, 'transport.http'],
    [{ kind: 'html', status: 200 }, 'transport.content'],
    [{ kind: 'doctype' }, 'xml.doctype'],
    [{ kind: 'foreign-element' }, 'token.malformed'],
    [{ kind: 'assertion-signature' }, 'signature.invalid'],
    [{ kind: 'assertion-signer' }, 'token.untrusted'],
  ])('%j: %s', async (plan, code) => {
    expect(await outcome(plan)).toBe(code)
  })

  it('a fault with its code and text', async () => {
    simulator.faults.add({ kind: 'soa', code: 'SOA-02002', message: 'Back at noon', service: 'sts' })
    await using me = await client()
    await expect(me.technical.token()).rejects.toMatchObject({
      platform: {
        code: 'SOA-02002',
        origin: 'Provider',
        messages: [{ text: 'Service temporarily not available. Please try later: Back at noon' }],
      },
    })
  })

  it('a refusal when the clock of the service is off', async () => {
    simulator.faults.add({ kind: 'clock', milliseconds: 3_600_000 })
    await using me = await client()
    await expect(me.technical.token()).rejects.toMatchObject({ platform: { code: 'SOA-01001' } })
  })

  it('an answer that comes late', async () => {
    const before = performance.now()
    expect(await outcome({ kind: 'delay', milliseconds: 300 })).toBe('done')
    expect(performance.now() - before).toBeGreaterThan(290)
  })
})

describe('a plan', () => {
  it('strikes the service and operation it names, as often as it says, then never again', async () => {
    simulator.faults.add({ kind: 'soa', code: 'SOA-02001', service: 'etkDepot', skip: 1, times: 2 })
    simulator.faults.add({ kind: 'soa', code: 'SOA-02001', operation: 'sendMessage' })
    const { ssin, nihii } = simulator.personas.nurse
    await using me = await client()
    const codes: string[] = []
    for (const value of [ssin, simulator.personas.physician.ssin, nihii.slice(0, 8), ssin])
      await me.technical.etk
        .get(value.length === 11 ? { type: 'SSIN', value, application: '' } : { type: 'NIHII', value })
        .then(
          () => codes.push('found'),
          (error: { platform?: { code: string } }) => codes.push(error.platform?.code ?? 'other'),
        )
    expect(codes).toEqual(['found', 'SOA-02001', 'SOA-02001', 'found'])
    expect(simulator.calls('sts')).toBeGreaterThan(0)
  })

  it.each([
    [{ kind: 'drop', operation: 'sendMesage' }, 'faults.operation', 'Did you mean sendMessage?'],
    [{ kind: 'drop', service: 'sts', operation: 'sendMessage' }, 'faults.operation', 'Known here: '],
    [{ kind: 'drop', service: 'ehboxPublicaton' }, 'faults.service', 'Did you mean ehboxPublication?'],
    [{ kind: 'drop', service: 'recipePrescriber' }, 'faults.service', 'Known here: '],
    [{ kind: 'undelivered', service: 'sts' }, 'faults.service', ''],
    [{ kind: 'stamp', flaw: 'future', service: 'timestampConsult' }, 'faults.service', ''],
    [{ kind: 'assertion-sha1', service: 'etkDepot' }, 'faults.service', ''],
    [{ kind: 'drop', times: 0 }, 'faults.times', ''],
  ])('that could never strike is refused: %j', (plan, path, hint) => {
    const pending = simulator.faults.plans().length
    expect(() => simulator.faults.add(plan as FaultPlan)).toThrow(
      expect.objectContaining({
        code: 'configuration.invalid',
        path,
        hint: expect.stringContaining(hint) as string,
      }) as Error,
    )
    expect(simulator.faults.plans()).toHaveLength(pending)
  })
})
