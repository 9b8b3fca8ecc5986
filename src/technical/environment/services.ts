/** The services of the platform as data: paths, keys, security, where they exist (spec soap-security §6.2). */
import { careServices } from './services/care.js'
import type { ServiceData } from './services/description.js'
import { foundationServices } from './services/foundation.js'
import { medicineServices } from './services/medicines.js'
import { mycarenetServices } from './services/mycarenet.js'
import { mycarenetAsyncServices } from './services/mycarenetAsync.js'
import { otherRegisterServices } from './services/otherRegisters.js'
import { registerServices } from './services/registers.js'

export type {
  Evidence,
  HostName,
  PlatformName,
  SecurityForm,
  ServiceData,
  SoapActionRule,
} from './services/description.js'

/** The tables under the headings of `docs/endpoints.md`. */
export const serviceTables = {
  'Tokens, keys and time stamps': foundationServices,
  'Care providers and patients': careServices,
  'National register': registerServices,
  Insurers: mycarenetServices,
  'Mailboxes of the insurers': mycarenetAsyncServices,
  'Medicines and welfare': medicineServices,
  'Other registers': otherRegisterServices,
} as const

/** A service that has an endpoint. */
export type ServiceName =
  | keyof typeof foundationServices
  | keyof typeof careServices
  | keyof typeof registerServices
  | keyof typeof mycarenetServices
  | keyof typeof mycarenetAsyncServices
  | keyof typeof medicineServices
  | keyof typeof otherRegisterServices

/**
 * Every service of which the specification tells an endpoint, whether this library has a connector for it or not.
 *
 * @example
 * ```ts
 * import { services } from 'ehealth-connectors'
 *
 * console.log(services.consent.path, services.consent.security) // /Consent/v1 saml-hok
 * ```
 */
export const services: Readonly<Record<ServiceName, ServiceData>> = {
  ...foundationServices,
  ...careServices,
  ...registerServices,
  ...mycarenetServices,
  ...mycarenetAsyncServices,
  ...medicineServices,
  ...otherRegisterServices,
}

/** Their names, in the order of the tables. */
export const serviceNames = Object.keys(services) as readonly ServiceName[]

/** Their paths; the same on every host. */
export const servicePaths = Object.fromEntries(
  serviceNames.map((name) => [name, services[name].path]),
) as Readonly<Record<ServiceName, string>>

/** The services that a connector of this library calls. */
export const connectorServices: readonly ServiceName[] = [
  'sts',
  'etkDepot',
  'ehboxConsultation',
  'ehboxPublication',
  'eh2eboxPublication',
  'addressBook',
  'consent',
  'therLink',
  'therapeuticExclusion',
  'memberDataAsync',
  'walCareNetMemberDataAsync',
  'irisCareNetMemberDataAsync',
  'eAgreementAsync',
  'invoicingAsync',
  'invoicingMediPrimaAsync',
  'globalMedicalFileAsync',
  'administrationAsync',
  'registration',
  'memberData',
  'walCareNetMemberData',
  'irisCareNetMemberData',
]

/** Whether a text names a service. */
export function isServiceName(name: string): name is ServiceName {
  return Object.hasOwn(services, name)
}

const uddiPrefix = 'uddi:ehealth-fgov-be:business:'

/** The UDDI key of a service, which is its id in the service list too. */
export function uddiKeyOf(service: ServiceName): string | undefined {
  const { uddi } = services[service]
  return uddi === undefined ? undefined : uddiPrefix + uddi
}

const byKey = new Map(
  serviceNames.flatMap((name) => {
    const { uddi, listedAs = [] } = services[name]
    return [...(uddi === undefined ? [] : [uddi]), ...listedAs].map(
      (key) => [uddiPrefix + key, name] as const,
    )
  }),
)

/** The service of a UDDI key or of an id of the service list. */
export function serviceOfUddiKey(key: string): ServiceName | undefined {
  return byKey.get(key)
}
