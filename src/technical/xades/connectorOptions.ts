/** The official connector's options and rules, for whoever comes from there (spec xml-signature §2, §5). */
import { EHealthError } from '../../errors.js'
import { digestByUri, signatureByUri, type XmlDigest } from './algorithms.js'
import { transformUris, type XmlCanonicalization, type XmlTransform } from './names.js'
import type { SignXmlOptions } from './signOptions.js'
import { transformNamed } from './transforms.js'

/** Keys of the official connector's option map, as far as they say what is signed; others are ignored there, too. */
export interface ConnectorSignatureOptions {
  baseURI?: string
  transformerList?: readonly string[]
  digestURI?: string
  signatureMethodURI?: string
  canonicalizationMethodURI?: string
  encapsulate?: boolean
  'encapsulate-xpath'?: string
  'encapsulate-transformer'?: (signature: string) => string
  SignatureTimeStampCanonicalizationMethodURI?: string
  SignatureTimestampAlgorithmURI?: string
}

/** What {@link connectorOptions} says. */
export type ConnectorSignOptions = Pick<
  SignXmlOptions,
  'id' | 'transforms' | 'digest' | 'signatureDigest' | 'canonicalization' | 'place' | 'wrap'
> & {
  /** How the time stamp is made; the authority is yours to add. */
  stamp: { digest: XmlDigest; canonicalization: XmlCanonicalization }
}

/**
 * The official connector's options in our words. Its list of transforms is not changed; an enveloped transform in it
 * means a signature inside of the document, as there.
 *
 * @throws EHealthError `xml-signature.options` for a missing `baseURI` (which never works there), or an unknown identifier
 *
 * @example
 * ```ts
 * import { connectorOptions, signXml } from 'ehealth-connectors/xml-signature'
 *
 * const { stamp, ...options } = connectorOptions({
 *   baseURI: '_b1',
 *   transformerList: ['http://www.w3.org/2000/09/xmldsig#base64'],
 * })
 * const { xml } = await signXml('<Blob Id="_b1">AAEC</Blob>', { ...options, credential })
 * ```
 */
export function connectorOptions(options: ConnectorSignatureOptions): ConnectorSignOptions {
  const { baseURI = '', transformerList = [], encapsulate = false } = options
  const xpath = options['encapsulate-xpath']
  const wrap = options['encapsulate-transformer']
  if (baseURI === '') throw refuse('baseURI', 'expected the identifier of the element to sign')
  const transforms = transformerList.map((uri, index) => {
    try {
      return transformNamed(uri)
    } catch (cause) {
      throw refuse(`transformerList[${index}]`, 'there is no such transform', cause)
    }
  })
  const inside = encapsulate || transforms.includes('enveloped')
  return {
    id: baseURI,
    transforms,
    digest: digestIn(options, 'digestURI'),
    signatureDigest: signatureDigestIn(options),
    canonicalization: canonicalizationIn(options, 'canonicalizationMethodURI'),
    place: !inside ? 'detached' : xpath === undefined ? 'enveloped' : { before: xpath },
    ...(wrap === undefined || !inside ? {} : { wrap }),
    stamp: {
      digest: digestIn(options, 'SignatureTimestampAlgorithmURI'),
      canonicalization: canonicalizationIn(options, 'SignatureTimeStampCanonicalizationMethodURI'),
    },
  }
}

function digestIn(
  options: ConnectorSignatureOptions,
  key: 'digestURI' | 'SignatureTimestampAlgorithmURI',
): XmlDigest {
  const uri = options[key]
  const name = uri === undefined ? 'sha256' : digestByUri(uri)
  if (name === undefined || name === 'sha1') throw refuse(key, 'the digest is not written')
  return name
}

/** The kind of the key follows the credential, whatever the identifier says (spec xml-signature, trap 24). */
function signatureDigestIn({ signatureMethodURI: uri }: ConnectorSignatureOptions): XmlDigest {
  const scheme = uri === undefined ? { digest: 'sha256' as const } : signatureByUri(uri)
  if (scheme === undefined || scheme.digest === 'sha1' || ('pss' in scheme && scheme.pss === true))
    throw refuse('signatureMethodURI', 'the algorithm is not written')
  return scheme.digest
}

function canonicalizationIn(
  options: ConnectorSignatureOptions,
  key: 'canonicalizationMethodURI' | 'SignatureTimeStampCanonicalizationMethodURI',
): XmlCanonicalization {
  const uri = options[key]
  if (uri === undefined || uri === transformUris['exc-c14n']) return 'exc-c14n'
  if (uri !== transformUris.c14n) throw refuse(key, 'the canonicalisation is not written')
  return 'c14n'
}

/** What a blob says of its content. */
export interface BlobKind {
  /** `ContentType` of the blob. */
  contentType?: string
  /** `ContentEncoding` of the blob. */
  contentEncoding?: string
  /** Generation of the MyCareNet commons; `v3`. With `v2` the content type plays no part. */
  commons?: 'v2' | 'v3'
}

/**
 * The transforms of a signature over a MyCareNet blob: base64, inflated where the encoding is `deflate`, canonicalised
 * where the content is `text/xml`. Both are compared exactly, as the official connector does (spec xml-signature §5,
 * traps 9 and 10).
 *
 * @example
 * ```ts
 * import { blobTransforms } from 'ehealth-connectors/xml-signature'
 *
 * blobTransforms({ contentType: 'text/xml', contentEncoding: 'deflate' }) // base64, optional-deflate, exc-c14n
 * ```
 */
export function blobTransforms({ contentType, contentEncoding, commons = 'v3' }: BlobKind): XmlTransform[] {
  return [
    'base64',
    ...(contentEncoding === 'deflate' ? (['optional-deflate'] as const) : []),
    ...(contentType === 'text/xml' && commons === 'v3' ? (['exc-c14n'] as const) : []),
  ]
}

function refuse(path: string, problem: string, cause?: unknown): EHealthError {
  return new EHealthError('xml-signature.options', `${path}: ${problem}`, {
    path,
    ...(cause === undefined ? {} : { cause }),
  })
}
