/** Every form of the security header that the platform knows, written and verified (spec soap-security §2). */
import { generateKeyPairSync } from 'node:crypto'

import { beforeAll, describe, expect, it } from 'vitest'

import { EHealthError } from '../../../src/errors.js'
import { writeAssertion } from '../../../src/simulator/services/sts/assertion.js'
import { softwareCredential, type Credential } from '../../../src/technical/keystore/index.js'
import { writeAddressing } from '../../../src/technical/soap/addressing.js'
import { buildEnvelope, parseEnvelope } from '../../../src/technical/soap/envelope.js'
import { dsNamespace } from '../../../src/technical/xml/signature/index.js'
import { soapNamespace, wsaNamespace, wsseNamespace } from '../../../src/technical/soap/namespaces.js'
import type { SamlAssertion, Security } from '../../../src/technical/soap/types.js'
import { genericAsyncDemands, securityForms } from '../../../src/technical/soap/wsSecurity/forms.js'
import type { WriteSecurityOptions } from '../../../src/technical/soap/wsSecurity/sign.js'
import { verifyEnvelope, type SecurityPolicy } from '../../../src/technical/soap/wsSecurity/verify.js'
import { signEnveloped } from '../../../src/technical/xml/signature/index.js'
import {
  attribute,
  childElements,
  childNamed,
  descendants,
  textOf,
  type XmlElement,
} from '../../../src/technical/xml/tree.js'
import { actor, issue } from '../pki/issue.js'
import { Ask, heldRuntime } from './messages.js'
import { wssCertificate, wssClock, wssCredential } from './wssFixtures.js'

const root = actor('Root')
const anchor = issue({ subject: root, issuer: root, ca: true, usage: 0x06 })

function credentialOf(name: string, keys: ReturnType<typeof generateKeyPairSync>): Credential {
  const owner = actor(name, keys)
  return softwareCredential({
    certificate: issue({ subject: owner, issuer: root, usage: 0x80 }),
    privateKey: owner.privateKey,
  })
}
const ec = (namedCurve: string) => credentialOf(namedCurve, generateKeyPairSync('ec', { namedCurve }))
const rsa = (modulusLength: number) =>
  credentialOf(`RSA ${modulusLength}`, generateKeyPairSync('rsa', { modulusLength }))

const keys: Record<string, Credential> = {
  'RSA 2048': rsa(2048),
  'EC P-256': ec('P-256'),
  'EC P-384': ec('P-384'),
}

async function assertionFor(holder: Credential, method: string): Promise<SamlAssertion> {
  const id = `_${'0'.repeat(31)}${holder.keyType.length}`
  const plain = writeAssertion({
    id,
    issuedAt: wssClock,
    notBefore: wssClock,
    notOnOrAfter: new Date(wssClock.getTime() + 3_600_000),
    identification: holder.certificate,
    holderOfKey: holder.certificate,
    attributes: [{ name: 'urn:test', namespace: 'urn:test', values: ['1'] }],
  })
  return {
    id,
    xml: await signEnveloped(plain.replaceAll('cm:holder-of-key', `cm:${method}`), {
      idAttribute: 'AssertionID',
      credential: wssCredential('sts'),
    }),
  }
}

const policy: Omit<SecurityPolicy, 'kind'> = { trust: [anchor], sts: [wssCertificate('sts')], at: wssClock }
const build = (
  security: Security,
  options: Partial<WriteSecurityOptions> & { addressing?: string } = {},
): Promise<string> =>
  buildEnvelope({
    security,
    body: { declaration: Ask, value: { Id: 'a', Text: 'content', Flags: [true] } },
    runtime: heldRuntime(wssClock),
    ...options,
  })

/** The code of the refusal; undefined when the message is believed. */
function verdict(text: string, how: Partial<SecurityPolicy> & Pick<SecurityPolicy, 'kind'>) {
  try {
    verifyEnvelope(parseEnvelope(text), { ...policy, ...how })
    return undefined
  } catch (error) {
    if (error instanceof EHealthError) return error.code
    throw error
  }
}

const locals = (parent: XmlElement): string[] => childElements(parent).map(({ local }) => local)
const signedInfo = (text: string): XmlElement =>
  childElements(childNamed(parseEnvelope(text).security!, dsNamespace, 'Signature')!)[0]!
const references = (text: string): string[] =>
  childElements(signedInfo(text))
    .slice(2)
    .map((e) => attribute(e, 'URI')!.replace(/-.*/, ''))
const keyReference = (text: string): XmlElement => {
  const [, , keyInfo] = childElements(childNamed(parseEnvelope(text).security!, dsNamespace, 'Signature')!)
  return childElements(childElements(keyInfo!)[0]!)[0]!
}

describe.each(Object.entries(keys))('with a key %s', (name, credential) => {
  let holderOfKey: SamlAssertion
  let vouching: SamlAssertion
  beforeAll(async () => {
    holderOfKey = await assertionFor(credential, 'holder-of-key')
    vouching = await assertionFor(credential, 'sender-vouches')
  })

  it('an X.509 message is Timestamp, token, Signature over Body, Timestamp and token', async () => {
    const text = await build({ kind: 'x509', credential })
    const { security } = parseEnvelope(text)
    expect(locals(security!)).toEqual(['Timestamp', 'BinarySecurityToken', 'Signature'])
    expect(references(text)).toEqual(['#id', '#TS', '#X509'])
    expect(keyReference(text).local).toBe('Reference')
    expect(verdict(text, { kind: 'x509' })).toBeUndefined()
    expect(verdict(text, { kind: 'saml-hok' })).toBe('signature.structure')
  })

  it('a holder-of-key message is Timestamp, Assertion, Signature over Body and Timestamp', async () => {
    const text = await build({ kind: 'saml-hok', credential, assertion: holderOfKey })
    expect(locals(parseEnvelope(text).security!)).toEqual(['Timestamp', 'Assertion', 'Signature'])
    expect(references(text)).toEqual(['#id', '#TS'])
    expect([keyReference(text).local, textOf(keyReference(text))]).toEqual(['KeyIdentifier', holderOfKey.id])
    expect(verdict(text, { kind: 'saml-hok' })).toBeUndefined()
  })

  it('a sender-vouches message is Timestamp, Assertion, token, Signature by the key of the token', async () => {
    const text = await build({ kind: 'saml-sender-vouches', credential, assertion: vouching })
    expect(locals(parseEnvelope(text).security!)).toEqual([
      'Timestamp',
      'Assertion',
      'BinarySecurityToken',
      'Signature',
    ])
    expect(references(text)).toEqual(['#id', '#TS', '#X509'])
    expect(keyReference(text).local).toBe('Reference')
    expect(verdict(text, { kind: 'saml-sender-vouches' })).toBeUndefined()
    const verified = verifyEnvelope(parseEnvelope(text), { ...policy, kind: 'saml-sender-vouches' })
    expect(verified.certificate!.equals(credential.certificate)).toBe(true)
    expect(verified.assertion!.attributes.map(({ values }) => values)).toEqual([['1']])
  })

  it('vouching and holding a key are not taken for each other', async () => {
    const swapped = await build({ kind: 'saml-sender-vouches', credential, assertion: holderOfKey })
    expect(verdict(swapped, { kind: 'saml-sender-vouches' })).toBe('token.method')
    const held = await build({ kind: 'saml-hok', credential, assertion: vouching })
    expect(verdict(held, { kind: 'saml-hok' })).toBe('token.method')
    // nobody vouches whose certificate is not trusted
    const text = await build({ kind: 'saml-sender-vouches', credential, assertion: vouching })
    expect(verdict(text, { kind: 'saml-sender-vouches', trust: [] })).toBe('certificate.untrusted')
    expect(verdict(text, { kind: 'saml-sender-vouches', sts: [] })).toBe('token.untrusted')
    expect(verdict(text, { kind: 'saml-hok' })).toBe('signature.structure')
    expect(verdict(text, { kind: 'x509' })).toBe('signature.structure')
  })

  it('the value of the signature has the fixed length of its kind', async () => {
    const text = await build({ kind: 'x509', credential })
    const value = childElements(childNamed(parseEnvelope(text).security!, dsNamespace, 'Signature')!)[1]!
    const lengths = { 'RSA 2048': 256, 'EC P-256': 64, 'EC P-384': 96 }
    expect(Buffer.from(textOf(value), 'base64')).toHaveLength(lengths[name as keyof typeof lengths])
  })

  it('SHA-1 is made only when asked for, and only with RSA', async () => {
    const modern = await build({ kind: 'x509', credential })
    expect(modern).not.toContain('sha1"')
    const legacy = await build({ kind: 'x509', credential }, { legacySha1: true })
    const algorithms = [...descendants(signedInfo(legacy))]
      .filter(({ local }) => /^(Signature|Digest)Method$/.test(local))
      .map((e) => attribute(e, 'Algorithm')!.replace(/.*#/, ''))
    expect([...new Set(algorithms)]).toEqual(
      credential.keyType === 'rsa' ? ['rsa-sha1', 'sha1'] : ['ecdsa-sha256', 'sha256'],
    )
    const refused = credential.keyType === 'rsa' ? 'signature.algorithm' : undefined
    expect(verdict(legacy, { kind: 'x509' })).toBe(refused)
    expect(verdict(legacy, { kind: 'x509', allowSha1: true })).toBeUndefined()
  })
})

describe('what a service demands otherwise', () => {
  const credential = keys['EC P-256']!
  let assertion: SamlAssertion
  beforeAll(async () => {
    assertion = await assertionFor(credential, 'holder-of-key')
  })

  it('is the Timestamp alone for 30 seconds at GenericAsync, with WS-Addressing behind Security', async () => {
    const text = await build(
      { kind: 'saml-hok', credential, assertion },
      {
        ...genericAsyncDemands,
        addressing: writeAddressing({
          action: 'urn:be:cin:nip:async:generic:post:msg',
          to: '',
          messageId: '0f6c1f7e-0000-4000-8000-000000000001',
          relatesTo: ['a', 'b'],
          from: 'urn:sender',
          replyTo: 'http://www.w3.org/2005/08/addressing/anonymous',
          faultTo: 'http://www.w3.org/2005/08/addressing/anonymous',
        }),
      },
    )
    expect(references(text)).toEqual(['#TS'])
    const { header } = parseEnvelope(text)
    expect(locals(header!)).toEqual([
      'Security',
      'Action',
      'To',
      'MessageID',
      'RelatesTo',
      'RelatesTo',
      'From',
      'ReplyTo',
      'FaultTo',
    ])
    const [security, action, to, , , , from, replyTo] = childElements(header!)
    expect(
      childElements(header!)
        .slice(1)
        .every(({ namespace }) => namespace === wsaNamespace),
    ).toBe(true)
    expect(attribute(action!, 'mustUnderstand', soapNamespace)).toBe('1')
    expect([textOf(action!), textOf(to!), textOf(from!)]).toEqual([
      'urn:be:cin:nip:async:generic:post:msg',
      '',
      'urn:sender',
    ])
    expect(locals(replyTo!)).toEqual(['Address'])
    expect(childElements(childElements(security!)[0]!).map(textOf)).toEqual([
      '2026-01-15T12:00:00.000Z',
      '2026-01-15T12:00:30.000Z',
    ])
    expect(verdict(text, { kind: 'saml-hok', require: genericAsyncDemands.signedParts })).toBeUndefined()
    expect(verdict(text, { kind: 'saml-hok' })).toBe('signature.coverage')
  })

  it('can be the assertion too, or another life time', async () => {
    const text = await build(
      { kind: 'saml-hok', credential, assertion },
      { signedParts: ['body', 'timestamp', 'assertion'], ttlSeconds: 300 },
    )
    const parsed = parseEnvelope(text)
    const verified = verifyEnvelope(parsed, { ...policy, kind: 'saml-hok' })
    expect(verified.covered).toEqual(['body', 'timestamp', 'assertion'])
    expect(verified.timestamp!.expires.getTime() - wssClock.getTime()).toBe(300_000)
  })

  it('cannot be a part that the header does not have', async () => {
    await expect(build({ kind: 'x509', credential }, { signedParts: ['assertion'] })).rejects.toMatchObject({
      code: 'configuration.invalid',
      path: 'signedParts',
    })
  })

  it('is written down once for each form', () => {
    for (const form of Object.values(securityForms)) {
      expect(form.tokens).toContain(form.signedBy)
      expect(form.signedParts.slice(0, 2)).toEqual(['body', 'timestamp'])
      expect(form.ttlSeconds).toBe(60)
    }
  })

  it('needs an action to address a message', () => {
    expect(() => writeAddressing({ action: '' })).toThrow(
      expect.objectContaining({ code: 'contract.invalid' }),
    )
    expect(() => writeAddressing({ action: '\u0000' })).toThrow(
      expect.objectContaining({ code: 'contract.invalid' }),
    )
  })
})

describe('a key that is not strong enough', () => {
  it.each([
    ['RSA 1024', () => rsa(1024)],
    ['EC P-521', () => ec('P-521')],
    ['EC secp256k1', () => ec('secp256k1')],
  ])('proves nothing: %s', async (_, make) => {
    expect(verdict(await build({ kind: 'x509', credential: make() }), { kind: 'x509' })).toBe(
      'signature.algorithm',
    )
  })

  it('does not count when the reference names another kind of token', async () => {
    const text = await build({ kind: 'x509', credential: keys['RSA 2048']! })
    const namespace = `xmlns:wsse="${wsseNamespace}"`
    expect(text).toContain(namespace)
    const changed = text.replace(/<wsse:Reference URI="#X509-/, '<wsse:Reference URI="#TS-')
    expect(verdict(changed, { kind: 'x509' })).toBe('signature.structure')
  })
})
