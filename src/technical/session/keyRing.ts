/** The keys that open what is sealed for the user: loaded and unloaded while the session lives. */
import { EHealthError } from '../../errors.js'
import type { DecryptionKey } from '../keystore/credential.js'
import type { Certificate } from '../pki/certificate.js'

/** Keys by certificate, newest first; a class because the keys in it have a lifetime. */
export class KeyRing {
  readonly #rings = new Map<string, Ring>()
  #keys: readonly DecryptionKey[] | undefined

  /** Newest first; another array after each change. */
  get keys(): readonly DecryptionKey[] {
    this.#keys ??= Object.freeze(
      [...this.#rings.values()].map(({ key }) => key).sort((one, other) => beginOf(other) - beginOf(one)),
    )
    return this.#keys
  }

  /** Adds keys; one that is there already stays as it is. @returns the certificates of the new ones */
  load(keys: readonly DecryptionKey[]): Certificate[] {
    const added = keys.filter((key) => !this.#rings.has(key.certificate.fingerprint))
    for (const key of added) this.#rings.set(key.certificate.fingerprint, ringOf(key))
    this.#keys = undefined
    return added.map(({ certificate }) => certificate)
  }

  /** Drops keys: whoever still has one in hand cannot use it any more. */
  unload(certificates: readonly Certificate[] | 'all'): void {
    const names =
      certificates === 'all' ? [...this.#rings.keys()] : certificates.map(({ fingerprint }) => fingerprint)
    for (const name of names) {
      this.#rings.get(name)?.drop()
      this.#rings.delete(name)
    }
    this.#keys = undefined
  }
}

const beginOf = ({ certificate }: DecryptionKey): number => certificate.notBefore.getTime()

/** A key that can be taken back. */
interface Ring {
  readonly key: DecryptionKey
  drop(): void
}

/** The key behind a reference that can be cut: what was handed out before holds no private key any more then. */
function ringOf(given: DecryptionKey): Ring {
  let held: DecryptionKey | undefined = given
  const key: DecryptionKey = Object.freeze({
    certificate: given.certificate,
    keyType: given.keyType,
    unwrapKey: async (encryptedKey: Uint8Array, length: number) => {
      if (held === undefined) throw new EHealthError('keystore.unloaded', 'the key has been unloaded')
      return held.unwrapKey(encryptedKey, length)
    },
  })
  return {
    key,
    drop: () => {
      held = undefined
    },
  }
}
