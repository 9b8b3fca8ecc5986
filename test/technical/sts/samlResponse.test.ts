import { readFileSync } from 'node:fs'

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { writeAssertion } from '../../../src/simulator/services/sts/assertion.js'
import { systemRuntime } from '../../../src/technical/environment/runtime.js'
import { createTransport } from '../../../src/technical/soap/transport.js'
import {
  attributeNamespaces,
  issueToken,
  samlStatusOf,
  type IssueTokenOptions,
} from '../../../src/technical/sts/index.js'
import { parseXml } from '../../../src/technical/xml/parse.js'
import { signEnveloped } from '../../../src/technical/xml/signature/index.js'
import { wssCertificate, wssClock, wssCredential } from '../soap/wssFixtures.js'
import { playAnswers, type PlayedServer } from './playedSts.js'

const protocol = 'urn:oasis:names:tc:SAML:1.0:protocol'
const uuid = '00000000-0000-4000-8000-000000000001'
const holder = wssCredential('holder-rsa')
const transport = createTransport()
let server: PlayedServer
let assertion: string

beforeAll(async () => {
  server = await playAnswers()
  assertion = await signEnveloped(
    writeAssertion({
      id: `_${'0'.repeat(32)}`,
      issuedAt: wssClock,
      notBefore: wssClock,
      notOnOrAfter: new Date(wssClock.getTime() + 3_600_000),
      identification: holder.certificate,
      holderOfKey: holder.certificate,
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
})
afterAll(async () => {
  transport.close()
  await server[Symbol.asyncDispose]()
})
beforeEach(() => server.answers.splice(0))

interface ResponseParts {
  status?: string
  inResponseTo?: string | undefined
  content?: string
  declarations?: string
}

/** A response as the STS writes one. */
function response({
  status = '<samlp:Status><samlp:StatusCode Value="samlp:Success"/></samlp:Status>',
  inResponseTo = `request-${uuid}`,
  content = assertion,
  declarations = '',
}: ResponseParts = {}): string {
  const answers = inResponseTo === '' ? '' : ` InResponseTo="${inResponseTo}"`
  return (
    `<samlp:Response xmlns:samlp="${protocol}"${declarations} ResponseID="response-1"${answers} MajorVersion="1" ` +
    `MinorVersion="1" IssueInstant="2026-01-15T12:00:00.000Z">${status}${content}</samlp:Response>`
  )
}

const envelope = (body: string): Buffer =>
  Buffer.from(
    `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>${body}</S:Body></S:Envelope>`,
  )

const ask = (answer: Uint8Array, changes: Partial<IssueTokenOptions> = {}) => {
  server.answers.push(answer)
  const runtime = { ...systemRuntime, now: () => wssClock, uuid: () => uuid }
  return issueToken({
    profile: 'saml-1.1',
    identification: holder,
    holderOfKey: holder,
    attributes: [
      {
        name: 'urn:be:fgov:person:ssin',
        namespace: attributeNamespaces.identification,
        values: ['90010199794'],
      },
    ],
    endpoint: `${server.url}/IAM/Saml11TokenService/v1`,
    trust: { sts: [wssCertificate('sts')] },
    context: { transport, runtime, emit: () => undefined },
    runtime,
    retry: { attempts: 1 },
    ...changes,
  })
}

const code = (value: string, inner = ''): string =>
  `<samlp:Status><samlp:StatusCode Value="${value}">${inner}</samlp:StatusCode></samlp:Status>`

describe('a response of the SAML 1.1 profile', () => {
  it('gives its token', async () => {
    expect((await ask(envelope(response()))).id).toBe(`_${'0'.repeat(32)}`)
  })

  it('is a success whatever prefix the protocol has in it', async () => {
    const bound = ` xmlns:other="${protocol}"`
    expect(
      (await ask(envelope(response({ status: code('other:Success'), declarations: bound })))).id,
    ).toBeTruthy()
    const own = `<samlp:Status><p:StatusCode xmlns:p="${protocol}" Value="p:Success"/></samlp:Status>`
    expect((await ask(envelope(response({ status: own })))).id).toBeTruthy()
    const unprefixed = response().replaceAll('samlp:', '').replace('xmlns:samlp', 'xmlns')
    expect((await ask(envelope(unprefixed))).id).toBeTruthy()
  })

  it.each([
    ['a success of somebody else', 'x:Success', ' xmlns:x="urn:x"', '{urn:x}Success'],
    ['a word that only contains it', 'samlp:NotSuccess', '', 'NotSuccess'],
    ['a word without namespace', 'Success', '', '{}Success'],
  ])('is no success for %s', async (_, value, declarations, told) => {
    await expect(ask(envelope(response({ status: code(value), declarations })))).rejects.toMatchObject({
      code: 'token.refused',
      platform: { code: told },
    })
  })

  it.each([
    ['Requester', 'token.refused', false],
    ['VersionMismatch', 'token.refused', false],
    ['Responder', 'token.failed', true],
    ['Whatever', 'token.refused', false],
  ])('with status %s is %s', async (value, errorCode, retryable) => {
    const inner = '<samlp:StatusCode Value="samlp:RequestDenied"/>'
    const message = '<samlp:StatusMessage> not today </samlp:StatusMessage></samlp:Status>'
    const status = code(`samlp:${value}`, inner).replace('</samlp:Status>', message)
    await expect(ask(envelope(response({ status, content: '' })))).rejects.toMatchObject({
      code: errorCode,
      retryable,
      platform: { code: `${value}/RequestDenied`, messages: [{ text: 'not today' }], httpStatus: 200 },
      details: { status: [value, 'RequestDenied'] },
    })
  })

  it('that refuses gives no token, even when it carries one', async () => {
    await expect(ask(envelope(response({ status: code('samlp:Requester') })))).rejects.toMatchObject({
      code: 'token.refused',
    })
  })

  it.each([
    ['another request', 'request-of-somebody-else'],
    ['none', ''],
  ])('that answers %s is refused', async (_, inResponseTo) => {
    await expect(ask(envelope(response({ inResponseTo })))).rejects.toMatchObject({
      code: 'token.correlation',
    })
  })

  it.each<[string, () => string, string]>([
    ['no assertion', () => response({ content: '' }), 'token.count'],
    ['two assertions', () => response({ content: assertion + assertion }), 'token.count'],
    [
      'an assertion elsewhere',
      () => response({ content: `<x xmlns="urn:x">${assertion}</x>` }),
      'token.count',
    ],
    ['no status', () => response({ status: '' }), 'token.malformed'],
    ['a status without code', () => response({ status: '<samlp:Status/>' }), 'token.malformed'],
    ['two statuses', () => response({ status: code('samlp:Success').repeat(2) }), 'token.malformed'],
    [
      'a prefix that is bound to nothing',
      () => response({ status: code('nobody:Success') }),
      'token.malformed',
    ],
    ['an empty code', () => response({ status: code('') }), 'token.malformed'],
    ['no identifier', () => response().replace(' ResponseID="response-1"', ''), 'token.malformed'],
    ['another message', () => `<samlp:Request xmlns:samlp="${protocol}"/>`, 'token.malformed'],
  ])('is refused with %s', async (_, make, errorCode) => {
    await expect(ask(envelope(make()))).rejects.toMatchObject({ code: errorCode })
  })

  it('is refused wherever it is cut off, with a typed error', async () => {
    const whole = envelope(response())
    for (let end = 0; end < whole.length; end += Math.ceil(whole.length / 40))
      await expect(ask(whole.subarray(0, end)), `cut at ${end}`).rejects.toMatchObject({
        code: expect.stringMatching(/^(xml|transport|contract|fault|token)\./) as string,
      })
  })

  it('is refused when its codes are nested without end', () => {
    const depth = 50
    const nested =
      '<samlp:StatusCode Value="samlp:Requester">'.repeat(depth) + '</samlp:StatusCode>'.repeat(depth)
    const { root } = parseXml(response({ status: `<samlp:Status>${nested}</samlp:Status>`, content: '' }))
    expect(samlStatusOf(root).codes).toHaveLength(5)
  })
})

describe('a response of the vectors', () => {
  it('is read: success without recognition, and refusal', () => {
    const file = new URL(
      '../../../fixtures/sts/07-response.success.not-recognised.unsigned.xml',
      import.meta.url,
    )
    expect(samlStatusOf(parseXml(readFileSync(file)).root)).toEqual({ success: true, codes: ['Success'] })
  })
})
