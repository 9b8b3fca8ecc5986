/** Signatures beside blobs (spec memberdata-mycarenet §5.3): XAdES-BES with the key that calls are signed with. */
import type { Session } from '../../technical/session/index.js'
import { blobTransforms, signXml } from '../../technical/xades/index.js'
import { base64Binary, namespace, required, string, write } from '../../technical/xml/index.js'
import type { BlobElement, EncryptedKnownContent } from '../mycarenet/index.js'

/** The blob as an element to be referred to: only its text and its identifier are looked at. */
const none = namespace('', { prefix: '', qualified: false })
const Signed = none.element('Detail', none.simpleContent(base64Binary, { Id: required(string()) }))

/** The document that the signature of a blob refers into. */
export const signedDocument = (id: string, value: Uint8Array): string => write(Signed, { Id: id, value }).xml

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
