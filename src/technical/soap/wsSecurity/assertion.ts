/** SAML 1.1 assertions of the STS: what they say, and whether it may be believed (spec sts-iam §1.5). */
import { EHealthError, isEHealthError } from '../../../errors.js'
import { Certificate } from '../../pki/certificate.js'
import { base64Of, dsNamespace, verifyEnveloped } from '../../xml/signature/index.js'
import { dateTime } from '../../xml/simpleTypes.js'
import {
  attribute,
  childElements,
  childrenNamed,
  isElement,
  textOf,
  type XmlElement,
} from '../../xml/tree.js'
import { samlNamespace } from '../namespaces.js'

/** An attribute of an assertion. */
export interface AssertionAttribute {
  name: string
  namespace: string
  /** Empty texts stay: the STS writes one for what it does not know. */
  values: string[]
}

/** What an assertion says. */
export interface ReadAssertion {
  element: XmlElement
  /** `AssertionID`. */
  id: string
  issuer: string
  issueInstant: Date
  notBefore: Date
  /** First instant at which it is no longer valid. */
  notOnOrAfter: Date
  /** Text of the NameIdentifier: the distinguished name of the identification certificate. */
  subject: string
  attributes: AssertionAttribute[]
  /** ConfirmationMethod; holder-of-key when the assertion names none. */
  confirmationMethod: string
  /** Certificate of the key that may use the assertion. */
  confirmationCertificate?: Certificate
}

/** An assertion whose signature, signer and times are verified. */
export interface VerifiedAssertion extends ReadAssertion {
  /** The pinned certificate that signed it. */
  signer: Certificate
}

export const holderOfKey = 'urn:oasis:names:tc:SAML:1.0:cm:holder-of-key'
export const senderVouches = 'urn:oasis:names:tc:SAML:1.0:cm:sender-vouches'

/**
 * Reads an assertion. Nothing is verified: see {@link verifyAssertion}.
 *
 * All subjects in it must name the same confirmation key, or none.
 *
 * @param known Certificates read before: the same octets are not read again
 * @throws EHealthError `token.malformed`, `certificate.malformed`, `signature.structure` for a certificate that is not
 *   base64
 */
export function readAssertion(element: XmlElement, known: readonly Certificate[] = []): ReadAssertion {
  if (!isElement(element, samlNamespace, 'Assertion')) throw malformed('not a SAML 1.1 assertion')
  if (attribute(element, 'MajorVersion') !== '1' || attribute(element, 'MinorVersion') !== '1')
    throw malformed('not a SAML 1.1 assertion')
  const conditions = only(element, 'Conditions')
  assertKnownConditions(conditions)
  const subjects = childElements(element)
    .filter(({ namespace, local }) => namespace === samlNamespace && local.endsWith('Statement'))
    .flatMap((statement) => childrenNamed(statement, samlNamespace, 'Subject'))
  const confirmation = confirmationOf(subjects, known)
  return {
    element,
    id: demanded(element, 'AssertionID'),
    issuer: demanded(element, 'Issuer'),
    issueInstant: instant(element, 'IssueInstant'),
    notBefore: instant(conditions, 'NotBefore'),
    notOnOrAfter: instant(conditions, 'NotOnOrAfter'),
    subject: subjectName(subjects),
    attributes: childrenNamed(element, samlNamespace, 'AttributeStatement')
      .flatMap((statement) => childrenNamed(statement, samlNamespace, 'Attribute'))
      .map(readAttribute),
    ...confirmation,
  }
}

/** Options of {@link verifyAssertion}. */
export interface VerifyAssertionOptions {
  /** The signers of the environment, pinned: a certificate of the same authority is not enough. */
  sts: readonly Certificate[]
  at: Date
  /** Seconds by which NotBefore may lie ahead of `at`; 300. */
  skewSeconds?: number
  /** Seconds for which an assertion is still taken after NotOnOrAfter; 0. */
  expirySkewSeconds?: number
  /** Accept rsa-sha1 and SHA-1 digests; false. */
  allowSha1?: boolean
  /** Judges `Issuer`, once the signature is known to be good; throws when it is another. */
  assertIssuer?: (issuer: string) => void
  /** Identifiers of the whole document when already at hand. */
  ids?: ReadonlyMap<string, XmlElement>
  /** Certificates read before, for instance that of the holder: the same octets are not read again. */
  known?: readonly Certificate[]
}

/**
 * Verifies an assertion: its own enveloped signature over itself by a pinned signer, and its times.
 *
 * @throws EHealthError `token.unsigned`, `token.untrusted` (signed by another), `token.not-yet-valid`, `token.expired`,
 *   `token.malformed`, `signature.*` when the signature is damaged or covers something else
 *
 * @example
 * ```ts
 * import { verifyAssertion } from 'ehealth-connectors/soap'
 * import { parseXml } from 'ehealth-connectors/xml'
 *
 * const { attributes, notOnOrAfter } = verifyAssertion(parseXml(bytes).root, { sts: [stsCertificate], at: new Date() })
 * ```
 */
export function verifyAssertion(element: XmlElement, options: VerifyAssertionOptions): VerifiedAssertion {
  const assertion = readAssertion(element, options.known)
  const signer = signerOf(element, options)
  options.assertIssuer?.(assertion.issuer)
  const { at, skewSeconds = 300, expirySkewSeconds = 0 } = options
  const { notBefore, notOnOrAfter } = assertion
  const early = at.getTime() + skewSeconds * 1000 < notBefore.getTime()
  if (early || at.getTime() - expirySkewSeconds * 1000 >= notOnOrAfter.getTime())
    throw new EHealthError(
      early ? 'token.not-yet-valid' : 'token.expired',
      early ? 'the assertion is not valid yet' : 'the assertion has ended',
      {
        details: { notBefore: notBefore.toISOString(), notOnOrAfter: notOnOrAfter.toISOString() },
      },
    )
  return { ...assertion, signer }
}

function signerOf(element: XmlElement, { sts, allowSha1 = false, ids }: VerifyAssertionOptions): Certificate {
  try {
    return verifyEnveloped(element, {
      idAttribute: 'AssertionID',
      trusted: sts,
      allowSha1,
      ...(ids === undefined ? {} : { ids }),
    }).signer
  } catch (error) {
    if (isEHealthError(error, 'signature.missing'))
      throw new EHealthError('token.unsigned', 'the assertion is not signed', { cause: error })
    if (isEHealthError(error, 'signature.key'))
      throw new EHealthError('token.untrusted', 'the assertion is not signed by the STS', { cause: error })
    throw error
  }
}

/** A condition that is not understood makes the assertion of no value (SAML 1.1 core §2.3.2.1). */
function assertKnownConditions(conditions: XmlElement): void {
  const known = ['AudienceRestrictionCondition', 'DoNotCacheCondition']
  for (const { namespace, local } of childElements(conditions))
    if (namespace !== samlNamespace || !known.includes(local)) throw malformed('an unknown condition')
}

function subjectName(subjects: readonly XmlElement[]): string {
  const names = subjects.flatMap((subject) => childrenNamed(subject, samlNamespace, 'NameIdentifier'))
  const texts = new Set(names.map((name) => textOf(name).trim()))
  if (texts.size > 1) throw malformed('two different subjects')
  return [...texts][0] ?? ''
}

function confirmationOf(
  subjects: readonly XmlElement[],
  known: readonly Certificate[],
): Pick<ReadAssertion, 'confirmationMethod' | 'confirmationCertificate'> {
  const confirmations = subjects.flatMap((subject) =>
    childrenNamed(subject, samlNamespace, 'SubjectConfirmation'),
  )
  const methods = new Set(
    confirmations
      .flatMap((confirmation) => childrenNamed(confirmation, samlNamespace, 'ConfirmationMethod'))
      .map((method) => textOf(method).trim()),
  )
  if (methods.size > 1) throw malformed('two different confirmation methods')
  const certificates = confirmations
    .flatMap((confirmation) => childrenNamed(confirmation, dsNamespace, 'KeyInfo'))
    .flatMap((keyInfo) => childrenNamed(keyInfo, dsNamespace, 'X509Data'))
    .flatMap((data) => childrenNamed(data, dsNamespace, 'X509Certificate'))
    .map(base64Of)
  const [first, ...others] = certificates
  if (first !== undefined && others.some((other) => Buffer.compare(first, other) !== 0))
    throw malformed('two different confirmation keys')
  return {
    confirmationMethod: [...methods][0] ?? holderOfKey,
    ...(first === undefined ? {} : { confirmationCertificate: readOnce(first, known) }),
  }
}

const readOnce = (der: Uint8Array, known: readonly Certificate[]): Certificate =>
  known.find((certificate) => Buffer.compare(certificate.der, der) === 0) ?? Certificate.fromDer(der)

function readAttribute(element: XmlElement): AssertionAttribute {
  return {
    name: demanded(element, 'AttributeName'),
    namespace: attribute(element, 'AttributeNamespace') ?? '',
    values: childrenNamed(element, samlNamespace, 'AttributeValue').map((value) => textOf(value).trim()),
  }
}

function only(parent: XmlElement, local: string): XmlElement {
  const [first, ...others] = childrenNamed(parent, samlNamespace, local)
  if (first === undefined || others.length > 0) throw malformed(`not exactly one ${local}`)
  return first
}

function demanded(element: XmlElement, local: string): string {
  const value = attribute(element, local) ?? ''
  if (value === '') throw malformed(`${element.local} without ${local}`)
  return value
}

function instant(element: XmlElement, local: string): Date {
  const value = dateTime.parse(demanded(element, local))
  if (value === undefined) throw malformed(`${local} is no date and time`)
  return value
}

function malformed(problem: string): EHealthError {
  return new EHealthError('token.malformed', `assertion: ${problem}`)
}
