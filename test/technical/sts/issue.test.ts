import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { writeAssertion } from '../../../src/simulator/services/sts/assertion.js'
import { systemRuntime } from '../../../src/technical/environment/runtime.js'
import { openKeystore, type Credential } from '../../../src/technical/keystore/index.js'
import { Certificate } from '../../../src/technical/pki/index.js'
import { parseEnvelope } from '../../../src/technical/soap/envelope.js'
import { createTransport } from '../../../src/technical/soap/transport.js'
import {
  acceptToken,
  attributeNamespaces,
  issueToken,
  renewToken,
  type IssueTokenOptions,
} from '../../../src/technical/sts/index.js'
import { RequestSecurityToken, RequestSecurityTokenResponse } from '../../../src/technical/sts/contract.js'
import { read } from '../../../src/technical/xml/index.js'
import { signEnveloped } from '../../../src/technical/xml/signature/index.js'
import { descendants, textOf } from '../../../src/technical/xml/tree.js'
import { wssCertificate, wssClock, wssCredential } from '../soap/wssFixtures.js'
import { playAnswers, type PlayedServer } from './playedSts.js'

const fixture = (name: string): Buffer => readFileSync(new URL(`../../../fixtures/${name}`, import.meta.url))

/** An STS that gives recorded answers. */
let server: PlayedServer
let credential: Credential
let holder: Credential
const transport = createTransport()
const now = new Date('2026-03-02T08:00:00Z')
const runtime = { ...systemRuntime, now: () => now }

beforeAll(async () => {
  const open = async (name: string) =>
    (
      await openKeystore(
        { bytes: fixture(`keystores/${name}.p12`) },
        { password: 'etee-alpha', allowExpired: true },
      )
    ).authentication
  ;[credential, holder] = await Promise.all([open('sender'), open('recipient-a')])
  server = await playAnswers()
})
afterAll(async () => {
  transport.close()
  await server[Symbol.asyncDispose]()
})
beforeEach(() => {
  server.answers.splice(0)
  server.requests.splice(0)
})

const play = (...bodies: string[]): void => {
  for (const body of bodies)
    server.answers.push(
      Buffer.from(
        `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>${body}</S:Body></S:Envelope>`,
      ),
    )
}

const recorded = (name: string): string =>
  fixture(`sts/wstrust/${name}.xml`)
    .toString('utf8')
    .replace(/^<\?xml.*?\?>\s*/, '')

const ask = (changes: Partial<IssueTokenOptions> = {}) =>
  issueToken({
    identification: credential,
    holderOfKey: credential,
    attributes: [
      { name: 'urn:example:asked', namespace: attributeNamespaces.certified },
      {
        name: 'urn:be:fgov:person:ssin',
        namespace: attributeNamespaces.identification,
        values: ['90010199794'],
      },
    ],
    endpoint: `${server.url}/IAM/SecurityTokenService/v1`,
    trust: { sts: [Certificate.from(fixture('sts/sts.pem'))] },
    context: { transport, runtime, emit: () => undefined },
    runtime,
    ...changes,
  })

describe('asking for a token', () => {
  it('sends claims, lifetime and the certificate of the holder, signed by who identifies', async () => {
    play(recorded('04-issue.response.sign-challenge'), recorded('07-issue.response.token.signed'))
    await ask({ holderOfKey: holder, validity: 3_600_000 }).catch(() => undefined)
    const { payload, security } = parseEnvelope(server.requests[0]!)
    const request = read(RequestSecurityToken, payload, { strict: true })
    expect(request).toMatchObject({
      TokenType: 'http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.1#SAMLV1.1',
      RequestType: 'http://docs.oasis-open.org/ws-sx/ws-trust/200512/Issue',
      Claims: {
        Dialect: 'http://docs.oasis-open.org/wsfed/authorization/200706/authclaims',
        ClaimType: [{ Uri: 'urn:be:fgov:person:ssin', Value: '90010199794' }, { Uri: 'urn:example:asked' }],
      },
      Lifetime: { Created: now, Expires: new Date('2026-03-02T09:00:00Z') },
      KeyType: 'http://docs.oasis-open.org/ws-sx/wstrust/200512/PublicKey',
    })
    expect(request.UseKey?.SecurityTokenReference.X509Data?.X509Certificate).toEqual(
      Buffer.from(holder.certificate.der),
    )
    expect(tokenOf(security)).toBe(Buffer.from(credential.certificate.der).toString('base64'))
  })

  it('gives context and challenge back byte for byte, signed by the holder of the key', async () => {
    const challenge = ' \u00e9 <![CDATA[<&>]]> a\tb '
    play(
      recorded('04-issue.response.sign-challenge')
        .replace(/(<wst:Challenge>).*?(<)/, `$1${challenge}$2`)
        .replace(/Context="[^"]*"/, 'Context="urn:the-one-of-the-sts &amp; no other"'),
      recorded('07-issue.response.token.signed'),
    )
    await ask({ holderOfKey: holder }).catch(() => undefined)
    const { payload, security } = parseEnvelope(server.requests[1]!)
    expect(read(RequestSecurityTokenResponse, payload, { strict: true })).toEqual({
      Context: 'urn:the-one-of-the-sts & no other',
      SignChallengeResponse: { Challenge: ' \u00e9 <&> a\tb ' },
    })
    expect(tokenOf(security)).toBe(Buffer.from(holder.certificate.der).toString('base64'))
  })

  it('stays without context when the STS gives none', async () => {
    play(
      recorded('04-issue.response.sign-challenge').replace(/ Context="[^"]*"/, ''),
      recorded('07-issue.response.token.signed'),
    )
    await ask({ holderOfKey: holder }).catch(() => undefined)
    expect(server.requests[1]).not.toContain('Context')
  })

  const tokenOf = (security: ReturnType<typeof parseEnvelope>['security']): string =>
    textOf([...descendants(security!)].find(({ local }) => local === 'BinarySecurityToken')!)
})

describe('an answer of the STS that is none', () => {
  const trust = 'xmlns:wst="http://docs.oasis-open.org/ws-sx/ws-trust/200512"'
  const response = (content: string): string =>
    `<wst:RequestSecurityTokenResponse ${trust}>${content}</wst:RequestSecurityTokenResponse>`
  const challenge = '<wst:SignChallenge><wst:Challenge>x</wst:Challenge></wst:SignChallenge>'
  const empty = '<Assertion xmlns="urn:oasis:names:tc:SAML:1.0:assertion"/>'
  const token = (content: string): string =>
    `<wst:RequestedSecurityToken>${content}</wst:RequestedSecurityToken>`

  it.each([
    ['neither token nor challenge', [response('')], 'token.count'],
    ['a challenge in answer to the answer', [response(challenge), response(challenge)], 'token.count'],
    ['no assertion', [response(token(''))], 'token.count'],
    ['two assertions', [response(token(empty + empty))], 'token.count'],
    [
      'one more assertion elsewhere',
      [response(token(empty) + `<x xmlns="urn:x">${empty}</x>`)],
      'token.count',
    ],
    ['an assertion elsewhere only', [response(`<x xmlns="urn:x">${empty}</x>`)], 'token.count'],
    [
      'another kind of token',
      [response(token('<Assertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion"/>'))],
      'token.count',
    ],
    ['an empty assertion', [response(token(empty))], 'token.malformed'],
    ['two tokens', [response(token(empty) + token(empty))], 'token.count'],
    ['another message', [`<wst:RequestSecurityTokenResponseCollection ${trust}/>`], 'token.malformed'],
  ])('is refused: %s', async (_, given, code) => {
    play(...given)
    await expect(ask()).rejects.toMatchObject({ code })
    expect(server.answers).toEqual([])
  })

  it('is refused when it is bound to somebody else, who is a known holder of a good token', async () => {
    play(recorded('07-issue.response.token.signed'))
    const at = { ...runtime, now: () => new Date('2030-01-15T12:00:00Z') }
    await expect(ask({ runtime: at })).rejects.toMatchObject({ code: 'token.confirmation' })
  })

  it('is refused when it is of another day', async () => {
    play(recorded('07-issue.response.token.signed'))
    await expect(ask()).rejects.toMatchObject({ code: 'token.not-yet-valid' })
    play(recorded('07-issue.response.token.signed'))
    const late = { ...runtime, now: () => new Date('2030-01-16T10:00:00Z') }
    await expect(ask({ runtime: late })).rejects.toMatchObject({ code: 'token.expired' })
  })
})

describe('a good token of the STS', () => {
  const ssin = 'urn:be:fgov:person:ssin'
  const nihii = 'urn:be:fgov:person:ssin:ehealth:1.0:doctor:nihii11'
  const holderOfKey = wssCredential('holder-rsa')
  const attribute = (name: string, value: string) => ({
    name,
    namespace: attributeNamespaces.certified,
    values: [value],
  })

  async function asked(changes: Partial<IssueTokenOptions>) {
    const assertion = writeAssertion({
      id: `_${'0'.repeat(32)}`,
      issuedAt: wssClock,
      notBefore: wssClock,
      notOnOrAfter: new Date(wssClock.getTime() + 3_600_000),
      identification: holderOfKey.certificate,
      holderOfKey: holderOfKey.certificate,
      attributes: [attribute(ssin, '90010199794'), attribute(nihii, '10000106004')],
    })
    const xml = await signEnveloped(assertion, {
      idAttribute: 'AssertionID',
      credential: wssCredential('sts'),
    })
    play(
      '<wst:RequestSecurityTokenResponse xmlns:wst="http://docs.oasis-open.org/ws-sx/ws-trust/200512">' +
        `<wst:RequestedSecurityToken>${xml}</wst:RequestedSecurityToken></wst:RequestSecurityTokenResponse>`,
    )
    return ask({
      holderOfKey,
      trust: { sts: [wssCertificate('sts')] },
      runtime: { ...runtime, now: () => wssClock },
      attributes: [attribute(ssin, '90010199794'), { ...attribute(nihii, ''), values: [] }],
      demanded: [nihii],
      nihii: '10000106004',
      ...changes,
    })
  }

  it('is given out when it says what was asserted and demanded', async () => {
    expect((await asked({})).values(nihii)).toEqual(['10000106004'])
  })

  it.each<[string, Partial<IssueTokenOptions>, string, string]>([
    [
      'what was asserted was changed',
      { attributes: [attribute(ssin, '90010199893')] },
      'token.identification',
      'changed',
    ],
    ['what was demanded is missing', { demanded: ['urn:other'] }, 'token.attribute', 'absent'],
    ['the number is another', { nihii: '10000205004' }, 'token.attribute', 'other-number'],
  ])('is refused when %s', async (_, changes, code, state) => {
    await expect(asked(changes)).rejects.toMatchObject({ code, details: { state } })
  })
})

describe('a renewal', () => {
  const holderOfKey = wssCredential('holder-rsa')
  const assertion = (id: string) =>
    signEnveloped(
      writeAssertion({
        id,
        issuedAt: wssClock,
        notBefore: wssClock,
        notOnOrAfter: new Date(wssClock.getTime() + 3_600_000),
        identification: credential.certificate,
        holderOfKey: holderOfKey.certificate,
        attributes: [
          {
            name: 'urn:be:fgov:person:ssin',
            namespace: attributeNamespaces.identification,
            values: ['90010199794'],
          },
        ],
      }),
      { idAttribute: 'AssertionID', credential: wssCredential('sts') },
    )
  const common = () => ({
    identification: credential,
    holderOfKey,
    endpoint: `${server.url}/IAM/SecurityTokenService/v1`,
    trust: { sts: [wssCertificate('sts')] },
    context: { transport, runtime, emit: () => undefined },
    runtime: { ...runtime, now: () => wssClock },
  })

  it('answers a challenge when one comes, signed by the holder of the key', async () => {
    const { trust, runtime: at } = common()
    const old = acceptToken(await assertion(`_${'1'.repeat(32)}`), {
      sts: trust.sts,
      at: at.now(),
      holderOfKey: holderOfKey.certificate,
    })
    play(
      recorded('04-issue.response.sign-challenge'),
      '<wst:RequestSecurityTokenResponse xmlns:wst="http://docs.oasis-open.org/ws-sx/ws-trust/200512">' +
        `<wst:RequestedSecurityToken>${await assertion(`_${'2'.repeat(32)}`)}</wst:RequestedSecurityToken>` +
        '</wst:RequestSecurityTokenResponse>',
    )
    const renewed = await renewToken({ ...common(), token: old })
    expect(renewed.id).toBe(`_${'2'.repeat(32)}`)
    const [renewal, reply] = server.requests.map((text) => parseEnvelope(text))
    const { RequestType, RenewTarget, Claims, Lifetime, KeyType, UseKey } = read(
      RequestSecurityToken,
      renewal!.payload,
      { strict: true },
    )
    expect([RequestType, Claims, Lifetime, KeyType, UseKey]).toEqual([
      'http://docs.oasis-open.org/ws-sx/ws-trust/200512/Renew',
      undefined,
      undefined,
      undefined,
      undefined,
    ])
    expect(RenewTarget?.SecurityTokenReference.Embedded?.Id).toMatch(/^token-/)
    expect(server.requests[0]).toContain(old.xml)
    const signer = [...descendants(reply!.security!)].find(({ local }) => local === 'BinarySecurityToken')!
    expect(textOf(signer)).toBe(Buffer.from(holderOfKey.certificate.der).toString('base64'))
  })
})

describe('impossible wishes', () => {
  it.each([
    ['a lifetime of nothing', { validity: 0 }, 'validity'],
    ['a lifetime without end', { validity: Infinity }, 'validity'],
    ['an STS that nobody vouches for', { trust: { sts: [] } }, 'trust.sts'],
    [
      'a value with a semicolon',
      { attributes: [{ name: 'urn:x', namespace: 'urn:y', values: ['1;2'] }] },
      'attributes',
    ],
  ])('are refused before anything is sent: %s', async (_, changes, path) => {
    await expect(ask(changes)).rejects.toMatchObject({ code: 'configuration.invalid', path })
    expect(server.requests).toEqual([])
  })
})
