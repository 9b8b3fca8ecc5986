/** Consent, link and exclusions asked together, the rules applied to what they say (spec consent-therlink-hub §8.2). */
import { EHealthError, isEHealthError } from '../../errors.js'
import { parseSsin } from '../../technical/identifiers/index.js'
import { refuseUnknownOptions } from '../../technical/session/options.js'
import type { Session } from '../../technical/session/types.js'
import { createConsents, type ConsentStatusOutcome } from '../consent/index.js'
import { createExclusions, type ListExclusionsOutcome } from '../exclusions/index.js'
import {
  actsAsPatient,
  hubCallOptions,
  providerOfSession,
  type HubCallOptions,
  type Patient,
  type PlatformError,
  type Provider,
} from '../kmehr/index.js'
import { createTherapeuticLinks, type HasLinkOutcome } from '../therlink/index.js'
import { permitted, type AccessMatrix } from './matrix.js'
import {
  decide,
  type CautionCode,
  type ConsentFinding,
  type DenialCode,
  type ExclusionFinding,
  type LinkFinding,
  type UnknownCode,
} from './rules.js'
import { explainCaution, explainDenial, explainUnknown, type Explained } from './words.js'

/** One use of the glass, as it is recorded. */
export interface BrokenGlass {
  /** The words that the caller gave; pass the same to each call of a hub. */
  reason: string
  at: Date
  /** Who reads. */
  provider: Provider
  /** Whose data. */
  patientSsin: string
}

/** An emergency: explicit, with its reason and with where that is kept. */
export interface Emergency {
  /** 10 to 200 characters: it is checked, and the patient will read it in his audit trail. */
  reason: string
  /**
   * Keeps the use before the answer is given; when it fails, there is no answer. Called only where the glass is what
   * the access rests on.
   */
  record: (use: BrokenGlass) => void | Promise<void>
}

/** The question. */
export interface MayReadOptions extends HubCallOptions {
  /** The SSIN is enough. */
  patient: Patient
  /** Who wants to read; the provider of the session by default. */
  provider?: Provider
  /** Types of documents wanted, for instance `sumehr`. */
  documents?: readonly string[]
  /** Which types which role may read. Nobody publishes it as data: without it the hub decides. */
  matrix?: AccessMatrix
  /** A provider without link reads in an emergency only. It replaces the link, never consent nor exclusion. */
  emergency?: Emergency
}

/** What was asked and what came of it. */
export interface Check<Finding extends string> {
  finding: Finding
  /** Errors and warnings of the platform. */
  errors: PlatformError[]
  /** Why there is no answer: a code of this library. */
  failure?: EHealthError
}

/** What the decision rests on. */
export interface Checks {
  consent: Check<ConsentFinding>
  link: Check<LinkFinding>
  exclusion: Check<ExclusionFinding>
}

/** The answer: never a bare yes or no. It is advice, the hub checks again and its refusal wins; keep it for minutes. */
export type AccessDecision =
  | {
      decision: 'allow'
      /** What takes the place of the link, if anything does. */
      via: 'link' | 'break-the-glass'
      /** The types that may be read, where types were asked for. */
      documents?: string[]
      /** The recorded use, where the glass was broken. */
      brokenGlass?: BrokenGlass
      cautions: Explained<CautionCode>[]
      checks: Checks
    }
  | { decision: 'deny'; reasons: Explained<DenialCode>[]; checks: Checks }
  /** Treat it as a refusal. `reasons` are those that would deny in any case. */
  | {
      decision: 'unknown'
      causes: Explained<UnknownCode>[]
      reasons: Explained<DenialCode>[]
      checks: Checks
    }

/** See {@link Access.mayRead}. */
export async function mayRead(session: Session, options: MayReadOptions): Promise<AccessDecision> {
  refuseUnknownOptions(options, [
    'patient',
    'provider',
    'documents',
    'matrix',
    'emergency',
    ...hubCallOptions,
  ])
  const { emergency, documents, matrix } = options
  if (emergency !== undefined) assertEmergency(emergency)
  const provider = await providerAsked(session, options)
  const checks = await ask(session, options, provider)
  const verdict = decide({
    consent: checks.consent.finding,
    link: checks.link.finding,
    exclusion: checks.exclusion.finding,
    emergency: emergency !== undefined,
  })
  if (verdict.decision === 'deny')
    return { decision: 'deny', reasons: verdict.reasons.map(explainDenial), checks }
  if (verdict.decision === 'unknown')
    return {
      decision: 'unknown',
      causes: verdict.causes.map(explainUnknown),
      reasons: verdict.reasons.map(explainDenial),
      checks,
    }
  const types = permitted(documents, provider.role, matrix)
  if (types?.length === 0) return { decision: 'deny', reasons: [explainDenial('not-in-matrix')], checks }
  const cautions = [...verdict.cautions, ...(matrix === undefined ? (['matrix-not-checked'] as const) : [])]
  const brokenGlass =
    verdict.via === 'break-the-glass' && emergency !== undefined
      ? await recorded(emergency, {
          at: session.runtime.now(),
          provider,
          patientSsin: parseSsin(options.patient.ssin).normalized,
        })
      : undefined
  return {
    decision: 'allow',
    via: verdict.via,
    ...(types === undefined ? {} : { documents: types }),
    ...(brokenGlass === undefined ? {} : { brokenGlass }),
    cautions: cautions.map(explainCaution),
    checks,
  }
}

async function recorded(
  { reason, record }: Emergency,
  use: Omit<BrokenGlass, 'reason'>,
): Promise<BrokenGlass> {
  const brokenGlass = { reason, ...use }
  await record(brokenGlass)
  return brokenGlass
}

const reasonLength = { min: 10, max: 200 }

function assertEmergency(emergency: Emergency): void {
  refuseUnknownOptions(emergency, ['reason', 'record'], 'emergency')
  const { reason, record } = emergency
  const length = typeof reason === 'string' ? [...reason.trim()].length : 0
  if (length < reasonLength.min || length > reasonLength.max)
    throw new EHealthError(
      'access.reason',
      `expected ${reasonLength.min} to ${reasonLength.max} characters`,
      {
        path: 'emergency.reason',
      },
    )
  if (typeof record !== 'function')
    throw new EHealthError('access.reason', 'nothing records the reason', { path: 'emergency.record' })
}

async function providerAsked(session: Session, { provider, author }: MayReadOptions): Promise<Provider> {
  if (provider !== undefined) return provider
  const main = author?.parties.find((party): party is Provider => 'role' in party)
  if (main !== undefined) return main
  if (actsAsPatient(session.actor))
    throw new EHealthError('access.provider', 'no provider is named', { path: 'provider' })
  return providerOfSession(session)
}

/** The three questions are independent of each other. */
async function ask(session: Session, options: MayReadOptions, provider: Provider): Promise<Checks> {
  const { patient, author, signal, timeout, traceContext } = options
  const common = {
    patient,
    ...(author === undefined ? {} : { author }),
    ...(signal === undefined ? {} : { signal }),
    ...(timeout === undefined ? {} : { timeout }),
    ...(traceContext === undefined ? {} : { traceContext }),
  }
  const [consent, link, exclusion] = await Promise.all([
    checked<ConsentStatusOutcome, ConsentFinding>(createConsents(session).status(common), consentFinding),
    checked<HasLinkOutcome, LinkFinding>(
      createTherapeuticLinks(session).has({ ...common, provider }),
      linkFinding,
    ),
    askExclusions(session, common, provider),
  ])
  return { consent, link, exclusion }
}

/** Only patients may ask; where the service has no address, nobody is asked. */
async function askExclusions(
  session: Session,
  common: HubCallOptions & { patient: Patient },
  provider: Provider,
): Promise<Check<ExclusionFinding>> {
  const unchecked: Check<ExclusionFinding> = { finding: 'unchecked', errors: [] }
  if (!actsAsPatient(session.actor)) return unchecked
  const check = await checked<ListExclusionsOutcome, ExclusionFinding>(
    createExclusions(session).list({ ...common, provider }),
    (found) => (found.outcome === 'refused' ? 'refused' : found.exclusions.length > 0 ? 'excluded' : 'none'),
  )
  return isEHealthError(check.failure, 'configuration.no-endpoint') ? unchecked : check
}

/** What went wrong at the door is the caller's to hear; what went wrong on the way leaves the answer open. */
async function checked<Outcome extends { errors: PlatformError[] }, Finding extends string>(
  asked: Promise<Outcome>,
  findingOf: (outcome: Outcome) => Finding,
): Promise<Check<Finding | 'unanswered'>> {
  try {
    const outcome = await asked
    return { finding: findingOf(outcome), errors: outcome.errors }
  } catch (error) {
    if (!(error instanceof EHealthError) || isTheCallers(error)) throw error
    return { finding: 'unanswered', errors: [], failure: error }
  }
}

/** A question that is wrong in itself, or a session that is closed, is no failure of a service; a fault is one. */
const isTheCallers = ({ origin, code, platform }: EHealthError): boolean =>
  origin === 'client' && platform === undefined && code !== 'configuration.no-endpoint'

const consentFindings = { GIVEN: 'given', REVOKED: 'revoked', NONE: 'none', DECEASED: 'deceased' } as const

const consentFinding = (found: ConsentStatusOutcome): ConsentFinding =>
  found.outcome === 'refused' ? 'refused' : consentFindings[found.status]

function linkFinding(found: HasLinkOutcome): LinkFinding {
  if (found.outcome !== 'answered') return found.outcome
  return found.linked ? 'linked' : 'none'
}
