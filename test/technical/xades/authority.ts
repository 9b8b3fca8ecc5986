/** A time stamp authority with the key of the vectors' one: real tokens of RFC 3161, at any time. */
import { createHash, createPrivateKey, sign } from 'node:crypto'

import { der } from '../../../src/technical/asn1/index.js'
import type { TimestampAuthority } from '../../../src/technical/xades/index.js'
import { certificate, text } from './vectors.js'

const oid = {
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
  rsa: '1.2.840.113549.1.1.1',
  signedData: '1.2.840.113549.1.7.2',
  tstInfo: '1.2.840.113549.1.9.16.1.4',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  policy: '1.3.6.1.4.1.601.10.3.1',
}
const identifier = (name: string): Uint8Array => der.objectIdentifier(name)
const algorithm = (name: string): Uint8Array => der.sequence(identifier(name), der.nullValue())
const attribute = (type: string, value: Uint8Array): Uint8Array =>
  der.sequence(identifier(type), der.setOf(value))
const sha256 = (data: Uint8Array): Uint8Array => createHash('sha256').update(data).digest()

/** An authority whose clock is `now`; what it was asked for is kept in `asked`. */
export function authorityAt(
  now: Date,
): TimestampAuthority & { asked: Parameters<TimestampAuthority['stamp']>[0][] } {
  const signer = certificate('tsa')
  const privateKey = createPrivateKey(text('pki/tsa.key.pem'))
  const asked: Parameters<TimestampAuthority['stamp']>[0][] = []
  return {
    asked,
    stamp: (imprint) => {
      asked.push(imprint)
      const info = der.sequence(
        der.integer(1),
        identifier(oid.policy),
        der.sequence(algorithm(oid[imprint.algorithm]), der.octetString(imprint.digest)),
        der.integer(BigInt(asked.length)),
        der.generalizedTime(now),
      )
      const attributes = der.setOf(
        attribute(oid.contentType, identifier(oid.tstInfo)),
        attribute(oid.messageDigest, der.octetString(sha256(info))),
        attribute(
          oid.signingCertificateV2,
          der.sequence(der.sequence(der.sequence(der.octetString(sha256(signer.der))))),
        ),
      )
      const implicit = Buffer.from(attributes)
      implicit[0] = 0xa0
      const signerInfo = der.sequence(
        der.integer(1),
        der.sequence(signer.issuer.der, der.integer(signer.serialNumber)),
        algorithm(oid.sha256),
        implicit,
        algorithm(oid.rsa),
        der.octetString(sign('sha256', attributes, privateKey)),
      )
      return Promise.resolve(
        der.sequence(
          identifier(oid.signedData),
          der.explicit(
            0,
            der.sequence(
              der.integer(3),
              der.setOf(algorithm(oid.sha256)),
              der.sequence(identifier(oid.tstInfo), der.explicit(0, der.octetString(info))),
              der.implicitConstructed(0, signer.der),
              der.setOf(signerInfo),
            ),
          ),
        ),
      )
    },
  }
}
