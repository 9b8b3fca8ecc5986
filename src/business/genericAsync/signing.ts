/** Signatures beside blobs (spec memberdata-mycarenet §2.7, §5.3): XAdES-BES with the key that calls are signed with. */
import type { Session } from '../../technical/session/index.js'
import { blobTransforms, signXml, verifyXml, type XmlVerification } from '../../technical/xades/index.js'
import type { BlobElement, EncryptedKnownContent } from '../mycarenet/index.js'
import { signedDocument } from './contract.js'
import type { AsyncMessage } from './message.js'

/** Signature of a blob, serialised. */
export async function signBlob(session: Session, blob: BlobElement): Promise<Uint8Array> {
  const { ContentType: contentType, ContentEncoding: contentEncoding = 'deflate' } = blob
  return sign(session, blob.Id!, blob.value, blobTransforms({ contentType, contentEncoding }))
}

/** Signature of content that will be sealed: over its inflated octets, never canonicalised (§5.3). */
export async function signKnownContent(
  session: Session,
  { BusinessContent }: EncryptedKnownContent,
): Promise<Uint8Array> {
  return sign(session, BusinessContent.id!, BusinessContent.value, ['base64', 'optional-deflate'])
}

async function sign(
  session: Session,
  id: string,
  value: Uint8Array,
  transforms: NonNullable<Parameters<typeof signXml>[1]['transforms']>,
): Promise<Uint8Array> {
  const { authentication: credential } = await session.keystore()
  const { runtime } = session
  const { xml } = await signXml(signedDocument(id, value), { credential, id, transforms, runtime })
  return Buffer.from(xml, 'utf8')
}

/**
 * Judges the signature beside a message: whether it is good, by whom and when; a verdict, never an error. A signer whose
 * certificate has expired since is a warning, and so is a manifest that names what is not at hand.
 *
 * @param posted The blob that the message answers, which a manifest names: its identifier and its octets as they were sent
 */
export async function judgeMessage(
  { trust, runtime, revocation }: Session,
  { signature, blobId, packed }: AsyncMessage,
  posted?: { id: string; packed: Uint8Array },
): Promise<XmlVerification | undefined> {
  if (signature === undefined || blobId === undefined) return undefined
  return verifyXml(signedDocument(blobId, packed), {
    signature,
    mustCover: blobId,
    trust: trust.signers,
    timestampAuthorities: trust.timestampAuthority,
    expiredSigner: 'warn',
    manifests: posted === undefined ? 'available' : 'follow',
    ...(posted === undefined ? {} : { also: [signedDocument(posted.id, posted.packed)] }),
    ...(revocation.policy === 'off' ? {} : { revocation }),
    runtime,
  })
}
