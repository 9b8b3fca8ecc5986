/** Certificates that read as one thing and verify as another. */
import { X509Certificate } from 'node:crypto'

import { describe, expect, it } from 'vitest'

import { der, readAsn1 } from '../../src/technical/asn1/index.js'
import { Certificate, verifyPath } from '../../src/technical/pki/index.js'
import { actor, authority, extension, issue, issueDer, type IssueOptions } from '../technical/pki/issue.js'

const at = new Date('2024-05-06T12:00:00Z')
const root = actor('Root')
const rootCertificate = authority(root, root)
const genuine = issue({ subject: actor('Anybody'), issuer: root, ca: false, usage: 0xf0 })
const options = { intermediates: [], anchors: [rootCertificate], at }

/** Says that the root issued it; the signature is by nobody whom the root knows. */
function forged(extensions: Uint8Array[]): Certificate {
  const { publicKey, privateKey } = actor('Mallory')
  const said: IssueOptions = {
    subject: { ...actor('The physician'), publicKey },
    issuer: { ...root, privateKey },
    ca: false,
    usage: 0xf0,
    extensions,
  }
  return Certificate.fromDer(issueDer(said))
}

describe('a forged certificate', () => {
  it('with a genuine one in PEM inside is not verified by the signature of that one', () => {
    const inside = extension('1.2.3.4', false, Buffer.from(`\n${genuine.toPem()}`))
    const certificate = forged([inside])
    // what makes this worth a test: Node.js takes the octets for the other certificate
    expect(new X509Certificate(certificate.der).raw.equals(genuine.der)).toBe(true)
    expect(certificate.isSignedBy(rootCertificate)).toBe(false)
    expect(() => verifyPath(certificate, options)).toThrow(
      expect.objectContaining({ code: 'certificate.untrusted' }),
    )
  })

  it('is refused without one as well, while the genuine one passes', () => {
    expect(() => verifyPath(forged([]), options)).toThrow(
      expect.objectContaining({ code: 'certificate.untrusted' }),
    )
    expect(verifyPath(genuine, options)).toHaveLength(2)
  })

  it('does not hide names in strings that are made of pieces', () => {
    const pieces = Uint8Array.of(0x2c, 5, 12, 3, ...Buffer.from('abc'))
    const commonName = der.sequence(der.setOf(der.sequence(der.objectIdentifier('2.5.4.3'), pieces)))
    const certificate = issue({ subject: { ...actor('x'), name: commonName }, issuer: root })
    // as its encoding, not as text: whoever reads text reads something else than whoever joins the pieces
    expect(certificate.subject.values('2.5.4.3')).toEqual([`#${Buffer.from(pieces).toString('hex')}`])
    expect(readAsn1(pieces).constructed).toBe(true)
  })
})
