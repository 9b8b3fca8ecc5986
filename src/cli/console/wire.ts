/** One direction of an exchange, taken apart as far as it goes: nothing of it was written by somebody who means well. */
import { openBody } from '../../technical/soap/response.js'
import { resolveAttachment } from '../../technical/soap/attachments/swa.js'
import { xopNamespace } from '../../technical/soap/namespaces.js'
import type { Attachment } from '../../technical/soap/types.js'
import {
  attribute,
  descendants,
  isElement,
  parseXml,
  textOf,
  type XmlElement,
} from '../../technical/xml/index.js'
import { decodeXml } from '../../technical/xml/decode.js'
import type { WireView } from './contract.js'
import { indented } from './indent.js'
import { shownCharacters, shownText, textOfContent } from './text.js'

/** A message as far as it could be read. */
export interface OpenedWire {
  readonly view: WireView
  /** The envelope; absent where it is no XML. */
  readonly root?: XmlElement
  readonly attachments: ReadonlyMap<string, Attachment>
  /** Path of the element that refers to an attachment, by its identifier. */
  readonly references: ReadonlyMap<string, string>
}

/** Parts that the page gets to see. */
const mostParts = 100

/** What came over HTTP in one direction. */
export interface WireOctets {
  readonly contentType?: string
  readonly body: Uint8Array
}

export function openWire({ contentType, body }: WireOctets): OpenedWire {
  const { envelope, charset, attachments } = partsOf(contentType, body)
  const root = parsed(envelope, charset)
  const shown = envelope.length === 0 ? undefined : shownEnvelope(envelope, charset)
  const view: WireView = {
    ...(contentType === undefined ? {} : { contentType }),
    octets: body.length,
    // what cannot be read shows exactly as it came
    ...(shown === undefined ? {} : { envelope: root === undefined ? shown.text : indented(shown.text) }),
    cut: shown?.cut ?? false,
    parts: [...attachments.values()].slice(0, mostParts).map(({ contentId, contentType, content }) => {
      const text = textOfContent(content)
      return { id: contentId, contentType, octets: content.length, ...(text === undefined ? {} : { text }) }
    }),
  }
  return {
    view,
    ...(root === undefined ? {} : { root }),
    attachments,
    references: root === undefined ? new Map() : referencesIn(root, attachments),
  }
}

/** A multipart body that cannot be split shows as it is. */
function partsOf(contentType: string | undefined, body: Uint8Array) {
  try {
    const { root, charset, attachments } = openBody(contentType, body)
    return { envelope: root, charset, attachments }
  } catch {
    return { envelope: body, charset: undefined, attachments: new Map<string, Attachment>() }
  }
}

function parsed(envelope: Uint8Array, charset: string | undefined): XmlElement | undefined {
  try {
    return parseXml(envelope, charset === undefined ? {} : { encoding: charset }).root
  } catch {
    return undefined
  }
}

/** In its own encoding where that is known, else as far as it can be read. */
function shownEnvelope(envelope: Uint8Array, charset: string | undefined) {
  try {
    return shownCharacters(decodeXml(envelope, charset))
  } catch {
    return shownText(envelope)
  }
}

function referencesIn(
  root: XmlElement,
  attachments: ReadonlyMap<string, Attachment>,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  if (attachments.size === 0) return found
  for (const element of descendants(root)) {
    const included = isElement(element, xopNamespace, 'Include')
    const reference = included ? attribute(element, 'href') : textOf(element).trim()
    if (reference === undefined || !/^<?cid:/i.test(reference)) continue
    try {
      const { contentId } = resolveAttachment(reference, attachments)
      found.set(contentId, pathOf(included ? (element.parent ?? element) : element))
    } catch {
      // refers to nothing
    }
  }
  return found
}

/** Names of the elements from the body, or the header, down to this one. */
export function pathOf(element: XmlElement): string {
  const names: string[] = []
  for (let at: XmlElement | undefined = element; at?.parent !== undefined; at = at.parent)
    names.unshift(at.local)
  return names.join('/')
}
