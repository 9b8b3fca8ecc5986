/** What the platform says of a request, with HTTP 200 (spec consent-therlink-hub §1.6, §8.3). */
import type { CallMeta } from '../../technical/soap/types.js'
import type { HubAnswer } from './contract.js'

/** One error or warning, whole: an error may have several codes. */
export interface PlatformError {
  /** For instance `TL.ACCESS.10`; blanks that some lists have in them are taken out. */
  codes: string[]
  /** The platform's own words. */
  text: string
  language: string
  /** Identifiers that the platform gives the error. */
  ids: string[]
  url?: string
  /** What is known of the first code that is known. */
  meaning?: string
  /** What to do about it. */
  advice?: string
}

/** What a service knows of a code. */
export interface CodeMeaning {
  meaning: string
  advice: string
}

export type CodeMeanings = Readonly<Record<string, CodeMeaning>>

/** What every outcome has. */
export interface Answered {
  /** Errors, or warnings beside what was done. */
  errors: PlatformError[]
  /** Identifier of the request, for questions to the platform's service desk. */
  requestId: string
  /** Identifier of the answer. */
  answerId: string
  meta: CallMeta
}

/** The acknowledge of an answer: first whether it is complete, and every error either way. */
export function answered(
  { response, acknowledge }: HubAnswer,
  meta: CallMeta,
  meanings: CodeMeanings,
): Answered & { complete: boolean } {
  return {
    complete: acknowledge.iscomplete,
    errors: acknowledge.error.map((error): PlatformError => {
      const codes = error.cd.map(({ value }) => value.replace(/\s+/g, ''))
      const known = codes.find((code) => Object.hasOwn(meanings, code))
      return {
        codes,
        text: error.description.value,
        language: error.description.L,
        ids: error.id.map(({ value }) => value),
        ...(error.url === undefined ? {} : { url: error.url }),
        ...(known === undefined ? {} : meanings[known]),
      }
    }),
    requestId: response.request.id.value,
    answerId: response.id.value,
    meta,
  }
}

/** Whether one of the errors has one of the codes. */
export const mentions = (errors: readonly PlatformError[], ...codes: readonly string[]): boolean =>
  errors.some((error) => error.codes.some((code) => codes.includes(code)))

/** The part that every outcome has, of an outcome that has more. */
export const answerPart = ({ errors, requestId, answerId, meta }: Answered): Answered => ({
  errors,
  requestId,
  answerId,
  meta,
})
