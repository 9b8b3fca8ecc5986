/**
 * One hierarchy of errors with stable codes.
 *
 * Every failure of this library is an {@link EHealthError}: it carries a stable {@link ErrorCode}, who is at fault
 * (`origin`), whether the very same call may be repeated (`retryable`), a hint what to do next and, where the platform
 * answered, the platform's own code, texts and ticket. Messages never contain patient data, passwords or keys.
 *
 * @module
 */
import { errorCatalogue, type ErrorCode, type ErrorFamily, type ErrorOrigin } from './errors/catalogue.js'

export { errorCatalogue, type ErrorCode, type ErrorFamily, type ErrorOrigin } from './errors/catalogue.js'

/** What the platform itself said, kept unchanged (spec soap-security §5). */
export interface PlatformDetail {
  /** The platform's own code, for instance `SOA-01001` or `826`. */
  code?: string
  /** The texts of the answer, one per language where several were given. */
  messages?: { text: string; language?: string }[]
  /** The ticket of the fault (`Id` attribute): quote it to the service desk. */
  id?: string
  /** Environment named in the fault, for instance `Acceptation`. */
  environment?: string
  /** `Consumer` or `Provider`, as the platform sees it. */
  origin?: string
  /** `faultcode` of the SOAP fault, without prefix. */
  faultCode?: string
  /** `Retry` of the fault: the platform says itself whether to try again. */
  retry?: boolean
  /** `Contact` of the fault. */
  contact?: string
  /** `X-CorrelationID` of the HTTP answer. */
  correlationId?: string
  /** HTTP status of the answer. */
  httpStatus?: number
}

/** Options of an {@link EHealthError}. */
export interface ErrorOptions {
  /** Path to the fault in the input or message, for instance `SendMessageRequest.ContentContext.Content.Document.Title`. */
  path?: string
  platform?: PlatformDetail
  /** Overrides what the catalogue says. */
  retryable?: boolean
  hint?: string
  cause?: unknown
  /** Machine-readable particulars without secrets or patient data (end dates, counts, limits, notification names). */
  details?: Record<string, unknown>
}

/**
 * The error of this library.
 *
 * @example
 * ```ts
 * import { EHealthError } from 'ehealth-connectors/errors'
 *
 * try {
 *   await me.ehbox.info()
 * } catch (error) {
 *   if (error instanceof EHealthError && error.code === 'fault.not-authenticated') console.error(error.hint)
 *   else throw error
 * }
 * ```
 */
export class EHealthError extends Error {
  override readonly name = 'EHealthError'
  readonly code: ErrorCode
  readonly family: ErrorFamily
  readonly origin: ErrorOrigin
  readonly retryable: boolean
  readonly hint: string
  // declared: what is not given is no property, and shows nowhere
  declare readonly path?: string
  declare readonly platform?: PlatformDetail
  declare readonly details?: Record<string, unknown>

  constructor(code: ErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    const entry = errorCatalogue[code]
    this.code = code
    this.family = code.slice(0, code.indexOf('.')) as ErrorFamily
    this.origin = entry.origin
    this.retryable = options.retryable ?? entry.retryable ?? false
    this.hint = options.hint ?? entry.hint
    if (options.path !== undefined) this.path = options.path
    if (options.platform !== undefined) this.platform = options.platform
    if (options.details !== undefined) this.details = options.details
  }

  /** What may be logged or sent over a wire: everything but the stack and the cause's own content. */
  toJSON(): Record<string, unknown> {
    return {
      code: this.code,
      message: this.message,
      origin: this.origin,
      retryable: this.retryable,
      hint: this.hint,
      ...(this.path === undefined ? {} : { path: this.path }),
      ...(this.platform === undefined ? {} : { platform: this.platform }),
      ...(this.details === undefined ? {} : { details: this.details }),
    }
  }
}

/** True for an error of this library, optionally with that very code. */
export function isEHealthError(error: unknown, code?: ErrorCode): error is EHealthError {
  return error instanceof EHealthError && (code === undefined || error.code === code)
}
