import { inspect } from 'node:util'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { hospital, nurse, physician, type Profession } from '../../../src/professions/index.js'
import { startSimulator, type PersonaName, type Simulator } from '../../../src/simulator/index.js'
import { consultationOperations as ehbox } from '../../../src/business/ehbox/contract.js'
import { memoryCache } from '../../../src/technical/environment/cache.js'
import { openKeystore } from '../../../src/technical/keystore/index.js'
import {
  createSession,
  type Session,
  type SessionEvent,
  type SessionOptions,
} from '../../../src/technical/session/index.js'
import { createTransport } from '../../../src/technical/soap/transport.js'

let simulator: Simulator
const opened: Session[] = []
const hour = 60 * 60 * 1000
const start = new Date('2026-03-02T08:00:00Z')

beforeAll(async () => {
  simulator = await startSimulator({ clock: { now: () => start } })
})
afterAll(() => simulator.close())
beforeEach(async () => {
  await Promise.all(opened.splice(0).map((session) => session.close()))
  simulator.faults.clear()
  simulator.clock.release()
  simulator.clock.set(start)
})

const actorOf: Record<PersonaName, () => Profession> = {
  physician: () => physician(numbersOf('physician')),
  nurse: () => nurse(numbersOf('nurse')),
  hospital: () => hospital({ nihii: simulator.personas.hospital.nihii }),
}
function numbersOf(name: PersonaName): { ssin: string; nihii: string } {
  const { ssin, nihii } = simulator.personas[name]
  return { ssin: ssin!, nihii: nihii }
}

function sessionOf(name: PersonaName, changes: Partial<SessionOptions> = {}): Session {
  const { keystore, password } = simulator.personas[name]
  const session = createSession({
    environment: simulator.environment,
    actor: actorOf[name](),
    keystore: { bytes: keystore, password },
    runtime: simulator.runtime,
    ...changes,
  })
  opened.push(session)
  return session
}

/** Requests that the STS receives while `action` runs. */
async function stsCalls(action: () => Promise<unknown>): Promise<number> {
  const before = simulator.calls('sts')
  await action()
  return simulator.calls('sts') - before
}

function recordEvents(): {
  events: SessionEvent[]
  tokens: () => string[]
  on: (event: SessionEvent) => void
} {
  const events: SessionEvent[] = []
  return {
    events,
    tokens: () => events.flatMap((event) => (event.type === 'token' ? [event.state] : [])),
    on: (event) => events.push(event),
  }
}

const boxInfo = (session: Session) => session.call(ehbox.getBoxInfo, {})

describe('the token of a session', () => {
  it('is asked for once by twenty callers at the same time', async () => {
    const session = sessionOf('physician')
    let tokens: { id: string }[] = []
    const calls = await stsCalls(async () => {
      tokens = await Promise.all(Array.from({ length: 20 }, () => session.token()))
    })
    expect(calls).toBe(1)
    expect(new Set(tokens.map(({ id }) => id)).size).toBe(1)
  })

  it('is asked for once by twenty first calls of a service', async () => {
    const session = sessionOf('physician')
    expect(await stsCalls(() => Promise.all(Array.from({ length: 20 }, () => boxInfo(session))))).toBe(1)
  })

  it.each<PersonaName>(['physician', 'nurse', 'hospital'])(
    'holds what the platform certifies of a %s',
    async (name) => {
      const session = sessionOf(name)
      const token = await session.token()
      expect(session.actor.demanded.length).toBeGreaterThan(0)
      for (const demanded of session.actor.demanded) expect(token.grants(demanded), demanded).toBe(true)
      expect(token.attributes.map((attribute) => attribute.name)).toEqual(
        session.actor.attributes.map((attribute) => attribute.name),
      )
      expect(token.notOnOrAfter).toEqual(new Date(start.getTime() + 24 * hour))
      expect(token.notBefore).toEqual(new Date(start.getTime() - 5 * 60_000))
    },
  )

  it('lives as long as was asked for', async () => {
    const token = await sessionOf('physician', { validity: hour }).token()
    expect(token.notOnOrAfter).toEqual(new Date(start.getTime() + hour))
  })

  it('is bound to the holder of the key when somebody else identifies, after a challenge', async () => {
    const { keystore, password } = simulator.personas.physician
    const session = sessionOf('hospital', {
      actor: {
        ...actorOf.hospital(),
        attributes: [...actorOf.physician().attributes, ...actorOf.hospital().attributes],
      },
      identification: { bytes: keystore, password },
    })
    const before = simulator.calls('sts', 'Challenge')
    const token = await session.token()
    expect(simulator.calls('sts', 'Challenge') - before).toBe(1)
    expect(token.grants('urn:be:fgov:person:ssin:doctor:boolean')).toBe(true)
    expect(token.grants('urn:be:fgov:ehealth:1.0:hospital:nihii-number:recognisedhospital:boolean')).toBe(
      true,
    )
  })

  it('may be identified by an open credential, for a key that is no file', async () => {
    const { keystore, password } = simulator.personas.physician
    const { authentication } = await openKeystore({ bytes: keystore }, { password, now: start })
    const session = sessionOf('hospital', { identification: authentication })
    expect((await session.token()).id).toBeTruthy()
  })
})

describe('renewal', () => {
  it('comes with the first call in the last tenth of the life, once for all callers', async () => {
    const { tokens, on } = recordEvents()
    const session = sessionOf('physician', { on })
    const first = await session.token()
    simulator.clock.advance(21 * hour)
    expect(await session.token()).toBe(first)
    simulator.clock.advance(hour)
    let renewed: unknown[] = []
    const calls = await stsCalls(async () => {
      renewed = await Promise.all([session.token(), session.token(), session.token()])
    })
    expect(calls).toBe(1)
    expect(new Set(renewed).size).toBe(1)
    expect(renewed[0]).not.toBe(first)
    expect(tokens()).toEqual(['issued', 'issued'])
  })

  it('comes five minutes before the end of a short life', async () => {
    const session = sessionOf('physician', { validity: 20 * 60_000 })
    const first = await session.token()
    simulator.clock.advance(14 * 60_000)
    expect(await session.token()).toBe(first)
    simulator.clock.advance(60_000)
    expect(await session.token()).not.toBe(first)
  })

  it('that fails leaves the old token in use, says so once and asks again after a minute', async () => {
    const { events, tokens, on } = recordEvents()
    const session = sessionOf('physician', { on })
    const first = await session.token()
    simulator.clock.advance(23 * hour)
    simulator.faults.add({ kind: 'soa', code: 'SOA-02001', service: 'sts', times: 3 })
    expect(await Promise.all([session.token(), session.token()])).toEqual([first, first])
    expect(await stsCalls(() => session.token())).toBe(0)
    expect(tokens()).toEqual(['issued', 'renewal-failed'])
    expect(events.at(-1)).toMatchObject({ code: 'fault.unavailable', notOnOrAfter: first.notOnOrAfter })
    simulator.clock.advance(60_000)
    expect(await session.token()).not.toBe(first)
  })

  it('that fails after the end is an error', async () => {
    const session = sessionOf('physician')
    await session.token()
    simulator.clock.advance(24 * hour)
    simulator.faults.add({ kind: 'soa', code: 'SOA-02001', service: 'sts', times: 3 })
    await expect(session.token()).rejects.toMatchObject({ code: 'fault.unavailable' })
    expect((await session.token()).id).toBeTruthy()
  })
})

describe('a token that the platform refuses', () => {
  it('is replaced, and the call repeated once', async () => {
    const { events, tokens, on } = recordEvents()
    const session = sessionOf('physician', { on })
    const first = await session.token()
    simulator.faults.add({ kind: 'soa', code: 'SOA-01001', service: 'ehboxConsultation', times: 1 })
    expect(await stsCalls(() => boxInfo(session))).toBe(1)
    expect(await session.token()).not.toBe(first)
    expect(tokens()).toEqual(['issued', 'dropped', 'issued'])
    expect(events.filter(({ type }) => type === 'retry')).toMatchObject([
      {
        type: 'retry',
        service: 'ehboxConsultation',
        operation: ehbox.getBoxInfo.name,
        attempt: 2,
        code: 'fault.not-authenticated',
        endpoint: `${simulator.url}/ehBoxConsultation/v3`,
      },
    ])
  })

  it('twice is an error, not a loop', async () => {
    const session = sessionOf('physician')
    const before = simulator.calls('ehboxConsultation')
    simulator.faults.add({ kind: 'soa', code: 'SOA-01001', service: 'ehboxConsultation', times: 5 })
    await expect(boxInfo(session)).rejects.toMatchObject({ code: 'fault.not-authenticated' })
    expect(simulator.calls('ehboxConsultation') - before).toBe(2)
  })

  it('for any other reason is not repeated', async () => {
    const session = sessionOf('physician')
    const before = simulator.calls('ehboxConsultation')
    simulator.faults.add({ kind: 'soa', code: 'SOA-01002', service: 'ehboxConsultation', times: 1 })
    await expect(boxInfo(session)).rejects.toMatchObject({ code: 'fault.not-authorised' })
    expect(simulator.calls('ehboxConsultation') - before).toBe(1)
  })

  it('by many calls at once is replaced once', async () => {
    const session = sessionOf('physician')
    await session.token()
    simulator.faults.add({ kind: 'soa', code: 'SOA-01001', service: 'ehboxConsultation', times: 10 })
    // so that all ten are refused before the first of them is repeated
    simulator.faults.add({ kind: 'delay', milliseconds: 700, service: 'sts' })
    expect(await stsCalls(() => Promise.all(Array.from({ length: 10 }, () => boxInfo(session))))).toBe(1)
  })
})

describe('the STS says no', () => {
  it('to numbers that are not those of the certificate', async () => {
    const session = sessionOf('physician', { actor: actorOf.nurse() })
    const error: unknown = await session.token().catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'token.refused', platform: { code: 'SOA-01002' } })
    for (const { ssin, nihii } of [simulator.personas.physician, simulator.personas.nurse])
      for (const number of [ssin, nihii]) expect(JSON.stringify(error)).not.toContain(number)
  })

  it('by granting nothing: a physician who is none is told which attribute is missing', async () => {
    const session = sessionOf('nurse', { actor: physician(numbersOf('nurse')) })
    await expect(session.token()).rejects.toMatchObject({
      code: 'token.attribute',
      details: { attribute: 'urn:be:fgov:person:ssin:doctor:boolean', state: 'false' },
    })
  })

  it('by naming another number: a NIHII that is somebody else’s is told', async () => {
    const { ssin } = simulator.personas.physician
    const session = sessionOf('physician', { actor: physician({ ssin: ssin, nihii: '10000106004' }) })
    const error: unknown = await session.token().catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'token.attribute', details: { state: 'other-number' } })
    expect(JSON.stringify(error)).not.toMatch(/\d{8}/)
  })

  it('not to another qualification of the same NIHII', async () => {
    const { ssin, nihii } = simulator.personas.physician
    for (const same of [nihii.slice(0, 8), `${nihii.slice(0, 8)}001`])
      expect(
        (await sessionOf('physician', { actor: physician({ ssin: ssin, nihii: same }) }).token()).id,
      ).toBeTruthy()
  })

  it('only for this time: the next call asks again', async () => {
    const session = sessionOf('physician')
    simulator.faults.add({ kind: 'soa', code: 'SOA-01002', service: 'sts', times: 1 })
    await expect(session.token()).rejects.toMatchObject({ code: 'token.refused' })
    expect((await session.token()).id).toBeTruthy()
  })

  it.each([
    ['a damaged signature', { kind: 'assertion-signature' as const }, /^signature\./],
    ['a signer who is not the STS', { kind: 'assertion-signer' as const }, /^token\.untrusted$/],
  ])('or somebody else speaks: %s', async (_, trouble, code) => {
    simulator.faults.add({ ...trouble, service: 'sts' })
    await expect(sessionOf('physician').token()).rejects.toMatchObject({
      code: expect.stringMatching(code) as string,
    })
  })

  it('and nobody is asked when no STS is trusted', async () => {
    const { sts: _, ...trust } = simulator.environment.trust
    const session = sessionOf('physician', { environment: { ...simulator.environment, trust } })
    expect(
      await stsCalls(() =>
        expect(session.token()).rejects.toMatchObject({ code: 'configuration.invalid', path: 'trust.sts' }),
      ),
    ).toBe(0)
  })

  it('in time that is too far off', async () => {
    const runtime = { ...simulator.runtime, now: () => new Date(start.getTime() - hour) }
    await expect(sessionOf('physician', { runtime }).token()).rejects.toMatchObject({
      code: 'fault.not-authenticated',
      hint: expect.stringMatching(/this machine's clock is 360[01] s behind the platform's/) as string,
    })
  })

  it('in time that is too far off, unless the session is told to go by the clock of the platform', async () => {
    const { events, on } = recordEvents()
    const runtime = { ...simulator.runtime, now: () => new Date(start.getTime() - hour) }
    const session = sessionOf('physician', { runtime, on, correctClock: true })
    expect((await boxInfo(session)).meta.httpStatus).toBe(200)
    expect(events.filter(({ type }) => type === 'clock')).toEqual([
      expect.objectContaining({ service: 'sts', corrected: true }),
    ])
  })
})

describe('two users in one process', () => {
  it('never share a token, a key or a cache', async () => {
    const doctor = sessionOf('physician')
    const carer = sessionOf('nurse')
    const [doctorToken, carerToken] = await Promise.all([doctor.token(), carer.token()])
    expect(doctorToken.id).not.toBe(carerToken.id)
    const ssin = 'urn:be:fgov:person:ssin'
    expect(doctorToken.values(ssin)).toEqual([simulator.personas.physician.ssin])
    expect(carerToken.values(ssin)).toEqual([simulator.personas.nurse.ssin])
    const [doctorKeys, carerKeys] = await Promise.all([doctor.keystore(), carer.keystore()])
    expect(doctorKeys.authentication.certificate.equals(carerKeys.authentication.certificate)).toBe(false)
    expect(doctor.cache).not.toBe(carer.cache)
  })

  it('act as themselves when their calls are mixed', async () => {
    const sessions = { physician: sessionOf('physician'), nurse: sessionOf('nurse') }
    const names = Array.from({ length: 12 }, (_, i) =>
      i % 2 === 0 ? ('physician' as const) : ('nurse' as const),
    )
    const answers = await Promise.all(names.map((name) => boxInfo(sessions[name])))
    answers.forEach(({ meta }, i) => {
      const { ssin } = simulator.personas[names[i]!]
      expect(meta.raw.request).toContain(`<AttributeValue>${ssin}</AttributeValue>`)
    })
  })

  it('leave nothing personal in a cache that they share', async () => {
    const written: string[] = []
    const inner = memoryCache()
    const cache: typeof inner = {
      ...inner,
      set: (key, value, milliseconds) => {
        written.push(key, value)
        return inner.set(key, value, milliseconds)
      },
    }
    await Promise.all([boxInfo(sessionOf('physician', { cache })), boxInfo(sessionOf('nurse', { cache }))])
    expect(written).toEqual([])
  })

  it('end separately', async () => {
    const doctor = sessionOf('physician')
    const carer = sessionOf('nurse')
    await Promise.all([doctor.token(), carer.token()])
    await doctor.close()
    await expect(doctor.token()).rejects.toMatchObject({ code: 'configuration.closed' })
    expect((await boxInfo(carer)).meta.httpStatus).toBe(200)
  })
})

describe('the time that a session waits for an answer', () => {
  it.each([
    ['the STS', 'sts', (session: Session) => session.token()],
    ['a service', 'ehboxConsultation', boxInfo],
  ] as const)('holds for %s, also on a transport that others share', async (_, service, act) => {
    const transport = createTransport({ trust: simulator.environment.trust.tls ?? [] })
    const session = sessionOf('physician', { transport, timeout: 2000 })
    if (service !== 'sts') await session.token()
    simulator.faults.add({ kind: 'delay', milliseconds: 4000, service })
    await expect(act(session)).rejects.toMatchObject({ code: 'transport.timeout' })
    transport.close()
  })
})

describe('options of the wire', () => {
  it.each<[Partial<SessionOptions>, string]>([
    [{ retry: { attempts: 0 } }, 'retry.attempts'],
    [{ retry: { attempts: 11 } }, 'retry.attempts'],
    [{ retry: { firstPause: -1 } }, 'retry.firstPause'],
    [{ retry: { tries: 2 } as never }, 'retry.tries'],
    [{ http: { idleTimeout: 0 } }, 'idleTimeout'],
    [{ http: { proxy: { url: 'nonsense' } } }, 'proxy.url'],
    [{ userAgent: 'no product' }, 'userAgent'],
    [{ from: 'nobody' }, 'from'],
  ])('that are impossible are refused at the door: %j', (options, path) => {
    expect(() => sessionOf('physician', options)).toThrow(
      expect.objectContaining({ code: 'configuration.invalid', path }),
    )
  })

  it('are not given beside a transport that has its own', () => {
    const transport = createTransport()
    expect(() => sessionOf('physician', { transport, http: { idleTimeout: 5 } })).toThrow(
      expect.objectContaining({ code: 'configuration.invalid', path: 'http' }),
    )
    transport.close()
  })
})

describe('a closed session', () => {
  it('gives out no token, even when the STS was being asked', async () => {
    simulator.faults.add({ kind: 'delay', milliseconds: 300, service: 'sts' })
    const { tokens, on } = recordEvents()
    const session = sessionOf('physician', { on })
    await session.keystore()
    const pending = expect(session.token()).rejects.toMatchObject({ code: 'configuration.closed' })
    await new Promise((resolve) => setTimeout(resolve, 100))
    await session.close()
    await pending
    expect(tokens()).toEqual([])
  })

  it('tells whoever keeps secrets of it, once', async () => {
    const session = sessionOf('physician')
    let told = 0
    session.ended.addEventListener('abort', () => told++)
    expect(session.ended.aborted).toBe(false)
    await session.close()
    await session.close()
    expect([session.ended.aborted, told]).toEqual([true, 1])
  })

  it('calls nothing any more', async () => {
    const session = sessionOf('physician')
    await boxInfo(session)
    await session.close()
    const before = simulator.calls('ehboxConsultation')
    await expect(boxInfo(session)).rejects.toMatchObject({ code: 'configuration.closed' })
    expect(simulator.calls('ehboxConsultation')).toBe(before)
  })

  it('is what remains of an `await using` block', async () => {
    let escaped: Session | undefined
    {
      await using session = sessionOf('physician')
      await session.token()
      escaped = session
    }
    expect(escaped.closed).toBe(true)
  })
})

describe('logs', () => {
  it('show neither keys nor password nor token nor numbers of a session in use', async () => {
    const events: unknown[] = []
    const session = sessionOf('physician', { on: (event) => events.push(event) })
    await boxInfo(session)
    const token = await session.token()
    const { password, ssin } = simulator.personas.physician
    for (const shown of [
      inspect(session, { depth: 20, showHidden: true }),
      JSON.stringify(session),
      inspect(token, { depth: 20, showHidden: true }),
      JSON.stringify(events),
    ]) {
      expect(shown).not.toContain(password)
      expect(shown).not.toContain(ssin)
      expect(shown).not.toContain('<Assertion')
      expect(shown).not.toContain('PRIVATE KEY')
    }
  })

  it('are no business of the call: a listener that throws is ignored', async () => {
    const session = sessionOf('physician', {
      on: () => {
        throw new Error('listener')
      },
    })
    expect((await boxInfo(session)).meta.httpStatus).toBe(200)
  })
})
