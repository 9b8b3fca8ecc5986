/** What XAdES adds to a signature, as it is written (spec xml-signature §3.3). */
import { createHash } from 'node:crypto'

import type { Certificate } from '../pki/certificate.js'
import { digestUris } from './algorithms.js'
import { dsNamespace, transformUris, xadesNamespace, type XmlCanonicalization } from './names.js'
import type { SignatureWriter } from './write.js'

/** A time stamp over the SignatureValue. */
export interface WrittenTimestamp {
  /** The last part of its identifiers. */
  uuid: string
  /** Token, DER. */
  token: Uint8Array
  canonicalization: XmlCanonicalization
}

/** What the properties say. */
export interface WrittenProperties {
  /** Id of the Signature. */
  signatureId: string
  /** Id of the SignedProperties. */
  id: string
  signingTime: Date
  signer: Certificate
  timestamp?: WrittenTimestamp | undefined
}

/**
 * `QualifyingProperties`: the default namespace is that of XAdES, `ns2` that of XML Signature; in the unsigned part it is
 * the other way round.
 */
export function qualifyingProperties(properties: WrittenProperties, { tight }: SignatureWriter): string {
  const { signatureId, id, signingTime, signer, timestamp } = properties
  const digest = createHash('sha256').update(signer.der).digest('base64')
  const { parent, text, empty } = tight
  const signed = parent('SignedProperties', { Id: id }, [
    parent('SignedSignatureProperties', {}, [
      text('SigningTime', {}, signingTime.toISOString()),
      parent('SigningCertificate', {}, [
        parent('Cert', {}, [
          // SHA-256 whatever the references use: it is what the platform's readers know
          parent('CertDigest', {}, [
            empty('ns2:DigestMethod', { Algorithm: digestUris.sha256 }),
            text('ns2:DigestValue', {}, digest),
          ]),
          parent('IssuerSerial', {}, [
            text('ns2:X509IssuerName', {}, signer.issuer.toRfc2253()),
            text('ns2:X509SerialNumber', {}, signer.serialNumber.toString()),
          ]),
        ]),
      ]),
    ]),
  ])
  return parent(
    'QualifyingProperties',
    { xmlns: xadesNamespace, 'xmlns:ns2': dsNamespace, Target: `#${signatureId}` },
    [signed, ...(timestamp === undefined ? [] : [unsignedProperties(timestamp, tight)])],
  )
}

function unsignedProperties(
  { uuid, token, canonicalization }: WrittenTimestamp,
  { parent, text, empty }: SignatureWriter['tight'],
): string {
  const stamp = parent('ns2:SignatureTimeStamp', { Id: `time-stamp-${uuid}` }, [
    empty('CanonicalizationMethod', { Algorithm: transformUris[canonicalization] }),
    text(
      'ns2:EncapsulatedTimeStamp',
      { Id: `time-stamp-token-${uuid}` },
      Buffer.from(token).toString('base64'),
    ),
  ])
  return parent(
    'ns2:UnsignedProperties',
    { xmlns: dsNamespace, 'xmlns:ns2': xadesNamespace, Id: `xmldsig-${uuid}-xades-unsignedprops` },
    [parent('ns2:UnsignedSignatureProperties', {}, [stamp])],
  )
}
