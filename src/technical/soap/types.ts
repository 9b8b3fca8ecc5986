/** The words of the call pipeline: operations, security, attachments, results, events. */
import type { Cache } from '../environment/cache.js'
import type { ServiceName } from '../environment/environment.js'
import type { Runtime } from '../environment/runtime.js'
import type { Credential } from '../keystore/credential.js'
import type { CallFact, EventListener } from '../observability/events.js'
import type { TransportMark } from '../observability/progress.js'
import type { TraceContext } from '../observability/traceContext.js'
import type { Tracing } from '../observability/tracing.js'
import type { Watch } from '../observability/watch.js'
import type { ElementDeclaration } from '../xml/contract.js'
import type { XmlElement } from '../xml/tree.js'
import type { Addressing } from './addressing.js'
import type { SecurityDemands, SecurityKind } from './wsSecurity/forms.js'
import type { ClockWatch } from './clockWatch.js'

export type { EventListener, WireEvent } from '../observability/events.js'
export type { TransportMark } from '../observability/progress.js'

/** One operation of a service: everything the pipeline needs to call it, and the simulator to serve it. */
export interface Operation<Request, Response> extends SecurityDemands {
  readonly service: ServiceName
  /** Name of the operation in the WSDL, for instance `sendMessage`. */
  readonly name: string
  /** Without quotes; empty where the WSDL says empty. */
  readonly soapAction: string
  readonly request: ElementDeclaration<Request>
  readonly response: ElementDeclaration<Response>
  /** Form of the security header that the service demands (spec soap-security §2.1). */
  readonly security: SecurityKind
  /** How attachments of the request travel; `swa`. With `xop` every request is a multipart package. */
  readonly packaging?: Packaging
  /** Whether the request may be repeated when its outcome is unknown. */
  readonly idempotent: boolean
  /** `false`: no answer is ever kept to stand for a later one, whatever the service list says. People's data are not. */
  readonly kept?: false
}

/** A SAML assertion as the STS issued it: the octets are what its signature covers. */
export interface SamlAssertion {
  /** `AssertionID`. */
  readonly id: string
  /** The element, standing alone (every namespace it uses declared), otherwise untouched. */
  readonly xml: string
}

/** The security header of one call. */
export type Security =
  | { readonly kind: 'none' }
  | { readonly kind: 'x509'; readonly credential: Credential }
  | { readonly kind: 'saml-hok'; readonly credential: Credential; readonly assertion: SamlAssertion }
  /** The credential is the sender's own; the assertion speaks of somebody for whom it vouches. */
  | {
      readonly kind: 'saml-sender-vouches'
      readonly credential: Credential
      readonly assertion: SamlAssertion
    }

/** A MIME part beside the envelope (SOAP with Attachments). */
export interface Attachment {
  /** Content-ID without angle brackets and without `cid:`. */
  readonly contentId: string
  /** Media type, for instance `application/pdf`. */
  readonly contentType: string
  readonly content: Uint8Array
}

/** What is known of a call beside its result. */
export interface CallMeta {
  service: ServiceName
  operation: string
  endpoint: string
  httpStatus: number
  /** `X-CorrelationID` of the answer. */
  correlationId?: string
  startedAt: Date
  milliseconds: number
  /** Attempts that failed before this one; absent when there were none. */
  failedAttempts?: readonly Attempt[]
  /** The answer is one of before, kept because the service cannot be reached: the instant it was given. */
  keptSince?: Date
  /** The envelopes as they were on the wire. They hold patient data: for audit, never for logs. Not enumerable. */
  raw: { request: string; response: string }
}

/** Octets of a known number that are read while they are sent, for instance those of a file. */
export interface StreamedContent {
  /** How many octets there are; announced before the first is read. */
  readonly length: number
  /** Begins anew at every call: a message may be sent, recorded and sent again. */
  stream(): AsyncIterable<Uint8Array>
}

/** A MIME part to be sent; large content need not be in memory. */
export interface AttachmentToSend extends Omit<Attachment, 'content'> {
  readonly content: Uint8Array | StreamedContent
}

/** How attachments travel: SOAP with Attachments, or MTOM/XOP (spec soap-security §4). */
export type Packaging = 'swa' | 'xop'

/** One attempt of a call, as errors, results and logs tell it. */
export interface Attempt {
  endpoint: string
  /** ISO 8601. */
  at: string
  milliseconds: number
  /** Code of the error that it ended with. */
  outcome: string
  /** The platform's own code, when it answered with one. */
  platformCode?: string
}

/** How often a call is tried by itself. What may be tried again at all, the table of failures says. */
export interface RetryOptions {
  /** Attempts at most, the first included, the one with a new token not; 3. With 1 nothing is repeated after a pause. */
  attempts?: number
  /** Milliseconds before the second attempt, at most; 300. Doubled each time, and each time less by chance up to half. */
  firstPause?: number
}

/** A result with what is known of the call. */
export interface CallResult<Response> {
  value: Response
  /** Root element of the answer that `value` was read from. */
  element: XmlElement
  /** Attachments of the answer by Content-ID. */
  attachments: ReadonlyMap<string, Attachment>
  meta: CallMeta
}

/** Judges what is signed in an answer. */
export interface Verifying<Response> {
  /**
   * Gives what verifies this answer, or nothing where nothing in it is signed. It runs as a part of the call: told as its
   * phase `verify`, and what it throws is the error of the call. An answer of before is judged as well. The messages of
   * the platform are not signed; what is signed in some of them is the content, for instance the assertion of the STS
   * (spec soap-security §3).
   */
  verify?: (result: CallResult<Response>) => (() => void | Promise<void>) | undefined
}

/** Options of one call. */
export interface CallOptions {
  /** URL to call instead of the endpoint of the service in the environment. */
  endpoint?: string
  attachments?: readonly AttachmentToSend[]
  /** Octets above which a binary value becomes a part of a `xop` message; 81 920, as the official connector. */
  xopThreshold?: number
  signal?: AbortSignal
  /** Milliseconds for the whole call, repeated attempts and pauses included; default of the transport when omitted. */
  timeout?: number
  /** How often to try; default of the session when omitted. */
  retry?: RetryOptions
  /** SOAPAction instead of that of the operation, without quotes; `false` leaves the header out (spec soap-security §1.3). */
  soapAction?: string | false
  /** WS-Addressing headers, for the services that want them (spec soap-security §1.5). */
  addressing?: Addressing
  /** Place in a trace: sent as `traceparent` and `tracestate`. `readTraceContext` takes it from headers. */
  traceContext?: TraceContext
  /**
   * Told, before each attempt, how many octets the HTTP body of the request has, signed and packed. What it throws ends
   * the call; nothing was sent then.
   */
  beforeSending?: (bytes: number) => void
  /** Told how many octets of the HTTP body have gone, of how many; each attempt begins anew. */
  onSent?: (bytes: number, total: number) => void
}

/** One HTTP exchange, bytes as on the wire. */
export interface HttpRequest {
  url: string
  headers: Record<string, string>
  body: Uint8Array | StreamedContent
  timeout?: number
  signal?: AbortSignal
  /** Told how far the exchange has come, where the transport knows. */
  onProgress?: (mark: TransportMark) => void
  /** Told how many octets of the body have gone, where the transport knows. */
  onSent?: (bytes: number) => void
  /**
   * Takes the answer while it comes in; what this makes of it is the answer that `post` gives. The time of the call runs
   * on meanwhile. A transport that cannot stream may ignore it.
   */
  receive?: (answer: StreamedResponse) => Promise<HttpResponse>
}

/** An answer whose body is still on its way, decompressed; no larger than the transport allows. */
export interface StreamedResponse extends Omit<HttpResponse, 'body'> {
  body: AsyncIterable<Uint8Array>
}

/** An answer, whatever its status. Header names in lower case. */
export interface HttpResponse {
  status: number
  headers: Record<string, string>
  body: Uint8Array
}

/** The door to the network: keep-alive connections with a lifetime. */
export interface Transport {
  post(request: HttpRequest): Promise<HttpResponse>
  /** Closes all connections, calls under way end with `transport.aborted`; the transport cannot be used afterwards. */
  close(): void
}

/** What the pipeline works with. */
export interface PipelineContext {
  transport: Transport
  runtime: Runtime
  /** Called for every event. */
  emit: EventListener
  /** Writes each exchange to a directory when set (design §9). */
  recorder?: Recorder
  /** Gives calls a place in a trace. */
  tracing?: Tracing
  /** Products that call, for instance `Sample/1.0`: they stand before the library's own in `User-Agent`. */
  userAgent?: string
  /** Value of the `From` header: an e-mail address of whoever runs the software. */
  from?: string
  /** Compares clocks by the answers. `runtime` should be its `runtime`. */
  clock?: ClockWatch
  /** Knows more endpoints than the one configured. */
  routes?: EndpointRoutes
}

/** Where a service is to be found, as business continuity tells it. */
export interface EndpointRoutes {
  /** Endpoints of a service, best first; at least the one configured. */
  endpointsOf(service: ServiceName, configured: string): readonly string[]
  /** Told that an endpoint answered after others, named with the code of their failure, had not. */
  answered(
    service: ServiceName,
    endpoint: string,
    failed: readonly { endpoint: string; code: string }[],
  ): void
  /** Whether answers of the service are kept for bad days, and where. */
  keptAnswers(service: ServiceName, configured: string): KeptAnswers | undefined
}

/** Answers of before (service list v2, spec soap-security §6.8). */
export interface KeptAnswers {
  /** Look here first, or only when no endpoint can be reached. */
  readonly strategy: 'ENDPOINT_FIRST' | 'CACHE_FIRST'
  /** Milliseconds for which an answer is kept. */
  readonly lifetime: number
  readonly store: Cache
}

/** What the parts of the pipeline work with, for one call: `emit` knows which. @internal */
export interface WatchedContext extends PipelineContext {
  emit: (fact: CallFact) => void
  watch: Watch
}

/** One exchange for a {@link Recorder}. */
export interface RecordedExchange {
  service: string
  operation: string
  url: string
  requestHeaders: Record<string, string>
  request: Uint8Array
  status?: number
  responseHeaders?: Record<string, string>
  response?: Uint8Array
  /** When the request was sent. */
  startedAt?: Date
  milliseconds: number
  /** Code of the error where no answer came. */
  error?: string
}

/** Keeps the bytes of exchanges. */
export interface Recorder {
  /**
   * Called once per exchange, when the answer (or nothing) has come. The call waits for it; when it fails, the call goes
   * on and an event tells.
   */
  record(exchange: RecordedExchange): Promise<void>
}
