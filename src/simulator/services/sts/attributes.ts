/** What the STS answers to claims: asserted attributes checked, certified ones filled from the register (spec sts-iam §1.9). */
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

const ssinNames = new Set([
  'urn:be:fgov:person:ssin',
  'urn:be:fgov:ehealth:1.0:certificateholder:person:ssin',
])
const holderPrefix = 'urn:be:fgov:ehealth:1.0:certificateholder:'
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
    const known = actors.find(({ certified: held }) => Object.hasOwn(held, name))?.certified[name]
    return { name, namespace: certified, values: known ?? [name.endsWith(':boolean') ? 'false' : ''] }
  })
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
