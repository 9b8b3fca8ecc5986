/**
 * What the command says to a person, in the language of the locale. Sources are written in English; the texts of an area
 * (`texts/*.ts`) hold the same in French and Dutch, and are loaded where one of the two is spoken. JSON, names of
 * options, codes and what the library itself words stay as they are (docs/decisions/0036-three-languages.md).
 */

import type { Texts } from './types.js'

export type { Texts, Translation } from './types.js'

export const languages = ['en', 'fr', 'nl'] as const
export type Language = (typeof languages)[number]

type Values = readonly (string | number | undefined)[]

let spoken: Language = 'en'
let known: Texts = {}
/** What was filled in by `english`, by what it became. */
const filled = new Map<string, string>()

/**
 * The language of the locale, as POSIX finds it: `LC_ALL`, else `LC_MESSAGES`, else `LANG`; on Windows, which sets none of
 * them, that of the system. English for any other.
 */
export function languageOf(
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
  ofSystem: () => string = () => new Intl.DateTimeFormat().resolvedOptions().locale,
): Language {
  const named = [environment['LC_ALL'], environment['LC_MESSAGES'], environment['LANG']].find(
    (value) => value !== undefined && value !== '',
  )
  const locale = named ?? (platform === 'win32' ? ofSystem() : '')
  const language = /^[a-z]{2}(?=$|[_.@-])/i.exec(locale)?.[0].toLowerCase()
  return languages.find((one) => one === language) ?? 'en'
}

/** From now on `t` and `translated` speak this language. */
export async function speak(language: Language): Promise<void> {
  if (language !== 'en') known = (await import('./texts/index.js')).allTexts
  spoken = language
  filled.clear()
}

/** The language spoken now. */
export const language = (): Language => spoken

/**
 * A text in the language spoken: `` t`nothing in ${folder}` `` looks up `nothing in {0}`.
 */
export function t(parts: TemplateStringsArray, ...values: Values): string {
  return fill(translated(templateOf(parts)), values)
}

/**
 * A text in English that {@link translated} says in the language spoken: for what goes into JSON or an error as it is, and is
 * shown to a person, too: the message of a `UsageError`. Values that are such texts are translated with it.
 */
export function english(parts: TemplateStringsArray, ...values: Values): string {
  const template = templateOf(parts)
  const text = fill(template, values)
  if (spoken !== 'en' && values.length > 0)
    filled.set(
      text,
      fill(
        translated(template),
        values.map((value) => filled.get(String(value)) ?? value),
      ),
    )
  return text
}

/** A text of the catalogue as a value of {@link english}, to be translated with it. */
export function noted(text: string): string {
  if (Object.hasOwn(known, text)) filled.set(text, translated(text))
  return text
}

/** A text of the catalogue, or one of `english`, in the language spoken; as it is where nobody translated it. */
export function translated(text: string): string {
  if (spoken === 'en') return text
  if (Object.hasOwn(known, text)) return typeset(known[text]![spoken])
  return filled.get(text) ?? text
}

/** Puts values in the places of a template. */
export const fill = (template: string, values: Values): string =>
  template.replaceAll(/\{(\d+)\}/g, (_, index: string) => String(values[Number(index)] ?? '?'))

const templateOf = (parts: TemplateStringsArray): string =>
  parts.map((part, index) => (index === 0 ? part : `{${index - 1}}${part}`)).join('')

/** In French no line is broken before `:`, `;`, `?`, `!` and inside « ». */
export const typeset = (text: string): string =>
  spoken === 'fr' ? text.replaceAll(/ (?=[:;?!»])|(?<=«) /g, '\u00a0') : text
