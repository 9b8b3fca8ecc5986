/** Making tokens of RFC 3161 as the platform's authority makes them (spec timestamp §9.1). */
import { createHash, sign } from 'node:crypto'

import { der } from '../../../technical/asn1/index.js'
import type { Certificate } from '../../../technical/pki/certificate.js'
import { attributes, contentTypes } from '../../../technical/seal/cms/identifiers.js'
import { signatureOids } from '../../../technical/pki/algorithms.js'
import type { Authority } from '../../pki/authorities.js'

/** What a token says and how it is made. */
export interface TokenContent {
  readonly imprint: {
    readonly algorithm: 'sha1' | 'sha256' | 'sha384' | 'sha512'
    readonly digest: Uint8Array
  }
  readonly serialNumber: bigint
  readonly at: Date
  readonly policy: string
  readonly signer: Authority
  /** Issuing authority, named in the first version of the signed attribute beside the signer. */
  readonly issuer: Certificate
  readonly signingCertificate: 'v1' | 'v2'
  /** Whether the certificate of the signer goes along. */
  readonly withCertificate: boolean
  /** The certificate that the signed attribute names; the signer's unless a flaw is wanted. */
  readonly named?: Certificate
  /** Content type; TSTInfo unless a flaw is wanted. */
  readonly contentType?: string
}

const algorithm = (oid: string): Uint8Array => der.sequence(der.objectIdentifier(oid), der.nullValue())
const sha256 = algorithm(signatureOids.sha256)

const directoryName = (name: Uint8Array): Uint8Array => der.explicit(4, name)

/** The token in DER, signed with RSA and SHA-256. */
export function makeToken(content: TokenContent): Uint8Array {
  const { signer, contentType = contentTypes.timestampInfo } = content
  const info = timestampInfo(content)
  const attribute = (oid: string, value: Uint8Array): Uint8Array =>
    der.sequence(der.objectIdentifier(oid), der.setOf(value))
  const signed = der.setOf(
    attribute(attributes.contentType, der.objectIdentifier(contentType)),
    attribute(attributes.messageDigest, der.octetString(createHash('sha256').update(info).digest())),
    signingCertificate(content),
  )
  const { certificate } = signer
  const signerInfo = der.sequence(
    der.integer(1),
    der.sequence(certificate.issuer.der, der.integer(certificate.serialNumber)),
    sha256,
    Buffer.concat([Uint8Array.of(0xa0), signed.subarray(1)]),
    algorithm(signatureOids.sha256WithRsa),
    der.octetString(sign('sha256', signed, signer.key)),
  )
  return der.sequence(
    der.objectIdentifier(contentTypes.signedData),
    der.explicit(
      0,
      der.sequence(
        der.integer(3),
        der.setOf(sha256),
        der.sequence(der.objectIdentifier(contentType), der.explicit(0, der.octetString(info))),
        ...(content.withCertificate ? [der.implicitConstructed(0, certificate.der)] : []),
        der.setOf(signerInfo),
      ),
    ),
  )
}

/** Content octets of the INTEGER 500. */
const accuracyInMilliseconds = Uint8Array.of(0x01, 0xf4)

/** TSTInfo with an accuracy of half a second and the name of the authority. */
function timestampInfo({ imprint, serialNumber, at, policy, signer }: TokenContent): Uint8Array {
  return der.sequence(
    der.integer(1),
    der.objectIdentifier(policy),
    der.sequence(algorithm(signatureOids[imprint.algorithm]), der.octetString(imprint.digest)),
    der.integer(serialNumber),
    generalizedTime(at),
    der.sequence(der.implicitPrimitive(0, accuracyInMilliseconds)),
    der.explicit(0, directoryName(signer.certificate.subject.der)),
  )
}

/** With milliseconds, without the zeros at their end (X.690 §11.7). */
function generalizedTime(at: Date): Uint8Array {
  const text = at
    .toISOString()
    .replace(/[-:T]/g, '')
    .replace(/\.?0*Z$/, 'Z')
  return der.tlv(0x18, Buffer.from(text, 'latin1'))
}

function signingCertificate({
  signer,
  issuer,
  named = signer.certificate,
  ...content
}: TokenContent): Uint8Array {
  const attribute = (oid: string, ...ids: Uint8Array[]): Uint8Array =>
    der.sequence(der.objectIdentifier(oid), der.setOf(der.sequence(der.sequence(...ids))))
  const issuerSerial = ({ issuer: { der: name }, serialNumber }: Certificate): Uint8Array =>
    der.sequence(der.sequence(directoryName(name)), der.integer(serialNumber))
  const essId = (digest: string, certificate: Certificate): Uint8Array =>
    der.sequence(
      der.octetString(createHash(digest).update(certificate.der).digest()),
      issuerSerial(certificate),
    )
  return content.signingCertificate === 'v2'
    ? attribute(attributes.signingCertificateV2, essId('sha256', named))
    : attribute(attributes.signingCertificate, essId('sha1', named), essId('sha1', issuer))
}

/** A TimeStampResp: granted with a token, or a rejection (RFC 3161 §2.4.2). */
export const makeResponse = (token?: Uint8Array): Uint8Array =>
  token === undefined
    ? der.sequence(
        der.sequence(
          der.integer(2),
          der.sequence(der.utf8String('The simulator was told to reject')),
          // timeNotAvailable is bit 14
          der.bitString(Uint8Array.of(0, 0x02), 1),
        ),
      )
    : der.sequence(der.sequence(der.integer(0)), token)
