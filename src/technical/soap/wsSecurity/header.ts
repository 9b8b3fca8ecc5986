/** The security header of a received message, taken apart strictly (spec soap-security §2.10). */
import { EHealthError } from '../../../errors.js'
import { Certificate } from '../../pki/certificate.js'
import { base64Of, dsNamespace, readSignature, type ParsedSignature } from '../../xml/signature/index.js'
import {
  attribute,
  childElements,
  childrenNamed,
  isElement,
  textOf,
  type XmlElement,
} from '../../xml/tree.js'
import {
  base64Encoding,
  samlAssertionId,
  samlNamespace,
  wsseNamespace,
  wsuNamespace,
  x509ValueType,
} from '../namespaces.js'
import type { SecurityForm } from './forms.js'

/** The pieces of a security header. */
export interface SecurityHeader {
  timestamp: XmlElement
  signature: ParsedSignature
  /** The tokens of the form: exactly those. */
  tokens: Readonly<Partial<Record<'assertion' | 'bst', XmlElement>>>
}

/**
 * Takes a security header apart: exactly one Timestamp, one Signature, one token of each kind wanted, and nothing that is
 * not understood.
 *
 * @throws EHealthError `signature.missing`, `signature.structure`, `signature.timestamp`
 */
export function readSecurityHeader(
  security: XmlElement,
  { tokens: wanted }: Pick<SecurityForm, 'tokens'>,
): SecurityHeader {
  const found = { timestamp: [], signature: [], bst: [], assertion: [] } as Record<Piece, XmlElement[]>
  for (const child of childElements(security)) {
    const piece = pieceOf(child)
    if (piece === 'reference') continue
    if (piece === undefined) throw misshapen('an element that does not belong into a security header')
    found[piece].push(child)
  }
  for (const piece of Object.keys(found) as Piece[])
    if (found[piece].length > 1) throw misshapen(`more than one ${piece}`)
  const tokens: Partial<Record<'assertion' | 'bst', XmlElement>> = {}
  for (const kind of ['assertion', 'bst'] as const) {
    const [token] = found[kind]
    if (token === undefined) continue
    if (!wanted.includes(kind)) throw misshapen('a token of another kind than the one wanted')
    tokens[kind] = token
  }
  const [timestamp] = found.timestamp
  const [signature] = found.signature
  if (signature === undefined)
    throw new EHealthError('signature.missing', 'the security header has no signature')
  for (const kind of wanted)
    if (tokens[kind] === undefined)
      throw new EHealthError('signature.missing', `the security header has no ${kind}`)
  if (timestamp === undefined)
    throw new EHealthError('signature.timestamp', 'the security header has no timestamp')
  return { timestamp, signature: readSignature(signature), tokens }
}

type Piece = 'timestamp' | 'signature' | 'bst' | 'assertion'

function pieceOf(element: XmlElement): Piece | 'reference' | undefined {
  if (isElement(element, wsuNamespace, 'Timestamp')) return 'timestamp'
  if (isElement(element, dsNamespace, 'Signature')) return 'signature'
  if (isElement(element, wsseNamespace, 'BinarySecurityToken')) return 'bst'
  if (isElement(element, samlNamespace, 'Assertion')) return 'assertion'
  // some stacks put the reference that their STR-Transform follows beside the token
  return isElement(element, wsseNamespace, 'SecurityTokenReference') ? 'reference' : undefined
}

/**
 * The certificate in a BinarySecurityToken.
 *
 * @throws EHealthError `signature.structure`, `certificate.malformed`
 */
export function certificateOf(bst: XmlElement): Certificate {
  const encoding = attribute(bst, 'EncodingType') ?? base64Encoding
  if (encoding !== base64Encoding || attribute(bst, 'ValueType') !== x509ValueType)
    throw misshapen('a BinarySecurityToken of an unknown type')
  return Certificate.fromDer(base64Of(bst))
}

/**
 * The token that a SecurityTokenReference names: a BinarySecurityToken by fragment, an assertion by its identifier.
 * Keys and certificates that stand in the reference itself are never looked at.
 *
 * @throws EHealthError `signature.structure` for any other form, or when there is no such token
 */
export function tokenReferredTo(reference: XmlElement, ids: ReadonlyMap<string, XmlElement>): XmlElement {
  const [child, ...others] = childElements(reference)
  if (!isElement(reference, wsseNamespace, 'SecurityTokenReference') || others.length > 0)
    throw misshapen('not exactly one way to the token')
  const target = isElement(child, wsseNamespace, 'Reference')
    ? byFragment(child, ids)
    : isElement(child, wsseNamespace, 'KeyIdentifier')
      ? byAssertionId(child, ids)
      : undefined
  if (target === undefined) throw misshapen('the reference leads to no token')
  return target
}

function byFragment(reference: XmlElement, ids: ReadonlyMap<string, XmlElement>): XmlElement | undefined {
  const uri = attribute(reference, 'URI') ?? ''
  const type = attribute(reference, 'ValueType') ?? x509ValueType
  if (!reference.attributes.every(({ local }) => local === 'URI' || local === 'ValueType')) return undefined
  const target = uri.startsWith('#') && type === x509ValueType ? ids.get(uri.slice(1)) : undefined
  return isElement(target, wsseNamespace, 'BinarySecurityToken') ? target : undefined
}

function byAssertionId(identifier: XmlElement, ids: ReadonlyMap<string, XmlElement>): XmlElement | undefined {
  if (attribute(identifier, 'ValueType') !== samlAssertionId || childElements(identifier).length > 0)
    return undefined
  const id = textOf(identifier).trim()
  const target = ids.get(id)
  return isElement(target, samlNamespace, 'Assertion') && attribute(target, 'AssertionID') === id
    ? target
    : undefined
}

/**
 * The SecurityTokenReference of a signature's KeyInfo, which must hold nothing else.
 *
 * @throws EHealthError `signature.structure`
 */
export function keyReference({ keyInfo }: ParsedSignature): XmlElement {
  const children = keyInfo === undefined ? [] : childElements(keyInfo)
  const [reference] =
    keyInfo === undefined ? [] : childrenNamed(keyInfo, wsseNamespace, 'SecurityTokenReference')
  if (reference === undefined || children.length !== 1)
    throw misshapen('KeyInfo does not hold exactly one SecurityTokenReference')
  return reference
}

function misshapen(problem: string): EHealthError {
  return new EHealthError('signature.structure', `security header: ${problem}`)
}
