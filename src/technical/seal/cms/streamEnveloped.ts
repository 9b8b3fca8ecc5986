/** Reading EnvelopedData as it comes in: the encrypted content is handed on in pieces. */
import { Asn1Error, Asn1Stream, der, objectIdentifier, readAsn1, tags } from '../../asn1/index.js'
import { readEnvelopedData, type EnvelopeHead } from './envelopedData.js'
import { contentTypes } from './identifiers.js'

/** An EnvelopedData whose head has been read. */
export interface EnvelopedStream {
  readonly head: EnvelopeHead
  /** The encrypted content; must be read to its end before {@link finish}. */
  readonly content: AsyncGenerator<Uint8Array, void, undefined>
  /** Reads what stands behind the content; nothing may follow the structure. */
  readonly finish: () => Promise<void>
}

/**
 * Reads the head of an EnvelopedData from a stream; see `streamSignedData`.
 *
 * @throws Asn1Error, CmsError `structure`; so do `content` and `finish`
 */
export async function streamEnvelopedData(source: AsyncIterator<Uint8Array>): Promise<EnvelopedStream> {
  const stream = new Asn1Stream(source)
  await stream.enter(0, tags.sequence)
  const type = await stream.value()
  if (objectIdentifier(readAsn1(type)) !== contentTypes.envelopedData)
    throw new Asn1Error('another content type')
  await stream.enter(2, 0)
  await stream.enter(0, tags.sequence)
  const version = await stream.value()
  const before = [await stream.value()]
  const hasOriginator = before[0]![0] === 0xa0
  if (hasOriginator) before.push(await stream.value())
  await stream.enter(0, tags.sequence)
  const contentType = await stream.value()
  const algorithm = await stream.value()
  const { tagClass, tag } = await stream.peek()
  if (tagClass !== 2 || tag !== 0) throw new Asn1Error('broken EncryptedContentInfo')

  /** The structure with these values behind the content, and without the content. */
  const readKept = (behind: readonly Uint8Array[]): EnvelopeHead => {
    const encrypted = der.sequence(contentType, algorithm, noContent)
    const fields = der.sequence(version, ...before, encrypted, ...behind)
    return readEnvelopedData(der.sequence(type, der.explicit(0, fields)))
  }

  return {
    head: readKept([]),
    content: stream.octets(),
    finish: async () => {
      await stream.leave()
      const behind = await stream.rest()
      for (let open = 3; open > 0; open--) await stream.leave()
      await stream.finish()
      if (behind.length > 0) readKept(behind)
    },
  }
}

const noContent = der.implicitPrimitive(0, new Uint8Array(0))
