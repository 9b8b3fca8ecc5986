/** Faults in an answer as a caller handles them (spec memberdata-mycarenet §1.7, §1.8). */
import { EHealthError } from '../../errors.js'
import { childElements, read, type XmlElement } from '../../technical/xml/index.js'
import type { ElementDeclaration } from '../../technical/xml/contract.js'
import {
  FaultType,
  mycarenetTypes,
  type FaultDetailElement,
  type FaultElement,
} from '../mycarenet/contract.js'
import { isMemberDataFault, memberDataFaults, type MemberDataFaultCode } from './contract.js'

/** A text of the platform. */
export interface FaultText {
  text: string
  /** As the platform says it, for instance `fr`; absent where it does not. */
  language?: string
}

/** One finding of MyCareNet or an insurer. */
export interface MemberDataFault {
  /** The platform's own code; to be relied on, other than its texts. */
  code: MemberDataFaultCode | (string & {})
  /** What the code means, in our words; absent for a code that is not known. */
  meaning?: string
  /** `INPUT_ERROR`, `WARNING` and so on. */
  faultCode: string
  /** Who found it: `MYCARENET`, or an insurer as `IO-BE-300`. */
  source?: string
  /** Code of the insurer who found it. */
  insurer?: string
  /** What the finder calls the place inside of itself. */
  detailSource?: string
  /** Path in the question, as opaque text: its form differs from one insurer to the next. */
  location?: string
  /** The platform's texts; often there is none. */
  texts: FaultText[]
}

/** The fault in the detail of a status, whichever namespace it stands in. */
export function faultsIn(statusDetail: XmlElement | undefined): MemberDataFault[] {
  const faults =
    statusDetail === undefined ? [] : childElements(statusDetail).filter(({ local }) => local === 'Fault')
  return faults.flatMap((element) => findingsOf(readFault(element)))
}

function readFault(element: XmlElement): FaultElement {
  const declaration: ElementDeclaration<FaultElement> = {
    namespace: element.namespace,
    local: 'Fault',
    type: FaultType,
  }
  try {
    return read(declaration, element)
  } catch (cause) {
    if (!(cause instanceof EHealthError)) throw cause
    throw new EHealthError('member-data.answer', `a fault in ${mycarenetTypes.uri}: ${cause.message}`, {
      cause,
    })
  }
}

function findingsOf(fault: FaultElement): MemberDataFault[] {
  const { FaultCode, FaultSource, Message, Details } = fault
  const details: FaultDetailElement[] = Details?.Detail ?? []
  const common = textsOf([Message])
  if (details.length === 0) return [finding(FaultCode, { FaultCode, FaultSource }, common)]
  return details.map((detail) => ({
    ...finding(detail.DetailCode, { FaultCode, FaultSource }, [...textsOf([detail.Message]), ...common]),
    ...present('detailSource', detail.DetailSource),
    ...present('location', detail.Location),
  }))
}

function finding(
  code: string,
  { FaultCode, FaultSource }: Pick<FaultElement, 'FaultCode' | 'FaultSource'>,
  texts: FaultText[],
): MemberDataFault {
  const name = code.trim()
  const insurer = /^IO-BE-(\d{3})$/.exec(FaultSource?.trim() ?? '')?.[1]
  return {
    code: name,
    ...(isMemberDataFault(name) ? { meaning: memberDataFaults[name].meaning } : {}),
    faultCode: FaultCode.trim(),
    ...present('source', FaultSource),
    ...(insurer === undefined ? {} : { insurer }),
    texts,
  }
}

const textsOf = (messages: readonly FaultElement['Message'][]): FaultText[] =>
  messages.flatMap((message) =>
    message === undefined || message.value.trim() === ''
      ? []
      : [{ text: message.value.trim(), ...present('language', message.lang) }],
  )

function present<Name extends string>(name: Name, value: string | undefined): { [N in Name]?: string } {
  return (value === undefined || value.trim() === '' ? {} : { [name]: value.trim() }) as {
    [N in Name]?: string
  }
}
