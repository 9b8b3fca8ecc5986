/** From what a caller wants to know to the question on the wire (spec memberdata-mycarenet §1.5). */
import { EHealthError } from '../../errors.js'
import { addDays, belgianDay, belgianTime } from '../../technical/environment/belgianCalendar.js'
import { atPath } from '../../technical/identifiers/atPath.js'
import { parseSsin } from '../../technical/identifiers/index.js'
import { refuseUnknownOptions } from '../../technical/session/options.js'
import { mutualityOf, mycarenetDay, registrationNumberOf, type MyCareNetDay } from '../mycarenet/index.js'
import {
  extensionsType,
  issuerFormat,
  memberIdentification,
  nameIdFormats,
  type AttributeQuery,
  type FacetElement,
} from './contract.js'
import { facetElements, type FacetQuestion } from './facetQuestions.js'

/** A patient: by SSIN, by the number that his mutuality gave him, or by SSIN at a mutuality. */
export type MemberDataPatient =
  | { ssin: string; registrationNumber?: undefined; mutuality?: undefined }
  | { ssin: string; registrationNumber?: undefined; mutuality: string }
  | {
      ssin?: undefined
      /** Up to 13 characters, as it is: letters and blanks occur in it. */
      registrationNumber: string
      /** 3 digits. */
      mutuality: string
    }

/** What is asked about one patient. */
export interface MemberDataQuestion {
  patient: MemberDataPatient
  /** The one day that is meant; today in Belgium when nothing is said. */
  on?: MyCareNetDay
  /** First day that is meant. */
  from?: MyCareNetDay
  /** First day that is no longer meant. */
  until?: MyCareNetDay
  /** The insurability alone, for information, when omitted. A facet that the caller's sector may not read fails all. */
  facets?: readonly FacetQuestion[]
}

/** Names of its fields. */
const questionNames = ['patient', 'on', 'from', 'until', 'facets'] as const

/** A question that was judged: what does not depend on who asks. */
export interface JudgedQuestion {
  /** First day. */
  readonly from: string
  /** First day that is no longer meant. */
  readonly until: string
  readonly facets: readonly FacetElement[]
  readonly nameId: { readonly Format: string; readonly value: string }
}

/** A question on the wire with what is needed to read its answer. */
export interface AskedQuestion extends JudgedQuestion {
  readonly query: AttributeQuery
}

/**
 * Judges a question.
 *
 * @param path Where it stands in the caller's input; empty for the input itself
 * @throws EHealthError `member-data.patient`, `member-data.period`, `member-data.facet`, `mycarenet.care-receiver`,
 * `mycarenet.day`, `identifier.*`, `configuration.invalid` with the path
 */
export function judgeQuestion(question: MemberDataQuestion, now: Date, path = ''): JudgedQuestion {
  refuseUnknownOptions(question, questionNames, path)
  const at = (name: string): string => (path === '' ? name : `${path}.${name}`)
  return {
    ...periodOf(question, at, now),
    facets: facetElements(question.facets ?? ['insurability'], at('facets')),
    nameId: nameIdOf(question.patient, at('patient'), now),
  }
}

/** Who asks, and by which identifier. */
export interface Asking {
  /** Identifier of the question. */
  readonly id: string
  /** NIHII number of the care provider, 11 digits. */
  readonly issuer: string
  readonly now: Date
}

/** The question on the wire. Instants have no zone: they are those of Belgium. */
export function askedQuestion(judged: JudgedQuestion, { id, issuer, now }: Asking): AskedQuestion {
  const { from, until, facets, nameId } = judged
  return {
    ...judged,
    query: {
      ID: id,
      Version: '2.0',
      IssueInstant: `${belgianDay(now)}T${belgianTime(now)}`,
      Issuer: { Format: issuerFormat, value: issuer },
      Extensions: { type: extensionsType, Facet: [...facets] },
      Subject: {
        NameID: { ...nameId },
        SubjectConfirmation: {
          Method: memberIdentification,
          SubjectConfirmationData: { NotBefore: midnight(from), NotOnOrAfter: midnight(until) },
        },
      },
      Attribute: [],
    },
  }
}

const midnight = (day: string): string => `${day}T00:00:00`

function periodOf(
  { on, from, until }: MemberDataQuestion,
  at: (name: string) => string,
  now: Date,
): { from: string; until: string } {
  const refuse = (name: string, problem: string): never => {
    throw new EHealthError('member-data.period', `${at(name)}: ${problem}`, { path: at(name) })
  }
  if (from === undefined && until === undefined) {
    const day = mycarenetDay(on ?? now, at('on'))
    return { from: day, until: addDays(day, 1) }
  }
  if (on !== undefined) return refuse('on', 'does not go with from and until')
  if (from === undefined) return refuse('from', 'missing beside until')
  if (until === undefined) return refuse('until', 'missing beside from')
  const period = { from: mycarenetDay(from, at('from')), until: mycarenetDay(until, at('until')) }
  if (period.until <= period.from) return refuse('until', 'expected a day after from')
  return period
}

function nameIdOf(patient: MemberDataPatient, path: string, now: Date): { Format: string; value: string } {
  refuseUnknownOptions(patient, ['ssin', 'registrationNumber', 'mutuality'], path)
  const { ssin, registrationNumber, mutuality } = patient
  if ((ssin === undefined) === (registrationNumber === undefined))
    throw new EHealthError('member-data.patient', `${path}: expected an SSIN or a registration number`, {
      path,
    })
  const insurer = mutuality === undefined ? undefined : mutualityOf(mutuality, `${path}.mutuality`)
  if (ssin !== undefined) {
    const number = atPath(`${path}.ssin`, () => parseSsin(ssin, { asOf: now }).normalized)
    return insurer === undefined
      ? { Format: nameIdFormats.ssin, value: number }
      : { Format: nameIdFormats.ssinAtMutuality, value: `${number}@${insurer}` }
  }
  if (insurer === undefined)
    throw new EHealthError('member-data.patient', `${path}: a registration number needs its mutuality`, {
      path: `${path}.mutuality`,
    })
  const number = registrationNumberOf(registrationNumber, `${path}.registrationNumber`)
  return { Format: nameIdFormats.registrationNumber, value: `${number}@${insurer}` }
}
