/** The status in the body of an answer with HTTP 200: three families (spec soap-security §5.3). */
import { EHealthError, type PlatformDetail } from '../../errors.js'
import { attribute, childElements, childNamed, textOf, type XmlElement } from '../xml/tree.js'
import { messagesOf, type PlatformMessage } from './fault.js'

/** A family of status elements, named after the schemas it comes from. */
export type StatusFamily = 'commons-1_0' | 'commons-v1' | 'commons-v2'

/** What an answer says about itself. */
export interface PlatformStatus {
  family: StatusFamily
  /** For instance `100` or `urn:be:fgov:ehealth:2.0:status:Success`. */
  code: string
  /** Inner code of commons v2: explains, never decides. */
  subCode?: string
  messages: PlatformMessage[]
  /** True when the family's official validator calls the code a success. */
  success: boolean
}

const commons10 = 'urn:be:fgov:ehealth:commons:1_0:core'
const commonsV2 = 'urn:be:fgov:ehealth:commons:core:v2'

/** What is known of the HTTP answer, for the error of a status in it. */
export function answerOf(
  answer: { httpStatus?: number; correlationId?: string } | undefined,
): Pick<PlatformDetail, 'httpStatus' | 'correlationId'> {
  const { httpStatus, correlationId } = answer ?? {}
  return {
    ...(httpStatus === undefined ? {} : { httpStatus }),
    ...(correlationId === undefined ? {} : { correlationId }),
  }
}

/** Codes that mean success; `100` and `200` are not interchangeable. */
export const successCodes: Readonly<Record<StatusFamily, readonly string[]>> = {
  'commons-1_0': ['100'],
  'commons-v1': ['100', '200'],
  'commons-v2': ['urn:be:fgov:ehealth:2.0:status:Success'],
}

/** The status of an answer, whatever its family; `undefined` when the answer has none. */
export function statusOf(response: XmlElement): PlatformStatus | undefined {
  const oldest = childNamed(response, commons10, 'Status')
  if (oldest !== undefined) return numbered('commons-1_0', oldest)
  const local = childNamed(response, '', 'Status')
  if (local !== undefined) return numbered('commons-v1', local)
  const qualified = childNamed(response, commonsV2, 'Status')
  return qualified === undefined ? undefined : named(qualified)
}

function numbered(family: StatusFamily, status: XmlElement): PlatformStatus {
  const code = childNamed(status, '', 'Code')
  return judged({ family, code: code === undefined ? '' : textOf(code).trim(), messages: messagesOf(status) })
}

function named(status: XmlElement): PlatformStatus {
  const outer = childNamed(status, commonsV2, 'StatusCode')
  const inner = outer && childNamed(outer, commonsV2, 'StatusCode')
  const subCode = inner && attribute(inner, 'Value')
  const messages = childElements(status)
    .filter((child) => child.local === 'StatusMessage')
    .map((child) => ({ text: textOf(child).trim() }))
  return judged({
    family: 'commons-v2',
    code: (outer && attribute(outer, 'Value')) ?? '',
    messages,
    ...(subCode === undefined ? {} : { subCode }),
  })
}

function judged(status: Omit<PlatformStatus, 'success'>): PlatformStatus {
  return { ...status, success: successCodes[status.family].includes(status.code) }
}

/** Options of the assertions below. */
export interface StatusOptions {
  /** Codes that are no errors for this operation, beside those of the family. */
  accept?: readonly string[]
  /** `X-CorrelationID` of the answer, for the error. */
  correlationId?: string
  httpStatus?: number
}

function assertStatus(family: StatusFamily, response: XmlElement, options: StatusOptions): PlatformStatus {
  const status = statusOf(response)
  if (status?.family !== family || status.code === '')
    throw new EHealthError('contract.unreadable', `${response.local}.Status: missing`, {
      path: `${response.local}.Status`,
    })
  if (status.success || options.accept?.includes(status.code) === true) return status
  const id = attribute(response, 'Id')
  throw new EHealthError('fault.business', 'the service refused the request', {
    platform: {
      code: status.code,
      messages: status.messages,
      ...(id === undefined ? {} : { id }),
      ...answerOf(options),
    },
    ...(status.subCode === undefined ? {} : { details: { subCode: status.subCode } }),
  })
}

/**
 * Status of EtkDepot, KGSS and the old national register services: success is `100` alone.
 *
 * @param response The child of the Body.
 * @throws EHealthError `fault.business` with the platform's code, `contract.unreadable` without a status
 */
export function assertCommons10Status(response: XmlElement, options: StatusOptions = {}): PlatformStatus {
  return assertStatus('commons-1_0', response, options)
}

/**
 * Status of eHealthBox v3 and its contemporaries: success is `100` or `200`.
 *
 * @param response The child of the Body.
 * @throws EHealthError `fault.business` with the platform's code, `contract.unreadable` without a status
 */
export function assertCommonsV1Status(response: XmlElement, options: StatusOptions = {}): PlatformStatus {
  return assertStatus('commons-v1', response, options)
}

/**
 * Status of the newer services: the outer `StatusCode` decides.
 *
 * @param response The child of the Body.
 * @throws EHealthError `fault.business` with the platform's code, `contract.unreadable` without a status
 */
export function assertCommonsV2Status(response: XmlElement, options: StatusOptions = {}): PlatformStatus {
  return assertStatus('commons-v2', response, options)
}
