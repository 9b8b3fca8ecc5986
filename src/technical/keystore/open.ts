/** Opening the platform's PKCS#12 stores (spec etee §1). */
import { EHealthError } from '../../errors.js'
import { systemRuntime } from '../environment/runtime.js'
import { assertValidAt, issuersOf } from '../pki/path.js'
import type { Certificate } from '../pki/certificate.js'
import type { Credential, DecryptionKey } from './credential.js'
import {
  byNotBefore,
  entryNamed,
  isEncryptionEntry,
  readEntries,
  type KeyEntry,
  type KeystoreSource,
} from './entries.js'
import { identityOf, type Identity } from './identity.js'
import { softwareCredential, softwareDecryptionKey } from './software.js'
import { renewableFrom, stateAt, type KeystoreState } from './validity.js'

/** A user's keys, whatever holds them. */
export interface Keystore {
  /** Who the authentication certificate speaks for. */
  readonly identity: Identity
  readonly authentication: Credential
  /** Encryption keys, current and older, newest first. */
  readonly decryptionKeys: readonly DecryptionKey[]
  /** Every certificate of the store, once. */
  readonly certificates: readonly Certificate[]
  /** End of the authentication certificate. */
  readonly notAfter: Date
  /** From this day the certificate can be renewed: 90 days before its end. */
  readonly renewableFrom: Date
  /** State of the authentication certificate when the store was opened. */
  readonly state: KeystoreState
}

/** Options of {@link openKeystore}. */
export interface OpenKeystoreOptions {
  /** May be empty. */
  password: string
  /** Entry to authenticate with. Default `authentication`; stores made from an eID have `Authentication`. */
  alias?: string
  /** Instant at which the authentication certificate must be valid. Default: the machine's clock. */
  now?: Date
  /** Opens the store although its authentication certificate is not valid, to read archives. Default false. */
  allowExpired?: boolean
}

/**
 * Opens a store with its authentication key and every encryption key.
 *
 * @throws EHealthError `keystore.not-found`, `keystore.malformed`, `keystore.password`, `keystore.unsupported`,
 * `keystore.no-authentication`, `keystore.identity`, `certificate.expired`, `certificate.not-yet-valid`
 *
 * @example
 * ```ts
 * import { openKeystore } from 'ehealth-connectors/keystore'
 *
 * const keystore = await openKeystore(
 *   { file: 'physician.acc-p12' },
 *   { password: process.env.EHEALTH_KEYSTORE_PASSWORD ?? '' },
 * )
 * console.log(keystore.identity.type, keystore.state, keystore.notAfter.toISOString())
 * ```
 */
export async function openKeystore(source: KeystoreSource, options: OpenKeystoreOptions): Promise<Keystore> {
  const { alias = 'authentication', now = systemRuntime.now() } = options
  const { keys, certificates } = await readEntries(source, options.password)
  const entry = entryNamed(keys, alias)
  if (entry === undefined)
    throw new EHealthError('keystore.no-authentication', 'the keystore has no key entry of that alias', {
      details: { entries: keys.length },
    })
  const { certificate, privateKey } = entry
  if (options.allowExpired !== true) assertValidAt(certificate, now)
  return Object.freeze({
    identity: identityOf(certificate),
    authentication: softwareCredential({
      certificate,
      chain: issuersOf(certificate, certificates),
      privateKey,
    }),
    decryptionKeys: decryptionKeysOf(keys.filter((other) => other !== entry)),
    certificates,
    notAfter: certificate.notAfter,
    renewableFrom: renewableFrom(certificate),
    state: stateAt(certificate, now),
  })
}

/**
 * The encryption keys alone, newest first: for stores that hold no (valid) authentication key any more but still open
 * what was sealed to them.
 *
 * @throws EHealthError `keystore.not-found`, `keystore.malformed`, `keystore.password`, `keystore.unsupported`
 */
export async function openDecryptionKeys(
  source: KeystoreSource,
  options: { password: string },
): Promise<DecryptionKey[]> {
  const { keys } = await readEntries(source, options.password)
  return decryptionKeysOf(keys)
}

function decryptionKeysOf(keys: readonly KeyEntry[]): DecryptionKey[] {
  return keys.filter(isEncryptionEntry).sort(byNotBefore).map(softwareDecryptionKey)
}
