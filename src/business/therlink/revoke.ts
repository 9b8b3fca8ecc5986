/** Revoking links: a link is never changed, it is revoked and declared anew (spec consent-therlink-hub §3.1, §3.10). */
import { refuseUnknownOptions } from '../../technical/session/options.js'
import type { Session } from '../../technical/session/types.js'
import {
  answered,
  callOptionsOf,
  hubCallOptions,
  hubRequest,
  mentions,
  type Answered,
  type Day,
  type HubCallOptions,
} from '../kmehr/index.js'
import { therlinkOperations } from './contract.js'
import { linkElement, linkFields, providerOf, type Link } from './link.js'
import { linkCodes, therlinkMeanings } from './meanings.js'
import { proofElement, type Proof } from './proof.js'

/** Options of {@link TherapeuticLinks.revoke}. */
export interface RevokeLinkOptions extends Link, HubCallOptions {
  /** First day of the link, as {@link TherapeuticLinks.list} told it; today by default. */
  startDate?: Day
  /** What proves that the patient wants it; the schema calls it mandatory. */
  proof?: Proof
}

/** What became of a revocation. */
export type RevokeLinkOutcome =
  | ({ outcome: 'revoked' } & Answered)
  | ({ outcome: 'not-found' } & Answered)
  /** It was over before, or is none that can be revoked here. */
  | ({ outcome: 'already-revoked' } & Answered)
  | ({ outcome: 'refused' } & Answered)

/** See {@link TherapeuticLinks.revoke}. */
export async function revokeLink(session: Session, options: RevokeLinkOptions): Promise<RevokeLinkOutcome> {
  refuseUnknownOptions(options, [...linkFields, 'startDate', 'proof', ...hubCallOptions])
  const provider = await providerOf(session, options, options.author)
  const therapeuticlink = linkElement(options, provider, '', session.runtime.now())
  const proof =
    options.proof === undefined
      ? []
      : [await proofElement(options.proof, therapeuticlink, 'proof', session.runtime)]
  const request = await hubRequest(session, options)
  const { value, meta } = await session.call(
    therlinkOperations.revokeTherapeuticLink,
    { request, therapeuticlink, proof },
    callOptionsOf(options),
  )
  const { complete, ...rest } = answered(value, meta, therlinkMeanings)
  if (complete) return { outcome: 'revoked', ...rest }
  if (mentions(rest.errors, ...linkCodes.notFound)) return { outcome: 'not-found', ...rest }
  return { outcome: mentions(rest.errors, ...linkCodes.over) ? 'already-revoked' : 'refused', ...rest }
}
