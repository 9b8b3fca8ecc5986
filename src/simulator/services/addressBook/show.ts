/** Entries in the words of the answers (spec ehealthbox §8.3). What the chapter does not name is left out. */
import type {
  AdditionalInformation,
  Code,
  EHealthBox,
  HealthCareOrganization,
  HealthCareProfessional,
  IndividualContactInformation,
  OrganizationContactInformation,
  Profession,
} from '../../../business/addressBook/contract.js'
import { parseSsin } from '../../../technical/identifiers/index.js'
import type { RegisteredActor } from '../../world.js'
import { identifierOf } from '../ehbox/boxes.js'
import { wordOf, type Entry } from './entries.js'

/** Register of professions and types; a filler, as in the samples. */
const authenticSource = 'CoBRHA'

const codeOf = (word: string): Code => ({ value: word, authenticSource, type: 'code' })

/** `GUARD_POST` as people say it. */
const friendly = (word: string): { value: string; lang: string }[] => [
  { value: word[0]! + word.slice(1).toLowerCase().replaceAll('_', ' '), lang: 'en' },
]

function individual({
  actor,
  lastName,
  firstName,
  language,
}: Entry): Omit<HealthCareProfessional, 'Profession'> {
  const { ssin } = actor
  return {
    ...(ssin === undefined || ssin === '' ? {} : { SSIN: ssin }),
    LastName: lastName,
    ...(firstName === undefined ? {} : { FirstName: firstName }),
    Language: language,
    ...birthOf(ssin),
  }
}

/** Read from the number, where it tells; numbers of other peers' registers may be impossible. */
function birthOf(ssin: string | undefined): { Gender?: string; BirthDate?: string } {
  try {
    const { sex, birthDate } = parseSsin(ssin ?? '')
    return { ...(sex === null ? {} : { Gender: sex }), BirthDate: birthDate }
  } catch {
    return {}
  }
}

/** The one NIHII number that the register knows goes with the usual quality. */
function professionOf({ nihii, qualities }: RegisteredActor, quality: string): Profession {
  const word = wordOf(quality)
  return {
    ProfessionCode: [codeOf(word)],
    ProfessionFriendlyName: friendly(word),
    ...(nihii === undefined || quality !== qualities[0] ? {} : { NIHII: nihii }),
    Speciality: [],
  }
}

/** A professional in the result of a search. */
export const professionalOf = (entry: Entry): HealthCareProfessional => ({
  ...individual(entry),
  Profession: entry.actor.qualities.map((quality) => professionOf(entry.actor, quality)),
})

const mailOf = ({ email }: Entry): AdditionalInformation[] => [{ value: email, Type: 'Mail' }]

const boxOf = (actor: RegisteredActor, quality: string): EHealthBox => identifierOf({ actor, quality })

/** A professional with everything. */
export function contactOfProfessional(entry: Entry): IndividualContactInformation {
  const { actor, activity, contact, hasBox } = entry
  return {
    ...individual(entry),
    Address: contact === undefined ? [] : [contact],
    HealthCareAdditionalInformation: [],
    ProfessionalInformation: actor.qualities.map((quality) => ({
      Profession: professionOf(actor, quality),
      Address: [activity],
      HealthCareAdditionalInformation: mailOf(entry),
      ...(hasBox ? { EHealthBox: boxOf(actor, quality) } : {}),
    })),
  }
}

function idOf({ nihii, cbe, ehp, certificateValue }: RegisteredActor): Code {
  if (nihii !== undefined) return { value: nihii, authenticSource: 'NIHII', type: 'NIHII' }
  if (cbe !== undefined) return { value: cbe, authenticSource: 'CBE', type: 'CBE' }
  return { value: ehp ?? certificateValue, authenticSource: 'EHP', type: 'HCI' }
}

/** An organisation in the result of a search. */
export const organizationOf = ({ actor, lastName, words, language }: Entry): HealthCareOrganization => ({
  Id: idOf(actor),
  OrganizationTypeCode: words.map(codeOf),
  OrganizationTypeFriendlyName: words.flatMap(friendly),
  Name: [{ value: lastName, lang: language }],
})

/** An organisation with everything. */
export function contactOfOrganization(entry: Entry): OrganizationContactInformation {
  const { actor, activity, contact, hasBox } = entry
  return {
    ...organizationOf(entry),
    Address: contact === undefined ? [activity] : [contact, activity],
    HealthCareAdditionalInformation: mailOf(entry),
    EHealthBox: hasBox ? actor.qualities.map((quality) => boxOf(actor, quality)) : [],
  }
}
