/** Judging a question in the order of the catalogue: the first failure is the answer (spec memberdata-mycarenet §1.8, §7). */
import {
  extensionsType,
  facetOfId,
  issuerFormat,
  memberDataFacets,
  memberIdentification,
  nameIdFormats,
  type AttributeQuery,
  type FacetElement,
  type MemberDataFacet,
  type MemberDataFaultCode,
} from '../../../business/memberData/contract.js'
import { addMonths } from '../../../technical/environment/belgianCalendar.js'
import { isNihii, isSsin } from '../../../technical/identifiers/index.js'

/** What a question is judged by. */
export interface JudgeContext {
  /** Day of the simulator's clock in Belgium. */
  readonly today: string
  readonly now: Date
  /** Number of the care provider in the message around it. */
  readonly careProvider: string
  /** Identifier that the question must have; any in the mailboxes. */
  readonly expectedId?: string
  /** Facets that the sector may not read. */
  readonly refuses: (facet: MemberDataFacet) => boolean
  /** Whether issuer and identifier are compared with the message around. */
  readonly crossChecks: boolean
}

type Verdict = MemberDataFaultCode | undefined

/** What is wrong with a question, before anybody looks for the patient. */
export function judge(query: AttributeQuery, context: JudgeContext): Verdict {
  return (
    crossCheck(query, context) ??
    (query.Attribute.length > 0 ? 'FORBIDDEN_ATTRIBUTES' : undefined) ??
    issuer(query) ??
    extensions(query, context) ??
    nameId(query, context) ??
    confirmation(query) ??
    period(query, context)
  )
}

function crossCheck(query: AttributeQuery, { crossChecks, careProvider, expectedId }: JudgeContext): Verdict {
  if (!crossChecks) return undefined
  if (query.Issuer !== undefined && query.Issuer.value.trim() !== careProvider) return 'CROSSCHECK_ISSUER'
  return expectedId !== undefined && query.ID !== expectedId ? 'CROSSCHECK_ID' : undefined
}

function issuer({ Issuer }: AttributeQuery): Verdict {
  if (Issuer === undefined) return 'MISSING_ISSUER_TAG'
  if (Issuer.Format === undefined) return 'MISSING_ISSUER_FORMAT'
  // the number of an enterprise was seen once in a public client
  if (Issuer.Format !== issuerFormat && Issuer.Format !== 'urn:be:fgov:kbo-bce:organization:cbe-number')
    return 'INVALID_ISSUER_FORMAT'
  const value = Issuer.value.trim()
  return Issuer.Format === issuerFormat && !(value.length === 11 && isNihii(value))
    ? 'INVALID_ISSUER_VALUE'
    : undefined
}

function extensions({ Extensions }: AttributeQuery, { refuses }: JudgeContext): Verdict {
  if (Extensions === undefined) return 'MISSING_EXTENSIONS_TAG'
  if (Extensions.type !== extensionsType || Extensions.Facet.length === 0)
    return 'MISSING_OR_BAD_EXTENSIONS_TYPE'
  const ids = Extensions.Facet.map(({ id }) => id)
  if (new Set(ids).size < ids.length) return 'DUPLICATED_FACET'
  const facets = ids.map(facetOfId)
  if (facets.includes(undefined)) return 'UNKNOWN_FACET'
  if (facets.some((name) => refuses(name!))) return 'UNAUTHORIZED_FACET'
  for (const [index, element] of Extensions.Facet.entries()) {
    const fault = dimensions(element, facets[index]!)
    if (fault !== undefined) return fault
  }
  return undefined
}

/** Codes of the dimensions that have their own. */
const dimensionCodes: Readonly<
  Record<string, readonly [empty: MemberDataFaultCode, unknown: MemberDataFaultCode]>
> = {
  requestType: ['EMPTY_REQUESTTYPE', 'UNALLOWED_REQUESTTYPE'],
  contactType: ['EMPTY_CONTACTTYPE', 'UNALLOWED_CONTACTTYPE'],
  carePathType: ['EMPTY_CAREPATHTYPE', 'UNALLOWED_CAREPATHTYPE'],
}

function dimensions({ Dimension }: FacetElement, facet: MemberDataFacet): Verdict {
  const known: Readonly<Record<string, readonly string[]>> = memberDataFacets[facet].dimensions
  if (Dimension.some(({ id }) => !Object.hasOwn(known, id))) return 'INVALID_DIMENSION_ID'
  const ids = Dimension.map(({ id }) => id)
  if (Object.keys(known).some((id) => !ids.includes(id))) return 'MISSING_DIMENSION'
  const repeated = facet === 'carePath' ? Dimension.map(({ value }) => value.trim()) : ids
  if (new Set(repeated).size < repeated.length) return 'DUPLICATED_DIMENSION'
  for (const { id, value } of Dimension) {
    const [empty, unknown] = dimensionCodes[id]!
    if (value.trim() === '') return empty
    if (!known[id]!.includes(value.trim())) return unknown
  }
  return undefined
}

function nameId({ Subject }: AttributeQuery, { now }: JudgeContext): Verdict {
  const id = Subject?.NameID
  if (id === undefined) return 'MISSING_NAMEID'
  if (id.Format === undefined) return 'MISSING_NAMEID_FORMAT'
  const ssin = (value: string): Verdict => {
    if (value === '') return 'EMPTY_INSS'
    if (!/^\d{11}$/.test(value)) return 'INVALID_INSS_FORMAT'
    return isSsin(value, { asOf: now }) ? undefined : 'INVALID_INSS_VALUE'
  }
  if (id.Format === nameIdFormats.ssin) return ssin(id.value.trim())
  const byNumber = id.Format === nameIdFormats.registrationNumber
  if (!byNumber && id.Format !== nameIdFormats.ssinAtMutuality) return 'INVALID_NAMEID_FORMAT'
  const parts = id.value.split('@')
  if (parts.length !== 2) return 'INVALID_NAMEID_VALUE'
  const [number = '', mutuality = ''] = parts
  const wrong = byNumber ? (number.trim() === '' ? 'EMPTY_REG_NUM' : undefined) : ssin(number)
  if (wrong !== undefined) return wrong
  if (mutuality === '') return 'EMPTY_IO'
  if (!/^\d{3}$/.test(mutuality)) return 'INVALID_IO_FORMAT'
  return /^(750|999|[1-69]\d\d)$/.test(mutuality) ? undefined : 'INVALID_IO_VALUE'
}

function confirmation({ Subject }: AttributeQuery): Verdict {
  const confirmed = Subject?.SubjectConfirmation
  if (confirmed === undefined) return 'MISSING_SUBJECT_CONFIRMATION_TAG'
  if (confirmed.Method !== memberIdentification) return 'INVALID_SUBJECT_CONFIRMATION_METHOD_VALUE'
  if (confirmed.NameID !== undefined) return 'SUBJECT_CONFIRMATION_WITH_ID'
  return confirmed.SubjectConfirmationData === undefined ? 'MISSING_SUBJECT_CONFIRMATION_DATA_TAG' : undefined
}

/** The days that a question is about, as they are written. Equal instants mean that day: a peer writes them so (inferred). */
export function daysOf({ Subject }: AttributeQuery): { from: string; until: string } {
  const { NotBefore = '', NotOnOrAfter = '' } = Subject?.SubjectConfirmation?.SubjectConfirmationData ?? {}
  return { from: NotBefore.trim().slice(0, 10), until: NotOnOrAfter.trim().slice(0, 10) }
}

function period(query: AttributeQuery, { today }: JudgeContext): Verdict {
  const { from, until } = daysOf(query)
  const isDay = (text: string): boolean => !Number.isNaN(Date.parse(`${text}T00:00:00Z`))
  if (from === '') return 'EMPTY_STARTDATE'
  if (until === '') return 'EMPTY_ENDDATE'
  if (!isDay(from) || !isDay(until) || until < from) return 'INVALID_PERIOD'
  if (from > today) return 'START_DATE_IN_FUTURE'
  return from < addMonths(today, -60) ? 'PERIOD_TOO_FAR_IN_PAST' : undefined
}
