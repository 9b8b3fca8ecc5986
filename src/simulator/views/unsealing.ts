/** Opening sealed messages with all the keys of the simulator, for whoever runs it. */
import { EHealthError, isEHealthError } from '../../errors.js'
import { openDecryptionKeys, type DecryptionKey } from '../../technical/keystore/index.js'
import type { Certificate } from '../../technical/pki/certificate.js'
import { readRecipients, unseal, type Unsealed } from '../../technical/seal/index.js'
import type { PersonaKeystore } from '../pki/foundation.js'
import { keysOf } from '../services/kgss/store.js'
import type { World } from '../world.js'

/** A sealed message that opened and verified. */
export interface OpenedMessage extends Unsealed {
  /** Name of the persona, or of the service, whose key opened it; `kgss` for a key that the KGSS keeps. */
  readonly openedBy: string
  /** Everybody here whom the message names as a reader: its author, too, where he kept it readable for himself. */
  readonly readers: readonly string[]
}

/** What else may open a message. */
export interface UnsealingOptions {
  /** Whose keys come first where several readers have some. */
  prefer?: readonly string[]
  /** Secret keys of 16 octets to try beside those that the KGSS keeps; `of` becomes `openedBy`. */
  secretKeys?: readonly { readonly key: Uint8Array; readonly of: string }[]
}

/** See {@link Simulator.unseal}. */
export type SimulatedUnsealing = (sealed: Uint8Array, options?: UnsealingOptions) => Promise<OpenedMessage>

/** Who has keys. */
export interface KeyHolders {
  readonly world: World
  /** Anchors of those who seal. */
  readonly anchors: readonly Certificate[]
  /** Keystores by name of their holder. */
  readonly keystores: () => Readonly<Record<string, PersonaKeystore>>
}

export function createUnsealing({ world, anchors, keystores }: KeyHolders): SimulatedUnsealing {
  const opened = new WeakMap<PersonaKeystore, Promise<DecryptionKey[]>>()
  const keysIn = (store: PersonaKeystore): Promise<DecryptionKey[]> => {
    const { keystore: bytes, password } = store
    const known = opened.get(store) ?? openDecryptionKeys({ bytes }, { password })
    opened.set(store, known)
    return known
  }

  const addressed = async (serialNumbers: readonly bigint[]) => {
    const found: { name: string; keys: DecryptionKey[] }[] = []
    if (serialNumbers.length === 0) return found
    for (const [name, store] of Object.entries(keystores())) {
      const keys = (await keysIn(store)).filter(({ certificate }) =>
        serialNumbers.includes(certificate.serialNumber),
      )
      if (keys.length > 0) found.push({ name, keys })
    }
    return found
  }

  return async (sealed, { secretKeys = [], prefer = [] } = {}) => {
    const { serialNumbers, secretKeyIds } = readRecipients(sealed)
    const how = { trust: anchors, now: world.runtime.now() }
    const holders = await addressed(serialNumbers)
    const readers = holders.map(({ name }) => name)
    const rank = (name: string): number => (prefer.includes(name) ? 0 : 1)
    let refused: EHealthError | undefined
    const attempt = async (openedBy: string, key: { keys: DecryptionKey[] } | { secretKey: Uint8Array }) => {
      try {
        return { ...(await unseal(sealed, { ...how, ...key })), openedBy, readers }
      } catch (error) {
        if (!isEHealthError(error)) throw error
        // what a reader found who could open it says more than that others could not
        if (refused === undefined || refused.code === 'unseal.not-addressed') refused = error
        return undefined
      }
    }
    for (const { name, keys } of [...holders].sort((one, other) => rank(one.name) - rank(other.name))) {
      const found = await attempt(name, { keys })
      if (found !== undefined) return found
    }
    const kept = secretKeyIds.flatMap((id) => keysOf(world).get(id) ?? [])
    const secrets = [...kept.map(({ key }) => ({ key, of: 'kgss' })), ...secretKeys]
    for (const { key, of } of secretKeyIds.length === 0 ? [] : secrets) {
      // a copy: what opened a message is overwritten
      const found = await attempt(of, { secretKey: Uint8Array.from(key) })
      if (found !== undefined) return found
    }
    throw (
      refused ??
      new EHealthError('unseal.not-addressed', 'the message is for nobody who has keys in the simulator')
    )
  }
}
