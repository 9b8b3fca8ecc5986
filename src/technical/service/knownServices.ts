/**
 * Which security header the platform's services want, by path (spec soap-security §2.1, connector-inventory §1). What a
 * WSDL says counts only for services that are not here: the published policies are not always those in force.
 */
import type { SecurityKind } from './policy.js'

interface KnownService {
  readonly security: SecurityKind
  /** Operations that differ. */
  readonly operations?: Readonly<Record<string, SecurityKind>>
}

const hok: KnownService = { security: 'saml-hok' }
const x509: KnownService = { security: 'x509' }
const none: KnownService = { security: 'none' }

const services: Readonly<Record<string, KnownService>> = {
  '/AddressBook/v1': hok,
  '/ChapIVInformation/Consultation/v2': x509,
  '/ChapterIV/ChapterIVAgreementAdmission/v1': hok,
  '/ChapterIV/ChapterIVAgreementConsultation/v1': hok,
  '/CertRa/v1': none,
  '/CertRa/v2': none,
  '/Consent/v1': hok,
  '/consultRN/SsinHistory/v1': x509,
  '/DAtaAttributeService/v1': hok,
  '/Dics/v4': x509,
  '/Dics/v5': x509,
  '/eh2eBox/publication/v1': hok,
  '/ehBoxConsultation/v3': hok,
  '/ehBoxPublication/v3': hok,
  '/EtkDepot/v1': none,
  '/EtkRa/v1': none,
  '/EtkRa/v2': none,
  '/GenericInsurability/v1': hok,
  '/GlobalMedicalFileConsultation/v1': hok,
  '/GlobalMedicalFileNotification/v1': hok,
  '/IAM/Saml11TokenService/v1': x509,
  '/IAM/SecurityTokenService/v1': x509,
  '/IAM/SingleSignOnService/v1': hok,
  '/IdSupport/v2': hok,
  '/IrisCareNet/MemberData/v1': hok,
  // a new key is asked for in a sealed message, an old one as oneself
  '/Kgss/v1': { security: 'saml-hok', operations: { GetNewKey: 'none' } },
  '/MediPrima/Consult/v1': hok,
  '/MediPrima/Consult/v2': hok,
  '/MediPrima/UMA/v1': hok,
  '/MyCareNet/eAgreement/v1': hok,
  '/MyCareNet/eAgreement/v2': hok,
  '/MyCareNet/eAttest/v2': hok,
  '/MyCareNet/eAttest/v3': hok,
  '/MyCareNet/MemberData/v1': hok,
  '/MyCareNet/Registration/v1': hok,
  '/MyCareNet/Tarification/v1': hok,
  '/MyCareNet/TarificationMediPrima/v1': hok,
  '/rnconsult/CbssPersonService/v1': hok,
  '/rnconsult/PersonService/v1': hok,
  '/Seals/v1': x509,
  '/TherLink/v1': hok,
  '/TimestampAuthority/v2': x509,
  '/TimestampConsult/v2': x509,
  '/WalCareNet/MemberData/v1': hok,
}

const byPath = new Map(Object.entries(services).map(([path, service]) => [path.toLowerCase(), service]))

/** What the specification says of an operation of the service at this path; nothing for a service that it does not know. */
export function knownSecurity(path: string, operation: string): SecurityKind | undefined {
  const service = byPath.get(path.toLowerCase())
  return service?.operations?.[operation] ?? service?.security
}

/** Whether the specification knows a service at this path. */
export const isKnownPath = (path: string): boolean => byPath.has(path.toLowerCase())
