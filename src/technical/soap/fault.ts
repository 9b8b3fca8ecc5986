/** SOAP faults: read leniently, turned into errors (spec soap-security §5). */
import { EHealthError, type ErrorCode, type PlatformDetail } from '../../errors.js'
import { boolean } from '../xml/simpleTypes.js'
import { attribute, childElements, isElement, textOf, type XmlElement } from '../xml/tree.js'
import { soaErrorsNamespace, soapNamespace } from './namespaces.js'
import { isSoaCode, platformCodes } from './platformCodes.js'

/** Faultcodes that say it without a code of the platform: of the KGSS, about the token or its assertion (spec etee §5.2). */
const wssCodes: ReadonlyMap<string, ErrorCode> = new Map([['InvalidSecurity', 'fault.not-authenticated']])

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
const service = 'urn:be:fgov:ehealth:errors:service:v1'
const etee = 'urn:be:fgov:ehealth:etee:commons:1_0:etee'
const insurers = 'urn:be:cin:types:v1'

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
  const code =
    (error && (textNamed(error, 'Code') ?? textNamed(error, 'FaultCode'))) ??
    /^(SOA-\d{5})\b/.exec(faultString)?.[1]
  return withoutGaps({
    faultCode: (textNamed(element, 'faultcode') ?? '').replace(/^.*:/, ''),
    faultString,
    kind: error && kindOf(error),
    code,
    messages: error === undefined ? [] : messagesOf(error),
    origin: error && (textNamed(error, 'Origin') ?? textNamed(error, 'FaultSource')),
    environment: error && textNamed(error, 'Environment'),
    ticket: error && (attribute(error, 'Id') ?? attribute(error, 'FaultId')),
    retry: error && readBoolean(textNamed(error, 'Retry')),
    contact: error && textNamed(error, 'Contact'),
  })
}

function isPlatformError(element: XmlElement): boolean {
  const { namespace, local } = element
  return (
    ([core, soaErrorsNamespace, service].includes(namespace) &&
      ['SystemError', 'BusinessError'].includes(local)) ||
    isApplicationError(element) ||
    isInsurersError(element)
  )
}

/** What the mailboxes of the insurers say: `FaultType`, whatever the element is called (spec memberdata-mycarenet §2.4). */
const isInsurersError = (element: XmlElement): boolean =>
  childElements(element).some((child) => child.namespace === insurers && child.local === 'FaultCode')

/** What the KGSS calls its errors in a fault (spec etee §5.1). */
function isApplicationError({ namespace, local }: XmlElement): boolean {
  return namespace === etee && local === 'ApplicationErrors'
}

const kindOf = (error: XmlElement): Fault['kind'] =>
  isApplicationError(error) || isInsurersError(error) ? 'BusinessError' : (error.local as Fault['kind'])

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
  const general = isSoaCode(fault.code) ? platformCodes[fault.code].error : undefined
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
    retry: fault.retry,
    contact: fault.contact,
    httpStatus: answer.httpStatus,
    correlationId: answer.correlationId,
  })
  return new EHealthError(code, `the platform answered with a fault (${quoted ?? 'no code'})`, {
    platform,
    ...(fault.retry === undefined ? {} : { retryable: fault.retry }),
  })
}
