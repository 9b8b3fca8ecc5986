/** Judges one file offline, exactly as a message on the wire would be judged (design §9, `ehealth verify`). */
import { EHealthError } from '../../errors.js'
import type { Certificate } from '../pki/certificate.js'
import { parseXml } from '../xml/parse.js'
import { childNamed, descendants, isElement, type XmlElement } from '../xml/tree.js'
import { parseEnvelope, type ParsedEnvelope } from './envelope.js'
import { isHttpDump, parseHttpDump } from './httpDump.js'
import { samlNamespace, wsseNamespace } from './namespaces.js'
import { openBody, type OpenedMessage } from './response.js'
import { verifyAssertion } from './wsSecurity/assertion.js'
import type { SecurityKind, SignedPart } from './wsSecurity/forms.js'
import { verifyEnvelope, type SecurityPolicy } from './wsSecurity/verify.js'

/** A reason in a judgement. */
export interface Finding {
  /** One of the error codes of the library. */
  code: string
  message: string
}

/** A certificate in a judgement. */
export interface JudgedCertificate {
  /** Distinguished name, RFC 4514. */
  subject: string
  /** Decimal. */
  serialNumber: string
  /** SHA-256, hexadecimal. */
  fingerprint: string
}

/** What {@link judgeEnvelope} found. JSON-able. */
export interface EnvelopeJudgement {
  kind: 'envelope'
  valid: boolean
  errors: Finding[]
  warnings: Finding[]
  /** The policy that was applied. */
  policy?: SecurityPolicy['kind']
  signer?: JudgedCertificate
  covered?: SignedPart[]
  /** Name of the element in the Body, `{namespace}local`. */
  payload?: string
}

/** Options of {@link judgeEnvelope}: a policy, whose kind may be left to the token that the message carries. */
export type JudgeEnvelopeOptions = Omit<SecurityPolicy, 'kind'> & Partial<Pick<SecurityPolicy, 'kind'>>

/**
 * Judges an envelope: an XML file, a multipart body with or without its Content-Type, or an HTTP message.
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises'
 * import { judgeEnvelope } from 'ehealth-connectors/soap'
 *
 * const judgement = judgeEnvelope(await readFile('request.http'), { trust, sts, at: new Date() })
 * process.exitCode = judgement.valid ? 0 : 1
 * ```
 */
export function judgeEnvelope(bytes: Uint8Array, options: JudgeEnvelopeOptions): EnvelopeJudgement {
  const judgement: EnvelopeJudgement = { kind: 'envelope', valid: false, errors: [], warnings: [] }
  try {
    const { root, charset, attachments } = openFile(bytes)
    const parsed = parseEnvelope(root, charset === undefined ? {} : { encoding: charset })
    judgement.payload = `{${parsed.payload.namespace}}${parsed.payload.local}`
    const kind = options.kind ?? kindOf(parsed)
    judgement.policy = kind
    const { certificate, covered } = verifyEnvelope(parsed, { ...options, kind })
    judgement.covered = covered
    if (certificate !== undefined) judgement.signer = judged(certificate)
    if (attachments.size > 0)
      judgement.warnings.push({
        code: 'signature.coverage',
        message: `${attachments.size} attachments, which no signature of the message covers`,
      })
    judgement.valid = true
  } catch (error) {
    judgement.errors.push(finding(error))
  }
  return judgement
}

function openFile(bytes: Uint8Array): OpenedMessage {
  if (isHttpDump(bytes)) {
    const { headers, body } = parseHttpDump(bytes)
    return openBody(headers['content-type'], body)
  }
  const entity = /^Content-Type: *(multipart\/[^\r\n]{1,500})\r\n\r\n/i.exec(
    Buffer.from(bytes.subarray(0, 1000)).toString('latin1'),
  )
  if (entity !== null) return openBody(entity[1], bytes.subarray(entity[0].length))
  const firstLine = /^--([^\r\n]{1,200})\r\n/.exec(Buffer.from(bytes.subarray(0, 300)).toString('latin1'))
  return openBody(
    firstLine === null
      ? undefined
      : `multipart/related; boundary="${firstLine[1]!.replace(/(["\\])/g, '\\$1')}"`,
    bytes,
  )
}

/** Never `none`: a message that carries nothing is not thereby in order. */
function kindOf({ security }: ParsedEnvelope): Exclude<SecurityKind, 'none'> {
  if (security === undefined || childNamed(security, samlNamespace, 'Assertion') === undefined) return 'x509'
  return childNamed(security, wsseNamespace, 'BinarySecurityToken') === undefined
    ? 'saml-hok'
    : 'saml-sender-vouches'
}

/** What {@link judgeAssertion} found. JSON-able; values of attributes are left out, they name people. */
export interface AssertionJudgement {
  kind: 'assertion'
  valid: boolean
  errors: Finding[]
  warnings: Finding[]
  issuer?: string
  notBefore?: string
  notOnOrAfter?: string
  signer?: JudgedCertificate
  /** Names of the attributes. */
  attributes?: string[]
}

/** Options of {@link judgeAssertion}. */
export interface JudgeAssertionOptions {
  /** Pinned signers. */
  sts: readonly Certificate[]
  at: Date
  allowSha1?: boolean
}

/** Judges a SAML 1.1 assertion: a file that is one, or a document or HTTP dump that holds exactly one. */
export function judgeAssertion(bytes: Uint8Array, options: JudgeAssertionOptions): AssertionJudgement {
  const judgement: AssertionJudgement = { kind: 'assertion', valid: false, errors: [], warnings: [] }
  try {
    const { root, charset } = openFile(bytes)
    const document = parseXml(root, charset === undefined ? {} : { encoding: charset })
    const assertion = verifyAssertion(onlyAssertion(document.root), options)
    judgement.issuer = assertion.issuer
    judgement.notBefore = assertion.notBefore.toISOString()
    judgement.notOnOrAfter = assertion.notOnOrAfter.toISOString()
    judgement.signer = judged(assertion.signer)
    judgement.attributes = assertion.attributes.map(({ name }) => name)
    judgement.valid = true
  } catch (error) {
    judgement.errors.push(finding(error))
  }
  return judgement
}

function onlyAssertion(root: XmlElement): XmlElement {
  const [first, ...others] = [...descendants(root)].filter((e) => isElement(e, samlNamespace, 'Assertion'))
  if (first === undefined || others.length > 0)
    throw new EHealthError('token.count', 'not exactly one assertion in the document')
  return first
}

function judged(certificate: Certificate): JudgedCertificate {
  return {
    subject: certificate.subject.toRfc2253(),
    serialNumber: certificate.serialNumber.toString(),
    fingerprint: certificate.fingerprint,
  }
}

function finding(error: unknown): Finding {
  if (error instanceof EHealthError) return { code: error.code, message: error.message }
  throw error
}
