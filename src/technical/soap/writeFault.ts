/** SOAP faults as the platform writes them, for whoever serves (spec soap-security §5.1). */
import {
  allowed,
  boolean,
  inNamespace,
  many,
  namespace,
  opaque,
  optional,
  string,
  write,
} from '../xml/index.js'
import type { Written } from '../xml/write.js'
import type { PlatformMessage } from './fault.js'
import { soaErrorsNamespace, soapNamespace } from './namespaces.js'

const soap = namespace(soapNamespace, { prefix: 'S', qualified: false })
const soaErrors = namespace(soaErrorsNamespace, { prefix: 'soa', qualified: false })
const Message = soaErrors.simpleContent(string(), {
  lang: allowed(string(), 'http://www.w3.org/XML/1998/namespace'),
})
const PlatformError = soaErrors.sequence(
  {
    Origin: string(),
    Code: string(),
    Message: many(Message, { min: 1 }),
    Retry: optional(boolean),
    Contact: optional(string()),
    Environment: inNamespace(soaErrorsNamespace, string()),
  },
  { Id: allowed(string()) },
)
const FaultElement = soap.element(
  'Fault',
  soap.sequence({
    faultcode: string(),
    faultstring: string(),
    detail: optional(
      soap.sequence({
        SystemError: inNamespace(soaErrorsNamespace, optional(PlatformError)),
        BusinessError: inNamespace(soaErrorsNamespace, optional(PlatformError)),
        /** The detail of a service that has faults of its own; whatever it is called. */
        fault: optional(opaque),
      }),
    ),
  }),
)

/** What a fault to be written says. */
export interface FaultToWrite {
  /** Code of the platform, for instance `SOA-01001`. */
  code: string
  message: string | readonly PlatformMessage[]
  /** Who is to blame, as the platform sees it; a consumer's fault has the faultcode `Client`. */
  origin: 'Consumer' | 'Provider'
  environment: 'Development' | 'Test' | 'Integration' | 'Acceptation' | 'Simulation' | 'Production'
  /** The ticket. */
  id: string
  /** `SystemError` unless said otherwise. */
  kind?: 'SystemError' | 'BusinessError'
  /** Written as `Retry` when given. */
  retry?: boolean
  /** An element that stands alone: the detail instead of the platform's own, for services with faults of their own. */
  detail?: string
}

/** A `S:Fault` as the platform writes it; prefix `S` must be bound around it, as `buildEnvelope` does. */
export function buildFault(fault: FaultToWrite): Written {
  const messages =
    typeof fault.message === 'string' ? [{ text: fault.message, language: 'en' }] : fault.message
  const error = {
    Origin: fault.origin,
    Code: fault.code,
    Message: messages.map(({ text, language }) => ({
      value: text,
      ...(language === undefined ? {} : { lang: language }),
    })),
    ...(fault.retry === undefined ? {} : { Retry: fault.retry }),
    Environment: fault.environment,
    Id: fault.id,
  }
  return write(
    FaultElement,
    {
      faultcode: `S:${fault.origin === 'Consumer' ? 'Client' : 'Server'}`,
      faultstring: fault.code,
      detail:
        fault.detail === undefined
          ? { [fault.kind ?? 'SystemError']: error }
          : { fault: { xml: fault.detail } },
    },
    { inScope: new Map([['S', soapNamespace]]) },
  )
}
