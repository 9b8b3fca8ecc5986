/** The forms of the security header as data (spec soap-security §2.1 to §2.4): tokens, key, signed parts, time to live. */

/** A form of the security header, by the token that proves who calls. */
export type SecurityKind = 'none' | 'x509' | 'saml-hok' | 'saml-sender-vouches'

/** A part of a message that a signature can cover. */
export type SignedPart = 'body' | 'timestamp' | 'bst' | 'assertion'

/** What a service may demand otherwise than its form does. */
export interface SecurityDemands {
  /** Parts that are signed, in the order of the references; those of the form when omitted. */
  readonly signedParts?: readonly SignedPart[]
  /** Seconds from Created to Expires; those of the form when omitted. */
  readonly ttlSeconds?: number
}

/** One form. */
export interface SecurityForm extends Required<SecurityDemands> {
  /** Tokens in the order in which they stand in the header. */
  readonly tokens: readonly ('assertion' | 'bst')[]
  /** The token whose key signs the message, and which KeyInfo refers to. */
  readonly signedBy: 'assertion' | 'bst'
}

/** Layout by form, as the official connector writes it. */
export const securityForms: Readonly<Record<Exclude<SecurityKind, 'none'>, SecurityForm>> = {
  x509: {
    tokens: ['bst'],
    signedBy: 'bst',
    signedParts: ['body', 'timestamp', 'bst'],
    ttlSeconds: 60,
  },
  'saml-hok': {
    tokens: ['assertion'],
    signedBy: 'assertion',
    signedParts: ['body', 'timestamp'],
    ttlSeconds: 60,
  },
  'saml-sender-vouches': {
    tokens: ['assertion', 'bst'],
    signedBy: 'bst',
    signedParts: ['body', 'timestamp', 'bst'],
    ttlSeconds: 60,
  },
}

/**
 * What MyCareNet's GenericAsync demands of a `saml-hok` message: the Timestamp alone is signed, and it ends after 30
 * seconds (spec soap-security §2.4). Spread it into the operations of such a service.
 */
export const genericAsyncDemands = {
  signedParts: ['timestamp'],
  ttlSeconds: 30,
} as const satisfies SecurityDemands
