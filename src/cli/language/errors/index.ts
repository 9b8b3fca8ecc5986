/** What the codes of the catalogue mean and what to do about them, in French and Dutch. Loaded where one is spoken. */
export type { ErrorText, ErrorTexts, TextsOf } from './types.js'

/** The texts of one language by code. Nothing of the other language is loaded. */
export async function loadErrorTexts(
  language: 'fr' | 'nl',
): Promise<Readonly<Record<string, { readonly meaning: string; readonly hint: string }>>> {
  return language === 'fr'
    ? (await import('./fr/index.js')).frenchErrors
    : (await import('./nl/index.js')).dutchErrors
}
