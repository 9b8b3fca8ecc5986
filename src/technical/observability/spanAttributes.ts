/** Events as attributes of spans: OpenTelemetry's semantic conventions where they have a name, `ehealth.*` elsewhere. */
import type { SessionEvent, WireEvent } from './events.js'

type Attributes = Record<string, string | number | boolean>

/** Of a call when it begins. */
export function callAttributes({ service, operation, callId }: WireEvent): Attributes {
  return {
    'rpc.system': 'soap',
    'rpc.service': service,
    'rpc.method': operation,
    'ehealth.call.id': callId,
  }
}

/** Of an exchange, and of what a session does beside its calls. */
export function operationAttributes(event: SessionEvent): Attributes {
  switch (event.type) {
    case 'request':
      return { ...serverAttributes(event.endpoint), 'http.request.body.size': event.bytes }
    case 'response':
      return present({
        'http.response.status_code': event.httpStatus,
        'http.response.body.size': event.bytes,
        'ehealth.correlation_id': event.correlationId,
      })
    case 'token':
      return present({
        'ehealth.token.state': event.state,
        'ehealth.token.renewal': event.state === 'issued' ? event.renewal : undefined,
      })
    case 'etk':
      return present({
        'ehealth.etk.owner_type': event.ownerType,
        'ehealth.etk.source': event.source,
        'ehealth.etk.tokens': event.tokens,
      })
    case 'seal':
    case 'unseal':
      return present({ 'ehealth.seal.bytes': event.bytes, 'ehealth.seal.recipients': event.recipients })
    default:
      return {}
  }
}

/** Why something ended badly; our code is what the conventions call `error.type`. */
export function reasonAttributes(reason: {
  code?: string
  platformCode?: string
  ticket?: string
}): Attributes {
  return present({
    'error.type': reason.code,
    'ehealth.platform.code': reason.platformCode,
    'ehealth.platform.ticket': reason.ticket,
  })
}

function serverAttributes(endpoint: string): Attributes {
  if (!URL.canParse(endpoint)) return {}
  const { protocol, hostname, port } = new URL(endpoint)
  return {
    'url.full': endpoint,
    'server.address': hostname,
    'server.port': port === '' ? (protocol === 'http:' ? 80 : 443) : Number(port),
  }
}

function present(attributes: Readonly<Record<string, string | number | boolean | undefined>>): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).filter((entry): entry is [string, string | number | boolean] => {
      return entry[1] !== undefined
    }),
  )
}
