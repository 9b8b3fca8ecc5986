/** Declaring links, one or several at once (spec consent-therlink-hub §3.3, §3.6). */
import { EHealthError } from '../../errors.js'
import { refuseUnknownOptions } from '../../technical/session/options.js'
import type { Session } from '../../technical/session/types.js'
import {
  answered,
  callOptionsOf,
  hubCallOptions,
  hubRequest,
  mentions,
  type Answered,
  type HubCallOptions,
} from '../kmehr/index.js'
import { therlinkOperations } from './contract.js'
import { codes, linkElement, linkFields, providerOf, type Link } from './link.js'
import { linkCodes, therlinkMeanings } from './meanings.js'
import { proofElement, type Proof } from './proof.js'

/** A link with what proves it. */
export interface ProvenLink extends Link {
  /** `eidreading`, `isireading`, or the signature of the patient. */
  proof: Proof
}

/** Options of {@link TherapeuticLinks.declare}. */
export type DeclareLinkOptions = ProvenLink & HubCallOptions

/** What became of a declaration. */
export type DeclareLinkOutcome =
  | ({ outcome: 'declared' } & Answered)
  /** There was one: what was asked for is so, but not by this call. */
  | ({ outcome: 'already-linked' } & Answered)
  /** The patient has excluded the provider. */
  | ({ outcome: 'excluded' } & Answered)
  | ({ outcome: 'refused' } & Answered)

/** See {@link TherapeuticLinks.declare}. */
export async function declareLink(
  session: Session,
  options: DeclareLinkOptions,
): Promise<DeclareLinkOutcome> {
  refuseUnknownOptions(options, [...linkFields, 'proof', ...hubCallOptions])
  const content = await provenElement(session, options, options, '')
  const request = await hubRequest(session, options)
  const { value, meta } = await session.call(
    therlinkOperations.putTherapeuticLink,
    { request, ...content },
    callOptionsOf(options),
  )
  return outcomeOf(answered(value, meta, therlinkMeanings))
}

/** Options of {@link TherapeuticLinks.declareAll}. */
export interface DeclareLinksOptions extends HubCallOptions {
  links: readonly ProvenLink[]
}

/** See {@link TherapeuticLinks.declareAll}. */
export async function declareLinks(
  session: Session,
  options: DeclareLinksOptions,
): Promise<DeclareLinkOutcome> {
  refuseUnknownOptions(options, ['links', ...hubCallOptions])
  const { links } = options
  if (!Array.isArray(links) || links.length === 0)
    throw new EHealthError('therlink.bulk', 'no link is given', { path: 'links' })
  const contents = await Promise.all(
    links.map((link: ProvenLink, index) => {
      const path = `links[${index}]`
      refuseUnknownOptions(link, [...linkFields, 'proof'], path)
      return provenElement(session, link, options, path)
    }),
  )
  const request = await hubRequest(session, options)
  const { value, meta } = await session.call(
    therlinkOperations.putTherapeuticLinkBulk,
    {
      request,
      therapeuticlinkrequest: contents.map((content, index) => ({
        id: codes.code('ID-KMEHR', `${request.id.value}.${index + 1}`),
        ...content,
      })),
    },
    callOptionsOf(options),
  )
  return outcomeOf(answered(value, meta, therlinkMeanings))
}

async function provenElement(session: Session, link: ProvenLink, { author }: HubCallOptions, path: string) {
  const provider = await providerOf(session, link, author)
  const therapeuticlink = linkElement(link, provider, path, session.runtime.now())
  const proof = await proofElement(
    link.proof,
    therapeuticlink,
    path === '' ? 'proof' : `${path}.proof`,
    session.runtime,
  )
  return { therapeuticlink, proof: [proof] }
}

function outcomeOf({ complete, ...rest }: Answered & { complete: boolean }): DeclareLinkOutcome {
  if (complete) return { outcome: 'declared', ...rest }
  if (mentions(rest.errors, ...linkCodes.excluded)) return { outcome: 'excluded', ...rest }
  return { outcome: mentions(rest.errors, ...linkCodes.exists) ? 'already-linked' : 'refused', ...rest }
}
