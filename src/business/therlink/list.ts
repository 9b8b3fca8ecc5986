/** Asking for links: a list, or whether there is one (spec consent-therlink-hub §3.7). */
import { EHealthError } from '../../errors.js'
import { refuseUnknownOptions } from '../../technical/session/options.js'
import type { Session } from '../../technical/session/types.js'
import {
  answered,
  callOptionsOf,
  dayFrom,
  hcPartyIdOf,
  hubCallOptions,
  hubRequest,
  mentions,
  patientIdOf,
  withoutCard,
  type Answered,
  type Day,
  type HubCallOptions,
  type Patient,
  type Provider,
} from '../kmehr/index.js'
import { therlinkOperations, type LinkSelect } from './contract.js'
import { providerOf, readLink, searchCodes, type LinkType, type TherapeuticLink } from './link.js'
import { linkCodes, therlinkMeanings } from './meanings.js'
import { mostRows } from './contract/types.js'

/** Options of {@link TherapeuticLinks.list}. */
export interface ListLinksOptions extends HubCallOptions {
  /** The SSIN is enough; a card is not sent. */
  patient: Patient
  /** With whom; everybody whom the caller may see when left out. */
  providers?: readonly Provider[]
  /** Of these types; of every type when left out. */
  types?: readonly LinkType[]
  /** Links that hold in this period; both ends or none, and only of active links. */
  from?: Day
  until?: Day
  /** `active` by default; `inactive` are those that ended or were revoked. */
  status?: 'active' | 'inactive' | 'all'
  /** 1 to 1000; as many as the platform gives when left out. */
  maxRows?: number
}

/** What was found. */
export type ListLinksOutcome =
  | ({
      outcome: 'found'
      /** Empty when there is none. */
      links: TherapeuticLink[]
      /** As many came as were asked for, so that there may be more: ask by provider, type or period. */
      truncated: boolean
    } & Answered)
  /** There are more than the platform gives: ask for fewer. */
  | ({ outcome: 'too-many' } & Answered)
  | ({ outcome: 'refused' } & Answered)

/** See {@link TherapeuticLinks.list}. */
export async function listLinks(session: Session, options: ListLinksOptions): Promise<ListLinksOutcome> {
  refuseUnknownOptions(options, [
    'patient',
    'providers',
    'types',
    'from',
    'until',
    'status',
    'maxRows',
    ...hubCallOptions,
  ])
  const { maxRows } = options
  if (maxRows !== undefined && !(Number.isInteger(maxRows) && maxRows >= 1 && maxRows <= mostRows))
    throw new EHealthError('therlink.criteria', `expected 1 to ${mostRows} rows`, { path: 'maxRows' })
  const select = selectOf(options, session.runtime.now())
  const request = await hubRequest(session, options, maxRows)
  const { value, meta } = await session.call(
    therlinkOperations.getTherapeuticLink,
    { request, select, proof: [] },
    callOptionsOf(options),
  )
  const { complete, ...rest } = answered(value, meta, therlinkMeanings)
  if (complete || mentions(rest.errors, ...linkCodes.notFound)) {
    const links = (value.therapeuticlinklist?.therapeuticlink ?? []).map(readLink)
    return { outcome: 'found', links, truncated: links.length === (maxRows ?? mostRows), ...rest }
  }
  return { outcome: mentions(rest.errors, 'TL.OTHER.5') ? 'too-many' : 'refused', ...rest }
}

const statuses: readonly string[] = ['active', 'inactive', 'all']

function selectOf(options: ListLinksOptions, now: Date): LinkSelect {
  const { providers = [], types = [], status } = options
  if (status !== undefined && !statuses.includes(status))
    throw new EHealthError('therlink.criteria', `expected ${statuses.join(', ')}`, { path: 'status' })
  if (!Array.isArray(providers) || !Array.isArray(types))
    throw new EHealthError('therlink.criteria', 'providers and types are lists', {
      path: Array.isArray(providers) ? 'types' : 'providers',
    })
  return {
    patient: withoutCard(patientIdOf(options.patient, 'patient', now)),
    hcparty: providers.map((provider: Provider, index) => hcPartyIdOf(provider, `providers[${index}]`, now)),
    cd: types.map((type: string) => searchCodes.code('CD-THERAPEUTICLINKTYPE', type)),
    ...periodOf(options),
    ...(status === undefined ? {} : { therapeuticlinkstatus: status }),
  }
}

/** TL.INPUT.66, .67 and .67.02, before anybody is asked. */
function periodOf({ from, until, status = 'active', types = [] }: ListLinksOptions) {
  if (from === undefined && until === undefined) return {}
  const refuse = (problem: string, path: string): never => {
    throw new EHealthError('therlink.period', problem, { path })
  }
  if (from === undefined || until === undefined)
    return refuse('a period has both ends', from === undefined ? 'from' : 'until')
  if (status !== 'active') return refuse('only active links are searched by period', 'status')
  if (types.includes('gmd')) return refuse('the type gmd is not searched by period', 'types')
  const begindate = dayFrom(from, 'from')
  const enddate = dayFrom(until, 'until')
  if (enddate < begindate) return refuse('the end lies before the start', 'until')
  return { begindate, enddate }
}

/** Options of {@link TherapeuticLinks.has}. */
export interface HasLinkOptions extends HubCallOptions {
  /** The SSIN is enough; a card is not sent. */
  patient: Patient
  /** With whom; the provider of the session by default. */
  provider?: Provider
  /** Of these types; of any type when left out. */
  types?: readonly LinkType[]
}

/** The answer. */
export type HasLinkOutcome =
  /** `linked`: an active link exists. False also where the platform does not say why not. */
  | ({ outcome: 'answered'; linked: boolean } & Answered)
  /** The patient has excluded the provider. */
  | ({ outcome: 'excluded' } & Answered)
  | ({ outcome: 'refused' } & Answered)

/** See {@link TherapeuticLinks.has}. */
export async function hasLink(session: Session, options: HasLinkOptions): Promise<HasLinkOutcome> {
  refuseUnknownOptions(options, ['patient', 'provider', 'types', ...hubCallOptions])
  const now = session.runtime.now()
  const patient = withoutCard(patientIdOf(options.patient, 'patient', now))
  const provider = await providerOf(session, options, options.author)
  const hcparty = hcPartyIdOf(provider, 'provider', now)
  const request = await hubRequest(session, options)
  const { value, meta } = await session.call(
    therlinkOperations.hasTherapeuticLink,
    {
      request,
      select: {
        patient,
        hcparty,
        cd: (options.types ?? []).map((type) => searchCodes.code('CD-THERAPEUTICLINKTYPE', type)),
      },
    },
    callOptionsOf(options),
  )
  const { complete, ...rest } = answered(value, meta, therlinkMeanings)
  if (mentions(rest.errors, ...linkCodes.excluded)) return { outcome: 'excluded', ...rest }
  // A complete answer without a value answers nothing.
  if (complete && value.value !== undefined) return { outcome: 'answered', linked: value.value, ...rest }
  if (!complete && mentions(rest.errors, ...linkCodes.noLink))
    return { outcome: 'answered', linked: false, ...rest }
  return { outcome: 'refused', ...rest }
}
