/** What a register says instead of an answer, with HTTP 200 (spec rn-consult §4, §12). */
import { EHealthError } from '../../errors.js'
import { redact } from '../../technical/identifiers/index.js'
import { statusOf } from '../../technical/soap/status.js'
import type { CallMeta, CallResult } from '../../technical/soap/types.js'
import { childElements, childNamed, descendants, textOf, type XmlElement } from '../../technical/xml/index.js'
import { base, business, registries, statusCodes } from '../rnConsult/contract.js'

/** One reason of a refusal. Numbers of persons in it are masked. */
export interface RefusalReason {
  /** Name of the element that told it, for instance `Message` or `ValidationError`. */
  kind: string
  /** For instance `MSG00008`. */
  code?: string
  /** `INFORMATION`, `WARNING` or `FATAL`. */
  severity?: string
  description?: string
  /** Names of the fields that it is about, for instance `ssin`. */
  fields: string[]
}

/** An element in the detail of a status, whatever it is: for reasons of a kind that is not known here. */
export interface RefusalDetail {
  namespace: string
  name: string
  /** Every text in it with the name of its element; numbers of persons are masked. */
  texts: { name: string; text: string }[]
}

/** Why a register refused. Holds no data of persons but what the platform writes into its texts, numbers masked. */
export interface RegisterRefusal {
  /** For instance `urn:be:fgov:ehealth:2.0:status:Requester`. */
  code: string
  /** The inner code: explains, never decides. */
  subCode?: string
  messages: string[]
  reasons: RefusalReason[]
  details: RefusalDetail[]
  /** Identifier of the answer, for questions to the platform's service desk. */
  answerId?: string
}

/** An outcome that is a refusal. */
export interface Refused {
  outcome: 'refused'
  refusal: RegisterRefusal
  meta: CallMeta
}

const commons = 'urn:be:fgov:ehealth:commons:core:v2'

/**
 * The refusal in an answer; `undefined` when the answer says success.
 *
 * @throws EHealthError `contract.unreadable` for an answer without status
 */
export function refusalIn({ element }: CallResult<unknown>): RegisterRefusal | undefined {
  const status = statusOf(element)
  if (status?.family !== 'commons-v2' || status.code === '')
    throw new EHealthError('contract.unreadable', `${element.local}.Status: missing`, {
      path: `${element.local}.Status`,
    })
  if (status.success) return undefined
  const written = childNamed(element, commons, 'Status')
  const detail = written && childNamed(written, commons, 'StatusDetail')
  const details = detail === undefined ? [] : childElements(detail)
  const answerId = element.attributes.find(
    ({ local, namespace }) => local === 'Id' && namespace === '',
  )?.value
  return {
    code: status.code,
    ...(status.subCode === undefined ? {} : { subCode: status.subCode }),
    messages: status.messages.map(({ text }) => masked(text)),
    reasons: details.flatMap(reasonsIn),
    details: details.map(detailOf),
    ...(answerId === undefined ? {} : { answerId }),
  }
}

/** Whether the register says that there is nobody, by either code. @internal */
export const isUnknown = ({ code, subCode }: RegisterRefusal): boolean =>
  code === statusCodes.notFound || subCode === statusCodes.notFound

/** Elements that tell a reason, wherever they stand: with a code of their own. */
const codeNames = ['ReasonCode', 'Code'] as const

function reasonsIn(element: XmlElement): RefusalReason[] {
  return [...descendants(element)].flatMap((each) => {
    const own = (name: string): string | undefined => {
      const child = childElements(each).find(({ local }) => local === name)
      return child === undefined ? undefined : masked(textOf(child).trim())
    }
    const code = codeNames.map(own).find((text) => text !== undefined)
    if (code === undefined || !known.has(each.namespace)) return []
    const severity = own('Severity')
    const description = own('Diagnostic') ?? own('Description')
    return [
      {
        kind: each.local,
        code,
        ...(severity === undefined ? {} : { severity }),
        ...(description === undefined ? {} : { description }),
        fields: [...descendants(each)]
          .filter(({ local }) => local === 'FieldName')
          .map((field) => masked(textOf(field).trim())),
      },
    ]
  })
}

/** Namespaces whose elements tell reasons; anything else is a detail only. */
const known: ReadonlySet<string> = new Set([business.uri, registries.uri, base.uri])

const detailOf = (element: XmlElement): RefusalDetail => ({
  namespace: element.namespace,
  name: element.local,
  texts: [...descendants(element)]
    .map((each) => ({ name: each.local, text: masked(textOf(each).trim()) }))
    .filter(({ text }) => text !== ''),
})

const masked = (text: string): string => text.replace(/\d{2}(?:[ .-]?\d){9}/g, (number) => redact(number))
