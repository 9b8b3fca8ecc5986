import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { isEHealthError } from '../../../src/errors.js'
import type { WireEvent } from '../../../src/technical/observability/events.js'
import {
  issueToken,
  renewToken,
  ungrantedAttributes,
  type IssueTokenOptions,
  type StsSettings,
  type Token,
} from '../../../src/technical/sts/index.js'
import {
  asked,
  asserted,
  doctorFlag,
  doctorNumber,
  holderPrefix,
  hospitalAttributes,
  physicianAttributes,
  startSimulatedSts,
  type SimulatedSts,
} from './simulated.js'

let sts: SimulatedSts
beforeAll(async () => {
  sts = await startSimulatedSts()
})
afterAll(() => sts.close())

const usersession = `${holderPrefix}person:ssin:usersession:boolean`
const wsTrust: StsSettings = { profile: 'ws-trust' }
const saml11: StsSettings = { profile: 'saml-1.1' }
const legacy: StsSettings = { profile: 'saml-1.1', operation: 'RequestSecureToken' }
const settings: [string, StsSettings][] = [
  ['WS-Trust', wsTrust],
  ['SAML 1.1, newer contract', saml11],
  ['SAML 1.1, old contract', legacy],
]

type Keys = keyof SimulatedSts['keys']

const issue = (
  [identification, holderOfKey]: [Keys, Keys],
  how: StsSettings,
  changes: Partial<IssueTokenOptions> = {},
): Promise<Token> =>
  issueToken({
    ...sts.common(how),
    ...how,
    identification: sts.keys[identification],
    holderOfKey: sts.keys[holderOfKey],
    attributes: physicianAttributes(),
    demanded: [doctorFlag, doctorNumber],
    ...changes,
  })

describe.each(settings)('a token over %s', (_, how) => {
  it('is issued to one key', async () => {
    const token = await issue(['sender', 'sender'], how, { nihii: '19999024004' })
    expect(token.confirmation).toBe('holder-of-key')
    expect(token.attributes.map(({ name }) => name)).toEqual(physicianAttributes().map(({ name }) => name))
    expect(token.values(doctorNumber)).toEqual(['19999024004'])
  })

  it('is issued to an eID that identifies and a key that holds, and says that a user is there', async () => {
    const attributes = [...physicianAttributes(), asked(usersession)]
    expect((await issue(['eid', 'sender'], how, { attributes })).values(usersession)).toEqual(['true'])
    expect((await issue(['sender', 'sender'], how, { attributes })).values(usersession)).toEqual(['false'])
  })

  it('is issued to an EC key that identifies and holds', async () => {
    const token = await issue(['ec', 'ec'], how, {
      attributes: [asserted(`${holderPrefix}enterprise:cbe-number`, '0999990123')],
      demanded: [],
    })
    expect(token.values(`${holderPrefix}enterprise:cbe-number`)).toEqual(['0999990123'])
  })

  it('lives as long as asked for, from five minutes ago', async () => {
    sts.simulator.clock.set(new Date('2026-11-22T10:00:00Z'))
    const { notBefore, notOnOrAfter } = await issue(['sender', 'sender'], how, { validity: 3_600_000 })
    sts.simulator.clock.release()
    expect([notBefore, notOnOrAfter]).toEqual([
      new Date('2026-11-22T09:55:00Z'),
      new Date('2026-11-22T11:00:00Z'),
    ])
  })

  it('is renewed with one key and with two, and says the same', async () => {
    for (const [identification, holderOfKey] of [
      ['sender', 'sender'],
      ['eid', 'sender'],
    ] as const) {
      const token = await issue([identification, holderOfKey], how)
      const renewed = await renewToken({
        ...sts.common(how),
        ...how,
        token,
        identification: sts.keys[identification],
        holderOfKey: sts.keys[holderOfKey],
        demanded: [doctorFlag],
      })
      expect(renewed.id).not.toBe(token.id)
      expect(renewed.attributes).toEqual(token.attributes)
    }
  })

  it('is issued to a sender that vouches, with and without a method, bound to no key', async () => {
    for (const authenticationMethod of ['urn:oasis:names:tc:SAML:1.0:am:password', undefined]) {
      const token = await issueToken({
        ...sts.common(how),
        ...how,
        identification: sts.keys.hospital,
        onBehalfOf: {
          qualifier: 'https://vouching.example.test',
          name: 'user-4711',
          ...(authenticationMethod === undefined ? {} : { authenticationMethod }),
        },
        attributes: hospitalAttributes,
        demanded: [hospitalAttributes[2]!.name],
      })
      expect(token.confirmation).toBe('sender-vouches')
      expect(token.attributes.map(({ name }) => name)).toEqual([
        hospitalAttributes[0]!.name,
        hospitalAttributes[2]!.name,
      ])
      const renewing = renewToken({
        ...sts.common(how),
        ...how,
        token,
        identification: sts.keys.hospital,
        holderOfKey: sts.keys.hospital,
      })
      await expect(renewing).rejects.toMatchObject({ code: 'configuration.unsupported', path: 'token' })
    }
  })

  it('is refused for the number of somebody else', async () => {
    const asking = issue(['sender', 'sender'], how, { attributes: physicianAttributes('90010199726') })
    await expect(asking).rejects.toMatchObject({
      code: 'token.refused',
      platform: { code: how === wsTrust ? 'SOA-01002' : 'Requester/RequestDenied' },
    })
  })

  it('names what is not granted of what was demanded, why, and what to do', async () => {
    const nurse = 'urn:be:fgov:person:ssin:nurse:boolean'
    const number = 'urn:be:fgov:person:ssin:ehealth:1.0:nihii:nurse:nihii11'
    const error: unknown = await issue(['sender', 'sender'], how, {
      attributes: [...physicianAttributes(), asked(nurse), asked(number)],
      demanded: [doctorFlag, nurse, number, doctorNumber, 'urn:example:never-asked'],
      nihii: '10000106004',
    }).catch((reason: unknown) => reason)
    expect(isEHealthError(error, 'token.attribute')).toBe(true)
    expect(ungrantedAttributes(error)).toEqual([
      { name: nurse, state: 'false', advice: 'obtain-recognition' },
      { name: number, state: 'empty', advice: 'check-registration' },
      { name: doctorNumber, state: 'other-number', advice: 'check-number' },
      { name: 'urn:example:never-asked', state: 'absent', advice: 'check-name' },
    ])
    expect(JSON.stringify(error)).not.toMatch(/19999024004|10000106004|90010199794/)
  })

  it.each([
    ['assertion-signature', 'signature.invalid'],
    ['assertion-signer', 'token.untrusted'],
    ['assertion-sha1', 'signature.algorithm'],
    ['assertion-wrapped', 'token.count'],
  ] as const)('is refused on a bad day of the STS: %s', async (kind, code) => {
    sts.simulator.faults.add({ kind })
    await expect(issue(['sender', 'sender'], how)).rejects.toMatchObject({ code })
    sts.simulator.faults.add({ kind })
    const allowing = issue(['sender', 'sender'], how, { allowSha1: true })
    if (kind === 'assertion-sha1') expect((await allowing).grants(doctorFlag)).toBe(true)
    else await expect(allowing).rejects.toMatchObject({ code })
  })

  it.each([
    ['SOA-00001', 'fault.other'],
    ['SOA-01001', 'fault.not-authenticated'],
    ['SOA-01002', 'token.refused'],
    ['SOA-02001', 'fault.unavailable'],
    ['SOA-02002', 'fault.temporarily-unavailable'],
    ['SOA-03001', 'fault.malformed'],
    ['SOA-03002', 'fault.malformed'],
    ['SOA-03003', 'fault.malformed'],
    ['SOA-03004', 'fault.malformed'],
    ['SOA-03005', 'fault.malformed'],
    ['SOA-03006', 'fault.schema'],
    ['SOA-03007', 'token.refused'],
  ] as const)('fails with the platform’s code: %s is %s', async (platformCode, code) => {
    sts.simulator.faults.add({ kind: 'soa', code: platformCode })
    const asking = issue(['sender', 'sender'], how, { retry: { attempts: 1 } })
    await expect(asking).rejects.toMatchObject({ code, platform: { code: platformCode } })
  })

  it('tells nobody on the way what it says', async () => {
    const events: WireEvent[] = []
    const common = sts.common(how)
    const token = await issue(['eid', 'sender'], how, {
      context: { ...common.context, emit: (event) => events.push(event) },
    })
    expect(events.length).toBeGreaterThan(0)
    const heard = JSON.stringify(events)
    for (const { values } of token.attributes)
      for (const value of values) if (value !== 'true') expect(heard).not.toContain(value)
    expect(heard).not.toContain('Assertion')
  })
})

describe('WS-Trust', () => {
  it('binds the token to the signer when no key is sent', async () => {
    const token = await issue(['sender', 'sender'], { ...wsTrust, useKey: false })
    expect(token.confirmation).toBe('holder-of-key')
    await expect(issue(['eid', 'sender'], { ...wsTrust, useKey: false })).rejects.toMatchObject({
      code: 'configuration.invalid',
      path: 'useKey',
    })
  })

  it('lets an EC key hold what an RSA key asks for: the challenge is signed by it', async () => {
    const before = sts.simulator.calls('sts', 'Challenge')
    const token = await issue(['sender', 'ec'], wsTrust)
    expect(sts.simulator.calls('sts', 'Challenge')).toBe(before + 1)
    expect(token.confirmation).toBe('holder-of-key')
  })

  it('renews for nobody but whose token it is', async () => {
    const token = await issue(['sender', 'sender'], wsTrust)
    const asking = renewToken({
      ...sts.common(wsTrust),
      token,
      identification: sts.keys.hospital,
      holderOfKey: sts.keys.sender,
    })
    await expect(asking).rejects.toMatchObject({ code: 'token.refused', platform: { code: 'SOA-01002' } })
  })

  it('refuses a renewed token that is bound to another key', async () => {
    const token = await issue(['sender', 'sender'], wsTrust)
    const asking = renewToken({
      ...sts.common(wsTrust),
      token,
      identification: sts.keys.sender,
      holderOfKey: sts.keys.hospital,
    })
    await expect(asking).rejects.toMatchObject({ code: 'token.confirmation' })
  })
})

describe('SAML 1.1', () => {
  it.each(['rsa-sha1', 'rsa-sha256'] as const)('takes an inner signature %s', async (algorithm) => {
    const innerSignature = { algorithm }
    const token = await issue(['eid', 'sender'], { ...saml11, innerSignature })
    expect(token.grants(doctorFlag)).toBe(true)
    expect(
      (await issue(['sender', 'sender'], { ...saml11, innerSignature: { always: true } })).id,
    ).toBeTruthy()
  })

  it('cannot be held by an EC key that does not identify: nothing is sent', async () => {
    const before = sts.simulator.calls('stsSaml11')
    await expect(issue(['sender', 'ec'], saml11)).rejects.toMatchObject({
      code: 'configuration.unsupported',
      path: 'holderOfKey',
    })
    expect(sts.simulator.calls('stsSaml11')).toBe(before)
  })

  it('needs something to assert', async () => {
    await expect(
      issue(['sender', 'sender'], saml11, { attributes: [asked(doctorFlag)] }),
    ).rejects.toMatchObject({ code: 'configuration.invalid', path: 'attributes' })
  })

  it('is answered at the oldest address too', async () => {
    const token = await issueToken({
      ...sts.common(legacy, 'stsOldest'),
      ...legacy,
      identification: sts.keys.sender,
      holderOfKey: sts.keys.sender,
      attributes: physicianAttributes(),
    })
    expect(token.grants(doctorFlag)).toBe(true)
    expect(sts.simulator.calls('stsOldest', 'RequestSecureToken')).toBe(1)
  })
})

describe('impossible settings', () => {
  it.each<[string, Partial<IssueTokenOptions>]>([
    ['profile', { profile: 'saml-2.0' as never }],
    ['operation', { profile: 'saml-1.1', operation: 'AttributeQuery' as never }],
    ['operation', { operation: 'RequestSecureToken' }],
    ['innerSignature', { innerSignature: { always: true } }],
    ['innerSignature.algorithm', { profile: 'saml-1.1', innerSignature: { algorithm: 'md5' as never } }],
    ['useKey', { profile: 'saml-1.1', useKey: false }],
    ['holderOfKey', { onBehalfOf: { qualifier: 'x', name: 'y' } }],
    ['holderOfKey', { holderOfKey: undefined }],
    ['onBehalfOf', { holderOfKey: undefined, onBehalfOf: { qualifier: '', name: 'y' } }],
  ])('are refused before anything is sent: %s', async (path, changes) => {
    const before = sts.simulator.calls('sts')
    await expect(issue(['sender', 'sender'], {}, changes)).rejects.toMatchObject({
      code: 'configuration.invalid',
      path,
    })
    expect(sts.simulator.calls('sts')).toBe(before)
  })
})
