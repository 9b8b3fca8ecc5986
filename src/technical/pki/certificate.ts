/** X.509 certificates: the raw bytes kept beside the parsed view, never re-encoded (RFC 5280). */
import { createHash, type KeyObject } from 'node:crypto'

import { EHealthError } from '../../errors.js'
import {
  Asn1Error,
  bits,
  boolean,
  integer,
  objectIdentifier,
  octets,
  readAsn1,
  tags,
  time,
} from '../asn1/index.js'
import { readAlgorithm } from './algorithms.js'
import { DistinguishedName } from './name.js'
import { readPublicKey } from './publicKey.js'
import { digestOf, publicKeyOf, verifyBytes, wholeOctets } from './verifyBytes.js'

/** Bits of the KeyUsage extension, first bit first (RFC 5280 §4.2.1.3). */
export const keyUsages = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const

export type KeyUsage = (typeof keyUsages)[number]

/** An extension as encoded. */
export interface CertificateExtension {
  critical: boolean
  value: Uint8Array
}

const oid = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  basicConstraints: '2.5.29.19',
  extendedKeyUsage: '2.5.29.37',
}

/** Curves by OpenSSL's names (RFC 5480 §2.1.1.1). */
const curveBits = new Map([
  ['prime256v1', 256],
  ['secp384r1', 384],
  ['secp521r1', 521],
])

/**
 * A certificate. Immutable; equality is equality of `der`.
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises'
 * import { Certificate } from 'ehealth-connectors/pki'
 *
 * const certificate = Certificate.from(await readFile('sts.pem'))
 * console.log(certificate.subject.values('2.5.4.3'), certificate.notAfter.toISOString())
 * ```
 */
export class Certificate {
  /** The signed part as encoded. */
  readonly tbs: Uint8Array
  /** Serial number; up to 20 octets, so never a `number`. */
  readonly serialNumber: bigint
  readonly issuer: DistinguishedName
  readonly subject: DistinguishedName
  readonly notBefore: Date
  readonly notAfter: Date
  /** SubjectPublicKeyInfo as encoded. */
  readonly spki: Uint8Array
  /** Object identifier of the signature algorithm. */
  readonly signatureAlgorithm: string
  readonly extensions: ReadonlyMap<string, CertificateExtension>
  /** Key usages asserted; `undefined` when there is no such extension (everything allowed). */
  readonly keyUsage: ReadonlySet<KeyUsage> | undefined
  /** Object identifiers of the extended key usages; `undefined` when there is no such extension. */
  readonly extendedKeyUsage: ReadonlySet<string> | undefined
  /** True when basicConstraints says so. */
  readonly isCa: boolean
  /** Most authorities that may stand below this one (pathLenConstraint); `undefined` when there is no limit. */
  readonly pathLength: number | undefined
  #publicKey: KeyObject | undefined

  private constructor(
    /** The certificate as encoded. */
    readonly der: Uint8Array,
  ) {
    const root = readAsn1(der)
    if (!root.is(tags.sequence)) throw new Asn1Error('not a Certificate')
    const tbs = root.at(0)
    const fields = tbs.children
    const start = fields[0]?.isContext(0) === true ? 1 : 0
    const validity = tbs.at(start + 3)
    this.tbs = tbs.raw
    this.serialNumber = integer(tbs.at(start))
    this.issuer = DistinguishedName.fromNode(tbs.at(start + 2))
    this.notBefore = time(validity.at(0))
    this.notAfter = time(validity.at(1))
    this.subject = DistinguishedName.fromNode(tbs.at(start + 4))
    this.spki = tbs.at(start + 5).raw
    this.signatureAlgorithm = objectIdentifier(root.at(1).at(0))
    // The signed copy of the algorithm must be the one in use (RFC 5280 §4.1.1.2).
    if (Buffer.compare(tbs.at(start + 1).raw, root.at(1).raw) !== 0)
      throw new Asn1Error('two different signature algorithms')
    if (root.children.length !== 3) throw new Asn1Error('not three parts')
    const extensions = new Map<string, CertificateExtension>()
    const block = fields.slice(start + 6).find((node) => node.isContext(3))
    for (const extension of block?.at(0).children ?? []) {
      const critical = extension.children.length === 3 && boolean(extension.at(1))
      const value = octets(extension.at(extension.children.length - 1))
      const type = objectIdentifier(extension.at(0))
      // Of two extensions of one kind, one reader would take the first and another the last (RFC 5280 §4.2).
      if (extensions.has(type)) throw new Asn1Error('an extension stands twice')
      extensions.set(type, { critical, value })
    }
    this.extensions = extensions
    this.keyUsage = readKeyUsage(extensions.get(oid.keyUsage))
    this.extendedKeyUsage = readExtendedKeyUsage(extensions.get(oid.extendedKeyUsage))
    const constraints = readBasicConstraints(extensions.get(oid.basicConstraints))
    this.isCa = constraints.isCa
    this.pathLength = constraints.pathLength
  }

  /**
   * Reads a certificate in DER or PEM (the first one of a PEM file).
   *
   * @throws EHealthError `certificate.malformed`
   */
  static from(bytes: Uint8Array | string): Certificate {
    const [first] = Certificate.allFrom(bytes)
    if (first === undefined) throw new EHealthError('certificate.malformed', 'no certificate in the file')
    return first
  }

  /** All certificates of a PEM file, or the one of a DER file. */
  static allFrom(bytes: Uint8Array | string): Certificate[] {
    const head = typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('latin1')
    if (!head.includes('-----BEGIN CERTIFICATE-----')) {
      if (typeof bytes === 'string') return []
      return [Certificate.fromDer(bytes)]
    }
    return [...head.matchAll(/-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]*)-----END CERTIFICATE-----/g)].map(
      (match) => Certificate.fromDer(Buffer.from(match[1]!, 'base64')),
    )
  }

  /** @throws EHealthError `certificate.malformed` */
  static fromDer(der: Uint8Array): Certificate {
    return reading(() => new Certificate(der))
  }

  /**
   * The public key, ready for `node:crypto`.
   *
   * @throws EHealthError `certificate.malformed` when the key is broken or of an unknown kind
   */
  get publicKey(): KeyObject {
    try {
      this.#publicKey ??= readPublicKey(this.spki)
      return this.#publicKey
    } catch (error) {
      throw new EHealthError('certificate.malformed', 'the public key cannot be read', { cause: error })
    }
  }

  /** `rsa` or `ec`; anything else is named as `node:crypto` names it. */
  get keyType(): string {
    return this.publicKey.asymmetricKeyType ?? 'unknown'
  }

  /** Size of an RSA modulus in bits; 0 for other keys. */
  get rsaBits(): number {
    return this.publicKey.asymmetricKeyDetails?.modulusLength ?? 0
  }

  /** Size of the field of an EC key in bits; 0 for other keys and for curves that the platform does not use. */
  get ecBits(): number {
    return curveBits.get(this.publicKey.asymmetricKeyDetails?.namedCurve ?? '') ?? 0
  }

  /** The subjectKeyIdentifier extension, or SHA-1 of the public key bits (RFC 5280 §4.2.1.2). */
  get subjectKeyIdentifier(): Uint8Array {
    const extension = this.extensions.get(oid.subjectKeyIdentifier)
    return reading(() =>
      extension === undefined
        ? createHash('sha1')
            .update(bits(readAsn1(this.spki).at(1)).bytes)
            .digest()
        : octets(readAsn1(extension.value)),
    )
  }

  /**
   * True when `issuer`'s key made the signature of this certificate (names and dates are not looked at). What is verified
   * is the very part that was read; signatures with MD5 and older never verify.
   */
  isSignedBy(issuer: Certificate): boolean {
    try {
      const [, algorithm, signature] = readAsn1(this.der).children
      const named = readAlgorithm(algorithm!)
      const digest = digestOf(named)
      if (digest === undefined) return false
      const key = publicKeyOf(issuer)
      return verifyBytes(named, digest, key, this.tbs, wholeOctets(signature!)) === 'valid'
    } catch {
      return false
    }
  }

  /** True when `at` lies within the validity, both ends included. */
  isValidAt(at: Date): boolean {
    return this.notBefore <= at && at <= this.notAfter
  }

  equals(other: Certificate): boolean {
    return Buffer.compare(this.der, other.der) === 0
  }

  /** SHA-256 of the certificate in lower case hexadecimal digits. */
  get fingerprint(): string {
    return createHash('sha256').update(this.der).digest('hex')
  }

  /** The certificate in PEM. */
  toPem(): string {
    const lines =
      Buffer.from(this.der)
        .toString('base64')
        .match(/.{1,64}/g) ?? []
    return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
  }
}

function reading<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error
    throw new EHealthError('certificate.malformed', `not a certificate: ${error.message}`, { cause: error })
  }
}

function readKeyUsage(extension: CertificateExtension | undefined): ReadonlySet<KeyUsage> | undefined {
  if (extension === undefined) return undefined
  const { bytes } = bits(readAsn1(extension.value))
  return new Set(keyUsages.filter((_, i) => ((bytes[i >> 3] ?? 0) & (0x80 >> (i & 7))) !== 0))
}

function readExtendedKeyUsage(extension: CertificateExtension | undefined): ReadonlySet<string> | undefined {
  if (extension === undefined) return undefined
  return new Set(readAsn1(extension.value).children.map(objectIdentifier))
}

function readBasicConstraints(extension: CertificateExtension | undefined): {
  isCa: boolean
  pathLength: number | undefined
} {
  const [first, second] = extension === undefined ? [] : readAsn1(extension.value).children
  const isCa = first?.is(tags.boolean) === true && boolean(first)
  return { isCa, pathLength: isCa && second !== undefined ? Number(integer(second)) : undefined }
}
