/** What a signature is judged by. */
import { EHealthError } from '../../errors.js'
import type { Runtime } from '../environment/runtime.js'
import type { Certificate } from '../pki/certificate.js'
import type { RevocationChecker } from '../pki/revocation/index.js'
import type { XmlElement } from '../xml/tree.js'
import type { XmlInput } from './documents.js'
import type { InflateLimits } from './inflate.js'
import type { ManifestPolicy } from './references.js'
import type { XmlSignatureLevel } from './signOptions.js'

/** What a signature can turn out to be. `xades-c` has references to certificates and revocation data; it is read only. */
export type FoundLevel = XmlSignatureLevel | 'xades-c'

/** Options of {@link verifyXml}. */
export interface VerifyXmlOptions {
  /** Anchors of the signers' certificates: roots, issuing authorities or the very certificates. */
  trust: readonly Certificate[]
  /** Further certificates for paths, and of signers who send none. Nothing in here is trusted. */
  certificates?: readonly Certificate[]
  /** A detached signature; or the one signature of the document that is to be judged. All of the document by default. */
  signature?: Uint8Array | string | XmlElement
  /** More documents that references may lead to: the request that an answer's manifest names. */
  also?: readonly XmlInput[]
  /** What the signature must be at least; `xades`. */
  level?: FoundLevel
  /** What must be covered: identifiers, or elements of the documents given as parsed. */
  mustCover?: string | XmlElement | readonly (string | XmlElement)[]
  /** Anchors of time stamp authorities; `trust` by default. */
  timestampAuthorities?: readonly Certificate[]
  /** The present instant; by the clock of the runtime by default. */
  at?: Date
  /** Who tells of revocation. Without, a warning says that nobody was asked. */
  revocation?: RevocationChecker
  /** `follow` by default. */
  manifests?: ManifestPolicy
  /**
   * A certificate that was valid at the signing time and is expired now, without a time stamp to prove that time: refused,
   * or a warning, which is how answers are kept readable; `refuse`.
   */
  expiredSigner?: 'refuse' | 'warn'
  /** Accept SHA-1, for archives; false. */
  allowSha1?: boolean
  /** Milliseconds that clocks may differ; five minutes. */
  clockSkew?: number
  /** What compressed content may become. */
  inflate?: InflateLimits
  runtime?: Pick<Runtime, 'now'>
}

const names = new Set([
  'trust',
  'certificates',
  'signature',
  'also',
  'level',
  'mustCover',
  'timestampAuthorities',
  'at',
  'revocation',
  'manifests',
  'expiredSigner',
  'allowSha1',
  'clockSkew',
  'inflate',
  'runtime',
])

/** @throws EHealthError `xml-signature.options` */
export function checkVerifyOptions(options: VerifyXmlOptions): void {
  const unknown = Object.keys(options).find((name) => !names.has(name))
  if (unknown !== undefined) throw refuse(unknown, 'there is no such option')
  if (!Array.isArray(options.trust)) throw refuse('trust', 'expected certificates')
  for (const [name, allowed] of Object.entries({
    level: ['xmldsig', 'xades', 'xades-t', 'xades-c'],
    manifests: ['follow', 'available', 'ignore'],
    expiredSigner: ['refuse', 'warn'],
  })) {
    const value = options[name as 'level']
    if (value !== undefined && !allowed.includes(value)) throw refuse(name, `expected ${allowed.join(', ')}`)
  }
  if (options.at !== undefined && Number.isNaN(options.at.getTime()))
    throw refuse('at', 'expected an instant')
  const { clockSkew = 0 } = options
  if (!(clockSkew >= 0 && Number.isFinite(clockSkew))) throw refuse('clockSkew', 'expected milliseconds')
}

function refuse(path: string, problem: string): EHealthError {
  return new EHealthError('xml-signature.options', `${path}: ${problem}`, { path })
}
