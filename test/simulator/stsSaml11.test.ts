import { randomUUID } from 'node:crypto'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { servicePaths, type ServiceName } from '../../src/technical/environment/environment.js'
import type { Credential } from '../../src/technical/keystore/index.js'
import { buildEnvelope, parseEnvelope } from '../../src/technical/soap/envelope.js'
import { readAssertion } from '../../src/technical/soap/wsSecurity/assertion.js'
import { samlStatusOf } from '../../src/technical/sts/index.js'
import { samlValues } from '../../src/technical/sts/samlAssertion.js'
import { SamlRequest } from '../../src/technical/sts/samlContract.js'
import { nameOfCertificate, statementOf } from '../../src/technical/sts/statement.js'
import { write } from '../../src/technical/xml/index.js'
import { parseXml } from '../../src/technical/xml/parse.js'
import { signatureInside } from '../../src/technical/xml/signature/index.js'
import { attribute, descendants, type XmlElement } from '../../src/technical/xml/tree.js'
import {
  asked,
  asserted,
  doctorFlag,
  startSimulatedSts,
  type SimulatedSts,
} from '../technical/sts/simulated.js'
import { faultIn, send, sendEnvelope, type RawAnswer } from './support.js'

const start = new Date('2026-11-22T21:50:00.000Z')

let sts: SimulatedSts
beforeAll(async () => {
  sts = await startSimulatedSts({ clock: { now: () => start }, strictAction: true })
})
afterAll(() => sts.close())

/** A request for a token of the sender, made by hand. */
function request(changes: Partial<SamlRequest> = {}, holder?: Credential): SamlRequest {
  const uuid = randomUUID()
  const { certificate } = sts.keys.sender
  const name = nameOfCertificate(certificate)
  return {
    RequestID: `request-${uuid}`,
    MajorVersion: 1,
    MinorVersion: 1,
    IssueInstant: start,
    RespondWith: [],
    AttributeQuery: {
      Subject: {
        NameIdentifier: name,
        SubjectConfirmation: {
          ConfirmationMethod: [samlValues.holderOfKey],
          SubjectConfirmationData: {
            Assertion: statementOf({
              uuid,
              issuer: name.value,
              name,
              asserted: [asserted('urn:be:fgov:person:ssin', '90010199794')],
              from: start,
              until: new Date(start.getTime() + 3_600_000),
            }),
          },
          KeyInfo: { X509Data: { X509Certificate: (holder?.certificate ?? certificate).der } },
        },
      },
      AttributeDesignator: [{ AttributeName: doctorFlag, AttributeNamespace: asked('x').namespace }],
    },
    ...changes,
  }
}

interface Sending {
  service?: ServiceName
  soapAction?: string
  /** Changes the text of the request after it was signed inside. */
  edit?: (xml: string) => string
  identification?: Credential
}

async function post(value: SamlRequest, sending: Sending = {}): Promise<RawAnswer> {
  const { service = 'stsSaml11', soapAction, edit = (xml: string) => xml } = sending
  const xml = edit(write(SamlRequest, value).xml)
  const envelope = await buildEnvelope({
    security: { kind: 'x509', credential: sending.identification ?? sts.keys.sender },
    body: { xml, canonical: false },
    runtime: sts.simulator.runtime,
  })
  return sendEnvelope(
    sts.simulator,
    service,
    envelope,
    soapAction === undefined ? {} : { soapaction: soapAction },
  )
}

/** The response in an answer; fails for a fault. */
function responseIn(answer: RawAnswer): XmlElement {
  const { payload } = parseEnvelope(answer.text)
  expect([answer.status, payload.local]).toEqual([200, 'Response'])
  return payload
}

async function signedInside(value: SamlRequest, credential: Credential, sha1 = true): Promise<SamlRequest> {
  const { root } = parseXml(write(SamlRequest, value).xml)
  const xml = await signatureInside(root, { idAttribute: 'RequestID', credential, sha1 })
  return { ...value, Signature: { xml } }
}

const codesOf = async (value: SamlRequest, sending?: Sending): Promise<string[]> =>
  samlStatusOf(responseIn(await post(value, sending))).codes

describe('the SAML 1.1 profile of the STS', () => {
  it('answers the request with an assertion in the default namespace', async () => {
    const value = request()
    const answer = await post(value)
    const response = responseIn(answer)
    expect(attribute(response, 'InResponseTo')).toBe(value.RequestID)
    expect(answer.text).toContain('Value="samlp:Success"')
    expect(answer.text).toContain('<Assertion xmlns="urn:oasis:names:tc:SAML:1.0:assertion"')
    const assertion = [...descendants(response)].find(({ local }) => local === 'Assertion')!
    // what is designated, no more
    expect(readAssertion(assertion).attributes.map(({ name, values }) => [name, values])).toEqual([
      [doctorFlag, ['true']],
    ])
  })

  it('gives what is asserted where nothing is designated', async () => {
    const value = request()
    value.AttributeQuery.AttributeDesignator = []
    const assertion = [...descendants(responseIn(await post(value)))].find(
      ({ local }) => local === 'Assertion',
    )!
    expect(readAssertion(assertion).attributes.map(({ name }) => name)).toEqual(['urn:be:fgov:person:ssin'])
  })

  it.each(['stsSaml11', 'stsSaml11Legacy', 'stsOldest'] as const)(
    'answers whatever the SOAPAction says, at %s',
    async (service) => {
      for (const soapAction of [
        '"urn:be:fgov:ehealth:sts:protocol:v1:RequestSecureToken"',
        '"urn:be:fgov:ehealth:sts:protocol:v1:RequestSecurityToken"',
        'AttributeQuery',
        undefined,
      ])
        expect(
          await codesOf(request(), { service, ...(soapAction === undefined ? {} : { soapAction }) }),
        ).toEqual(['Success'])
    },
  )

  it.each([
    ['stsSaml11', 'RequestSecurityToken'],
    ['stsSaml11Legacy', 'RequestSecureToken'],
    ['stsOldest', 'RequestSecureToken'],
  ] as const)('describes itself at %s with the operation %s', async (service, operation) => {
    const { status, text } = await send(sts.simulator, `${servicePaths[service]}?wsdl`, { method: 'GET' })
    expect(status).toBe(200)
    expect(text).toContain(`soapAction="urn:be:fgov:ehealth:sts:protocol:v1:${operation}"`)
    expect(text).toContain('urn:oasis:names:tc:SAML:1.0:protocol')
    expect(text).toContain(servicePaths[service])
  })
})

describe('another holder than the signer', () => {
  const withHolder = (): SamlRequest => request({}, sts.keys.hospital)

  it.each([true, false])('must sign inside, SHA-1 %s', async (sha1) => {
    expect(await codesOf(await signedInside(withHolder(), sts.keys.hospital, sha1))).toEqual(['Success'])
    const denied = ['Requester', 'RequestDenied']
    expect(await codesOf(withHolder())).toEqual(denied)
    expect(await codesOf(await signedInside(withHolder(), sts.keys.sender, sha1))).toEqual(denied)
  })

  it('must have signed this very request', async () => {
    const signed = await signedInside(withHolder(), sts.keys.hospital)
    const denied = ['Requester', 'RequestDenied']
    const edit = (xml: string) => xml.replace(doctorFlag, 'urn:be:fgov:person:ssin:nurse:boolean')
    expect(await codesOf(signed, { edit })).toEqual(denied)
    const foreign = { ...withHolder(), Signature: signed.Signature! }
    expect(await codesOf(foreign)).toEqual(denied)
  })

  it('a signature that is not needed must be good all the same', async () => {
    expect(await codesOf(await signedInside(request(), sts.keys.sender))).toEqual(['Success'])
    expect(await codesOf(await signedInside(request(), sts.keys.hospital))).toEqual([
      'Requester',
      'RequestDenied',
    ])
  })
})

describe('a request that is not one', () => {
  it.each<[string, (value: SamlRequest) => void, string[]]>([
    ['of a later version', (value) => (value.MinorVersion = 2), ['VersionMismatch', 'RequestVersionTooHigh']],
    [
      'of an earlier version',
      (value) => (value.MinorVersion = 0),
      ['VersionMismatch', 'RequestVersionTooLow'],
    ],
    [
      'for somebody else',
      ({ AttributeQuery: { Subject } }) => {
        const [one] =
          Subject.SubjectConfirmation!.SubjectConfirmationData!.Assertion.AttributeStatement.Attribute
        one!.AttributeValue = ['90010199726']
      },
      ['Requester', 'RequestDenied'],
    ],
    [
      'that states nothing',
      ({ AttributeQuery: { Subject } }) => delete Subject.SubjectConfirmation!.SubjectConfirmationData,
      ['Requester'],
    ],
    [
      'for whoever carries it',
      ({ AttributeQuery: { Subject } }) =>
        (Subject.SubjectConfirmation!.ConfirmationMethod = ['urn:oasis:names:tc:SAML:1.0:cm:bearer']),
      ['Requester'],
    ],
    [
      'for a holder without a key',
      ({ AttributeQuery: { Subject } }) => delete Subject.SubjectConfirmation!.KeyInfo,
      ['Requester'],
    ],
    [
      'for a sender that vouches, with a key',
      ({ AttributeQuery: { Subject } }) =>
        (Subject.SubjectConfirmation!.ConfirmationMethod = [samlValues.senderVouches]),
      ['Requester'],
    ],
    [
      'for a time that has ended',
      ({ AttributeQuery: { Subject } }) =>
        (Subject.SubjectConfirmation!.SubjectConfirmationData!.Assertion.Conditions.NotOnOrAfter = start),
      ['Requester'],
    ],
    [
      'for a key that nobody certified',
      ({ AttributeQuery: { Subject } }) =>
        (Subject.SubjectConfirmation!.KeyInfo!.X509Data.X509Certificate = Uint8Array.of(1, 2, 3)),
      ['Requester'],
    ],
  ])('is answered with its status: %s', async (_, change, codes) => {
    const value = request()
    change(value)
    expect(await codesOf(value)).toEqual(codes)
  })

  const schemaFaults: [string, (xml: string) => string][] = [
    [
      'designators before the subject',
      (xml) => {
        const designator = /<saml:AttributeDesignator.*?<\/saml:AttributeDesignator>/.exec(xml)![0]
        return xml.replace(designator, '').replace('<samlp:AttributeQuery>', `$&${designator}`)
      },
    ],
    ['no attribute', (xml) => xml.replace(/<saml:Attribute .*<\/saml:Attribute>/, '')],
    ['an identifier that starts with a digit', (xml) => xml.replace('RequestID="request-', 'RequestID="1-')],
    ['no query', (xml) => xml.replace(/<samlp:AttributeQuery.*<\/samlp:AttributeQuery>/, '')],
    ['a foreign element', (xml) => xml.replace('<samlp:AttributeQuery>', '$&<x xmlns="urn:x"></x>')],
  ]
  it.each(schemaFaults)('is refused by its schema: %s', async (_, edit) => {
    const before = write(SamlRequest, request()).xml
    expect(edit(before)).not.toBe(before)
    const answer = await post(request(), { edit })
    expect(answer.status).toBe(500)
    expect(faultIn(answer)).toMatchObject({ code: 'SOA-03006' })
  })

  it('is refused without a signature of the message', async () => {
    const body = await buildEnvelope({
      security: { kind: 'none' },
      body: { declaration: SamlRequest, value: request() },
      runtime: sts.simulator.runtime,
    })
    expect(faultIn(await sendEnvelope(sts.simulator, 'stsSaml11', body))).toMatchObject({ code: 'SOA-01001' })
  })
})

describe('what the register knows of a person', () => {
  it('can be switched: recognised, not recognised, unknown', async () => {
    const { world } = sts.simulator
    const known = world.findActor('SSIN', '90010199794')!
    const flag = async (): Promise<string[]> => {
      const assertion = [...descendants(responseIn(await post(request())))].find(
        ({ local }) => local === 'Assertion',
      )!
      return readAssertion(assertion).attributes[0]!.values
    }
    expect(await flag()).toEqual(['true'])
    world.register({ ...known, certified: { [doctorFlag]: ['false'] } })
    expect(await flag()).toEqual(['false'])
    world.register({ ...known, certified: { [doctorFlag]: [''] } })
    expect(await flag()).toEqual([''])
    world.register({ ...known, certified: {} })
    expect(await flag()).toEqual(['false'])
    world.register(known)
  })

  it('ends with the longest life that the simulator grants', async () => {
    const value = request()
    const { Conditions } =
      value.AttributeQuery.Subject.SubjectConfirmation!.SubjectConfirmationData!.Assertion
    Conditions.NotOnOrAfter = new Date(start.getTime() + 72 * 3_600_000)
    const assertion = [...descendants(responseIn(await post(value)))].find(
      ({ local }) => local === 'Assertion',
    )!
    expect(readAssertion(assertion).notOnOrAfter).toEqual(new Date(start.getTime() + 24 * 3_600_000))
  })
})
