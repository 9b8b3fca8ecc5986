/** What is to be signed and how, checked at the door. */
import { EHealthError } from '../../errors.js'
import type { Runtime } from '../environment/runtime.js'
import type { Credential } from '../keystore/credential.js'
import type { XmlDigest } from './algorithms.js'
import type { XmlInput } from './documents.js'
import type { XmlCanonicalization, XmlTransform } from './names.js'
import type { SignaturePlace } from './place.js'
import type { SignatureTimestampOptions } from './timestamp.js'
import { transformNamed } from './transforms.js'
import type { XmlSignatureLayout } from './write.js'

/** What a signature says besides that content was signed: nothing; when and by whom; and that an authority saw it then. */
export type XmlSignatureLevel = 'xmldsig' | 'xades' | 'xades-t'

/** Something that a manifest names. */
export interface ManifestItem {
  /** Identifier of the element. */
  id: string
  /** Transforms by name or identifier; exclusive canonicalisation by default. */
  transforms?: readonly (XmlTransform | (string & {}))[]
  /** The document with the element; that of the signature by default. */
  document?: XmlInput
}

/** Options of {@link signXml}. */
export interface SignXmlOptions {
  /** Whose signature it is; any kind of credential will do. */
  credential: Credential
  /** Identifier of the element that is signed, without `#`. Needed unless there is a manifest. */
  id?: string
  /** `xades` by default. */
  level?: XmlSignatureLevel
  /**
   * Transforms by name or identifier, in order; exclusive canonicalisation by default. A signature inside of its document
   * gets `enveloped` as its first one if it is not there.
   */
  transforms?: readonly (XmlTransform | (string & {}))[]
  /** `detached` by default. */
  place?: SignaturePlace
  /** What to put into the document instead of the signature itself; see {@link wrapInXades}. */
  wrap?: (signature: string) => string
  /** Digest of the references; SHA-256. */
  digest?: XmlDigest
  /** Digest under the signature value; SHA-256. */
  signatureDigest?: XmlDigest
  /** Canonicalisation of SignedInfo; `exc-c14n`. */
  canonicalization?: XmlCanonicalization
  /** Elements to be named by a manifest inside the signature, as the platform's answers have it. */
  manifest?: readonly ManifestItem[]
  /** Certificates in KeyInfo: the signer's with its chain, or alone; `chain`. */
  keyInfo?: 'chain' | 'certificate'
  /** For `xades-t`. */
  timestamp?: SignatureTimestampOptions
  layout?: XmlSignatureLayout
  /** Time of signing and identifiers; the machine's own by default. */
  runtime?: Pick<Runtime, 'now' | 'uuid'>
  /** Ends waiting for the time stamp. */
  signal?: AbortSignal
}

const levels = ['xmldsig', 'xades', 'xades-t']
const names = [
  'credential',
  'id',
  'level',
  'transforms',
  'place',
  'wrap',
  'digest',
  'signatureDigest',
  'canonicalization',
  'manifest',
  'keyInfo',
  'timestamp',
  'layout',
  'runtime',
  'signal',
]

/** @throws EHealthError `xml-signature.options` */
export function checkSignOptions(options: SignXmlOptions): void {
  const unknown = Object.keys(options).find((name) => !names.includes(name))
  if (unknown !== undefined) throw refuse(unknown, 'there is no such option')
  const { id, manifest, level = 'xades', place = 'detached', timestamp, wrap } = options
  if (!levels.includes(level)) throw refuse('level', `expected ${levels.join(', ')}`)
  if (id === undefined && (manifest === undefined || manifest.length === 0))
    throw refuse('id', 'nothing is to be signed: expected the identifier of an element')
  if (id !== undefined) checkId(id, 'id')
  manifest?.forEach((item, index) => checkId(item.id, `manifest[${index}].id`))
  if (manifest !== undefined && manifest.length > 30) throw refuse('manifest', 'expected 30 items at most')
  if (level === 'xades-t' && timestamp === undefined)
    throw refuse('timestamp', 'expected the authority that stamps')
  if (level !== 'xades-t' && timestamp !== undefined)
    throw refuse('timestamp', `does not go with level ${level}`)
  if (wrap !== undefined && place === 'detached')
    throw refuse('wrap', 'does not go with a detached signature')
  for (const [name, allowed] of Object.entries({
    digest: ['sha256', 'sha384', 'sha512'],
    signatureDigest: ['sha256', 'sha384', 'sha512'],
    canonicalization: ['exc-c14n', 'c14n'],
    keyInfo: ['chain', 'certificate'],
    layout: ['compact', 'connector'],
  })) {
    const value = options[name as 'digest']
    if (value !== undefined && !allowed.includes(value)) throw refuse(name, `expected ${allowed.join(', ')}`)
  }
}

function checkId(id: unknown, path: string): void {
  // what XML calls a name without colon (NCName), loosely: no reader takes more
  if (typeof id !== 'string' || !/^[\p{L}_][\p{L}\p{N}._-]*$/u.test(id))
    throw refuse(path, 'expected the identifier of an element, without #')
}

/**
 * Transforms by name. At most five, as readers allow.
 *
 * @throws EHealthError `xml-signature.options`
 */
export function transformsOf(
  list: readonly string[] | undefined,
  path: string,
  place: SignaturePlace,
): XmlTransform[] {
  const inside = place !== 'detached'
  const transforms = (list ?? (['exc-c14n'] as const)).map((text, index) => {
    try {
      return transformNamed(text)
    } catch (cause) {
      throw refuse(`${path}[${index}]`, 'there is no such transform', cause)
    }
  })
  if (inside && !transforms.includes('enveloped')) transforms.unshift('enveloped')
  if (!inside && transforms.includes('enveloped'))
    throw refuse(path, 'enveloped does not go with a detached signature')
  if (transforms.length > 5) throw refuse(path, 'expected five transforms at most')
  return transforms
}

function refuse(path: string, problem: string, cause?: unknown): EHealthError {
  return new EHealthError('xml-signature.options', `${path}: ${problem}`, {
    path,
    ...(cause === undefined ? {} : { cause }),
  })
}
