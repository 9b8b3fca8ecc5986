/** A session as business connectors see it. */
import type { Cache } from '../environment/cache.js'
import type { Environment } from '../environment/environment.js'
import type { Runtime } from '../environment/runtime.js'
import type { Keystore } from '../keystore/index.js'
import type { Certificate } from '../pki/certificate.js'
import type { CallOptions, CallResult, Operation, WireEvent } from '../soap/types.js'
import type { SamlAttribute, Token } from '../sts/index.js'

export type { SamlAttribute } from '../sts/index.js'

/** Who calls: what to ask the STS for, and what the caller is called in the services. */
export interface Actor {
  /** For instance `physician`. */
  readonly profession: string
  /** Quality of the eHealthBox, for instance `DOCTOR` (spec ehealthbox §4.2). */
  readonly quality: string
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

/** Something happened to the token of the session. Only these fields, as for {@link WireEvent}. */
export type TokenEvent =
  | { type: 'token'; state: 'issued'; notOnOrAfter: Date }
  /** The platform refused the token before its end; a new one is asked for. */
  | { type: 'token'; state: 'dropped'; code: string }
  /** The old token is still valid and stays in use. */
  | { type: 'token'; state: 'renewal-failed'; code: string; notOnOrAfter: Date }

export type SessionEvent = WireEvent | TokenEvent

/** Receives events; errors thrown by a listener are ignored. */
export type SessionListener = (event: SessionEvent) => void

/** One user's credentials, token and caches, with a lifetime (design §3). */
export interface Session {
  readonly environment: Environment
  readonly runtime: Runtime
  readonly trust: Trust
  readonly actor: Actor
  readonly cache: Cache
  readonly emit: SessionListener
  readonly closed: boolean
  /** Opened once, at first need. */
  keystore(): Promise<Keystore>
  /** The token: asked for once, shared by concurrent callers, renewed before it ends. */
  token(): Promise<Token>
  /** Calls an operation with the security that it demands. */
  call<Request, Response>(
    operation: Operation<Request, Response>,
    request: Request,
    options?: CallOptions,
  ): Promise<CallResult<Response>>
  /** Drops token and keys; every later call fails with `configuration.closed`. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}
