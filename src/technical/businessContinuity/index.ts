/**
 * Business continuity: the platform's signed list of endpoints, other endpoints when the usual ones fail, and the way
 * back. See docs/transport.md.
 *
 * @module
 */
export {
  createBusinessContinuity,
  type BusinessContinuity,
  type BusinessContinuityOptions,
  type ContinuityEvent,
  type ContinuityState,
} from './continuity.js'
export type { SwitchedService } from './routes.js'
export { judgeServiceList, type ServiceListJudgement } from './judgeFile.js'
export {
  readServiceList,
  type ListedEndpoint,
  type ListedService,
  type ListWarning,
  type ServiceList,
} from './serviceList.js'
export type { ListSigner, VerifiedListSigner } from './signature.js'
