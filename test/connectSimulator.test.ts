import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { consultationOperations } from '../src/business/ehbox/contract.js'
import { connect, type ConnectOptions } from '../src/index.js'
import { nurse, physician } from '../src/professions/index.js'
import { startSimulator, type Simulator } from '../src/simulator/index.js'
import { createTransport } from '../src/technical/soap/transport.js'

let simulator: Simulator
let directory: string

beforeAll(async () => {
  ;[simulator, directory] = await Promise.all([startSimulator(), mkdtemp(join(tmpdir(), 'connect-'))])
})
afterAll(async () => {
  await simulator.close()
  await rm(directory, { recursive: true })
})

const optionsOf = (
  name: 'physician' | 'nurse',
): ConnectOptions<
  | 'ehbox'
  | 'eh2ebox'
  | 'addressBook'
  | 'consent'
  | 'therlink'
  | 'access'
  | 'memberData'
  | 'genericAsync'
  | 'memberDataAsync'
  | 'registration'
> => {
  const { ssin, nihii, keystore, password } = simulator.personas[name]
  const numbers = { ssin: ssin, nihii: nihii }
  return {
    environment: simulator.environment,
    keystore: { bytes: keystore, password },
    as: name === 'physician' ? physician(numbers) : nurse(numbers),
  }
}

describe('a connection to the platform', () => {
  it('calls a service with the token and key of its user', async () => {
    await using me = await connect(optionsOf('physician'))
    const { value, meta } = await me.technical.call(consultationOperations.getBoxInfo, {})
    expect(value).toBeTypeOf('object')
    expect(meta).toMatchObject({ service: 'ehboxConsultation', httpStatus: 200 })
    const { id } = await me.technical.token()
    expect(meta.raw.request).toContain(`AssertionID="${id}"`)
    expect(JSON.stringify(meta)).not.toContain(id)
  })

  it('keeps every exchange of its own in the directory asked for', async () => {
    const record = join(directory, 'physician')
    await using me = await connect({ ...optionsOf('physician'), record })
    await using other = await connect(optionsOf('nurse'))
    const { meta } = await me.technical.call(consultationOperations.getBoxInfo, {})
    await other.technical.token()
    const files = (await readdir(record)).sort()
    expect(files).toEqual([
      '0001-sts-RequestSecurityToken-request.xml',
      '0001-sts-RequestSecurityToken-response.xml',
      '0001.json',
      expect.stringMatching(/^0002-ehboxconsultation-.*-request\.xml$/),
      expect.stringMatching(/^0002-ehboxconsultation-.*-response\.xml$/),
      '0002.json',
    ])
    expect(await readFile(join(record, files[3]!), 'utf8')).toBe(meta.raw.request)
  })

  it('tells what happens, without a word of the messages', async () => {
    const events: { type: string }[] = []
    await using me = await connect({ ...optionsOf('physician'), on: (event) => events.push(event) })
    await me.technical.call(consultationOperations.getBoxInfo, {})
    const wire = events.map(({ type }) => type).filter((type) => type !== 'phase' && type !== 'call')
    expect(wire).toEqual(['request', 'response', 'token', 'request', 'response'])
    const { ssin, nihii } = simulator.personas.physician
    const told = JSON.stringify(events)
    for (const secret of [ssin, nihii, nihii.slice(0, 8), 'Assertion', 'urn:be'])
      expect(told).not.toContain(secret)
  })

  it('leaves a transport that it was lent open for others', async () => {
    const transport = createTransport({ trust: simulator.environment.trust.tls! })
    try {
      const first = await connect({ ...optionsOf('physician'), transport })
      await first.technical.token()
      await first.close()
      await using second = await connect({ ...optionsOf('nurse'), transport })
      expect((await second.technical.token()).id).toBeTruthy()
    } finally {
      transport.close()
    }
  })

  it('trusts no server but those it was told', async () => {
    const { tls: _, ...trust } = simulator.environment.trust
    await using me = await connect({
      ...optionsOf('physician'),
      environment: { ...simulator.environment, trust },
    })
    await expect(me.technical.token()).rejects.toMatchObject({ code: 'transport.tls' })
  })

  it('adds the trust that it is given to that of the environment', async () => {
    const { sts, ...trust } = simulator.environment.trust
    await using me = await connect({
      ...optionsOf('physician'),
      environment: { ...simulator.environment, trust },
      trust: { sts: sts! },
    })
    expect((await me.technical.token()).id).toBeTruthy()
  })
})
