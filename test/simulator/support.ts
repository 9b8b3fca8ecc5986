/** What the tests of the simulator have in common: signed messages made by hand, and a client that sends any octets. */
import { Agent, request } from 'node:https'

import { systemRuntime, type Runtime } from '../../src/technical/environment/runtime.js'
import { openKeystore, type Credential } from '../../src/technical/keystore/index.js'
import { buildEnvelope } from '../../src/technical/soap/envelope.js'
import { readFault, type Fault } from '../../src/technical/soap/fault.js'
import { call } from '../../src/technical/soap/call.js'
import { createTransport } from '../../src/technical/soap/transport.js'
import type { CallResult, Operation, Security } from '../../src/technical/soap/types.js'
import { endpointOf, servicePaths, type ServiceName } from '../../src/technical/environment/environment.js'
import { stsOperations, trustValues, type RequestSecurityToken } from '../../src/technical/sts/contract.js'
import { parseXml } from '../../src/technical/xml/parse.js'
import { descendants } from '../../src/technical/xml/tree.js'
import type { PersonaName, Simulator } from '../../src/simulator/index.js'

/** An answer as it came. */
export interface RawAnswer {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
}

/** Sends octets over HTTPS, trusting the simulator's root only. */
export function send(
  simulator: Simulator,
  path: string,
  options: {
    method?: string
    headers?: Record<string, string>
    body?: Uint8Array | string
    trust?: readonly (string | Uint8Array)[]
  } = {},
): Promise<RawAnswer> {
  const trust = options.trust ?? simulator.environment.trust.tls ?? []
  const agent = new Agent({ ca: trust.map((item) => Buffer.from(item)), keepAlive: false })
  return new Promise((resolve, reject) => {
    const outgoing = request(
      simulator.url + path,
      { agent, method: options.method ?? 'POST', headers: options.headers },
      (incoming) => {
        const chunks: Buffer[] = []
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
        incoming.on('error', reject)
        incoming.on('end', () =>
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            text: Buffer.concat(chunks).toString(),
          }),
        )
      },
    )
    outgoing.on('error', reject)
    outgoing.end(options.body)
  })
}

/** Sends an envelope to a service as any SOAP client would. */
export const sendEnvelope = (
  simulator: Simulator,
  service: ServiceName,
  body: Uint8Array | string,
  headers: Record<string, string> = {},
): Promise<RawAnswer> =>
  send(simulator, servicePaths[service], {
    body,
    headers: { 'content-type': 'text/xml; charset=utf-8', ...headers },
  })

/** The fault in an answer. */
export function faultIn({ text }: RawAnswer): Fault {
  const element = [...descendants(parseXml(text).root)].find(({ local }) => local === 'Fault')
  if (element === undefined) throw new Error('the answer is no fault')
  return readFault(element)
}

/** The authentication credential of a persona. */
export async function credentialOf(simulator: Simulator, name: PersonaName): Promise<Credential> {
  const { keystore, password } = simulator.personas[name]
  return (await openKeystore({ bytes: keystore }, { password })).authentication
}

/** A request for a token; a claim with value is asserted. */
export function tokenRequest(
  claims: readonly [name: string, value?: string][],
  changes: Partial<RequestSecurityToken> = {},
): RequestSecurityToken {
  return {
    Context: 'urn:uuid:4a2c1c5e-0000-4000-8000-000000000001',
    TokenType: trustValues.samlToken,
    RequestType: trustValues.issue,
    Claims: {
      Dialect: trustValues.claimsDialect,
      ClaimType: claims.map(([Uri, Value]) => (Value === undefined ? { Uri } : { Uri, Value })),
    },
    KeyType: trustValues.publicKey,
    ...changes,
  }
}

/** A signed request for a token as text. */
export const tokenEnvelope = (
  credential: Credential,
  value: RequestSecurityToken,
  runtime: Runtime = systemRuntime,
): Promise<string> =>
  buildEnvelope({
    security: { kind: 'x509', credential },
    body: { declaration: stsOperations.requestSecurityToken.request, value },
    runtime,
  })

/** Calls an operation with whatever security, through the library's own pipeline. */
export async function callOperation<Request, Response>(
  simulator: Simulator,
  operation: Operation<Request, Response>,
  request: Request,
  security: Security,
): Promise<CallResult<Response>> {
  const transport = createTransport({ trust: simulator.environment.trust.tls ?? [] })
  try {
    return await call(operation, request, {
      endpoint: endpointOf(simulator.environment, operation.service),
      security,
      context: { transport, runtime: simulator.runtime, emit: () => undefined },
    })
  } finally {
    transport.close()
  }
}
