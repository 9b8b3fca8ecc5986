/** Searching, page by page (spec ehealthbox §8.1, §8.2). */
import { EHealthError } from '../../errors.js'
import { invalidOption, refuseUnknownOptions } from '../../technical/session/options.js'
import type { Session } from '../../technical/session/types.js'
import type { CallMeta, CallResult } from '../../technical/soap/types.js'
import { organisationOf, professionalOf } from './answers.js'
import { ask } from './ask.js'
import type { Organisation, Professional } from './contacts.js'
import {
  addressBookOperations,
  type SearchOrganizationsRequest,
  type SearchProfessionalsRequest,
} from './contract.js'
import {
  questionOf,
  type OrganisationCriteria,
  type ProfessionalCriteria,
  type Question,
} from './criteria.js'

/** Options of a search that gives everybody. */
export interface SearchOptions {
  /** How many of the first to leave out; 0. */
  offset?: number
  /** How many to ask for per call, 1 to 100 (default): what the platform takes at most is not published. */
  pageSize?: number
}

/** Options of a search for one page. */
export interface PageOptions {
  /** How many of the first to leave out; 0. */
  offset?: number
  /** How many at most; 100. What the platform takes at most is not published. */
  max?: number
}

/** One page. The platform does not tell how many there are altogether. */
export interface Page<Item> {
  items: Item[]
  /** As the platform answered them: it may give less than it was asked for. */
  offset: number
  max: number
  meta: CallMeta
}

const usualPage = 100
const largestInt = 2 ** 31 - 1

type Ask<Item> = (question: Question, page: { Offset: number; MaxElements: number }) => Promise<Page<Item>>

const askForProfessionals =
  (session: Session): Ask<Professional> =>
  async (question, page) => {
    const asked = { ...question, ...page } as Omit<SearchProfessionalsRequest, 'IssueInstant'>
    const result = await ask(session, addressBookOperations.searchProfessionals, asked)
    return pageOf(result, result.value.HealthCareProfessional.map(professionalOf))
  }

const askForOrganisations =
  (session: Session): Ask<Organisation> =>
  async (question, page) => {
    const asked = { ...question, ...page } as Omit<SearchOrganizationsRequest, 'IssueInstant'>
    const result = await ask(session, addressBookOperations.searchOrganizations, asked)
    return pageOf(result, result.value.HealthCareOrganization.map(organisationOf))
  }

function pageOf<Item>(
  { value, meta }: CallResult<{ Offset: number; MaxElements: number }>,
  items: Item[],
): Page<Item> {
  return { items, offset: value.Offset, max: value.MaxElements, meta }
}

/** See {@link AddressBook.searchProfessionals}. */
export async function* searchProfessionals(
  session: Session,
  criteria: ProfessionalCriteria,
  options: SearchOptions = {},
): AsyncGenerator<Professional> {
  const question = questionOf('SearchProfessionalsRequest', criteria, session.runtime.now())
  yield* everyone(askForProfessionals(session), question, options)
}

/** See {@link AddressBook.searchOrganisations}. */
export async function* searchOrganisations(
  session: Session,
  criteria: OrganisationCriteria,
  options: SearchOptions = {},
): AsyncGenerator<Organisation> {
  const question = questionOf('SearchOrganizationsRequest', criteria, session.runtime.now())
  yield* everyone(askForOrganisations(session), question, options)
}

/** See {@link AddressBook.pageOfProfessionals}. */
export async function pageOfProfessionals(
  session: Session,
  criteria: ProfessionalCriteria,
  options: PageOptions = {},
): Promise<Page<Professional>> {
  const question = questionOf('SearchProfessionalsRequest', criteria, session.runtime.now())
  return askForProfessionals(session)(question, boundsOf(options))
}

/** See {@link AddressBook.pageOfOrganisations}. */
export async function pageOfOrganisations(
  session: Session,
  criteria: OrganisationCriteria,
  options: PageOptions = {},
): Promise<Page<Organisation>> {
  const question = questionOf('SearchOrganizationsRequest', criteria, session.runtime.now())
  return askForOrganisations(session)(question, boundsOf(options))
}

function boundsOf(options: PageOptions): { Offset: number; MaxElements: number } {
  refuseUnknownOptions(options, ['offset', 'max'])
  const { offset = 0, max = usualPage } = options
  return { Offset: whole('offset', offset, 0), MaxElements: whole('max', max, 1) }
}

function whole(path: string, value: number, least: number, most = largestInt): number {
  if (!Number.isInteger(value) || value < least || value > most)
    throw invalidOption(path, `expected a whole number of ${least} to ${most}`)
  return value
}

/**
 * Page after page until one is shorter than it could be. There is no total; a shorter page as the end is (inferred).
 *
 * @throws EHealthError `address-book.paging` when a page comes twice, which would never end
 */
async function* everyone<Item>(
  askFor: Ask<Item>,
  question: Question,
  options: SearchOptions,
): AsyncGenerator<Item> {
  refuseUnknownOptions(options, ['offset', 'pageSize'])
  const { offset = 0, pageSize = usualPage } = options
  const MaxElements = whole('pageSize', pageSize, 1, usualPage)
  let Offset = whole('offset', offset, 0)
  let before: string | undefined
  for (;;) {
    const { items, max } = await askFor(question, { Offset, MaxElements })
    const page = JSON.stringify(items)
    // Two pages of one may hold two people of whom nothing tells them apart.
    if (page === before && items.length > 1)
      throw new EHealthError('address-book.paging', 'the same page came twice', {
        details: { offset: Offset },
      })
    yield* items
    // A platform that gives less per page than it was asked for says so.
    const full = max > 0 ? Math.min(max, MaxElements) : MaxElements
    if (items.length < full) return
    before = page
    Offset += items.length
  }
}
