/** A mailbox opened for a session: whose it is, at which service. */
import { invalidOption } from '../../technical/session/options.js'
import { originOf, type MyCareNetCaller, type MyCareNetRegion } from '../mycarenet/index.js'
import { mailboxOperations, type GetRequest, type MailboxOperations } from './contract.js'

/** Where a mailbox is, and what its services are called. */
interface MailboxData {
  /** Whose key content is sealed for. */
  readonly region: MyCareNetRegion
  /** Usual name of what is posted; unknown where there are several. */
  readonly post?: string
  /** Names of what is received; empty: whatever lies there. */
  readonly receive: readonly string[]
  /** How what was received is confirmed (spec memberdata-mycarenet §2.6, 7). */
  readonly confirm: 'reference' | 'hash'
}

/** The mailboxes by the service that has them (§2.2, §2.5). */
export const mailboxes = {
  memberDataAsync: { region: 'mycarenet', post: 'MDA', receive: ['MDA'], confirm: 'reference' },
  /** The same message name as for MyCareNet is inferred (§10, 4). */
  walCareNetMemberDataAsync: { region: 'walcarenet', post: 'MDA', receive: ['MDA'], confirm: 'reference' },
  irisCareNetMemberDataAsync: { region: 'iriscarenet', post: 'MDA', receive: ['MDA'], confirm: 'reference' },
  eAgreementAsync: { region: 'mycarenet', receive: [], confirm: 'reference' },
  invoicingAsync: { region: 'mycarenet', post: 'HCPFAC', receive: [], confirm: 'hash' },
  invoicingMediPrimaAsync: { region: 'mycarenet', post: 'HCPFAC', receive: [], confirm: 'hash' },
  globalMedicalFileAsync: { region: 'mycarenet', post: 'GMD-CONSULT-HCP', receive: [], confirm: 'hash' },
  administrationAsync: { region: 'mycarenet', receive: ['ADM'], confirm: 'reference' },
} as const satisfies Readonly<Record<string, MailboxData>>

/** A service with a mailbox. */
export type MailboxName = keyof typeof mailboxes

/** A mailbox with what every exchange needs. */
export interface OpenedMailbox {
  readonly caller: MyCareNetCaller
  readonly data: MailboxData
  readonly operations: MailboxOperations
  /** Whose it is, and which software asks. */
  readonly origin: () => Promise<GetRequest['Origin']>
}

/** @throws EHealthError `configuration.invalid` for what is no mailbox */
export function openMailbox(caller: MyCareNetCaller, name: MailboxName): OpenedMailbox {
  if (!Object.hasOwn(mailboxes, name))
    throw invalidOption('mailbox', `expected one of ${Object.keys(mailboxes).join(', ')}`)
  return {
    caller,
    data: mailboxes[name],
    operations: mailboxOperations(name),
    origin: () => originOf(caller),
  }
}
