/**
 * The rules of access as one table (spec consent-therlink-hub §8.1, §8.2). No network here: what the services said goes
 * in, a decision comes out.
 *
 * @module
 */

/** What the consent register said. `refused`: it answered, but not the question. */
export type ConsentFinding = 'given' | 'revoked' | 'none' | 'deceased' | 'refused' | 'unanswered'

/** What the register of links said. */
export type LinkFinding = 'linked' | 'none' | 'excluded' | 'refused' | 'unanswered'

/** What the exclusions said. `unchecked`: the caller may not ask, as no provider may. */
export type ExclusionFinding = 'excluded' | 'none' | 'unchecked' | 'refused' | 'unanswered'

/** What is known before the decision. */
export interface Findings {
  consent: ConsentFinding
  link: LinkFinding
  exclusion: ExclusionFinding
  /** A reason to break the glass was given. */
  emergency: boolean
}

/** Why access is denied. */
export type DenialCode = 'excluded' | 'no-consent' | 'deceased' | 'no-link' | 'not-in-matrix'

/** Why nobody knows. */
export type UnknownCode =
  | 'consent-unanswered'
  | 'consent-refused'
  | 'link-unanswered'
  | 'link-refused'
  | 'exclusion-unanswered'
  | 'exclusion-refused'

/** What an allowed access rests on, beside the consent. */
export type CautionCode = 'exclusion-not-checked' | 'matrix-not-checked' | 'break-the-glass'

/** The decision over the findings. */
export type Verdict =
  | { decision: 'allow'; via: 'link' | 'break-the-glass'; cautions: CautionCode[] }
  | { decision: 'deny'; reasons: DenialCode[] }
  | { decision: 'unknown'; causes: UnknownCode[]; reasons: DenialCode[] }

/**
 * Decides. In this order:
 *
 * 1. an exclusion denies, whatever else is so: consent, link and emergency do not count;
 * 2. a service that did not answer, or refused the question, leaves it unknown;
 * 3. no consent denies, an emergency changes nothing;
 * 4. no link denies, unless a reason to break the glass was given;
 * 5. everything else is allowed.
 */
export function decide(findings: Findings): Verdict {
  const reasons = denials(findings)
  if (reasons.includes('excluded')) return { decision: 'deny', reasons }
  const causes = gaps(findings)
  if (causes.length > 0) return { decision: 'unknown', causes, reasons }
  if (reasons.length > 0) return { decision: 'deny', reasons }
  const cautions: CautionCode[] = findings.exclusion === 'none' ? [] : ['exclusion-not-checked']
  return findings.link === 'linked'
    ? { decision: 'allow', via: 'link', cautions }
    : { decision: 'allow', via: 'break-the-glass', cautions: ['break-the-glass', ...cautions] }
}

function denials({ consent, link, exclusion, emergency }: Findings): DenialCode[] {
  const reasons: DenialCode[] = []
  if (link === 'excluded' || exclusion === 'excluded') reasons.push('excluded')
  if (consent === 'revoked' || consent === 'none') reasons.push('no-consent')
  if (consent === 'deceased') reasons.push('deceased')
  if (link === 'none' && !emergency) reasons.push('no-link')
  return reasons
}

function gaps({ consent, link, exclusion }: Findings): UnknownCode[] {
  const causes: UnknownCode[] = []
  if (consent === 'unanswered' || consent === 'refused') causes.push(`consent-${consent}`)
  if (link === 'unanswered' || link === 'refused') causes.push(`link-${link}`)
  if (exclusion === 'unanswered' || exclusion === 'refused') causes.push(`exclusion-${exclusion}`)
  return causes
}
