/** What a signature is about: content that may be gone by the time its signature comes (RFC 5652 §5.4). */
import { createHash, type Hash } from 'node:crypto'

import { Asn1Error, objectIdentifier, readAsn1 } from '../../asn1/index.js'
import { attributes } from './identifiers.js'

/** Content of a SignedData as far as verifying needs it. */
export interface SignedContent {
  readonly contentType: string
  /** Digest by its `node:crypto` name; `undefined` for one that was not computed. */
  digest(name: string): Uint8Array | undefined
  /** See {@link looksLikeAttributes}. */
  readonly resemblesAttributes: boolean
}

/** Content that is there. */
export const contentOf = (contentType: string, content: Uint8Array): SignedContent => ({
  contentType,
  digest: (name) => createHash(name).update(content).digest(),
  get resemblesAttributes() {
    return looksLikeAttributes(content)
  },
})

/** Attributes of a signer take some hundred octets; nobody signs as many as this. */
const mostAttributes = 64 * 1024

/** Takes the digests of content that passes by. */
export function digesting(names: readonly string[]): {
  update(piece: Uint8Array): void
  content(contentType: string): SignedContent
} {
  const hashes = new Map<string, Hash>(names.map((name) => [name, createHash(name)]))
  const head: Uint8Array[] = []
  let total = 0
  return {
    update: (piece) => {
      for (const hash of hashes.values()) hash.update(piece)
      if (total < mostAttributes && (total > 0 ? head.length > 0 : piece[0] === setTag))
        head.push(piece.slice(0, mostAttributes - total))
      total += piece.length
    },
    content: (contentType) => {
      const digests = new Map([...hashes].map(([name, hash]) => [name, hash.digest()]))
      return {
        contentType,
        digest: (name) => digests.get(name),
        get resemblesAttributes() {
          return total <= mostAttributes && looksLikeAttributes(Buffer.concat(head))
        },
      }
    },
  }
}

const setTag = 0x31

/**
 * Signed attributes are signed as a SET. Presented as the content of a layer without attributes, they would carry a
 * genuine signature over something its signer never meant as content (RFC 9769).
 */
function looksLikeAttributes(content: Uint8Array): boolean {
  if (content[0] !== setTag) return false
  try {
    return readAsn1(content).children.some(
      (node) => objectIdentifier(node.at(0)) === attributes.messageDigest,
    )
  } catch (error) {
    if (error instanceof Asn1Error) return false
    throw error
  }
}
