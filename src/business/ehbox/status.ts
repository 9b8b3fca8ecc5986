/** Status of an answer of the eHealthBox (spec ehealthbox §2.5). */
import { EHealthError, type PlatformDetail } from '../../errors.js'
import { answerOf } from '../../technical/soap/status.js'
import type { CallMeta } from '../../technical/soap/types.js'
import type { Status as StatusElement } from './contract.js'

/** What the platform said of a call. */
export interface Status {
  /** `100`: done, or accepted for delivery. */
  code: string
  messages: { text: string; language?: string }[]
}

/** What is known of the refusals; the platform has more codes than are published. */
export const refusals: Readonly<Record<string, string>> = {
  '801': 'the message is larger than the platform allows',
  '802': 'the identifier of a recipient is not valid',
  '803': 'the quality of a recipient is not known',
  '804': 'the type of a recipient is not known',
  '805': 'the subtype of a recipient is not known',
  '810': 'the box is not valid or not accessible to the caller',
  '814': 'the caller may not publish to this quality',
  '816': 'a digest differs from the bytes received',
}

/** What to do about those that a caller can do something about. */
const advice: Readonly<Record<string, string>> = {
  '801': 'Make the annexes smaller or send several messages.',
  '802':
    'Check number and quality of each recipient: the address book (`me.addressBook`, `ehealth addressbook show`) tells which mailboxes he has.',
  '803':
    'Give a quality of the platform in its own spelling, for instance DOCTOR, NURSE or HOSPITAL; `qualities` of ehealth-connectors/ehbox lists them.',
  '810': 'Read one of your own boxes: `box` names it by its quality and number.',
  // (inferred)
  '820':
    'List the folder again: the message may have been moved, deleted or read from another folder; its id is that of the list.',
}

/** At least one recipient is out of office; nothing was published. */
export const outOfOffice = '826'

/** Statuses that mean success. */
export const successes: ReadonlySet<string> = new Set(['100', '200'])

export function statusOf(element: StatusElement): Status {
  return {
    code: element.Code,
    messages: element.Message.map(({ value, Lang }) => ({
      text: value,
      ...(Lang === undefined ? {} : { language: Lang }),
    })),
  }
}

export const isSuccess = ({ code }: Status): boolean => successes.has(code)

/**
 * Passes an answer that says success.
 *
 * @throws EHealthError `ehbox.refused` with the platform's code and texts
 */
export function assertSuccess<Answer extends { Status: StatusElement; Id?: string | undefined }>(
  answer: Answer,
  meta?: Pick<CallMeta, 'httpStatus' | 'correlationId'>,
  details?: Record<string, unknown>,
): Answer {
  const status = statusOf(answer.Status)
  if (isSuccess(status)) return answer
  const platform: PlatformDetail = { code: status.code, messages: status.messages, ...answerOf(meta) }
  if (answer.Id !== undefined) platform.id = answer.Id
  const reason = Object.hasOwn(refusals, status.code) ? refusals[status.code] : undefined
  throw new EHealthError(
    'ehbox.refused',
    `the eHealthBox refused the request with status ${printable(status.code)}${reason === undefined ? '' : `: ${reason}`}`,
    {
      platform,
      ...(details === undefined ? {} : { details }),
      ...(Object.hasOwn(advice, status.code) ? { hint: advice[status.code]! } : {}),
    },
  )
}

/** A code is short and plain; anything else stays in `platform.code` only. */
const printable = (code: string): string => (/^[\w.-]{1,40}$/.test(code) ? code : 'of unusual form')
