/** Every text of the command in French and Dutch. */
import type { Texts } from '../index.js'
import { consoleTexts } from './console.js'
import { helpTexts } from './help.js'

export const allTexts: Texts = {
  ...consoleTexts,
  ...helpTexts,
}
