/** What an insurer states about somebody, as assertions (spec memberdata-mycarenet §1.7). */
import { deflateRawSync } from 'node:zlib'

import {
  adviceType,
  facetOfId,
  nippin,
  xmlSchema,
  type AssertionElement,
  type AttributeQuery,
  type FacetElement,
} from '../../../business/memberData/contract.js'
import { namespace, required, string, write } from '../../../technical/xml/index.js'
import type { World } from '../../world.js'
import { daysOf } from './judge.js'
import type { InsuredSpan, Member } from './members.js'
import { instantBy, issuerBy } from './variety.js'

/** What statements are made with. */
export interface StatementContext {
  readonly query: AttributeQuery
  readonly member: Member
  /** Spans of the member that touch the period, cut to it; five at most. */
  readonly spans: readonly InsuredSpan[]
  readonly io: string
  readonly now: Date
  readonly today: string
  readonly world: World
}

type Kind = 'string' | 'date' | 'boolean'
type Value = readonly [name: string, kind: Kind, ...values: (string | undefined)[]]

/** The statements about everything that was asked, the diagnostic one last. */
export function statementsOf(context: StatementContext): AssertionElement[] {
  const facets = context.query.Extensions?.Facet ?? []
  return [
    ...facets.flatMap((facet) => {
      const name = facetOfId(facet.id)
      return name === 'insurability' ? insurability(context, facet) : right(context, facet, name)
    }),
    statement(context, facets, 'technicalAssertion', [
      ['technicalAssertion:status', 'string', technicalStatus],
      ['technicalAssertion:version', 'string', context.io === '400' ? 'SAMPLE-734' : '7.5.8'],
    ]),
  ]
}

function insurability(context: StatementContext, facet: FacetElement): AssertionElement[] {
  const { member, spans, query } = context
  const of = (type: string, values: readonly Value[], span?: InsuredSpan): AssertionElement =>
    statement(context, [facet], type, values, span)
  const invoicing = facet.Dimension.some(({ id, value }) => id === 'requestType' && value === 'invoicing')
  const split =
    spans.length > 1 ||
    spans.some(({ from, until }) => from !== daysOf(query).from || until !== daysOf(query).until)
  return [
    of('insurability:patientData', [
      ['urn:be:fgov:person:ssin', 'string', member.ssin],
      ['careReceiver:name', 'string', member.lastName],
      ['careReceiver:firstName', 'string', member.firstName],
      ['careReceiver:birthDate', 'date', member.birthDate],
      ['careReceiver:deceasedDate', 'date', member.deceasedDate],
      ['careReceiver:gender', 'string', member.gender],
    ]),
    ...spans.map((span) =>
      of(
        'insurability:period',
        [
          ['careReceiver:registrationNumber', 'string', span.registrationNumber],
          ['careReceiver:mutuality', 'string', span.mutuality],
          ['cb1', 'string', span.ct1],
          ['cb2', 'string', span.ct2],
          ['communicationDate', 'date', context.today],
          ['paymentApproval', 'string', invoicing ? approval(context.world) : undefined],
        ],
        split ? span : undefined,
      ),
    ),
    ...(spans.length === 0
      ? []
      : [of('insurability:payment', [['payment:byIO', 'boolean', String(member.paidByInsurer)]])]),
    ...situation(context, of),
    ...(member.hospital === undefined
      ? []
      : [
          of('hospitalisation', [
            ['hospitalisation:hospital:nihii11', 'string', member.hospital.nihii],
            ['hospitalisation:service', 'string', member.hospital.service],
            ['hospitalisation:admissionDate', 'date', member.hospital.admitted],
          ]),
        ]),
    ...(member.medicalHouse === undefined
      ? []
      : [
          of('medicalHouse', [
            ['medicalHouse:nihii11', 'string', member.medicalHouse.nihii],
            ['medicalHouse:type', 'string', member.medicalHouse.type],
            ['medicalHouse:start', 'date', member.medicalHouse.start],
          ]),
        ]),
  ]
}

/** Why an insurer answers for no day, or for not all of them. */
function situation(
  { member, spans, query }: StatementContext,
  of: (type: string, values: readonly Value[]) => AssertionElement,
): AssertionElement[] {
  const { from, until } = daysOf(query)
  const [first] = member.insured
  const last = member.insured.at(-1)
  const told = (event: string, day: string): AssertionElement[] => [
    of('insurability:generalSituation', [
      ['generalSituation:event', 'string', event],
      ['generalSituation:transfer:date', 'date', day],
    ]),
  ]
  if (last?.until !== undefined && last.until <= from) return told('closedBefore', last.until)
  if (first !== undefined && first.from >= until && until > from) return told('startLater', first.from)
  if (spans.length > 1 && new Set(spans.map(({ mutuality }) => mutuality[0])).size > 1)
    return told('changeDuring', spans[1]!.from)
  return []
}

function right(context: StatementContext, facet: FacetElement, name: string | undefined): AssertionElement[] {
  const { globalMedicalFile: file, palliativeSince, chronicYears } = context.member
  const of = (values: readonly Value[]): AssertionElement[] => [statement(context, [facet], name!, values)]
  if (name === 'globalMedicalFile' && file !== undefined)
    return of([
      ['globalMedicalFile:hcp:nihii11', 'string', file.nihii],
      ['globalMedicalFile:hcp:name', 'string', file.name],
      ['globalMedicalFile:hcp:firstName', 'string', file.firstName],
    ])
  if (name === 'palliativeStatus' && palliativeSince !== undefined)
    return of([['palliativeStatus:startDate', 'date', palliativeSince]])
  if (name === 'chronicCondition' && chronicYears !== undefined)
    return of([['chronicCondition:year', 'string', ...chronicYears]])
  // of care paths and reference pharmacies the attributes are not known: nobody here has them
  return []
}

function statement(
  { query, io, now, world }: StatementContext,
  facets: readonly FacetElement[],
  type: string,
  values: readonly Value[],
  span?: InsuredSpan,
): AssertionElement {
  const period =
    span === undefined
      ? undefined
      : { NotBefore: `${span.from}T00:00:00`, NotOnOrAfter: `${span.until!}T00:00:00` }
  const { NameID, SubjectConfirmation } = query.Subject!
  return {
    ID: `_${world.runtime.uuid()}`,
    Version: '2.0',
    IssueInstant: instantBy(io, now),
    Issuer: issuerBy(io),
    Subject: {
      NameID: NameID!,
      SubjectConfirmation: {
        ...SubjectConfirmation,
        ...(period === undefined ? {} : { SubjectConfirmationData: period }),
      },
    },
    ...(period === undefined ? {} : { Conditions: period }),
    Advice: { type: adviceType, AssertionType: nippin + type, Facet: [...facets] },
    AttributeStatement: [
      {
        Attribute: values.flatMap(([name, kind, ...given]) => {
          const present = given.filter((value) => value !== undefined)
          return present.length === 0
            ? []
            : [
                {
                  Name: name.startsWith('urn:') ? name : nippin + name,
                  AttributeValue: present.map((value) => ({ type: `{${xmlSchema.uri}}${kind}`, value })),
                },
              ]
        }),
      },
    ],
  }
}

/** 30 hexadecimal characters. */
const approval = (world: World): string =>
  Buffer.from(world.runtime.randomBytes(15)).toString('hex').toUpperCase()

const support = namespace('urn:be:cin:nippin:memberData:support:v2', { prefix: 'sup', qualified: true })
const Status = support.element(
  'Status',
  support.sequence({}, { code: required(string()), encryptionRequired: required(string()) }),
)
const technicalStatus = deflateRawSync(
  write(Status, { code: 'OK', encryptionRequired: 'false' }).xml,
).toString('base64')
