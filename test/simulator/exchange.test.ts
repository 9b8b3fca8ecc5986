import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { connect } from '../../src/connect.js'
import { nurse, physician } from '../../src/professions/index.js'
import { startSimulator, type Exchange, type Simulator } from '../../src/simulator/index.js'
import { sendEnvelope } from './support.js'

let simulator: Simulator
let seen: Exchange[] = []

beforeAll(async () => {
  simulator = await startSimulator({ onExchange: (exchange) => void seen.push(exchange) })
})
afterAll(() => simulator.close())
beforeEach(() => {
  seen = []
  simulator.faults.clear()
})

const open = (name: 'physician' | 'nurse') => {
  const { ssin, nihii, keystore, password } = simulator.personas[name]
  return connect({
    environment: simulator.environment,
    keystore: { bytes: keystore, password },
    as: (name === 'physician' ? physician : nurse)({ ssin, nihii }),
  })
}
const results = (exchange: Exchange) => exchange.checks.map(({ name, result }) => `${name} ${result}`)
const everythingPassed = ['message', 'security', 'authorisation', 'schema', 'content', 'business'].map(
  (name) => `${name} passed`,
)

describe('whoever watches the simulator', () => {
  it('sees each exchange with its octets, its checks and the proven caller', async () => {
    await using me = await open('physician')
    await me.ehbox.info()
    expect(seen.map(({ service, operation }) => `${service} ${operation}`)).toEqual([
      'sts RequestSecurityToken',
      'ehboxConsultation getBoxInfo',
    ])
    const info = seen[1]!
    expect(results(info)).toEqual(everythingPassed)
    expect(info.caller?.actor?.name).toBe('physician')
    expect(Buffer.from(info.request.body).toString()).toContain('GetBoxInfoRequest')
    expect(info.request.soapAction).toContain('getBoxInfo')
    expect(info.response.status).toBe(200)
    expect(Buffer.from(info.response.body).toString()).toContain('GetBoxInfoResponse')
    expect(info.number).toBe(seen[0]!.number + 1)
    expect(info.refused).toBeUndefined()
  })

  it('sees how far a refused request came, and why', async () => {
    await sendEnvelope(simulator, 'ehboxConsultation', 'no XML at all')
    await sendEnvelope(
      simulator,
      'ehboxConsultation',
      `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Header/><S:Body><GetBoxInfoRequest xmlns="urn:be:fgov:ehealth:ehbox:consultation:protocol:v3"/></S:Body></S:Envelope>`,
    )
    const [broken, unsigned] = seen as [Exchange, Exchange]
    expect(results(broken)[0]).toBe('message failed')
    expect(
      results(broken)
        .slice(1)
        .every((result) => result.endsWith('skipped')),
    ).toBe(true)
    expect(broken.refused).toMatchObject({ code: 'SOA-03001', reason: 'xml.malformed' })
    expect(broken.operation).toBeUndefined()
    expect(results(unsigned).slice(0, 3)).toEqual([
      'message passed',
      'security failed',
      'authorisation skipped',
    ])
    expect(unsigned.refused?.code).toBe('SOA-01001')
    expect(unsigned.caller).toBeUndefined()
  })

  it('sees scripted trouble, which is no failed check', async () => {
    await using me = await open('nurse')
    await me.ehbox.info()
    seen = []
    simulator.faults.add({ service: 'ehboxConsultation', kind: 'html' })
    await me.ehbox.info().catch(() => undefined)
    expect(seen[0]).toMatchObject({ trouble: 'html', response: { status: 503 } })
    expect(seen[0]!.checks.some(({ result }) => result === 'failed')).toBe(false)
    seen = []
    simulator.faults.add({ service: 'ehboxConsultation', kind: 'soa', code: 'SOA-01001' })
    await me.ehbox.info().catch(() => undefined)
    expect(seen[0]).toMatchObject({ trouble: 'soa', refused: { code: 'SOA-01001' } })
    expect(results(seen[0]!).slice(0, 2)).toEqual(['message passed', 'security skipped'])
  })

  it('may throw: the caller gets his answer', async () => {
    await using clumsy = await startSimulator({
      onExchange: () => {
        throw new Error('clumsy')
      },
    })
    const { ssin, nihii, keystore, password } = clumsy.personas.physician
    await using me = await connect({
      environment: clumsy.environment,
      keystore: { bytes: keystore, password },
      as: physician({ ssin, nihii }),
    })
    expect((await me.ehbox.info()).maxSize).toBeGreaterThan(0)
  })
})
