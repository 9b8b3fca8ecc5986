/** A service by its WSDL: of a session, or standing alone. */
import { EHealthError } from '../../errors.js'
import type { Environment } from '../environment/environment.js'
import { systemRuntime, type Runtime } from '../environment/runtime.js'
import type { Credential } from '../keystore/credential.js'
import { refuseUnknownOptions } from '../session/options.js'
import type { Session } from '../session/types.js'
import { call } from '../soap/call.js'
import { createTransport } from '../soap/transport.js'
import type { EventListener, Recorder, SamlAssertion, Security, Transport } from '../soap/types.js'
import { fetchOver } from './fetchDocument.js'
import type { SecurityKind } from './policy.js'
import { createService, serviceOptionNames } from './service.js'
import type { ServiceOptions, SoapService } from './types.js'

/**
 * Opens a service for a session: its token, keys, transport, events and recording.
 *
 * @throws EHealthError `service.wsdl`, `xml.*`, `transport.*`, `configuration.invalid`
 */
export function sessionService(
  session: Session,
  wsdl: string | URL,
  options: ServiceOptions = {},
): Promise<SoapService> {
  const { environment } = session
  return createService(
    wsdl,
    {
      environment,
      fetch: fetchOver(fetchOptions(environment.trust.tls, options)),
      runtime: session.runtime,
      call: (operation, request, more) => session.call(operation, request, more),
    },
    options,
  )
}

/** Options of {@link openService}. */
export interface OpenServiceOptions extends ServiceOptions {
  /** Whose services are meant; its roots are trusted. Without it give `endpoint`. */
  environment?: Environment
  /** Roots of the servers in PEM or DER; by default those of the environment, else the public ones. */
  trust?: readonly (string | Uint8Array)[]
  /** Signs messages; not needed for a service that is open to all. */
  credential?: Credential
  /** Token of the holder of that key, for services that want one; or of whom its holder vouches for. */
  assertion?: SamlAssertion
  /** A transport to share; whoever made it closes it. */
  transport?: Transport
  /** Milliseconds to wait for an answer; 30 000. */
  timeout?: number
  /** Told what happens on the wire; never payloads. */
  on?: EventListener
  recorder?: Recorder
  runtime?: Runtime
  /** Value of the `User-Agent` header. */
  userAgent?: string
}

/** A service that stands alone. Close it: it may hold connections. */
export interface OpenedSoapService extends SoapService {
  close(): void
  [Symbol.dispose](): void
}

/**
 * Opens a service without a session: with a credential of your own, or with nothing at all where the service is open to
 * everybody, as the ETK depot is.
 *
 * @throws EHealthError `service.wsdl`, `xml.*`, `transport.*`, `configuration.invalid`
 *
 * @example
 * ```ts
 * import { environmentOf } from 'ehealth-connectors'
 * import { openService } from 'ehealth-connectors/service'
 *
 * using depot = await openService('EtkDepot-v1.wsdl', { environment: environmentOf('acceptance') })
 * const { value } = await depot.call('GetEtk', { SearchCriteria: { Identifier: [{ Type: 'CBE', Value: '0820563481' }] } })
 * ```
 */
export async function openService(
  wsdl: string | URL,
  options: OpenServiceOptions = {},
): Promise<OpenedSoapService> {
  refuseUnknownOptions(options, optionNames)
  const {
    environment,
    runtime = systemRuntime,
    credential,
    assertion,
    timeout,
    recorder,
    userAgent,
  } = options
  const trust = options.trust ?? environment?.trust.tls
  const own =
    options.transport === undefined
      ? createTransport({
          ...(trust === undefined ? {} : { trust }),
          ...(timeout === undefined ? {} : { timeout }),
        })
      : undefined
  const context = {
    transport: options.transport ?? own!,
    runtime,
    emit: options.on ?? (() => undefined),
    ...(recorder === undefined ? {} : { recorder }),
    ...(userAgent === undefined ? {} : { userAgent }),
  }
  const close = (): void => own?.close()
  try {
    const service = await createService(
      wsdl,
      {
        ...(environment === undefined ? {} : { environment }),
        fetch: fetchOver(fetchOptions(trust, options)),
        runtime,
        call: (operation, request, { endpoint, assertion: given = assertion, ...more }) =>
          call(operation, request, {
            ...(timeout === undefined ? {} : { timeout }),
            ...more,
            endpoint: endpoint!,
            context,
            security: securityOf(operation.security, credential, given),
          }),
      },
      Object.fromEntries(
        serviceOptionNames.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])),
      ),
    )
    return { ...service, close, [Symbol.dispose]: close }
  } catch (error) {
    close()
    throw error
  }
}

const optionNames: readonly (keyof OpenServiceOptions)[] = [
  ...serviceOptionNames,
  'environment',
  'trust',
  'credential',
  'assertion',
  'transport',
  'timeout',
  'on',
  'recorder',
  'runtime',
  'userAgent',
]

function securityOf(
  kind: SecurityKind,
  credential: Credential | undefined,
  assertion: SamlAssertion | undefined,
): Security {
  if (kind === 'none') return { kind }
  if (credential === undefined) throw missing('credential', `security ${kind} needs a key`)
  if (kind === 'x509') return { kind, credential }
  if (assertion === undefined) throw missing('assertion', `security ${kind} needs a token`)
  return { kind, credential, assertion }
}

function missing(path: string, problem: string): EHealthError {
  return new EHealthError('configuration.invalid', `${path}: ${problem}`, {
    path,
    hint: 'Give it, or connect() and use technical.service().',
  })
}

function fetchOptions(
  trust: readonly (string | Uint8Array)[] | undefined,
  { maxBytes }: ServiceOptions,
): Parameters<typeof fetchOver>[0] {
  return { ...(trust === undefined ? {} : { trust }), ...(maxBytes === undefined ? {} : { maxBytes }) }
}
