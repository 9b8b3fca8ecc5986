/** Writes a ds:Signature over digests. */
import { EHealthError } from '../../../errors.js'
import type { Credential } from '../../keystore/credential.js'
import type { Certificate } from '../../pki/certificate.js'
import { exclusiveCanonicalization } from '../canonicalize.js'
import { escapeAttribute } from '../escape.js'
import { digestAlgorithms, digestNamed, dsNamespace, signatureAlgorithms, type Octets } from './algorithms.js'
import { ecNamespace } from './read.js'

/** A transform to be named in a reference. */
export interface TransformToWrite {
  algorithm: string
  /** PrefixList of ec:InclusiveNamespaces; none when empty. */
  inclusivePrefixes?: readonly string[]
}

/** A reference to be written. */
export interface ReferenceToWrite {
  /** Identifier of the element, without `#`. */
  id: string
  type?: string
  /** What the transforms make of the element. */
  octets: Octets
  /** Exclusive canonicalisation alone, unless said otherwise. */
  transforms?: readonly TransformToWrite[]
}

/** Options of {@link writeSignature}. */
export interface WriteSignatureOptions {
  references: readonly ReferenceToWrite[]
  credential: Credential
  /** Content of ds:KeyInfo, canonical XML in which prefix `ds` may be used undeclared. */
  keyInfo: string
  /** `Id` of the Signature. */
  id?: string
  /** SHA-1 throughout, for legacy contracts with an RSA key; false. */
  sha1?: boolean
}

/**
 * A ds:Signature in canonical form: prefix `ds` declared on it, exclusive canonicalisation, base64 on one line. The
 * algorithm follows the key: rsa-sha256 or ecdsa-sha256.
 *
 * @throws EHealthError `configuration.unsupported` for SHA-1 with an EC key
 */
export async function writeSignature(options: WriteSignatureOptions): Promise<string> {
  const { references, credential, keyInfo, id, sha1 = false } = options
  if (sha1 && credential.keyType !== 'rsa')
    throw new EHealthError('configuration.unsupported', 'SHA-1 signatures are made with RSA keys only')
  const algorithm = sha1 ? 'rsa-sha1' : credential.keyType === 'rsa' ? 'rsa-sha256' : 'ecdsa-sha256'
  const digestUri = sha1 ? digestAlgorithms.sha1 : digestAlgorithms.sha256
  const digest = digestNamed(digestUri, sha1)

  const written = references.map(({ id: target, type, octets, transforms }) => {
    const list = (transforms ?? [{ algorithm: exclusiveCanonicalization }]).map(transformElement).join('')
    return element(
      'ds:Reference',
      { Type: type, URI: `#${target}` },
      element('ds:Transforms', {}, list) +
        element('ds:DigestMethod', { Algorithm: digestUri }) +
        element('ds:DigestValue', {}, base64(digest(octets))),
    )
  })
  const signedInfo =
    element('ds:CanonicalizationMethod', { Algorithm: exclusiveCanonicalization }) +
    element('ds:SignatureMethod', { Algorithm: signatureAlgorithms[algorithm] }) +
    written.join('')
  // alone, as it is digested, SignedInfo declares the prefix that it inherits where it stands
  const octets = element('ds:SignedInfo', { 'xmlns:ds': dsNamespace }, signedInfo)
  const value = await credential.sign(algorithm, Buffer.from(octets))
  return element(
    'ds:Signature',
    { 'xmlns:ds': dsNamespace, Id: id },
    element('ds:SignedInfo', {}, signedInfo) +
      element('ds:SignatureValue', {}, base64(value)) +
      element('ds:KeyInfo', {}, keyInfo),
  )
}

/** ds:X509Data with these certificates, as content for ds:KeyInfo. */
export function x509Data(certificates: readonly Certificate[]): string {
  const entries = certificates.map(({ der }) => element('ds:X509Certificate', {}, base64(der)))
  return element('ds:X509Data', {}, entries.join(''))
}

function transformElement({ algorithm, inclusivePrefixes = [] }: TransformToWrite): string {
  const list =
    inclusivePrefixes.length === 0
      ? ''
      : element('ec:InclusiveNamespaces', {
          'xmlns:ec': ecNamespace,
          PrefixList: inclusivePrefixes.join(' '),
        })
  return element('ds:Transform', { Algorithm: algorithm }, list)
}

/** An element in canonical form; attributes must come in canonical order, `content` is markup. */
function element(name: string, attributes: Record<string, string | undefined>, content = ''): string {
  let start = `<${name}`
  for (const [key, value] of Object.entries(attributes))
    if (value !== undefined) start += ` ${key}="${escapeAttribute(value)}"`
  return `${start}>${content}</${name}>`
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
