/** Posting: an acknowledgement at once, answers later (spec memberdata-mycarenet §2.4, §2.6). */
import { inflateRawSync } from 'node:zlib'

import {
  appliesTo,
  tackCode,
  tackMajor,
  type AsyncBlob,
  type PostRequest,
  type TAckType,
} from '../../../business/genericAsync/contract.js'
import type { SimulatedCall } from '../../service.js'
import type { World } from '../../world.js'
import type { Box } from './box.js'
import { hashOf } from './confirm.js'
import { asyncSettingsOf } from './settings.js'
import type { ContentAnswer, ContentRefusal, InsurersKeys, MailboxContent } from './types.js'

/**
 * What was posted is opened and handed to the insurers. A second post with the same reference is a second post: nobody says
 * that the insurers would notice.
 */
export async function post(
  call: SimulatedCall<PostRequest>,
  box: Box,
  { content: insurers, keys }: { content: MailboxContent; keys: InsurersKeys },
): Promise<TAckType> {
  const { request, world, now } = call
  const { CommonInput, Detail } = request
  const inputReference = CommonInput.InputReference ?? ''
  const opened = await open(Detail, keys, world)
  const answers: readonly ContentAnswer[] | ContentRefusal =
    'refused' in opened ? opened : await insurers(opened.content, call)
  const refused = 'refused' in answers ? answers.refused : undefined
  const major = refused === undefined ? tackMajor.success : tackMajor.failure
  const tack: TAckType = {
    // over the clear content where there is one (vectors; the octets are not documented)
    value: tackCode('refused' in opened ? Detail.value : opened.content, major),
    Issuer: 'urn:be:cin:nippin',
    AppliesTo: appliesTo(inputReference),
    ResultMajor: major,
    ...(refused === undefined ? {} : { ResultMessage: refused }),
    Id: `_${world.runtime.uuid()}`,
    Reference: `TACK-${world.runtime.uuid()}`,
  }
  box.tacks.push({ tack, messageName: Detail.MessageName })
  if (!('refused' in answers) && !('refused' in opened))
    for (const { issuer, messageName, content } of answers)
      box.messages.push({
        reference: `MSG-${world.runtime.uuid()}`,
        from: new Date(now.getTime() + asyncSettingsOf(world).answerDelay),
        ...(inputReference === '' ? {} : { inputReference }),
        outputReference: world.runtime.uuid(),
        messageName,
        contentType: Detail.ContentType,
        issuer,
        content,
        ...(opened.replyTo === undefined ? {} : { replyTo: opened.replyTo }),
      })
  return tack
}

type Opened = { content: Uint8Array; replyTo?: Uint8Array } | ContentRefusal

/** Sealed, packed, hashed: undone in this order, whatever is wrong with it goes into the acknowledgement (inferred). */
async function open(blob: AsyncBlob, keys: InsurersKeys, world: World): Promise<Opened> {
  if (blob.value.length === 0) return { refused: 'Detail: empty' }
  if ((blob.ContentEncryption ?? '') !== '')
    try {
      return await keys.open(blob.value, world)
    } catch {
      return { refused: 'Detail: cannot be decrypted' }
    }
  let content: Uint8Array
  try {
    content = (blob.ContentEncoding ?? 'deflate') === 'deflate' ? inflateRawSync(blob.value) : blob.value
  } catch {
    return { refused: 'Detail: cannot be inflated' }
  }
  const hash = blob.HashValue === undefined ? undefined : Buffer.from(blob.HashValue).toString('base64')
  return hash === undefined || hash === hashOf(content) ? { content } : { refused: 'Detail@HashValue: wrong' }
}
