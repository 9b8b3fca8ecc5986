/** A service that nobody described here: its contract is dropped in, its other side as well. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { connect, type Connection } from '../../../src/connect.js'
import { isEHealthError, type ErrorCode } from '../../../src/errors.js'
import { physician } from '../../../src/professions/index.js'
import { serveContract, startSimulator, type Simulator } from '../../../src/simulator/index.js'
import { openContract, serviceContract } from '../../../src/technical/service/index.js'
import { namespace, string } from '../../../src/technical/xml/index.js'

const own = namespace('urn:example:inscription', { prefix: 'o', qualified: true })
const Ssin = string({ pattern: /^[0-9]{11}$/ })
const operations = {
  insert: {
    soapAction: 'urn:example:inscription:insert',
    security: 'saml-hok',
    request: own.element('InsertRequest', own.sequence({ Ssin })),
    response: own.element('InsertResponse', own.sequence({ By: string(), Count: string() })),
  },
  list: {
    soapAction: '',
    security: 'x509',
    idempotent: true,
    request: own.element('ListRequest', own.sequence({})),
    response: own.element('ListResponse', own.sequence({ Count: string() })),
  },
} as const
const contract = serviceContract({ service: 'inscriptionService', operations })

let simulator: Simulator
let me: Connection
const inserted: string[] = []
beforeAll(async () => {
  const service = serveContract(contract, {
    insert: {
      answer: ({ request, caller }) => {
        inserted.push(request.Ssin)
        return { value: { By: caller.actor!.name, Count: String(inserted.length) } }
      },
    },
    list: { answer: () => ({ value: { Count: String(inserted.length) } }) },
  })
  simulator = await startSimulator({ services: [service] })
  const { environment, runtime, personas } = simulator
  const { ssin, nihii, keystore, password } = personas.physician
  me = (await connect({
    environment,
    runtime,
    keystore: { bytes: keystore, password },
    as: physician({ ssin, nihii }),
  })) as unknown as Connection
})
afterAll(async () => {
  await me?.close()
  await simulator?.close()
})

describe('a contract that was dropped in', () => {
  it('is called as everything else, with the security of each operation', async () => {
    const service = openContract(me.session, contract)
    const { value, meta } = await service.insert({ Ssin: '90010199794' })
    expect(value).toEqual({ By: 'physician', Count: '1' })
    expect(meta.raw.request).toContain('SAML:1.0:assertion')
    const listed = await service.list({})
    expect(listed.value.Count).toBe('1')
    expect(listed.meta.raw.request).toContain('BinarySecurityToken')
    expect(listed.meta.raw.request).not.toContain('SAML:1.0:assertion')
    expect(inserted).toEqual(['90010199794'])
  })

  it('judges what is written before anything is sent', async () => {
    const before = simulator.calls('inscriptionService')
    const refusal: unknown = await openContract(me.session, contract)
      .insert({ Ssin: '9001019979' })
      .catch((error: unknown) => error)
    expect(isEHealthError(refusal, 'contract.invalid') && refusal.path).toBe('InsertRequest.Ssin')
    expect(simulator.calls('inscriptionService')).toBe(before)
  })

  it('is not repeated unless it says that it may be', async () => {
    const service = openContract(me.session, contract)
    simulator.faults.add({ kind: 'drop', when: 'after', service: 'inscriptionService', times: 1 })
    const before = simulator.calls('inscriptionService')
    const done = inserted.length
    await expect(service.insert({ Ssin: '90010199794' })).rejects.toMatchObject({ family: 'transport' })
    expect(simulator.calls('inscriptionService')).toBe(before + 1)
    expect(inserted.length).toBe(done + 1)
    simulator.faults.add({ kind: 'drop', when: 'after', service: 'inscriptionService', times: 1 })
    await expect(service.list({})).resolves.toMatchObject({ value: { Count: String(done + 1) } })
    expect(simulator.calls('inscriptionService')).toBe(before + 3)
  })

  it('is served with a WSDL, by which it can be opened', async () => {
    const wsdl = `${simulator.url}/rnconsult/InscriptionService/v1?wsdl`
    const service = await me.technical.service(wsdl, { security: 'saml-hok' })
    expect(service.operations.map(({ name }) => name)).toEqual(['insert', 'list'])
    const { value } = await service.call('insert', { Ssin: '90010199794' })
    expect(value).toEqual({ By: 'physician', Count: String(inserted.length) })
  })

  it('is judged by its schema on the other side as well', async () => {
    const wsdl = `${simulator.url}/rnconsult/InscriptionService/v1?wsdl`
    const service = await me.technical.service(wsdl, { security: 'saml-hok' })
    await expect(service.call('insert', { Ssin: 'not a number' })).rejects.toMatchObject({
      code: 'fault.schema',
    })
  })
})

describe('a contract that cannot be', () => {
  it.each<[object, ErrorCode, string]>([
    [{ service: 'noSuchService' }, 'service.contract', 'service'],
    [{ operations: {} }, 'service.contract', 'operations'],
    [{ version: 1 }, 'configuration.invalid', 'version'],
    [
      { operations: { insert: { ...operations.insert, action: '' } } },
      'configuration.invalid',
      'operations.insert.action',
    ],
    [
      { operations: { insert: { ...operations.insert, soapAction: undefined } } },
      'service.contract',
      'operations.insert.soapAction',
    ],
    [
      { operations: { insert: { ...operations.insert, security: 'basic' } } },
      'service.contract',
      'operations.insert.security',
    ],
    [
      { operations: { insert: { ...operations.insert, request: {} } } },
      'service.contract',
      'operations.insert.request',
    ],
    [
      { operations: { insert: { ...operations.insert, idempotent: 'yes' } } },
      'service.contract',
      'operations.insert.idempotent',
    ],
    [
      { operations: { one: operations.insert, two: operations.insert } },
      'service.contract',
      'operations.two.request',
    ],
  ])('is refused with the place of the fault', (change, code, path) => {
    const given = { service: 'inscriptionService', operations, ...change } as Parameters<
      typeof serviceContract
    >[0]
    let refusal: unknown
    try {
      serviceContract(given)
    } catch (error) {
      refusal = error
    }
    expect(isEHealthError(refusal, code) && refusal.path).toBe(path)
  })

  it('has no answer for one of its operations', () => {
    const handlers = { insert: { answer: () => ({ value: { By: '', Count: '' } }) } } as never
    expect(() => serveContract(contract, handlers)).toThrow(
      expect.objectContaining({ code: 'service.contract', path: 'handlers.list' }),
    )
  })

  it('is served twice', async () => {
    const served = { service: 'inscriptionService', operations: [] } as const
    await expect(startSimulator({ services: [served, served] })).rejects.toMatchObject({
      code: 'configuration.invalid',
      path: 'services[1]',
    })
    await expect(
      startSimulator({ services: [{ ...served, service: 'nowhere' as never }] }),
    ).rejects.toMatchObject({ path: 'services[0]' })
  })
})
