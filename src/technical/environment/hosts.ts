/** Servers and addresses of the platform that are no SOAP services (spec soap-security §6.1, sts-iam §0.1). */
import type { Evidence, HostName, PlatformName } from './services.js'

type PerPlatform<Value> = Readonly<Partial<Record<PlatformName, Value>>>

/** The servers of the SOAP services. */
export const hosts: Readonly<Record<HostName, PerPlatform<string>>> = {
  services: {
    acceptance: 'https://services-acpt.ehealth.fgov.be',
    integration: 'https://services-int.ehealth.fgov.be',
    production: 'https://services.ehealth.fgov.be',
  },
  techws: {
    acceptance: 'https://techws-acpt.ehealth.fgov.be',
    production: 'https://techws.ehealth.fgov.be',
  },
  mycarenet: {
    acceptance: 'https://pilot.mycarenet.be:9443',
    production: 'https://prod.mycarenet.be:9443',
  },
}

/** Servers that take over when the service list says so; the port is 9443 where it is not 443. */
export const recoveryHosts: Readonly<Record<string, PerPlatform<string>>> = {
  MyCareNet: {
    acceptance: 'https://pilot.mycarenet.be:9443/ehealth/bcp/',
    production: 'https://prod.mycarenet.be:9443/ehealth/bcp/',
  },
  'Recip-e': {
    acceptance: 'https://services-acpt.ehealth2.be',
    production: 'https://services.ehealth2.be',
  },
}

/** Another address of the platform. */
export interface PlatformAddress {
  readonly title: string
  readonly urls: PerPlatform<string>
  readonly evidence: Evidence
  readonly source: string
  readonly note?: string
}

const per = (acceptance: string, production: string, integration?: string): PerPlatform<string> => ({
  acceptance,
  production,
  ...(integration === undefined ? {} : { integration }),
})

const api = (path: string): PerPlatform<string> =>
  per(`https://api-acpt.ehealth.fgov.be${path}`, `https://api.ehealth.fgov.be${path}`)

const apiEverywhere = (path: string): PerPlatform<string> => ({
  ...api(path),
  integration: `https://api-int.ehealth.fgov.be${path}`,
})

const trustedList = (name: string): PerPlatform<string> =>
  per(
    `https://tsl-acpt.ehealth.fgov.be/tsl-ehpbe-${name}`,
    `https://tsl.ehealth.fgov.be/tsl-ehpbe-${name}`,
    `https://tsl-int.ehealth.fgov.be/tsl-ehpbe-${name}`,
  )

/** Lists, REST interfaces, identity providers and the clock. */
export const platformAddresses = {
  serviceList: {
    title: 'Service list (business continuity); append `.xml` or `.sha2`',
    urls: per(
      'https://servicelist-acpt.ehealth.fgov.be/servicelist',
      'https://servicelist.ehealth.fgov.be/servicelist',
      'https://bcp-int.ehealth.fgov.be/current_status',
    ),
    evidence: 'confirmed',
    source: 'soap-security §6.1',
  },
  trustedListApplication: {
    title: 'Trusted list of applications; append `.xml` or `.sha2`',
    urls: trustedList('application'),
    evidence: 'confirmed',
    source: 'soap-security §6.1',
  },
  trustedListPerson: {
    title: 'Trusted list of persons; append `.xml` or `.sha2`',
    urls: trustedList('person'),
    evidence: 'confirmed',
    source: 'soap-security §6.1',
  },
  trustedListTransport: {
    title: 'Trusted list of servers; append `.xml` or `.sha2`',
    urls: trustedList('transport'),
    evidence: 'confirmed',
    source: 'soap-security §6.1',
  },
  clock: {
    title: 'Clock: the `Date` header of the answer to OPTIONS; always that of production',
    urls: per(hosts.services.production!, hosts.services.production!, hosts.services.production),
    evidence: 'confirmed',
    source: 'soap-security §6.1',
  },
  identityProviderPost: {
    title: 'Identity provider, SAML 2 bearer, POST',
    urls: per(
      'https://wwwacc.ehealth.fgov.be/idp/profile/SAML2/Bearer/POST',
      'https://www.ehealth.fgov.be/idp/profile/SAML2/Bearer/POST',
    ),
    evidence: 'confirmed',
    source: 'sts-iam §0.1',
  },
  identityProviderArtifact: {
    title: 'Identity provider, SAML 2 bearer, artifact',
    urls: per(
      'https://wwwacc.ehealth.fgov.be/idp/profile/SAML2/Bearer/Artifact',
      'https://www.ehealth.fgov.be/idp/profile/SAML2/Bearer/Artifact',
    ),
    evidence: 'confirmed',
    source: 'sts-iam §0.1',
  },
  iamConnectPeople: {
    title: 'I.AM Connect, realm of people',
    urls: apiEverywhere('/auth/realms/healthcare'),
    evidence: 'confirmed',
    source: 'sts-iam §0.1',
  },
  iamConnectSystems: {
    title: 'I.AM Connect, realm of systems',
    urls: apiEverywhere('/auth/realms/M2M'),
    evidence: 'confirmed',
    source: 'sts-iam §0.1',
  },
  eteeRest: {
    title: 'ETK depot and public keys, REST',
    urls: api('/etee/v1'),
    evidence: 'confirmed',
    source: 'etee §2.7',
  },
  pseudonymisation: {
    title: 'Pseudonymisation, REST',
    urls: apiEverywhere('/pseudo/v1'),
    evidence: 'confirmed',
    source: 'pseudonymisation §C7',
    note: 'A second integration environment is at `api-intrc`.',
  },
  consentRest: {
    title: 'Patient consent, REST',
    urls: api('/consent/v2'),
    evidence: 'inferred',
    source: 'consent-therlink-hub §7',
    note: 'The host of acceptance is concluded from the others.',
  },
} as const satisfies Record<string, PlatformAddress>

/** Name of such an address. */
export type PlatformAddressName = keyof typeof platformAddresses

/** A regional hub: one address for each environment, its own number (spec consent-therlink-hub §5.2). */
export interface HubData {
  readonly title: string
  /** EHP number, which identifies it. */
  readonly ehp?: string
  /** Endpoint of intrahub v3. */
  readonly intrahubV3: PerPlatform<string>
  /** Endpoint of intrahub v1. */
  readonly intrahubV1?: PerPlatform<string>
  /** Application under which it is registered in the ETK depot. */
  readonly application?: string
}

/** The hubs whose address is public; addresses change, so `endpoints` overrides them. */
export const hubs = {
  rsw: {
    title: 'Réseau Santé Wallon',
    ehp: '1990000035',
    intrahubV3: per(
      'https://acchub.reseausantewallon.be/HubServices/IntraHub/V3/IntraHub.asmx',
      'https://hub.reseausantewallon.be/HubServices/IntraHub/V3/IntraHub.asmx',
    ),
  },
  rsb: {
    title: 'Abrumet (Brussels)',
    ehp: '1990000728',
    intrahubV3: { production: 'https://hub.abrumet.be/hubservices/intrahub/v3/intrahub.asmx' },
  },
  cozo: {
    title: 'CoZo (Ghent)',
    ehp: '1990000134',
    intrahubV3: { production: 'https://services.cozo.be/IntrahubService/servicev3.asmx' },
  },
  vznkul: {
    title: 'VZNkul (Leuven)',
    intrahubV3: {},
    intrahubV1: { acceptance: 'https://hubacc.vznkul.be/services/acceptance/intrahub/IntraHubService' },
  },
  vitalink: {
    title: 'Vitalink',
    ehp: '1990001916',
    application: 'VITALINKGATEWAY',
    intrahubV3: per(
      'https://vitalink-acpt.ehealth.fgov.be/vpmg/vitalink-gateway/IntraHubService',
      'https://vitalink.ehealth.fgov.be/vpmg/vitalink-gateway/IntraHubService',
    ),
  },
} as const satisfies Record<string, HubData>
