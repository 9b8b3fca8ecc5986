/** What the tests of sessions share: a simulator that knows a card holder, and sessions of its people. */
import { hospital, nurse, physician, type Profession } from '../../../src/professions/index.js'
import { startSimulator, type PersonaName, type Simulator } from '../../../src/simulator/index.js'
import type { Keystore } from '../../../src/technical/keystore/index.js'
import {
  createSession,
  type Session,
  type SessionEvent,
  type SessionOptions,
} from '../../../src/technical/session/index.js'
import { createTransport, type Transport } from '../../../src/technical/soap/index.js'
import { sender, senderNihii, senderSsin } from '../kgss/people.js'
import { openVectors, withinMinutes } from '../seal/vectors.js'

export const minute = 60_000
export const hour = 60 * minute
export const start = withinMinutes
export const vectors = openVectors()

/** 32 octets that protect tokens at rest. */
export const storeKey = Buffer.from(
  'e1c0f28c1c6f6e0d9d0a7a55f3b2c4d6e8f00112233445566778899aabbccddee'.slice(0, 64),
  'hex',
)
export const otherKey = Buffer.from(storeKey).reverse()

/** The holder of the card, who also has a keystore of the platform (`sender` of the vectors). */
export const cardHolder = physician({ ssin: senderSsin, nihii: senderNihii })

/** A platform whose clock stands still, and in which the people of the vectors are known. */
export const startWorld = (): Promise<Simulator> =>
  startSimulator({
    clock: { now: () => start },
    trust: { signers: vectors.trust.map((certificate) => certificate.der) },
    register: {
      actors: [sender],
      tokens: [
        { type: 'SSIN', value: senderSsin, etk: vectors.read('etk/sender.etk') },
        { type: 'NIHII-HOSPITAL', value: '99990172', etk: vectors.read('etk/recipient-a.etk') },
      ],
    },
  })

/** The simulator's environment, in which the authorities of the vectors are trusted too. */
export function environmentOf(simulator: Simulator): Simulator['environment'] {
  const { trust } = simulator.environment
  return {
    ...simulator.environment,
    trust: {
      ...trust,
      signers: [...trust.signers!, ...vectors.trust.map((certificate) => certificate.der)],
      registrationAuthority: [...trust.registrationAuthority!, vectors.certificate('etk-ra').der],
    },
  }
}

export function actorOf(simulator: Simulator, name: PersonaName): Profession {
  const { ssin, nihii } = simulator.personas[name]
  if (name === 'hospital') return hospital({ nihii })
  return (name === 'nurse' ? nurse : physician)({ ssin: ssin!, nihii })
}

/** Sessions of a simulator, closed together. */
export function opener(simulator: () => Simulator) {
  const opened: Session[] = []
  const open = (options: Omit<SessionOptions, 'environment'> & Partial<SessionOptions>): Session => {
    const session = createSession({
      environment: environmentOf(simulator()),
      runtime: simulator().runtime,
      ...options,
    })
    opened.push(session)
    return session
  }
  return {
    open,
    /** A persona with its own keystore. */
    persona: (name: PersonaName, options: Partial<SessionOptions> = {}): Session => {
      const { keystore, password } = simulator().personas[name]
      return open({
        actor: actorOf(simulator(), name),
        keystore: { bytes: keystore, password },
        ...options,
      })
    },
    closeAll: () => Promise.all(opened.splice(0).map((session) => session.close())),
  }
}

/** Requests that the STS receives while `action` runs. */
export async function stsCalls(simulator: Simulator, action: () => Promise<unknown>): Promise<number> {
  const before = simulator.calls('sts')
  await action()
  return simulator.calls('sts') - before
}

/** Hears everything. */
export function listener() {
  const events: SessionEvent[] = []
  return {
    events,
    /** States of the token, with the reason where there is one. */
    tokens: () =>
      events.flatMap((event) =>
        event.type === 'token' ? ['code' in event ? `${event.state} ${event.code}` : event.state] : [],
      ),
    on: (event: SessionEvent) => void events.push(event),
  }
}

/** The same keys as another object: whoever holds it is another user to a pool. */
export const another = (keystore: Keystore): Keystore => ({ ...keystore })

/** A real transport that counts what is under way at once to the STS. */
export function countingTransport(simulator: Simulator): Transport & { most: number; calls: number } {
  const inner = createTransport({ trust: simulator.environment.trust.tls ?? [] })
  let running = 0
  const counting: Transport & { most: number; calls: number } = {
    most: 0,
    calls: 0,
    post: async (request) => {
      if (!request.url.endsWith('/IAM/SecurityTokenService/v1')) return inner.post(request)
      counting.calls += 1
      counting.most = Math.max(counting.most, (running += 1))
      try {
        return await inner.post(request)
      } finally {
        running -= 1
      }
    },
    close: () => inner.close(),
  }
  return counting
}
