import type { Command } from 'commander'

import { registerSearch } from './addressbook/search.js'
import { registerShow } from './addressbook/show.js'

/** `ehealth addressbook search|show` */
export function registerAddressBook(program: Command): void {
  const addressBook = program
    .command('addressbook')
    .description('the address book: find professionals and organisations, their addresses and mailboxes')
  registerSearch(addressBook)
  registerShow(addressBook)
}
