/** Who asks, with which software: what every request of a connection has in common, worked out once per request. */
import { EHealthError } from '../../errors.js'
import { isProfessionName, professions } from '../../technical/actors/index.js'
import { padNihiiForMyCareNet, parseCbe, parseNihii, parseSsin } from '../../technical/identifiers/index.js'
import { atPath } from '../../technical/identifiers/atPath.js'
import type { Session } from '../../technical/session/types.js'
import {
  mycarenetQualities,
  type CareProviderElement,
  type IdElement,
  type OriginElement,
} from './contract.js'
import type { MyCareNetOptions, MyCareNetParty } from './options.js'

/** A session with what MyCareNet must be told: what the services of this family are made with. */
export interface MyCareNetCaller {
  readonly session: Session
  readonly options?: MyCareNetOptions
}

/** The care provider as messages name him. */
export interface CareProvider {
  /** 11 digits: also the issuer of questions about patients. */
  readonly nihii: string
  readonly quality: string
  readonly element: CareProviderElement
}

/**
 * The care provider of a connection: the caller, with what the options say otherwise.
 *
 * A person is named by SSIN and, where the token knows it, by name; an organisation by its number.
 *
 * @throws EHealthError `mycarenet.care-provider`, `identifier.*` with the path
 */
export async function careProviderOf({ session, options }: MyCareNetCaller): Promise<CareProvider> {
  const { actor, runtime } = session
  const given = options?.careProvider ?? {}
  const path = 'mycarenet.careProvider'
  const known = isProfessionName(actor.profession) ? actor.profession : undefined
  const kind = given.kind ?? (known === undefined ? undefined : professions[known].kind)
  const quality = given.quality ?? (known === undefined ? undefined : mycarenetQualities[known]?.word)
  const number = given.nihii ?? actor.nihii
  const missing =
    number === undefined
      ? 'nihii'
      : quality === undefined
        ? 'quality'
        : kind === undefined
          ? 'kind'
          : undefined
  if (number === undefined || quality === undefined || kind === undefined)
    throw new EHealthError('mycarenet.care-provider', `the care provider has no ${missing ?? 'number'}`, {
      path: `${path}.${missing ?? 'nihii'}`,
    })
  const nihii = nihiiOf(number, given.nihii === undefined ? 'as.nihii' : `${path}.nihii`)
  const Nihii = { Quality: quality, Value: nihii }
  if (kind === 'organisation') {
    const { name, cbe } = given
    const Organization = {
      ...(name === undefined ? {} : { Name: name }),
      ...(cbe === undefined ? { Nihii } : { Cbe: cbeOf(cbe, `${path}.cbe`) }),
    }
    return { nihii, quality, element: { Nihii, Organization } }
  }
  const ssin = given.ssin ?? actor.ssin
  if (ssin === undefined)
    throw new EHealthError('mycarenet.care-provider', 'the care provider has no SSIN', {
      path: `${path}.ssin`,
    })
  const name = given.name ?? (await certifiedName(session))
  const PhysicalPerson = {
    ...(name === undefined ? {} : { Name: name }),
    Ssin: atPath(`${path}.ssin`, () => parseSsin(ssin, { asOf: runtime.now() }).normalized),
  }
  return { nihii, quality, element: { Nihii, PhysicalPerson } }
}

/** Attributes of the token, as every natural person asks for them (spec sts-iam §3.1). */
const nameAttributes = {
  first: 'urn:be:fgov:person:ssin:ehealth:1.0:givenname',
  last: 'urn:be:fgov:person:ssin:ehealth:1.0:surname',
}

async function certifiedName(session: Session): Promise<string | undefined> {
  const token = await session.token()
  const names = [token.values(nameAttributes.first)[0], token.values(nameAttributes.last)[0]].filter(
    (name) => name !== undefined && name !== '',
  )
  return names.length === 0 ? undefined : names.join(' ')
}

/**
 * Origin of a request.
 *
 * @throws EHealthError `mycarenet.licence`, and what {@link careProviderOf} throws
 */
export async function originOf(caller: MyCareNetCaller): Promise<OriginElement> {
  return originFor(caller, await careProviderOf(caller))
}

/** Origin with a care provider that is known already. @throws EHealthError `mycarenet.licence`, `identifier.*` */
export function originFor(caller: MyCareNetCaller, { element }: CareProvider): OriginElement {
  const options = licensed(caller)
  const { licence, site, sender } = options
  const { username: Username, password: Password } = licence
  const now = caller.session.runtime.now()
  const party = (given: MyCareNetParty, role: string): IdElement =>
    idOf(given, `mycarenet.sender.${role}`, now)
  return {
    Package: {
      ...(options.package === undefined ? {} : { Name: options.package }),
      License: { Username, Password },
    },
    ...(site === undefined ? {} : { SiteID: site }),
    CareProvider: element,
    ...(sender === undefined || (sender.person ?? sender.organisation) === undefined
      ? {}
      : {
          Sender: {
            ...(sender.person === undefined ? {} : { PhysicalPerson: party(sender.person, 'person') }),
            ...(sender.organisation === undefined
              ? {}
              : { Organization: party(sender.organisation, 'organisation') }),
          },
        }),
  }
}

/** The options with the licence, without which nothing is asked. @throws EHealthError `mycarenet.licence` */
export function licensed({ options }: MyCareNetCaller): MyCareNetOptions {
  if (options !== undefined) return options
  throw new EHealthError('mycarenet.licence', 'no licence was given to connect()', {
    path: 'mycarenet.licence',
  })
}

/** A person or organisation by its numbers, in the order of the schema. */
function idOf({ name, nihii, quality, ssin, cbe }: MyCareNetParty, path: string, now: Date): IdElement {
  if ((nihii ?? ssin ?? cbe) === undefined)
    throw new EHealthError('mycarenet.care-provider', 'a sender without number', { path })
  return {
    ...(name === undefined ? {} : { Name: name }),
    ...(nihii === undefined
      ? {}
      : {
          Nihii: {
            ...(quality === undefined ? {} : { Quality: quality }),
            Value: nihiiOf(nihii, `${path}.nihii`),
          },
        }),
    ...(ssin === undefined
      ? {}
      : { Ssin: atPath(`${path}.ssin`, () => parseSsin(ssin, { asOf: now }).normalized) }),
    ...(cbe === undefined ? {} : { Cbe: cbeOf(cbe, `${path}.cbe`) }),
  }
}

const nihiiOf = (number: string, path: string): string =>
  atPath(path, () => padNihiiForMyCareNet(parseNihii(number).normalized))

const cbeOf = (number: string, path: string): string => atPath(path, () => parseCbe(number).normalized)
