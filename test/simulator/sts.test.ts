import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { startSimulator, type Simulator } from '../../src/simulator/index.js'
import type { Credential } from '../../src/technical/keystore/index.js'
import { Certificate } from '../../src/technical/pki/index.js'
import { readAssertion } from '../../src/technical/soap/wsSecurity/assertion.js'
import {
  stsOperations,
  trustValues,
  type RequestSecurityToken,
  type RequestSecurityTokenResponse,
} from '../../src/technical/sts/contract.js'
import { parseXml, rawElement } from '../../src/technical/xml/parse.js'
import { verifyEnveloped } from '../../src/technical/xml/signature/index.js'
import {
  attribute,
  childElements,
  descendants,
  textOf,
  type XmlElement,
} from '../../src/technical/xml/tree.js'
import { callOperation, credentialOf, tokenRequest } from './support.js'

const holder = 'urn:be:fgov:ehealth:1.0:certificateholder:'
const personal = 'urn:be:fgov:person:ssin:ehealth:1.0:'
const identification = 'urn:be:fgov:identification-namespace'
const certified = 'urn:be:fgov:certified-namespace:ehealth'
const start = new Date('2026-03-02T09:00:00.000Z')

let simulator: Simulator
let physician: Credential
let nurse: Credential
let hospital: Credential
let ssin: string

beforeAll(async () => {
  simulator = await startSimulator({ clock: { now: () => start } })
  physician = await credentialOf(simulator, 'physician')
  nurse = await credentialOf(simulator, 'nurse')
  hospital = await credentialOf(simulator, 'hospital')
  ssin = simulator.personas.physician.ssin!
})
afterAll(() => simulator.close())

const ask = async (credential: Credential, request: RequestSecurityToken) =>
  (await callOperation(simulator, stsOperations.requestSecurityToken, request, { kind: 'x509', credential }))
    .value
const answer = async (credential: Credential, response: RequestSecurityTokenResponse) =>
  (await callOperation(simulator, stsOperations.challenge, response, { kind: 'x509', credential })).value

function assertionIn(response: RequestSecurityTokenResponse): XmlElement {
  const element = response.RequestedSecurityToken?.Assertion.element
  if (element === undefined) throw new Error('no assertion in the answer')
  return element
}

/** The assertion as text that stands alone. */
function assertionText(response: RequestSecurityTokenResponse): string {
  const element = assertionIn(response)
  let root = element
  while (root.parent !== undefined) root = root.parent
  return textOfElement(root, element)
}
function textOfElement(root: XmlElement, element: XmlElement): string {
  const source = sources.get(root)
  if (source === undefined) throw new Error('unknown document')
  return rawElement({ root, source }, element)
}
const sources = new Map<XmlElement, string>()

const useKey = (credential: Credential): Pick<RequestSecurityToken, 'UseKey'> => ({
  UseKey: { SecurityTokenReference: { X509Data: { X509Certificate: credential.certificate.der } } },
})
const ownSsin: [string, string] = [`${holder}person:ssin`, '']

const refusedWith = (code: string) => expect.objectContaining({ platform: expect.objectContaining({ code }) })

describe('an issued token', () => {
  it('answers claims in their order: asserted, certified, false and empty', async () => {
    const response = await ask(
      physician,
      tokenRequest([
        [`${holder}person:ssin`, ssin],
        ['urn:be:fgov:person:ssin', ssin],
        [`${personal}doctor:nihii11`],
        ['urn:be:fgov:person:ssin:nurse:boolean'],
        [`${personal}nihii:nurse:nihii11`],
        ['urn:be:fgov:person:ssin:doctor:boolean'],
        [`${holder}person:ssin:usersession:boolean`],
        [`${personal}surname`],
      ]),
    )
    expect(response.Context).toBe('urn:uuid:4a2c1c5e-0000-4000-8000-000000000001')
    const { attributes } = readAssertion(assertionIn(response))
    expect(attributes.map(({ name, namespace, values }) => [name, namespace, values])).toEqual([
      [`${holder}person:ssin`, identification, [ssin]],
      ['urn:be:fgov:person:ssin', identification, [ssin]],
      [`${personal}doctor:nihii11`, certified, [simulator.personas.physician.nihii]],
      ['urn:be:fgov:person:ssin:nurse:boolean', certified, ['false']],
      [`${personal}nihii:nurse:nihii11`, certified, ['']],
      ['urn:be:fgov:person:ssin:doctor:boolean', certified, ['true']],
      [`${holder}person:ssin:usersession:boolean`, certified, ['false']],
      [`${personal}surname`, certified, ['SAMPLEMANS']],
    ])
  })

  it('is backdated by five minutes, ends as asked, names certificate and key, and ends with its signature', async () => {
    const Lifetime = { Created: start, Expires: new Date('2026-03-02T14:00:00.000Z') }
    const response = await ask(physician, tokenRequest([[`${holder}person:ssin`, ssin]], { Lifetime }))
    const element = assertionIn(response)
    const read = readAssertion(element)
    expect(read.notBefore).toEqual(new Date('2026-03-02T08:55:00.000Z'))
    expect(read.notOnOrAfter).toEqual(Lifetime.Expires)
    expect(read.issuer).toBe('urn:be:fgov:ehealth:sts:1_0')
    expect(read.id).toMatch(/^_[0-9a-f]{32}$/)
    expect(read.subject).toBe(physician.certificate.subject.toRfc1779())
    expect(read.subject).toContain(`CN="SSIN=${ssin}"`)
    expect(read.confirmationCertificate?.equals(physician.certificate)).toBe(true)
    expect(childElements(element).map(({ local }) => local)).toEqual([
      'Conditions',
      'AuthenticationStatement',
      'AttributeStatement',
      'Signature',
    ])
    const sts = Certificate.from(simulator.environment.trust.sts![0]!)
    expect(verifyEnveloped(element, { idAttribute: 'AssertionID', trusted: [sts] }).signer.equals(sts)).toBe(
      true,
    )
    const method = [...descendants(element)].find(({ local }) => local === 'SignatureMethod')
    expect(attribute(method!, 'Algorithm')).toBe('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256')
  })

  it('lives 24 hours at most', async () => {
    const Lifetime = { Created: start, Expires: new Date('2026-03-09T09:00:00.000Z') }
    const response = await ask(physician, tokenRequest([[`${holder}person:ssin`, ssin]], { Lifetime }))
    expect(readAssertion(assertionIn(response)).notOnOrAfter).toEqual(new Date('2026-03-03T09:00:00.000Z'))
  })

  it('certifies an organisation', async () => {
    const { nihii } = simulator.personas.hospital
    const response = await ask(
      hospital,
      tokenRequest([
        [`${holder}hospital:nihii-number`, nihii],
        ['urn:be:fgov:ehealth:1.0:hospital:nihii-number'],
        [`${holder}hospital:nihii-number:recognisedhospital:boolean`],
      ]),
    )
    expect(readAssertion(assertionIn(response)).attributes.map(({ values }) => values)).toEqual([
      [nihii],
      [nihii],
      ['true'],
    ])
  })

  it('never takes a certified value from the applicant', async () => {
    const response = await ask(nurse, tokenRequest([['urn:be:fgov:person:ssin:doctor:boolean', 'true']]))
    expect(readAssertion(assertionIn(response)).attributes).toEqual([
      { name: 'urn:be:fgov:person:ssin:doctor:boolean', namespace: certified, values: ['false'] },
    ])
  })

  it('is refused without claims, for a number of somebody else, or of another kind', async () => {
    await expect(ask(physician, tokenRequest([]))).rejects.toEqual(refusedWith('SOA-03007'))
    await expect(
      ask(physician, tokenRequest([['urn:be:fgov:person:ssin', simulator.personas.nurse.ssin]])),
    ).rejects.toEqual(refusedWith('SOA-01002'))
    await expect(
      ask(physician, tokenRequest([[`${holder}hospital:nihii-number`, simulator.personas.hospital.nihii]])),
    ).rejects.toEqual(refusedWith('SOA-01002'))
    await expect(ask(physician, tokenRequest([ownSsin], { TokenType: 'urn:other' }))).rejects.toEqual(
      refusedWith('SOA-03007'),
    )
  })

  it.each<[string, Partial<RequestSecurityToken>]>([
    ['another request than Issue and Renew', { RequestType: 'urn:other' }],
    [
      'a lifetime that starts later than clocks differ',
      {
        Lifetime: { Created: new Date(start.getTime() + 300_001), Expires: new Date('2026-03-02T12:00:00Z') },
      },
    ],
    ['a lifetime that ends before it starts', { Lifetime: { Created: start, Expires: start } }],
  ])('is refused for %s', async (_, changes) => {
    const request = tokenRequest([[`${holder}person:ssin`, ssin]])
    expect((await ask(physician, request)).RequestedSecurityToken).toBeDefined()
    await expect(ask(physician, { ...request, ...changes })).rejects.toEqual(refusedWith('SOA-03007'))
  })
})

describe('the challenge', () => {
  const order = () => tokenRequest([[`${holder}person:ssin`, ssin]], useKey(nurse))
  const reply = (given: RequestSecurityTokenResponse): RequestSecurityTokenResponse => ({
    Context: given.Context,
    SignChallengeResponse: { Challenge: given.SignChallenge!.Challenge },
  })

  it('is posed when another key shall hold the token, and binds the token to that key', async () => {
    const posed = await ask(physician, order())
    expect(posed.RequestedSecurityToken).toBeUndefined()
    const read = readAssertion(assertionIn(await answer(nurse, reply(posed))))
    expect(read.confirmationCertificate?.equals(nurse.certificate)).toBe(true)
    expect(read.subject).toBe(physician.certificate.subject.toRfc1779())
  })

  it('is answered once, by the holder, in its own context', async () => {
    const posed = await ask(physician, order())
    await expect(answer(physician, reply(posed))).rejects.toEqual(refusedWith('SOA-01002'))
    await expect(answer(nurse, { ...reply(posed), Context: 'urn:other' })).rejects.toEqual(
      refusedWith('SOA-03007'),
    )
    const { Context: _, ...withoutContext } = reply(posed)
    expect((await answer(nurse, withoutContext)).RequestedSecurityToken).toBeDefined()
    await expect(answer(nurse, reply(posed))).rejects.toEqual(refusedWith('SOA-03007'))
  })

  it('expires, and is not guessed', async () => {
    const posed = await ask(physician, order())
    simulator.clock.advance(61_000)
    await expect(answer(nurse, reply(posed))).rejects.toEqual(refusedWith('SOA-03007'))
    simulator.clock.release()
    await expect(answer(nurse, { SignChallengeResponse: { Challenge: 'AAAA' } })).rejects.toEqual(
      refusedWith('SOA-03007'),
    )
    await expect(answer(nurse, {})).rejects.toEqual(refusedWith('SOA-03007'))
  })

  it('is not posed for a certificate that nobody vouches for', async () => {
    const sts = Certificate.from(simulator.environment.trust.sts![0]!)
    const broken = Buffer.from(sts.der)
    broken[broken.length - 1]! ^= 1
    // A certificate of the platform's own authorities, whose key is for other certificates and signs no message.
    const [authority] = simulator.environment.trust.signers!
    for (const [octets, code] of [
      [broken, 'SOA-01002'],
      [Certificate.from(authority!).der, 'SOA-01002'],
      [Uint8Array.of(1, 2, 3), 'SOA-03007'],
    ] as const) {
      const UseKey = { SecurityTokenReference: { X509Data: { X509Certificate: octets } } }
      await expect(
        ask(physician, tokenRequest([[`${holder}person:ssin`, ssin]], { UseKey })),
      ).rejects.toEqual(refusedWith(code))
    }
  })
})

describe('a renewal', () => {
  const issued = async (credential: Credential) => {
    const result = await callOperation(
      simulator,
      stsOperations.requestSecurityToken,
      tokenRequest([
        [`${holder}person:ssin`, credential === physician ? ssin : simulator.personas.nurse.ssin],
        ['urn:be:fgov:person:ssin:doctor:boolean'],
      ]),
      { kind: 'x509', credential },
    )
    const { root, source } = parseXml(result.meta.raw.response)
    sources.set(root, source)
    const element = [...descendants(root)].find(({ local }) => local === 'Assertion')!
    return assertionText({ RequestedSecurityToken: { Assertion: { element } } })
  }
  const renewal = (xml: string): RequestSecurityToken => ({
    TokenType: trustValues.samlToken,
    RequestType: trustValues.renew,
    RenewTarget: { SecurityTokenReference: { Embedded: { Assertion: { xml } } } },
  })

  it('gives a new token that says the same, from now on', async () => {
    const old = await issued(physician)
    simulator.clock.advance(3_600_000)
    const read = readAssertion(assertionIn(await ask(physician, renewal(old))))
    simulator.clock.release()
    expect(read.notBefore).toEqual(new Date('2026-03-02T09:55:00.000Z'))
    expect(read.attributes.map(({ values }) => values)).toEqual([[ssin], ['true']])
    expect(read.id).not.toBe(readAssertion(parseXml(old).root).id)
  })

  it('is refused for a changed token, somebody else’s, and one that has ended', async () => {
    const old = await issued(nurse)
    await expect(ask(physician, renewal(old))).rejects.toEqual(refusedWith('SOA-01002'))
    const changed = old.replace('>false<', '>true<')
    expect(changed).not.toBe(old)
    await expect(ask(nurse, renewal(changed))).rejects.toEqual(refusedWith('SOA-01002'))
    simulator.clock.advance(25 * 3_600_000)
    await expect(ask(nurse, renewal(old))).rejects.toEqual(refusedWith('SOA-01002'))
    simulator.clock.release()
  })
})

describe('a token on behalf of a user', () => {
  it('confirms by sender-vouches and carries no key', async () => {
    const { nihii } = simulator.personas.hospital
    const subject = '<Subject><NameIdentifier Format="f" NameQualifier="q">user</NameIdentifier></Subject>'
    const xml =
      '<Assertion xmlns="urn:oasis:names:tc:SAML:1.0:assertion" AssertionID="_a" IssueInstant="2026-03-02T09:00:00Z" Issuer="i" MajorVersion="1" MinorVersion="1">' +
      '<Conditions NotBefore="2026-03-02T09:00:00Z" NotOnOrAfter="2026-03-02T10:00:00Z"/>' +
      `<AuthenticationStatement AuthenticationInstant="2026-03-02T09:00:00Z" AuthenticationMethod="m">${subject}</AuthenticationStatement>` +
      `<AttributeStatement>${subject}<Attribute AttributeName="${holder}hospital:nihii-number" AttributeNamespace="${identification}"><AttributeValue>NUMBER</AttributeValue></Attribute></AttributeStatement></Assertion>`
    const request = (number: string) =>
      tokenRequest([[`${holder}hospital:nihii-number`]], {
        KeyType: undefined,
        OnBehalfOf: {
          SecurityTokenReference: { Embedded: { Assertion: { xml: xml.replace('NUMBER', number) } } },
        },
        Issuer: { Address: 'https://vouching.example.test' },
      })
    const element = assertionIn(await ask(hospital, request(nihii)))
    const methods = [...descendants(element)].filter(({ local }) => local === 'ConfirmationMethod')
    expect(methods.map(textOf)).toEqual(['urn:oasis:names:tc:SAML:1.0:cm:sender-vouches'])
    expect([...descendants(element)].filter(({ local }) => local === 'X509Certificate')).toHaveLength(1)
    await expect(ask(hospital, request('71999820'))).rejects.toEqual(refusedWith('SOA-01002'))
  })
})
