/** What the STS answers to claims: asserted attributes checked, certified ones filled from the register (spec sts-iam §1.9). */
import {
  certificateHolder as holderPrefix,
  organisational,
  personal,
  userSsin,
} from '../../../technical/actors/index.js'
import type { Identity } from '../../../technical/keystore/identity.js'
import { soaRefusal } from '../../refusal.js'
import type { RegisteredActor, World } from '../../world.js'
import type { IssuedAttribute } from './assertion.js'

/** Attribute namespaces (spec sts-iam §0.2). */
const identification = 'urn:be:fgov:identification-namespace'
const certified = 'urn:be:fgov:certified-namespace:ehealth'

/** A claim: asserted with values, asked for without. */
export interface Claim {
  readonly name: string
  readonly values: readonly string[]
}

/** Who asks, as far as proven by certificates. */
export interface Applicant {
  /** Identities of the identification certificate and of the holder-of-key certificate. */
  readonly identities: readonly Identity[]
  /** Whether the identification certificate is an eID. */
  readonly userSession: boolean
}

const ssinNames = new Set([userSsin, `${holderPrefix}person:ssin`])
const userSessionName = `${holderPrefix}person:ssin:usersession:boolean`

/** Attributes that the applicant may assert; every other name is the platform's to certify. */
function isIdentification(name: string): boolean {
  return (
    ssinNames.has(name) ||
    /:(nihii|cbe|ehp|site)-number$/.test(name) ||
    name.endsWith(':pharmacy-holder') ||
    name.endsWith(':servicename:external')
  )
}

/** Family of certificate types whose number the attribute holds. */
function familyOf(name: string): 'SSIN' | 'NIHII' | 'CBE' | 'EHP' | undefined {
  if (ssinNames.has(name)) return 'SSIN'
  const match = /:(nihii|cbe|ehp)-number$/.exec(name)
  return match === null ? undefined : (match[1]!.toUpperCase() as 'NIHII' | 'CBE' | 'EHP')
}

const belongsTo = (identity: Identity, family: string): boolean =>
  identity.type === family || identity.type.startsWith(`${family}-`) || identity.type === `${family}11`

/**
 * Refuses an identification attribute that the certificates do not bear out: an attribute of the certificate holder
 * must be in a certificate, any other one must not contradict them.
 *
 * @throws Refusal SOA-01002
 */
export function assertIdentified(claims: readonly Claim[], applicant: Applicant): void {
  for (const { name, values } of claims) {
    const family = familyOf(name)
    if (family === undefined) continue
    const mine = applicant.identities.filter((identity) => belongsTo(identity, family))
    const demanded = name.startsWith(holderPrefix) || mine.length > 0
    if (demanded && !values.every((value) => mine.some((identity) => identity.value === value)))
      throw soaRefusal('SOA-01002', `the certificate does not bear out the attribute ${name}`)
  }
}

/** The attributes of the token, in the order of the claims. */
export function grant(claims: readonly Claim[], applicant: Applicant, world: World): IssuedAttribute[] {
  const actors = actorsOf(claims, applicant, world)
  return claims.map(({ name, values }) => {
    if (isIdentification(name))
      return {
        name,
        namespace: identification,
        values: values.length > 0 ? values : [ownNumber(name, applicant)],
      }
    if (name === userSessionName)
      return { name, namespace: certified, values: [String(applicant.userSession)] }
    const related = relations.get(name)?.(assertedIn(claims), actors, world)
    return { name, namespace: certified, values: related ?? certifiedValues(name, actors) }
  })
}

/** What the register holds; `false` or empty for whom it does not recognise (spec sts-iam §1.9, §11). */
function certifiedValues(name: string, actors: readonly RegisteredActor[]): readonly string[] {
  const flag = name.endsWith(':boolean')
  const nothing = [flag ? 'false' : '']
  const actor = actors.find(({ certified: held }) => Object.hasOwn(held, name))
  if (actor === undefined || actor.standing === 'unknown') return nothing
  if (actor.standing === 'not-recognised' && flag) return nothing
  return actor.certified[name] ?? nothing
}

/** Values of a claim by name. */
type Asserted = (name: string) => readonly string[]

const assertedIn =
  (claims: readonly Claim[]): Asserted =>
  (name) =>
    claims.find((claim) => claim.name === name)?.values ?? []

type Relation = (asserted: Asserted, actors: readonly RegisteredActor[], world: World) => readonly string[]

/** Attributes that say how two of those who are named belong together (spec sts-iam §3.3). */
const relations: ReadonlyMap<string, Relation> = new Map<string, Relation>([
  [
    `${organisational}pharmacy:nihii-number:person:ssin:ehealth:1.0:pharmacy-holder:boolean`,
    (asserted, actors) => [String(holderOf(asserted, actors) !== undefined)],
  ],
  [
    `${personal}pharmacy-holder:certified:nihii11`,
    (asserted, actors, world) => {
      const holder = holderOf(asserted, actors)
      return [(holder === undefined ? undefined : world.findActor('SSIN', holder)?.nihii) ?? '']
    },
  ],
  [
    `${organisational}campus:site-number:recognisedsite:boolean`,
    (asserted, actors) => {
      const sites = actors.flatMap(({ sites: own = [], standing }) => (isStanding(standing) ? own : []))
      return [String(asserted(`${organisational}campus:site-number`).some((site) => sites.includes(site)))]
    },
  ],
])

const isStanding = (standing: RegisteredActor['standing']): boolean =>
  standing === undefined || standing === 'recognised'

/** The asserted holder, where one of the pharmacies that are named is his. */
function holderOf(asserted: Asserted, actors: readonly RegisteredActor[]): string | undefined {
  return asserted(`${personal}pharmacy-holder`).find((ssin) =>
    actors.some(({ holder, standing }) => isStanding(standing) && holder === ssin),
  )
}

function ownNumber(name: string, { identities }: Applicant): string {
  const family = familyOf(name)
  return (family && identities.find((identity) => belongsTo(identity, family))?.value) ?? ''
}

/** Everybody in the register whom the certificates or the asserted attributes name. */
function actorsOf(claims: readonly Claim[], applicant: Applicant, world: World): RegisteredActor[] {
  const named = claims.flatMap(({ name, values }) => {
    const family = familyOf(name)
    return family === undefined ? [] : values.map((value) => world.findActor(family, value))
  })
  const certificates = applicant.identities.map(({ type, value }) => world.findActor(type, value))
  return [...new Set([...certificates, ...named])].filter((actor) => actor !== undefined)
}
