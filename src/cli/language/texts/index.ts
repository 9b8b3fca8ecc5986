/** Every text of the command in French and Dutch. */
import type { Texts } from '../index.js'
import { commanderTexts } from './commander.js'
import { helpTexts } from './help.js'

export const allTexts: Texts = {
  ...commanderTexts,
  ...helpTexts,
}
