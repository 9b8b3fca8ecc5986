/** Contact details of one professional or organisation, with the mailboxes (spec ehealthbox §8.3). */
import { isNihii, sameNihii } from '../../technical/identifiers/index.js'
import type { Session } from '../../technical/session/types.js'
import { boxOf, organisationOf, personOf, professionalInformationOf, reachableOf } from './answers.js'
import { ask } from './ask.js'
import type {
  NotFound,
  OrganisationContact,
  ProfessionalContact,
  ProfessionalInformation,
} from './contacts.js'
import {
  addressBookOperations,
  type GetOrganizationContactInfoRequest,
  type GetProfessionalContactInfoRequest,
} from './contract.js'
import { questionOf, type OrganisationNumber, type ProfessionalNumber, type Question } from './criteria.js'

/** See {@link AddressBook.professional}. */
export async function professional(
  session: Session,
  number: ProfessionalNumber,
): Promise<ProfessionalContact | NotFound> {
  const question = questionOf('GetProfessionalContactInfoRequest', number, session.runtime.now())
  const { value, meta } = await ask(
    session,
    addressBookOperations.getProfessionalContactInfo,
    question as Omit<GetProfessionalContactInfoRequest, 'IssueInstant'>,
  )
  const element = value.IndividualContactInformation
  if (element === undefined) return { outcome: 'not-found', meta }
  const professions = element.ProfessionalInformation.map(professionalInformationOf)
  return {
    outcome: 'found',
    ...personOf(element),
    ...reachableOf(element),
    professions,
    eHealthBox: professions.flatMap(({ eHealthBox }) => eHealthBox ?? []),
    problems: strangersOf(question, element.SSIN, professions),
    meta,
  }
}

/** See {@link AddressBook.organisation}. */
export async function organisation(
  session: Session,
  number: OrganisationNumber,
): Promise<OrganisationContact | NotFound> {
  const question = questionOf('GetOrganizationContactInfoRequest', number, session.runtime.now())
  const { value, meta } = await ask(
    session,
    addressBookOperations.getOrganizationContactInfo,
    question as Omit<GetOrganizationContactInfoRequest, 'IssueInstant'>,
  )
  const element = value.OrganizationContactInformation
  if (element === undefined) return { outcome: 'not-found', meta }
  const found = organisationOf(element)
  return {
    outcome: 'found',
    ...found,
    ...reachableOf(element),
    eHealthBox: element.EHealthBox.map(boxOf),
    problems: otherNumber('NIHII', question['NIHII'], found.nihii)
      .concat(otherNumber('CBE', question['CBE'], found.cbe))
      .concat(otherNumber('EHP', question['EHP'], found.ehp)),
    meta,
  }
}

/** Letters go to whoever is found: that it is somebody else must not stay unseen. A number may have changed, too. */
function strangersOf(
  question: Question,
  ssin: string | undefined,
  professions: readonly ProfessionalInformation[],
): string[] {
  const numbers = professions.flatMap(({ profession: { nihii } }) => nihii ?? [])
  const asked = question['NIHII']
  const another = asked !== undefined && numbers.length > 0 && !numbers.some((number) => same(number, asked))
  return [
    ...otherNumber('SSIN', question['SSIN'], ssin),
    ...(another ? ['the answer names another NIHII number than was asked for'] : []),
  ]
}

function otherNumber(kind: string, asked: string | undefined, answered: string | undefined): string[] {
  if (asked === undefined || answered === undefined || same(asked, answered)) return []
  return [`the answer names another ${kind} number than was asked for`]
}

/** A NIHII number of 8 digits and one of 11 may be the same. */
const same = (one: string, other: string): boolean =>
  one === other || (isNihii(one) && isNihii(other) && sameNihii(one, other))
