/** Where the keys of a session come from, by role. */
import type { Credential, DecryptionKey } from '../keystore/credential.js'
import type { Keystore, KeystoreSource } from '../keystore/index.js'
import { invalidOption, refuseUnknownOptions } from './options.js'

/** A PKCS#12 store with what opens it. */
export type LockedKeystore = KeystoreSource & {
  /** May be empty. */
  password: string
  /** Entry to authenticate with. Default `authentication`. */
  alias?: string
}

/** Private keys that open: a store, whose authentication key is of no matter and may have ended, or the keys themselves. */
export type EncryptionKeys = LockedKeystore | Keystore | readonly DecryptionKey[]

/**
 * Keys of a session by role. `keystore` alone is the fallback of the platform; `identification` alone is a card; both are a card
 * that identifies for the key of a keystore.
 */
export interface CredentialOptions {
  /** Keys of the user: a PKCS#12 file or its octets, or an open keystore (smart card, HSM). */
  keystore?: LockedKeystore | Keystore | undefined
  /** Signs token requests when that is another key than the one of the keystore, for instance an eID. */
  identification?: LockedKeystore | Credential | undefined
  /** The token is bound to this key, and it signs the calls; default: that of `keystore`, else `identification`. */
  holderOfKey?: LockedKeystore | Keystore | Credential | undefined
  /** Opens what is sealed for the user; default: the encryption keys of `keystore`, or of what stands in for it. */
  encryption?: EncryptionKeys | undefined
}

/** Names of {@link CredentialOptions}. */
export const credentialOptionNames = [
  'keystore',
  'identification',
  'holderOfKey',
  'encryption',
] as const satisfies readonly (keyof CredentialOptions)[]

/** @throws EHealthError `configuration.invalid` naming the option */
export function checkCredentials(options: CredentialOptions): void {
  const { keystore, identification, holderOfKey, encryption } = options
  if (keystore === undefined && identification === undefined && holderOfKey === undefined)
    throw invalidOption('keystore', 'missing', 'Give keystore, identification or holderOfKey.')
  checkSource(keystore, 'keystore')
  checkSource(identification, 'identification')
  checkSource(holderOfKey, 'holderOfKey')
  checkEncryptionKeys(encryption, 'encryption')
}

function checkSource(source: LockedKeystore | Keystore | Credential | undefined, path: string): void {
  if (source === undefined || (typeof source === 'object' && (isCredential(source) || isOpen(source)))) return
  checkLocked(source, path)
}

/** @throws EHealthError `configuration.invalid` naming the option */
export function checkEncryptionKeys(source: EncryptionKeys | undefined, path: string): void {
  if (Array.isArray(source)) {
    if (!source.every((key: Partial<DecryptionKey>) => typeof key?.unwrapKey === 'function'))
      throw invalidOption(path, 'expected decryption keys')
  } else checkSource(source as LockedKeystore | Keystore | undefined, path)
}

/** Whether a keystore has been opened already. */
export const isOpen = (keystore: LockedKeystore | Keystore): keystore is Keystore =>
  'authentication' in keystore

/** Whether it is a key on its own: a card, an HSM. */
export const isCredential = (source: LockedKeystore | Keystore | Credential): source is Credential =>
  'sign' in source

function checkLocked(keystore: LockedKeystore, path: string): void {
  refuseUnknownOptions(keystore, ['file', 'bytes', 'password', 'alias'], path)
  const { file, bytes } = keystore as { file?: unknown; bytes?: unknown }
  if ((typeof file === 'string') === bytes instanceof Uint8Array)
    throw invalidOption(path, 'expected either a file name or octets')
  if (typeof keystore.password !== 'string')
    throw invalidOption(`${path}.password`, 'expected text', 'Is the environment variable set that holds it?')
}
