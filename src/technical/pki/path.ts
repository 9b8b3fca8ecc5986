/** Certification paths (RFC 5280 §6, without policies and name constraints, which the platform's authorities do not use). */
import { EHealthError, type ErrorCode } from '../../errors.js'
import type { Certificate, KeyUsage } from './certificate.js'

/** Options of {@link verifyPath}. */
export interface PathOptions {
  /** Certificates that may stand between the leaf and an anchor; order and surplus do not matter, nothing is believed. */
  intermediates: readonly Certificate[]
  /** Certificates that are trusted: roots, issuing authorities or the very leaf. */
  anchors: readonly Certificate[]
  /** Instant at which every certificate of the path must be valid. */
  at: Date
  /** The leaf must assert one of these usages (or have no keyUsage extension). */
  keyUsage?: readonly KeyUsage[]
}

/** Longest path, leaf and anchor included. */
const longestPath = 8

/** Most signatures verified for one path: a heap of look-alike intermediates must not keep the machine busy. */
const mostVerifications = 64

/** Critical extensions that are understood or make no difference here; any other one breaks the path (RFC 5280 §4.2). */
const understood = new Set(['2.5.29.15', '2.5.29.17', '2.5.29.19', '2.5.29.31', '2.5.29.32', '2.5.29.37'])

/** MD2, MD4 and MD5 with RSA: signatures that anybody can move to another certificate. */
const brokenSignatures = new Set(['1.2.840.113549.1.1.2', '1.2.840.113549.1.1.3', '1.2.840.113549.1.1.4'])

/**
 * Finds the path from `leaf` to a trust anchor and verifies it: names, signatures, validity at `at`, CA flag, key usage
 * and path length of every authority, critical extensions. Revocation is not looked at.
 *
 * A certificate whose issuer equals its subject is not taken for self-signed: the platform's encryption certificates
 * look like that and are signed by another key (spec etee §1.3).
 *
 * @returns the path, leaf first, anchor last
 * @throws EHealthError `certificate.untrusted` (no path), `certificate.expired`, `certificate.not-yet-valid` (a path,
 * but not at that time; `details` has `depth`, `notBefore`, `notAfter` of the certificate), `certificate.key-usage`
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises'
 * import { Certificate, verifyPath } from 'ehealth-connectors/pki'
 *
 * const anchors = Certificate.allFrom(await readFile('roots.pem'))
 * const [leaf, ...intermediates] = Certificate.allFrom(await readFile('chain.pem'))
 * const path = verifyPath(leaf!, { intermediates, anchors, at: new Date() })
 * ```
 */
export function verifyPath(leaf: Certificate, options: PathOptions): Certificate[] {
  const search: Search = { options, verifications: 0, outOfTime: undefined }
  const path = extend([leaf], search) ?? search.outOfTime
  if (path === undefined)
    throw new EHealthError('certificate.untrusted', 'no certification path to a trust anchor', {
      details: { anchors: options.anchors.length, intermediates: options.intermediates.length },
    })
  path.forEach((certificate, depth) => assertValidAt(certificate, options.at, depth))
  assertKeyUsage(leaf, options.keyUsage)
  return path
}

/**
 * The issuers of `leaf` found in `pool`, nearest first, as far as the pool reaches. Nothing is trusted and no date is
 * looked at: this is the chain to send along, not a judgement.
 */
export function issuersOf(leaf: Certificate, pool: readonly Certificate[]): Certificate[] {
  const chain = [leaf]
  for (let last = leaf; chain.length < longestPath; last = chain.at(-1)!) {
    const issuer = pool.find((candidate) => mayIssue(candidate, chain) && last.isSignedBy(candidate))
    if (issuer === undefined) break
    chain.push(issuer)
  }
  return chain.slice(1)
}

/**
 * Checks the dates of a certificate, both ends included.
 *
 * @throws EHealthError `certificate.expired`, `certificate.not-yet-valid`
 */
export function assertValidAt(certificate: Certificate, at: Date, depth = 0): void {
  if (certificate.isValidAt(at)) return
  const code: ErrorCode = at > certificate.notAfter ? 'certificate.expired' : 'certificate.not-yet-valid'
  const which = depth === 0 ? 'the certificate' : `the issuing certificate number ${depth}`
  const when =
    code === 'certificate.expired'
      ? `ended on ${certificate.notAfter.toISOString()}`
      : `is not valid before ${certificate.notBefore.toISOString()}`
  throw new EHealthError(code, `${which} ${when}`, {
    details: {
      depth,
      notBefore: certificate.notBefore.toISOString(),
      notAfter: certificate.notAfter.toISOString(),
    },
  })
}

/**
 * Checks that a certificate may be used for one of `usages`; without a keyUsage extension everything is allowed.
 *
 * @throws EHealthError `certificate.key-usage`
 */
export function assertKeyUsage(certificate: Certificate, usages: readonly KeyUsage[] | undefined): void {
  const asserted = certificate.keyUsage
  if (usages === undefined || asserted === undefined || usages.some((usage) => asserted.has(usage))) return
  throw new EHealthError('certificate.key-usage', `the certificate lacks the usage ${usages.join(' or ')}`, {
    details: { asserted: [...asserted], expected: [...usages] },
  })
}

interface Search {
  options: PathOptions
  verifications: number
  /** A path in which everything fits but the dates: tells more than "untrusted". */
  outOfTime: Certificate[] | undefined
}

function extend(path: Certificate[], search: Search): Certificate[] | undefined {
  const { anchors, intermediates, at } = search.options
  const last = path.at(-1)!
  if (hasForeignCriticalExtension(last)) return undefined
  if (anchors.some((anchor) => anchor.equals(last))) {
    if (path.every((certificate) => certificate.isValidAt(at))) return path
    search.outOfTime ??= path
    return undefined
  }
  if (path.length === longestPath || brokenSignatures.has(last.signatureAlgorithm)) return undefined
  for (const issuer of [...anchors, ...intermediates]) {
    if (!mayIssue(issuer, path) || !isSigned(last, issuer, search)) continue
    const found = extend([...path, issuer], search)
    if (found !== undefined) return found
  }
  return undefined
}

/** Everything about an issuer of the last certificate but the signature and the dates. */
function mayIssue(issuer: Certificate, path: readonly Certificate[]): boolean {
  const last = path.at(-1)!
  if (!issuer.subject.equals(last.issuer)) return false
  if (!issuer.isCa || issuer.keyUsage?.has('keyCertSign') === false) return false
  if (path.some((certificate) => sameActor(certificate, issuer))) return false
  // Authorities below this one, without self-issued ones (RFC 5280 §4.2.1.9).
  const below = path.slice(1).filter((certificate) => !certificate.subject.equals(certificate.issuer)).length
  return issuer.pathLength === undefined || below <= issuer.pathLength
}

/** Same name and key: a path that meets an authority again is a loop. */
function sameActor(one: Certificate, other: Certificate): boolean {
  return one.subject.equals(other.subject) && Buffer.compare(one.spki, other.spki) === 0
}

function isSigned(certificate: Certificate, issuer: Certificate, search: Search): boolean {
  search.verifications += 1
  return search.verifications <= mostVerifications && certificate.isSignedBy(issuer)
}

function hasForeignCriticalExtension(certificate: Certificate): boolean {
  return [...certificate.extensions].some(([type, { critical }]) => critical && !understood.has(type))
}
