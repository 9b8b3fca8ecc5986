/** The shape of a ds:Signature, read strictly (XML Signature 1.1 §4). Nothing is computed here. */
import { EHealthError } from '../../../errors.js'
import { attribute, childElements, isElement, textOf, type XmlElement } from '../tree.js'
import { dsNamespace } from './algorithms.js'

/** A ds:Transform or ds:CanonicalizationMethod. */
export interface ParsedTransform {
  algorithm: string
  /** PrefixList of ec:InclusiveNamespaces, as it stands there. */
  inclusivePrefixes: string[]
  /** Children other than ec:InclusiveNamespaces. */
  parameters: XmlElement[]
  element: XmlElement
}

/** A ds:Reference. */
export interface ParsedReference {
  uri: string
  /** `Type`, a hint that proves nothing. */
  type: string | undefined
  transforms: ParsedTransform[]
  digestMethod: string
  digestValue: Uint8Array
  element: XmlElement
}

/** A ds:Signature. */
export interface ParsedSignature {
  element: XmlElement
  signedInfo: XmlElement
  canonicalization: ParsedTransform
  signatureMethod: string
  references: ParsedReference[]
  value: Uint8Array
  /** The element SignatureValue, which time stamps cover. */
  valueElement: XmlElement
  keyInfo: XmlElement | undefined
  objects: XmlElement[]
}

/** Namespace of ec:InclusiveNamespaces. */
export const ecNamespace = 'http://www.w3.org/2001/10/xml-exc-c14n#'

const maxReferences = 30
const maxTransforms = 5
const maxPrefixes = 100

/**
 * Reads a ds:Signature. Order and number of the parts are those of the schema, base64 must be flawless (white space
 * aside), at most 30 references with 5 transforms each and 100 prefixes in a list.
 *
 * @throws EHealthError `signature.structure`
 */
export function readSignature(element: XmlElement): ParsedSignature {
  if (!isElement(element, dsNamespace, 'Signature')) throw misshapen('not a ds:Signature')
  const parts = partsOf(element)
  const signedInfo = parts.take('SignedInfo')
  const valueElement = parts.take('SignatureValue')
  const keyInfo = parts.takeOptional('KeyInfo')
  const objects = parts.takeAll('Object')
  parts.end()

  const info = partsOf(signedInfo)
  const canonicalization = readTransform(info.take('CanonicalizationMethod'))
  const signatureMethod = algorithmOf(info.take('SignatureMethod'))
  const references = info.takeAll('Reference')
  info.end()
  if (references.length === 0 || references.length > maxReferences) throw misshapen('number of references')

  return {
    element,
    signedInfo,
    canonicalization,
    signatureMethod,
    references: references.map(readReference),
    value: base64Of(valueElement),
    valueElement,
    keyInfo,
    objects,
  }
}

/**
 * The octets of an element with base64 content; white space is allowed anywhere in it.
 *
 * @throws EHealthError `signature.structure`
 */
export function base64Of(element: XmlElement): Uint8Array {
  if (childElements(element).length > 0) throw misshapen(`element in ${element.local}`)
  const text = textOf(element).replace(/[ \t\r\n]+/g, '')
  const bytes = Buffer.from(text, 'base64')
  if (text === '' || bytes.toString('base64') !== text) throw misshapen(`${element.local} is not base64`)
  return bytes
}

/** A ds:Reference, of SignedInfo or of a manifest. @throws EHealthError `signature.structure`, `signature.algorithm` */
export function readReference(element: XmlElement): ParsedReference {
  const uri = attribute(element, 'URI')
  if (uri === undefined) throw misshapen('reference without URI')
  const parts = partsOf(element)
  const list = parts.takeOptional('Transforms')
  const digestMethod = algorithmOf(parts.take('DigestMethod'))
  const digestValue = base64Of(parts.take('DigestValue'))
  parts.end()
  const inList = list === undefined ? undefined : partsOf(list)
  const transforms = inList?.takeAll('Transform') ?? []
  inList?.end()
  if (list !== undefined && transforms.length === 0) throw misshapen('empty Transforms')
  if (transforms.length > maxTransforms) throw misshapen('number of transforms')
  return {
    uri,
    type: attribute(element, 'Type'),
    transforms: transforms.map(readTransform),
    digestMethod,
    digestValue,
    element,
  }
}

function readTransform(element: XmlElement): ParsedTransform {
  const algorithm = attribute(element, 'Algorithm')
  if (algorithm === undefined) throw misshapen(`${element.local} without Algorithm`)
  const children = childElements(element)
  const isList = (child: XmlElement): boolean => isElement(child, ecNamespace, 'InclusiveNamespaces')
  const lists = children.filter(isList)
  const parameters = children.filter((child) => !isList(child))
  if (lists.length > 1) throw misshapen('two prefix lists')
  const inclusivePrefixes = lists[0] === undefined ? [] : prefixList(lists[0])
  return { algorithm, inclusivePrefixes, parameters, element }
}

/**
 * PrefixList of an ec:InclusiveNamespaces. Every prefix is looked for at every element, so there are at most 100.
 *
 * @throws EHealthError `signature.structure`
 */
export function prefixList(element: XmlElement): string[] {
  const prefixes = (attribute(element, 'PrefixList') ?? '').split(/[ \t\r\n]+/).filter((text) => text !== '')
  if (prefixes.length > maxPrefixes) throw misshapen('number of prefixes')
  return prefixes
}

/** SignatureMethod and DigestMethod of the table take no parameters (HMACOutputLength is one). */
function algorithmOf(element: XmlElement): string {
  const algorithm = attribute(element, 'Algorithm')
  if (algorithm === undefined) throw misshapen(`${element.local} without Algorithm`)
  if (childElements(element).length > 0)
    throw new EHealthError('signature.algorithm', 'algorithm with parameters')
  return algorithm
}

/** The children of an element of the ds namespace, taken one after the other. */
function partsOf(parent: XmlElement) {
  if (/[^ \t\r\n]/.test(textOf(parent))) throw misshapen(`text in ${parent.local}`)
  const children = childElements(parent)
  let next = 0
  const takeOptional = (local: string): XmlElement | undefined => {
    const child = children[next]
    if (!isElement(child, dsNamespace, local)) return undefined
    next++
    return child
  }
  return {
    takeOptional,
    take(local: string): XmlElement {
      const child = takeOptional(local)
      if (child === undefined) throw misshapen(`${parent.local} without ${local} in its place`)
      return child
    },
    takeAll(local: string): XmlElement[] {
      const result: XmlElement[] = []
      for (let child = takeOptional(local); child !== undefined; child = takeOptional(local))
        result.push(child)
      return result
    },
    end(): void {
      if (next < children.length) throw misshapen(`unexpected element in ${parent.local}`)
    },
  }
}

function misshapen(what: string): EHealthError {
  return new EHealthError('signature.structure', `misshapen signature: ${what}`)
}
