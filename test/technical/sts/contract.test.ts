import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

import { RequestSecurityToken, RequestSecurityTokenResponse } from '../../../src/technical/sts/contract.js'
import { canonicalize } from '../../../src/technical/xml/canonicalize.js'
import { problemsOf, read, write } from '../../../src/technical/xml/index.js'
import { parseXml, rawElement } from '../../../src/technical/xml/parse.js'

const fixture = (name: string): string =>
  readFileSync(new URL(`../../../fixtures/sts/${name}`, import.meta.url), 'utf8').replace(/>\s+</g, '><')

describe('the messages of WS-Trust 1.3', () => {
  it.each(['01-issue.hok.request', '02-issue.hok.no-usekey.request', '09-issue.hok.ec-p384.request'])(
    'are written to the letter as %s',
    (name) => {
      const { root } = parseXml(fixture(`wstrust/${name}.xml`))
      const value = read(RequestSecurityToken, root, { strict: true })
      expect(write(RequestSecurityToken, value)).toMatchObject({ xml: canonicalize(root), canonical: true })
    },
  )

  it.each(['04-issue.response.sign-challenge', '05-challenge.request'])(
    'are written to the letter as %s',
    (name) => {
      const { root } = parseXml(fixture(`wstrust/${name}.xml`))
      const value = read(RequestSecurityTokenResponse, root, { strict: true })
      expect(write(RequestSecurityTokenResponse, value)).toMatchObject({
        xml: canonicalize(root),
        canonical: true,
      })
    },
  )

  it.each(['03-issue.response.token.unsigned', '07-issue.response.token.signed'])(
    'carry an assertion unchanged: %s',
    (name) => {
      const document = parseXml(fixture(`wstrust/${name}.xml`))
      const { Context, RequestedSecurityToken } = read(RequestSecurityTokenResponse, document.root, {
        strict: true,
      })
      const xml = rawElement(document, RequestedSecurityToken!.Assertion.element!)
      const written = write(RequestSecurityTokenResponse, {
        ...(Context === undefined ? {} : { Context }),
        RequestedSecurityToken: { Assertion: { xml } },
      })
      expect(canonicalize(parseXml(written.xml).root)).toBe(canonicalize(document.root))
      expect(written.xml).toContain(xml)
    },
  )

  it('are read with the embedded assertion of a renewal and of a sender-vouches request', () => {
    const renewal = read(RequestSecurityToken, parseXml(fixture('wstrust/06-renew.request.xml')).root, {
      strict: true,
    })
    const { Embedded } = renewal.RenewTarget!.SecurityTokenReference
    expect(Embedded).toMatchObject({ Id: 'token-3f2504e0-4f89-41d3-9a0c-0305e82c3303' })
    expect(Embedded?.Assertion.element?.local).toBe('Assertion')
    const vouched = read(
      RequestSecurityToken,
      parseXml(fixture('wstrust/08-issue.sender-vouches.request.xml')).root,
      { strict: true },
    )
    expect(vouched.Issuer).toEqual({ Address: 'SYNTHETIC-INSTITUTION' })
    expect(vouched.OnBehalfOf?.SecurityTokenReference.Embedded?.Assertion.element).toBeDefined()
  })

  it('have their Context in no namespace', () => {
    const { root } = parseXml(fixture('invalid/04-rst.context-in-wst-namespace.xml'))
    expect(() => read(RequestSecurityToken, root, { strict: true })).toThrowError(
      expect.objectContaining({ code: 'contract.invalid', path: 'RequestSecurityToken@Context' }),
    )
  })

  it('carry a challenge byte for byte, white space and all', () => {
    const Challenge = ' \u00e9 <&> a\tb '
    const { xml } = write(RequestSecurityTokenResponse, { SignChallengeResponse: { Challenge } })
    const back = read(RequestSecurityTokenResponse, parseXml(xml).root)
    expect(back.SignChallengeResponse?.Challenge).toBe(Challenge)
  })

  it('hold one of token, challenge and answer, not two', () => {
    const Challenge = 'x'
    expect(
      problemsOf(RequestSecurityTokenResponse, {
        SignChallenge: { Challenge },
        SignChallengeResponse: { Challenge },
      } as never),
    ).toHaveLength(1)
  })
})
