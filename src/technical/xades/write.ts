/** Markup of a signature, in two layouts. */
import { escapeAttribute, escapeText } from '../xml/escape.js'

/**
 * How a signature is written. `compact`: canonical, without white space, base64 on one line. `connector`: as the official
 * connector writes it, line feeds and carriage returns included (spec xml-signature §3.4), for byte comparison.
 */
export type XmlSignatureLayout = 'compact' | 'connector'

/** Writes the elements of a signature. */
export interface SignatureWriter {
  /** An element with its children. */
  parent(name: string, attributes: Attributes, children: readonly string[]): string
  /** An element with text that is escaped here. */
  text(name: string, attributes: Attributes, text: string): string
  /** An element with long base64 content. */
  octets(name: string, attributes: Attributes, octets: Uint8Array): string
  /** An element with a digest in base64. */
  digest(name: string, octets: Uint8Array): string
  /** An element without content. */
  empty(name: string, attributes: Attributes): string
  /** Elements of XAdES: no white space in either layout. */
  tight: Pick<SignatureWriter, 'parent' | 'text' | 'empty'>
}

/** In the order in which they are written. */
export type Attributes = Readonly<Record<string, string | undefined>>

function start(name: string, attributes: Attributes): string {
  let result = `<${name}`
  for (const [key, value] of Object.entries(attributes))
    if (value !== undefined) result += ` ${key}="${escapeAttribute(value)}"`
  return result
}

const text = (name: string, attributes: Attributes, content: string): string =>
  `${start(name, attributes)}>${escapeText(content)}</${name}>`

const base64 = (octets: Uint8Array): string => Buffer.from(octets).toString('base64')

const lineLength = 76

const inLines = (content: string): string => (content.match(/.{1,76}/g) ?? []).join('&#13;\n')

/** A writer of this layout. */
export function signatureWriter(layout: XmlSignatureLayout): SignatureWriter {
  const loose = layout === 'connector'
  const between = loose ? '\n' : ''
  const empty = (name: string, attributes: Attributes): string =>
    loose ? `${start(name, attributes)}/>` : `${start(name, attributes)}></${name}>`
  return {
    parent: (name, attributes, children) =>
      `${start(name, attributes)}>${between}${children.map((child) => child + between).join('')}</${name}>`,
    text,
    empty,
    octets: (name, attributes, octets) => {
      const content = base64(octets)
      const around = loose && content.length > lineLength ? '\n' : ''
      return `${start(name, attributes)}>${around}${loose ? inLines(content) : content}${around}</${name}>`
    },
    digest: (name, octets) => `<${name}>${loose ? inLines(base64(octets)) : base64(octets)}</${name}>`,
    tight: {
      parent: (name, attributes, children) => `${start(name, attributes)}>${children.join('')}</${name}>`,
      text,
      empty,
    },
  }
}
