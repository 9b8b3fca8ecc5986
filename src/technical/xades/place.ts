/** Where a signature stands (spec xml-signature §3.1 step 7). The text around it stays as it was given. */
import { EHealthError } from '../../errors.js'
import type { XmlDocument } from '../xml/parse.js'
import { childElements, type XmlElement } from '../xml/tree.js'
import { encryptedNamespace } from './names.js'
import { selectElements } from './selectElements.js'

/**
 * `detached`: the signature is a document of its own. `enveloped`: it becomes the last child of the root. `before`: it
 * stands before a child of the root, which a path (`/r/b`, `/r/*[local-name()='b']`) or a function chooses.
 */
export type SignaturePlace =
  'detached' | 'enveloped' | { before: string | ((element: XmlElement) => boolean) }

/** What a signature that is a document of its own begins with. */
export const xmlDeclaration = '<?xml version="1.0" encoding="UTF-8"?>'

/**
 * Puts a signature, or what it was wrapped in, into its place.
 *
 * @throws EHealthError `xml-signature.options` when the place does not exist, or exists more than once
 */
export function placement(document: XmlDocument, place: SignaturePlace): (signature: string) => string {
  if (place === 'detached') return (signature) => xmlDeclaration + signature
  const { root } = document
  const source = inUtf8(document)
  const shift = source.length - document.source.length
  if (place === 'enveloped') {
    const end = source.lastIndexOf('</', root.end + shift)
    if (end > root.start + shift && source[root.end + shift - 2] !== '/')
      return (signature) => source.slice(0, end) + signature + source.slice(end)
    // an element without end tag gets one
    const slash = root.end + shift - 2
    const name = root.prefix === '' ? root.local : `${root.prefix}:${root.local}`
    return (signature) => `${source.slice(0, slash)}>${signature}</${name}>${source.slice(root.end + shift)}`
  }
  const chosen = before(root, place.before)
  const at = chosen.start + shift
  return (signature) => source.slice(0, at) + signature + source.slice(at)
}

function before(root: XmlElement, choose: string | ((element: XmlElement) => boolean)): XmlElement {
  const found = typeof choose === 'string' ? selectElements(root, choose) : childElements(root).filter(choose)
  const [element, ...others] = found
  if (element === undefined || others.length > 0)
    throw misplaced(element === undefined ? 'chooses no element' : 'chooses more than one element')
  if (element.parent !== root) throw misplaced('chooses an element that is no child of the root')
  return element
}

/** The document as it goes out: in UTF-8, whatever it came in, and its declaration says so. */
function inUtf8({ source }: XmlDocument): string {
  const text = source.startsWith('\ufeff') ? source.slice(1) : source
  return text.replace(
    /^(<\?xml[^>]*?\sencoding[ \t\r\n]*=[ \t\r\n]*)(?:"(?!utf-8")[^"]*"|'(?!utf-8')[^']*')/i,
    '$1"UTF-8"',
  )
}

/**
 * What goes around the signature of an `EncryptedKnownContent`: its base64 in the element `Xades` (spec xml-signature §5).
 *
 * @param signature The ds:Signature.
 */
export const wrapInXades = (signature: string): string =>
  `<Xades xmlns="${encryptedNamespace}">${Buffer.from(xmlDeclaration + signature).toString('base64')}</Xades>`

const misplaced = (problem: string): EHealthError =>
  new EHealthError('xml-signature.options', `the place of the signature ${problem}`, {
    path: 'place.before',
  })
