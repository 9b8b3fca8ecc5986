/** What a caller searches by, checked at the door and put into the words of the service (spec ehealthbox §8.2). */
import { EHealthError } from '../../errors.js'
import { parseCbe, parseEhp, parseNihii, parseSsin } from '../../technical/identifiers/index.js'
import { refuseUnknownOptions } from '../../technical/session/options.js'
import {
  combinationFault,
  combinations,
  wordsOfQualities,
  type Combination,
  type CriteriaRequest,
  type institutionWords,
  type professionWords,
} from './contract.js'

/** A profession in the words of the address book: a physician is a `PHYSICIAN`, not a `DOCTOR`. */
export type ProfessionWord = keyof typeof professionWords | (string & {})

/** A type of organisation, for instance `HOSPITAL`. */
export type InstitutionWord = keyof typeof institutionWords | (string & {})

/** Everything that a professional can be searched by. */
interface ProfessionalFields {
  ssin: string
  /** 8 or 11 digits, sent as given. */
  nihii: string
  profession: ProfessionWord
  /** `*` stands for any letters. */
  lastName: string
  /** `*` stands for any letters. */
  firstName: string
  zipCode: string
  city: string
  email: string
}

/** Everything that an organisation can be searched by. */
interface OrganisationFields {
  /** 8 or 11 digits, sent as given. */
  nihii: string
  cbe: string
  ehp: string
  type: InstitutionWord
  /** `*` stands for any letters. */
  name: string
  zipCode: string
  city: string
}

/** These and, if wanted, those; nothing else of all. */
type Only<All, Needed extends keyof All, Also extends keyof All = never> = Pick<All, Needed> &
  Partial<Pick<All, Also>> & { [Other in Exclude<keyof All, Needed | Also>]?: undefined }

/** What professionals can be searched by: one of the combinations that the platform takes. */
export type ProfessionalCriteria =
  | Only<ProfessionalFields, 'ssin', 'profession'>
  | Only<ProfessionalFields, 'nihii', 'profession'>
  | Only<ProfessionalFields, 'profession' | 'lastName', 'firstName'>
  | Only<ProfessionalFields, 'profession' | 'zipCode'>
  | Only<ProfessionalFields, 'profession' | 'city'>
  | Only<ProfessionalFields, 'email'>

/** What organisations can be searched by: one of the combinations that the platform takes. */
export type OrganisationCriteria =
  | Only<OrganisationFields, 'ehp', 'type'>
  | Only<OrganisationFields, 'nihii', 'type'>
  | Only<OrganisationFields, 'cbe', 'type'>
  | Only<OrganisationFields, 'name' | 'type'>
  | Only<OrganisationFields, 'type' | 'zipCode'>
  | Only<OrganisationFields, 'type' | 'city'>

/** Number of a professional. */
export type ProfessionalNumber =
  | Only<Pick<ProfessionalFields, 'ssin' | 'nihii'>, 'ssin'>
  | Only<Pick<ProfessionalFields, 'ssin' | 'nihii'>, 'nihii'>

type OrganisationNumberFields = Pick<OrganisationFields, 'nihii' | 'cbe' | 'ehp' | 'type'>

/** Number of an organisation, and its type where several have the number. */
export type OrganisationNumber =
  | Only<OrganisationNumberFields, 'nihii', 'type'>
  | Only<OrganisationNumberFields, 'cbe', 'type'>
  | Only<OrganisationNumberFields, 'ehp', 'type'>

/** Names of the criteria, by the element that carries each. */
const professionalNames: Readonly<Record<string, string>> = {
  SSIN: 'ssin',
  NIHII: 'nihii',
  Profession: 'profession',
  LastName: 'lastName',
  FirstName: 'firstName',
  ZipCode: 'zipCode',
  City: 'city',
  EMail: 'email',
}
const organisationNames: Readonly<Record<string, string>> = {
  NIHII: 'nihii',
  CBE: 'cbe',
  EHP: 'ehp',
  InstitutionType: 'type',
  InstitutionName: 'name',
  ZipCode: 'zipCode',
  City: 'city',
}

const names: Readonly<Record<CriteriaRequest, Readonly<Record<string, string>>>> = {
  SearchProfessionalsRequest: professionalNames,
  GetProfessionalContactInfoRequest: professionalNames,
  SearchOrganizationsRequest: organisationNames,
  GetOrganizationContactInfoRequest: organisationNames,
}

/** How the numbers are read; the check digits of an EHP number are a habit, no rule (spec identifiers §5). */
const numbers: Readonly<Record<string, (value: string, now: Date) => string>> = {
  SSIN: (value, now) => parseSsin(value, { asOf: now }).normalized,
  NIHII: (value) => parseNihii(value).normalized,
  CBE: (value) => parseCbe(value).normalized,
  EHP: (value) => parseEhp(value, { tolerant: true }).normalized,
}

/** The elements of a request, by name. */
export type Question = Readonly<Record<string, string>>

/**
 * Checks criteria and gives the elements of the request.
 *
 * @throws EHealthError `address-book.criteria`, `identifier.*`, `configuration.invalid`, with the path of the criterion
 */
export function questionOf(request: CriteriaRequest, criteria: object, now: Date): Question {
  const nameOf = names[request]
  refuseUnknownOptions(criteria, Object.values(nameOf))
  const values = criteria as Readonly<Record<string, unknown>>
  const given = Object.keys(nameOf).filter((element) => values[nameOf[element]!] !== undefined)
  refuseMixture(request, given)
  return Object.fromEntries(
    given.map((element) => [element, checked(element, values[nameOf[element]!], nameOf[element]!, now)]),
  )
}

function refuseMixture(request: CriteriaRequest, given: readonly string[]): void {
  const fault = combinationFault(request, given)
  if (fault === undefined) return
  const nameOf = names[request]
  const inWords = (elements: readonly string[]): string[] => elements.map((element) => nameOf[element]!)
  const [path, ...others] = inWords(fault.elements)
  const told = [path, ...others].join(', ')
  const problem =
    path === undefined
      ? 'nothing to search by'
      : fault.kind === 'missing'
        ? `${told}: missing beside ${inWords(given).join(', ')}`
        : `${told}: cannot be asked for together with the rest`
  throw new EHealthError('address-book.criteria', problem, {
    ...(path === undefined ? {} : { path }),
    details: {
      combinations: combinations[request].map(({ all, also }: Combination) => ({
        all: inWords(all),
        also: inWords(also),
      })),
    },
  })
}

function checked(element: string, value: unknown, path: string, now: Date): string {
  if (typeof value !== 'string' || value.trim() === '')
    throw new EHealthError('address-book.criteria', `${path}: expected a text that is not empty`, {
      path,
      hint: 'Leave out what is not searched by.',
    })
  const word = element === 'Profession' ? wordsOfQualities[value] : undefined
  if (word !== undefined)
    throw new EHealthError('address-book.criteria', `${path}: a quality of the eHealthBox`, {
      path,
      hint: `The address book says ${word}.`,
    })
  const read = numbers[element]
  if (read === undefined) return value
  try {
    return read(value, now)
  } catch (error) {
    if (!(error instanceof EHealthError)) throw error
    throw new EHealthError(error.code, error.message, { path, hint: error.hint, cause: error })
  }
}
