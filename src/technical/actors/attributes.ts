/** Names of the SAML attributes, and the pieces that every row is made of (spec sts-iam §3.1). */
import type { AttributeData, NumberName, Source, When } from './types.js'

/** `P` of the chapter. */
export const personal = 'urn:be:fgov:person:ssin:ehealth:1.0:'
/** `O` of the chapter. */
export const organisational = 'urn:be:fgov:ehealth:1.0:'
/** `CH` of the chapter: what the certificate itself bears out. */
export const certificateHolder = 'urn:be:fgov:ehealth:1.0:certificateholder:'
/** SSIN of the user. */
export const userSsin = 'urn:be:fgov:person:ssin'

/** When an attribute is sent and demanded. */
export interface Conditions {
  readonly sent?: When
  readonly demanded?: When
}

/** An attribute that the caller asserts: a number of his, or a text. */
export const asserted = (
  name: string,
  value: NumberName | { readonly text: string },
  conditions: Conditions = {},
): AttributeData => ({
  name,
  namespace: 'identification',
  value,
  evidence: 'confirmed',
  sources: [],
  ...conditions,
})

/** An attribute that the platform certifies, seen in these sources. */
export const seen = (
  name: string,
  sources: readonly Source[],
  conditions: Conditions = {},
): AttributeData => ({ name, namespace: 'certified', evidence: 'confirmed', sources, ...conditions })

/** An attribute that the platform certifies, its name concluded from its siblings. */
export const guessed = (name: string, conditions: Conditions = {}): AttributeData => ({
  name,
  namespace: 'certified',
  evidence: 'inferred',
  sources: [],
  ...conditions,
})

/** Seen, or guessed where there is no source. */
export const known = (
  name: string,
  sources: readonly Source[],
  conditions: Conditions = {},
): AttributeData => (sources.length === 0 ? guessed(name, conditions) : seen(name, sources, conditions))

/** The same attribute with its evidence taken back: the pattern is known, this instance of it is not. */
export const asGuess = (attribute: AttributeData): AttributeData => ({
  ...attribute,
  evidence: 'inferred',
  sources: [],
})

/** What every natural person asserts (spec sts-iam §3.1). */
export const personAsserted: readonly AttributeData[] = [
  asserted(`${certificateHolder}person:ssin`, 'ssin'),
  asserted(userSsin, 'ssin'),
]

/** What every natural person asks for beside his recognition; all of it optional. */
export const personAsked: readonly AttributeData[] = [
  seen(`${personal}givenname`, []),
  seen(`${personal}surname`, []),
  seen(`${certificateHolder}person:ssin:usersession:boolean`, []),
]

/** The attributes of a person around what is certified of his profession. */
export const ofPerson = (certified: readonly AttributeData[]): readonly AttributeData[] => [
  ...personAsserted,
  ...certified,
  ...personAsked,
]

/** Where each name of the families of spec sts-iam §3.2 was seen; an empty list is a guess, an absent one no name. */
export interface PersonalNames {
  /** `…professional:<x>:boolean`: registered as such. */
  readonly professional?: readonly Source[]
  /** `…nihii:<x>:nihii11`. */
  readonly number?: readonly Source[]
  /** `…fpsph:<x>:boolean`: recognised by the Federal Public Service Public Health. */
  readonly fpsph?: readonly Source[]
}

/** The names of a profession. Demanded is the registration, and the number of whoever gave one. */
export function named(x: string, { professional, number, fpsph }: PersonalNames): readonly AttributeData[] {
  return ofPerson([
    ...(professional === undefined
      ? []
      : [known(`${personal}professional:${x}:boolean`, professional, { demanded: 'always' })]),
    ...(number === undefined
      ? []
      : [known(`${personal}nihii:${x}:nihii11`, number, { demanded: 'with-nihii' })]),
    ...(fpsph === undefined ? [] : [known(`${personal}fpsph:${x}:boolean`, fpsph)]),
  ])
}

/** The pattern of organisations with a NIHII number: asserted twice, then what is certified (spec sts-iam §3.3). */
export const byNihii = (x: string, certified: readonly AttributeData[]): readonly AttributeData[] => [
  asserted(`${organisational}${x}:nihii-number`, 'nihii'),
  asserted(`${certificateHolder}${x}:nihii-number`, 'nihii'),
  ...certified,
]

/** The recognition of an organisation, as number and as flag; the flag is demanded. */
export const recognised = (
  x: string,
  sources: readonly Source[],
  order: 'number-first' | 'flag-first' = 'number-first',
): readonly AttributeData[] => {
  const base = `${organisational}${x}:nihii-number:recognised${x}`
  const names = [known(`${base}:nihii11`, sources), known(`${base}:boolean`, sources, { demanded: 'always' })]
  return order === 'number-first' ? names : names.reverse()
}

/** `recognisedorganization` of the certificate holder. */
export const recognisedOrganisation = (sources: readonly Source[]): AttributeData =>
  known(`${certificateHolder}recognisedorganization:boolean`, sources)
