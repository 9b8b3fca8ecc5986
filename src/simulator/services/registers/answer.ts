/** Answers of the registers of persons: a status with its reasons (spec rn-consult §4, §12, §13). */
import { reasonCodes, StatusDetail, statusCodes } from '../../../business/rnConsult/contract.js'
import { successCodes } from '../../../technical/soap/status.js'
import { write } from '../../../technical/xml/index.js'
import type { SimulatedCall } from '../../service.js'

type Call = Pick<SimulatedCall<{ Id?: string | undefined }>, 'request' | 'world' | 'now'>

const envelope = ({ request, world, now }: Call) => ({
  Id: `_${world.runtime.uuid()}`,
  ...(request.Id === undefined ? {} : { InResponseTo: request.Id }),
  IssueInstant: now,
})

/** What every answer starts with. */
export const answered = (call: Call) => ({
  ...envelope(call),
  Status: { StatusCode: { Value: successCodes['commons-v2'][0]! } },
})

/** Why a register refuses: the codes inside are (inferred), but for those of the Crossroads Bank. */
export type Reason =
  | { readonly kind: 'validation'; readonly field: string; readonly value?: string }
  /** A rule of the registries; the code is this simulator's own (synthetic). */
  | { readonly kind: 'rule'; readonly code: string; readonly description: string }
  | { readonly kind: 'too-many' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'not-authorised'; readonly description: string }

/** An answer that is a refusal. */
export function refused(call: Call, reason: Reason) {
  const { subCode, message, detail } = said(reason)
  return {
    ...envelope(call),
    Status: {
      StatusCode: { Value: statusCodes.requester, StatusCode: { Value: subCode } },
      StatusMessage: message,
      ...(detail === undefined ? {} : { StatusDetail: { xml: write(StatusDetail, detail).xml } }),
    },
  }
}

/** Number of the Crossroads Bank that stands for whoever wrote a message (synthetic). */
const author = '0000000000'

function said(reason: Reason): { subCode: string; message: string; detail?: StatusDetail } {
  switch (reason.kind) {
    case 'validation': {
      const { field, value } = reason
      return {
        subCode: statusCodes.invalidInput,
        message: 'Validation error',
        detail: {
          Message: {
            Severity: 'FATAL',
            ReasonCode: reasonCodes.validation,
            Diagnostic: 'Validation error',
            AuthorCode: author,
            Information: [{ FieldName: field, ...(value === undefined ? {} : { FieldValue: value }) }],
          },
        },
      }
    }
    case 'rule':
      return { subCode: statusCodes.invalidInput, message: 'Validation error', detail: errors(reason) }
    case 'too-many':
      return {
        subCode: statusCodes.tooManyResults,
        message: 'Too many results, refine the search',
        detail: errors({ code: 'V00003', description: 'more people fit than were asked for' }),
      }
    case 'unknown':
      return { subCode: statusCodes.notFound, message: 'No data found' }
    case 'not-authorised':
      return { subCode: statusCodes.notAuthorised, message: reason.description }
  }
}

const errors = ({ code, description }: { code: string; description: string }): StatusDetail => ({
  ValidationErrors: { ValidationError: [{ Code: code, Description: description }] },
})
