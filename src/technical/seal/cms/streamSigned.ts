/** Reading SignedData as it comes in: the content is handed on in pieces, everything else is small and kept. */
import { Asn1Error, Asn1Stream, der, objectIdentifier, readAsn1, tags } from '../../asn1/index.js'
import { contentTypes } from './identifiers.js'
import { digestName } from './signature.js'
import { digesting, type SignedContent } from './signedContent.js'
import { readSignedData, type SignedData } from './signedData.js'
import { expect, readDigestAlgorithm } from './structure.js'

/** A SignedData whose head has been read. */
export interface SignedStream {
  /** The content; must be read to its end before {@link finish}. Nothing of it is verified. */
  readonly content: AsyncGenerator<Uint8Array, void, undefined>
  /** Reads what stands behind the content. */
  readonly finish: () => Promise<SignedData & { signedContent: SignedContent }>
}

/**
 * Reads the head of a SignedData from a stream.
 *
 * What is kept of it is put together without its content and read by the reader of whole structures, so that both
 * accept the same.
 *
 * @throws Asn1Error, CmsError `structure`; so do `content` and `finish`
 */
export async function streamSignedData(
  source: AsyncIterator<Uint8Array>,
  options: { allowTrailing?: boolean } = {},
): Promise<SignedStream> {
  const stream = new Asn1Stream(source)
  await stream.enter(0, tags.sequence)
  const type = await stream.value()
  if (objectIdentifier(readAsn1(type)) !== contentTypes.signedData)
    throw new Asn1Error('another content type')
  await stream.enter(2, 0)
  await stream.enter(0, tags.sequence)
  const version = await stream.value()
  const announced = await stream.value()
  const digests = digesting(digestsIn(announced))
  await stream.enter(0, tags.sequence)
  const contentType = await stream.value()
  const attached = !(await stream.atEnd())
  if (attached) await openContent(stream)

  async function* content(): AsyncGenerator<Uint8Array, void, undefined> {
    if (!attached) return
    for await (const piece of stream.octets()) {
      digests.update(piece)
      yield piece
    }
  }

  return {
    content: content(),
    finish: async () => {
      if (attached) await stream.leave()
      await stream.leave()
      const rest = await stream.rest()
      for (let open = 3; open > 0; open--) await stream.leave()
      if (options.allowTrailing !== true) await stream.finish()
      const encapsulated = der.sequence(contentType, ...(attached ? [der.explicit(0, emptyOctets)] : []))
      const kept = der.sequence(
        type,
        der.explicit(0, der.sequence(version, announced, encapsulated, ...rest)),
      )
      const signed = readSignedData(kept)
      return { ...signed, signedContent: digests.content(signed.contentType) }
    },
  }
}

const emptyOctets = der.octetString(new Uint8Array(0))

async function openContent(stream: Asn1Stream): Promise<void> {
  await stream.enter(2, 0)
  const { tagClass, tag } = await stream.peek()
  if (tagClass !== 0 || tag !== tags.octetString) throw new Asn1Error('expected OCTET STRING')
}

/** The digests announced, as far as they can be computed; each once, however often it is announced. */
function digestsIn(announced: Uint8Array): string[] {
  const names = expect(readAsn1(announced), tags.set).children.map((node) =>
    digestName(readDigestAlgorithm(node).oid),
  )
  return [...new Set(names.filter((name) => name !== undefined))]
}
