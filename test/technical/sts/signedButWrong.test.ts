import { beforeAll, describe, expect, it } from 'vitest'

import { EHealthError } from '../../../src/errors.js'
import { writeAssertion } from '../../../src/simulator/services/sts/assertion.js'
import type { Certificate } from '../../../src/technical/pki/index.js'
import { acceptToken, type AcceptTokenOptions } from '../../../src/technical/sts/index.js'
import { signEnveloped } from '../../../src/technical/xml/signature/index.js'
import { wssCertificate, wssClock, wssCredential } from '../soap/wssFixtures.js'

const holder = wssCertificate('holder-rsa')
const nihiiName = 'urn:be:fgov:person:ssin:ehealth:1.0:doctor:nihii11'
const ssinName = 'urn:be:fgov:person:ssin'
const namespace = 'urn:be:fgov:certified-namespace:ehealth'
const hour = 60 * 60 * 1000

const options: AcceptTokenOptions = {
  sts: [wssCertificate('sts')],
  at: wssClock,
  holderOfKey: holder,
  demanded: [nihiiName],
  nihii: '10000106004',
}

const unsigned = writeAssertion({
  id: `_${'0'.repeat(32)}`,
  issuedAt: wssClock,
  notBefore: wssClock,
  notOnOrAfter: new Date(wssClock.getTime() + hour),
  identification: holder,
  holderOfKey: holder,
  attributes: [
    { name: nihiiName, namespace, values: ['10000106004'] },
    { name: ssinName, namespace, values: ['90010199794'] },
  ],
})

/** A change made before the STS signs; one that changes nothing is a mistake of the test. */
async function signed(from: string | RegExp = '', to = ''): Promise<string> {
  const changed = unsigned.replace(from, () => to)
  if (from !== '' && changed === unsigned) throw new Error('nothing was changed')
  return signEnveloped(changed, { idAttribute: 'AssertionID', credential: wssCredential('sts') })
}

function refusal(action: () => unknown): EHealthError {
  try {
    action()
  } catch (error) {
    if (error instanceof EHealthError) return error
    throw error
  }
  throw new Error('was accepted')
}

const base64 = (certificate: Certificate): string => Buffer.from(certificate.der).toString('base64')
/** In the second statement, which alone has no confirmation of its own. */
const last = /<\/Subject>(?=<Attribute )/
const confirmation = (method: string, key: string): string =>
  `<SubjectConfirmation><ConfirmationMethod>urn:oasis:names:tc:SAML:1.0:cm:${method}</ConfirmationMethod><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${key}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></SubjectConfirmation></Subject>`

// The signature is good and the signer pinned: nothing but the one rule stands between these and their use.
describe('an assertion with a good signature of the STS', () => {
  let good: string
  beforeAll(async () => {
    good = await signed()
  })

  it('is accepted when all is well', () => {
    expect(acceptToken(good, options).values(nihiiName)).toEqual(['10000106004'])
  })

  it.each<[string, string | RegExp, string, string]>([
    ['names another issuer', 'Issuer="urn:be:fgov:ehealth:sts:1_0"', 'Issuer="urn:x"', 'token.issuer'],
    ['is of another version', 'MinorVersion="1"', 'MinorVersion="0"', 'token.malformed'],
    ['is for whoever carries it', 'cm:holder-of-key', 'cm:bearer', 'token.method'],
    ['is for whoever vouches', 'cm:holder-of-key', 'cm:sender-vouches', 'token.method'],
    ['names no key', /<(\w+:)?KeyInfo.*?<\/(\w+:)?KeyInfo>/s, '', 'token.confirmation'],
    [
      'names a second key',
      last,
      confirmation('holder-of-key', base64(wssCertificate('holder-ec'))),
      'token.malformed',
    ],
    ['names a second method', last, confirmation('bearer', base64(holder)), 'token.malformed'],
    [
      'names a second subject',
      /(?<=<NameIdentifier[^>]*>)[^<]*(?=<\/NameIdentifier><\/Subject><Attribute )/,
      'CN=Other',
      'token.malformed',
    ],
    [
      'has a condition that nobody knows',
      '</Conditions>',
      '<Condition xmlns:x="urn:x" x:only="once"></Condition></Conditions>',
      'token.malformed',
    ],
    ['has no conditions', /<Conditions.*?<\/Conditions>/s, '', 'token.malformed'],
    ['has no end', / NotOnOrAfter="[^"]*"/, '', 'token.malformed'],
    [
      'has conditions twice',
      /<Conditions.*?<\/Conditions>/s,
      `${/<Conditions.*?<\/Conditions>/s.exec(unsigned)![0]}`.repeat(2),
      'token.malformed',
    ],
    ['grants an empty value only', '10000106004<', '<', 'token.attribute'],
    ['grants false only', '10000106004<', 'false<', 'token.attribute'],
    ['grants the number of somebody else', '10000106004<', '10000205004<', 'token.attribute'],
    ['grants what is no number at all', '10000106004<', 'true<', 'token.attribute'],
  ])('is refused when it %s', async (_, from, to, code) => {
    const xml = await signed(from, to)
    expect(refusal(() => acceptToken(xml, options)).code).toBe(code)
  })

  it('of one key is not taken for the signature of another pinned certificate', () => {
    expect(refusal(() => acceptToken(good, { ...options, sts: [holder] })).code).toBe('token.untrusted')
  })
})
