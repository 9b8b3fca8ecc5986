/**
 * The business services of a connection. A new service has its type here, its audience in `offers.ts` and its opener in
 * `src/connect.ts`; see docs/adding-a-service.md.
 */
import type { Access } from '../business/access/index.js'
import type { AddressBook } from '../business/addressBook/index.js'
import type { Consents } from '../business/consent/index.js'
import type { Eh2ebox } from '../business/eh2ebox/index.js'
import type { Ehbox } from '../business/ehbox/index.js'
import type { Exclusions } from '../business/exclusions/index.js'
import type { RnConsult } from '../business/rnConsult/index.js'
import type { SsinHistory } from '../business/ssinHistory/index.js'
import type { IdSupport } from '../business/idSupport/index.js'
import type { GenericAsync } from '../business/genericAsync/index.js'
import type { MemberDataAsync } from '../business/memberData/batch/index.js'
import type { Registration } from '../business/registration/index.js'
import type { MemberData } from '../business/memberData/index.js'
import type { TherapeuticLinks } from '../business/therlink/index.js'
import type { ProfessionName } from '../technical/actors/index.js'
import { offers, type OfferedService } from './offers.js'

/** The services by the name that they have on a connection. */
export interface BusinessServices {
  /** The eHealthBox: send, list, read, move and delete messages, sealed or clear; absences; a mail loop. */
  ehbox: Ehbox
  /** Publishing to the eBox of citizens. */
  eh2ebox: Eh2ebox
  /** Who works where, and which mailboxes he has. */
  addressBook: AddressBook
  /** The informed consent of a patient to the sharing of his data: ask, declare, revoke. */
  consent: Consents
  /** Therapeutic links between caller and patient: list, declare, revoke. */
  therlink: TherapeuticLinks
  /** One answer to: may the caller read this patient's documents? */
  access: Access
  /** Whether an identity card is valid, and whose it is. */
  idSupport: IdSupport
  /** For patients: providers may not ask. */
  exclusions: Exclusions
  /** The national register and those of the Crossroads Bank: by number, by name, registering who is in none. */
  rnConsult: RnConsult
  /** What became of a national number. */
  ssinHistory: SsinHistory
  /** The mailboxes of the insurers. */
  genericAsync: GenericAsync
  /** Insurability and rights of thousands of patients, through a mailbox. */
  memberDataAsync: MemberDataAsync
  /** Registering with the insurers for a service. */
  registration: Registration
  /** Who insures a patient, until when, and with which rights. */
  memberData: MemberData
}

export type BusinessServiceName = keyof BusinessServices

/** The same names for the program; the compiler wants all of them, and each of them in the table of offers. */
const connectors: { readonly [Name in BusinessServiceName]: Name extends OfferedService ? true : never } = {
  ehbox: true,
  addressBook: true,
  eh2ebox: true,
  consent: true,
  therlink: true,
  access: true,
  idSupport: true,
  exclusions: true,
  rnConsult: true,
  ssinHistory: true,
  genericAsync: true,
  memberDataAsync: true,
  registration: true,
  memberData: true,
}

/** The services that this library has a connector for. */
export const businessServiceNames = Object.keys(connectors) as readonly BusinessServiceName[]

type AudienceOf<Service extends OfferedService> = (typeof offers)[Service]['confirmed' | 'inferred'][number]

/** The services that a profession has on its connections. */
export type ServicesOf<Name extends ProfessionName> = {
  [Service in BusinessServiceName]: Name extends AudienceOf<Service> ? Service : never
}[BusinessServiceName]

/** Whether the platform offers a service to a profession. */
export function isOffered(service: OfferedService, profession: string): boolean {
  const { confirmed, inferred }: { confirmed: readonly string[]; inferred: readonly string[] } =
    offers[service]
  return confirmed.includes(profession) || inferred.includes(profession)
}

/** Names of the services that a profession has on its connections. */
export function servicesOf<Name extends ProfessionName>(profession: Name): readonly ServicesOf<Name>[] {
  // isOffered reads the very table that the type is made of
  return businessServiceNames.filter((name) => isOffered(name, profession)) as ServicesOf<Name>[]
}
