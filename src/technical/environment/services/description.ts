/** The words in which the service map is written. */

/** Seen in the platform's own files, contracts or traffic; or concluded from a sibling and easy to be wrong. */
export type Evidence = 'confirmed' | 'inferred'

/** An environment of the platform itself. */
export type PlatformName = 'acceptance' | 'integration' | 'production'

/** Whose server answers (spec soap-security §6.1). */
export type HostName = 'services' | 'techws' | 'mycarenet'

/**
 * The security header that a service demands (spec soap-security §2.1): `saml-timestamp` is holder-of-key with nothing
 * but the timestamp signed, `per-operation` differs within the service, `unknown` was found nowhere.
 */
export type SecurityForm = 'none' | 'x509' | 'saml-hok' | 'saml-timestamp' | 'per-operation' | 'unknown'

/** What goes into the SOAPAction header (spec soap-security §1.3): always quoted, whatever the value. */
export interface SoapActionRule {
  /**
   * The action is one of these texts followed by the name of the operation as the WSDL spells it; the empty text means
   * that the action is empty. No stem: no source tells the actions.
   */
  readonly stems: readonly string[]
  /** What the official connector does: sends the action, or no such header at all. Services accept both. */
  readonly official?: 'sent' | 'absent'
}

/** A SOAP service of the platform or of a partner. */
export interface ServiceData {
  /** What people call it. */
  readonly title: string
  /** Path of the endpoint, the same in every environment. */
  readonly path: string
  readonly host: HostName
  /** `name:version` of its UDDI key, which is its id in the service list too. */
  readonly uddi?: string
  /** Further ids under which service lists name it. */
  readonly listedAs?: readonly string[]
  readonly security: SecurityForm
  /** `inferred` where the form was concluded. */
  readonly securityEvidence: Evidence
  readonly soapAction: SoapActionRule
  /** Where it exists, and how that is known. Empty: it has no address of the platform, the caller gives one. */
  readonly environments: Readonly<Partial<Record<PlatformName, Evidence>>>
  /** Addresses that are not host + path. */
  readonly urls?: Readonly<Partial<Record<PlatformName, string>>>
  /** Where it is served when the service list says so (spec soap-security §6.1). */
  readonly recovery?: Readonly<Partial<Record<PlatformName, string>>>
  /** Endpoint properties of the official connector. */
  readonly properties?: readonly string[]
  /** Chapter of the specification, for instance `soap-security §6.2`. */
  readonly source: string
  readonly note?: string
}

/** Fields of a service that its table need not repeat. */
type Given = Pick<ServiceData, 'title' | 'path' | 'security'> & Partial<ServiceData>

/** In both environments of `uddi-default.properties`; the platform's usual server and chapter. */
export function service(given: Given): ServiceData {
  return {
    host: 'services',
    securityEvidence: 'confirmed',
    soapAction: { stems: [] },
    environments: both,
    source: 'soap-security §6.2',
    ...given,
  }
}

/** Acceptance and production, from the list of UDDI keys. */
export const both = { acceptance: 'confirmed', production: 'confirmed' } as const

/** The action that the official connector sends. */
export const action = (...stems: string[]): SoapActionRule => ({ stems, official: 'sent' })

/** The action of the WSDL that the official connector leaves out. */
export const wsdlAction = (...stems: string[]): SoapActionRule => ({ stems, official: 'absent' })

/** Most actions and namespaces begin so. */
export const ehealth = 'urn:be:fgov:ehealth:'
