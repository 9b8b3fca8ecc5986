/** What `ehealth consent`, `therlink` and `may-read` print. */
import type { AccessDecision, Check, Checks } from '../../business/access/index.js'
import type {
  ConsentStatusOutcome,
  DeclareConsentOutcome,
  EnsureConsentOutcome,
  RevokeConsentOutcome,
} from '../../business/consent/index.js'
import type {
  DeclareLinkOutcome,
  EnsureLinkOutcome,
  HasLinkOutcome,
  ListLinksOutcome,
  RevokeLinkOutcome,
} from '../../business/therlink/index.js'
import type { Failure, Reported } from './common.js'

/** The last state known of a consent. */
export type ConsentGet = Reported<ConsentStatusOutcome>

/** What became of a declaration; with `--ensure` the outcome is `given`, `deceased` or `refused`. */
export type ConsentDeclare = Reported<DeclareConsentOutcome | EnsureConsentOutcome>

/** What became of a revocation. */
export type ConsentRevoke = Reported<RevokeConsentOutcome>

/** The links that the caller may see. */
export type TherlinkList = Reported<ListLinksOutcome>

/** What became of a declaration; with `--ensure` the outcome is `linked`, `excluded` or `refused`. */
export type TherlinkDeclare = Reported<DeclareLinkOutcome | EnsureLinkOutcome>

/** What became of a revocation. */
export type TherlinkRevoke = Reported<RevokeLinkOutcome>

/** Whether there is an active link. */
export type TherlinkHas = Reported<HasLinkOutcome>

/** A check whose failure is told as any other. */
export type ShownCheck<Finding extends string> = Omit<Check<Finding>, 'failure'> & {
  /** Why there is no answer. */
  failure?: Failure
}

/** What the decision rests on. */
export interface ShownChecks {
  consent: ShownCheck<Checks['consent']['finding']>
  link: ShownCheck<Checks['link']['finding']>
  exclusion: ShownCheck<Checks['exclusion']['finding']>
}

/** Whether the caller may read, and why. It is advice: the hub checks again, and its refusal wins. */
export type MayRead = AccessDecision extends infer Decision
  ? Decision extends unknown
    ? Omit<Decision, 'checks'> & { checks: ShownChecks }
    : never
  : never
