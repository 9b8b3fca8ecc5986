/**
 * What the services of MyCareNet share: who asks with which licence, references, routing, blobs packed and sealed
 * (spec memberdata-mycarenet §3, §5). A service of the family needs its payload and its operations, nothing else.
 *
 * @module
 */
export { blobOf, checkHash, contentOf, hashOf, isSealed, unpacked, type BlobOptions } from './blob.js'
export { careProviderOf, originFor, originOf, type CareProvider, type MyCareNetCaller } from './caller.js'
export {
  checkCaller,
  commonInputOf,
  commonInputV4Of,
  isTest,
  newReference,
  type CommonInputOptions,
  type CommonInputV4Options,
} from './commonInput.js'
export * from './contract.js'
export { deflate, inflate, mostContent } from './inflate.js'
export {
  checkMyCareNetOptions,
  type MyCareNetCareProvider,
  type MyCareNetLicence,
  type MyCareNetOptions,
  type MyCareNetParty,
} from './options.js'
export {
  careReceiverOf,
  mutualityOf,
  mycarenetDay,
  registrationNumberOf,
  routingOf,
  type CareReceiver,
  type MyCareNetDay,
  type RoutingOptions,
} from './routing.js'
export { openBlob, readKnownContent, sealedBlob, type OpenedBlob, type SealedBlobOptions } from './sealed.js'
export { verifyAnswer, type BlobSignature, type SignedAnswer } from './signature.js'
