/** Algorithms of business signatures (spec xml-signature §2, §10; RFC 4051, RFC 6931, RFC 9231): nothing outside the table is computed. */
import { constants, createHash, verify, type KeyObject } from 'node:crypto'

import { EHealthError } from '../../errors.js'
import type { SigningAlgorithm } from '../keystore/credential.js'
import type { Octets } from '../xml/signature/index.js'

/** Digest of a reference, of SignedInfo or of a time stamp. */
export type XmlDigest = 'sha256' | 'sha384' | 'sha512'

/** Identifiers of the digests that are written. */
export const digestUris: Readonly<Record<XmlDigest, string>> = {
  sha256: 'http://www.w3.org/2001/04/xmlenc#sha256',
  sha384: 'http://www.w3.org/2001/04/xmldsig-more#sha384',
  sha512: 'http://www.w3.org/2001/04/xmlenc#sha512',
}

const digests = new Map<string, XmlDigest | 'sha1'>([
  ...(Object.entries(digestUris) as [XmlDigest, string][]).map(([name, uri]) => [uri, name] as const),
  ['http://www.w3.org/2000/09/xmldsig#sha1', 'sha1'],
])

const more = 'http://www.w3.org/2001/04/xmldsig-more#'
const pss = 'http://www.w3.org/2007/05/xmldsig-more#'

interface SignatureScheme {
  keyType: 'rsa' | 'ec'
  digest: XmlDigest | 'sha1'
  /** RSASSA-PSS with a salt as long as the digest: read, never written. */
  pss?: boolean
}

const signatures = new Map<string, SignatureScheme>([
  [`${more}rsa-sha256`, { keyType: 'rsa', digest: 'sha256' }],
  [`${more}rsa-sha384`, { keyType: 'rsa', digest: 'sha384' }],
  [`${more}rsa-sha512`, { keyType: 'rsa', digest: 'sha512' }],
  [`${more}ecdsa-sha256`, { keyType: 'ec', digest: 'sha256' }],
  [`${more}ecdsa-sha384`, { keyType: 'ec', digest: 'sha384' }],
  [`${more}ecdsa-sha512`, { keyType: 'ec', digest: 'sha512' }],
  [`${pss}sha256-rsa-MGF1`, { keyType: 'rsa', digest: 'sha256', pss: true }],
  [`${pss}sha384-rsa-MGF1`, { keyType: 'rsa', digest: 'sha384', pss: true }],
  [`${pss}sha512-rsa-MGF1`, { keyType: 'rsa', digest: 'sha512', pss: true }],
  ['http://www.w3.org/2000/09/xmldsig#rsa-sha1', { keyType: 'rsa', digest: 'sha1' }],
  [`${more}ecdsa-sha1`, { keyType: 'ec', digest: 'sha1' }],
])

/** What a key of this kind signs with, and its identifier. */
export function signingMethod(
  keyType: 'rsa' | 'ec',
  digest: XmlDigest,
): { algorithm: SigningAlgorithm; uri: string } {
  const algorithm = `${keyType === 'rsa' ? 'rsa' : 'ecdsa'}-${digest}` as const
  return { algorithm, uri: `${more}${algorithm}` }
}

/** Name of a digest by its identifier; undefined for an unknown one. */
export const digestByUri = (uri: string): XmlDigest | 'sha1' | undefined => digests.get(uri)

/** Kind of key and digest by the identifier of a signature algorithm. */
export const signatureByUri = (uri: string): SignatureScheme | undefined => signatures.get(uri)

/** The digest of octets, or of pieces one behind the other. */
export function digestOf(name: XmlDigest | 'sha1', data: Octets): Uint8Array {
  const state = createHash(name)
  if (typeof data === 'string' || data instanceof Uint8Array) return state.update(data).digest()
  for (const piece of data) state.update(piece)
  return state.digest()
}

/** @throws EHealthError `xml-signature.algorithm` */
export function acceptedDigest(uri: string, allowSha1: boolean): XmlDigest | 'sha1' {
  const name = digests.get(uri)
  if (name === undefined || (name === 'sha1' && !allowSha1)) throw refused('digest')
  return name
}

/**
 * Whether a signature value verifies with a key. The algorithm must fit the kind of the key, so that no document turns a
 * public key into a shared secret; RSA keys have 2048 bits or more, EC keys one of the three curves.
 *
 * @throws EHealthError `xml-signature.algorithm` for an algorithm that is not accepted with any key
 */
export function verifiesWith(
  uri: string,
  key: KeyObject | undefined,
  data: Uint8Array,
  value: Uint8Array,
  allowSha1: boolean,
): boolean {
  const scheme = signatures.get(uri)
  if (scheme === undefined || (scheme.digest === 'sha1' && !allowSha1)) throw refused('signature')
  if (key?.type !== 'public' || key.asymmetricKeyType !== scheme.keyType || !isStrong(key)) return false
  const padding =
    scheme.pss === true
      ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
      : {}
  try {
    return verify(scheme.digest, data, { key, dsaEncoding: 'ieee-p1363', ...padding }, value)
  } catch {
    // a value of an impossible length or form
    return false
  }
}

const curves = new Set(['prime256v1', 'secp384r1', 'secp521r1'])

function isStrong(key: KeyObject): boolean {
  const details = key.asymmetricKeyDetails
  return key.asymmetricKeyType === 'rsa'
    ? (details?.modulusLength ?? 0) >= 2048
    : curves.has(details?.namedCurve ?? '')
}

function refused(kind: string): EHealthError {
  return new EHealthError('xml-signature.algorithm', `the ${kind} algorithm is not accepted`)
}
