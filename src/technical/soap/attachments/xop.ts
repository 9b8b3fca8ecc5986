/** XOP: base64 content that travels as a part (spec soap-security §4.2, XOP 1.0 §3.2). */
import { EHealthError } from '../../../errors.js'
import { attribute, childElements, descendants, isElement, type XmlElement } from '../../xml/tree.js'
import { xopNamespace } from '../namespaces.js'
import type { Runtime } from '../../environment/runtime.js'
import type { WriteOptions } from '../../xml/write.js'
import type { Attachment } from '../types.js'
import { attachmentReference, resolveAttachment } from './swa.js'

/** Octets above which the official connector makes a part of a byte array (spec soap-security §4.2). */
const usualThreshold = 81_920

/** Takes binary values out of a message while it is written. */
export interface XopAttacher {
  attach: NonNullable<WriteOptions['attach']>
  /** What was taken out so far. */
  attachments: readonly Attachment[]
}

/** The element that stands in the message instead of base64, in canonical form. */
export const xopInclude = (contentId: string): string =>
  `<xop:Include xmlns:xop="${xopNamespace}" href="${attachmentReference(contentId)}"></xop:Include>`

/**
 * Makes parts of binary values: of those that always travel as one (`attachedBinary`) and of those larger than
 * `threshold` octets.
 */
export function xopAttacher(runtime: Pick<Runtime, 'uuid'>, threshold = usualThreshold): XopAttacher {
  const attachments: Attachment[] = []
  return {
    attachments,
    attach: (content, when) => {
      if (when === 'large' && content.length <= threshold) return undefined
      const contentId = `${runtime.uuid()}@ehealth.fgov.be`
      attachments.push({ contentId, contentType: 'application/octet-stream', content })
      return xopInclude(contentId)
    },
  }
}

/**
 * Puts the base64 text back where `xop:Include` stands, in place. Signatures of this platform are made over the tree
 * with the Include in it, so this comes after their verification.
 *
 * A part may be included once: in a thousand places it would be a thousand copies of itself.
 *
 * @throws EHealthError `transport.attachment` for a missing part, `transport.multipart` for a misplaced Include or one
 *   that repeats another
 */
export function includeXop(root: XmlElement, attachments: ReadonlyMap<string, Attachment>): void {
  const included = new Set<Attachment>()
  for (const include of [...descendants(root)].filter((e) => isElement(e, xopNamespace, 'Include'))) {
    const { parent } = include
    const href = attribute(include, 'href')
    if (parent === undefined || childElements(parent).length !== 1 || href === undefined)
      throw new EHealthError('transport.multipart', 'multipart body: an xop:Include out of place')
    const attachment = resolveAttachment(href, attachments)
    if (included.has(attachment))
      throw new EHealthError('transport.multipart', 'multipart body: a part is included twice')
    included.add(attachment)
    const { content } = attachment
    const value = Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('base64')
    parent.children = [{ kind: 'text', value }]
  }
}
