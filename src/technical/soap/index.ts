/**
 * SOAP as the platform speaks it: envelope, WS-Security (sign and verify), attachments, faults, transport, the call
 * pipeline, events and recording.
 *
 * @module
 */
export {
  attachmentReference,
  buildMessageBody,
  attachmentsOf,
  resolveAttachment,
  type MessageBody,
  type MessageBodyOptions,
} from './attachments/swa.js'
export { parseContentType, type ContentType } from './attachments/contentType.js'
export {
  parseHeaders,
  parseMultipart,
  type MimePart,
  type Multipart,
  type MultipartLimits,
} from './attachments/multipart.js'
export { fileContent } from './attachments/content.js'
export {
  receiveMessage,
  type ReceivedAttachment,
  type ReceivedMessage,
  type ReceiveOptions,
} from './attachments/receive.js'
export type { KeptContent } from './attachments/spool.js'
export { layouts, type LayoutName, type MultipartLayout } from './attachments/layouts.js'
export { includeXop, xopAttacher, xopInclude, type XopAttacher } from './attachments/xop.js'
export { writeAddressing, type Addressing } from './addressing.js'
export { call, type CallTarget } from './call.js'
export { callStreaming, type StreamedCallResult } from './callStreaming.js'
export { createClockWatch, skewBetween, type ClockWatch } from './clockWatch.js'
export {
  buildEnvelope,
  envelopePieces,
  parseEnvelope,
  type BodyContent,
  type BuildEnvelopeOptions,
  type ParsedEnvelope,
} from './envelope.js'
export { emitTo } from './events.js'
export { failureRules, type FailureKind, type FailureRule } from './failureRules.js'
export { failureKindOf, judgeFailure, type FailureVerdict } from './failures.js'
export { outcomeIsUnknown } from './unknownOutcome.js'
export { faultError, isFault, readFault, type Fault, type PlatformMessage } from './fault.js'
export { isHttpDump, parseHttpDump, type HttpDump } from './httpDump.js'
export { platformCodes, type PlatformCode, type SoaCode } from './platformCodes.js'
export { createRecorder } from './recording.js'
export { replayTransport, type Replay, type ReplayOptions } from './replay.js'
export {
  openBody,
  readResponse,
  type OpenedMessage,
  type ReadResponseOptions,
  type SoapResponse,
} from './response.js'
export {
  answerOf,
  assertCommons10Status,
  assertCommonsV1Status,
  assertCommonsV2Status,
  statusOf,
  successCodes,
  type PlatformStatus,
  type StatusFamily,
  type StatusOptions,
} from './status.js'
export { proxyFromVariables, type ProxyOptions } from './http/proxy.js'
export { createTransport, type HttpTransport, type TransportOptions } from './transport.js'
export type * from './types.js'
export {
  judgeAssertion,
  judgeEnvelope,
  type AssertionJudgement,
  type EnvelopeJudgement,
  type Finding,
  type JudgeAssertionOptions,
  type JudgedCertificate,
  type JudgeEnvelopeOptions,
} from './verifyFile.js'
export {
  holderOfKey,
  readAssertion,
  verifyAssertion,
  type AssertionAttribute,
  type ReadAssertion,
  type VerifiedAssertion,
  type VerifyAssertionOptions,
} from './wsSecurity/assertion.js'
export {
  genericAsyncDemands,
  securityForms,
  type SecurityDemands,
  type SecurityForm,
  type SecurityKind,
  type SignedPart,
} from './wsSecurity/forms.js'
export { buildFault, type FaultToWrite } from './writeFault.js'
export type { WriteSecurityOptions } from './wsSecurity/sign.js'
export type { MessageTimestamp } from './wsSecurity/timestamp.js'
export { verifyEnvelope, type SecurityPolicy, type VerifiedEnvelope } from './wsSecurity/verify.js'
