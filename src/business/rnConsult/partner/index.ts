/**
 * The services of RN Consult whose contracts are not public (spec rn-consult §10): opened by the WSDL or the contract that
 * a partner was given. No message of theirs is invented here.
 */
import { EHealthError } from '../../../errors.js'
import { services, type ServiceName } from '../../../technical/environment/services.js'
import {
  openContract,
  sessionService,
  type ContractedService,
  type ContractOperations,
  type ServiceContract,
  type ServiceOptions,
  type SoapService,
} from '../../../technical/service/index.js'
import type { Session } from '../../../technical/session/types.js'

/** A service that waits for its contract. */
export interface PartnerService {
  /** By the WSDL that the platform gave you: a path, a `file:` or an `https:` URL. */
  (wsdl: string | URL, options?: ServiceOptions): Promise<SoapService>
  /** By a contract as data, made with `serviceContract` of `ehealth-connectors/service`. */
  <Operations extends ContractOperations>(
    contract: ServiceContract<Operations>,
  ): ContractedService<Operations>
  /** Tells what is missing. @throws EHealthError `service.no-contract` */
  (): never
}

/**
 * What RN Consult has besides: nobody outside of the partners knows the messages. Without a contract each of them throws
 * `service.no-contract`, which says what to ask for; a contract of another service is refused with `service.contract`.
 */
export interface PartnerServices {
  /** Current data, history, or the situation on a day, by data group (`PersonInfoService`). */
  readonly personInfoService: PartnerService
  /** Inscribes persons, so that changes of their data are told (`InscriptionService`). */
  readonly inscriptionService: PartnerService
  /**
   * Changes of inscribed persons (`PersonNotificationService`): fetched, then deleted. Keep a change before you delete it.
   */
  readonly personNotificationService: PartnerService
}

/** Names of the services. @internal */
export const partnerServiceNames = [
  'personInfoService',
  'inscriptionService',
  'personNotificationService',
] as const satisfies readonly ServiceName[]

/** @internal */
export function partnerServices(session: Session): PartnerServices {
  return {
    personInfoService: partnerService(session, 'personInfoService'),
    inscriptionService: partnerService(session, 'inscriptionService'),
    personNotificationService: partnerService(session, 'personNotificationService'),
  }
}

function partnerService(session: Session, service: ServiceName): PartnerService {
  const open = (
    given?: string | URL | ServiceContract,
    options: ServiceOptions = {},
  ): Promise<SoapService> | ContractedService<ContractOperations> => {
    if (given === undefined) throw noContract(service)
    if (typeof given === 'string' || given instanceof URL) {
      const endpoint = options.endpoint ?? session.environment.endpoints?.[service]
      return sessionService(session, given, { ...options, ...(endpoint === undefined ? {} : { endpoint }) })
    }
    if (given?.service !== service)
      throw new EHealthError('service.contract', `service: expected the contract of ${service}`, {
        path: 'service',
      })
    return openContract(session, given)
  }
  return open as PartnerService
}

function noContract(service: ServiceName): EHealthError {
  const { title, path } = services[service]
  return new EHealthError('service.no-contract', `the contract of ${title} is not public`, {
    details: { service, path, missing: ['wsdl', 'schemas', 'security policy'] },
    hint:
      `Ask the integration support of the platform for the WSDL and the schemas of ${title}, together with your ` +
      `authorisation, then give them: rnConsult.${service}('file.wsdl'). See docs/rn-consult.md.`,
  })
}
