/** Secret keys that KGSS made. */
import { inspect } from 'node:util'

import { EHealthError } from '../../errors.js'
import { encryptionPolicies } from '../seal/policies.js'
import type { SecretKey } from '../seal/seal.js'

/** Octets of a secret key; readers of the platform refuse longer ones (spec etee §8 trap 17). */
export const keyLength = encryptionPolicies.UNKNOWN_RECIPIENT.minimumKeyBits / 8

/** Identifiers seen have 24 octets (spec etee §5.1); one of any size will do, but not of every size. */
const longestId = 1024

/**
 * A key of the KGSS with the identifier that messages name it by: give it to `seal` as `secretKey`.
 *
 * It is a class so that the key stays out of logs (neither `JSON.stringify` nor `console.log` shows it), and so that it can
 * be overwritten: `using key = await me.technical.kgss.newKey(…)` does so at the end of the block.
 */
export class KgssKey implements SecretKey {
  /** Identifier in base64. It is no secret: every message sealed with the key shows it. */
  readonly id: string
  readonly #key: Uint8Array
  #destroyed = false

  /**
   * Copies the octets.
   *
   * @throws EHealthError `kgss.unusable-key` for another key than one of 16 octets, or without identifier
   */
  constructor(id: Uint8Array, key: Uint8Array) {
    if (key.length !== keyLength)
      throw new EHealthError('kgss.unusable-key', 'the key is not one of 128 bits')
    if (id.length === 0 || id.length > longestId)
      throw new EHealthError('kgss.unusable-key', `the identifier of the key has ${id.length} octets`)
    this.id = base64(id)
    this.#key = Uint8Array.from(key)
  }

  /**
   * The 16 octets of the AES key: the key's own, which {@link destroy} overwrites.
   *
   * @throws EHealthError `kgss.destroyed`
   */
  get key(): Uint8Array {
    if (this.#destroyed) throw new EHealthError('kgss.destroyed', 'the key has been overwritten')
    return this.#key
  }

  /** Overwrites the key. What was sealed with it stays sealed. */
  destroy(): void {
    this.#destroyed = true
    this.#key.fill(0)
  }

  [Symbol.dispose](): void {
    this.destroy()
  }

  /** What may be logged. */
  toJSON(): Record<string, unknown> {
    return { id: this.id }
  }

  [inspect.custom](): string {
    return `KgssKey ${inspect(this.toJSON())}`
  }
}

/**
 * The octets of an identifier given as octets or base64.
 *
 * @throws EHealthError `kgss.key-id`
 */
export function keyIdOf(id: Uint8Array | string): Uint8Array {
  const octets = typeof id === 'string' ? fromBase64(id) : id
  if (!(octets instanceof Uint8Array) || octets.length === 0 || octets.length > longestId)
    throw new EHealthError('kgss.key-id', 'the identifier of the key is not octets or base64', { path: 'id' })
  return octets
}

export const base64 = (octets: Uint8Array): string => Buffer.from(octets).toString('base64')

function fromBase64(text: string): Uint8Array | undefined {
  const compact = text.trim()
  return /^[A-Za-z0-9+/]+={0,2}$/.test(compact) && compact.length % 4 === 0
    ? Buffer.from(compact, 'base64')
    : undefined
}
