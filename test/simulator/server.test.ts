import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { startSimulator, type Simulator } from '../../src/simulator/index.js'
import { endpointOf, servicePaths } from '../../src/technical/environment/environment.js'
import { etkDepotOperations } from '../../src/technical/etk/contract.js'
import { parseXml } from '../../src/technical/xml/parse.js'
import { descendants, attribute } from '../../src/technical/xml/tree.js'
import {
  callOperation,
  credentialOf,
  faultIn,
  send,
  sendEnvelope,
  tokenEnvelope,
  tokenRequest,
} from './support.js'

const held = new Date('2026-03-02T09:00:00.000Z')
const ssinName = 'urn:be:fgov:person:ssin'

let recording: string
let simulator: Simulator
beforeAll(async () => {
  recording = await mkdtemp(path.join(tmpdir(), 'simulator-recording-'))
  simulator = await startSimulator({
    clock: { now: () => held },
    record: recording,
    maxRequestBytes: 20_000,
    strictAction: true,
    faultEnvironment: 'Simulation',
  })
})
afterAll(async () => {
  await simulator.close()
  await rm(recording, { recursive: true })
})

describe('HTTP of the simulator', () => {
  it('is TLS with a certificate of its own root, for both names of loopback', async () => {
    const at = servicePaths.etkDepot
    await expect(send(simulator, at, { method: 'OPTIONS', trust: [] })).rejects.toMatchObject({
      code: expect.stringMatching(/UNABLE_TO_|SELF_SIGNED/),
    })
    expect((await send(simulator, at, { method: 'OPTIONS' })).status).toBe(200)
    const named = { ...simulator, url: simulator.url.replace('127.0.0.1', 'localhost') }
    expect((await send(named, at, { method: 'OPTIONS' })).status).toBe(200)
  })

  it('tells the time of the simulated clock', async () => {
    const { headers } = await send(simulator, servicePaths.sts, { method: 'OPTIONS' })
    expect(headers['date']).toBe('Mon, 02 Mar 2026 09:00:00 GMT')
  })

  it('knows its paths and methods', async () => {
    expect((await send(simulator, '/Other/v1')).status).toBe(404)
    expect((await send(simulator, servicePaths.sts, { method: 'GET' })).status).toBe(405)
    expect(
      (await send(simulator, servicePaths.sts, { method: 'PUT', body: 'x' })).headers['allow'],
    ).toContain('POST')
  })

  it('refuses what is too large, and goes on serving', async () => {
    const body = Buffer.alloc(25_000, 0x20)
    expect((await sendEnvelope(simulator, 'etkDepot', body)).status).toBe(413)
    expect((await send(simulator, servicePaths.etkDepot, { method: 'OPTIONS' })).status).toBe(200)
  })

  it.each(['sts', 'etkDepot', 'ehboxPublication', 'ehboxConsultation'] as const)(
    'describes %s in WSDL with its own address',
    async (service) => {
      const { status, text } = await send(simulator, `${servicePaths[service]}?wsdl`, { method: 'GET' })
      expect(status).toBe(200)
      const elements = [...descendants(parseXml(text).root)]
      const address = elements.find(({ local }) => local === 'address')
      expect(attribute(address!, 'location')).toBe(endpointOf(simulator.environment, service))
      const named = new Set(
        elements.filter(({ local }) => local === 'message').map((e) => attribute(e, 'name')),
      )
      const used = elements
        .filter(({ local }) => local === 'input' || local === 'output')
        .map((element) => attribute(element, 'message'))
        .filter((name) => name !== undefined)
      expect(used.length).toBeGreaterThan(0)
      for (const name of used) expect(named).toContain(name.replace('tns:', ''))
    },
  )

  it('refuses a wrong SOAPAction or namespace when told to be strict', async () => {
    const credential = await credentialOf(simulator, 'physician')
    const request = () =>
      tokenEnvelope(
        credential,
        tokenRequest([[ssinName, simulator.personas.physician.ssin]]),
        simulator.runtime,
      )
    const action = 'urn:be:fgov:ehealth:sts:protocol:v1:RequestSecurityToken'
    const wrong: Record<string, string>[] = [{}, { soapaction: action }, { soapaction: '"urn:other"' }]
    for (const headers of wrong)
      expect(faultIn(await sendEnvelope(simulator, 'sts', await request(), headers)).code).toBe('SOA-03004')
    const good = await sendEnvelope(simulator, 'sts', await request(), { soapaction: `"${action}"` })
    expect(good.status).toBe(200)
    const other = await sendEnvelope(simulator, 'etkDepot', await request())
    expect(faultIn(other)).toMatchObject({ code: 'SOA-03004', environment: 'Simulation' })
  })

  it('records every exchange with the exact octets', async () => {
    const before = (await readdir(recording)).length
    const body = '<a>é</a>'
    const answer = await sendEnvelope(simulator, 'etkDepot', body)
    const files = (await readdir(recording)).sort().slice(before)
    expect(files).toEqual([
      expect.stringMatching(/^\d{4}-etkdepot-unknown-request\.xml$/),
      expect.stringMatching(/^\d{4}-etkdepot-unknown-response\.xml$/),
      expect.stringMatching(/^\d{4}\.json$/),
    ])
    expect(await readFile(path.join(recording, files[0]!), 'utf8')).toBe(body)
    expect(await readFile(path.join(recording, files[1]!), 'utf8')).toBe(answer.text)
    expect(JSON.parse(await readFile(path.join(recording, files[2]!), 'utf8'))).toMatchObject({
      url: endpointOf(simulator.environment, 'etkDepot'),
      status: 500,
    })
  })
})

describe('the life of a simulator', () => {
  it('frees its port on close, with connections open, and can be closed twice', async () => {
    const handles = () =>
      process
        .getActiveResourcesInfo()
        .filter((name) => /^T(CP|LS)/.test(name))
        .sort()
    const before = handles()
    const first = await startSimulator()
    expect(handles()).not.toEqual(before)
    const port = Number(new URL(first.url).port)
    const search = { SearchCriteria: { Identifier: [{ Type: 'SSIN', Value: first.personas.nurse.ssin }] } }
    await callOperation(first, etkDepotOperations.getEtk, search, { kind: 'none' })
    await expect(startSimulator({ port })).rejects.toMatchObject({
      code: 'configuration.invalid',
      path: 'port',
    })
    await Promise.all([first.close(), first.close()])
    const second = await startSimulator({ port })
    expect(new URL(second.url).port).toBe(String(port))
    await second.close()
    await expect.poll(handles).toEqual(before)
  })

  it('shares nothing with another one', async () => {
    await using other = await startSimulator({ clock: { now: () => held } })
    const stranger = await credentialOf(other, 'physician')
    const { ssin } = simulator.personas.physician
    const envelope = await tokenEnvelope(stranger, tokenRequest([[ssinName, ssin]]), simulator.runtime)
    const headers = { soapaction: '"urn:be:fgov:ehealth:sts:protocol:v1:RequestSecurityToken"' }
    expect(faultIn(await sendEnvelope(simulator, 'sts', envelope, headers)).code).toBe('SOA-01001')
    expect((await sendEnvelope(other, 'sts', envelope, headers)).status).toBe(200)
    await expect(
      send({ ...other, environment: simulator.environment }, servicePaths.sts, { method: 'OPTIONS' }),
    ).rejects.toThrow()
  })

  it('speaks plain HTTP when asked to', async () => {
    await using plain = await startSimulator({ http: true })
    expect(plain.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect((await fetch(plain.url + servicePaths.sts, { method: 'OPTIONS' })).status).toBe(200)
  })

  it.each([
    [{ prot: 1 }, 'prot'],
    [{ port: -1 }, 'port'],
    [{ host: '0.0.0.0' }, 'host'],
    [{ maxTokenLifetime: 0 }, 'maxTokenLifetime'],
  ])('refuses the options %j', async (options, path) => {
    await expect(startSimulator(options as never)).rejects.toMatchObject({
      code: 'configuration.invalid',
      path,
    })
  })
})
