/** Reasons in a judgement, under the official connector's names and ours (spec xml-signature §7.2). */
import { EHealthError, type ErrorCode } from '../../errors.js'

/** Error values of the official connector that are told here. */
export type OfficialSignatureError =
  | 'CERTIFICATE_COULD_NOT_BE_VERIFIED'
  | 'CERTIFICATE_EXPIRED'
  | 'CERTIFICATE_HAS_INVALID_KEYUSAGE'
  | 'CERTIFICATE_NOT_YET_VALID'
  | 'CERTIFICATE_REVOKED'
  | 'CERTIFICATE_STATUS_UNKNOWN'
  | 'CERTIFICATE_CHAIN_NOT_TRUSTED'
  | 'XADES_SIGNEDPROPS_NOT_VALID'
  | 'XADES_SIGNEDPROPS_INVALID_SIGNINGTIME'
  | 'XADES_SIGNEDPROPS_DONT_HAVE_SIGNINGTIME'
  | 'XADES_ENCAPSULATED_TIMESTAMP_NOT_FOUND'
  | 'XADES_ENCAPSULATED_TIMESTAMP_NOT_VERIFIED'
  | 'XADES_ENCAPSULATED_TIMESTAMP_NOT_VALID'
  | 'XADES_ENCAPSULATED_OCSP_NOT_FOUND'
  | 'XADES_ENCAPSULATED_OCSP_NOT_VALID'
  | 'SIGNATURE_NOT_PRESENT'
  | 'SIGNATURE_COULD_NOT_BE_VERIFIED'
  | 'SIGNATURE_MANIFEST_REFERENCE_NOT_FOUND'
  | 'SIGNATURE_MANIFEST_COULD_NOT_BE_VERIFIED'

/** Our reasons. */
export type XmlSignatureReason = Extract<ErrorCode, `xml-signature.${string}`>

/** A reason in a judgement. */
export interface XmlSignatureFinding {
  /** The official connector's error value; where it has none, our reason again. */
  code: OfficialSignatureError | XmlSignatureReason
  /** Ours; `docs/errors.md` explains it. */
  reason: XmlSignatureReason
  message: string
}

const official: Partial<Record<XmlSignatureReason, OfficialSignatureError>> = {
  'xml-signature.missing': 'SIGNATURE_NOT_PRESENT',
  'xml-signature.structure': 'SIGNATURE_COULD_NOT_BE_VERIFIED',
  'xml-signature.algorithm': 'SIGNATURE_COULD_NOT_BE_VERIFIED',
  'xml-signature.reference': 'SIGNATURE_COULD_NOT_BE_VERIFIED',
  'xml-signature.transform': 'SIGNATURE_COULD_NOT_BE_VERIFIED',
  'xml-signature.digest': 'SIGNATURE_COULD_NOT_BE_VERIFIED',
  'xml-signature.invalid': 'SIGNATURE_COULD_NOT_BE_VERIFIED',
  'xml-signature.signer': 'CERTIFICATE_COULD_NOT_BE_VERIFIED',
  'xml-signature.properties': 'XADES_SIGNEDPROPS_NOT_VALID',
  'xml-signature.signing-time': 'XADES_SIGNEDPROPS_INVALID_SIGNINGTIME',
  'xml-signature.expired': 'CERTIFICATE_EXPIRED',
  'xml-signature.not-yet-valid': 'CERTIFICATE_NOT_YET_VALID',
  'xml-signature.key-usage': 'CERTIFICATE_HAS_INVALID_KEYUSAGE',
  'xml-signature.untrusted': 'CERTIFICATE_CHAIN_NOT_TRUSTED',
  'xml-signature.revoked': 'CERTIFICATE_REVOKED',
  'xml-signature.revocation-unknown': 'CERTIFICATE_STATUS_UNKNOWN',
  'xml-signature.timestamp-missing': 'XADES_ENCAPSULATED_TIMESTAMP_NOT_FOUND',
  'xml-signature.timestamp-unreadable': 'XADES_ENCAPSULATED_TIMESTAMP_NOT_VERIFIED',
  'xml-signature.timestamp-invalid': 'XADES_ENCAPSULATED_TIMESTAMP_NOT_VALID',
  'xml-signature.timestamp-order': 'XADES_ENCAPSULATED_TIMESTAMP_NOT_VALID',
}

/** A finding; `code` where the official connector has a narrower word for it. */
export function finding(
  reason: XmlSignatureReason,
  message: string,
  code: OfficialSignatureError | undefined = official[reason],
): XmlSignatureFinding {
  return { code: code ?? reason, reason, message }
}

/** What went wrong while reading, as a finding; anything that is no error of this library is thrown on. */
export function findingOf(error: unknown, code?: OfficialSignatureError): XmlSignatureFinding {
  if (!(error instanceof EHealthError)) throw error
  return finding(reasonOf(error.code), error.message, code)
}

/** The readers below speak of messages in general. */
function reasonOf(code: ErrorCode): XmlSignatureReason {
  if (code.startsWith('xml-signature.')) return code as XmlSignatureReason
  switch (code) {
    case 'signature.algorithm':
      return 'xml-signature.algorithm'
    case 'certificate.expired':
      return 'xml-signature.expired'
    case 'certificate.not-yet-valid':
      return 'xml-signature.not-yet-valid'
    case 'certificate.key-usage':
      return 'xml-signature.key-usage'
    case 'certificate.untrusted':
      return 'xml-signature.untrusted'
    case 'certificate.malformed':
      return 'xml-signature.signer'
    default:
      return 'xml-signature.structure'
  }
}

/** Findings in the order in which they came up, each once. */
export function findings(): {
  readonly list: XmlSignatureFinding[]
  add(...found: XmlSignatureFinding[]): void
} {
  const list: XmlSignatureFinding[] = []
  return {
    list,
    add: (...found) => {
      for (const one of found)
        if (!list.some(({ code, reason }) => code === one.code && reason === one.reason)) list.push(one)
    },
  }
}
