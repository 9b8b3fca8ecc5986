/** Tokens and what they say, passwords, addresses that let somebody in: who listens to logs and errors learns none of it. */
import { inspect } from 'node:util'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { connect, type ConnectOptions } from '../../../src/connect.js'
import { physician, type BusinessServiceName } from '../../../src/professions/index.js'
import { startSimulator, type Simulator } from '../../../src/simulator/index.js'
import { logTo } from '../../../src/technical/observability/index.js'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator()
})
afterAll(() => simulator.close())

/** A logger that keeps every word. */
function capture() {
  const lines: string[] = []
  const keep =
    (level: string) =>
    (...words: unknown[]): void => {
      lines.push(`${level} ${inspect(words, { depth: 20 })}`)
    }
  const log = logTo({
    trace: keep('trace'),
    debug: keep('debug'),
    info: keep('info'),
    warn: keep('warn'),
    error: keep('error'),
  })
  return { log, lines }
}

/** Everything that can be seen of an error. */
const seen = (error: unknown): string =>
  [inspect(error, { depth: 20, showHidden: true }), JSON.stringify(error), String(error)].join('\n')

const profiles: [string, NonNullable<ConnectOptions<BusinessServiceName>['sts']>][] = [
  ['WS-Trust', { profile: 'ws-trust' }],
  ['SAML 1.1', { profile: 'saml-1.1' }],
  ['SAML 1.1, old contract', { profile: 'saml-1.1', operation: 'RequestSecureToken' }],
]

describe.each(profiles)('a session over %s', (_, sts) => {
  const options = (log: (event: never) => void) => {
    const { ssin, nihii, keystore, password } = simulator.personas.physician
    return {
      environment: simulator.environment,
      runtime: simulator.runtime,
      keystore: { bytes: keystore, password },
      as: physician({ ssin, nihii }),
      sts,
      on: log as never,
      retry: { attempts: 1 },
    }
  }
  const secrets = (): string[] => {
    const { ssin, nihii, password, displayName } = simulator.personas.physician
    return [ssin, nihii, nihii.slice(0, 8), password, ...displayName.split(' ')]
  }

  it('works, and its log says nothing of what the token says', async () => {
    const { log, lines } = capture()
    await using me = await connect(options(log))
    const token = await me.technical.token()
    const page = await me.technical.signOn('post')
    const address = await me.technical.signOn('artifact')
    await me.ehbox.info()
    expect(lines.length).toBeGreaterThan(3)
    const hidden = [
      ...secrets(),
      token.xml.slice(200, 260),
      token.xml.slice(-200, -140),
      page.fields.SAMLResponse.slice(0, 60),
      address.url,
    ]
    for (const secret of hidden) {
      expect(lines.join('\n')).not.toContain(secret)
      expect(seen({ me, token, page, address })).not.toContain(secret)
    }
    expect(simulator.calls(sts.profile === 'saml-1.1' ? serviceOf(sts.operation) : 'sts')).toBeGreaterThan(0)
  })

  it.each([
    ['refused', 'token.refused', () => ({ kind: 'soa', code: 'SOA-01002' }) as const],
    ['signed by somebody else', 'token.untrusted', () => ({ kind: 'assertion-signer' }) as const],
    ['damaged', 'signature.invalid', () => ({ kind: 'assertion-signature' }) as const],
    ['wrapped', 'token.count', () => ({ kind: 'assertion-wrapped' }) as const],
  ])('fails when the token is %s, and neither log nor error says more', async (_what, code, trouble) => {
    simulator.faults.add(trouble())
    const { log, lines } = capture()
    await using me = await connect(options(log))
    const error: unknown = await me.technical.token().then(
      () => undefined,
      (reason: unknown) => reason,
    )
    expect(error).toMatchObject({ code })
    for (const secret of secrets()) {
      expect(lines.join('\n')).not.toContain(secret)
      expect(seen(error)).not.toContain(secret)
    }
    expect(seen(error)).not.toContain('AttributeValue')
  })

  it('names what is not granted by name alone', async () => {
    const { physician: known } = simulator.personas
    const actor = simulator.world.findActor('SSIN', known.ssin)!
    simulator.world.register({ ...actor, certified: {} })
    const { log, lines } = capture()
    await using me = await connect(options(log))
    const error: unknown = await me.technical.token().catch((reason: unknown) => reason)
    simulator.world.register(actor)
    expect(error).toMatchObject({ code: 'token.attribute' })
    for (const secret of secrets()) {
      expect(lines.join('\n')).not.toContain(secret)
      expect(seen(error)).not.toContain(secret)
    }
  })
})

const serviceOf = (operation?: string) =>
  operation === 'RequestSecureToken' ? ('stsSaml11Legacy' as const) : ('stsSaml11' as const)

describe('the setting of a session', () => {
  it.each<[string, unknown]>([
    ['sts.profile', { profile: 'saml-2.0' }],
    ['sts.operation', { operation: 'RequestSecureToken' }],
    ['sts.Profile', { Profile: 'saml-1.1' }],
  ])('is checked at the door: %s', async (path, sts) => {
    const { ssin, nihii, keystore, password } = simulator.personas.physician
    const connecting = connect({
      environment: simulator.environment,
      keystore: { bytes: keystore, password },
      as: physician({ ssin, nihii }),
      sts: sts as never,
    })
    await expect(connecting).rejects.toMatchObject({ code: 'configuration.invalid', path })
  })
})
