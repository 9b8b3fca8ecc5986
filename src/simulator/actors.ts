/** The personas of the simulator: synthetic people and an organisation, with what the platform would certify of them. */
import type { RegisteredActor } from './world.js'

/** Prefixes of attribute names (spec sts-iam §3.1). */
const personal = 'urn:be:fgov:person:ssin:ehealth:1.0:'
const organisational = 'urn:be:fgov:ehealth:1.0:'
const holder = 'urn:be:fgov:ehealth:1.0:certificateholder:'

/** Names of the personas that every simulator has. */
export const personaNames = ['physician', 'nurse', 'hospital'] as const

export type PersonaName = (typeof personaNames)[number]

const yes = ['true'] as const

/** A professional of the register; the numbers are synthetic and have valid check digits. */
function person(actor: {
  name: string
  givenName: string
  surname: string
  ssin: string
  nihii: string
  quality: string
  certified: Record<string, readonly string[]>
}): RegisteredActor {
  const { quality, certified, ...rest } = actor
  return {
    ...rest,
    kind: 'person',
    profession: actor.name,
    displayName: `${actor.givenName} ${actor.surname}`,
    certificateType: 'SSIN',
    certificateValue: actor.ssin,
    qualities: [quality],
    certified: {
      [`${personal}givenname`]: [actor.givenName],
      [`${personal}surname`]: [actor.surname],
      ...certified,
    },
  }
}

const physicianNihii = '19997143004'
const nurseNihii = '49997263401'
const hospitalNihii = '71997358'

/** The register at the start. */
export const personaActors: Readonly<Record<PersonaName, RegisteredActor>> = {
  physician: person({
    name: 'physician',
    givenName: 'ADA',
    surname: 'SAMPLEMANS',
    ssin: '79051299152',
    nihii: physicianNihii,
    quality: 'DOCTOR',
    certified: {
      'urn:be:fgov:person:ssin:doctor:boolean': yes,
      [`${personal}doctor:nihii11`]: [physicianNihii],
      [`${personal}nihii:doctor:nihii11`]: [physicianNihii],
      [`${personal}fpsph:doctor:boolean`]: yes,
    },
  }),
  nurse: person({
    name: 'nurse',
    givenName: 'NOOR',
    surname: 'EXEMPLAIRE',
    ssin: '84112399460',
    nihii: nurseNihii,
    quality: 'NURSE',
    certified: {
      'urn:be:fgov:person:ssin:nurse:boolean': yes,
      [`${personal}nihii:nurse:nihii11`]: [nurseNihii],
      [`${personal}nurse:nihii11`]: [nurseNihii],
      [`${personal}fpsph:nurse:boolean`]: yes,
    },
  }),
  hospital: {
    name: 'hospital',
    kind: 'organisation',
    displayName: 'SAMPLE GENERAL HOSPITAL',
    profession: 'hospital',
    certificateType: 'NIHII-HOSPITAL',
    certificateValue: hospitalNihii,
    nihii: hospitalNihii,
    qualities: ['HOSPITAL'],
    certified: {
      [`${holder}hospital:nihii-number:recognisedhospital:boolean`]: yes,
      [`${organisational}hospital:nihii-number:recognisedhospital:boolean`]: yes,
      [`${organisational}hospital:nihii-number:recognisedhospital:nihii11`]: [`${hospitalNihii}000`],
    },
  },
}

/** Services of the platform that have keys of their own. */
export const platformNames = ['kgss'] as const

export type PlatformName = (typeof platformNames)[number]

/** Who has a keystore: the personas and the platform's own services. */
export type HolderName = PersonaName | PlatformName

export const holderNames: readonly HolderName[] = [...personaNames, ...platformNames]

/** What a keystore is made from. The services have the numbers that clients know them by (spec etee §2.5). */
export const holders: Readonly<
  Record<
    HolderName,
    Pick<RegisteredActor, 'certificateType' | 'certificateValue' | 'displayName'> & { application?: string }
  >
> = {
  ...personaActors,
  kgss: {
    certificateType: 'CBE',
    certificateValue: '0809394427',
    displayName: 'EHEALTH-PLATFORM',
    application: 'KGSS',
  },
}
