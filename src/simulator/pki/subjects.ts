/** Names of the simulator's certificates (spec etee §1.4, sts-iam §1.5). */
import type { NameParts } from './issue.js'

/** Number of the platform that is simulated, in the names of its signers. */
export const platformCbe = '0999970030'

/** Names of the authorities and servers. */
export const authorityNames = {
  root: [
    ['country', 'BE'],
    ['organization', 'SIMULATION'],
    ['commonName', 'Simulation Root CA'],
  ],
  issuing: [
    ['country', 'BE'],
    ['organization', 'SIMULATION'],
    ['commonName', 'Simulation eHealth Issuing CA'],
  ],
  tls: [
    ['country', 'BE'],
    ['organization', 'SIMULATION'],
    ['commonName', 'localhost'],
  ],
  ocsp: [
    ['country', 'BE'],
    ['organization', 'SIMULATION'],
    ['commonName', 'Simulation OCSP Responder'],
  ],
  registrationAuthority: [
    ['country', 'BE'],
    ['organization', 'Federal Government'],
    ['organizationalUnit', 'eHealth-platform Belgium'],
    ['commonName', 'ETK-RA'],
  ],
  sts: [
    ['country', 'BE'],
    ['organization', 'Federal Government'],
    ['organizationalUnit', 'IAMSIM'],
    ['organizationalUnit', `CBE=${platformCbe}`],
    ['organizationalUnit', 'EHEALTH-PLATFORM'],
    ['organizationalUnit', 'eHealth-platform Belgium'],
    ['commonName', `CBE=${platformCbe}, IAMSIM`],
  ],
  serviceList: [
    ['country', 'BE'],
    ['organization', 'Federal Government'],
    ['organizationalUnit', 'SERVICELIST'],
    ['organizationalUnit', `CBE=${platformCbe}`],
    ['organizationalUnit', 'EHEALTH-PLATFORM'],
    ['organizationalUnit', 'eHealth-platform Belgium'],
    ['commonName', `CBE=${platformCbe}, SERVICELIST`],
  ],
  timestampAuthority: timestampAuthorityName(1),
} as const satisfies Record<string, NameParts>

/** Certificates of the authority come and go, and are numbered (spec timestamp §9.1). */
export function timestampAuthorityName(number: number): NameParts {
  return [
    ['country', 'BE'],
    ['organization', 'SIMULATION'],
    ['commonName', `EHEALTH-PLATFORM-SIM-${number}`],
  ]
}

/** The actor as certificates name it: country first, `TYPE=ID` both as unit and as common name. */
export function actorName(actor: {
  certificateType: string
  certificateValue: string
  displayName: string
  application?: string
}): NameParts {
  const id = `${actor.certificateType}=${actor.certificateValue}`
  const application = actor.application
  return [
    ['country', 'BE'],
    ['organization', 'Federal Government'],
    ...(application === undefined ? [] : [['organizationalUnit', application] as const]),
    ['organizationalUnit', id],
    ['organizationalUnit', withoutAccents(actor.displayName)],
    ['organizationalUnit', 'eHealth-platform Belgium'],
    ['commonName', application === undefined ? id : `${id}, ${application}`],
  ]
}

const withoutAccents = (name: string): string => name.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase()
