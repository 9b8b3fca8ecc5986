import type { Texts } from '../index.js'

export const helpTexts: Texts = {
  Example: { fr: 'Exemple', nl: 'Voorbeeld' },
  Examples: { fr: 'Exemples', nl: 'Voorbeelden' },
}
