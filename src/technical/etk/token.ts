/** Taking an encryption token apart (spec etee §2.1, §2.2). */
import { EHealthError } from '../../errors.js'
import { Asn1Error } from '../asn1/index.js'
import { Certificate } from '../pki/certificate.js'
import { findCertificate, readSignedData, type SignedData, type SignerInfo } from '../seal/cms/signedData.js'
import { CmsError } from '../seal/cms/structure.js'
import type { EncryptionToken } from '../seal/recipient.js'

/** A token's CMS layer: the encryption certificate signed by the registration authority. */
export interface SignedToken {
  signed: { contentType: string; content: Uint8Array }
  signer: SignerInfo
  certificates: readonly Certificate[]
}

/**
 * Reads the CMS layer of a token.
 *
 * @throws EHealthError `etk.malformed`
 */
export function readSignedToken(bytes: Uint8Array): SignedToken {
  return reading(() => {
    const signed: SignedData = readSignedData(bytes)
    const { content, contentType, signers } = signed
    const [signer, ...more] = signers
    if (content === undefined) throw new CmsError('content-missing', 'a token without content')
    if (signer === undefined || more.length > 0) throw new CmsError('structure', 'a token needs one signer')
    return { signed: { contentType, content }, signer, certificates: signed.certificates() }
  })
}

/**
 * Reads an encryption token as ETKDepot publishes it: CMS SignedData around the encryption certificate, BER or DER.
 * Nothing is verified; see {@link verifyToken}.
 *
 * @throws EHealthError `etk.malformed`
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises'
 * import { readToken } from 'ehealth-connectors/etk'
 *
 * const token = readToken(await readFile('hospital.etk'))
 * console.log(token.encryptionCertificate.notAfter)
 * ```
 */
export function readToken(bytes: Uint8Array): EncryptionToken {
  const { signed, signer, certificates } = readSignedToken(bytes)
  return reading(() => {
    const encryptionCertificate = Certificate.fromDer(signed.content)
    void encryptionCertificate.keyUsage
    void encryptionCertificate.isCa
    const registrationAuthorityCertificate = findCertificate(signer.sid, certificates)
    const others = certificates.filter((certificate) => certificate !== registrationAuthorityCertificate)
    const leaves = others.filter((certificate) => !certificate.isCa)
    // The encryption certificate is issued by the actor himself; without such a one the last leaf is meant (§2.2).
    const authenticationCertificate =
      leaves.find(({ subject }) => subject.equals(encryptionCertificate.issuer)) ?? leaves.at(-1)
    if (authenticationCertificate === undefined)
      throw new CmsError('certificates', 'a token without authentication certificate')
    return {
      der: bytes,
      encryptionCertificate,
      authenticationCertificate,
      ...(registrationAuthorityCertificate === undefined ? {} : { registrationAuthorityCertificate }),
      chain: others.filter((certificate) => certificate.isCa),
    }
  })
}

function reading<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof CmsError || error instanceof Asn1Error || error instanceof EHealthError)
      throw new EHealthError('etk.malformed', 'the bytes are not an encryption token', { cause: error })
    throw error
  }
}
