/** Verifies the security of a received message, as the platform does (spec soap-security §2.10). */
import { EHealthError } from '../../../errors.js'
import type { Certificate } from '../../pki/certificate.js'
import { verifyPath } from '../../pki/path.js'
import {
  indexIds,
  messageTransforms,
  verifySignature,
  type ParsedSignature,
} from '../../xml/signature/index.js'
import type { XmlElement } from '../../xml/tree.js'
import type { ParsedEnvelope } from '../envelope.js'
import { strTransform } from '../namespaces.js'
import { holderOfKey, verifyAssertion, type VerifiedAssertion } from './assertion.js'
import { certificateOf, keyReference, readSecurityHeader, tokenReferredTo } from './header.js'
import { strStep } from './strTransform.js'
import { assertFresh, readTimestamp, type MessageTimestamp } from './timestamp.js'

/** A part of the message that a policy may want signed. */
export type SignedPart = 'body' | 'timestamp' | 'bst' | 'assertion'

/** What a service demands of a message. */
export interface SecurityPolicy {
  kind: 'x509' | 'saml-hok' | 'none'
  /** Parts that must be signed; by default Body, Timestamp and for X.509 the token. */
  require?: readonly SignedPart[]
  /** Anchors of the certificates in X.509 messages. */
  trust: readonly Certificate[]
  /** Certificates that may stand between the two. */
  intermediates?: readonly Certificate[]
  /** Pinned signers of assertions. */
  sts: readonly Certificate[]
  at: Date
  /** Difference of clocks that is forgiven, in seconds; 300. */
  skewSeconds?: number
  /** Largest age of a message in seconds; 300. */
  maxAgeSeconds?: number
  /** Accept SHA-1 signatures and digests; false. */
  allowSha1?: boolean
}

/** A message that may be believed. */
export interface VerifiedEnvelope {
  /** Child of the very Body that was verified. Read this one. */
  payload: XmlElement
  /** Certificate of the key that signed; `undefined` for open services. */
  certificate?: Certificate
  /** The token of a holder-of-key message. */
  assertion?: VerifiedAssertion
  timestamp?: MessageTimestamp
  /** SignatureValue in base64: together with Created it names the message, for replay caches. */
  signatureValue?: string
  /** Parts that the signature covers. */
  covered: SignedPart[]
}

const defaultParts: Record<'x509' | 'saml-hok', readonly SignedPart[]> = {
  x509: ['body', 'timestamp', 'bst'],
  'saml-hok': ['body', 'timestamp'],
}

/**
 * Verifies a message against the policy of a service.
 *
 * A part counts as signed when the element object that a reference resolved to is the very element in its place, never
 * because something of that name is signed somewhere. The key comes from the verified token, never from KeyInfo.
 *
 * @throws EHealthError `signature.*`, `token.*`, `certificate.*`
 *
 * @example
 * ```ts
 * import { parseEnvelope, verifyEnvelope } from 'ehealth-connectors/soap'
 *
 * const { payload, assertion } = verifyEnvelope(parseEnvelope(body), {
 *   kind: 'saml-hok',
 *   trust: [],
 *   sts: [stsCertificate],
 *   at: runtime.now(),
 * })
 * ```
 */
export function verifyEnvelope(parsed: ParsedEnvelope, policy: SecurityPolicy): VerifiedEnvelope {
  const { kind, at, skewSeconds = 300, maxAgeSeconds = 300, allowSha1 = false } = policy
  const { payload, security } = parsed
  if (kind === 'none') return { payload, covered: [] }
  if (security === undefined)
    throw new EHealthError('signature.missing', 'the message has no security header')

  const ids = indexIds(parsed.document.root)
  const { timestamp, signature, token } = readSecurityHeader(security, kind)
  if (tokenReferredTo(keyReference(signature), ids) !== token)
    throw new EHealthError('signature.structure', 'the signature refers to another token')
  const assertion =
    kind === 'saml-hok'
      ? verifyAssertion(token, {
          sts: policy.sts,
          at,
          skewSeconds,
          expirySkewSeconds: skewSeconds,
          allowSha1,
          ids,
        })
      : undefined
  const certificate = assertion === undefined ? certificateOf(token) : holderOf(assertion)

  const elements = verifiedElements(signature, certificate, ids, allowSha1)
  const covered = coveredParts(elements, { body: parsed.body, timestamp, token, kind })
  for (const part of policy.require ?? defaultParts[kind])
    if (!covered.includes(part))
      throw new EHealthError('signature.coverage', `the signature does not cover the ${part}`, {
        details: { part, covered },
      })

  const times = readTimestamp(timestamp)
  assertFresh(times, { at, skewSeconds, maxAgeSeconds })
  if (kind === 'x509')
    verifyPath(certificate, {
      intermediates: policy.intermediates ?? [],
      anchors: policy.trust,
      at,
      keyUsage: ['digitalSignature'],
    })
  return {
    payload,
    certificate,
    timestamp: times,
    signatureValue: Buffer.from(signature.value).toString('base64'),
    covered,
    ...(assertion === undefined ? {} : { assertion }),
  }
}

function holderOf({ confirmationMethod, confirmationCertificate }: VerifiedAssertion): Certificate {
  if (confirmationMethod !== holderOfKey || confirmationCertificate === undefined)
    throw new EHealthError('token.confirmation', 'the assertion names no holder of a key')
  return confirmationCertificate
}

function verifiedElements(
  signature: ParsedSignature,
  certificate: Certificate,
  ids: ReadonlyMap<string, XmlElement>,
  allowSha1: boolean,
): Set<XmlElement> {
  // content of an Object would be one more place to hide signed elements in
  if (signature.objects.length > 0)
    throw new EHealthError('signature.structure', 'an object inside the signature')
  const covered = verifySignature(signature, {
    key: certificate.publicKey,
    resolve: (id) => ids.get(id),
    allowSha1,
    transforms: new Map([...messageTransforms, [strTransform, strStep(ids)]]),
  })
  return new Set(covered.map(({ element }) => element))
}

function coveredParts(
  elements: ReadonlySet<XmlElement>,
  places: { body: XmlElement; timestamp: XmlElement; token: XmlElement; kind: 'x509' | 'saml-hok' },
): SignedPart[] {
  const parts: [SignedPart, XmlElement][] = [
    ['body', places.body],
    ['timestamp', places.timestamp],
    [places.kind === 'x509' ? 'bst' : 'assertion', places.token],
  ]
  return parts.filter(([, element]) => elements.has(element)).map(([part]) => part)
}
