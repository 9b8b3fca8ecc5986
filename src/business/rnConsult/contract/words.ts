/** Words, limits and codes of the registers that both sides judge by (spec rn-consult §5.2, §5.4, §12). */

/** How given names are compared in a phonetic search. */
export const givenNameMatchings = [
  'FIRST_LETTER_FIRST_GIVENNAME',
  'COMPLETE_FIRST_GIVENNAME',
  'ALL_GIVENNAME',
  'IGNORE_GIVENNAME',
] as const

export type GivenNameMatching = (typeof givenNameMatchings)[number]

/** The registers: national register, and those of the Crossroads Bank. */
export const registerNames = ['NR', 'BIS', 'RAD', 'RAN'] as const

export type RegisterName = (typeof registerNames)[number]

/** Facets of the first edition of the schemas: the platform judges them as business rules since. */
export const limits = {
  applicationId: 11,
  lastName: 128,
  givenName: 48,
  givenNames: 3,
  variation: 99,
  /** (inferred) of the first generation of the service: more is an error. */
  maximumResults: 50,
  /** (inferred) how many the platform gives when nothing is said. */
  usualResults: 20,
  countryCode: 999,
} as const

/** A municipality of the national statistics institute: always five digits. */
export const cityCodePattern = /^[0-9]{5}$/

/** Status codes inside of a refusal; all of them (inferred) from the family of the platform (spec rn-consult §4). */
export const statusCodes = {
  requester: 'urn:be:fgov:ehealth:2.0:status:Requester',
  responder: 'urn:be:fgov:ehealth:2.0:status:Responder',
  invalidInput: 'urn:be:fgov:ehealth:2.0:status:InvalidInput',
  notFound: 'urn:be:fgov:ehealth:2.0:status:DataNotFound',
  tooManyResults: 'urn:be:fgov:ehealth:2.0:status:TooManyResults',
  notAuthorised: 'urn:be:fgov:ehealth:2.0:status:RequestDenied',
} as const

/** Reason codes of the Crossroads Bank that are told somewhere (spec rn-consult §12). */
export const reasonCodes = { validation: 'MSG00008', internal: 'MSG00003' } as const

/** Groups of data that callers are authorised for one by one, by the names that they have in our words. */
export const personGroups = [
  'nobilityTitle',
  'name',
  'nationalities',
  'birth',
  'decease',
  'gender',
  'civilStates',
  'address',
  'contactAddress',
  'administrator',
  'subregister',
  'legalCohabitation',
] as const

export type PersonGroup = (typeof personGroups)[number]
