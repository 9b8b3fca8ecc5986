import { Argument, InvalidArgumentError, type Command } from 'commander'

import {
  inLanguage,
  type AddressBook,
  type Organisation,
  type OrganisationCriteria,
  type Page,
  type Professional,
  type ProfessionalCriteria,
} from '../../../business/addressBook/index.js'
import { addConnectionOptions, openConnection, type ConnectionOptions } from '../../connection.js'
import { english, t } from '../../language/index.js'
import type { AddressbookSearch } from '../../json/index.js'
import { plain, print, printJson, remark, styled, UsageError } from '../../output.js'
import { kindOf, kinds, parseNumber, type Kind } from './number.js'

interface Options extends ConnectionOptions {
  number?: string
  lastName?: string
  firstName?: string
  profession?: string
  name?: string
  type?: string
  city?: string
  zip?: string
  email?: string
  offset?: number
  max?: number
  limit?: number
}

/** `ehealth addressbook search [professionals|organisations] [criteria]` */
export function registerSearch(addressBook: Command): void {
  addConnectionOptions(
    addressBook
      .command('search')
      .description('search; * stands for any letters in names')
      .addArgument(new Argument('[kind]', 'whom to search; by default whom the criteria fit').choices(kinds))
      .option('--number <type:number>', 'SSIN:…, NIHII:…, CBE:… or EHP:…')
      .option('--last-name <name>', 'of a professional; goes with --profession')
      .option('--first-name <name>', 'beside --last-name')
      .option('--profession <word>', 'for instance PHYSICIAN, NURSE')
      .option('--name <name>', 'of an organisation; goes with --type')
      .option('--type <word>', 'of an organisation, for instance HOSPITAL')
      .option('--city <name>', 'beside --profession or --type')
      .option('--zip <code>', 'beside --profession or --type')
      .option('--email <address>', 'of a professional')
      .option('--offset <number>', 'how many of the first to leave out', parseOffset)
      .option('--max <number>', 'one page of so many', parseCount)
      .option('--limit <number>', 'how many at most; all of them otherwise', parseCount),
  ).action(async (kind: Kind | undefined, options: Options) => {
    if (options.max !== undefined && options.limit !== undefined)
      throw new UsageError('--max asks for one page, --limit goes through them: give one')
    const { kind: whom, criteria } = criteriaOf(kind, options)
    await using me = await openConnection(options)
    // the library judges the mixture: what it takes is in its types, and a command line has none
    await (whom === 'professionals'
      ? searchFor(professionals(me.addressBook, criteria as unknown as ProfessionalCriteria), options)
      : searchFor(organisations(me.addressBook, criteria as unknown as OrganisationCriteria), options))
  })
}

/** Whom the criteria are for, and what they are called there. */
function criteriaOf(
  kind: Kind | undefined,
  options: Options,
): { kind: Kind; criteria: Record<string, string> } {
  const number = options.number === undefined ? undefined : parseNumber(options.number)
  const ofOrganisations = options.name !== undefined || options.type !== undefined
  const whom = kind ?? kindOf(number?.type) ?? (ofOrganisations ? 'organisations' : 'professionals')
  const named = {
    ...(number === undefined ? {} : { [number.type]: number.number }),
    lastName: options.lastName,
    firstName: options.firstName,
    profession: options.profession,
    name: options.name,
    type: options.type,
    city: options.city,
    zipCode: options.zip,
    email: options.email,
  }
  const given = Object.entries(named).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const foreign = given.find(([name]) => !criteriaNames[whom].includes(name))
  if (foreign !== undefined) throw new UsageError(english`${whom} are not searched by ${foreign[0]}`)
  return { kind: whom, criteria: Object.fromEntries(given) }
}

const criteriaNames: Readonly<Record<Kind, readonly string[]>> = {
  professionals: ['ssin', 'nihii', 'lastName', 'firstName', 'profession', 'city', 'zipCode', 'email'],
  organisations: ['nihii', 'cbe', 'ehp', 'name', 'type', 'city', 'zipCode'],
}

/** What the library asks for per call, unless fewer are wanted. */
const largestPage = 100

/** The same for both kinds: all, one page, and a line for each. */
interface Search<Item> {
  all(options: { offset?: number; pageSize?: number }): AsyncIterable<Item>
  page(options: { offset?: number; max: number }): Promise<Page<Item>>
  line(item: Item): string[]
}

const professionals = (book: AddressBook, criteria: ProfessionalCriteria): Search<Professional> => ({
  all: (options) => book.searchProfessionals(criteria, options),
  page: (options) => book.pageOfProfessionals(criteria, options),
  line: ({ lastName, firstName = '', ssin = '', professions }) => [
    ssin.padEnd(11),
    (professions.find(({ nihii }) => nihii !== undefined)?.nihii ?? '').padEnd(11),
    styled('bold', plain(`${firstName} ${lastName}`.trim())),
    plain(professions.map(({ code }) => code).join(', ')),
  ],
})

const organisations = (book: AddressBook, criteria: OrganisationCriteria): Search<Organisation> => ({
  all: (options) => book.searchOrganisations(criteria, options),
  page: (options) => book.pageOfOrganisations(criteria, options),
  line: ({ id, names, typeCodes }) => [
    plain(`${id.type}:${id.value}`).padEnd(17),
    styled('bold', plain(inLanguage(names, 'nl') ?? '')),
    plain(typeCodes.map(({ value }) => value).join(', ')),
  ],
})

async function searchFor<Item extends Professional | Organisation>(
  search: Search<Item>,
  options: Options,
): Promise<void> {
  const { json = false, max, limit = Infinity } = options
  const from = options.offset === undefined ? {} : { offset: options.offset }
  const show = (item: Item): void => {
    if (!json) print(search.line(item).join('  '))
  }
  if (max !== undefined) {
    const { items, offset, max: atMost } = await search.page({ ...from, max })
    items.forEach(show)
    if (json) return printJson<AddressbookSearch>({ offset, max: atMost, items })
    if (items.length === 0) remark(t`nobody on this page`)
    else if (items.length >= Math.min(max, atMost))
      remark(t`there may be more: --offset ${offset + items.length}`)
    return
  }
  const found: Item[] = []
  const pageSize = limit < largestPage ? { pageSize: limit } : {}
  for await (const item of search.all({ ...from, ...pageSize })) {
    show(item)
    found.push(item)
    if (found.length >= limit) break
  }
  if (json) printJson<AddressbookSearch>(found)
  else if (found.length === 0) remark(t`nobody was found`)
}

function parseOffset(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError(t`expected a number from 0`)
  return Number(text)
}

function parseCount(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError(t`expected a number above 0`)
  return Number(text)
}
