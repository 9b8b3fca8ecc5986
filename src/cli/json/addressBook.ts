/** What `ehealth addressbook` prints. */
import type {
  NotFound,
  Organisation,
  OrganisationContact,
  Page,
  Professional,
  ProfessionalContact,
} from '../../business/addressBook/index.js'
import type { Without } from './common.js'

/** Who was found: professionals or organisations; with `--max` one page of them. */
export type AddressbookSearch = (Professional | Organisation)[] | FoundPage<Professional | Organisation>

/** One page. */
export type FoundPage<Item> = Pick<Page<Item>, 'offset' | 'max' | 'items'>

/** Addresses and mailboxes of one professional or organisation. */
export type AddressbookShow =
  Without<ProfessionalContact, 'meta'> | Without<OrganisationContact, 'meta'> | Pick<NotFound, 'outcome'>
