/** A patient as services of KMEHR name him (spec consent-therlink-hub §1.7, §2.5). */
import { EHealthError } from '../../errors.js'
import { atPath } from '../../technical/identifiers/atPath.js'
import { parseEidCard, parseSsin } from '../../technical/identifiers/index.js'
import { refuseUnknownOptions } from '../../technical/session/options.js'
import { common } from './codes.js'
import type { PatientId } from './contract.js'
import { namesOf, readNames, type Names } from './names.js'

/** A patient in the caller's words. */
export interface Patient extends Names {
  /** 11 digits; blanks, dots and dashes are accepted. */
  ssin: string
  /** Number on the eID, the Kids-ID or the card of a foreigner: shows that the patient was there. */
  eidCard?: string
  /** Number on the ISI+ card, of somebody without eID. */
  isiCard?: string
}

const fields: readonly (keyof Patient)[] = ['ssin', 'eidCard', 'isiCard', 'firstName', 'familyName', 'name']

/**
 * Checks a patient.
 *
 * @throws EHealthError `identifier.*`, `kmehr.patient`, `configuration.invalid` with the path
 */
export function patientIdOf(patient: Patient, path: string, now: Date): PatientId {
  refuseUnknownOptions(patient, fields, path)
  const ssin = atPath(`${path}.ssin`, () => parseSsin(patient.ssin, { asOf: now }).normalized)
  if (patient.eidCard !== undefined && patient.isiCard !== undefined)
    throw new EHealthError('kmehr.patient', 'one card is enough: eID or ISI+', { path: `${path}.isiCard` })
  return {
    id: [common.code('INSS', ssin), ...cardOf(patient, path)],
    ...namesOf(patient, path, 'kmehr.patient'),
  }
}

/** The same patient without card, for questions: a card is asked for only where something is written. */
export const withoutCard = (patient: PatientId): PatientId => ({
  ...patient,
  id: patient.id.filter(({ S }) => S !== 'EID-CARDNO' && S !== 'ISI-CARDNO'),
})

/** Whether the patient is named with a card. */
export const hasCard = ({ eidCard, isiCard }: Patient): boolean =>
  eidCard !== undefined || isiCard !== undefined

function cardOf({ eidCard, isiCard }: Patient, path: string): PatientId['id'] {
  if (eidCard !== undefined)
    return [
      common.code(
        'EID-CARDNO',
        atPath(`${path}.eidCard`, () => eidCardNumber(eidCard)),
      ),
    ]
  if (isiCard !== undefined)
    return [common.code('ISI-CARDNO', plainCard(isiCard, `${path}.isiCard`, /^[0-9A-Z]{1,20}$/))]
  return []
}

/** Belgian cards have check digits; those of foreigners start with a letter and follow no public rule. */
function eidCardNumber(card: string): string {
  if (typeof card === 'string' && /^\s*[A-Za-z]/.test(card))
    return plainCard(card, 'eidCard', /^[A-Z][0-9A-Z]{5,15}$/)
  return parseEidCard(card).normalized
}

function plainCard(card: string, path: string, form: RegExp): string {
  const plain = typeof card === 'string' ? card.replace(/[\s.-]/g, '').toUpperCase() : ''
  if (!form.test(plain)) throw new EHealthError('kmehr.patient', 'this is no card number', { path })
  return plain
}

/** A patient whom an answer names. */
export interface NamedPatient extends Names {
  /** Absent when the answer names no SSIN. */
  ssin?: string
  /** Every identifier as it stands in the answer. */
  ids: { scheme: string; value: string }[]
}

export function readPatient(patient: PatientId): NamedPatient {
  const ssin = patient.id.find(({ S }) => S === 'INSS')?.value
  return {
    ...(ssin === undefined ? {} : { ssin }),
    ...readNames(patient),
    ids: patient.id.map(({ S, value }) => ({ scheme: S, value })),
  }
}
