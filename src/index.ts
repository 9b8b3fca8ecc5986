/**
 * Connectors of the Belgian eHealth platform. Start at {@link connect}.
 *
 * @module
 */
export { connect, type Connection, type ConnectionBase, type ConnectOptions } from './connect.js'
export {
  createConnectionPool,
  type ConnectionPool,
  type ConnectionPoolOptions,
  type ConnectionPoolUser,
} from './connectionPool.js'
export {
  EHealthError,
  isEHealthError,
  type ErrorCode,
  type ErrorFamily,
  type ErrorOptions,
  type ErrorOrigin,
  type PlatformDetail,
} from './errors.js'
export type {
  MyCareNetCareProvider,
  MyCareNetLicence,
  MyCareNetOptions,
  MyCareNetParty,
} from './business/mycarenet/index.js'
export type { SealForOptions, TechnicalConnector } from './technicalConnector.js'
export { memoryCache, type Cache, type CacheLock } from './technical/environment/cache.js'
export { keyvCache, type KeyvCacheOptions, type KeyvLike } from './technical/environment/keyv.js'
export { redisLock, type RedisLike } from './technical/environment/lock.js'
export {
  endpointOf,
  environmentOf,
  type Environment,
  type EnvironmentName,
  type TrustMaterial,
} from './technical/environment/environment.js'
export { hubs, platformAddresses, type HubData, type PlatformAddress } from './technical/environment/hosts.js'
export {
  serviceOfUddiKey,
  services,
  uddiKeyOf,
  type ServiceData,
  type ServiceName,
} from './technical/environment/services.js'
export { systemRuntime, type Runtime } from './technical/environment/runtime.js'
export {
  createSessionPool,
  tokenStore,
  type CredentialOptions,
  type EncryptionKeys,
  type GivenToken,
  type LockedKeystore,
  type PooledSession,
  type PoolState,
  type PoolUser,
  type RenewalMode,
  type Session,
  type SessionEvent,
  type SessionKeys,
  type SessionListener,
  type SessionPool,
  type SessionPoolOptions,
  type TokenStore,
  type TokenStoreOptions,
} from './technical/session/index.js'
