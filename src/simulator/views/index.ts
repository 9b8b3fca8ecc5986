/** Views into the simulator that change nothing in it. */
export type { DeclaredProvider, SimulatedConsent, SimulatedExclusion, SimulatedLink } from './access.js'
export {
  mailboxFolders,
  type MailboxDocument,
  type MailboxFolder,
  type MailboxMessage,
  type SimulatedMailbox,
} from './mailboxes.js'
export type { OpenedMessage, SimulatedUnsealing, UnsealingOptions } from './unsealing.js'
export { viewsOf, type SimulatorViews } from './views.js'
