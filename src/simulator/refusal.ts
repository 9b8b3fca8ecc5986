/** Refusals: what a service throws instead of answering; the server turns them into faults (spec soap-security §5). */

import { platformCodes, type SoaCode } from '../technical/soap/platformCodes.js'

export type { SoaCode } from '../technical/soap/platformCodes.js'

/** What the fault says. */
export interface RefusalContent {
  /** `SystemError` for the codes of the platform, `BusinessError` for those of a service. */
  kind: 'SystemError' | 'BusinessError'
  code: string
  message: string
  /** Whose fault it is. */
  origin: 'Consumer' | 'Provider'
  /** Becomes `Retry` of the fault. */
  retry?: boolean
  /** The detail instead of the platform's own, for services with faults of their own: an element that stands alone. */
  detail?: string
}

/** Thrown by a check or a service: ends the exchange with a fault. */
export class Refusal extends Error {
  override readonly name = 'Refusal'

  constructor(
    readonly content: RefusalContent,
    options: { cause?: unknown } = {},
  ) {
    super(content.message, options)
  }
}

/** A refusal with a code of the platform; `particulars` are added to the platform's text. */
export function soaRefusal(code: SoaCode, particulars?: string, cause?: unknown): Refusal {
  const { text, origin } = platformCodes[code]
  const message = particulars === undefined ? text : `${text}: ${particulars}`
  return new Refusal({ kind: 'SystemError', code, message, origin }, { cause })
}

/** A refusal with a code of the service itself. */
export function businessRefusal(code: string, message: string): Refusal {
  return new Refusal({ kind: 'BusinessError', code, message, origin: 'Consumer' })
}
