/** Who signs a layer, and with what (spec etee §3.1, §6.2). */
import { EHealthError } from '../../errors.js'
import type { Credential } from '../keystore/credential.js'
import type { Certificate } from '../pki/certificate.js'
import { signatureAlgorithms, signedAttributes, signerInfo, type Named } from './cms/write.js'
import { signingPolicies, type SigningPolicy, type SigningPolicyName } from './policies.js'

/** A signing key without certificate, which readers must know by its identifier (policy `WEB_AUTHN`). */
export interface NamedCredential extends Pick<Credential, 'keyType' | 'sign'> {
  /** Names the key in the message. */
  readonly keyIdentifier: Uint8Array
  /** Size of the modulus in bits. */
  readonly rsaBits: number
}

/** A signer that has passed the checks of its policy. */
export interface Signer {
  readonly named: Named
  /** The certificate and the authorities above it; none for a bare key. */
  readonly chain: readonly Certificate[]
  /** Octets of a signature; `exact` where it never is shorter, as with RSA. */
  readonly signatureLength: { readonly atMost: number; readonly exact: boolean }
  /**
   * The SignerInfo about content of this SHA-256 digest, signed now.
   *
   * @param unsignedAttributes encoded Attributes
   */
  sign(digest: Uint8Array, unsignedAttributes: readonly Uint8Array[]): Promise<Uint8Array>
  /** A SignerInfo of the same size (or, with EC keys, at most some octets larger), not signed. */
  measure(unsignedAttributes: readonly Uint8Array[]): Uint8Array
}

/**
 * @throws EHealthError `seal.unsupported-key`, `certificate.expired`, `certificate.not-yet-valid`,
 * `certificate.key-usage`
 */
export function signerOf(
  credential: Credential | NamedCredential,
  policyName: SigningPolicyName,
  now: Date,
  path: string,
): Signer {
  const policy = signingPolicies[policyName]
  const certificate = 'certificate' in credential ? credential.certificate : undefined
  if ((certificate === undefined) !== (policyName === 'WEB_AUTHN'))
    throw new EHealthError(
      'configuration.invalid',
      'WEB_AUTHN is for keys without certificate, and only they',
      {
        path: 'policy',
      },
    )
  assertKeyFits(credential, policy, path)
  if (certificate !== undefined) assertMaySign(certificate, now, path)
  const signatureAlgorithm = signatureAlgorithms[policy.algorithm]
  const named =
    'certificate' in credential ? credential.certificate : { keyIdentifier: credential.keyIdentifier }
  const info = (
    attributes: Uint8Array,
    signature: Uint8Array,
    unsignedAttributes: readonly Uint8Array[],
  ): Uint8Array =>
    signerInfo({
      signer: named,
      signatureAlgorithm,
      signedAttributes: attributes,
      signature,
      unsignedAttributes,
    })
  const signatureLength = signatureLengthOf(credential)
  return {
    named,
    chain: 'certificate' in credential ? chainOf(credential) : [],
    signatureLength,
    sign: async (digest, unsignedAttributes) => {
      const attributes = signedAttributes(digest, now, signatureAlgorithm)
      return info(attributes, await credential.sign(policy.algorithm, attributes), unsignedAttributes)
    },
    measure: (unsignedAttributes) =>
      info(
        signedAttributes(new Uint8Array(32), now, signatureAlgorithm),
        new Uint8Array(signatureLength.atMost),
        unsignedAttributes,
      ),
  }
}

const chainOf = (credential: Credential): Certificate[] => [
  credential.certificate,
  ...credential.chain.filter((certificate) => !certificate.equals(credential.certificate)),
]

const bitsOf = (credential: Credential | NamedCredential): number =>
  'certificate' in credential
    ? credential.keyType === 'rsa'
      ? credential.certificate.rsaBits
      : credential.certificate.ecBits
    : credential.rsaBits

function signatureLengthOf(credential: Credential | NamedCredential): Signer['signatureLength'] {
  const octets = Math.ceil(bitsOf(credential) / 8)
  // A SEQUENCE of two INTEGERs, each with a sign octet at most (RFC 3279 §2.2.3).
  return credential.keyType === 'rsa'
    ? { atMost: octets, exact: true }
    : { atMost: 2 * (octets + 3) + 3, exact: false }
}

function assertKeyFits(credential: Credential | NamedCredential, policy: SigningPolicy, path: string): void {
  if (credential.keyType === policy.keyType && bitsOf(credential) >= policy.minimumKeyBits) return
  throw new EHealthError(
    'seal.unsupported-key',
    `messages of policy ${policy.name} are signed with ${policy.keyType.toUpperCase()} keys of at least ${policy.minimumKeyBits} bits`,
    {
      path,
      ...(credential.keyType === 'ec' && policy.keyType === 'rsa'
        ? {
            hint: "The platform's readers know RSA signatures only. Name the policy ECDSA for partners that read EC signatures, or sign with an RSA certificate.",
          }
        : {}),
    },
  )
}

function assertMaySign(certificate: Certificate, now: Date, path: string): void {
  if (now < certificate.notBefore)
    throw new EHealthError('certificate.not-yet-valid', 'the signing certificate is not valid yet', { path })
  if (now > certificate.notAfter)
    throw new EHealthError('certificate.expired', 'the signing certificate has ended', { path })
  const usage = certificate.keyUsage
  if (usage?.has('digitalSignature') !== true && usage?.has('nonRepudiation') !== true)
    throw new EHealthError('certificate.key-usage', 'the certificate is not one for signatures', { path })
}
