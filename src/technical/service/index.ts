/**
 * Any service by its WSDL: operations found, messages written and read by their schema, our security, transport and
 * faults. See docs/any-service.md.
 *
 * @module
 */
export type { DocumentOptions } from './documents.js'
export {
  openService,
  sessionService,
  type OpenedSoapService,
  type OpenServiceOptions,
} from './openService.js'
export { openContract, type ContractedService } from './openContract.js'
export type { SecurityKind, ServiceSecurity } from './policy.js'
export type { Shape } from './schema/shape.js'
export {
  serviceContract,
  type ContractOperation,
  type ContractOperations,
  type RequestOf,
  type ResponseOf,
  type ServiceContract,
} from './serviceContract.js'
export type {
  OperationShape,
  ServiceCallOptions,
  ServiceOperation,
  ServiceOptions,
  ServiceResult,
  SoapService,
} from './types.js'
