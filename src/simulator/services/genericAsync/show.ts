/** What is given out of a mailbox: packed, sealed where it is wanted, signed (spec memberdata-mycarenet §2.4, §2.7, §5.1). */
import { createHash } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'

import type { MsgResponse, TAckResponse, TAckType } from '../../../business/genericAsync/contract.js'
import type { World } from '../../world.js'
import type { LyingMessage } from './box.js'
import { asyncFaults, asyncRefusal } from './faults.js'
import type { InsurersKeys } from './types.js'

interface Showing {
  keys: InsurersKeys
  world: World
  /** Token that a `get` names. */
  replyTo: Uint8Array | undefined
}

/** A message with its signature. Answers to what was posted in clear are in clear. */
export async function show(message: LyingMessage, { keys, world, replyTo }: Showing): Promise<MsgResponse> {
  const { content, contentType, messageName, reference, issuer } = message
  const etk = message.replyTo === undefined ? undefined : (replyTo ?? message.replyTo)
  const contentEncoding = etk === undefined ? 'deflate' : 'none'
  const packed =
    etk === undefined
      ? deflateRawSync(content)
      : await keys.sealFor(etk, content, world).catch(() => {
          throw asyncRefusal(asyncFaults.encryption)
        })
  const id = `_${world.runtime.uuid()}`
  // what is sealed is no XML, whatever it is once it is opened
  const signedType = etk === undefined ? contentType : 'application/octet-stream'
  const signature = await keys.sign({ id, contentType: signedType, contentEncoding, packed }, world)
  return {
    CommonOutput: {
      ...(message.inputReference === undefined ? {} : { InputReference: message.inputReference }),
      NIPReference: reference.replace('MSG', 'NIP'),
      OutputReference: message.outputReference,
    },
    Detail: {
      value: packed,
      ContentType: contentType,
      ContentEncoding: contentEncoding,
      ...(etk === undefined ? {} : { ContentEncryption: 'encryptedForKnownRecipient' as const }),
      MessageName: messageName,
      HashValue: createHash('sha256').update(content).digest(),
      Id: id,
      Reference: reference,
      Issuer: issuer,
    },
    'Xades-t': { value: signature, contentType: 'text/xml' },
  }
}

/** An acknowledgement with its signature, which covers the code in it. */
export async function showTAck(tack: TAckType, { keys, world }: Showing): Promise<TAckResponse> {
  const signature = await keys.sign(
    {
      id: tack.Id ?? '',
      contentType: 'application/octet-stream',
      contentEncoding: 'none',
      packed: tack.value,
    },
    world,
  )
  return { TAck: tack, 'Xades-t': { value: signature, contentType: 'text/xml' } }
}
