import { Option, type Command } from 'commander'

import {
  inLanguage,
  type EHealthBoxAddress,
  type OrganisationContact,
  type OrganisationNumber,
  type PostalAddress,
  type ProfessionalContact,
  type ProfessionalNumber,
} from '../../../business/addressBook/index.js'
import { addConnectionOptions, openConnection, type ConnectionOptions } from '../../connection.js'
import { english, t } from '../../language/index.js'
import type { AddressbookShow } from '../../json/index.js'
import { exitCode, plain, print, printFields, printJson, remark, UsageError } from '../../output.js'
import { kindOf, kinds, parseNumber, type Kind } from './number.js'

interface Options extends ConnectionOptions {
  kind?: Kind
  type?: string
}

/** `ehealth addressbook show TYPE:NUMBER [--kind K] [--type WORD]` */
export function registerShow(addressBook: Command): void {
  addConnectionOptions(
    addressBook
      .command('show')
      .description('addresses and mailboxes of one professional or organisation')
      .argument('<type:number>', 'SSIN:…, NIHII:…, CBE:… or EHP:…')
      .addOption(
        new Option('--kind <kind>', 'of whom a NIHII number is; a professional otherwise').choices(kinds),
      )
      .option('--type <word>', 'of an organisation, for instance HOSPITAL'),
  ).action(async (text: string, options: Options) => {
    const { type, number } = parseNumber(text)
    const kind =
      kindOf(type) ?? options.kind ?? (options.type === undefined ? 'professionals' : 'organisations')
    if (kind === 'professionals' && options.type !== undefined)
      throw new UsageError('--type is of organisations')
    if (options.kind !== undefined && options.kind !== kind)
      throw new UsageError(english`${options.kind} have no such number`)
    await using me = await openConnection(options)
    const contact =
      kind === 'professionals'
        ? await me.addressBook.professional({ [type]: number } as unknown as ProfessionalNumber)
        : await me.addressBook.organisation({
            [type]: number,
            ...(options.type === undefined ? {} : { type: options.type }),
          } as unknown as OrganisationNumber)
    if (contact.outcome === 'not-found') {
      if (options.json === true) printJson<AddressbookShow>({ outcome: contact.outcome })
      else remark(t`nobody has this number`)
      process.exitCode = exitCode.refused
      return
    }
    const { meta: _meta, ...shown } = contact
    if (options.json === true) return printJson<AddressbookShow>(shown)
    printContact(contact)
  })
}

function printContact(contact: ProfessionalContact | OrganisationContact): void {
  if ('lastName' in contact) {
    const { firstName = '', lastName, professions } = contact
    printFields({ name: plain(`${firstName} ${lastName}`.trim()), language: contact.language })
    for (const { profession, addresses, emails } of professions) {
      print(plain(`${profession.code} ${profession.nihii ?? ''}`.trim()))
      printWays(addresses, emails)
    }
  } else {
    printFields({
      name: plain(inLanguage(contact.names, 'nl') ?? ''),
      number: plain(`${contact.id.type}:${contact.id.value}`),
      type: plain(contact.typeCodes.map(({ value }) => value).join(', ')),
    })
  }
  printWays(contact.addresses, contact.emails)
  for (const box of contact.eHealthBox) print(`  eHealthBox ${boxText(box)}`)
  if (contact.eHealthBox.length === 0) remark(t`no eHealthBox`)
  for (const problem of contact.problems) remark(t`careful: ${problem}`)
}

function printWays(addresses: readonly PostalAddress[], emails: readonly string[]): void {
  for (const address of addresses) print(`  ${addressText(address)}`)
  for (const email of emails) print(`  ${plain(email)}`)
}

function addressText({ type, street, houseNumber, postBox, zipCode, municipality }: PostalAddress): string {
  const box = postBox === undefined ? '' : t` box ${postBox}`
  const place = [inLanguage(street, 'nl') ?? '', houseNumber ?? ''].join(' ').trim() + box
  const town = [zipCode ?? '', inLanguage(municipality, 'nl') ?? ''].join(' ').trim()
  return plain(`${type === undefined ? '' : `${type}: `}${place}, ${town}`)
}

const boxText = ({ quality, type, subType, id }: EHealthBoxAddress): string =>
  plain(`${quality}:${type}${subType === undefined ? '' : `/${subType}`}:${id}`)
