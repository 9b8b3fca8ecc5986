/** One question of the first generation: called, and its status judged (spec rn-consult §9). */
import { EHealthError } from '../../errors.js'
import { redact } from '../../technical/identifiers/index.js'
import type { Session } from '../../technical/session/types.js'
import { statusOf } from '../../technical/soap/status.js'
import type { CallMeta, CallOptions, CallResult, Operation } from '../../technical/soap/types.js'
import type { Replying } from './contract.js'

/** Options of every call. */
export type V1CallOptions = Pick<CallOptions, 'signal' | 'timeout' | 'traceContext'>

/** What went wrong, beside the status; numbers of persons are masked. */
export interface V1Error {
  code: string
  description: string
  /** Names of the fields that it is about. */
  fields: string[]
}

/** The platform did not do what was asked. */
export interface V1Refused {
  outcome: 'refused'
  /** Code of the status; everything but `100`. */
  code: string
  messages: string[]
  errors: V1Error[]
  meta: CallMeta
}

/** An answer: refused, or a success with what it says. */
export type V1Answer<Reply> = { refused: V1Refused } | { refused?: undefined; value: Reply; meta: CallMeta }

/**
 * Calls an operation whose reply has a status: success is `100` and nothing else.
 *
 * @throws EHealthError what a call throws; `contract.unreadable` for a reply without status
 * @internal
 */
export async function ask<Request, Reply extends Pick<Replying, 'Status' | 'ErrorInformation'>>(
  session: Session,
  operation: Operation<Request, Reply>,
  question: Request,
  options: V1CallOptions = {},
): Promise<V1Answer<Reply>> {
  const { value, element, meta }: CallResult<Reply> = await session.call(operation, question, options)
  const status = statusOf(element)
  if (status?.family !== 'commons-1_0' || status.code === '')
    throw new EHealthError('contract.unreadable', `${element.local}.Status: missing`, {
      path: `${element.local}.Status`,
    })
  if (status.success) return { value, meta }
  return {
    refused: {
      outcome: 'refused',
      code: status.code,
      messages: status.messages.map(({ text }) => masked(text)),
      errors: value.ErrorInformation.map(({ Code, Description, Information }) => ({
        code: Code,
        description: masked(Description),
        fields: Information.map(({ FieldName }) => FieldName),
      })),
      meta,
    },
  }
}

const masked = (text: string): string => text.replace(/\d{2}(?:[ .-]?\d){9}/g, (number) => redact(number))
