/** Signatures made to measure, the odd and forged ones included: every part as the test says it. */
import { createHash } from 'node:crypto'

import { canonicalize } from '../../../src/technical/xml/canonicalize.js'
import { parseXml } from '../../../src/technical/xml/parse.js'
import { descendants, type XmlElement } from '../../../src/technical/xml/tree.js'
import { credential } from './vectors.js'

export const ds = 'http://www.w3.org/2000/09/xmldsig#'
export const xades = 'http://uri.etsi.org/01903/v1.3.2#'
export const excC14n = 'http://www.w3.org/2001/10/xml-exc-c14n#'
export const base64Uri = `${ds}base64`
export const signedPropertiesType = 'http://uri.etsi.org/01903#SignedProperties'

export const sha256 = (data: string | Uint8Array): string =>
  createHash('sha256').update(data).digest('base64')

export interface CraftedReference {
  /** Whole attribute value. */
  uri: string
  type?: string
  /** Markup; exclusive canonicalisation by default. */
  transforms?: string
  /** By default that of the element with the identifier, in the document or in the objects. */
  digest?: string
  digestMethod?: string
}

export interface Crafted {
  references: CraftedReference[]
  /** Markup behind KeyInfo. */
  objects?: string
  id?: string
  keyInfo?: string
  signatureMethod?: string
  /** Markup of the document to look elements up in. */
  document?: string
}

const algorithm = (name: string, uri: string): string => `<ds:${name} Algorithm="${uri}"></ds:${name}>`
export const transform = (uri: string): string => algorithm('Transform', uri)

/** Signs whatever it is told to. */
export async function craft(options: Crafted): Promise<string> {
  const { references, objects = '', id = 'sig', document = '<x/>' } = options
  const signer = credential('signer-rsa')
  const chain = [signer.certificate, ...signer.chain]
  const certificates = chain.map(
    ({ der }) => `<ds:X509Certificate>${Buffer.from(der).toString('base64')}</ds:X509Certificate>`,
  )
  const keyInfo = options.keyInfo ?? `<ds:X509Data>${certificates.join('')}</ds:X509Data>`
  const inObjects = parseXml(`<ds:Signature xmlns:ds="${ds}">${objects}</ds:Signature>`).root
  const roots = [inObjects, parseXml(document).root]
  const digestOf = (uri: string): string => sha256(canonicalize(elementNamed(uri.slice(1), roots)))
  const written = references.map(
    ({ uri, type, transforms = transform(excC14n), digest, digestMethod }) =>
      `<ds:Reference${type === undefined ? '' : ` Type="${type}"`} URI="${uri}">` +
      (transforms === '' ? '' : `<ds:Transforms>${transforms}</ds:Transforms>`) +
      algorithm('DigestMethod', digestMethod ?? 'http://www.w3.org/2001/04/xmlenc#sha256') +
      `<ds:DigestValue>${digest ?? digestOf(uri)}</ds:DigestValue></ds:Reference>`,
  )
  const info =
    algorithm('CanonicalizationMethod', excC14n) +
    algorithm(
      'SignatureMethod',
      options.signatureMethod ?? 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    ) +
    written.join('')
  const value = await signer.sign(
    'rsa-sha256',
    Buffer.from(`<ds:SignedInfo xmlns:ds="${ds}">${info}</ds:SignedInfo>`),
  )
  return (
    `<ds:Signature xmlns:ds="${ds}" Id="${id}"><ds:SignedInfo>${info}</ds:SignedInfo>` +
    `<ds:SignatureValue>${Buffer.from(value).toString('base64')}</ds:SignatureValue>` +
    `<ds:KeyInfo>${keyInfo}</ds:KeyInfo>${objects}</ds:Signature>`
  )
}

function elementNamed(id: string, roots: readonly XmlElement[]): XmlElement {
  for (const root of roots)
    for (const element of descendants(root))
      if (element.attributes.some(({ local, value }) => local.toLowerCase() === 'id' && value === id))
        return element
  throw new Error(`no element ${id}`)
}

export interface CraftedProperties {
  times?: readonly string[]
  /** Markup of SigningCertificate and the like. */
  certificates?: string
  target?: string
  id?: string
  unsigned?: string
}

/** SigningCertificate about the signer, or parts of it as said. */
export function signingCertificate({
  local = 'SigningCertificate',
  digest,
  issuer,
  serial,
}: Partial<Record<'local' | 'digest' | 'issuer' | 'serial', string>> = {}): string {
  const { certificate } = credential('signer-rsa')
  return (
    `<${local}><Cert><CertDigest>${algorithm('DigestMethod', 'http://www.w3.org/2001/04/xmlenc#sha256')}` +
    `<ds:DigestValue>${digest ?? sha256(certificate.der)}</ds:DigestValue></CertDigest>` +
    (local.endsWith('V2')
      ? ''
      : `<IssuerSerial><ds:X509IssuerName>${issuer ?? certificate.issuer.toRfc2253()}</ds:X509IssuerName>` +
        `<ds:X509SerialNumber>${serial ?? certificate.serialNumber}</ds:X509SerialNumber></IssuerSerial>`) +
    `</Cert></${local}>`
  )
}

/** Qualifying properties in their object. */
export function properties(options: CraftedProperties = {}): string {
  const { times = ['2026-06-15T10:00:00Z'], target = '#sig', id = 'props', unsigned = '' } = options
  const { certificates = signingCertificate() } = options
  return (
    `<ds:Object><QualifyingProperties xmlns="${xades}" Target="${target}"><SignedProperties Id="${id}">` +
    `<SignedSignatureProperties>${times.map((time) => `<SigningTime>${time}</SigningTime>`).join('')}` +
    `${certificates}</SignedSignatureProperties></SignedProperties>${unsigned}</QualifyingProperties></ds:Object>`
  )
}
