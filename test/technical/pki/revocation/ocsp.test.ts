import { describe, expect, it } from 'vitest'

import { der } from '../../../../src/technical/asn1/index.js'
import { basicResponseOf, verifyOcspResponse } from '../../../../src/technical/pki/revocation/ocspResponse.js'
import { actor, authority, extension, issue } from '../issue.js'
import { at, house, makeBasicOcsp, makeOcsp, now, ocspSigning, wrapOcsp, type OcspParts } from './make.js'

const { issuing, issuingCertificate: issuer, rootCertificate, root, holder, leaf } = house()
const responder = actor('Responder')
const delegate = issue({ subject: responder, issuer: issuing, usage: 0x80, extensions: [ocspSigning] })
const byIssuer: OcspParts = { certificate: leaf, issuer, responder: issuer, key: issuing.privateKey }
const byDelegate: OcspParts = { ...byIssuer, responder: delegate, key: responder.privateKey }

const judge = (basic: Uint8Array) =>
  verifyOcspResponse(basic, { certificate: leaf, issuer, anchors: [rootCertificate], now })
const outcome = (parts: OcspParts): string => {
  try {
    return judge(makeBasicOcsp(parts)).status
  } catch (error) {
    return (error as { code?: string }).code ?? String(error)
  }
}

describe('an OCSP response', () => {
  it('tells the status, by the issuer or by whoever has his mandate, named or by key', () => {
    for (const parts of [byIssuer, byDelegate])
      for (const byKey of [false, true]) {
        expect(outcome({ ...parts, byKey })).toBe('good')
        expect(outcome({ ...parts, byKey, status: 'unknown' })).toBe('unknown')
        const answer = judge(
          makeBasicOcsp({ ...parts, byKey, status: { at: at(-5), reason: 6 }, nonce: Buffer.from('nonce') }),
        )
        expect(answer).toMatchObject({
          status: 'revoked',
          revocation: { at: at(-5), reason: 'certificateHold' },
          producedAt: now,
          thisUpdate: at(-1),
          nextUpdate: at(1),
        })
        expect(Buffer.from(answer.nonce!).toString()).toBe('nonce')
        expect(answer.responder.equals(parts.responder)).toBe(true)
      }
    expect(
      judge(makeBasicOcsp({ ...byIssuer, certificates: [], nextUpdate: null })).nextUpdate,
    ).toBeUndefined()
  })

  it.each<[string, Partial<OcspParts>, string]>([
    [
      'by a stranger',
      { responder: authority(actor('X'), actor('X')), key: actor('X').privateKey },
      'revocation.issuer',
    ],
    ['by nobody who came along', { ...byDelegate, certificates: [] }, 'revocation.issuer'],
    [
      'by the holder of another certificate of the issuer',
      { responder: issue({ subject: responder, issuer: issuing, usage: 0x80 }), key: responder.privateKey },
      'revocation.issuer',
    ],
    [
      'by a responder of another authority',
      {
        responder: issue({ subject: responder, issuer: root, usage: 0x80, extensions: [ocspSigning] }),
        key: responder.privateKey,
      },
      'revocation.issuer',
    ],
    [
      'by a responder whose certificate has ended',
      {
        responder: issue({
          subject: responder,
          issuer: issuing,
          extensions: [ocspSigning],
          notAfter: '2026-01-01T00:00:00Z',
        }),
        key: responder.privateKey,
      },
      'revocation.issuer',
    ],
    ['signed with another key', { key: holder.privateKey }, 'revocation.signature'],
    ['about another certificate', { serial: leaf.serialNumber + 1n }, 'revocation.scope'],
    [
      'about a certificate of another issuer',
      { issuer: authority(actor('Issuing'), root) },
      'revocation.scope',
    ],
    [
      'with an unknown critical extension',
      { extensions: [extension('1.2.3', true, der.nullValue())] },
      'revocation.unsupported',
    ],
    [
      'with an unknown critical extension of its entry',
      { singleExtensions: [extension('1.2.3', true, der.nullValue())] },
      'revocation.unsupported',
    ],
    ['with an impossible reason', { status: { at: at(-1), reason: 8 } }, 'revocation.malformed'],
  ])('%s is refused', (_, changes, code) => {
    expect(outcome({ ...byIssuer, ...changes })).toBe(code)
  })

  it('that is cut off or changed in any octet that is signed is refused', () => {
    const basic = makeBasicOcsp(byIssuer)
    const signedUntil = basic.length - issuer.der.length
    const accepted: number[] = []
    const refused = (bytes: Uint8Array): boolean => {
      try {
        judge(bytes)
        return false
      } catch (error) {
        return /^revocation\./.test((error as { code?: string }).code ?? '')
      }
    }
    for (let length = 0; length < basic.length; length++)
      if (!refused(basic.subarray(0, length))) accepted.push(length)
    for (let offset = 0; offset < signedUntil - 8; offset++) {
      const changed = Buffer.from(basic)
      changed[offset]! ^= 0x01
      if (!refused(changed)) accepted.push(offset)
    }
    expect(accepted).toEqual([])
  })

  it('may carry an error status instead of an answer, or nonsense', () => {
    const codeOf = (bytes: Uint8Array): unknown => {
      try {
        return basicResponseOf(bytes)
      } catch (error) {
        const { code, details } = error as { code: string; details?: { responseStatus: string } }
        return [code, details?.responseStatus]
      }
    }
    expect(codeOf(wrapOcsp(new Uint8Array(), 3))).toEqual(['revocation.refused', 'tryLater'])
    expect(codeOf(wrapOcsp(new Uint8Array(), 6))).toEqual(['revocation.refused', 'unauthorized'])
    expect(codeOf(wrapOcsp(new Uint8Array(), 99))).toEqual(['revocation.refused', 'unknown'])
    const basic = makeOcsp(byIssuer)
    const otherType = Buffer.from(basic)
    otherType[otherType.indexOf(der.objectIdentifier('1.3.6.1.5.5.7.48.1.1')) + 10]! ^= 1
    for (const bytes of [Buffer.from('<html>'), new Uint8Array(), otherType, basic.subarray(0, 20)])
      expect(codeOf(bytes)).toEqual(['revocation.malformed', undefined])
  })
})
