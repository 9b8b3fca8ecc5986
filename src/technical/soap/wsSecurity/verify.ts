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
import { holderOfKey, senderVouches, verifyAssertion, type VerifiedAssertion } from './assertion.js'
import { securityForms, type SecurityKind, type SignedPart } from './forms.js'
import { certificateOf, keyReference, readSecurityHeader, tokenReferredTo } from './header.js'
import { strStep } from './strTransform.js'
import { assertFresh, readTimestamp, type MessageTimestamp } from './timestamp.js'

/** What a service demands of a message. */
export interface SecurityPolicy {
  kind: SecurityKind
  /** Parts that must be signed; by default those that the form of this kind signs. */
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
  /** The token of a SAML message: that of the signer, or of the one for whom the signer vouches. */
  assertion?: VerifiedAssertion
  timestamp?: MessageTimestamp
  /** SignatureValue in base64: together with Created it names the message, for replay caches. */
  signatureValue?: string
  /** Parts that the signature covers. */
  covered: SignedPart[]
}

/** Fewest bits of an RSA key; the platform certifies no smaller one. */
const minimumRsaBits = 2048
/** Curves of the platform's certificates (spec soap-security §2.5). */
const curves = ['prime256v1', 'secp384r1']

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

  const form = securityForms[kind]
  const ids = indexIds(parsed.document.root)
  const { timestamp, signature, tokens } = readSecurityHeader(security, form)
  if (tokenReferredTo(keyReference(signature), ids) !== tokens[form.signedBy])
    throw new EHealthError('signature.structure', 'the signature refers to another token')
  const assertion =
    tokens.assertion &&
    verifyAssertion(tokens.assertion, {
      sts: policy.sts,
      at,
      skewSeconds,
      expirySkewSeconds: skewSeconds,
      allowSha1,
      ids,
    })
  const confirmed = assertion && confirmedBy(assertion, kind)
  const certificate = tokens.bst === undefined ? confirmed! : certificateOf(tokens.bst)
  assertStrong(certificate)

  const elements = verifiedElements(signature, certificate, ids, allowSha1)
  const covered = coveredParts(elements, { body: parsed.body, timestamp, ...tokens })
  for (const part of policy.require ?? form.signedParts)
    if (!covered.includes(part))
      throw new EHealthError('signature.coverage', `the signature does not cover the ${part}`, {
        details: { part, covered },
      })

  const times = readTimestamp(timestamp)
  assertFresh(times, { at, skewSeconds, maxAgeSeconds })
  if (form.signedBy === 'bst')
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

/** The holder of the key; undefined under sender-vouches, where the assertion confirms nobody by a key. */
function confirmedBy(assertion: VerifiedAssertion, kind: SecurityKind): Certificate | undefined {
  const { confirmationMethod, confirmationCertificate } = assertion
  const vouches = kind === 'saml-sender-vouches'
  if (confirmationMethod !== (vouches ? senderVouches : holderOfKey))
    throw new EHealthError('token.method', `the assertion is not one for ${kind}`)
  if (!vouches && confirmationCertificate === undefined)
    throw new EHealthError('token.confirmation', 'the assertion names no holder of a key')
  return confirmationCertificate
}

/** A short key verifies flawlessly, for whoever has computed the private one too. */
function assertStrong({ publicKey, rsaBits }: Certificate): void {
  const strong =
    publicKey.asymmetricKeyType === 'rsa'
      ? rsaBits >= minimumRsaBits
      : curves.includes(publicKey.asymmetricKeyDetails?.namedCurve ?? '')
  if (!strong)
    throw new EHealthError('signature.algorithm', 'the key of the message is too short or of another kind')
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
  const elements = new Set(covered.map(({ element }) => element))
  // no stack signs a part twice; two ways to one element are one more than a reader needs
  if (elements.size < covered.length)
    throw new EHealthError('signature.structure', 'two references to one element')
  return elements
}

function coveredParts(
  elements: ReadonlySet<XmlElement>,
  places: Partial<Record<SignedPart, XmlElement>>,
): SignedPart[] {
  return (['body', 'timestamp', 'bst', 'assertion'] as const).filter((part) => {
    const place = places[part]
    return place !== undefined && elements.has(place)
  })
}
