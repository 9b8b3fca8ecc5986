/** A session as business connectors see it. */
import type { Cache } from '../environment/cache.js'
import type { Environment } from '../environment/environment.js'
import type { Runtime } from '../environment/runtime.js'
import type { DecryptionKey, Identity, Keystore } from '../keystore/index.js'
import type { Certificate } from '../pki/certificate.js'
import type { RevocationChecker } from '../pki/revocation/index.js'
import type { SessionListener } from '../observability/events.js'
import type { ReceiveOptions } from '../soap/attachments/receive.js'
import type { StreamedCallResult } from '../soap/callStreaming.js'
import type { CallOptions, CallResult, Operation, SamlAssertion, Verifying } from '../soap/types.js'
import type { SamlAttribute, Token } from '../sts/index.js'
import type { EncryptionKeys } from './credentialOptions.js'

export type { SessionEvent, SessionListener, TokenEvent } from '../observability/events.js'
export type { SamlAttribute } from '../sts/index.js'

/** Who calls: what to ask the STS for, and what the caller is called in the services. */
export interface Actor {
  /** For instance `physician`. */
  readonly profession: string
  /** Quality of the eHealthBox, for instance `DOCTOR` (spec ehealthbox §4.2). */
  readonly quality: string
  /** Code of the KMEHR list CD-HCPARTY, for instance `persphysician`; services that speak KMEHR need it. */
  readonly kmehr?: string
  /** Asserted first, then designated, in the order they are sent. */
  readonly attributes: readonly SamlAttribute[]
  /** Attributes that must come back granted (not empty, not `false`). */
  readonly demanded: readonly string[]
  readonly ssin?: string
  readonly nihii?: string
}

/** Parsed trust material of the environment. */
export interface Trust {
  readonly signers: readonly Certificate[]
  readonly sts: readonly Certificate[]
  readonly registrationAuthority: readonly Certificate[]
  readonly timestampAuthority: readonly Certificate[]
}

/** Options of one call of a session. */
export interface SessionCallOptions<Response = never> extends CallOptions, Verifying<Response> {
  /**
   * Assertion about somebody for whom the user of the session vouches: for operations with `saml-sender-vouches`, and
   * for no others. The message is signed with the user's own key (spec soap-security §2.4).
   */
  assertion?: SamlAssertion
}

/** The private keys that open what is sealed for the user, while the session lives. */
export interface SessionKeys {
  /** Newest first: those that the session began with and those loaded since. */
  all(): Promise<readonly DecryptionKey[]>
  /**
   * Adds keys, those of an older keystore for instance; the next message is opened with them too.
   *
   * @returns the certificates of the keys that were not there before
   * @throws EHealthError as `openDecryptionKeys`; `configuration.invalid`, `configuration.closed`
   *
   * @example
   * ```ts
   * await me.session.keys.load({ file: 'physician-2019.acc-p12', password })
   * ```
   */
  load(source: EncryptionKeys): Promise<readonly Certificate[]>
  /**
   * Drops keys, those that the session began with included. Whoever got one before cannot use it any more: it fails with
   * `keystore.unloaded`.
   *
   * @throws EHealthError `configuration.closed`
   */
  unload(certificates: readonly Certificate[] | 'all'): Promise<void>
  /** Whose encryption token fits the keys. */
  owner(): Promise<Identity>
}

/** One user's credentials, token and caches, with a lifetime (design §3). */
export interface Session {
  readonly environment: Environment
  readonly runtime: Runtime
  readonly trust: Trust
  readonly actor: Actor
  readonly cache: Cache
  /** Judges the certificates of senders and of tokens. */
  readonly revocation: RevocationChecker
  /** Tells the listeners of the session, with the fields of the allow-list only. */
  readonly emit: SessionListener
  readonly closed: boolean
  /** Aborted when the session closes: whoever keeps secrets of it overwrites them then. */
  readonly ended: AbortSignal
  /** The key that calls are signed with, and those that open; opened once, at first need. */
  keystore(): Promise<Keystore>
  /** Loads and unloads keys that open. */
  readonly keys: SessionKeys
  /** The token: asked for once, shared by concurrent callers, renewed before it ends. */
  token(): Promise<Token>
  /**
   * The token, encrypted for the option `token` of a later session of the same actor with the same key.
   *
   * @param options `key`: 32 octets of the caller's
   * @throws EHealthError as {@link token}; `configuration.invalid`
   *
   * @example
   * ```ts
   * const stored = await me.session.exportToken({ key: storeKey })
   * ```
   */
  exportToken(options: { key: Uint8Array }): Promise<string>
  /** Calls an operation with the security that it demands. */
  call<Request, Response>(
    operation: Operation<Request, Response>,
    request: Request,
    options?: SessionCallOptions<Response>,
  ): Promise<CallResult<Response>>
  /** The same for an answer whose attachments may be too large for memory; see `callStreaming` of `ehealth-connectors/soap`. */
  callStreaming<Request, Response>(
    operation: Operation<Request, Response>,
    request: Request,
    options?: SessionCallOptions<Response> & ReceiveOptions,
  ): Promise<StreamedCallResult<Response>>
  /** Drops token and keys; every later call fails with `configuration.closed`. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}
