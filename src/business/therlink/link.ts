/** The link as callers name it, as messages carry it and as answers tell it (spec consent-therlink-hub §3.2, §3.6). */
import { EHealthError } from '../../errors.js'
import { belgianDay } from '../../technical/environment/belgianCalendar.js'
import type { Session } from '../../technical/session/types.js'
import {
  codeBook,
  commonVersions,
  dayFrom,
  hcPartyIdOf,
  patientIdOf,
  providerOfSession,
  readAuthor,
  readDay,
  readParty,
  readPatient,
  type Author,
  type Day,
  type HcPartyId,
  type NamedAuthor,
  type NamedParty,
  type NamedPatient,
  type OperationContext,
  type Patient,
  type Provider,
} from '../kmehr/index.js'
import type { TherapeuticLinkElement, TherapeuticLinkWithContext } from './contract.js'
import { linkTypes, longestComment, usualLinkType, type KnownLinkType } from './contract/types.js'

/** Codes of what is put and revoked. */
export const codes = codeBook({
  ...commonVersions,
  'CD-THERAPEUTICLINKTYPE': '1.1',
  'CD-PROOFTYPE': '1.1',
})

/** Codes of a search and of the content that is signed: the type of the link has another version there (§1.7). */
export const searchCodes = codeBook({ ...commonVersions, 'CD-THERAPEUTICLINKTYPE': '1.0' })

/** A type of link: a known one, or any other text that the platform may take. */
export type LinkType = KnownLinkType | (string & {})

/** A link in the caller's words. */
export interface Link {
  /** With card and names: the platform takes no link without them. */
  patient: Patient
  /** With whom; the provider of the session by default. A link with a pharmacy names the pharmacy. */
  provider?: Provider
  /** `gpconsultation` of physicians and `consultation` of everybody else by default. */
  type?: LinkType
  /** First day on which the link does not hold any more; leave it out, and the platform fills it in. */
  endDate?: Day
  /** 256 characters at most. */
  comment?: string
}

/** Names of the fields. @internal */
export const linkFields: readonly (keyof Link)[] = ['patient', 'provider', 'type', 'endDate', 'comment']

/** Where the provider comes from when the link names none. @internal */
export async function providerOf(
  session: Session,
  { provider }: { provider?: Provider },
  author: Author | undefined,
): Promise<Provider> {
  if (provider !== undefined) return provider
  // A pharmacy that names itself as author is the one that the link is with.
  const main = author?.parties.find((party): party is Provider => 'role' in party)
  return main ?? providerOfSession(session)
}

/**
 * A link that starts today.
 *
 * @throws EHealthError `therlink.names-required`, `therlink.type`, `therlink.period`, `therlink.comment`,
 * `kmehr.*`, `identifier.*` with the path
 */
export function linkElement(
  link: Link & { startDate?: Day | undefined },
  provider: Provider,
  path: string,
  now: Date,
): TherapeuticLinkElement {
  const at = (field: string): string => (path === '' ? field : `${path}.${field}`)
  const patient = patientIdOf(link.patient, at('patient'), now)
  if (patient.firstname === undefined && patient.name === undefined)
    throw new EHealthError('therlink.names-required', 'the names of the patient are missing', {
      path: at('patient.firstName'),
    })
  const hcparty: HcPartyId = hcPartyIdOf(provider, at('provider'), now)
  const type = declarableType(link.type ?? usualLinkType(provider.role), at('type'))
  const startdate = link.startDate === undefined ? belgianDay(now) : dayFrom(link.startDate, at('startDate'))
  const enddate = link.endDate === undefined ? undefined : dayFrom(link.endDate, at('endDate'))
  if (enddate !== undefined && enddate <= startdate)
    throw new EHealthError('therlink.period', 'the end of the link does not lie behind its start', {
      path: at('endDate'),
      hint: 'The end is the first day that the link does not cover.',
    })
  const { comment } = link
  if (comment !== undefined && [...comment].length > longestComment)
    throw new EHealthError('therlink.comment', `more than ${longestComment} characters`, {
      path: at('comment'),
    })
  return {
    patient,
    hcparty: [hcparty],
    cd: codes.code('CD-THERAPEUTICLINKTYPE', type),
    startdate,
    ...(enddate === undefined ? {} : { enddate }),
    ...(comment === undefined ? {} : { comment }),
  }
}

function declarableType(type: string, path: string): string {
  if (typeof type !== 'string' || !/^[\w-]+$/.test(type))
    throw new EHealthError('therlink.type', 'this is no type of link', { path })
  if (Object.hasOwn(linkTypes, type) && !linkTypes[type as KnownLinkType].declarable)
    throw new EHealthError('therlink.type', 'links of this type come from an authentic source only', { path })
  return type
}

/** What was done to a link. */
export interface LinkOperation {
  operation: 'declaration' | 'revocation'
  recordedAt: Date
  /** Absent for an authentic source. */
  author?: NamedAuthor
  /** Types of the proofs. */
  proofs: string[]
}

/** A link that an answer tells of. */
export interface TherapeuticLink {
  patient: NamedPatient
  /** With whom; the schema allows several. */
  providers: NamedParty[]
  type: string
  /** First day, `yyyy-mm-dd`. */
  startDate?: string
  /** First day on which it does not hold any more, `yyyy-mm-dd`: show the day before as "until". */
  endDate?: string
  comment?: string
  operations: LinkOperation[]
  /** Whether it can be revoked here: links of an authentic source cannot. */
  revocable: boolean
}

export function readLink(element: TherapeuticLinkWithContext): TherapeuticLink {
  const { patient, hcparty, cd, startdate, enddate, comment, operationcontext } = element
  const operations = operationcontext.map(readOperation)
  const known = Object.hasOwn(linkTypes, cd.value) ? linkTypes[cd.value as KnownLinkType] : undefined
  return {
    patient: readPatient(patient),
    providers: hcparty.map(readParty),
    type: cd.value,
    ...(startdate === undefined ? {} : { startDate: readDay(startdate) }),
    ...(enddate === undefined ? {} : { endDate: readDay(enddate) }),
    ...(comment === undefined ? {} : { comment }),
    operations,
    revocable: known?.declarable !== false && !operations.some(({ operation }) => operation === 'revocation'),
  }
}

export const readOperation = (context: OperationContext): LinkOperation => ({
  operation: context.operation,
  recordedAt: context.recorddatetime,
  ...(context.author === undefined ? {} : { author: readAuthor(context.author.author) }),
  proofs: context.proof.map(({ cd }) => cd.value),
})
