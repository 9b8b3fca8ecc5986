/** The service list that a simulator publishes. */
export {
  createListPublisher,
  listPath,
  recoveryPath,
  type ListChanges,
  type ListFlaw,
  type ListPublisher,
  type SimulatedContinuity,
} from './publish.js'
