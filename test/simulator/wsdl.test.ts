import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { connect, type Connection } from '../../src/connect.js'
import { physician } from '../../src/professions/index.js'
import { startSimulator, type Simulator } from '../../src/simulator/index.js'
import { endpointOf, servicePaths, type ServiceName } from '../../src/technical/environment/environment.js'
import { openService, type SoapService } from '../../src/technical/service/index.js'
import type { Operation } from '../../src/technical/soap/types.js'
import {
  allowed,
  integer,
  lazy,
  many,
  namespace,
  opaque,
  optional,
  required,
  string,
} from '../../src/technical/xml/index.js'
import type { SequenceType } from '../../src/technical/xml/contract.js'
import { simulate } from '../../src/simulator/service.js'
import { wsdlOf } from '../../src/simulator/wsdl/wsdlOf.js'
import { loadDocuments } from '../../src/technical/service/documents.js'
import { readSchemas } from '../../src/technical/service/schema/readSchemas.js'
import { shapeOf } from '../../src/technical/service/schema/shape.js'
import { send } from './support.js'

let simulator: Simulator
let me: Connection<'ehbox'>
/** Every service that answers `?wsdl`, found by asking. */
const served: ServiceName[] = []

beforeAll(async () => {
  simulator = await startSimulator()
  const { ssin, nihii, keystore, password } = simulator.personas.physician
  me = await connect({
    environment: simulator.environment,
    runtime: simulator.runtime,
    keystore: { bytes: keystore, password },
    as: physician({ ssin, nihii }),
  })
  for (const name of Object.keys(servicePaths) as ServiceName[]) {
    const { status } = await send(simulator, `${servicePaths[name]}?wsdl`, { method: 'GET' })
    if (status === 200) served.push(name)
  }
})
afterAll(async () => {
  await me.close()
  await simulator.close()
})

const opened = (name: ServiceName): Promise<SoapService> =>
  me.technical.service(`${simulator.url}${servicePaths[name]}?wsdl`)

describe('?wsdl of the simulator', () => {
  it('answers for every service that is served', async () => {
    expect(served).toEqual(
      expect.arrayContaining(['sts', 'etkDepot', 'ehboxPublication', 'ehboxConsultation']),
    )
    for (const name of Object.keys(servicePaths) as ServiceName[]) {
      const { status } = await send(simulator, servicePaths[name], { method: 'OPTIONS' })
      expect(status === 200, name).toBe(served.includes(name))
    }
  })

  it('names operations, messages, security and the address of each, for us and for node-soap', async () => {
    for (const name of served) {
      const service = await opened(name)
      expect(service.operations.length, name).toBeGreaterThan(0)
      const client = await service.soap()
      for (const operation of service.operations) {
        expect(operation.security, operation.name).toBeDefined()
        const { input, output } = service.describe(operation.name)
        for (const shape of [input, output]) expect(typeof shape, operation.name).toBe('object')
        // the mailboxes of the insurers confirm a confirmation with nothing at all
        if (operation.name === 'confirm') expect(output).toEqual({})
        else expect(Object.keys(output).length, operation.name).toBeGreaterThan(0)
        expect(typeof client[operation.name], operation.name).toBe('function')
      }
      const { text } = await send(simulator, `${servicePaths[name]}?wsdl`, { method: 'GET' })
      expect(text).toContain(`<soap:address location="${endpointOf(simulator.environment, name)}"/>`)
    }
  })

  it('is enough to call the services, without another word', async () => {
    const depot = await opened('etkDepot')
    const hospital = { Type: 'NIHII-HOSPITAL', Value: simulator.personas.hospital.nihii }
    const { value } = await depot.call<{ ETK: Uint8Array }>('GetEtk', {
      SearchCriteria: { Identifier: hospital },
    })
    const { der } = await me.technical.etk.get({ type: hospital.Type, value: hospital.Value })
    expect(Buffer.from(value.ETK).equals(der)).toBe(true)

    const box = await opened('ehboxConsultation')
    const info = await box.call('getBoxInfo')
    expect(info.value).toMatchObject({
      Status: { Code: '100' },
      BoxId: { Id: simulator.personas.physician.ssin, Quality: 'DOCTOR' },
    })
    const [list] = await (await box.soap())['getMessagesListAsync']!({ Source: 'INBOX' })
    expect(list).toMatchObject({ Status: { Code: '100' } })
    expect(simulator.calls('ehboxConsultation', 'getMessagesList')).toBe(1)
  })

  it('asks the STS for a token by its WSDL alone', async () => {
    const { authentication } = await me.session.keystore()
    const { environment, runtime } = simulator
    using sts = await openService(`${simulator.url}${servicePaths.sts}?wsdl`, {
      environment,
      runtime,
      credential: authentication,
    })
    const now = simulator.clock.now()
    const claim = 'urn:be:fgov:person:ssin'
    const { value } = await sts.call('RequestSecurityToken', {
      attributes: { Context: 'RC-1' },
      TokenType: 'http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.1#SAMLV1.1',
      RequestType: 'http://docs.oasis-open.org/ws-sx/ws-trust/200512/Issue',
      Claims: {
        attributes: { Dialect: 'http://docs.oasis-open.org/wsfed/authorization/200706/authclaims' },
        ClaimType: [
          {
            attributes: { Uri: `{urn:be:fgov:identification-namespace}${claim}`, Optional: false },
            Value: simulator.personas.physician.ssin,
          },
        ],
      },
      Lifetime: { Created: now, Expires: new Date(now.getTime() + 3_600_000) },
      KeyType: 'http://docs.oasis-open.org/ws-sx/wstrust/200512/PublicKey',
    })
    expect(value).toMatchObject({
      RequestedSecurityToken: { Assertion: { attributes: { AssertionID: expect.any(String) as string } } },
    })
  })

  it('leaves a refusal of the simulator what it is', async () => {
    const box = await opened('ehboxConsultation')
    simulator.faults.add({ kind: 'soa', code: 'SOA-02002', service: 'ehboxConsultation' })
    await expect(box.call('getBoxInfo')).rejects.toMatchObject({ platform: { code: 'SOA-02002' } })
    // refused at the door: the session asks for another token, as in every call
    simulator.faults.add({ kind: 'soa', code: 'SOA-01001', service: 'ehboxConsultation' })
    const before = simulator.calls('ehboxConsultation')
    expect((await box.call('getBoxInfo')).meta.httpStatus).toBe(200)
    expect(simulator.calls('ehboxConsultation')).toBe(before + 2)
  })
})

describe('the WSDL of any service that is added', () => {
  const a = namespace('urn:test:a', { prefix: 'ta', qualified: true })
  const b = namespace('urn:test:b', { prefix: 'tb', qualified: false })
  interface Node {
    Label: string
    Node: Node[]
  }
  const Node: SequenceType<Node> = a.sequence({
    Label: string({ max: 5 }),
    Node: many(
      lazy((): SequenceType<Node> => Node),
      { max: 3 },
    ),
  })
  const Base = a.sequence({ Code: string(), Open: optional(opaque) }, { Id: allowed(string()) })
  const Request = b.element('Ask', b.extend(Base, { Count: integer({ min: 1 }), Tree: optional(Node) }))
  const Response = b.element('Answer', b.sequence({ Code: string(), Tree: Node }))
  const operation: Operation<unknown, unknown> = {
    service: 'etkDepot',
    name: 'ask',
    soapAction: 'urn:test:ask',
    request: Request,
    response: Response,
    security: 'x509',
    idempotent: true,
  }

  it('follows from its contract: namespaces, forms, types that refer to themselves', async () => {
    const wsdl = wsdlOf(
      { service: 'etkDepot', operations: [simulate(operation, { answer: () => ({ value: {} }) })] },
      'https://127.0.0.1/x',
    )
    const schemas = readSchemas(await loadDocuments('https://127.0.0.1/x', async () => Buffer.from(wsdl)))
    const shape = (local: string) => shapeOf(schemas.element('urn:test:b', local)!, 4)
    const node = { Label: 'string', 'Node[]?': '…' }
    expect(shape('Ask')).toEqual({
      'attributes?': { 'Id?': 'string' },
      Code: 'string',
      'Open?': { '$value?': 'string', '$xml[]?': 'any element, as XML' },
      Count: 'integer',
      'Tree?': node,
    })
    expect(shape('Answer')).toEqual({ Code: 'string', Tree: node })
  })

  it('keeps apart the types that stand under one name in a schema of their own', async () => {
    const Person = a.sequence({ id: a.simpleContent(string(), { S: required(string()) }) })
    const Thing = a.sequence({ id: a.simpleContent(string(), { SV: required(string()) }) })
    const wsdl = wsdlOf(
      {
        service: 'etkDepot',
        operations: [
          simulate<unknown, unknown>(
            {
              ...operation,
              request: b.element('Ask', b.sequence({ Who: Person, What: Thing })),
              response: b.element('Answer', Person),
            },
            { answer: () => ({ value: {} }) },
          ),
        ],
      },
      'https://127.0.0.1/x',
    )
    expect(wsdl).not.toContain('anyType')
    const schemas = readSchemas(await loadDocuments('https://127.0.0.1/x', async () => Buffer.from(wsdl)))
    expect(shapeOf(schemas.element('urn:test:b', 'Ask')!, 4)).toMatchObject({
      Who: { id: { attributes: { S: 'string' } } },
      What: { id: { attributes: { SV: 'string' } } },
    })
  })
})
