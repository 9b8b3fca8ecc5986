/** The patient of a message, compared with the registers of people and cards (spec consent-therlink-hub §2.5, §2.6). */
import type { PatientId } from '../../../business/kmehr/contract.js'
import { isEidCard, isSsin } from '../../../technical/identifiers/index.js'
import type { IdentityCard, RegisteredPatient, World } from '../../world.js'
import { HubRefusal } from './refusal.js'

/** Codes with which a service refuses a patient. */
export interface PatientCodes {
  readonly missing: string
  readonly severalSsins: string
  readonly malformed: string
  /** Not in the national register, or deceased where only the living count. */
  readonly unknown: string
  readonly severalCards: string
  /** A card of a kind that is abolished. */
  readonly sisCard: string
  readonly malformedCard: string
  readonly foreignCard: string
}

/** A patient who exists, with the card that was shown. */
export interface FoundPatient {
  readonly registered: RegisteredPatient
  readonly card?: { readonly S: string; readonly value: string }
}

/**
 * Finds the patient; a card must be his own.
 *
 * @param options.living the deceased are refused
 * @throws HubRefusal with the codes of the service
 */
export function patientOf(
  { id }: PatientId,
  world: World,
  codes: PatientCodes,
  { now, living }: { now: Date; living: boolean },
): FoundPatient {
  const [ssin, ...more] = id.filter(({ S }) => S === 'INSS')
  if (ssin === undefined) throw new HubRefusal(codes.missing)
  if (more.length > 0) throw new HubRefusal(codes.severalSsins)
  if (!/^\d{11}$/.test(ssin.value) || !isSsin(ssin.value, { asOf: now }))
    throw new HubRefusal(codes.malformed)
  const registered = world.findPatient(ssin.value)
  if (registered === undefined || (living && registered.deceased === true))
    throw new HubRefusal(codes.unknown)
  if (id.some(({ S }) => S === 'SIS-CARDNO')) throw new HubRefusal(codes.sisCard)
  const [card, ...others] = id.filter(({ S }) => S.endsWith('-CARDNO'))
  if (others.length > 0) throw new HubRefusal(codes.severalCards)
  if (card === undefined || registered.cards.some((own) => isThe(own, card)))
    return card === undefined ? { registered } : { registered, card }
  const malformed = card.S === 'EID-CARDNO' && /^\d/.test(card.value) && !isEidCard(card.value)
  throw new HubRefusal(malformed ? codes.malformedCard : codes.foreignCard)
}

const isThe = ({ scheme, number }: IdentityCard, { S, value }: { S: string; value: string }): boolean =>
  scheme === S && number === value

/** The patient as answers name him: without card, with the names of the register. */
export const shownPatient = ({ ssin, firstName, familyName }: RegisteredPatient): PatientId => ({
  id: [{ S: 'INSS', SV: '1.0', value: ssin }],
  firstname: firstName,
  familyname: familyName,
})
