/** The simulated eHealthBox: publication and consultation over one set of mailboxes. */
export { ehboxConsultation } from './consultation.js'
export { ehboxPublication } from './publication.js'
export { configureMailboxes, mailboxOptionNames, type MailboxOptions } from './settings.js'
