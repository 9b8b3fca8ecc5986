/** Every text of the command in French and Dutch. */
import type { Texts } from '../types.js'
import { consoleTexts } from './console.js'
import { commanderTexts } from './commander.js'
import { commonTexts } from './common.js'
import { connectionTexts } from './connection.js'
import { demoTexts } from './demo.js'
import { doctorTexts } from './doctor.js'
import { doctorReachTexts } from './doctorReach.js'
import { explainTexts } from './explain.js'
import { hintsTexts } from './hints.js'
import { keysTexts } from './keys.js'
import { labelsTexts } from './labels.js'
import { mailboxTexts } from './mailbox.js'
import { messagesTexts } from './messages.js'
import { patientTexts } from './patient.js'
import { prescriptionsTexts } from './prescriptions.js'
import { registerTexts } from './register.js'
import { sealTexts } from './seal.js'
import { setupTexts } from './setup.js'
import { timestampTexts } from './timestamp.js'
import { progressTexts } from './progress.js'

export const allTexts: Texts = {
  ...consoleTexts,
  ...commanderTexts,
  ...commonTexts,
  ...connectionTexts,
  ...demoTexts,
  ...doctorTexts,
  ...doctorReachTexts,
  ...explainTexts,
  ...hintsTexts,
  ...keysTexts,
  ...labelsTexts,
  ...mailboxTexts,
  ...messagesTexts,
  ...patientTexts,
  ...prescriptionsTexts,
  ...registerTexts,
  ...sealTexts,
  ...setupTexts,
  ...timestampTexts,
  ...progressTexts,
}
