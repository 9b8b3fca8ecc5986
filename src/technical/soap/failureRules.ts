/**
 * What may be done after a failure: try another endpoint, repeat, or neither (spec soap-security §5.6).
 *
 * The table is the specification's, as data. Where it goes further or less far, that is said there.
 *
 * @module
 */

/** What is allowed after a failure of one kind. */
export interface FailureRule {
  /** What happened, for the documentation. */
  readonly meaning: string
  /** Another endpoint of the service list may be tried. */
  readonly switchEndpoint: boolean
  /** The request may be sent to the same endpoint again: after a pause, or once with a new token. */
  readonly repeat: 'no' | 'after-pause' | 'once-with-new-token'
  /**
   * The request may have arrived: whatever is done, only an operation that may be carried out twice is sent a second
   * time, to whichever endpoint.
   */
  readonly idempotentOnly: boolean
}

/** Kinds of failures and what may be done. */
export const failureRules = {
  'not-connected': {
    meaning: 'Connection refused, unknown host, connect time-out, proxy: nothing was sent.',
    switchEndpoint: true,
    repeat: 'after-pause',
    idempotentOnly: false,
  },
  'not-trusted': {
    meaning: 'The TLS handshake failed: nothing was sent.',
    switchEndpoint: true,
    // one server behind a name of many may be set up wrongly
    repeat: 'after-pause',
    idempotentOnly: false,
  },
  'unknown-outcome': {
    meaning: 'No complete answer: silence, time-out, broken connection, empty answer.',
    switchEndpoint: true,
    repeat: 'after-pause',
    idempotentOnly: true,
  },
  gateway: {
    meaning: 'HTTP 502, 503, 504, or a page for people: maintenance.',
    switchEndpoint: true,
    repeat: 'after-pause',
    idempotentOnly: true,
  },
  'not-found': {
    meaning: 'HTTP 404: typical of an inactive recovery host.',
    switchEndpoint: true,
    repeat: 'no',
    idempotentOnly: true,
  },
  unavailable: {
    meaning: 'SOA-02001, SOA-02002: a queue may have taken the request all the same.',
    switchEndpoint: true,
    repeat: 'after-pause',
    idempotentOnly: true,
  },
  'not-authenticated': {
    meaning: 'SOA-01001: refused at the door; token or clock.',
    switchEndpoint: false,
    repeat: 'once-with-new-token',
    idempotentOnly: false,
  },
  undefined: {
    meaning: 'SOA-00001: the caller decides; after a write, read first.',
    switchEndpoint: false,
    repeat: 'no',
    idempotentOnly: true,
  },
  refused: {
    meaning: 'Everything else: the answer would be the same.',
    switchEndpoint: false,
    repeat: 'no',
    idempotentOnly: false,
  },
} as const satisfies Record<string, FailureRule>

/** A kind of failure. */
export type FailureKind = keyof typeof failureRules
