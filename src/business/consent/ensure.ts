/** Making sure that a consent is there, however often it is asked for (spec consent-therlink-hub §8.2). */
import type { Session } from '../../technical/session/types.js'
import { answerPart, mayHaveBeenDone, type Answered } from '../kmehr/index.js'
import { declareConsent, type DeclareConsentOptions } from './declare.js'
import { consentStatus } from './get.js'

/** What is so now. */
export type EnsureConsentOutcome =
  /** `changed`: by this call. */
  | ({ outcome: 'given'; changed: boolean } & Answered)
  | ({ outcome: 'deceased' } & Answered)
  | ({ outcome: 'refused' } & Answered)

/** See {@link Consents.ensureDeclared}. */
export async function ensureDeclared(
  session: Session,
  options: DeclareConsentOptions,
): Promise<EnsureConsentOutcome> {
  const { signDate: _, ...question } = options
  const before = await consentStatus(session, question)
  if (before.outcome === 'refused') return before
  if (before.status === 'GIVEN') return { outcome: 'given', changed: false, ...answerPart(before) }
  if (before.status === 'DECEASED') return { outcome: 'deceased', ...answerPart(before) }
  try {
    const done = await declareConsent(session, options)
    return done.outcome === 'refused'
      ? done
      : { outcome: 'given', changed: done.outcome === 'declared', ...answerPart(done) }
  } catch (error) {
    if (!mayHaveBeenDone(error)) throw error
    // It may have been done: the register knows.
    const after = await consentStatus(session, question).catch(() => undefined)
    if (after?.outcome !== 'known' || after.status !== 'GIVEN') throw error
    return { outcome: 'given', changed: true, ...answerPart(after) }
  }
}
