/** The keys of one session by role: who asks, who holds, what opens (spec sts-iam §1.1). Opened at first need. */
import { EHealthError } from '../../errors.js'
import type { Runtime } from '../environment/runtime.js'
import type { Credential, DecryptionKey } from '../keystore/credential.js'
import {
  identityOf,
  openDecryptionKeys,
  openKeystore,
  type Identity,
  type Keystore,
} from '../keystore/index.js'
import { renewableFrom, stateAt } from '../keystore/validity.js'
import { closedError } from './closed.js'
import { KeyRing } from './keyRing.js'
import {
  isCredential,
  isOpen,
  type CredentialOptions,
  type EncryptionKeys,
  type LockedKeystore,
} from './credentialOptions.js'
import type { SessionKeys } from './types.js'

type Clock = Pick<Runtime, 'now'>

/** A keystore without the keys that come and go. */
type Base = Omit<Keystore, 'decryptionKeys'> & {
  /** Whose encryption token fits the keys. */
  readonly owner: Identity
}

/** The keys of a session; a class because they have a lifetime. */
export class Credentials {
  readonly #ring = new KeyRing()
  /** None when closed. What has been opened is no longer here in its locked form, with its password. */
  #roles: { base: () => Promise<Base>; identification: () => Promise<Credential> } | undefined
  #view: Keystore | undefined

  constructor(options: CredentialOptions, clock: Clock) {
    const { keystore, identification, holderOfKey, encryption } = options
    const base = once(async () => {
      const opened = await openBase({ keystore, identification, holderOfKey, encryption }, clock)
      if (this.#roles === undefined) throw closedError()
      this.#ring.load(opened.keys)
      return opened.base
    })
    const holder = async () => (await base()).authentication
    const open = once(async () => (await openSource(identification!, clock)).authentication)
    // the card alone is both, and opened once
    const alone = keystore === undefined && holderOfKey === undefined
    this.#roles = { base, identification: identification === undefined || alone ? holder : open }
  }

  /** Holder of key, and everything that opens. */
  async keystore(): Promise<Keystore> {
    const { owner: _owner, ...base } = await this.#base()
    const { keys } = this.#ring
    if (this.#view?.decryptionKeys !== keys) this.#view = Object.freeze({ ...base, decryptionKeys: keys })
    return this.#view
  }

  /** Signs the requests to the STS: what was given for that, else the holder of the key. */
  async identification(): Promise<Credential> {
    if (this.#roles === undefined) throw closedError()
    const credential = await this.#roles.identification()
    this.#assertOpen()
    return credential
  }

  get keys(): SessionKeys {
    return {
      all: async () => {
        await this.#base()
        return this.#ring.keys
      },
      owner: async () => (await this.#base()).owner,
      load: async (source) => {
        const keys = await decryptionKeysOf(source)
        // what the session starts with goes in first, so that it is not taken for something new
        await this.#base()
        return this.#ring.load(keys)
      },
      unload: async (certificates) => {
        this.#assertOpen()
        // what cannot be opened is not there to be unloaded
        await this.#base().catch(() => undefined)
        this.#ring.unload(certificates)
      },
    }
  }

  close(): void {
    this.#roles = undefined
    this.#view = undefined
    this.#ring.unload('all')
  }

  async #base(): Promise<Base> {
    if (this.#roles === undefined) throw closedError()
    const base = await this.#roles.base()
    this.#assertOpen()
    return base
  }

  #assertOpen(): void {
    if (this.#roles === undefined) throw closedError()
  }
}

async function openBase(
  { keystore, identification, holderOfKey, encryption }: CredentialOptions,
  clock: Clock,
): Promise<{ base: Base; keys: readonly DecryptionKey[] }> {
  const source = keystore ?? holderOfKey ?? identification
  const store = await openSource(source!, clock)
  const holder =
    holderOfKey === undefined || holderOfKey === source ? store : await openSource(holderOfKey, clock)
  const keys = encryption === undefined ? store.decryptionKeys : await decryptionKeysOf(encryption)
  const owner = encryption === undefined ? store.identity : (ownerOf(encryption, keys) ?? holder.identity)
  const { decryptionKeys: _keys, ...rest } = holder
  return { base: { ...rest, owner }, keys }
}

async function openSource(source: LockedKeystore | Keystore | Credential, clock: Clock): Promise<Keystore> {
  if (isCredential(source)) return keystoreOf(source, clock.now())
  if (isOpen(source)) return source
  const { password, alias, ...rest } = source
  return openKeystore(rest, { password, now: clock.now(), ...(alias === undefined ? {} : { alias }) })
}

/** A credential on its own, a card for instance: it opens nothing. */
function keystoreOf(authentication: Credential, now: Date): Keystore {
  const { certificate, chain } = authentication
  return {
    identity: identityOf(certificate),
    authentication,
    decryptionKeys: [],
    certificates: [certificate, ...chain],
    notAfter: certificate.notAfter,
    renewableFrom: renewableFrom(certificate),
    state: stateAt(certificate, now),
  }
}

async function decryptionKeysOf(source: EncryptionKeys): Promise<readonly DecryptionKey[]> {
  if (Array.isArray(source)) return source as readonly DecryptionKey[]
  const store = source as LockedKeystore | Keystore
  if (isOpen(store)) return store.decryptionKeys
  const { password, alias: _alias, ...rest } = store
  return openDecryptionKeys(rest, { password })
}

/** Keys of another actor than the holder, of his organisation for instance: the newest certificate says whose they are. */
function ownerOf(source: EncryptionKeys, keys: readonly DecryptionKey[]): Identity | undefined {
  if ('identity' in source) return source.identity
  const [newest] = keys
  try {
    return newest === undefined ? undefined : identityOf(newest.certificate)
  } catch (error) {
    if (error instanceof EHealthError) return undefined
    throw error
  }
}

/** Runs once: a failure is forgotten, so that the next time tries again; after a success it is forgotten how it was done. */
function once<T>(action: () => Promise<T>): () => Promise<T> {
  let how: (() => Promise<T>) | undefined = action
  let result: Promise<T> | undefined
  return () =>
    (result ??= how!().then(
      (value) => {
        how = undefined
        return value
      },
      (error: unknown) => {
        result = undefined
        throw error
      },
    ))
}
