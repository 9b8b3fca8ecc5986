/** What the codes of the catalogue mean and what to do about them, in French and Dutch. Loaded where one is spoken. */
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

/** The texts of one language by code. Nothing of the other language is loaded. */
export async function loadErrorTexts(
  language: 'fr' | 'nl',
): Promise<Readonly<Record<string, { readonly meaning: string; readonly hint: string }>>> {
  return language === 'fr'
    ? (await import('./fr/index.js')).frenchErrors
    : (await import('./nl/index.js')).dutchErrors
}
