/** Names of the SAML attributes, and the pieces that every profession is made of (spec sts-iam §3). */
import { EHealthError } from '../errors.js'
import { attributeNamespaces, type SamlAttribute } from '../technical/sts/claims.js'
import type { ProfessionData } from './types.js'

export const person = 'urn:be:fgov:person:ssin:ehealth:1.0:'
export const organisation = 'urn:be:fgov:ehealth:1.0:'
export const certificateHolder = 'urn:be:fgov:ehealth:1.0:certificateholder:'
/** SSIN of the user. */
export const userSsin = 'urn:be:fgov:person:ssin'

/** An attribute that the caller asserts and the STS checks against the certificate. */
export const asserted = (name: string, value: string): SamlAttribute => ({
  name,
  namespace: attributeNamespaces.identification,
  values: [value],
})

/** An attribute that the platform certifies; asked for without a value. */
export const certified = (name: string): SamlAttribute => ({
  name,
  namespace: attributeNamespaces.certified,
})

/** What the platform certifies of a profession, in the order of its table. */
export const certifiedOf = (data: ProfessionData): SamlAttribute[] =>
  data.certified.map(({ name }) => certified(name))

/** Runs a check of an identifier and tells which option failed. */
export function atPath<T>(path: string, check: () => T): T {
  try {
    return check()
  } catch (error) {
    if (!(error instanceof EHealthError)) throw error
    throw new EHealthError(error.code, error.message, { path, hint: error.hint, cause: error })
  }
}
