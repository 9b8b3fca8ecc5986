/** SOAP faults: read leniently, turned into errors, written for whoever serves (spec soap-security §5). */
import { EHealthError, type ErrorCode, type PlatformDetail } from '../../errors.js'
import { allowed, boolean, inNamespace, many, namespace, optional, string, write } from '../xml/index.js'
import { attribute, childElements, isElement, textOf, type XmlElement } from '../xml/tree.js'
import type { Written } from '../xml/write.js'
import { soapNamespace } from './namespaces.js'

/** The platform's general codes and what they are here (spec soap-security §5.2). */
export const soaCodes = {
  'SOA-00001': 'fault.other',
  'SOA-01001': 'fault.not-authenticated',
  'SOA-01002': 'fault.not-authorised',
  'SOA-02001': 'fault.unavailable',
  'SOA-02002': 'fault.temporarily-unavailable',
  'SOA-03001': 'fault.malformed',
  'SOA-03002': 'fault.malformed',
  'SOA-03003': 'fault.malformed',
  'SOA-03004': 'fault.malformed',
  'SOA-03005': 'fault.malformed',
  'SOA-03006': 'fault.schema',
  'SOA-03007': 'fault.content',
} as const satisfies Record<string, ErrorCode>

/** Faultcodes that say it without a code of the platform: of the KGSS, about the token or its assertion (spec etee §5.2). */
const wssCodes: ReadonlyMap<string, ErrorCode> = new Map([['InvalidSecurity', 'fault.not-authenticated']])

/** A general code of the platform. */
export type SoaCode = keyof typeof soaCodes

/** A text of the platform in one language. */
export interface PlatformMessage {
  text: string
  /** As the platform wrote it: `en`, `EN`, `NA`. */
  language?: string
}

/** What a fault says. */
export interface Fault {
  /** Without prefix, for instance `Server`. */
  faultCode: string
  faultString: string
  kind?: 'SystemError' | 'BusinessError'
  /** Code of the detail; a SOA code that stands in the faultstring alone counts too. */
  code?: string
  messages: PlatformMessage[]
  origin?: string
  environment?: string
  /** `Id` of the error: what the service desk asks for. */
  ticket?: string
  /** `Retry`: the platform says itself whether to try again. */
  retry?: boolean
  contact?: string
}

const xmlNamespace = 'http://www.w3.org/XML/1998/namespace'
const core = 'urn:be:fgov:ehealth:errors:core:v1'
const soa = 'urn:be:fgov:ehealth:errors:soa:v1'
const service = 'urn:be:fgov:ehealth:errors:service:v1'
const etee = 'urn:be:fgov:ehealth:etee:commons:1_0:etee'

/** True for a `S:Fault`. */
export function isFault(element: XmlElement): boolean {
  return isElement(element, soapNamespace, 'Fault')
}

/**
 * Reads a fault. Children are found by local name whatever their namespace, and none is compulsory: seen in the field
 * are qualified children, a missing Origin, and codes in the faultstring only. A detail of a foreign namespace gives
 * no code.
 */
export function readFault(element: XmlElement): Fault {
  const faultString = textNamed(element, 'faultstring') ?? ''
  const detail = firstNamed(element, 'detail')
  const error = detail && childElements(detail).find(isPlatformError)
  const code = (error && textNamed(error, 'Code')) ?? /^(SOA-\d{5})\b/.exec(faultString)?.[1]
  return withoutGaps({
    faultCode: (textNamed(element, 'faultcode') ?? '').replace(/^.*:/, ''),
    faultString,
    kind: error && kindOf(error),
    code,
    messages: error === undefined ? [] : messagesOf(error),
    origin: error && textNamed(error, 'Origin'),
    environment: error && textNamed(error, 'Environment'),
    ticket: error && (attribute(error, 'Id') ?? attribute(error, 'FaultId')),
    retry: error && readBoolean(textNamed(error, 'Retry')),
    contact: error && textNamed(error, 'Contact'),
  })
}

function isPlatformError(element: XmlElement): boolean {
  const { namespace, local } = element
  return (
    ([core, soa, service].includes(namespace) && ['SystemError', 'BusinessError'].includes(local)) ||
    isApplicationError(element)
  )
}

/** What the KGSS calls its errors in a fault (spec etee §5.1). */
function isApplicationError({ namespace, local }: XmlElement): boolean {
  return namespace === etee && local === 'ApplicationErrors'
}

const kindOf = (error: XmlElement): Fault['kind'] =>
  isApplicationError(error) ? 'BusinessError' : (error.local as Fault['kind'])

function firstNamed(parent: XmlElement, local: string): XmlElement | undefined {
  return childElements(parent).find((child) => child.local === local)
}

function textNamed(parent: XmlElement, local: string): string | undefined {
  const element = firstNamed(parent, local)
  const text = element === undefined ? '' : textOf(element).trim()
  return text === '' ? undefined : text
}

function readBoolean(text: string | undefined): boolean | undefined {
  return text === undefined ? undefined : boolean.parse(text)
}

/** All `Message` children with their language. @internal */
export function messagesOf(parent: XmlElement): PlatformMessage[] {
  return childElements(parent)
    .filter((child) => child.local === 'Message')
    .map((child) => {
      const language = attribute(child, 'lang', xmlNamespace) ?? attribute(child, 'Lang')
      return { text: textOf(child).trim(), ...(language === undefined ? {} : { language }) }
    })
}

function withoutGaps<T extends object>(value: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T
}

/**
 * The error that a fault is for the caller. The platform's texts go into `platform`, never into the message: nobody
 * promises that they hold no patient data.
 */
export function faultError(
  fault: Fault,
  answer: Pick<PlatformDetail, 'httpStatus' | 'correlationId'> = {},
): EHealthError {
  const general = isSoaCode(fault.code) ? soaCodes[fault.code] : undefined
  const code =
    general ??
    wssCodes.get(fault.faultCode) ??
    (fault.kind === 'BusinessError' ? 'fault.business' : 'fault.other')
  const quoted = [fault.code, fault.faultCode].find(
    (text) => text !== undefined && /^[\w.:-]{1,40}$/.test(text),
  )
  const platform: PlatformDetail = withoutGaps({
    code: fault.code,
    messages: fault.messages.length > 0 ? fault.messages : [{ text: fault.faultString }],
    id: fault.ticket,
    environment: fault.environment,
    origin: fault.origin,
    faultCode: fault.faultCode,
    httpStatus: answer.httpStatus,
    correlationId: answer.correlationId,
  })
  return new EHealthError(code, `the platform answered with a fault (${quoted ?? 'no code'})`, {
    platform,
    ...(fault.retry === undefined ? {} : { retryable: fault.retry }),
    ...(fault.contact === undefined ? {} : { details: { contact: fault.contact } }),
  })
}

/** Own members only: `constructor` is a code that somebody may send. */
const isSoaCode = (code: string | undefined): code is SoaCode =>
  code !== undefined && Object.hasOwn(soaCodes, code)

const soap = namespace(soapNamespace, { prefix: 'S', qualified: false })
const soaErrors = namespace(soa, { prefix: 'soa', qualified: false })
const Message = soaErrors.simpleContent(string(), { lang: allowed(string(), xmlNamespace) })
const PlatformError = soaErrors.sequence(
  {
    Origin: string(),
    Code: string(),
    Message: many(Message, { min: 1 }),
    Retry: optional(boolean),
    Contact: optional(string()),
    Environment: inNamespace(soa, string()),
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
        SystemError: inNamespace(soa, optional(PlatformError)),
        BusinessError: inNamespace(soa, optional(PlatformError)),
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
      detail: { [fault.kind ?? 'SystemError']: error },
    },
    { inScope: new Map([['S', soapNamespace]]) },
  )
}
