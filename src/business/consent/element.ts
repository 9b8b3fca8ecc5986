/** The consent as messages carry it and as callers see it (spec consent-therlink-hub §2.2, §2.4). */
import {
  codeBook,
  commonVersions,
  readAuthor,
  readDay,
  readPatient,
  type NamedAuthor,
  type NamedPatient,
  type PatientId,
} from '../kmehr/index.js'
import type { ConsentElement, ConsentWithStatus } from './contract.js'

const codes = codeBook({ ...commonVersions, 'CD-CONSENTTYPE': '1.0' })

/** The only type in use: data of before and after the consent. */
export const retrospective = codes.code('CD-CONSENTTYPE', 'retrospective')

/** A consent that an answer tells of. */
export interface Consent {
  patient: NamedPatient
  /** `retrospective` is the only one in use. */
  types: string[]
  /** `yyyy-mm-dd` */
  signDate?: string
  /** `yyyy-mm-dd` */
  revokeDate?: string
  /** Who registered it. */
  author?: NamedAuthor
}

export function readConsent(element: ConsentElement | ConsentWithStatus): Consent {
  const { patient, cd, signdate, revokedate, author } = element
  return {
    patient: readPatient(patient),
    types: cd.map(({ value }) => value),
    ...(signdate === undefined ? {} : { signDate: readDay(signdate) }),
    ...(revokedate === undefined ? {} : { revokeDate: readDay(revokedate) }),
    ...(author === undefined ? {} : { author: readAuthor(author) }),
  }
}

/** The part of a question that says whose consent is asked for. */
export const selectOf = (patient: PatientId) => ({ patient, consent: { cd: [retrospective] } })
