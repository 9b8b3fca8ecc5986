/**
 * Every code that MemberData answers with, where it comes from and what it means (spec memberdata-mycarenet §1.8). Texts
 * of the platform come in one language or another, or not at all: only the code is to be relied on.
 */

/** What is known of a code. */
export interface MemberDataFaultData {
  /** First status of the answer. */
  readonly status: 'Success' | 'Requester' | 'Responder'
  /** Second status. */
  readonly subStatus:
    'RequestError' | 'AttributeQueryError' | 'InputError' | 'InternalError' | 'PartialAnswer'
  readonly faultCode: FaultCode
  /** `io`: the insurer, named as `IO-BE-300`. */
  readonly source: 'mycarenet' | 'io'
  /** Path below the question, `.` for the question itself; absent where none is told. */
  readonly location?: string
  /** What it means, in our words. */
  readonly meaning: string
}

type FaultCode =
  'INPUT_ERROR' | 'VALIDATION_ERROR' | 'AUTHORIZATION_ERROR' | 'SEND_ERROR' | 'GENERIC_ERROR' | 'WARNING'

/** Where, what, and the rest where it is other than usual. */
type Row = readonly [location: string, meaning: string, faultCode?: FaultCode, source?: 'io']
type Rows = Readonly<Record<string, Row>>

const requestType = 'Extensions/Facet[insurability]/Dimension[requestType]'
const contactType = 'Extensions/Facet[insurability]/Dimension[contactType]'
const carePathType = 'Extensions/Facet[carePath]/Dimension[carePathType]'
const confirmation = 'Subject/SubjectConfirmation'
const period = `${confirmation}/SubjectConfirmationData`
const dimension = 'Extensions/Facet/Dimension'

const envelopeFaults = {
  CROSSCHECK_ISSUER: [
    'Issuer/text()',
    'the issuer of the question is not the care provider of the message',
    'VALIDATION_ERROR',
  ],
  CROSSCHECK_ID: [
    '@ID',
    'the identifier of the question does not belong to the reference of the message',
    'VALIDATION_ERROR',
  ],
} as const satisfies Rows

const questionFaults = {
  FORBIDDEN_ATTRIBUTES: ['Attribute', 'the question names attributes'],
  MISSING_ISSUER_TAG: ['.', 'the question has no issuer'],
  MISSING_ISSUER_FORMAT: ['Issuer', 'the issuer has no format'],
  INVALID_ISSUER_FORMAT: ['Issuer/@Format', 'the format of the issuer is wrong'],
  INVALID_ISSUER_VALUE: ['Issuer', 'the issuer is no NIHII number of 11 digits'],
  MISSING_OR_BAD_EXTENSIONS_TYPE: ['Extensions', 'the type of the extensions is missing or wrong'],
  MISSING_EXTENSIONS_TAG: ['.', 'the question has no extensions'],
  DUPLICATED_FACET: ['Extensions/Facet', 'a facet stands twice'],
  UNKNOWN_FACET: ['Extensions/Facet', 'there is no such facet'],
  UNAUTHORIZED_FACET: ['Extensions/Facet', 'the facet is not open to this sector', 'AUTHORIZATION_ERROR'],
  INVALID_FACET_COMBINATION: ['Extensions', 'the facets cannot be asked together'],
  INVALID_DIMENSION_ID: [dimension, 'the facet has no such dimension'],
  MISSING_DIMENSION: [dimension, 'a dimension of the facet is missing'],
  DUPLICATED_DIMENSION: [dimension, 'a dimension stands twice'],
  INCONSISTENT_DIMENSIONS: [dimension, 'the dimensions contradict each other'],
  MISSING_NAMEID: ['Subject', 'no patient is named'],
  MISSING_NAMEID_FORMAT: ['Subject/NameID', 'the number of the patient has no format'],
  INVALID_NAMEID_FORMAT: ['Subject/NameID/@Format', 'the format of the number of the patient is wrong'],
  INVALID_NAMEID_VALUE: ['Subject/NameID', 'the number of the patient is malformed'],
  EMPTY_INSS: ['Subject/NameID', 'the SSIN is empty'],
  EMPTY_IO: ['Subject/NameID', 'the mutuality is empty'],
  EMPTY_REG_NUM: ['Subject/NameID', 'the registration number is empty'],
  INVALID_INSS_FORMAT: ['Subject/NameID/@Format', 'the SSIN has no 11 digits'],
  INVALID_IO_FORMAT: ['Subject/NameID/@Format', 'the mutuality has no 3 digits'],
  INVALID_INSS_VALUE: ['Subject/NameID', 'the check digits of the SSIN are wrong'],
  INVALID_IO_VALUE: ['Subject/NameID', 'there is no such mutuality'],
  INVALID_SUBJECT_CONFIRMATION_METHOD_VALUE: [
    `${confirmation}/@Method`,
    'the method of the confirmation is wrong',
  ],
  MISSING_SUBJECT_CONFIRMATION_TAG: ['Subject', 'the confirmation is missing'],
  MISSING_SUBJECT_CONFIRMATION_DATA_TAG: [confirmation, 'the data of the confirmation are missing'],
  SUBJECT_CONFIRMATION_WITH_ID: [`${confirmation}/*`, 'the confirmation names a patient of its own'],
  EMPTY_STARTDATE: [`${period}/@NotBefore`, 'the start of the period is missing'],
  EMPTY_ENDDATE: [`${period}/@NotOnOrAfter`, 'the end of the period is missing'],
  INVALID_PERIOD: [`${period}/@NotOnOrAfter`, 'the period ends before it starts'],
  EMPTY_REQUESTTYPE: [requestType, 'the type of the request is empty'],
  UNALLOWED_REQUESTTYPE: [requestType, 'there is no such type of request'],
  UNAUTHORIZED_REQUESTTYPE: [requestType, 'the type of request is not open to this sector'],
  EMPTY_CONTACTTYPE: [contactType, 'the type of contact is empty'],
  UNALLOWED_CONTACTTYPE: [contactType, 'there is no such type of contact'],
  UNAUTHORIZED_CONTACTTYPE: [contactType, 'the type of contact is not open to this sector'],
  UNALLOWED_CAREPATHTYPE: [carePathType, 'there is no such care path'],
  EMPTY_CAREPATHTYPE: [carePathType, 'the care path is empty'],
} as const satisfies Rows

const periodFaults = {
  START_DATE_IN_FUTURE: [`${period}/@NotBefore`, 'the period starts in the future'],
  INVALID_PERIOD_FOR_SECTOR: [period, 'the period is outside of what this sector may ask'],
  PERIOD_TOO_FAR_IN_PAST: [period, 'the period starts more than five years ago'],
} as const satisfies Rows

const routingFaults = {
  UNKNOWN_NISS_ROUTING: ['Subject/NameID', 'no insurer is known for this SSIN'],
  UNKNOWN_IO: ['Subject/NameID', 'the insurer is not known'],
  MULTIPLE_IO: ['Subject/NameID', 'several insurers are known for the patient'],
} as const satisfies Rows

const warnings = {
  MISSING_FACETS: ['', 'some facets are not available', 'WARNING'],
  MUTATION: ['', 'the patient changes insurer within the period', 'WARNING'],
  ONLY_FIVE_PERIODS_RETURNED: ['', 'there are more than five periods; the rest is missing', 'WARNING', 'io'],
  BO_MISSING_FACET: ['', 'the insurer does not have a facet', 'WARNING', 'io'],
  FACET_EXCEPTION: ['', 'a facet failed at the insurer', 'WARNING', 'io'],
} as const satisfies Rows

const insurerFaults = {
  NO_FACET: ['', 'nothing of what was asked is available', 'GENERIC_ERROR'],
  INVALID_RESPONSE_FROM_IO: ['', 'the answer of the insurer is unreadable', 'SEND_ERROR'],
  SEND_TO_IM_EXCEPTION: ['', 'the insurer cannot be reached', 'SEND_ERROR'],
  BO_EXCEPTION: ['', 'the insurer failed', 'GENERIC_ERROR', 'io'],
  IOSM_EXCEPTION: ['', 'the insurer failed', 'GENERIC_ERROR', 'io'],
  BO_UNKNOWN_NISS: ['/', 'the insurer does not know the SSIN', 'INPUT_ERROR', 'io'],
  BO_INVALID_REGNBR: ['/', 'the registration number is wrong', 'INPUT_ERROR', 'io'],
  BO_UNKNOWN_REGNBR: ['/', 'the insurer does not know the registration number', 'INPUT_ERROR', 'io'],
  BO_PERIOD_TOO_FAR_IN_THE_PAST: ['/', 'the insurer has no data so far back', 'INPUT_ERROR', 'io'],
} as const satisfies Rows

const contactFaults = {
  MISMATCHED_CONTACTTYPE: [contactType, 'the patient is not in hospital', 'INPUT_ERROR', 'io'],
} as const satisfies Rows

/** A code of the catalogue. */
export type MemberDataFaultCode =
  | keyof typeof envelopeFaults
  | keyof typeof questionFaults
  | keyof typeof periodFaults
  | keyof typeof routingFaults
  | keyof typeof warnings
  | keyof typeof insurerFaults
  | keyof typeof contactFaults

function described(
  status: MemberDataFaultData['status'],
  subStatus: MemberDataFaultData['subStatus'],
  rows: Rows,
): [string, MemberDataFaultData][] {
  return Object.entries(rows).map(([code, [location, meaning, faultCode = 'INPUT_ERROR', source]]) => [
    code,
    {
      status,
      subStatus,
      faultCode,
      source: source ?? 'mycarenet',
      ...(location === '' ? {} : { location }),
      meaning,
    },
  ])
}

/** By code. */
export const memberDataFaults = Object.fromEntries([
  ...described('Requester', 'RequestError', envelopeFaults),
  ...described('Requester', 'AttributeQueryError', questionFaults),
  ...described('Requester', 'InputError', periodFaults),
  ...described('Responder', 'InputError', routingFaults),
  ...described('Success', 'PartialAnswer', warnings),
  ...described('Responder', 'InternalError', insurerFaults),
  ...described('Responder', 'AttributeQueryError', contactFaults),
]) as Readonly<Record<MemberDataFaultCode, MemberDataFaultData>>

/** The codes. */
export const memberDataFaultCodes = Object.keys(memberDataFaults) as readonly MemberDataFaultCode[]

/** Whether a code is one of the catalogue. */
export const isMemberDataFault = (code: string): code is MemberDataFaultCode =>
  Object.hasOwn(memberDataFaults, code)
