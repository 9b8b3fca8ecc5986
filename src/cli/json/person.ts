/** What `ehealth person` and `card` print. */
import type { CardVerification } from '../../business/idSupport/index.js'
import type {
  Candidate,
  PhoneticSearchOutcome,
  RegistrationOutcome,
  RegistrationSearchOutcome,
  SsinSearchOutcome,
} from '../../business/rnConsult/index.js'
import type { RelatedSsinsOutcome } from '../../business/ssinHistory/index.js'
import type { Without } from './common.js'

/** What the registers say of a person. */
export type PersonGet = Without<SsinSearchOutcome, 'meta'>

/** Everybody who fits. */
export type PersonSearch = Without<PhoneticSearchOutcome, 'meta'>

/** What became of a number. */
export type PersonHistory = Without<RelatedSsinsOutcome, 'meta'>

/** One search before a registration. */
type Searched = RegistrationSearchOutcome extends infer Outcome
  ? Outcome extends { searches: readonly (infer Search)[] }
    ? Without<Search, 'meta'>
    : never
  : never

/** What was found before anybody is registered. */
export type RegistrationSearch =
  | Without<Extract<RegistrationSearchOutcome, { outcome: 'refused' }>, 'meta'>
  | {
      outcome: Exclude<RegistrationSearchOutcome['outcome'], 'refused'>
      /** Who may be the person. */
      candidates?: Candidate[]
      /** The searches, each wider than the one before. */
      searches: Searched[]
    }

/** The search alone where nothing was decided, else what became of the registration, with the search in `search`. */
export type PersonCreate =
  | RegistrationSearch
  | (Without<RegistrationOutcome, 'meta'> & {
      /** What was found before. */
      search: RegistrationSearch
    })

/** Whether a card is that of a person, and valid. */
export type CardVerify = Without<CardVerification, 'meta'>
