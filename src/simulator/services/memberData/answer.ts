/** Answering a question about one patient: the same for a call and for the mailboxes (spec memberdata-mycarenet §7). */
import {
  facetOfId,
  memberDataFaultCodes,
  memberDataFaults,
  nameIdFormats,
  statusPrefix,
  subStatusPrefix,
  type AttributeQuery,
  type MemberDataFaultCode,
  type Response,
} from '../../../business/memberData/contract.js'
import { addDays, belgianDay } from '../../../technical/environment/belgianCalendar.js'
import type { World } from '../../world.js'
import { faultOf } from './faultPatients.js'
import { daysOf, judge, type JudgeContext } from './judge.js'
import { memberByNumber, memberOf, type InsuredSpan, type Member } from './members.js'
import { statementsOf } from './statements.js'
import { instantBy, issuerBy, statusDetailBy } from './variety.js'

/** What a question is answered with. */
export interface QuestionContext extends Omit<JudgeContext, 'today'> {
  readonly world: World
}

/** How many periods an insurer tells at most. */
const mostPeriods = 5

/** The answer to one question. */
export function answerQuestion(query: AttributeQuery, context: QuestionContext): Response {
  const { world, now } = context
  const today = belgianDay(now)
  const refused = (code: MemberDataFaultCode, io?: string): Response => refusal(query, context, code, io)
  const wrong = judge(query, { ...context, today })
  if (wrong !== undefined) return refused(wrong)
  const [number = '', mutuality] = query.Subject!.NameID!.value.split('@')
  const byNumber = query.Subject!.NameID!.Format === nameIdFormats.registrationNumber
  const told = faultOf(byNumber ? number.slice(0, 11) : number.trim())
  if (told !== undefined && memberDataFaults[told].status !== 'Success')
    return refused(told, memberDataFaults[told].source === 'io' ? '300' : undefined)
  const member = byNumber ? memberByNumber(world, number, today) : memberOf(world, number.trim(), today)
  if (member === undefined)
    return byNumber
      ? refused('BO_UNKNOWN_REGNBR', `${mutuality!.slice(0, 1)}00`)
      : refused('UNKNOWN_NISS_ROUTING')
  const io = insurerOf(member, query)
  if (wantsHospital(query) && member.hospital === undefined) return refused('MISMATCHED_CONTACTTYPE', io)
  const { from, until: end } = daysOf(query)
  const touched = cut(member.insured, from, end > from ? end : addDays(from, 1))
  const warnings: MemberDataFaultCode[] = [
    ...(told === undefined ? [] : [told]),
    ...(new Set(touched.map((span) => span.mutuality[0])).size > 1 ? (['MUTATION'] as const) : []),
    ...(touched.length > mostPeriods ? (['ONLY_FIVE_PERIODS_RETURNED'] as const) : []),
  ]
  const spans = touched.slice(0, mostPeriods)
  return {
    ...head(query, context, io),
    Status:
      warnings.length === 0
        ? { StatusCode: { Value: `${statusPrefix}Success` } }
        : statusOf([...new Set(warnings)], io),
    Assertion: statementsOf({ query, member, spans, io, now, today, world }),
  }
}

const wantsHospital = ({ Extensions }: AttributeQuery): boolean =>
  Extensions?.Facet.some(
    ({ id, Dimension }) =>
      facetOfId(id) === 'insurability' &&
      Dimension.some((dimension) => dimension.id === 'contactType' && dimension.value === 'hospitalized'),
  ) === true

/** The insurer of the first day that was asked for, else the last one known. */
function insurerOf({ insured }: Member, query: AttributeQuery): string {
  const { from } = daysOf(query)
  const span = insured.find(({ until }) => until === undefined || until > from) ?? insured.at(-1)
  return `${span?.mutuality[0] ?? '3'}00`
}

/** The spans as far as they lie within the period. */
function cut(spans: readonly InsuredSpan[], from: string, until: string): InsuredSpan[] {
  return spans
    .map((span) => ({
      ...span,
      from: span.from > from ? span.from : from,
      until: span.until !== undefined && span.until < until ? span.until : until,
    }))
    .filter((span) => span.from < span.until)
}

function refusal(
  query: AttributeQuery,
  context: QuestionContext,
  code: MemberDataFaultCode,
  io: string | undefined,
): Response {
  return { ...head(query, context, io), Status: statusOf([code], io), Assertion: [] }
}

const head = (
  { ID }: AttributeQuery,
  { world, now }: QuestionContext,
  io: string | undefined,
): Pick<Response, 'ID' | 'InResponseTo' | 'Version' | 'IssueInstant' | 'Issuer'> => ({
  ID: `_${world.runtime.uuid()}`,
  InResponseTo: ID,
  Version: '2.0',
  IssueInstant: instantBy(io, now),
  Issuer: issuerBy(io),
})

function statusOf(codes: readonly MemberDataFaultCode[], io: string | undefined): Response['Status'] {
  const { status, subStatus } = memberDataFaults[codes[0]!]
  return {
    StatusCode: {
      Value: statusPrefix + status,
      StatusCode: { Value: subStatusPrefix + subStatus },
    },
    StatusDetail: { xml: statusDetailBy(io, codes, memberDataFaultCodes.indexOf(codes[0]!)) },
  }
}
