/** Shapes of the texts of errors. */
import type { ErrorCode, ErrorFamily } from '../../../errors.js'

/** Meaning and hint of a code; the English ones stand in `errorCatalogue`. */
export interface ErrorText {
  readonly meaning: string
  readonly hint: string
}

/** The texts of every code. */
export type ErrorTexts = Readonly<Record<ErrorCode, ErrorText>>

/** The texts of the codes of some families. */
export type TextsOf<Family extends ErrorFamily> = Readonly<
  Record<Extract<ErrorCode, `${Family}.${string}`>, ErrorText>
>
