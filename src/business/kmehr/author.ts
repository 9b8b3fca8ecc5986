/**
 * Who asks (spec consent-therlink-hub §1.10): the parties of a message, and the patient or his representative.
 *
 * The platform compares the author with the token, so that he follows from the session unless the caller says more.
 */
import { EHealthError } from '../../errors.js'
import { atPath } from '../../technical/identifiers/atPath.js'
import { parseSsin } from '../../technical/identifiers/index.js'
import { refuseUnknownOptions } from '../../technical/session/options.js'
import type { Actor, Session } from '../../technical/session/types.js'
import { common } from './codes.js'
import type { HubAuthor, KmehrAuthor, PersonLight } from './contract.js'
import { hcPartyOf, isPerson, readParty, type NamedParty, type Party, type Provider } from './parties.js'
import { patientIdOf, readPatient, type NamedPatient, type Patient } from './patient.js'

/** A parent or mandatary who acts for a patient. */
export interface Representative {
  ssin: string
  firstNames?: readonly string[]
  familyName?: string
}

/** An author in the caller's words. */
export interface Author {
  /** Who acts; the first one is the main party. A pharmacy: the pharmacy, its holder, perhaps the pharmacist. */
  parties: readonly Party[]
  /** The patient who acts for himself, or for whom somebody acts. */
  patient?: Patient
  /** The parent or mandatary who acts; `patient` is the one concerned. */
  person?: Representative
}

/** What stands in the place of software that names itself nowhere. */
export const ownSoftware = { application: 'ehealth-connectors', name: 'ehealth-connectors' } as const

/** Attributes of the token that hold the names of a person (spec sts-iam §3.1). */
const nameAttributes = {
  firstName: 'urn:be:fgov:person:ssin:ehealth:1.0:givenname',
  familyName: 'urn:be:fgov:person:ssin:ehealth:1.0:surname',
} as const

/**
 * The author of a session: the provider or organisation of its actor with the names that the platform certifies, or the
 * citizen who acts for himself.
 *
 * @throws EHealthError `kmehr.author` when the actor has no number or no role, or is a pharmacy; what a token throws
 */
export async function authorOfSession(session: Session): Promise<Author> {
  if (actsAsPatient(session.actor)) {
    const { ssin } = session.actor
    if (ssin === undefined) throw new EHealthError('kmehr.author', 'the citizen of the session has no SSIN')
    return { parties: [ownSoftware], patient: { ssin, ...(await certifiedNames(session)) } }
  }
  // which pharmacist is the holder, the session does not know (§1.10)
  if (session.actor.kmehr === 'orgpharmacy')
    throw new EHealthError('kmehr.author', 'a pharmacy names itself and its holder')
  return { parties: [await providerOfSession(session)] }
}

/** Whether the session is that of a citizen, not of a provider. */
export const actsAsPatient = ({ kmehr, profession }: Actor): boolean =>
  kmehr === 'patient' || (kmehr === undefined && profession === 'patient')

/**
 * The provider or organisation of a session.
 *
 * @throws EHealthError `kmehr.author` for a citizen, or an actor without number or role
 */
export async function providerOfSession(session: Session): Promise<Provider> {
  const { ssin, nihii, kmehr: role } = session.actor
  if (actsAsPatient(session.actor) || role === undefined || (ssin ?? nihii) === undefined)
    throw new EHealthError('kmehr.author', 'the actor of the session is no provider with role and number')
  if (isPerson(role) && ssin !== undefined)
    return { role, ...(nihii === undefined ? {} : { nihii }), ssin, ...(await certifiedNames(session)) }
  // the number of somebody who acts in an organisation is none of the organisation's
  if (nihii === undefined)
    throw new EHealthError('kmehr.author', 'the organisation of the session has no number of its own')
  return { role, nihii }
}

/** Both names or none: the schema wants them together. */
async function certifiedNames(session: Session): Promise<{ firstName?: string; familyName?: string }> {
  const token = await session.token()
  const [firstName] = token.values(nameAttributes.firstName)
  const [familyName] = token.values(nameAttributes.familyName)
  return firstName && familyName ? { firstName, familyName } : {}
}

/**
 * The parties of an author, for services that know no more than these.
 *
 * @throws EHealthError `kmehr.author`, `kmehr.party`, `identifier.*` with the path
 */
export function kmehrAuthorOf(parties: readonly Party[], path: string, now: Date): KmehrAuthor {
  if (!Array.isArray(parties) || parties.length === 0)
    throw new EHealthError('kmehr.author', 'an author has at least one party', { path })
  return { hcparty: parties.map((party: Party, index) => hcPartyOf(party, `${path}[${index}]`, now)) }
}

/** @throws EHealthError `kmehr.author`, `kmehr.party`, `kmehr.patient`, `identifier.*` with the path */
export function hubAuthorOf(author: Author, path: string, now: Date): HubAuthor {
  refuseUnknownOptions(author, ['parties', 'patient', 'person'], path)
  const { parties, patient, person } = author
  if (person !== undefined && patient === undefined)
    throw new EHealthError('kmehr.author', 'somebody acts for a patient who is not named', {
      path: `${path}.patient`,
    })
  return {
    ...kmehrAuthorOf(parties, `${path}.parties`, now),
    ...(patient === undefined ? {} : { patient: patientIdOf(patient, `${path}.patient`, now) }),
    ...(person === undefined ? {} : { person: representativeOf(person, `${path}.person`, now) }),
  }
}

function representativeOf(person: Representative, path: string, now: Date): PersonLight {
  refuseUnknownOptions(person, ['ssin', 'firstNames', 'familyName'], path)
  const ssin = atPath(`${path}.ssin`, () => parseSsin(person.ssin, { asOf: now }).normalized)
  return {
    id: [common.code('INSS', ssin)],
    firstname: [...(person.firstNames ?? [])],
    ...(person.familyName === undefined ? {} : { familyname: person.familyName }),
    address: [],
    telecom: [],
  }
}

/** The number that names the sender in identifiers of messages: NIHII, CBE or EHP, else that of the software. */
export function senderNumber({ hcparty }: KmehrAuthor): string {
  const numbers = hcparty.flatMap(({ id }) => id)
  return (
    numbers.find(({ S }) => S === 'ID-HCPARTY')?.value ??
    numbers.find(({ S }) => S === 'LOCAL')?.value ??
    ownSoftware.application
  )
}

/** An author whom an answer names. */
export interface NamedAuthor {
  parties: NamedParty[]
  patient?: NamedPatient
  /** SSIN of the parent or mandatary who acted. */
  personSsin?: string
}

export function readAuthor({ hcparty, patient, person }: HubAuthor): NamedAuthor {
  const personSsin = person?.id.find(({ S }) => S === 'INSS')?.value
  return {
    parties: hcparty.map(readParty),
    ...(patient === undefined ? {} : { patient: readPatient(patient) }),
    ...(personSsin === undefined ? {} : { personSsin }),
  }
}
