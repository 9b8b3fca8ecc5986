/** The platform's general codes (spec soap-security §5.2): one table for errors, retries, simulator and documentation. */
import type { ErrorCode } from '../../errors.js'
import type { FailureKind } from './failureRules.js'

/** What is known of a code. */
export interface PlatformCode {
  /** The platform's text, in English. */
  readonly text: string
  /** Who is to blame, as the platform sees it. */
  readonly origin: 'Consumer' | 'Provider'
  /** Code of the error that a caller gets. */
  readonly error: ErrorCode
  /** What may be done: row of the table of failures. */
  readonly failure: FailureKind
}

/** All general codes that are known. Codes of services (eHealthBox 8xx and so on) stand with their service. */
export const platformCodes = {
  'SOA-00001': {
    text: 'Undefined service error',
    origin: 'Provider',
    error: 'fault.other',
    failure: 'undefined',
  },
  'SOA-01001': {
    text: 'Service call not authenticated',
    origin: 'Consumer',
    error: 'fault.not-authenticated',
    failure: 'not-authenticated',
  },
  'SOA-01002': {
    text: 'Service call not authorized',
    origin: 'Consumer',
    error: 'fault.not-authorised',
    failure: 'refused',
  },
  'SOA-02001': {
    text: 'Service not available. Please contact service desk',
    origin: 'Provider',
    error: 'fault.unavailable',
    failure: 'unavailable',
  },
  'SOA-02002': {
    text: 'Service temporarily not available. Please try later',
    origin: 'Provider',
    error: 'fault.temporarily-unavailable',
    failure: 'unavailable',
  },
  'SOA-03001': {
    text: 'Malformed message',
    origin: 'Consumer',
    error: 'fault.malformed',
    failure: 'refused',
  },
  'SOA-03002': {
    text: 'Message must be SOAP',
    origin: 'Consumer',
    error: 'fault.malformed',
    failure: 'refused',
  },
  'SOA-03003': {
    text: 'Message must contain SOAP body',
    origin: 'Consumer',
    error: 'fault.malformed',
    failure: 'refused',
  },
  'SOA-03004': {
    text: 'WS-I compliance failure',
    origin: 'Consumer',
    error: 'fault.malformed',
    failure: 'refused',
  },
  'SOA-03005': {
    text: 'WSDL compliance failure',
    origin: 'Consumer',
    error: 'fault.malformed',
    failure: 'refused',
  },
  'SOA-03006': {
    text: 'XSD compliance failure',
    origin: 'Consumer',
    error: 'fault.schema',
    failure: 'refused',
  },
  'SOA-03007': {
    text: 'Message content validation failure',
    origin: 'Consumer',
    error: 'fault.content',
    failure: 'refused',
  },
} as const satisfies Record<string, PlatformCode>

/** A general code of the platform. */
export type SoaCode = keyof typeof platformCodes

/** Own members only: `constructor` is a code that somebody may send. */
export const isSoaCode = (code: string | undefined): code is SoaCode =>
  code !== undefined && Object.hasOwn(platformCodes, code)
