import { readFileSync } from 'node:fs'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'

import { EHealthError } from '../../../src/errors.js'
import { Certificate } from '../../../src/technical/pki/index.js'
import {
  acceptToken,
  ungrantedAttributes,
  type AcceptTokenOptions,
} from '../../../src/technical/sts/index.js'
import { parseXml, rawElement } from '../../../src/technical/xml/parse.js'
import { descendants, isElement } from '../../../src/technical/xml/tree.js'

const file = (name: string): string =>
  readFileSync(new URL(`../../../fixtures/sts/${name}`, import.meta.url), 'utf8')
const certificate = (name: string): Certificate => Certificate.from(file(name))

/** The first assertion of a message, cut out as the client does. */
function assertionIn(name: string): string {
  const document = parseXml(file(name))
  const element = [...descendants(document.root)].find((each) =>
    isElement(each, 'urn:oasis:names:tc:SAML:1.0:assertion', 'Assertion'),
  )
  return rawElement(document, element!)
}

const ssinName = 'urn:be:fgov:person:ssin'
const nihiiName = 'urn:be:fgov:person:ssin:ehealth:1.0:nihii:physiotherapist:nihii11'
const namespace = 'urn:be:fgov:identification-namespace'
const genuine = 'wstrust/07-issue.response.token.signed.xml'
const options: AcceptTokenOptions = {
  sts: [certificate('sts.pem')],
  at: new Date('2030-01-15T12:00:00Z'),
  holderOfKey: certificate('person.pem'),
  demanded: [nihiiName],
}
const accept = (name: string, changes: Partial<AcceptTokenOptions> = {}) =>
  acceptToken(assertionIn(name), { ...options, ...changes })

/** The code that a refusal has; fails when nothing is refused. */
function refusal(action: () => unknown): EHealthError {
  try {
    action()
  } catch (error) {
    if (error instanceof EHealthError) return error
    throw error
  }
  throw new Error('was accepted')
}

describe('a token of the STS', () => {
  it('is accepted with what it says', () => {
    const token = accept(genuine)
    expect(token).toMatchObject({
      id: '_0f1e2d3c4b5a69788796a5b4c3d2e1f0',
      issuer: 'urn:be:fgov:ehealth:sts:1_0',
      notBefore: new Date('2030-01-15T09:55:00Z'),
      notOnOrAfter: new Date('2030-01-16T10:00:00Z'),
      signer: certificate('sts.pem'),
    })
    expect(token.attributes.map(({ name }) => name)).toHaveLength(6)
    expect(token.attributes[0]).toMatchObject({ name: ssinName, namespace })
    expect(token.values(nihiiName)).toEqual(['54999097527'])
    expect(token.grants(nihiiName)).toBe(true)
    expect(token.grants('urn:example:other')).toBe(false)
  })

  it('is kept as it was written, so that its signature survives a second reading', () => {
    const { xml } = accept(genuine)
    expect(acceptToken(xml, options).xml).toBe(xml)
    // the line breaks of the certificate are part of what was signed
    expect(refusal(() => acceptToken(xml.replaceAll('\n', ''), options)).code).toBe('signature.digest')
  })

  it('shows neither the assertion nor the values in logs', () => {
    const token = accept(genuine)
    const [ssin] = token.values(ssinName)
    for (const shown of [JSON.stringify({ token }), inspect({ token }, { depth: 10, showHidden: true })]) {
      expect(shown).toContain(token.id)
      expect(shown).not.toContain(ssin)
      expect(shown).not.toContain('<')
    }
  })

  it.each([
    ['the signer is not pinned', { sts: [certificate('pharmacy.pem')] }, 'token.untrusted'],
    ['nobody is pinned', { sts: [] }, 'token.untrusted'],
    ['its end has come', { at: new Date('2030-01-16T10:00:00Z') }, 'token.expired'],
    [
      'its start is more than five minutes ahead',
      { at: new Date('2030-01-15T09:49:59Z') },
      'token.not-yet-valid',
    ],
    ['it is bound to another key', { holderOfKey: certificate('pharmacy.pem') }, 'token.confirmation'],
    [
      'it is bound to another key of the same person',
      { holderOfKey: certificate('person-ec.pem') },
      'token.confirmation',
    ],
  ])('is refused when %s', (_, changes, code) => {
    expect(refusal(() => accept(genuine, changes)).code).toBe(code)
  })

  it('is taken until the last millisecond of its life, and five minutes before its start', () => {
    expect(accept(genuine, { at: new Date('2030-01-16T09:59:59.999Z') }).id).toBeTruthy()
    expect(accept(genuine, { at: new Date('2030-01-15T09:50:00Z') }).id).toBeTruthy()
  })

  it('with rsa-sha1 is accepted only when that is asked for', () => {
    const name = '05-response.success.signed.rsa-sha1.xml'
    expect(refusal(() => accept(name)).code).toBe('signature.algorithm')
    expect(accept(name, { allowSha1: true, demanded: [] }).id).toBeTruthy()
    expect(accept('05-response.success.signed.rsa-sha256.xml', { demanded: [] }).id).toBeTruthy()
  })
})

describe('the attributes of a token', () => {
  const ssin = accept(genuine).values(ssinName)

  it('must come back as they were asserted', () => {
    expect(accept(genuine, { asserted: [{ name: ssinName, namespace, values: ssin }] }).id).toBeTruthy()
    const error = refusal(() =>
      accept(genuine, { asserted: [{ name: ssinName, namespace, values: ['90010199794'] }] }),
    )
    expect(error).toMatchObject({
      code: 'token.identification',
      details: { attribute: ssinName, state: 'changed' },
    })
    expect(JSON.stringify(error)).not.toContain(ssin[0])
  })

  it('that are demanded must be there', () => {
    const error = refusal(() => accept(genuine, { demanded: ['urn:example:hospital'] }))
    expect(error).toMatchObject({
      code: 'token.attribute',
      details: { attribute: 'urn:example:hospital', state: 'absent' },
    })
    expect(ungrantedAttributes(error)).toEqual([
      { name: 'urn:example:hospital', state: 'absent', advice: 'check-name' },
    ])
    expect(error.hint).toContain('spelt')
  })
})

describe('an assertion that somebody worked on', () => {
  const wss: AcceptTokenOptions = {
    sts: [certificate('wss/sts.pem')],
    at: new Date('2026-01-15T12:00:10Z'),
    holderOfKey: certificate('wss/holder-rsa.pem'),
  }
  const judge = (name: string) => acceptToken(assertionIn(`wss/${name}.xml`), wss)

  it.each([
    'p04-saml-hok-rsa-sha256',
    'p10-saml-hok-comment-in-text',
    'p12-saml-hok-prefixed-assertion-xsi-type',
  ])('is accepted as long as it is the one that was signed: %s', (name) => {
    expect(judge(name).values(ssinName)).toHaveLength(1)
  })

  it('has its values read whole, comment or not', () => {
    const plain = judge('p04-saml-hok-rsa-sha256').values(ssinName)
    expect(judge('p10-saml-hok-comment-in-text').values(ssinName)).toEqual(plain)
  })

  it.each([
    ['n15-saml-attribute-changed', 'signature.digest'],
    ['n16-saml-untrusted-sts', 'token.untrusted'],
    ['n17-saml-signed-by-non-sts', 'token.untrusted'],
    ['n19-saml-expired', 'token.expired'],
    ['n20-saml-unsigned', 'token.unsigned'],
    ['n21-saml-wrapped-assertion', 'signature.structure'],
  ])('%s is refused as %s', (name, code) => {
    expect(refusal(() => judge(name)).code).toBe(code)
  })

  it('is refused when a flag was written otherwise', () => {
    expect(refusal(() => accept('invalid/05-response.signed.tampered.xml', { demanded: [] })).code).toBe(
      'signature.digest',
    )
  })

  it('is refused when the signed one hides in its Advice', () => {
    expect(
      refusal(() => accept('invalid/06-response.signature-wrapping.xml', { demanded: [] })).code,
    ).toMatch(/^(signature|token)\./)
  })

  it('is refused, always with a typed error, wherever a character is changed, left out or added', () => {
    // a declaration that nothing uses is no part of what is signed
    const xml = assertionIn(genuine).replace(/ xmlns:wst="[^"]*"/, '')
    // every place in the head and the attributes, some in the long base64 texts
    const step = (at: number): number => (/[A-Za-z0-9+/]{40}/.test(xml.slice(at, at + 40)) ? 37 : 3)
    let judged = 0
    for (let at = 0; at < xml.length; at += step(at)) {
      const other = xml[at] === 'x' ? 'y' : 'x'
      for (const changed of [
        xml.slice(0, at) + other + xml.slice(at + 1),
        xml.slice(0, at) + xml.slice(at + 1),
        xml.slice(0, at),
      ]) {
        // white space of base64 in the signature itself is not part of what is proved
        if (changed.replace(/\s/g, '') === xml.replace(/\s/g, '')) continue
        judged += 1
        expect(refusal(() => acceptToken(changed, options)).code, `at ${at}`).toMatch(
          /^(token|signature|xml|certificate)\./,
        )
      }
    }
    expect(judged).toBeGreaterThan(1000)
  })
})
