import { request as httpsRequest } from 'node:https'
import { inspect } from 'node:util'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { connect, type Connection } from '../../../src/connect.js'
import { physician } from '../../../src/professions/index.js'
import { startSimulator, type Simulator } from '../../../src/simulator/index.js'
import { environmentOf } from '../../../src/technical/environment/environment.js'
import {
  identityProviderOf,
  signOn,
  type SignOnOf,
  type SignOnOptions,
  type SignOnProfile,
} from '../../../src/technical/sso/index.js'
import { parseXml } from '../../../src/technical/xml/parse.js'
import { attribute, childElements } from '../../../src/technical/xml/tree.js'
import { playAnswers } from '../sts/playedSts.js'

let simulator: Simulator
let me: Connection<'ehbox'>
beforeAll(async () => {
  simulator = await startSimulator()
  const { ssin, nihii, keystore, password } = simulator.personas.physician
  me = await connect({
    environment: simulator.environment,
    runtime: simulator.runtime,
    keystore: { bytes: keystore, password },
    as: physician({ ssin, nihii }),
  })
})
afterAll(async () => {
  await me.close()
  await simulator.close()
})

interface Visited {
  status: number
  location: string | undefined
  text: string
}

/** What a browser does with an address or a form. */
function visit(url: string, form?: Record<string, string>): Promise<Visited> {
  return new Promise((resolve, reject) => {
    const outgoing = httpsRequest(
      url,
      {
        ca: simulator.environment.trust.tls!.map((one) => Buffer.from(one)),
        method: form === undefined ? 'GET' : 'POST',
        headers: form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' },
      },
      (incoming) => {
        const chunks: Buffer[] = []
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
        incoming.on('end', () =>
          resolve({
            status: incoming.statusCode ?? 0,
            location: incoming.headers.location,
            text: Buffer.concat(chunks).toString(),
          }),
        )
      },
    )
    outgoing.on('error', reject)
    outgoing.end(form === undefined ? undefined : new URLSearchParams(form).toString())
  })
}

/** Form of a page, as a browser reads it. */
function formOf(html: string): { action: string; fields: Record<string, string> } {
  const unescape = (text: string): string =>
    text
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&')
  const inputs = [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)]
  return {
    action: unescape(/<form method="POST" action="([^"]*)">/.exec(html)![1]!),
    fields: Object.fromEntries(inputs.map(([, name, value]) => [name!, unescape(value!)])),
  }
}

const nasty = "https://portal.example.test/a?b=\"><script>alert(1)</script>&c='d'&e=é#f"

describe('a sign-on by form', () => {
  it('is a page whose form the identity provider takes, once', async () => {
    const { html } = await me.technical.signOn('post')
    const { action, fields } = formOf(html)
    expect(action).toBe(`${simulator.url}/idp/profile/SAML2/Bearer/POST`)
    expect(Object.keys(fields)).toEqual(['SAMLResponse'])
    expect(await visit(action, fields)).toMatchObject({ status: 200 })
    expect(await visit(action, fields)).toMatchObject({ status: 403 })
  })

  it('leads on to the target, which cannot break out of the page', async () => {
    const page = await me.technical.signOn('post', { target: nasty })
    expect(page.html.match(/<script>/g)).toHaveLength(1)
    expect(page.html).not.toContain('alert(1)</script>')
    const { action, fields } = formOf(page.html)
    expect(fields['RelayState']).toBe(nasty)
    expect(fields).toEqual(page.fields)
    expect(await visit(action, fields)).toMatchObject({ status: 303, location: new URL(nasty).href })
  })

  it('wraps the assertion unchanged in a response, with the destination where that is asked for', async () => {
    const { fields } = await me.technical.signOn('post', { destination: true })
    const { root } = parseXml(Buffer.from(fields.SAMLResponse, 'base64'))
    expect(attribute(root, 'Destination')).toBe(`${simulator.url}/idp/profile/SAML2/Bearer/POST`)
    expect(attribute(root, 'Version')).toBe('2.0')
    expect(childElements(root).map(({ local }) => local)).toEqual(['Status', 'Assertion'])
    const plain = await me.technical.signOn('post')
    expect(attribute(parseXml(Buffer.from(plain.fields.SAMLResponse, 'base64')).root, 'Destination')).toBe(
      undefined,
    )
  })

  it('is refused by the identity provider when anything of it is changed, or late', async () => {
    const page = await me.technical.signOn('post')
    const xml = Buffer.from(page.fields.SAMLResponse, 'base64').toString()
    const assertion = /<saml2:Assertion .*<\/saml2:Assertion>/s.exec(xml)![0]
    for (const changed of [
      xml.replace('SAMPLEMANS', 'OTHERMANS'),
      xml.replace(/<ds:Signature .*<\/ds:Signature>/s, ''),
      xml.replace('status:Success', 'status:Responder'),
      xml.replace(assertion, assertion + assertion),
      xml.slice(0, 400),
      '',
    ]) {
      const SAMLResponse = Buffer.from(changed).toString('base64')
      expect((await visit(page.action, { SAMLResponse })).status).toBe(403)
    }
    expect((await visit(page.action)).status).toBe(405)
    simulator.clock.set(page.notOnOrAfter!)
    expect((await visit(page.action, { ...page.fields })).status).toBe(403)
    simulator.clock.release()
    expect((await visit(page.action, { ...page.fields })).status).toBe(200)
  })
})

describe('a sign-on by address', () => {
  it('is an address of the identity provider that works once', async () => {
    const { url } = await me.technical.signOn('artifact')
    expect(url.startsWith(`${simulator.url}/idp/profile/SAML2/Bearer/Artifact?SAMLart=`)).toBe(true)
    expect((await visit(url)).status).toBe(200)
    expect((await visit(url)).status).toBe(403)
  })

  it('leads on to the target, escaped', async () => {
    const { url } = await me.technical.signOn('artifact', { target: nasty })
    expect(url).toContain(`&RelayState=${encodeURIComponent(nasty)}`)
    expect(await visit(url)).toMatchObject({ status: 303, location: new URL(nasty).href })
  })
})

describe('what lets somebody in', () => {
  it('is not shown by accident', async () => {
    const page = await me.technical.signOn('post')
    const address = await me.technical.signOn('artifact')
    for (const shown of [
      JSON.stringify({ page, address }),
      inspect({ page, address }, { depth: 10, showHidden: true }),
    ]) {
      expect(shown).not.toContain(page.fields.SAMLResponse.slice(0, 40))
      expect(shown).not.toContain(address.url)
      expect(shown).not.toContain('SAMLart')
    }
    expect(JSON.stringify(page)).toContain(page.action)
  })
})

describe('a sign-on that cannot be', () => {
  it.each(['javascript:alert(1)', 'ftp://x.example.test/', '/relative', '', 'http//x', 42 as never])(
    'is refused before anything is sent: target %s',
    async (target) => {
      const before = simulator.calls('singleSignOn')
      await expect(me.technical.signOn('post', { target })).rejects.toMatchObject({
        code: 'configuration.invalid',
        path: 'target',
      })
      expect(simulator.calls('singleSignOn')).toBe(before)
    },
  )

  it('is refused for a profile that is none', async () => {
    await expect(me.technical.signOn('redirect' as never)).rejects.toMatchObject({
      code: 'configuration.invalid',
      path: 'profile',
    })
  })

  it('has no identity provider where none is known', () => {
    expect(identityProviderOf(environmentOf('acceptance'), 'artifact')).toBe(
      'https://wwwacc.ehealth.fgov.be/idp/profile/SAML2/Bearer/Artifact',
    )
    expect(identityProviderOf(environmentOf('production'), 'post')).toBe(
      'https://www.ehealth.fgov.be/idp/profile/SAML2/Bearer/POST',
    )
    expect(() => identityProviderOf(environmentOf('integration'), 'post')).toThrowError(
      expect.objectContaining({ code: 'configuration.no-endpoint' }),
    )
  })

  const wst = 'xmlns:wst="http://docs.oasis-open.org/ws-sx/ws-trust/200512"'
  const wsse = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd'
  const reference = (uri: string): string => `<Reference xmlns="${wsse}" URI="${uri}"/>`
  const bearer = (content: string): string =>
    `<Assertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion">${content}</Assertion>`
  const signature = '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>'
  const idp = (): string => `${simulator.url}/idp/profile/SAML2/Bearer/Artifact`

  /** Signs on with a service that answers this. */
  async function answered<Profile extends SignOnProfile>(
    profile: Profile,
    content: string,
    options?: SignOnOptions,
  ): Promise<SignOnOf[Profile]> {
    await using server = await playAnswers([
      Buffer.from(
        `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body><wst:RequestSecurityTokenResponse ${wst}>` +
          `<wst:RequestedSecurityToken>${content}</wst:RequestedSecurityToken></wst:RequestSecurityTokenResponse></S:Body></S:Envelope>`,
      ),
    ])
    const { ssin, nihii, keystore, password } = simulator.personas.physician
    await using other = await connect({
      environment: simulator.environment,
      endpoints: { singleSignOn: `${server.url}/IAM/SingleSignOnService/v1` },
      runtime: simulator.runtime,
      keystore: { bytes: keystore, password },
      as: physician({ ssin, nihii }),
    })
    return await signOn(other.session, profile, options)
  }

  const artifact = '/idp/profile/SAML2/Bearer/Artifact'
  it.each<[string, () => string, string]>([
    ['no reference', () => '', 'sso.malformed'],
    [
      'two references',
      () => reference(`${idp()}?SAMLart=a`) + reference(`${idp()}?SAMLart=b`),
      'sso.malformed',
    ],
    ['a reference without address', () => `<Reference xmlns="${wsse}"/>`, 'sso.malformed'],
    ['another host', () => reference(`https://www.example.test${artifact}?SAMLart=a`), 'sso.address'],
    ['another port', () => reference(`https://127.0.0.1:1${artifact}?SAMLart=a`), 'sso.address'],
    ['another path', () => reference(`${simulator.url}/idp/logout?SAMLart=a`), 'sso.address'],
    ['another scheme', () => reference(`${idp().replace('https', 'http')}?SAMLart=a`), 'sso.address'],
    ['a script', () => reference('javascript:alert(1)'), 'sso.address'],
    ['a user in front', () => reference(`${simulator.url}@example.test${artifact}`), 'sso.address'],
    ['a fragment', () => reference(`${idp()}?SAMLart=a#b`), 'sso.address'],
  ])('is refused when the address has %s', async (_, content, code) => {
    await expect(answered('artifact', content())).rejects.toMatchObject({ code })
  })

  it('gives the address to the letter, and puts the target behind one that has no question yet', async () => {
    const given = `${idp()}?SAMLart=a%2Bb+c`
    expect((await answered('artifact', reference(given))).url).toBe(given)
    const { url } = await answered('artifact', reference(idp()), { target: 'https://a.test/?b=c' })
    expect(url).toBe(`${idp()}?RelayState=https%3A%2F%2Fa.test%2F%3Fb%3Dc`)
  })

  it.each([
    ['no assertion', ''],
    ['two assertions', bearer(signature).repeat(2)],
    ['an assertion that nobody signed', bearer('')],
    [
      'an assertion of SAML 1.1',
      `<Assertion xmlns="urn:oasis:names:tc:SAML:1.0:assertion">${signature}</Assertion>`,
    ],
  ])('is refused when the answer holds %s', async (_, content) => {
    await expect(answered('post', content)).rejects.toMatchObject({ code: 'sso.malformed' })
  })
})

describe('the single sign-on service of the simulator', () => {
  it('lets in nobody without a token, and answers no other address', async () => {
    const { status } = await visit(`${simulator.url}/idp/elsewhere`)
    expect(status).toBe(404)
    const { url } = await me.technical.signOn('artifact')
    expect((await visit(url.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')))).status).toBe(403)
    const script = `${url}&RelayState=${encodeURIComponent('javascript:alert(1)')}`
    expect(await visit(script)).toMatchObject({ status: 400, location: undefined })
  })
})
