/**
 * Messages that an insider makes: he has a key and a certificate of his own that the platform trusts, and signs soundly
 * whatever he likes. Every signature value here verifies; what is refused is what it says.
 */
import { createHash, createHmac, createPrivateKey, sign } from 'node:crypto'

import { beforeAll, describe, expect, it } from 'vitest'

import { EHealthError } from '../../src/errors.js'
import { buildEnvelope, parseEnvelope } from '../../src/technical/soap/envelope.js'
import { wsseNamespace, wsuNamespace } from '../../src/technical/soap/namespaces.js'
import { verifyEnvelope, type VerifiedEnvelope } from '../../src/technical/soap/wsSecurity/verify.js'
import { canonicalize } from '../../src/technical/xml/canonicalize.js'
import { read } from '../../src/technical/xml/index.js'
import { dsNamespace } from '../../src/technical/xml/signature/index.js'
import { childElements, childNamed, type XmlElement } from '../../src/technical/xml/tree.js'
import { Ask, heldRuntime } from '../technical/soap/messages.js'
import { wssCertificate, wssClock, wssCredential, wssFile } from '../technical/soap/wssFixtures.js'

const key = createPrivateKey(wssFile('keys/holder-rsa.key.pem'))
let genuine: string
let body: string
let bodyId: string
let timestamp: string
let token: string
let keyInfo: string

beforeAll(async () => {
  genuine = await buildEnvelope({
    security: { kind: 'x509', credential: wssCredential('holder-rsa') },
    body: { declaration: Ask, value: { Id: 'a', Text: '90010199075', Flags: [true] } },
    runtime: heldRuntime(wssClock),
  })
  body = part(/<S:Body.*<\/S:Body>/s)
  bodyId = /wsu:Id="(id-[^"]*)"/.exec(body)![1]!
  timestamp = part(/<wsu:Timestamp.*<\/wsu:Timestamp>/s)
  token = part(/<wsse:BinarySecurityToken.*<\/wsse:BinarySecurityToken>/s)
  keyInfo = part(/<ds:KeyInfo>.*<\/ds:KeyInfo>/s)
})

function part(pattern: RegExp): string {
  const found = pattern.exec(genuine)?.[0]
  if (found === undefined) throw new Error(`no ${pattern}`)
  return found
}

/** The message with something replaced; a replacement that changes nothing is a mistake of the test. */
function changed(from: string | RegExp, to: string, text = genuine): string {
  const result = text.replace(from, () => to)
  if (result === text) throw new Error('nothing was changed')
  return result
}

const signatureOf = (text: string): XmlElement =>
  childNamed(parseEnvelope(text).security!, dsNamespace, 'Signature')!

/** The message with a new signature value over its SignedInfo as it stands now. */
function resigned(text: string, make = (octets: Buffer): Buffer => sign('sha256', octets, key)): string {
  const [signedInfo, value] = childElements(signatureOf(text))
  const signed = make(Buffer.from(canonicalize(signedInfo!))).toString('base64')
  return `${text.slice(0, value!.start)}<ds:SignatureValue>${signed}</ds:SignatureValue>${text.slice(value!.end)}`
}

/** A reference that is right about the element in this place. */
function reference(element: XmlElement, uri: string): string {
  const digest = createHash('sha256').update(canonicalize(element)).digest('base64')
  return `<ds:Reference URI="${uri}"><ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"></ds:Transform></ds:Transforms><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></ds:DigestMethod><ds:DigestValue>${digest}</ds:DigestValue></ds:Reference>`
}

const verify = (text: string): VerifiedEnvelope =>
  verifyEnvelope(parseEnvelope(text), {
    kind: 'x509',
    trust: [wssCertificate('ca')],
    sts: [],
    at: wssClock,
  })

function verdict(text: string): string {
  try {
    verify(text)
    return 'accepted'
  } catch (error) {
    if (error instanceof EHealthError) return error.code
    throw error
  }
}

const bodyReference = (): string => part(new RegExp(`<ds:Reference URI="#${bodyId}">.*?</ds:Reference>`, 's'))

describe('a message that an insider signed anew', () => {
  it('is accepted when nothing else was done to it', () => {
    expect(verdict(resigned(genuine))).toBe('accepted')
    expect(resigned(genuine)).toBe(genuine)
  })

  describe('is refused for its references', () => {
    it('when one element is referred to twice', () => {
      expect(verdict(resigned(changed(bodyReference(), bodyReference() + bodyReference())))).toBe(
        'signature.structure',
      )
    })

    it('when one element is referred to by two names', () => {
      const named = changed('<S:Body ', '<S:Body Id="second" ')
      const { body: element } = parseEnvelope(named)
      const both = reference(element, `#${bodyId}`) + reference(element, '#second')
      expect(verdict(resigned(changed(bodyReference(), both, named)))).toBe('signature.structure')
      // the second name alone is as good as the first
      expect(verdict(resigned(changed(bodyReference(), reference(element, '#second'), named)))).toBe(
        'accepted',
      )
    })

    it('when there are none', () => {
      expect(verdict(resigned(changed(/<ds:Reference .*<\/ds:Reference>/s, '')))).toBe('signature.structure')
    })

    it.each([
      [''],
      ['#'],
      ["#xpointer(id('a'))"],
      ['#xpointer(/)'],
      ['http://127.0.0.1:9/'],
      ['file:///etc/hostname'],
      ['cid:a@b'],
      ['#nothing'],
      ['# a'],
    ])('when one leads elsewhere: %j', (uri) => {
      expect(verdict(resigned(changed(`URI="#${bodyId}"`, `URI="${uri}"`)))).toBe('signature.structure')
    })

    it.each(['id', 'iD', 'ref'])('when one leads to an attribute that is no identifier: %s', (name) => {
      const named = changed('<S:Body ', `<S:Body ${name}="second" `)
      const { body: element } = parseEnvelope(named)
      expect(verdict(resigned(changed(bodyReference(), reference(element, '#second'), named)))).toBe(
        'signature.structure',
      )
    })

    it('when the prefix of the identifier means something else', () => {
      const foreign = changed(`xmlns:wsu="${wsuNamespace}" wsu:Id="id-`, 'xmlns:wsu="urn:wsu" wsu:Id="id-')
      expect(verdict(resigned(foreign))).toBe('signature.structure')
    })

    it.each([
      ['wsu:Id', (id: string) => `xmlns:wsu="${wsuNamespace}" wsu:Id="${id}"`],
      ['Id', (id: string) => `Id="${id}"`],
      ['ID', (id: string) => `ID="${id}"`],
      ['AssertionID', (id: string) => `AssertionID="${id}"`],
      ['xml:id', (id: string) => `xml:id="${id}"`],
    ])('when the identifier stands on another element as well: %s', (_, attribute) => {
      for (const id of [
        bodyId,
        /wsu:Id="(TS-[^"]*)"/.exec(genuine)![1]!,
        /wsu:Id="(X509-[^"]*)"/.exec(genuine)![1]!,
      ])
        expect(verdict(changed('</S:Header>', `<w ${attribute(id)}></w></S:Header>`))).toBe(
          'signature.structure',
        )
    })

    it('when they cover a Timestamp or a token that does not stand in its place', () => {
      for (const [original, name] of [
        [timestamp, 'TS'],
        [token, 'X509'],
      ] as const) {
        const copy = original.replace(/wsu:Id="[^"]*"/, `wsu:Id="${name}-copy"`)
        const moved = changed(
          '</S:Header>',
          `<w xmlns:wsse="${wsseNamespace}">${original}</w></S:Header>`,
          changed(original, copy),
        )
        // for the token the way to the key is led back into the header, so that only the coverage is wrong
        const led = moved.replace(/(<wsse:Reference URI="#X509-)[^"]*/, name === 'X509' ? '$1copy' : '$&')
        expect(verdict(resigned(led))).toBe('signature.coverage')
      }
    })
  })

  describe('is refused for its algorithms', () => {
    const exclusive = 'Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"'

    it.each([
      'http://www.w3.org/2001/10/xml-exc-c14n#WithComments',
      'http://www.w3.org/TR/2001/REC-xml-c14n-20010315',
      'http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments',
      'http://www.w3.org/2006/12/xml-c14n11',
      'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
      'http://www.w3.org/2000/09/xmldsig#base64',
      'http://www.w3.org/TR/1999/REC-xpath-19991116',
      'http://www.w3.org/2002/06/xmldsig-filter2',
      'http://www.w3.org/TR/1999/REC-xslt-19991116',
      'http://docs.oasis-open.org/wss/oasis-wss-SwAProfile-1.1#Attachment-Complete-Transform',
      'urn:nippin:xml:sig:transform:optional-deflate',
      'constructor',
    ])('when a transform is not exclusive canonicalisation: %s', (algorithm) => {
      const transform = changed(`<ds:Transform ${exclusive}>`, `<ds:Transform Algorithm="${algorithm}">`)
      expect(verdict(resigned(transform))).toBe('signature.algorithm')
      const second = changed(
        `<ds:Transform ${exclusive}></ds:Transform>`,
        `<ds:Transform ${exclusive}></ds:Transform><ds:Transform Algorithm="${algorithm}"></ds:Transform>`,
      )
      expect(verdict(resigned(second))).toMatch(/^signature\.(algorithm|structure)$/)
      const info = changed(
        `<ds:CanonicalizationMethod ${exclusive}>`,
        `<ds:CanonicalizationMethod Algorithm="${algorithm}">`,
      )
      expect(verdict(resigned(info))).toBe('signature.algorithm')
    })

    it('when a reference is not canonicalised at all', () => {
      expect(verdict(resigned(changed(/<ds:Transforms>.*?<\/ds:Transforms>/s, '')))).toBe(
        'signature.structure',
      )
    })

    it.each([
      'http://www.w3.org/2000/09/xmldsig#hmac-sha1',
      'http://www.w3.org/2001/04/xmldsig-more#hmac-sha256',
      'http://www.w3.org/2001/04/xmldsig-more#rsa-md5',
      'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512',
      'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1',
      'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256',
      'http://www.w3.org/2000/09/xmldsig#dsa-sha1',
      'http://www.w3.org/2000/09/xmldsig#rsa-sha1',
      'toString',
    ])('when its value is of another kind: %s', (algorithm) => {
      const method = changed('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', algorithm)
      const spki = wssCertificate('holder-rsa').spki
      const make = (octets: Buffer): Buffer =>
        algorithm.includes('hmac')
          ? createHmac(algorithm.endsWith('1') ? 'sha1' : 'sha256', spki)
              .update(octets)
              .digest()
          : sign('sha256', octets, key)
      expect(verdict(resigned(method, make))).toBe('signature.algorithm')
    })

    it('when the value may be cut short', () => {
      const method = changed(
        /<ds:SignatureMethod ([^>]*)>/,
        '<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"><ds:HMACOutputLength>8</ds:HMACOutputLength>',
      )
      expect(verdict(resigned(method))).toBe('signature.algorithm')
    })

    it.each([
      'http://www.w3.org/2000/09/xmldsig#sha1',
      'http://www.w3.org/2001/04/xmldsig-more#md5',
      'http://www.w3.org/2001/04/xmlenc#sha512',
      '__proto__',
    ])('when a digest is of another kind: %s', (algorithm) => {
      expect(verdict(resigned(changed('http://www.w3.org/2001/04/xmlenc#sha256', algorithm)))).toBe(
        'signature.algorithm',
      )
    })
  })

  describe('is refused for its KeyInfo', () => {
    const stranger = (): string => Buffer.from(wssCertificate('holder-ec').der).toString('base64')
    const reference = (inner: string): string =>
      `<ds:KeyInfo><wsse:SecurityTokenReference>${inner}</wsse:SecurityTokenReference></ds:KeyInfo>`

    it.each<[string, () => string]>([
      ['none', () => ''],
      ['empty', () => '<ds:KeyInfo></ds:KeyInfo>'],
      [
        'a certificate',
        () =>
          `<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${stranger()}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`,
      ],
      [
        'a certificate before the reference',
        () =>
          keyInfo.replace(
            '<ds:KeyInfo>',
            `<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${stranger()}</ds:X509Certificate></ds:X509Data>`,
          ),
      ],
      [
        'a bare key',
        () =>
          '<ds:KeyInfo><ds:KeyValue><ds:RSAKeyValue><ds:Modulus>AQAB</ds:Modulus><ds:Exponent>AQAB</ds:Exponent></ds:RSAKeyValue></ds:KeyValue></ds:KeyInfo>',
      ],
      ['a name', () => '<ds:KeyInfo><ds:KeyName>holder</ds:KeyName></ds:KeyInfo>'],
      [
        'a place to fetch it from',
        () => '<ds:KeyInfo><ds:RetrievalMethod URI="http://127.0.0.1:9/"></ds:RetrievalMethod></ds:KeyInfo>',
      ],
      [
        'the reference twice',
        () =>
          keyInfo
            .replace(/<wsse:SecurityTokenReference.*<\/wsse:SecurityTokenReference>/s, '$&$&')
            .replace('wsu:Id="STR-', 'wsu:Id="STR-2-'),
      ],
      [
        'an embedded token',
        () => reference(`<wsse:Embedded>${token.replace('X509-', 'X509-2-')}</wsse:Embedded>`),
      ],
      [
        'a key identifier of another kind',
        () =>
          reference(
            '<wsse:KeyIdentifier ValueType="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509SubjectKeyIdentifier">AAAA</wsse:KeyIdentifier>',
          ),
      ],
      [
        'an issuer and serial number',
        () =>
          reference(
            '<ds:X509Data><ds:X509IssuerSerial><ds:X509IssuerName>CN=a</ds:X509IssuerName><ds:X509SerialNumber>1</ds:X509SerialNumber></ds:X509IssuerSerial></ds:X509Data>',
          ),
      ],
      ['a reference to elsewhere', () => keyInfo.replace('URI="#', 'URI="http://127.0.0.1:9/#')],
      ['a reference to the Body', () => keyInfo.replace(/URI="#[^"]*"/, `URI="#${bodyId}"`)],
      ['a reference to another kind of token', () => keyInfo.replace(/#X509v3"/, '#X509PKIPathv1"')],
      ['a reference with one attribute too many', () => keyInfo.replace('URI="', 'Usage="x" URI="')],
    ])('%s', (_, make) => {
      const other = make()
      expect(other).not.toBe(keyInfo)
      expect(verdict(changed(keyInfo, other))).toBe('signature.structure')
    })

    it('a token that stands outside of the security header', () => {
      const outside = token.replace('X509-', 'X509-9-').replace(/>[^<]*</, `>${stranger()}<`)
      const moved = changed('</S:Header>', `<w xmlns:wsse="${wsseNamespace}">${outside}</w></S:Header>`)
      const led = moved.replace('<wsse:Reference URI="#X509-', '<wsse:Reference URI="#X509-9-')
      expect(verdict(led)).toBe('signature.structure')
    })

    it.each([
      ['another type', '#X509v3"', '#PKCS7"'],
      ['another encoding', '#Base64Binary"', '#HexBinary"'],
      ['no base64', '>MII', '>*II'],
    ])('a token of %s', (_, from, to) => {
      expect(verdict(changed(token, changed(from, to, token)))).toMatch(/^signature\.structure$/)
    })
  })

  describe('is refused for its header', () => {
    const security = () => part(/<wsse:Security .*<\/wsse:Security>/s)
    const attribute = 'xmlns:S="http://schemas.xmlsoap.org/soap/envelope/" S:actor'
    const empty = (actor: string) => `<wsse:Security xmlns:wsse="${wsseNamespace}" ${actor}></wsse:Security>`

    it.each<[string, () => string, string]>([
      [
        'a second one, in front',
        () => changed('<S:Header>', `<S:Header>${empty('')}`),
        'signature.structure',
      ],
      [
        'a second one, behind',
        () => changed('</S:Header>', `${empty('')}</S:Header>`),
        'signature.structure',
      ],
      [
        'a second one for nobody',
        () => changed('<S:Header>', `<S:Header>${empty(`${attribute}=""`)}`),
        'signature.structure',
      ],
      [
        'only one for somebody else',
        () => changed('S:mustUnderstand="1"', 'S:actor="urn:other" S:mustUnderstand="1"'),
        'signature.missing',
      ],
      [
        'only one inside of another header',
        () => changed(security(), `<w>${security()}</w>`),
        'signature.missing',
      ],
      [
        'one in the Body',
        () =>
          changed(
            body,
            body.replace('<Text>', `${security().replaceAll(/Id="/g, 'Id="b')}<Text>`),
            changed(security(), ''),
          ),
        'signature.missing',
      ],
      [
        'two signatures',
        () =>
          changed(
            '</ds:Signature>',
            `</ds:Signature>${part(/<ds:Signature .*<\/ds:Signature>/s)
              .replace('SIG-', 'SIG-2-')
              .replace('STR-', 'STR-2-')}`,
          ),
        'signature.structure',
      ],
      ['two tokens', () => changed(token, token + token.replace('X509-', 'X509-2-')), 'signature.structure'],
      [
        'two timestamps',
        () => changed(timestamp, timestamp + timestamp.replace('TS-', 'TS-2-')),
        'signature.structure',
      ],
      [
        'an encrypted key',
        () =>
          changed(
            '</wsse:Security>',
            '<e:EncryptedKey xmlns:e="http://www.w3.org/2001/04/xmlenc#"></e:EncryptedKey></wsse:Security>',
          ),
        'signature.structure',
      ],
      [
        'a user name',
        () => changed('</wsse:Security>', '<wsse:UsernameToken></wsse:UsernameToken></wsse:Security>'),
        'signature.structure',
      ],
    ])('%s', (_, make, code) => {
      expect(verdict(make())).toBe(code)
    })
  })
})

describe('what no signature covers', () => {
  it('comments do not cut the text of a signed element', () => {
    const commented = changed('90010199075', '90010<!--199075--><!---->199075')
    expect(read(Ask, verify(commented).payload).Text).toBe('90010199075')
  })

  it('CDATA and character references are the text that they stand for', () => {
    const other = changed('90010199075', '<![CDATA[900101]]>&#x39;907&#53;')
    expect(read(Ask, verify(other).payload).Text).toBe('90010199075')
  })

  it('processing instructions in a signed element are noticed', () => {
    for (const place of ['<?x?>90010199075', '90010<?x y?>199075', '90010199075<?x?>'])
      expect(verdict(changed('90010199075', place))).toBe('signature.digest')
    expect(verdict(changed('<ds:SignatureMethod', '<?x?><ds:SignatureMethod'))).toBe('signature.invalid')
  })

  it.each([
    ['a document type', '<!DOCTYPE S:Envelope>'],
    ['an entity', '<!DOCTYPE S:Envelope [<!ENTITY t "90010199075">]>'],
    ['a default attribute', '<!DOCTYPE S:Envelope [<!ATTLIST x y CDATA "z">]>'],
    ['a parameter entity', '<!DOCTYPE S:Envelope [<!ENTITY % p SYSTEM "http://127.0.0.1:9/"> %p;]>'],
  ])('%s is refused before anything is verified', (_, prolog) => {
    expect(verdict(prolog + genuine)).toBe('xml.doctype')
  })

  it('a declaration that changes a prefix of the signed part is noticed', () => {
    expect(verdict(changed('xmlns:demo="urn:test:soap"', 'xmlns:demo="urn:test:other"'))).toBe(
      'signature.digest',
    )
  })

  it('the element that was verified is the one that is read', () => {
    const parsed = parseEnvelope(genuine)
    const { payload } = verifyEnvelope(parsed, {
      kind: 'x509',
      trust: [wssCertificate('ca')],
      sts: [],
      at: wssClock,
    })
    expect(payload).toBe(parsed.payload)
    expect(payload.parent).toBe(parsed.body)
    expect(payload.parent!.parent).toBe(parsed.document.root)
  })
})
