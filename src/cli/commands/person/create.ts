import type { Command } from 'commander'

import type {
  Candidate,
  DeclaredPerson,
  Registration,
  RegistrationOutcome,
  RegistrationSearchOutcome,
} from '../../../business/rnConsult/index.js'
import { isSsin } from '../../../technical/identifiers/index.js'
import { confirmed } from '../../confirm.js'
import {
  addConnectionOptions,
  addRegisterOptions,
  openConnection,
  type ConnectionOptions,
} from '../../connection.js'
import { t } from '../../language/index.js'
import { listOption } from '../../lists.js'
import type { PersonCreate, RegistrationSearch, Without } from '../../json/index.js'
import { exitCode, plain, print, printJson, remark, UsageError } from '../../output.js'
import { demanded, readObject } from '../../patient.js'
import { readNumber } from './number.js'
import { printIdentification, tellNobody } from './show.js'

interface Options extends ConnectionOptions {
  person: string
  known?: string[]
  register?: boolean
  noneOf?: string[]
}

/** `ehealth person create --person JSON|@FILE|- [--known SSIN…] [--register [--none-of SSIN…]]` */
export function registerCreate(person: Command): void {
  addConnectionOptions(
    addRegisterOptions(
      person
        .command('create')
        .description(
          'search for somebody who has no number, and, by a decision, have one made: a BIS number is for good',
        )
        .requiredOption('--person <json>', 'who it is: @FILE, - for stdin, or JSON as the library takes it')
        .addOption(listOption('--known <ssin...>', 'numbers that he has or had, each may be @FILE', []))
        .option('--register', 'register him, if nobody is found or all who are found are named by --none-of')
        .addOption(
          listOption(
            '--none-of <ssin...>',
            'people whom you looked at and who are not he, each may be @FILE with one number a line',
            [],
          ),
        ),
    ),
  ).action(async (options: Options) => {
    const { json, noneOf } = options
    if (noneOf !== undefined && options.register !== true)
      throw new UsageError('--none-of goes with --register')
    const declared = await readObject<DeclaredPerson>(options.person, '--person')
    const [knownSsins, lookedAt] = [await numbersOf(options.known), await numbersOf(noneOf)]
    await using me = await openConnection(options)
    const rnConsult = demanded(me.rnConsult, 'rnConsult')
    const search = await rnConsult.searchBeforeRegistering({ person: declared, knownSsins })
    if (json !== true) showSearch(search)
    const decision = await decide(search, options, lookedAt)
    if (decision === undefined) {
      if (json === true) printJson<PersonCreate>(searchJson(search))
      process.exitCode = exitCode.refused
      return
    }
    const done = await rnConsult.register(decision)
    if (json === true) printJson<PersonCreate>({ ...withoutMeta(done), search: searchJson(search) })
    else showRegistration(done)
    process.exitCode = done.outcome === 'created' ? exitCode.done : exitCode.refused
  })
}

/** Numbers as given, or a line each in a file. */
async function numbersOf(given: readonly string[] = []): Promise<string[]> {
  const read = await Promise.all(given.map(readNumber))
  return read.flatMap((text) => text.split(/\s+/)).filter((number) => number !== '')
}

/** What is registered by: the option, or the word of a person at the terminal. */
async function decide(
  search: RegistrationSearchOutcome,
  { register = false, json = false }: Options,
  lookedAt: readonly string[],
): Promise<Registration | undefined> {
  switch (search.outcome) {
    case 'nobody': {
      const { declaration } = search
      const agreed = register || (await confirmed(t`Nobody was found. Register this person?`, json))
      if (!agreed) hint(json, t`to register, give --register`)
      return agreed ? { declaration, decision: 'nobody-was-found' } : undefined
    }
    case 'candidates': {
      const { declaration, candidates } = search
      const seen = new Set(lookedAt.map((number) => number.replace(/[\s.-]/g, '')))
      const unseen = candidates.filter(({ ssin }) => ssin === undefined || !seen.has(ssin))
      const agreed = register
        ? unseen.length === 0
        : await confirmed(
            t`Is none of these ${candidates.length} the person, and shall he be registered?`,
            json,
          )
      if (!agreed)
        hint(
          json,
          register
            ? t`${unseen.length} of these were not named by --none-of`
            : t`if he is none of these: --register --none-of with their numbers`,
        )
      return agreed ? { declaration, decision: 'none-of-the-candidates' } : undefined
    }
    default:
      return undefined
  }
}

function hint(json: boolean, line: string): void {
  if (!json) remark(line)
}

function showSearch(search: RegistrationSearchOutcome): void {
  if (search.outcome === 'refused') return tellNobody(search)
  print(search.outcome)
  if (search.outcome === 'candidates')
    for (const candidate of search.candidates) printIdentification(candidate)
}

function showRegistration(done: RegistrationOutcome): void {
  if (done.outcome === 'refused') return tellNobody(done)
  if (done.outcome === 'created')
    return print(`created  ${plain(isSsin(done.ssin) ? done.ssin : `? ${done.ssin}`)}`)
  tellNobody({ outcome: 'existing', ...(done.refusal && { refusal: done.refusal }) })
  for (const person of done.persons) printIdentification(person)
}

/** The search without what belongs to the program: envelopes and the declaration. */
function searchJson(search: RegistrationSearchOutcome): RegistrationSearch {
  if (search.outcome === 'refused') return withoutMeta(search)
  const candidates: { candidates?: Candidate[] } =
    search.outcome === 'candidates' ? { candidates: search.candidates } : {}
  return { outcome: search.outcome, ...candidates, searches: search.searches.map(withoutMeta) }
}

const withoutMeta = <T extends { meta: unknown }>({ meta: _meta, ...rest }: T): Without<T, 'meta'> =>
  rest as Without<T, 'meta'>
