/** Shapes of the catalogue of texts. */

/** A text in the other languages. */
export interface Translation {
  readonly fr: string
  readonly nl: string
}

/** Translations by their English text; `{0}`, `{1}` stand for values. */
export type Texts = Readonly<Record<string, Translation>>
