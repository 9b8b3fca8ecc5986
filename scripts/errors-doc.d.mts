import type { ErrorEntry } from '../src/errors/entry.js'

type Language = 'en' | 'fr' | 'nl'

/** A thing that newcomers meet: what they see, the names that go with it, what to do. */
export interface Situation {
  readonly symptom: Readonly<Record<Language, string>>
  readonly codes: readonly string[]
  readonly todo: Readonly<Record<Language, string>>
}

/** What newcomers meet first, in the order of the page. */
export const situations: readonly Situation[]

/** The words around the tables; `file` is the page, relative to the project root. */
export const pageTexts: Readonly<Record<Language, { readonly file: string }>>

/** The page on a catalogue of error codes, in English or in another language with the texts of the codes. */
export function renderErrorsPage(
  catalogue: Readonly<Record<string, ErrorEntry>>,
  language?: Language,
  texts?: Readonly<Record<string, { readonly meaning: string; readonly hint: string }>>,
): string
