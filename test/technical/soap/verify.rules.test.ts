import { beforeAll, describe, expect, it } from 'vitest'

import { EHealthError } from '../../../src/errors.js'
import { writeAssertion } from '../../../src/simulator/services/sts/assertion.js'
import { softwareCredential } from '../../../src/technical/keystore/index.js'
import { buildEnvelope, parseEnvelope } from '../../../src/technical/soap/envelope.js'
import type { Security } from '../../../src/technical/soap/types.js'
import { assertFresh, readTimestamp } from '../../../src/technical/soap/wsSecurity/timestamp.js'
import { verifyEnvelope, type SecurityPolicy } from '../../../src/technical/soap/wsSecurity/verify.js'
import { parseXml } from '../../../src/technical/xml/parse.js'
import { signEnveloped } from '../../../src/technical/xml/signature/index.js'
import { actor, issue } from '../pki/issue.js'
import { Ask, heldRuntime } from './messages.js'
import { wssCertificate, wssClock, wssCredential } from './wssFixtures.js'

const holder = wssCredential('holder-rsa')
const at = new Date(wssClock.getTime() + 10_000)

const build = (security: Security): Promise<string> =>
  buildEnvelope({
    security,
    body: { declaration: Ask, value: { Id: 'a', Text: 'content', Flags: [true] } },
    runtime: heldRuntime(wssClock),
  })

/** The code of the refusal; undefined when the message is believed. */
function verdict(text: string, policy: Partial<SecurityPolicy>): string | undefined {
  const trust = [wssCertificate('ca')]
  const sts = [wssCertificate('sts')]
  try {
    verifyEnvelope(parseEnvelope(text), { kind: 'x509', trust, sts, at, ...policy })
    return undefined
  } catch (error) {
    if (error instanceof EHealthError) return error.code
    throw error
  }
}

describe('a well-signed message', () => {
  let x509: string
  beforeAll(async () => {
    x509 = await build({ kind: 'x509', credential: holder })
    expect(verdict(x509, {})).toBeUndefined()
  })

  it('is refused with an Object in its signature, where elements could hide', () => {
    const objects = x509.replace('</ds:Signature>', '<ds:Object></ds:Object></ds:Signature>')
    expect(objects).not.toBe(x509)
    expect(verdict(objects, {})).toBe('signature.structure')
  })

  it.each([
    ['digital signatures', 0x80, undefined],
    ['encryption', 0x30, 'certificate.key-usage'],
  ])('counts when its certificate is for signing, not otherwise: for %s', async (_, usage, code) => {
    const root = actor('Root')
    const caller = actor('Caller')
    const anchor = issue({ subject: root, issuer: root, ca: true, usage: 0x06 })
    const credential = softwareCredential({
      certificate: issue({ subject: caller, issuer: root, usage }),
      privateKey: caller.privateKey,
    })
    expect(verdict(await build({ kind: 'x509', credential }), { trust: [anchor] })).toBe(code)
  })

  it.each([
    ['holder-of-key', undefined],
    ['bearer', 'token.method'],
    ['sender-vouches', 'token.method'],
  ])('counts under a token for %s: refused with %s', async (method, code) => {
    const id = `_${'0'.repeat(32)}`
    const assertion = writeAssertion({
      id,
      issuedAt: wssClock,
      notBefore: wssClock,
      notOnOrAfter: new Date(wssClock.getTime() + 3_600_000),
      identification: holder.certificate,
      holderOfKey: holder.certificate,
      attributes: [{ name: 'urn:test', namespace: 'urn:test', values: ['1'] }],
    }).replace('cm:holder-of-key', `cm:${method}`)
    const xml = await signEnveloped(assertion, {
      idAttribute: 'AssertionID',
      credential: wssCredential('sts'),
    })
    const text = await build({ kind: 'saml-hok', credential: holder, assertion: { id, xml } })
    expect(verdict(text, { kind: 'saml-hok' })).toBe(code)
  })
})

describe('the timestamp of a message', () => {
  const second = 1000
  const options = { at, skewSeconds: 300, maxAgeSeconds: 300 }
  const fresh = (created: number, expires: number): unknown => {
    try {
      assertFresh(
        {
          created: new Date(at.getTime() + created * second),
          expires: new Date(at.getTime() + expires * second),
        },
        options,
      )
    } catch (error) {
      return (error as EHealthError).code
    }
    return undefined
  }

  it.each<[string, number, number, string | undefined]>([
    ['made now', 0, 60, undefined],
    ['made when clocks differ most', 300, 360, undefined],
    ['made in the future', 300.001, 360, 'signature.timestamp'],
    ['as old as may be', -600, 0, undefined],
    ['too old, though it does not end', -600.001, 3600, 'signature.timestamp'],
    ['just not over', -400, -299.999, undefined],
    ['over', -400, -300, 'signature.timestamp'],
    ['over before it began', 60, -60, 'signature.timestamp'],
  ])('%s', (_, created, expires, code) => {
    expect(fresh(created, expires)).toBe(code)
  })

  it.each([
    ['<u:Created>2026-01-15T12:00:00Z</u:Created><u:Expires>2026-01-15T12:01:00Z</u:Expires>', undefined],
    ['<u:Created>2026-01-15T12:00:00Z</u:Created>', 'signature.timestamp'],
    [
      '<u:Expires>2026-01-15T12:01:00Z</u:Expires><u:Created>2026-01-15T12:00:00Z</u:Created>',
      'signature.timestamp',
    ],
    [
      '<u:Created>2026-01-15T12:00:00Z</u:Created><u:Expires>2026-01-15T12:01:00Z</u:Expires><u:Expires>2027-01-15T12:01:00Z</u:Expires>',
      'signature.timestamp',
    ],
    ['<u:Created>yesterday</u:Created><u:Expires>2026-01-15T12:01:00Z</u:Expires>', 'signature.timestamp'],
    [
      '<u:Created>2026-01-15T12:00:00Z<u:x></u:x></u:Created><u:Expires>2026-01-15T12:01:00Z</u:Expires>',
      'signature.timestamp',
    ],
  ])('%s is %s', (inner, code) => {
    const wsu = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd'
    const { root } = parseXml(`<u:Timestamp xmlns:u="${wsu}">${inner}</u:Timestamp>`)
    const read = (): unknown => {
      try {
        readTimestamp(root)
      } catch (error) {
        return (error as EHealthError).code
      }
      return undefined
    }
    expect(read()).toBe(code)
  })
})
