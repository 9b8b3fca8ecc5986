/** Every text of the command in French and Dutch. */
import type { Texts } from '../index.js'
import { explainTexts } from './explain.js'
import { helpTexts } from './help.js'

export const allTexts: Texts = {
  ...explainTexts,
  ...helpTexts,
}
