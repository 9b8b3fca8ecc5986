/** Every text of the command in French and Dutch. */
import type { Texts } from '../index.js'
import { helpTexts } from './help.js'
import { progressTexts } from './progress.js'

export const allTexts: Texts = {
  ...helpTexts,
  ...progressTexts,
}
