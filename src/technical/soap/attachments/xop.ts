/** XOP: base64 content that travels as a part (spec soap-security §4.2, XOP 1.0 §3.2). */
import { EHealthError } from '../../../errors.js'
import { attribute, childElements, descendants, isElement, type XmlElement } from '../../xml/tree.js'
import { xopNamespace } from '../namespaces.js'
import type { Attachment } from '../types.js'
import { resolveAttachment } from './swa.js'

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
