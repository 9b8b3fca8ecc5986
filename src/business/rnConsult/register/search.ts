/**
 * The searches that come before a registration (spec rn-consult §6): by numbers that are known, then by sound, wider each
 * time. What they find is for a person to look at.
 */
import { refuseUnknownOptions } from '../../../technical/session/options.js'
import type { Session } from '../../../technical/session/types.js'
import type { CallMeta } from '../../../technical/soap/types.js'
import {
  registerCallOptions,
  type NationalRegisterOptions,
  type Refused,
  type RegisterCallOptions,
} from '../../registers/index.js'
import type { PhoneticSearch } from '../criteria.js'
import { limits } from '../contract.js'
import type { PersonIdentification } from '../person.js'
import { searchBySsin, searchPhonetically, type PersonFound } from '../search.js'
import { declarationOf, givenNamesOf } from './declaration.js'
import type { DeclaredPerson } from './declared.js'
import { searched, type SearchedDeclaration } from './searched.js'

/** Who is to be registered, and what is known of him. */
export interface RegistrationSearch extends RegisterCallOptions {
  person: DeclaredPerson
  /** Numbers that he has or had, from an old file for instance. */
  knownSsins?: readonly string[]
}

/** How somebody was found: by a number, or by a phonetic search, exact or wider. */
export type SearchStep = 'number' | 'exact' | 'initial' | 'last-name'

/** Somebody who may be the person. */
export interface Candidate extends PersonIdentification {
  foundBy: SearchStep
}

/** One search that was made. */
export interface SearchMade {
  step: SearchStep
  /** `too-many`: more people fit than may come; those of a narrower search are among the candidates. */
  outcome: 'found' | 'none' | 'too-many'
  meta: CallMeta
}

/** What the searches end in. Only the first two lead on to a registration. */
export type RegistrationSearchOutcome =
  | { outcome: 'nobody'; searches: SearchMade[]; declaration: SearchedDeclaration<'nobody'> }
  | {
      outcome: 'candidates'
      /** Show them to a person: is one of them the one? */
      candidates: Candidate[]
      searches: SearchMade[]
      declaration: SearchedDeclaration<'candidates'>
    }
  /** Even by everything that is known, more people fit than may come: nobody can say that he is none of them. */
  | { outcome: 'too-many'; searches: SearchMade[] }
  | Refused

/** See {@link RnConsult.searchBeforeRegistering}. */
export async function searchBeforeRegistering(
  session: Session,
  options: NationalRegisterOptions,
  search: RegistrationSearch,
): Promise<RegistrationSearchOutcome> {
  refuseUnknownOptions(search, ['person', 'knownSsins', ...registerCallOptions])
  const { person, knownSsins = [], ...call } = search
  const element = declarationOf(person, session.runtime.now())
  const candidates = new Map<string, Candidate>()
  const searches: SearchMade[] = []
  const keep = (found: PersonIdentification, foundBy: SearchStep): void => {
    const key = found.ssin ?? `nameless ${candidates.size}`
    if (!candidates.has(key)) candidates.set(key, { ...found, foundBy })
  }
  for (const ssin of knownSsins) {
    const answer = await searchBySsin(session, options, { ssin, ...call })
    if (answer.outcome === 'refused') return answer
    searches.push({
      step: 'number',
      outcome: answer.outcome === 'found' ? 'found' : 'none',
      meta: answer.meta,
    })
    if (answer.outcome === 'found') keep(identificationOf(answer), 'number')
  }
  for (const { step, criteria } of widening(person)) {
    const answer = await searchPhonetically(session, options, { ...criteria, ...call })
    if (answer.outcome === 'refused') return answer
    searches.push({ step, outcome: answer.outcome, meta: answer.meta })
    if (answer.outcome === 'too-many' && step === 'exact') return { outcome: 'too-many', searches }
    if (answer.outcome === 'found') for (const found of answer.persons) keep(found, step)
  }
  return candidates.size === 0
    ? { outcome: 'nobody', searches, declaration: searched(element, 'nobody') }
    : {
        outcome: 'candidates',
        candidates: [...candidates.values()],
        searches,
        declaration: searched(element, 'candidates'),
      }
}

/** Of somebody whom his number led to, no more than of whom his name did: what tells him from others. */
function identificationOf({ ssin, person }: PersonFound): PersonIdentification {
  const { register, name, birth, gender, address, contactAddress, administrator, decease } = person
  return {
    ssin,
    ...(register === undefined ? {} : { register }),
    ...(name === undefined ? {} : { name }),
    ...(birth === undefined ? {} : { birth: birth.date === undefined ? {} : { date: birth.date } }),
    ...(gender === undefined ? {} : { gender }),
    ...(address === undefined ? {} : { address }),
    ...(contactAddress === undefined ? {} : { contactAddress }),
    ...(administrator === undefined ? {} : { administrator }),
    ...(decease === undefined ? {} : { deceased: true }),
    anomalies: person.anomalies,
    unknown: person.unknown,
  }
}

/** (inferred) How far a birth may be off in the wider searches: a year, a month or some days, whatever is known of it. */
const tolerance = (birthDate: string): number => (birthDate.endsWith('-00') ? 1 : 31)

/**
 * First as declared; then by the initial, with a birth that may be off; then without given names. The gender is left to the
 * first search alone: it is what is written wrongly most often.
 */
function widening(person: DeclaredPerson): { step: SearchStep; criteria: PhoneticSearch }[] {
  const { lastName, birthDate, gender } = person
  const names = givenNamesOf(person).map(({ value }) => value)
  const most = { lastName, birthDate, maximumResults: limits.maximumResults }
  const [first] = names
  const wider = { ...most, variation: tolerance(birthDate) }
  return [
    {
      step: 'exact',
      criteria: {
        ...most,
        givenNames: names.slice(0, limits.givenNames),
        ...(gender === undefined ? {} : { gender }),
      },
    },
    ...(first === undefined
      ? []
      : [
          {
            step: 'initial' as const,
            criteria: {
              ...wider,
              givenNames: [first],
              givenNameMatching: 'FIRST_LETTER_FIRST_GIVENNAME' as const,
            },
          },
        ]),
    { step: 'last-name', criteria: { ...most, givenNameMatching: 'IGNORE_GIVENNAME' } },
  ]
}
