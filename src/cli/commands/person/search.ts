import { Option, type Command } from 'commander'

import {
  givenNameMatchings,
  type GivenNameMatching,
  type PhoneticSearch,
} from '../../../business/rnConsult/index.js'
import {
  addConnectionOptions,
  addRegisterOptions,
  openConnection,
  type ConnectionOptions,
} from '../../connection.js'
import { english } from '../../language/index.js'
import { listOption } from '../../lists.js'
import type { PersonSearch } from '../../json/index.js'
import { printJson, UsageError } from '../../output.js'
import { demanded, readObject } from '../../patient.js'
import { printIdentification, showNobody } from './show.js'

interface Options extends ConnectionOptions {
  criteria?: string
  lastName?: string
  givenName?: string[]
  matching?: GivenNameMatching
  birthDate?: string
  variation?: string
  gender?: 'F' | 'M'
  country?: string
  city?: string
  max?: string
}

/** `ehealth person search --last-name NAME --birth-date DATE …` */
export function registerSearch(person: Command): void {
  addConnectionOptions(
    addRegisterOptions(
      person
        .command('search')
        .description('everybody whose name sounds alike and whose birth fits, to choose from')
        .option(
          '--criteria <json>',
          'all criteria at once: @FILE, - for stdin, or JSON as the library takes it',
        )
        .option('--last-name <name>', 'family name')
        .addOption(listOption('--given-name <name...>', 'given names in their order, three at most', []))
        .addOption(
          new Option('--matching <how>', 'how given names are compared').choices([...givenNameMatchings]),
        )
        .option('--birth-date <date>', 'yyyy-mm-dd, yyyy-mm-00 or yyyy-00-00')
        .option('--variation <number>', 'how far the birth may be off, in the unit that the date is known to')
        .addOption(new Option('--gender <code>', 'of the person').choices(['F', 'M']))
        .option('--country <number>', 'number of the country of residence; 150 is Belgium')
        .option('--city <number>', 'number of the municipality, five digits')
        .option('--max <number>', 'how many people at most, up to 50'),
    ),
  ).action(async (options: Options) => {
    const search = await searchOf(options)
    await using me = await openConnection(options)
    const { meta: _meta, ...found } = await demanded(me.rnConsult, 'rnConsult').searchPhonetically(search)
    if (found.outcome !== 'found') return showNobody<PersonSearch>(found, options.json)
    if (options.json === true) return printJson<PersonSearch>(found)
    for (const one of found.persons) printIdentification(one)
  })
}

/** The criteria of the file with those of the options over them. */
async function searchOf(options: Options): Promise<PhoneticSearch> {
  const { criteria, lastName, givenName, matching, birthDate, gender, country, city } = options
  const given =
    criteria === undefined ? {} : await readObject<Partial<PhoneticSearch>>(criteria, '--criteria')
  const variation = numberOf(options.variation, '--variation')
  const maximumResults = numberOf(options.max, '--max')
  if (city !== undefined && country === undefined) throw new UsageError('--city goes with --country')
  const search: Partial<PhoneticSearch> = {
    ...given,
    ...(lastName === undefined ? {} : { lastName }),
    ...(givenName === undefined ? {} : { givenNames: givenName }),
    ...(matching === undefined ? {} : { givenNameMatching: matching }),
    ...(birthDate === undefined ? {} : { birthDate }),
    ...(variation === undefined ? {} : { variation }),
    ...(gender === undefined ? {} : { gender }),
    ...(country === undefined
      ? {}
      : { address: { countryCode: country, ...(city === undefined ? {} : { cityCode: city }) } }),
    ...(maximumResults === undefined ? {} : { maximumResults }),
  }
  if (search.lastName === undefined) throw new UsageError('give --last-name, or --criteria')
  if (search.birthDate === undefined) throw new UsageError('give --birth-date, or --criteria')
  return search as PhoneticSearch
}

function numberOf(text: string | undefined, option: string): number | undefined {
  if (text === undefined) return undefined
  if (!/^[0-9]{1,3}$/.test(text)) throw new UsageError(english`${option}: expected a number`)
  return Number(text)
}
