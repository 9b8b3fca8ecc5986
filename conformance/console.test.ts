/** The console of the simulator, as a person at a real browser uses it: one story, its cases in this order. */
import { describe } from 'vitest'

import { everybodyCanUseIt } from './console/accessibility.js'
import { missing } from './console/browser.js'
import { exchangesAreShown } from './console/exchanges.js'
import { nothingExecutes } from './console/hostile.js'
import { keyboardSuffices } from './console/keyboard.js'
import { itComesBack } from './console/restart.js'
import { sectionsAreShown } from './console/sections.js'
import { stage } from './console/stage.js'
import { troubleIsMade } from './console/trouble.js'

if (missing !== undefined) console.warn(`SKIPPED: ${missing}; nobody looked at the console`)

describe.skipIf(missing !== undefined)('the console', () => {
  const console = stage()
  exchangesAreShown(console)
  sectionsAreShown(console)
  troubleIsMade(console)
  keyboardSuffices(console)
  everybodyCanUseIt(console)
  nothingExecutes(console)
  itComesBack(console)
})
