/** The middle layer: who may read (spec etee §3.1, §3.2). */
import { constants, createCipheriv, publicEncrypt, type Cipher } from 'node:crypto'

import type { Runtime } from '../environment/runtime.js'
import { envelopedDataFrame, kekRecipient, keyTransRecipient, type Frame } from './cms/write.js'
import { wrapKey } from './keyWrap.js'
import { encryptionPolicies } from './policies.js'
import type { WrappingKey } from './recipient.js'

/** An envelope addressed and ready to take its content. */
export interface Envelope {
  /** Encrypts the content; the key itself is gone. */
  readonly cipher: Cipher
  /** The structure around encrypted content of this length. */
  frame(encryptedLength: number | undefined): Frame
}

/** A secret key that has passed its checks. */
export interface WrappingSecret {
  readonly id: Uint8Array
  readonly key: Uint8Array
}

const blockSize = 16

/** Addresses an envelope with a fresh content key, which is overwritten when it has served. */
export function addressEnvelope(
  recipients: readonly WrappingKey[],
  secretKey: WrappingSecret | undefined,
  runtime: Runtime,
): Envelope {
  const contentKey = runtime.randomBytes(encryptionPolicies.KNOWN_RECIPIENT.contentKeyLength)
  const iv = runtime.randomBytes(blockSize)
  try {
    const infos = recipients.map(({ named, publicKey }) =>
      keyTransRecipient(
        named,
        publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, contentKey),
      ),
    )
    if (secretKey !== undefined) infos.push(kekRecipient(secretKey.id, wrapKey(secretKey.key, contentKey)))
    const allByCertificate = secretKey === undefined && recipients.every(({ named }) => 'issuer' in named)
    return {
      cipher: createCipheriv('aes-128-cbc', contentKey, iv),
      frame: (length) =>
        envelopedDataFrame({ version: allByCertificate ? 0 : 2, recipients: infos, iv }, length),
    }
  } finally {
    contentKey.fill(0)
  }
}

/** Length of content after padding: 1 to 16 octets more, up to a whole number of blocks (PKCS#7). */
export const paddedLength = (length: number): number => (Math.floor(length / blockSize) + 1) * blockSize
