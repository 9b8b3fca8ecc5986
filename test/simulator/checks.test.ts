import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import type { Credential } from '../../src/technical/keystore/index.js'
import { softwareCredential } from '../../src/technical/keystore/index.js'
import { encodeName, issueCertificate } from '../../src/simulator/pki/issue.js'
import { actorName } from '../../src/simulator/pki/subjects.js'
import { rsaKeys } from '../../src/simulator/pki/authorities.js'
import { startSimulator, type RefusedCall, type Simulator } from '../../src/simulator/index.js'
import { systemRuntime, type Runtime } from '../../src/technical/environment/runtime.js'
import { credentialOf, faultIn, sendEnvelope, tokenEnvelope, tokenRequest } from './support.js'

const ssinName = 'urn:be:fgov:ehealth:1.0:certificateholder:person:ssin'

let simulator: Simulator
let physician: Credential
let refused: RefusedCall[]

beforeAll(async () => {
  simulator = await startSimulator({ onRefusal: (one) => refused.push(one) })
  physician = await credentialOf(simulator, 'physician')
})
afterAll(() => simulator.close())
beforeEach(() => {
  refused = []
})

const request = (ssin = simulator.personas.physician.ssin) => tokenRequest([[ssinName, ssin]])

/** Sends an envelope to the STS and tells code and reason of the refusal. */
async function refusalOf(body: string, headers?: Record<string, string>) {
  const answer = await sendEnvelope(simulator, 'sts', body, headers)
  expect(answer.status).toBe(500)
  const fault = faultIn(answer)
  expect(refused).toHaveLength(1)
  expect(refused[0]!.code).toBe(fault.code)
  return [fault.code, refused[0]!.reason]
}

const soap = 'http://schemas.xmlsoap.org/soap/envelope/'
const wrap = (inner: string, namespace = soap) =>
  `<S:Envelope xmlns:S="${namespace}"><S:Header/><S:Body>${inner}</S:Body></S:Envelope>`

describe('checks of SOAP', () => {
  it.each([
    ['no XML', 'no XML at all', 'SOA-03001', 'xml.malformed'],
    ['half a message', wrap('<a/>').slice(0, 60), 'SOA-03001', 'xml.malformed'],
    ['a document type', `<!DOCTYPE a [<!ENTITY b "c">]>${wrap('<a/>')}`, 'SOA-03001', 'xml.doctype'],
    ['XML that is no SOAP', '<a/>', 'SOA-03002', undefined],
    ['SOAP 1.2', wrap('<a/>', 'http://www.w3.org/2003/05/soap-envelope'), 'SOA-03002', undefined],
    ['two elements in the Body', wrap('<a/><b/>'), 'SOA-03002', 'xml.envelope'],
    ['no Body', `<S:Envelope xmlns:S="${soap}"><S:Header/></S:Envelope>`, 'SOA-03003', undefined],
    ['an empty Body', wrap(''), 'SOA-03003', undefined],
    ['a message of another service', wrap('<a xmlns="urn:other"/>'), 'SOA-03005', undefined],
  ])('refuse %s', async (_, body, code, reason) => {
    expect(await refusalOf(body)).toEqual([code, reason])
  })

  it('refuse a content type that is not SOAP 1.1', async () => {
    const headers = { 'content-type': 'application/soap+xml' }
    expect(await refusalOf(wrap('<a/>'), headers)).toEqual(['SOA-03002', undefined])
  })

  it('refuse a multipart message without end or boundary', async () => {
    const headers = { 'content-type': 'multipart/related; type="text/xml"' }
    expect(await refusalOf('--x\r\n\r\n', headers)).toEqual(['SOA-03001', 'transport.multipart'])
  })
})

describe('checks of the security header', () => {
  it('accept a good message once', async () => {
    const envelope = await tokenEnvelope(physician, request())
    expect((await sendEnvelope(simulator, 'sts', envelope)).status).toBe(200)
    expect(await refusalOf(envelope)).toEqual(['SOA-01001', 'signature.timestamp'])
  })

  it('accept any spelling of SOAPAction', async () => {
    for (const soapaction of ['', '""', 'urn:other', '"urn:other"']) {
      const envelope = await tokenEnvelope(physician, request())
      expect((await sendEnvelope(simulator, 'sts', envelope, { soapaction })).status).toBe(200)
    }
  })

  it('refuse a message without security header', async () => {
    const envelope = await tokenEnvelope(physician, request())
    const bare = envelope.replace(/<S:Header>.*<\/S:Header>/s, '<S:Header></S:Header>')
    expect(await refusalOf(bare)).toEqual(['SOA-01001', 'signature.missing'])
  })

  it('refuse changed content', async () => {
    const envelope = await tokenEnvelope(physician, request())
    const changed = envelope.replace(simulator.personas.physician.ssin, simulator.personas.nurse.ssin)
    expect(changed).not.toBe(envelope)
    expect(await refusalOf(changed)).toEqual(['SOA-01001', 'signature.digest'])
  })

  it.each([
    ['old', -11],
    ['early', 6],
  ])('refuse a message that is too %s', async (_, minutes) => {
    const now = () => new Date(systemRuntime.now().getTime() + minutes * 60_000)
    const runtime: Runtime = { ...systemRuntime, now }
    const envelope = await tokenEnvelope(physician, request(), runtime)
    expect(await refusalOf(envelope)).toEqual(['SOA-01001', 'signature.timestamp'])
  })

  it('refuse a certificate of unknown authorities', async () => {
    const { publicKey, privateKey } = await rsaKeys()
    const { ssin, displayName } = simulator.personas.physician
    const subject = encodeName(actorName({ certificateType: 'SSIN', certificateValue: ssin, displayName }))
    const certificate = issueCertificate(
      {
        subject,
        publicKey,
        serialNumber: 1n,
        notBefore: new Date(systemRuntime.now().getTime() - 60_000),
        notAfter: new Date(systemRuntime.now().getTime() + 60_000_000),
        usages: ['digitalSignature'],
      },
      { name: physician.certificate.issuer.der, key: privateKey },
    )
    const envelope = await tokenEnvelope(softwareCredential({ certificate, privateKey }), request())
    expect(await refusalOf(envelope)).toEqual(['SOA-01001', 'certificate.untrusted'])
  })
})

describe('checks behind the security header', () => {
  it('refuse an identification attribute of somebody else', async () => {
    const envelope = await tokenEnvelope(physician, request(simulator.personas.nurse.ssin))
    expect(await refusalOf(envelope)).toEqual(['SOA-01002', undefined])
  })

  it('refuse a message that does not fit the contract', async () => {
    const value = tokenRequest([[ssinName]])
    const envelope = await tokenEnvelope(physician, { ...value, Claims: undefined, Lifetime: {} })
    expect((await refusalOf(envelope))[0]).toBe('SOA-03007')
    refused = []
    const { stsOperations } = await import('../../src/technical/sts/contract.js')
    const { buildEnvelope } = await import('../../src/technical/soap/envelope.js')
    const { namespace, string, optional } = await import('../../src/technical/xml/index.js')
    const wst = namespace(stsOperations.requestSecurityToken.request.namespace, {
      prefix: 'wst',
      qualified: true,
    })
    const Wrong = wst.element('RequestSecurityToken', wst.sequence({ Unknown: optional(string()) }))
    const wrong = await buildEnvelope({
      security: { kind: 'x509', credential: physician },
      body: { declaration: Wrong, value: { Unknown: 'x' } },
      runtime: systemRuntime,
    })
    expect(await refusalOf(wrong)).toEqual(['SOA-03006', 'contract.invalid'])
  })

  it('refuse a lifetime that has ended', async () => {
    const past = new Date(systemRuntime.now().getTime() - 60_000)
    const value = { ...request(), Lifetime: { Created: new Date(past.getTime() - 60_000), Expires: past } }
    expect(await refusalOf(await tokenEnvelope(physician, value))).toEqual(['SOA-03007', undefined])
  })
})

describe('faults', () => {
  it('have the layout of the platform, a ticket and a correlation id', async () => {
    const answer = await sendEnvelope(simulator, 'sts', '<a/>')
    expect(answer.headers['content-type']).toBe('text/xml; charset=utf-8')
    expect(answer.headers['x-correlationid']).toMatch(/^[0-9a-f-]{36}$/)
    expect(faultIn(answer)).toMatchObject({
      kind: 'SystemError',
      faultString: 'SOA-03002',
      origin: 'Consumer',
      environment: 'Acceptation',
      messages: [{ text: 'Message must be SOAP', language: 'en' }],
      ticket: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
    expect(answer.text).toContain('<Origin>Consumer</Origin>')
    expect(answer.text).toContain('<soa:Environment>Acceptation</soa:Environment>')
  })

  it('tell a stranger nothing of the reason', async () => {
    const envelope = await tokenEnvelope(physician, request())
    const answer = await sendEnvelope(simulator, 'sts', envelope.replace('Context="urn', 'Context="xrn'))
    expect(faultIn(answer).messages).toEqual([{ text: 'Service call not authenticated', language: 'en' }])
  })
})
