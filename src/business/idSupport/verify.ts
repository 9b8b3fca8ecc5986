/** Asking the authentic source about a card, and what it says (spec rn-consult §11). */
import { EHealthError } from '../../errors.js'
import { refuseUnknownOptions } from '../../technical/session/options.js'
import type { Session } from '../../technical/session/types.js'
import { statusOf } from '../../technical/soap/status.js'
import type { CallMeta, CallOptions } from '../../technical/soap/types.js'
import { childElements, read, type XmlElement } from '../../technical/xml/index.js'
import { idsOf, type CardToVerify } from './card.js'
import {
  idSupportOperations,
  idTypes,
  ProviderInfo,
  type Id,
  type ValidationResult,
  type VerifyIdResponse,
} from './contract.js'

/** Options of {@link IdSupport.verify}. */
export interface VerifyCardOptions extends Pick<CallOptions, 'signal' | 'timeout' | 'traceContext'> {
  /**
   * Why it is asked, in the words that were agreed on, for instance `patient insurance validation`. That of the connection
   * (`nationalRegister`) by default; none is written where there is none.
   */
  legalContext?: string | undefined
}

/** A remark about the card, for instance the day on which it ends. */
export interface CardRemark {
  text: string
  /** `yyyy-mm-dd` as the platform wrote it. */
  date?: string
  detail?: string
}

/** What the authentic source said itself, in the status of the answer. */
export interface ProviderStatus {
  /** `DATA_FOUND`, `NO_DATA_FOUND` or `NO_RESULT`, as far as is known. */
  value: string
  /** For instance `MSG00008`. */
  code: string
  description?: string
  /** Which fields it is about; their values may be numbers of persons and are left out. */
  fields: string[]
}

/** What every answer carries. */
export interface CardAnswer {
  /** The authentic source's own status, where the answer has one. */
  provider?: ProviderStatus
  /** What is odd about the answer, for instance that it is about another number. */
  problems: string[]
  meta: CallMeta
}

/** What an answer tells of the card. */
export interface CardDetails {
  /** Kind of the card in the platform's words, of which no list is public. */
  card?: string
  /** The number of the holder, where the answer names it: what a barcode alone does not tell. */
  ssin?: string
  cardNumber?: string
  remarks: CardRemark[]
}

/** What became of a verification. */
export type CardVerification =
  /** The card is that of the person. Read the remarks: they may tell when it ends. */
  | ({ outcome: 'valid' } & CardDetails & CardAnswer)
  | ({ outcome: 'not-valid' } & CardDetails & CardAnswer)
  /** An answer that is neither: do not take it for a yes. `verdict` is what the platform wrote, if anything. */
  | ({ outcome: 'unclear'; verdict?: string } & CardDetails & CardAnswer)
  /** The platform did not answer the question. */
  | ({ outcome: 'refused'; code: string; subCode?: string; message?: string } & CardAnswer)

/** See {@link IdSupport.verify}. */
export async function verifyCard(
  session: Session,
  card: CardToVerify,
  options: VerifyCardOptions = {},
): Promise<CardVerification> {
  refuseUnknownOptions(options, ['legalContext', 'signal', 'timeout', 'traceContext'])
  const { runtime } = session
  const ids = idsOf(card, runtime.now())
  const { legalContext, ...call } = options
  const { value, element, meta } = await session.call(
    idSupportOperations.verifyId,
    {
      Id: `_${runtime.uuid()}`,
      IssueInstant: runtime.now(),
      ...(legalContext === undefined ? {} : { LegalContext: legalContext }),
      IdentificationData: { Id: ids },
    },
    call,
  )
  const provider = providerOf(value)
  const answer = { ...(provider === undefined ? {} : { provider }), meta }
  const status = statusOf(element)
  if (status === undefined || status.code === '')
    throw new EHealthError('contract.unreadable', 'VerifyIdResponse.Status: missing', {
      path: 'VerifyIdResponse.Status',
    })
  if (!status.success) {
    const [message] = status.messages
    return {
      outcome: 'refused',
      code: status.code,
      ...(status.subCode === undefined ? {} : { subCode: status.subCode }),
      ...(message === undefined ? {} : { message: message.text }),
      problems: [],
      ...answer,
    }
  }
  const result: Partial<ValidationResult> = value.ValidationResult ?? {}
  const answered = result.Id ?? []
  return {
    ...verdictOf(result.IsValidCombination),
    ...detailsOf(result, answered),
    problems: otherNumbers(ids, answered),
    ...answer,
  }
}

/** A text in the schema: anything but the two words is none of them (spec rn-consult §11, trap 17). */
function verdictOf(
  text: string | undefined,
): { outcome: 'valid' } | { outcome: 'not-valid' } | { outcome: 'unclear'; verdict?: string } {
  switch (text?.trim().toLowerCase()) {
    case 'true':
      return { outcome: 'valid' }
    case 'false':
      return { outcome: 'not-valid' }
    default:
      return { outcome: 'unclear', ...(text === undefined ? {} : { verdict: text }) }
  }
}

function detailsOf({ Card, Info = [] }: Partial<ValidationResult>, answered: readonly Id[]): CardDetails {
  const ssin = valueOf(answered, idTypes.ssin)
  const cardNumber = valueOf(answered, idTypes.cardNumber)
  return {
    ...(Card === undefined ? {} : { card: Card }),
    ...(ssin === undefined ? {} : { ssin }),
    ...(cardNumber === undefined ? {} : { cardNumber }),
    remarks: Info.map(({ value: text, Date: date, Detail: detail }) => ({
      text,
      ...(date === undefined ? {} : { date }),
      ...(detail === undefined ? {} : { detail }),
    })),
  }
}

const valueOf = (ids: readonly Id[], type: string): string | undefined =>
  ids.find(({ Type }) => Type === type)?.value.trim()

const names: Readonly<Record<string, string>> = {
  [idTypes.ssin]: 'SSIN',
  [idTypes.cardNumber]: 'card number',
}

/** An answer about somebody else must not stay unseen. A number may have been replaced, too. */
const otherNumbers = (asked: readonly Id[], answered: readonly Id[]): string[] =>
  Object.entries(names).flatMap(([type, name]) => {
    const [one, other] = [valueOf(asked, type), valueOf(answered, type)]
    return one === undefined || other === undefined || one === other
      ? []
      : [`the answer names another ${name} than was asked for`]
  })

/** The detail may hold anything: what is not known is passed over, it stands in `meta.raw`. */
function providerOf({ Status }: VerifyIdResponse): ProviderStatus | undefined {
  const detail = Status.StatusDetail?.element
  const info = detail === undefined ? undefined : childElements(detail).find(isProviderInfo)
  if (info === undefined) return undefined
  const { Value, Code, Description, Information } = read(ProviderInfo, info)
  return {
    value: Value,
    code: Code,
    ...(Description === undefined ? {} : { description: Description }),
    fields: Information.flatMap(({ FieldName }) => FieldName ?? []),
  }
}

const isProviderInfo = ({ namespace, local }: XmlElement): boolean =>
  namespace === ProviderInfo.namespace && local === ProviderInfo.local
