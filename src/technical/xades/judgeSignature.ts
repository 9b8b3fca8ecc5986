/** Judges one signature of documents that were parsed (spec xml-signature §7). */
import type { Certificate } from '../pki/certificate.js'
import { EHealthError } from '../../errors.js'
import { canonicalize } from '../xml/canonicalize.js'
import { canonicalizeInclusive } from '../xml/canonicalizeInclusive.js'
import { encodeUtf8 } from '../xml/encode.js'
import { readSignature, type ParsedSignature } from '../xml/signature/index.js'
import { attribute, type XmlElement } from '../xml/tree.js'
import type { IdIndex } from './documents.js'
import { finding, findingOf, findings, type XmlSignatureFinding } from './findings.js'
import { judgeClaims } from './judgeClaims.js'
import { judgeSigner, type JudgedSigner } from './judgeSigner.js'
import { judgeTimestamps } from './judgeTimestamps.js'
import { readProperties, type XadesProperties } from './properties.js'
import { judgeReferences, transformOf, type CoveredContent, type JudgedReferences } from './references.js'
import { certificatesIn, findSigner, type FoundSigner } from './signer.js'
import type { FoundLevel, VerifyXmlOptions } from './verifyOptions.js'

/** What is known of one signature. */
export interface JudgedXmlSignature {
  /** No errors. */
  valid: boolean
  /** The value and every digest verify; whoever signed, what is in `covers` is what was signed. */
  intact: boolean
  errors: XmlSignatureFinding[]
  warnings: XmlSignatureFinding[]
  /** `Id` of the signature. */
  id?: string
  /** What it turned out to be. */
  level: FoundLevel
  /** Trusted or not, see the errors. */
  signer?: Certificate
  /** Leaf first, anchor last; absent when there is none. */
  path?: readonly Certificate[]
  /** Claimed in the signed properties. */
  signingTime?: Date
  /** Times of the trusted time stamps, earliest first. */
  timestamps: readonly Date[]
  /** Instant at which the certificates were judged: of the earliest trusted time stamp, else the present one. */
  judgedAt: Date
  revocation?: JudgedSigner['revocation']
  /** What the signature covers, its own properties aside. */
  covers: readonly CoveredContent[]
  element: XmlElement
}

/** Documents that references may lead to. */
export interface SignatureSurroundings {
  ids: IdIndex
  /** Root of the document that is signed. */
  root: XmlElement
}

const order: Record<FoundLevel, number> = { xmldsig: 0, xades: 1, 'xades-t': 2, 'xades-c': 3 }
const fiveMinutes = 5 * 60 * 1000

/** Judges one signature. Never throws for what a document says. */
export async function judgeSignature(
  element: XmlElement,
  { ids, root }: SignatureSurroundings,
  options: VerifyXmlOptions,
  now: Date,
): Promise<JudgedXmlSignature> {
  const { allowSha1 = false, level: wanted = 'xades', manifests = 'follow', inflate = {} } = options
  const { trust, timestampAuthorities = trust, expiredSigner = 'refuse', clockSkew = fiveMinutes } = options
  const errors = findings()
  const warnings = findings()
  const id = attribute(element, 'Id')
  const base = { ...(id === undefined ? {} : { id }), element }
  const failed = (error: unknown): JudgedXmlSignature => {
    errors.add(findingOf(error))
    return {
      ...base,
      valid: false,
      intact: false,
      errors: errors.list,
      warnings: [],
      level: 'xmldsig',
      timestamps: [],
      judgedAt: now,
      covers: [],
    }
  }
  let signature: ParsedSignature
  let properties: XadesProperties | undefined
  let embedded: Certificate[]
  try {
    signature = readSignature(element)
    properties = readProperties(signature)
    embedded = certificatesIn(signature)
  } catch (error) {
    return failed(error)
  }

  const known = [...embedded, ...(options.certificates ?? [])]
  const named = properties?.signingCertificates.flat().find((cert) => cert !== undefined)
  let found: FoundSigner
  let references: JudgedReferences
  try {
    const candidates = embedded.length === 0 ? [...known, ...trust] : known
    found = findSigner(signature, canonicalSignedInfo(signature), candidates, named, allowSha1)
    references = judgeReferences({ signature, ids, root, allowSha1, inflate, manifests })
  } catch (error) {
    return failed(error)
  }
  const { certificate: signer, verified } = found
  if (signer === undefined)
    errors.add(finding('xml-signature.signer', 'the signature comes without a certificate of its signer'))
  if (!verified)
    errors.add(
      finding('xml-signature.invalid', 'the signature value does not verify with a certificate at hand'),
    )
  errors.add(...references.errors)
  warnings.add(...references.warnings)
  const intact = errors.list.length === 0
  if (references.covers.length === 0 && references.errors.length === 0)
    errors.add(finding('xml-signature.coverage', 'the signature covers nothing but its own properties'))

  const level = levelOf(properties)
  const stamps = await judgeTimestamps(signature, properties?.timestamps ?? [], {
    anchors: timestampAuthorities,
    certificates: [...(options.certificates ?? []), ...trust],
    now,
    clockSkew,
    allowSha1,
  })
  errors.add(...stamps.errors)
  const claims = judgeClaims({
    properties,
    references,
    id,
    signer,
    wanted,
    allowSha1,
    now,
    clockSkew,
    stamps: stamps.times,
  })
  errors.add(...claims.errors)
  warnings.add(...claims.warnings)
  if (order[wanted] >= order['xades-t'] && (properties?.timestamps.length ?? 0) === 0)
    errors.add(finding('xml-signature.timestamp-missing', 'the signature has no time stamp'))
  if (wanted === 'xades-c' && level !== 'xades-c')
    errors.add(
      finding(
        'xml-signature.properties',
        'the signature has no references to certificates and revocation data',
        'XADES_ENCAPSULATED_OCSP_NOT_FOUND',
      ),
    )

  // a time stamp proves nothing about a signature that is not the one it is on
  const stamped = intact ? stamps.times[0] : undefined
  let trusted: JudgedSigner | undefined
  if (signer !== undefined) {
    trusted = await judgeSigner(signer, {
      now,
      claimed: claims.signingTime,
      stamped,
      intermediates: known,
      anchors: trust,
      revocation: options.revocation,
      ocspValues: properties?.ocspValues ?? [],
      expiredSigner,
    })
    errors.add(...trusted.errors)
    warnings.add(...trusted.warnings)
  }
  return {
    ...base,
    valid: errors.list.length === 0,
    intact,
    errors: errors.list,
    warnings: warnings.list,
    level,
    ...(signer === undefined ? {} : { signer }),
    ...(trusted?.path === undefined ? {} : { path: trusted.path }),
    ...(claims.signingTime === undefined ? {} : { signingTime: claims.signingTime }),
    timestamps: stamps.times,
    judgedAt: stamped ?? now,
    ...(trusted?.revocation === undefined ? {} : { revocation: trusted.revocation }),
    covers: verified ? references.covers : [],
  }
}

function levelOf(properties: XadesProperties | undefined): FoundLevel {
  if (properties?.signed === undefined) return 'xmldsig'
  if (properties.timestamps.length === 0) return 'xades'
  return properties.hasCompleteReferences ? 'xades-c' : 'xades-t'
}

/** @throws EHealthError `xml-signature.algorithm` */
function canonicalSignedInfo({ signedInfo, canonicalization }: ParsedSignature): Uint8Array {
  const { name, inclusivePrefixes } = transformOf(canonicalization)
  if (name === 'exc-c14n') return encodeUtf8(canonicalize(signedInfo, { inclusivePrefixes }))
  if (name === 'c14n') return encodeUtf8(canonicalizeInclusive(signedInfo))
  throw new EHealthError('xml-signature.algorithm', 'the canonicalisation is not accepted')
}
