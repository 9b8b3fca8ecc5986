/** Asking an OCSP responder (RFC 6960 §4.1). The question goes out through a function of the caller: no network here. */
import { createHash } from 'node:crypto'

import { Asn1Error, bits, der, enumerated, objectIdentifier, octets, readAsn1, tags } from '../asn1/index.js'
import type { Certificate } from '../pki/certificate.js'
import { algorithms } from './cms/identifiers.js'
import { expect } from './cms/structure.js'

/** Asks a responder: takes an OCSPRequest in DER, gives the OCSPResponse. Injected, so that nothing here does network. */
export type OcspResponder = (
  request: Uint8Array,
  about: {
    certificate: Certificate
    issuer: Certificate
    /** From the certificate, when it names one. */ url?: string
  },
) => Promise<Uint8Array>

const basicResponseType = '1.3.6.1.5.5.7.48.1.1'
const authorityInformationAccess = '1.3.6.1.5.5.7.1.1'
const ocspAccess = '1.3.6.1.5.5.7.48.1'

/** OCSPRequest for one certificate (RFC 6960 §4.1.1), CertID with SHA-1 as responders expect. */
export function ocspRequest(certificate: Certificate, issuer: Certificate): Uint8Array {
  const certId = der.sequence(
    der.sequence(der.objectIdentifier(algorithms.sha1), der.nullValue()),
    der.octetString(createHash('sha1').update(certificate.issuer.der).digest()),
    der.octetString(keyHash('sha1', issuer)),
    der.integer(certificate.serialNumber),
  )
  return der.sequence(der.sequence(der.sequence(der.sequence(certId))))
}

/** The BasicOCSPResponse of a responder; `undefined` when it gives none. */
export async function askResponder(
  responder: OcspResponder,
  certificate: Certificate,
  issuer: Certificate,
): Promise<Uint8Array | undefined> {
  const url = responderUrl(certificate)
  try {
    const response = await responder(ocspRequest(certificate, issuer), {
      certificate,
      issuer,
      ...(url === undefined ? {} : { url }),
    })
    const root = expect(readAsn1(response), tags.sequence)
    if (enumerated(root.at(0)) !== 0n) return undefined
    const [type, basic] = root.at(1).at(0).children
    if (type === undefined || basic === undefined || objectIdentifier(type) !== basicResponseType)
      return undefined
    return octets(basic)
  } catch {
    // A responder that cannot be reached or answers nonsense gives no status; the policy says what that means.
    return undefined
  }
}

/** Address of the responder in authorityInfoAccess (RFC 5280 §4.2.2.1). */
function responderUrl(certificate: Certificate): string | undefined {
  const extension = certificate.extensions.get(authorityInformationAccess)
  if (extension === undefined) return undefined
  try {
    const access = readAsn1(extension.value).children.find(
      (node) => objectIdentifier(node.at(0)) === ocspAccess,
    )
    const location = access?.at(1)
    return location?.isContext(6) === true ? Buffer.from(location.content).toString('latin1') : undefined
  } catch (error) {
    if (error instanceof Asn1Error) return undefined
    throw error
  }
}

/** Digest of a certificate's public key bits, as CertID and ResponderID have it. */
export const keyHash = (digest: string, certificate: Certificate): Buffer =>
  createHash(digest)
    .update(bits(readAsn1(certificate.spki).at(1)).bytes)
    .digest()
