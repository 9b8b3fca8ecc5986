/** Refusals: what a service throws instead of answering; the server turns them into faults (spec soap-security §5). */

import type { SoaCode } from '../technical/soap/fault.js'

export type { SoaCode } from '../technical/soap/fault.js'

/** What the fault says. */
export interface RefusalContent {
  /** `SystemError` for the codes of the platform, `BusinessError` for those of a service. */
  kind: 'SystemError' | 'BusinessError'
  code: string
  message: string
  /** Whose fault it is. */
  origin: 'Consumer' | 'Provider'
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

const texts: Readonly<Record<SoaCode, string>> = {
  'SOA-00001': 'Undefined service error',
  'SOA-01001': 'Service call not authenticated',
  'SOA-01002': 'Service call not authorized',
  'SOA-02001': 'Service not available. Please contact service desk',
  'SOA-02002': 'Service temporarily not available. Please try later',
  'SOA-03001': 'Malformed message',
  'SOA-03002': 'Message must be SOAP',
  'SOA-03003': 'Message must contain SOAP body',
  'SOA-03004': 'WS-I compliance failure',
  'SOA-03005': 'WSDL compliance failure',
  'SOA-03006': 'XSD compliance failure',
  'SOA-03007': 'Message content validation failure',
}

/** A refusal with a code of the platform; `particulars` are added to the platform's text. */
export function soaRefusal(code: SoaCode, particulars?: string, cause?: unknown): Refusal {
  const message = particulars === undefined ? texts[code] : `${texts[code]}: ${particulars}`
  const provider = code === 'SOA-00001' || code.startsWith('SOA-02')
  return new Refusal(
    { kind: 'SystemError', code, message, origin: provider ? 'Provider' : 'Consumer' },
    { cause },
  )
}

/** A refusal with a code of the service itself. */
export function businessRefusal(code: string, message: string): Refusal {
  return new Refusal({ kind: 'BusinessError', code, message, origin: 'Consumer' })
}
