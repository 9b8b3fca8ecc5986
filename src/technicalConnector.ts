/** The technical connector of a connection: what every service is built on, for direct use. */
import { etkDepot, type EtkDepot } from './technical/etk/index.js'
import { createKgss, type Kgss } from './technical/kgss/index.js'
import type { Recipient, SealOptions, Unsealed, UnsealOptions } from './technical/seal/index.js'
import { sessionService, type ServiceOptions, type SoapService } from './technical/service/index.js'
import { sealAs, unsealAs, type Session, type SessionCallOptions } from './technical/session/index.js'
import type { ReceiveOptions } from './technical/soap/attachments/receive.js'
import type { StreamedCallResult } from './technical/soap/callStreaming.js'
import type { CallResult, Operation } from './technical/soap/types.js'
import { signOn, type SignOnOf, type SignOnOptions, type SignOnProfile } from './technical/sso/index.js'
import type { Token } from './technical/sts/index.js'
import { createTimestamping, type Timestamping } from './technical/timestamp/index.js'

/** Options of {@link TechnicalConnector.seal}. */
export interface SealForOptions extends Omit<SealOptions, 'credential' | 'recipients' | 'runtime'> {
  /** Tokens of those who may read it, from {@link TechnicalConnector.etk}. */
  to?: readonly Recipient[]
}

/** Tools of one user. */
export interface TechnicalConnector {
  /** Encryption tokens of others and of the user himself. */
  readonly etk: EtkDepot
  /** Secret keys for messages whose readers are not known; none is kept, see `createKgss` of `ehealth-connectors/kgss`. */
  readonly kgss: Kgss
  /** Time stamps, and the archive of a hospital; for a default hospital see `createTimestamping` of `ehealth-connectors/timestamp`. */
  readonly timestamp: Timestamping
  /**
   * Seals content with the user's key.
   *
   * @throws EHealthError as `seal` of `ehealth-connectors/seal`
   *
   * @example
   * ```ts
   * const hospital = await me.technical.etk.get({ type: 'NIHII-HOSPITAL', value: '71997358', application: '' })
   * const sealed = await me.technical.seal(letter, { to: [hospital] })
   * ```
   */
  seal(content: Uint8Array, options: SealForOptions): Promise<Uint8Array>
  /**
   * Opens what was sealed for the user, with current and older keys, and verifies it against the trust of the
   * environment.
   *
   * @throws EHealthError as `unseal` of `ehealth-connectors/seal`
   */
  unseal(sealed: Uint8Array, options?: Partial<UnsealOptions>): Promise<Unsealed>
  /** Calls any operation with the security that it demands; for services that have no connector here. */
  call<Request, Response>(
    operation: Operation<Request, Response>,
    request: Request,
    options?: SessionCallOptions<Response>,
  ): Promise<CallResult<Response>>
  /**
   * The same for an answer whose attachments may be too large for memory: they go to temporary files, which live until the
   * result is closed.
   *
   * @throws EHealthError as `callStreaming` of `ehealth-connectors/soap`
   */
  callStreaming<Request, Response>(
    operation: Operation<Request, Response>,
    request: Request,
    options?: SessionCallOptions<Response> & ReceiveOptions,
  ): Promise<StreamedCallResult<Response>>
  /**
   * Opens any service by its WSDL (a path, a `file:` or an `https:` URL) with the session's token, keys, transport,
   * events and recording. See docs/any-service.md.
   *
   * @throws EHealthError `service.wsdl`, `xml.*`, `transport.*`, `configuration.invalid`
   *
   * @example
   * ```ts
   * const consent = await me.technical.service('Consent_v1.wsdl')
   * const { value, meta } = await consent.call('GetPatientConsent', { request: {}, select: {} })
   * const client = await consent.soap() // the same as a client of node-soap
   * ```
   */
  service(wsdl: string | URL, options?: ServiceOptions): Promise<SoapService>
  /** The user's SAML token. */
  token(): Promise<Token>
  /**
   * Signs the user on to the platform's web applications: a form (`post`) or an address (`artifact`) for his browser.
   *
   * @throws EHealthError as `signOn` of `ehealth-connectors/sso`
   *
   * @example
   * ```ts
   * const { html } = await me.technical.signOn('post', { target: 'https://www.ehealth.fgov.be/' })
   * ```
   */
  signOn<Profile extends SignOnProfile>(profile: Profile, options?: SignOnOptions): Promise<SignOnOf[Profile]>
}

export function technicalConnector(session: Session): TechnicalConnector {
  return {
    etk: etkDepot(session),
    kgss: createKgss(session),
    timestamp: createTimestamping(session),
    seal: (content, { to, ...options }) => sealAs(session, content, { ...options, recipients: to ?? [] }),
    unseal: (sealed, options) => unsealAs(session, sealed, options),
    call: (operation, request, options) => session.call(operation, request, options),
    callStreaming: (operation, request, options) => session.callStreaming(operation, request, options),
    service: (wsdl, options) => sessionService(session, wsdl, options),
    token: () => session.token(),
    signOn: (profile, options) => signOn(session, profile, options),
  }
}
