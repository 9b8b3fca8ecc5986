/** Certificate revocation lists (RFC 5280 §5): reading and verifying. */
import { EHealthError } from '../../../errors.js'
import {
  Asn1Error,
  boolean,
  expect,
  integer,
  objectIdentifier,
  octets,
  readAsn1,
  tags,
  time,
  type Asn1Node,
} from '../../asn1/index.js'
import { readAlgorithm, type AlgorithmIdentifier } from '../algorithms.js'
import type { Certificate } from '../certificate.js'
import { DistinguishedName } from '../name.js'
import { publicKeyOf, strongDigestOf, verifyBytes, wholeOctets } from '../verifyBytes.js'
import { CrlEntries } from './crlEntries.js'
import { readScope, type CrlScope } from './crlScope.js'
import { assertCurrent, defaultClockSkew } from './period.js'
import type { Revocation } from './types.js'

/** Largest list that is read, in octets: some hundred thousand entries. */
export const maxCrlBytes = 32 * 1024 * 1024

const oid = {
  crlNumber: '2.5.29.20',
  deltaCrlIndicator: '2.5.29.27',
  issuingDistributionPoint: '2.5.29.28',
}

/** A list as read. Nothing is verified; see {@link verifyCrl}. */
export interface CertificateRevocationList {
  /** The list as encoded. */
  readonly der: Uint8Array
  readonly issuer: DistinguishedName
  readonly thisUpdate: Date
  readonly nextUpdate: Date | undefined
  readonly crlNumber: bigint | undefined
  /** Number of revoked certificates. */
  readonly size: number
  /** Which certificates the list is about. */
  readonly scope: CrlScope
  /** When and why a certificate of the issuer with this serial number was revoked; `undefined` when it is not listed. */
  find(serialNumber: bigint): Revocation | undefined
  /** @internal */
  readonly signed: { tbs: Uint8Array; algorithm: AlgorithmIdentifier; signature: Uint8Array }
}

/**
 * Reads a list in DER, BER or PEM. Its octets are kept and looked through, not copied into objects: a list of 100 000 entries
 * takes little more memory than its file.
 *
 * @throws EHealthError `revocation.malformed`, `revocation.too-large`; `revocation.unsupported` for a delta list, an indirect
 * one, one of part of the reasons, and one with a critical extension that is unknown here
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises'
 * import { readCrl } from 'ehealth-connectors/pki'
 *
 * const list = readCrl(await readFile('issuing-ca.crl'))
 * console.log(list.issuer.toRfc2253(), list.size, list.nextUpdate, list.find(certificate.serialNumber))
 * ```
 */
export function readCrl(bytes: Uint8Array): CertificateRevocationList {
  if (bytes.length > maxCrlBytes)
    throw new EHealthError('revocation.too-large', 'the revocation list is larger than 32 MiB')
  try {
    return read(fromPem(bytes))
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error
    throw new EHealthError('revocation.malformed', `not a revocation list: ${error.message}`, {
      cause: error,
    })
  }
}

function fromPem(bytes: Uint8Array): Uint8Array {
  if (bytes[0] === 0x30) return bytes
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  const match = /-----BEGIN X509 CRL-----([A-Za-z0-9+/=\s]*)-----END X509 CRL-----/.exec(text)
  return match === null ? bytes : Buffer.from(match[1]!, 'base64')
}

function read(bytes: Uint8Array): CertificateRevocationList {
  const root = expect(readAsn1(bytes), tags.sequence)
  if (root.children.length !== 3) throw new Asn1Error('not three parts')
  const tbs = expect(root.at(0), tags.sequence)
  const rest = [...tbs.children]
  const version = rest[0]?.is(tags.integer) === true ? integer(rest.shift()!) : undefined
  if (version !== undefined && version !== 1n) throw new Asn1Error('unknown version')
  const [algorithm, issuer, thisUpdate] = rest.splice(0, 3)
  if (algorithm === undefined || issuer === undefined || thisUpdate === undefined)
    throw new Asn1Error('ends early')
  // The signed copy of the algorithm must be the one in use (RFC 5280 §5.1.1.2).
  if (Buffer.compare(algorithm.raw, root.at(1).raw) !== 0)
    throw new Asn1Error('two different signature algorithms')
  const nextUpdate = isTime(rest[0]) ? time(rest.shift()!) : undefined
  const entries = new CrlEntries(rest[0]?.is(tags.sequence) === true ? rest.shift() : undefined)
  const extensions =
    rest[0]?.isContext(0) === true ? readExtensions(rest.shift()!) : new Map<string, Asn1Node>()
  if (rest.length > 0) throw new Asn1Error('more than a revocation list')
  // Extensions came with version 2 (RFC 5280 §5.1.2.1).
  if (version === undefined && extensions.size > 0) throw new Asn1Error('extensions in a list of version 1')
  if (extensions.has(oid.deltaCrlIndicator))
    throw new EHealthError('revocation.unsupported', 'a delta list tells changes only')
  const number = extensions.get(oid.crlNumber)
  return {
    der: bytes,
    issuer: DistinguishedName.fromNode(expect(issuer, tags.sequence)),
    thisUpdate: time(thisUpdate),
    nextUpdate,
    crlNumber: number === undefined ? undefined : integer(number),
    size: entries.size,
    scope: readScope(extensions.get(oid.issuingDistributionPoint)),
    find: (serialNumber) => entries.find(serialNumber),
    signed: {
      tbs: tbs.raw,
      algorithm: readAlgorithm(root.at(1)),
      signature: wholeOctets(root.at(2)),
    },
  }
}

const isTime = (node: Asn1Node | undefined): boolean =>
  node?.is(tags.utcTime) === true || node?.is(tags.generalizedTime) === true

/** Extensions that are processed, or make no difference to what the list says. */
const understood = new Set<string>([
  '2.5.29.35', // authorityKeyIdentifier: the signature tells
  '2.5.29.18', // issuerAltName
  ...Object.values(oid),
])

function readExtensions(block: Asn1Node): Map<string, Asn1Node> {
  const found = new Map<string, Asn1Node>()
  for (const extension of expect(block.at(0), tags.sequence).children) {
    const type = objectIdentifier(extension.at(0))
    const critical = extension.children.length === 3 && boolean(extension.at(1))
    if (found.has(type)) throw new Asn1Error('an extension stands twice')
    if (critical && !understood.has(type))
      throw new EHealthError('revocation.unsupported', `the list has an unknown critical extension ${type}`)
    found.set(type, readAsn1(octets(extension.at(extension.children.length - 1))))
  }
  return found
}

/** How to verify a list. */
export interface VerifyCrlOptions {
  /** The authority that the list must be by: the issuer of the certificates asked about. Trusted by the caller. */
  issuer: Certificate
  now: Date
  /** Milliseconds that two clocks may differ; five minutes. */
  clockSkew?: number
}

/**
 * Verifies that a list is by the issuer himself and is the current one (RFC 5280 §6.3.3). Lists by somebody else on his behalf
 * are refused.
 *
 * @throws EHealthError `revocation.issuer`, `revocation.signature`, `revocation.not-yet-valid`, `revocation.expired`
 */
export function verifyCrl(list: CertificateRevocationList, options: VerifyCrlOptions): void {
  verifyCrlSignature(list, options.issuer)
  assertCurrent(list, options.now, options.clockSkew ?? defaultClockSkew)
}

/** @throws EHealthError `revocation.issuer`, `revocation.signature` */
export function verifyCrlSignature(list: CertificateRevocationList, issuer: Certificate): void {
  if (!list.issuer.equals(issuer.subject))
    throw new EHealthError(
      'revocation.issuer',
      'the list is by another authority than the issuer of the certificate',
    )
  if (!issuer.isCa || issuer.keyUsage?.has('cRLSign') === false)
    throw new EHealthError('revocation.issuer', 'the issuer may not sign lists')
  const { algorithm, tbs, signature } = list.signed
  const digest = readingAlgorithm(() => strongDigestOf(algorithm))
  if (digest === undefined || verifyBytes(algorithm, digest, publicKeyOf(issuer), tbs, signature) !== 'valid')
    throw new EHealthError('revocation.signature', 'the signature of the list does not verify')
}

function readingAlgorithm<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof Asn1Error) return undefined
    throw error
  }
}
