/** The keys of the simulated KGSS, and how they are kept between two runs. */
import { base64Binary } from '../../../technical/xml/index.js'
import type { CredentialType } from '../../../technical/kgss/contract.js'
import type { SlotCodec, World } from '../../world.js'

/** A key with the readers that its author wanted. */
export interface StoredKey {
  readonly key: Uint8Array
  readonly allowed: readonly CredentialType[]
  readonly excluded: readonly CredentialType[]
  /** Who made it, for instance `SSIN=…`. */
  readonly author: string
  readonly madeAt: Date
  /** The request had a `DeletionStrategy`; nothing is known that it could say. */
  readonly deletionStrategy: boolean
}

/** Keys by base64 of their identifier. */
export type KeyStore = Map<string, StoredKey>

const slotName = 'kgss'

interface KeyOnDisk extends Omit<StoredKey, 'key' | 'madeAt'> {
  key: string
  madeAt: string
}

const codec: SlotCodec<KeyStore> = {
  toJson: (store) =>
    [...store].map(([id, { key, madeAt, ...rest }]): [string, KeyOnDisk] => [
      id,
      { ...rest, key: base64Binary.format(key), madeAt: madeAt.toISOString() },
    ]),
  fromJson: (json) =>
    new Map(
      (json as [string, KeyOnDisk][]).map(([id, { key, madeAt, ...rest }]) => [
        id,
        { ...rest, key: Buffer.from(key, 'base64'), madeAt: new Date(madeAt) },
      ]),
    ),
}

/** The keys of a world. */
export const keysOf = (world: World): KeyStore => world.slot<KeyStore>(slotName, () => new Map(), codec)

/** Keeps them on disk where the simulator has a directory. */
export const saveKeys = (world: World): Promise<void> => world.save(slotName)
