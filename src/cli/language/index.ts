/**
 * What the command says to a person, in the language of the locale. Sources are written in English; the texts of an area
 * (`texts/*.ts`) hold the same in French and Dutch, and are loaded where one of the two is spoken. JSON, names of
 * options, codes and what the library itself words stay as they are.
 */

export const languages = ['en', 'fr', 'nl'] as const
export type Language = (typeof languages)[number]

/** A text in the other languages. */
export interface Translation {
  readonly fr: string
  readonly nl: string
}

/** Translations by their English text; `{0}`, `{1}` stand for values. */
export type Texts = Readonly<Record<string, Translation>>

let spoken: Language = 'en'
let known: Texts = {}

/** The language of the locale, as POSIX finds it: `LC_ALL`, else `LC_MESSAGES`, else `LANG`. English for any other. */
export function languageOf(environment: Readonly<Record<string, string | undefined>>): Language {
  const named = [environment['LC_ALL'], environment['LC_MESSAGES'], environment['LANG']].find(
    (value) => value !== undefined && value !== '',
  )
  const language = /^[a-z]{2}(?=$|[_.@-])/i.exec(named ?? '')?.[0].toLowerCase()
  return languages.find((one) => one === language) ?? 'en'
}

/** From now on `t` and `translated` speak this language. */
export async function speak(language: Language): Promise<void> {
  if (language !== 'en') known = (await import('./texts/index.js')).allTexts
  spoken = language
}

/** The language spoken now. */
export const language = (): Language => spoken

/**
 * A text in the language spoken: `` t`nothing in ${folder}` `` looks up `nothing in {0}`.
 */
export function t(parts: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  const english = parts.map((part, index) => (index === 0 ? part : `{${index - 1}}${part}`)).join('')
  return translated(english).replaceAll(/\{(\d+)\}/g, (_, index: string) => String(values[Number(index)]))
}

/** A text without values in the language spoken; as it is where nobody translated it. */
export function translated(english: string): string {
  if (spoken === 'en' || !Object.hasOwn(known, english)) return english
  return known[english]![spoken]
}
