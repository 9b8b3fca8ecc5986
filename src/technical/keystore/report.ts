/** What a store holds, as plain data without key material. */
import { systemRuntime } from '../environment/runtime.js'
import type { Certificate } from '../pki/certificate.js'
import { issuersOf } from '../pki/path.js'
import { EHealthError } from '../../errors.js'
import {
  byNotBefore,
  entryNamed,
  isEncryptionEntry,
  readEntries,
  type KeyEntry,
  type KeystoreSource,
} from './entries.js'
import { identityOf, type Identity } from './identity.js'
import { renewableFrom, stateAt, type KeystoreState } from './validity.js'

/** A certificate in a report. Dates are ISO 8601 in UTC. */
export interface CertificateReport {
  /** RFC 2253. */
  subject: string
  /** RFC 2253. */
  issuer: string
  /** Decimal digits. */
  serialNumber: string
  /** For instance `rsa 2048` or `ec secp384r1`. */
  key: string
  /** Asserted usages; null when the certificate has no such extension. */
  keyUsage: string[] | null
  notBefore: string
  notAfter: string
  state: KeystoreState
  /** SHA-256 in hexadecimal digits. */
  fingerprint: string
}

/** A key entry in a report. */
export interface EntryReport extends CertificateReport {
  alias: string
  role: 'authentication' | 'encryption' | 'other'
}

/** The report of {@link inspectKeystore}. */
export interface KeystoreReport {
  /** Null when there is no authentication entry, or its certificate names no actor. */
  identity: Identity | null
  authentication: EntryReport | null
  /** Issuing authorities of the authentication certificate found in the store, nearest first. */
  chain: CertificateReport[]
  /** Newest first. */
  encryption: EntryReport[]
  /** Key entries that are neither. */
  others: EntryReport[]
  /** Number of certificates, each counted once. */
  certificates: number
  /** Number of private keys without a certificate. */
  keysWithoutCertificate: number
  /** Day from which the authentication certificate can be renewed. */
  renewableFrom: string | null
}

/** Options of {@link inspectKeystore}. */
export interface InspectKeystoreOptions {
  password: string
  /** Default `authentication`. */
  alias?: string
  /** Instant that states are told for. Default: the machine's clock. */
  now?: Date
}

/**
 * Reports what a store holds, also when it has ended or lacks the authentication entry. The report names the holder: it
 * is for him, not for a log.
 *
 * @throws EHealthError `keystore.not-found`, `keystore.malformed`, `keystore.password`, `keystore.unsupported`
 *
 * @example
 * ```ts
 * import { inspectKeystore } from 'ehealth-connectors/keystore'
 *
 * const report = await inspectKeystore({ file: 'physician.acc-p12' }, { password })
 * console.log(report.authentication?.notAfter, report.encryption.map((entry) => entry.alias))
 * ```
 */
export async function inspectKeystore(
  source: KeystoreSource,
  options: InspectKeystoreOptions,
): Promise<KeystoreReport> {
  const { alias = 'authentication', now = systemRuntime.now() } = options
  const { keys, certificates, orphans } = await readEntries(source, options.password)
  const own = entryNamed(keys, alias)
  const rest = keys.filter((entry) => entry !== own)
  const entry = (role: EntryReport['role']) => (found: KeyEntry) => ({
    alias: found.alias,
    role,
    ...certificateReport(found.certificate, now),
  })
  return {
    identity: own === undefined ? null : identityOrNull(own.certificate),
    authentication: own === undefined ? null : entry('authentication')(own),
    chain:
      own === undefined
        ? []
        : issuersOf(own.certificate, certificates).map((issuer) => certificateReport(issuer, now)),
    encryption: rest.filter(isEncryptionEntry).sort(byNotBefore).map(entry('encryption')),
    others: rest.filter((found) => !isEncryptionEntry(found)).map(entry('other')),
    certificates: certificates.length,
    keysWithoutCertificate: orphans,
    renewableFrom: own === undefined ? null : renewableFrom(own.certificate).toISOString(),
  }
}

function identityOrNull(certificate: Certificate): Identity | null {
  try {
    return identityOf(certificate)
  } catch (error) {
    if (error instanceof EHealthError) return null
    throw error
  }
}

function certificateReport(certificate: Certificate, now: Date): CertificateReport {
  const details = certificate.publicKey.asymmetricKeyDetails
  return {
    subject: certificate.subject.toRfc2253(),
    issuer: certificate.issuer.toRfc2253(),
    serialNumber: certificate.serialNumber.toString(),
    key: [certificate.keyType, details?.modulusLength ?? details?.namedCurve].join(' '),
    keyUsage: certificate.keyUsage === undefined ? null : [...certificate.keyUsage],
    notBefore: certificate.notBefore.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
    state: stateAt(certificate, now),
    fingerprint: certificate.fingerprint,
  }
}
