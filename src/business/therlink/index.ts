/**
 * Therapeutic links: that a provider, or a pharmacy, treats a patient (spec consent-therlink-hub §3).
 *
 * @module
 */
import type { Session } from '../../technical/session/types.js'
import {
  declareLink,
  declareLinks,
  type DeclareLinkOptions,
  type DeclareLinkOutcome,
  type DeclareLinksOptions,
} from './declare.js'
import { ensureLink, type EnsureLinkOutcome } from './ensure.js'
import { linkElement, providerOf, type Link } from './link.js'
import {
  hasLink,
  listLinks,
  type HasLinkOptions,
  type HasLinkOutcome,
  type ListLinksOptions,
  type ListLinksOutcome,
} from './list.js'
import { contentToSign } from './proof.js'
import { revokeLink, type RevokeLinkOptions, type RevokeLinkOutcome } from './revoke.js'

export type {
  Answered,
  Author,
  Day,
  Party,
  Patient,
  PlatformError,
  Provider,
  Software,
} from '../kmehr/index.js'
export type { DeclareLinkOptions, DeclareLinkOutcome, DeclareLinksOptions, ProvenLink } from './declare.js'
export type { EnsureLinkOutcome } from './ensure.js'
export type { Link, LinkOperation, LinkType, TherapeuticLink } from './link.js'
export type { HasLinkOptions, HasLinkOutcome, ListLinksOptions, ListLinksOutcome } from './list.js'
export { therlinkMeanings } from './meanings.js'
export type { Proof } from './proof.js'
export type { RevokeLinkOptions, RevokeLinkOutcome } from './revoke.js'
export { linkDurations, linkTypes, proofTypes, usualLinkType } from './contract/types.js'
export type { Evidence, KnownLinkType, KnownProofType, ProofType } from './contract/types.js'

/**
 * The therapeutic link service for a session's user.
 *
 * What the platform refuses is an outcome with every error of its answer, never an exception. Every operation may throw
 * what a call throws (`transport.*`, `fault.*`, `token.*`, `contract.unreadable`) and, before anything is sent,
 * `identifier.*`, `kmehr.*`, `configuration.invalid` with the path.
 */
export interface TherapeuticLinks {
  /**
   * Declares a link from today on. The platform fills in the end; a link cannot be changed, only revoked and declared
   * anew.
   *
   * @throws EHealthError `therlink.names-required`, `therlink.type`, `therlink.period`, `therlink.comment`,
   * `therlink.proof`; `certificate.*` and `seal.unsupported-key` of a credential that signs
   *
   * @example
   * ```ts
   * const outcome = await me.therlink.declare({
   *   patient: { ssin: patientSsin, eidCard, firstName: 'Lea', familyName: 'Sample' },
   *   proof: 'eidreading',
   * })
   * console.log(outcome.outcome) // declared, already-linked, excluded or refused
   * ```
   */
  declare(options: DeclareLinkOptions): Promise<DeclareLinkOutcome>
  /**
   * Declares several links in one message. One answer for all: when it says no, nobody says which of them failed, and
   * {@link TherapeuticLinks.declare} for each is the better way.
   *
   * @throws EHealthError `therlink.bulk` and as {@link TherapeuticLinks.declare}, with the path of the link
   */
  declareAll(options: DeclareLinksOptions): Promise<DeclareLinkOutcome>
  /**
   * The links of a patient that the caller may see. None found is an empty list; warnings of the sickness funds stand
   * beside what was found. There are no pages: `truncated` says that there may be more.
   *
   * @throws EHealthError `therlink.criteria`, `therlink.period`
   *
   * @example
   * ```ts
   * const found = await me.therlink.list({ patient: { ssin: patientSsin }, status: 'all' })
   * if (found.outcome === 'found')
   *   for (const { type, startDate, endDate } of found.links) console.log(type, startDate, endDate)
   * ```
   */
  list(options: ListLinksOptions): Promise<ListLinksOutcome>
  /** Revokes a link. Give `startDate` as the list told it. */
  revoke(options: RevokeLinkOptions): Promise<RevokeLinkOutcome>
  /** Whether an active link exists, with the caller or with somebody else. */
  has(options: HasLinkOptions): Promise<HasLinkOutcome>
  /**
   * Declares the link unless it is there. May be repeated: a link that exists, and a declaration that was carried out
   * although its answer got lost, are the same as done.
   */
  ensureLink(options: DeclareLinkOptions): Promise<EnsureLinkOutcome>
  /**
   * The document that a patient signs elsewhere, for a proof `{ type: 'eidsigning', cms }`: sign these very bytes with
   * the non-repudiation key of his eID, CMS with the content inside.
   */
  contentToSign(link: Link): Promise<Uint8Array>
}

/**
 * Opens the therapeutic link service for a session. Nothing is called until an operation is.
 *
 * @example
 * ```ts
 * import { createTherapeuticLinks } from 'ehealth-connectors/therlink'
 *
 * const therlink = createTherapeuticLinks(session)
 * const answer = await therlink.has({ patient: { ssin: patientSsin } })
 * if (answer.outcome === 'answered') console.log(answer.linked)
 * ```
 */
export function createTherapeuticLinks(session: Session): TherapeuticLinks {
  return {
    declare: (options) => declareLink(session, options),
    declareAll: (options) => declareLinks(session, options),
    list: (options) => listLinks(session, options),
    revoke: (options) => revokeLink(session, options),
    has: (options) => hasLink(session, options),
    ensureLink: (options) => ensureLink(session, options),
    contentToSign: async (link) => {
      const now = session.runtime.now()
      return contentToSign(linkElement(link, await providerOf(session, link, undefined), '', now), now)
    },
  }
}
