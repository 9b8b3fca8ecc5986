/** The official notification names (spec etee §4.4), which the reports of this library use unchanged. */

/** The signed layers: `OUTER` says who sends, `INNER` who wrote. */
export type Layer = 'OUTER' | 'INNER'

/** No content can be had. */
export type FatalNotification =
  | `${Layer}_SIGNED_DATA_STRUCTURE_INCORRECT`
  | `${Layer}_SIGNED_DATA_CONTENT_MISSING`
  | `MESSAGE_${Layer}_SIGNED_PART_HAS_MORE_THAN_ONE_SIGNER_INFORMATION`
  | `MESSAGE_${Layer}_SIGNED_PART_CONTAINS_INCORRECTLY_ENCODED_CERTIFICATES_SET`
  | 'ENVELOPED_DATA_STRUCTURE_INCORRECT'
  | 'DECRYPTION_PRIVATE_KEY_NOT_FOUND'
  | 'ENVELOPED_DATA_CONTAINS_NO_KEYTRANSRECIPIENTINFOS'
  | 'ENVELOPED_DATA_CONTAINS_NO_KEKRECIPIENTINFOS'
  | 'SECRET_KEY_CAN_NOT_DECRYPT_KEKRECIPIENTINFOS'

/** Something does not verify or is not allowed. */
export type ErrorNotification =
  | 'DECRYPTION_SYMMETRIC_KEY_ALGORITHM_UNAUTHORIZED'
  | 'DECRYPTION_SYMMETRIC_KEY_LENGTH_UNAUTHORIZED'
  | 'DECRYPTION_ASYMMETRIC_KEY_ALGORITHM_UNAUTHORIZED'
  | 'DECRYPTION_ASYMMETRIC_KEY_LENGTH_UNAUTHORIZED'
  | 'MESSAGE_INTEGRITY_INVALID'
  | `${Layer}_SIGNATURE_ALGORITHM_UNAUTHORIZED`
  | `${Layer}_SIGNATURE_DIGEST_ALGORITHM_UNAUTHORIZED`
  | `${Layer}_SIGNATURE_KEY_LENGTH_UNAUTHORIZED`
  | `${Layer}_SIGNATURE_COULD_NOT_BE_VERIFIED`
  | 'OUTER_SIGNATURE_DOES_NOT_MATCH_AUTHENTICATION_CERTIFICATE'
  | 'INNER_SIGNATURE_DOES_NOT_MATCH_SIGNATURE_CERTIFICATE'
  | 'OUTER_CERTIFICATE_EXPECTED_BUT_NOT_PRESENT'
  | `${Layer}_CERTIFICATE_HAS_INVALID_KEYUSAGE`
  | `${Layer}_CERTIFICATE_EXPIRED`
  | `${Layer}_CERTIFICATE_NOT_YET_VALID`
  | `${Layer}_CERTIFICATE_CHAIN_NOT_TRUSTED`
  | `${Layer}_CERTIFICATE_REVOKED`
  | `${Layer}_CERTIFICATE_STATUS_UNKNOWN`
  | 'AUTHENTICATION_CERTIFICATE_NOT_IN_LIST_EXPECTED_SIGNERS'
  | 'SIGNATURE_CERTIFICATE_NOT_IN_LIST_EXPECTED_SIGNERS'
  | 'OCSP_NOT_EMBEDDED'
  | 'OCSP_RESPONSE_INVALID'
  | 'OCSP_RESPONDER_TRUST_FAILED'
  | 'OCSP_RESPONDER_CHAIN_EXPIRED'
  | 'TIMESTAMPTOKEN_INVALID'
  | 'TIMESTAMPTOKEN_TRUST_FAILED'
  | 'TIMESTAMPTOKEN_CHAIN_EXPIRED'

/** Worth knowing; the connector of the platform ignores these by default. */
export type WarningNotification =
  | 'SIGNING_TIME_MISSING'
  | 'SIGNING_TIME_EXPIRED'
  | 'OCSP_NOT_EMBEDDED'
  /** An error of the official library; a warning where a checker with the policy `prefer` judges. */
  | `${Layer}_CERTIFICATE_STATUS_UNKNOWN`

/** Collects what is found while a message is judged; each name once, in the order found. */
export interface Findings {
  readonly errors: Set<ErrorNotification>
  readonly warnings: Set<WarningNotification>
}

/** Ends the judgement of a message: nothing behind this point can be read. */
export class FatalFinding extends Error {
  override readonly name = 'FatalFinding'
  constructor(
    readonly notification: FatalNotification,
    /** True where the reader must not learn which step of the decryption failed. */
    readonly decryption = false,
  ) {
    super(notification)
  }
}
