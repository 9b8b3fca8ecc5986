import { describe, expect, it } from 'vitest'

import { parseEnvelope } from '../../../src/technical/soap/envelope.js'
import { isHttpDump, parseHttpDump } from '../../../src/technical/soap/httpDump.js'
import { samlNamespace } from '../../../src/technical/soap/namespaces.js'
import { judgeAssertion, judgeEnvelope } from '../../../src/technical/soap/verifyFile.js'
import { rawElement } from '../../../src/technical/xml/parse.js'
import { childNamed } from '../../../src/technical/xml/tree.js'
import { wssCertificate, wssFile } from './wssFixtures.js'

const sts = [wssCertificate('sts')]
const at = new Date('2026-01-15T12:00:10Z')
const holder = 'envelopes/p04-saml-hok-rsa-sha256.xml'

describe('an assertion in a file', () => {
  const { document, security } = parseEnvelope(wssFile(holder))
  const alone = Buffer.from(rawElement(document, childNamed(security!, samlNamespace, 'Assertion')!))

  it.each([
    ['alone', alone],
    ['inside a message', wssFile(holder)],
    ['inside a multipart request', wssFile('envelopes/m01-swa-request.http')],
  ])('is judged %s, and values of attributes are not shown', (_, bytes) => {
    const judgement = judgeAssertion(bytes, { sts, at })
    expect(judgement).toMatchObject({
      valid: true,
      errors: [],
      issuer: 'urn:be:fgov:ehealth:sts:1_0',
      notOnOrAfter: '2026-01-16T00:00:00.000Z',
    })
    expect(judgement.attributes).toContain('urn:be:fgov:person:ssin')
    expect(JSON.stringify(judgement)).not.toContain('90010100123')
  })

  it.each([
    ['by another signer', alone, { sts: [wssCertificate('fake-sts')], at }, 'token.untrusted'],
    ['after its end', alone, { sts, at: new Date('2026-01-16T00:00:00Z') }, 'token.expired'],
    ['before its start', alone, { sts, at: new Date('2026-01-15T11:49:59Z') }, 'token.not-yet-valid'],
    ['changed', Buffer.from(alone.toString().replace('>true<', '>trueX<')), { sts, at }, 'signature.digest'],
    ['twice', wssFile('envelopes/n36-two-assertions.xml'), { sts, at }, 'token.count'],
    ['absent', Buffer.from('<a/>'), { sts, at }, 'token.count'],
    ['cut', alone.subarray(0, 500), { sts, at }, 'xml.malformed'],
  ])('is refused %s', (_, bytes, options, code) => {
    const judgement = judgeAssertion(bytes, options)
    expect(judgement.valid).toBe(false)
    expect(judgement.errors.map((error) => error.code)).toEqual([code])
  })
})

describe('an envelope in a file', () => {
  const options = { sts, at, trust: [wssCertificate('ca')] }

  it('is judged by the token that it carries when no policy is named, and never as open', () => {
    expect(judgeEnvelope(wssFile(holder), options)).toMatchObject({ valid: true, policy: 'saml-hok' })
    expect(judgeEnvelope(wssFile('envelopes/p01-x509-rsa-sha256.xml'), options)).toMatchObject({
      valid: true,
      policy: 'x509',
    })
    expect(judgeEnvelope(wssFile('envelopes/n22-no-security-header.xml'), options)).toMatchObject({
      valid: false,
      errors: [{ code: 'signature.missing' }],
    })
  })

  it('may be a multipart body without HTTP headers; its attachments are named as unsigned', () => {
    const { body } = parseHttpDump(wssFile('envelopes/m01-swa-request.http'))
    const judgement = judgeEnvelope(body, options)
    expect(judgement.errors).toEqual([])
    expect(judgement.warnings.map(({ code }) => code)).toEqual(['signature.coverage'])
  })
})

describe('an HTTP dump', () => {
  it('is told from XML by its first line', () => {
    expect(isHttpDump(wssFile('envelopes/m01-swa-request.http'))).toBe(true)
    expect(isHttpDump(wssFile(holder))).toBe(false)
  })

  it('ends where Content-Length says and is refused when it is shorter', () => {
    const dump = (body: string): Buffer => Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n${body}`)
    expect(Buffer.from(parseHttpDump(dump('abcdef')).body).toString()).toBe('abc')
    expect(() => parseHttpDump(dump('ab'))).toThrow(expect.objectContaining({ code: 'transport.reset' }))
  })
})
