/** Making sure that a link is there, however often it is asked for (spec consent-therlink-hub §8.2). */
import type { Session } from '../../technical/session/types.js'
import { answerPart, mayHaveBeenDone, type Answered } from '../kmehr/index.js'
import { declareLink, type DeclareLinkOptions } from './declare.js'
import { hasLink, type HasLinkOptions } from './list.js'

/** What is so now. */
export type EnsureLinkOutcome =
  /** `changed`: by this call. */
  | ({ outcome: 'linked'; changed: boolean } & Answered)
  | ({ outcome: 'excluded' } & Answered)
  | ({ outcome: 'refused' } & Answered)

/** See {@link TherapeuticLinks.ensureLink}. */
export async function ensureLink(session: Session, options: DeclareLinkOptions): Promise<EnsureLinkOutcome> {
  const question = questionOf(options)
  const before = await hasLink(session, question)
  if (before.outcome !== 'answered') return before
  if (before.linked) return { outcome: 'linked', changed: false, ...answerPart(before) }
  try {
    const done = await declareLink(session, options)
    return done.outcome === 'declared' || done.outcome === 'already-linked'
      ? { outcome: 'linked', changed: done.outcome === 'declared', ...answerPart(done) }
      : { outcome: done.outcome, ...answerPart(done) }
  } catch (error) {
    if (!mayHaveBeenDone(error)) throw error
    // It may have been done: the register knows.
    const after = await hasLink(session, question).catch(() => undefined)
    if (after?.outcome !== 'answered' || !after.linked) throw error
    return { outcome: 'linked', changed: true, ...answerPart(after) }
  }
}

/** Of the type to be declared where the caller names one: a link of another type is another link. */
function questionOf({
  proof: _,
  endDate: __,
  comment: ___,
  type,
  ...rest
}: DeclareLinkOptions): HasLinkOptions {
  return { ...rest, ...(type === undefined ? {} : { types: [type] }) }
}
