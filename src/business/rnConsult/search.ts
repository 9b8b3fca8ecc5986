/** Looking somebody up in the registers, by number or by the sound of his name (spec rn-consult §5.1, §5.2). */
import { EHealthError } from '../../errors.js'
import { refuseUnknownOptions } from '../../technical/session/options.js'
import type { Session } from '../../technical/session/types.js'
import type { CallMeta } from '../../technical/soap/types.js'
import {
  applicationIdOf,
  ask,
  isUnknown,
  registerCallOptions,
  ssinOf,
  type NationalRegisterOptions,
  type Refused,
  type RegisterCallOptions,
  type RegisterRefusal,
} from '../registers/index.js'
import { identificationOf, personOf } from './answers.js'
import { personOperations, statusCodes } from './contract.js'
import { criteriaOf, phoneticSearchNames, type PhoneticSearch } from './criteria.js'
import type { Person, PersonIdentification } from './person.js'

/** Who is looked up. */
export interface SsinSearch extends RegisterCallOptions {
  /** National number or BIS number; blanks, dots and dashes are accepted. */
  ssin: string
}

/** A person who was found by number. */
export interface PersonFound {
  outcome: 'found'
  /** The number that holds now: keep it. */
  ssin: string
  /** The number asked for, where it was replaced: keep it as another name of the same person. */
  replaces?: string
  person: Person
  meta: CallMeta
}

/** What a search by number ends in. */
export type SsinSearchOutcome =
  | PersonFound
  /** The number was withdrawn and nobody has it any more; of the data, at most a part comes. */
  | { outcome: 'cancelled'; ssin: string; person?: Person; meta: CallMeta }
  /** There is no such person; `ssin` is the number that the register wrote, if it wrote one. */
  | { outcome: 'unknown'; ssin?: string; refusal?: RegisterRefusal; meta: CallMeta }
  | Refused

/** See {@link RnConsult.searchBySsin}. */
export async function searchBySsin(
  session: Session,
  options: NationalRegisterOptions,
  search: SsinSearch,
): Promise<SsinSearchOutcome> {
  refuseUnknownOptions(search, ['ssin', ...registerCallOptions])
  const question = {
    ApplicationId: applicationIdOf(session, options),
    Criteria: { Ssin: ssinOf(search.ssin, session.runtime.now()) },
  }
  const { value, meta, refusal } = await ask(session, personOperations.searchPersonBySsin, question, search)
  if (refusal !== undefined)
    return isUnknown(refusal) ? { outcome: 'unknown', refusal, meta } : { outcome: 'refused', refusal, meta }
  const number = value.Ssin
  const person = value.Result && personOf(value.Result.Person, options.authorised)
  const ssin = number?.value.trim() ?? person?.ssin
  if (number?.Canceled === true && ssin !== undefined)
    return { outcome: 'cancelled', ssin, ...(person === undefined ? {} : { person }), meta }
  if (person === undefined) return { outcome: 'unknown', ...(ssin === undefined ? {} : { ssin }), meta }
  if (ssin === undefined)
    throw new EHealthError('contract.unreadable', 'SearchPersonBySsinResponse.Ssin: missing', {
      path: 'SearchPersonBySsinResponse.Ssin',
    })
  const replaces = number?.Replaces?.trim()
  return { outcome: 'found', ssin, ...(replaces === undefined ? {} : { replaces }), person, meta }
}

/** What a phonetic search ends in. */
export type PhoneticSearchOutcome =
  | { outcome: 'found'; persons: PersonIdentification[]; meta: CallMeta }
  | { outcome: 'none'; meta: CallMeta }
  /** More people fit than may come: search by more, or by something narrower. */
  | { outcome: 'too-many'; refusal: RegisterRefusal; meta: CallMeta }
  | Refused

/** See {@link RnConsult.searchPhonetically}. */
export async function searchPhonetically(
  session: Session,
  options: NationalRegisterOptions,
  search: PhoneticSearch & RegisterCallOptions,
): Promise<PhoneticSearchOutcome> {
  refuseUnknownOptions(search, [...phoneticSearchNames, ...registerCallOptions])
  const question = { ApplicationId: applicationIdOf(session, options), Criteria: criteriaOf(search) }
  const { value, meta, refusal } = await ask(
    session,
    personOperations.searchPersonPhonetically,
    question,
    search,
  )
  if (refusal !== undefined) {
    if (isUnknown(refusal)) return { outcome: 'none', meta }
    return refusal.subCode === statusCodes.tooManyResults
      ? { outcome: 'too-many', refusal, meta }
      : { outcome: 'refused', refusal, meta }
  }
  const persons = value.Result?.PersonIdentifications.PersonIdentification.map(identificationOf) ?? []
  return persons.length === 0 ? { outcome: 'none', meta } : { outcome: 'found', persons, meta }
}
